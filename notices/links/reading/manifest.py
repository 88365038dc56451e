# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which addresses does a web app manifest hold?

The manifest is JSON (RFC 8259); ``json`` says whether it is, and a second walk over its tokens
finds the places, without recursion.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from notices.links.model import Placed, Reference, Use
from notices.links.reading.decoding import without_surrogates
from notices.links.reading.malformed import Malformation

_MEMBERS: dict[tuple[str, ...], Use] = {
    ("start_url",): "link",
    ("icons", "[]", "src"): "resource",
    ("screenshots", "[]", "src"): "resource",
    ("shortcuts", "[]", "url"): "link",
    ("shortcuts", "[]", "icons", "[]", "src"): "resource",
    ("share_target", "action"): "action",
    ("protocol_handlers", "[]", "url"): "link",
    ("file_handlers", "[]", "action"): "link",
    ("file_handlers", "[]", "icons", "[]", "src"): "resource",
    ("related_applications", "[]", "url"): "link",
}
"""Where addresses stand (Web Application Manifest, Manifest Incubations, Web Share Target).

Nobody goes to what ``scope`` says: it is what addresses of the app begin with.
"""
_DEEPEST = max(map(len, _MEMBERS))
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]')
_STRING_OR_CONSTANT = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|(-?Infinity|NaN)')


@dataclass(frozen=True, slots=True)
class Manifest:
    """The addresses of a manifest, at the offsets of their strings; or the fault, and none."""

    references: tuple[Placed, ...] = ()
    fault: Malformation | None = None


def read(text: str) -> Manifest:
    """Read a manifest. ``id`` is a name and no address; an empty address names nothing.

    The element is the member around (``icons``), or ``manifest``; the attribute is the member.
    Of a member given twice, both are read.
    """
    text = text.replace("\ufeff", " ", 1) if text.startswith("\ufeff") else text
    try:
        found = json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        return Manifest(
            (), Malformation(error.lineno, error.colno, f"is not valid JSON: {error.msg}.")
        )
    except RecursionError:
        return Manifest((), Malformation(1, 1, "nests its brackets too deeply."))
    except _ConstantError:
        return Manifest((), _constant(text))
    if not isinstance(found, dict):
        return Manifest((), Malformation(1, 1, "has to be one object, { … }, to be a manifest."))
    return Manifest(tuple(_references(text)))


class _ConstantError(Exception):
    """The text holds what Python reads and JSON does not know."""


def _refuse(_: str) -> None:
    raise _ConstantError


def _constant(text: str) -> Malformation:
    """Give the place of the first such value."""
    places = (found.start() for found in _STRING_OR_CONSTANT.finditer(text) if found[1])
    offset = next(places)
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Malformation(line, column, "is not valid JSON: NaN and Infinity are no values.")


def _references(text: str) -> Iterator[Placed]:
    """Give the addresses in a text that is JSON."""
    for path, written, offset in _strings(text):
        if (use := _MEMBERS.get(path)) and (value := str(json.loads(written))):
            names = [name for name in path if name != "[]"]
            value = without_surrogates(value)
            element = names[-2] if len(names) > 1 else "manifest"
            yield Placed(Reference(element, names[-1], value, use), offset)


def _strings(text: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Give each string that is a value: the members that lead to it, its token, its offset."""
    path: list[str] = []  # the member that is read in each open object, or "[]" for an array
    is_name = False
    for token in _TOKEN.finditer(text):
        match token[0][0]:
            case "{" | "[" as bracket:
                is_name = bracket == "{"
                path.append("" if is_name else "[]")
            case "}" | "]":
                path.pop()
                is_name = False
            case ",":
                is_name = path[-1] != "[]"
            case ":":
                is_name = False
            case _ if is_name:
                name = json.loads(token[0]) if len(path) <= _DEEPEST else ""
                path[-1] = "" if name == "[]" else name
            case _ if len(path) <= _DEEPEST:
                yield tuple(path), token[0], token.start()
