# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is this a catalog of words that says what it means, before Babel and gettext take it for one?

Babel passes over what it cannot read, lets the last of two entries win, believes any charset and
leaves the rule for plurals to gettext, which evaluates it. What GNU gettext's ``msgfmt --check``
would refuse is refused here, with its line.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from babel.messages.plurals import PLURALS

from notices.settings import shown
from notices.textfiles import read_text

_LINE: Final = re.compile(
    r"\s*+(?:#.*|(?P<key>msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)?\s*"
    r'"(?P<text>(?:[^"\\]|\\.)*+)")?\s*+'
)
_CHARSET: Final = re.compile(r"^Content-Type:.*charset=([^\s;]+)", re.MULTILINE | re.IGNORECASE)
_PLURALS: Final = re.compile(r"^Plural-Forms:[ \t]*(.*)$", re.MULTILINE | re.IGNORECASE)
_RULE: Final = re.compile(
    r"nplurals[ ]*=[ ]*([1-9])[ ]*;[ ]*plural[ ]*=([ n0-9()!<>=&|?:%+*/-]{1,500});?[ ]*"
)
_BY_WHAT_MAY_BE_ZERO: Final = re.compile(r"[/%](?![ ]*[1-9])")
_TRIED: Final = range(1001)
"""Numbers that a rule must give a form for; the rules of all languages repeat within the first."""
_PERCENT: Final = re.compile(r"%(?:(?P<sign>%)|\((?P<name>\w+)\)s)?")


class InterfaceError(Exception):
    """A catalog that cannot be used. ``line`` is the line of its file, from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(slots=True)
class _Entry:
    """One message, as written: ``texts`` by ``msgid``, ``msgstr[0]`` and so on."""

    line: int
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str | None, str | None]:
        return self.texts.get("msgctxt"), self.texts.get("msgid")


def read(file: Path, tag: str) -> str:
    """Read a PO or POT file whose form and header make sense; raises InterfaceError.

    ``tag`` is the language that its rule for plurals has to serve.
    """
    text, findings = read_text(file, shown(file))
    if findings or text is None:
        raise InterfaceError(f"the catalog cannot be read: {findings[0].message}", findings[0].line)
    entries = list(_entries(text))
    seen: dict[tuple[str | None, str | None], int] = {}
    for entry in entries:
        first = seen.setdefault(entry.key, entry.line)
        if first != entry.line:
            words = entry.texts.get("msgid") or "the header"
            raise InterfaceError(f"'{words}' is there twice (before on line {first}).", entry.line)
    header = next((entry for entry in entries if entry.key == (None, "")), None)
    if header is None:
        raise InterfaceError('the catalog has no header: the entry msgid "" with its charset.')
    _check_header(header, text, tag, any("msgid_plural" in entry.texts for entry in entries))
    return text


def _entries(text: str) -> Iterator[_Entry]:
    entry, key = _Entry(0), ""
    for number, line in enumerate(text.split("\n"), start=1):
        found = _LINE.fullmatch(line)
        if not found:
            raise InterfaceError(f"this line makes no sense in a catalog: {line[:40]}", number)
        if found["text"] is None:
            continue
        key = found["key"] or key
        begins = found["key"] in ("msgctxt", "msgid")
        if (begins and entry.key[1] is not None) or not entry.line:
            if entry.line:
                yield entry
            entry = _Entry(number)
        entry.texts[key] = entry.texts.get(key, "") + found["text"]
    if entry.line:
        yield entry


def _check_header(header: _Entry, text: str, tag: str, has_plurals: bool) -> None:
    said = header.texts.get("msgstr", "").replace("\\n", "\n")
    charset, forms = _CHARSET.search(said), _PLURALS.search(said)
    if not charset:
        raise InterfaceError("the header names no charset.", header.line)
    if charset[1].lower() not in ("utf-8", "utf8"):
        line = _line_of("content-type:", text, header)
        raise InterfaceError(f"the header says '{charset[1]}'; a catalog is UTF-8.", line)
    if forms:
        if fault := _fault_of_rule(forms[1].strip(), tag):
            raise InterfaceError(fault, _line_of("plural-forms:", text, header))
    elif has_plurals:
        raise InterfaceError("the header gives no rule for plurals (Plural-Forms).", header.line)


def _line_of(field_name: str, text: str, header: _Entry) -> int:
    for number, line in enumerate(text.split("\n")[header.line - 1 :], start=header.line):
        if field_name in line.lower():
            return number
    return header.line


def _fault_of_rule(written: str, tag: str) -> str:
    """Say what is wrong with a rule for plurals; it is evaluated only where it is made of sums."""
    rule = _RULE.fullmatch(written)
    if not rule or _BY_WHAT_MAY_BE_ZERO.search(rule[2]):
        return f"the rule for plurals makes no sense: {written[:60]}"
    try:
        form_of = gettext.c2py(rule[2])  # it parses the rule: nothing else in it is evaluated
        given = {form_of(number) for number in _TRIED}
    except (ValueError, RecursionError, ArithmeticError) as error:
        return f"the rule for plurals makes no sense ({error})."
    number = int(rule[1])
    if not given <= set(range(number)):
        return f"the rule for plurals gives form {max(given)}, and there are {number} from 0."
    known = PLURALS.get(tag.replace("-", "_"), PLURALS.get(tag.split("-")[0], (1, "")))[0]
    if number < known:
        return f"the rule for plurals has {number} forms; the language has {known}."
    return ""


def placeholders(text: str) -> set[str] | None:
    """Give the names of a message's ``%(name)s``; None where a percent sign begins nothing else."""
    found = list(_PERCENT.finditer(text))
    if any(one["sign"] is None and one["name"] is None for one in found):
        return None
    return {one["name"] for one in found if one["name"]}


def fits(ids: Any, form: str) -> bool:
    """Tell whether a translation has the placeholders of its message, and none that are broken.

    One form of a plural may do without some: "one page" names no number.
    """
    texts = [ids] if isinstance(ids, str) else list(ids)
    names: set[str] = set().union(*(placeholders(one) or () for one in texts))
    used = placeholders(form)
    return used is not None and used <= names and (used == names or len(texts) > 1)
