# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an editor writes of an address or anchor → how the rest of the program spells it.

Addresses stand in the file as a browser shows them behind the site's own address, with a slash
before them and with letters or percent-encoding (RFC 3986, section 2.1); elsewhere they are
relative to the site's root. All is in Unicode's composed form (NFC).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from notices.filenames import INDEX

_ANCHOR: Final = re.compile(r"[^\W_][\w.:\-]*")
_NO_SEPARATOR: Final = re.compile("%(?:2f|5c|00)", re.IGNORECASE)
_FORBIDDEN: Final = frozenset('"<>\\^`{|}*?#')
_MOST_SEGMENTS: Final = 20
_LONGEST_SEGMENT: Final = 200
"""In bytes: with an ending, a name of a file system (255 bytes on all that are usual)."""
_LONGEST_ADDRESS: Final = 1_000
"""In bytes: with the output folder before it, a path of any system."""


class MalformedError(Exception):
    """A name or value cannot be used: the fact and the repair."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


def address(written: str, tags: Collection[str] = ()) -> tuple[str, str]:
    """Give an address relative to the site's root, and its fragment; raises MalformedError.

    ``tags`` are the site's languages.
    """
    path, _, fragment = written.strip().partition("#")
    if not path.startswith("/") or path.startswith("//"):
        raise MalformedError(
            f"'{written}' does not begin with the slash at the site's root.",
            f'write "{_below(path, tags)}", what the browser shows behind the site\'s own address.',
        )
    try:
        plain = unicodedata.normalize("NFC", unquote(path, errors="strict"))
        fragment = unicodedata.normalize("NFC", unquote(fragment, errors="strict"))
    except UnicodeDecodeError:
        fix = "write it with the letters themselves: /sv/rättigheter/."
        raise MalformedError(f"'{written}' holds % signs that are no letters.", fix) from None
    *folders, last = plain[1:].split("/")
    last = "" if last == INDEX else last
    fault = "holds a part that cannot be encoded so" if _NO_SEPARATOR.search(path) else ""
    fault = fault or _fault_of_segments([*folders, *filter(None, [last])])
    if fault:
        fix = "write an address as the browser shows it, such as /sv/old-name/."
        if path.endswith("*"):
            fix = "name each address; only below [gone] may one end in /*."
        raise MalformedError(f"'{written}' {fault}.", fix)
    if fragment:
        fragment = anchor_of(fragment)
    is_page = last and "." not in last  # the slash was forgotten
    return "/".join([*folders, last]) + ("/" if is_page else ""), fragment


def _fault_of_segments(segments: Sequence[str]) -> str:
    """Say why the parts of an address cannot be folders and a file; nothing where they can."""
    if len(segments) > _MOST_SEGMENTS or len("/".join(segments).encode()) > _LONGEST_ADDRESS:
        return "is too long"
    for position, segment in enumerate(segments):
        if not segment.strip():
            return "has two slashes with nothing between them"
        if len(segment.encode()) > _LONGEST_SEGMENT:
            return "is too long"
        if segment.startswith(".") or (segment.startswith("_") and not position):
            return f"holds '{segment}', which hosts keep for themselves"
        if not segment.isprintable() or _FORBIDDEN & set(segment):
            return "holds a sign that no address of a page has"
    return ""


def key(written: str) -> tuple[str, str]:
    """Take a name such as ``user#retention`` apart; raises MalformedError."""
    name, mark, anchor = written.strip().partition("#")
    if not mark or not name or "/" in name or name.endswith(".md"):
        plain = name.rstrip("/").rpartition("/")[2].removesuffix(".md") or "user"
        raise MalformedError(
            f"'{written}' names no anchor of a notice.",
            f"write the notice's name (that of its file), # and the anchor: \"{plain}#"
            f'{anchor or "old"}".',
        )
    return unicodedata.normalize("NFC", name), anchor_of(anchor)


def anchor_of(written: str) -> str:
    """Give an anchor without percent-encoding; raises MalformedError."""
    anchor = unicodedata.normalize("NFC", unquote(written.strip()))
    if not _ANCHOR.fullmatch(anchor):
        fix = "write the id alone, such as retention; the theme's own begin with an underscore."
        raise MalformedError(f"'{written}' cannot be the anchor of a section.", fix)
    return anchor


def _below(path: str, tags: Collection[str]) -> str:
    """Guess which part of an address stands behind the site's own."""
    try:
        parts = urlsplit(path)
    except ValueError:
        return "/sv/old/"
    segments = (parts.path if parts.netloc else f"/{path}").split("/")[1:]
    start = next((at for at, one in enumerate(segments) if one in tags), 0)
    return f"/{'/'.join(segments[start:])}"
