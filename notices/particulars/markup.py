# SPDX-License-Identifier: AGPL-3.0-or-later
"""What does a section's HTML say as text, and where in it stand items, rows, links and pictures?

The HTML is the sanitiser's own output: tags are well-formed, and no other ``<`` or ``>`` is left.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from notices.model import Section
from notices.particulars.model import Span

_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*+)([^<>]*+)>")
_ADDRESS: Final = re.compile(r'\b(?:href|src)="([^"]*+)"')
_INLINE: Final = frozenset("abbr del em ins s span strong".split())
_LINKING: Final = frozenset({"a", "img"})
_LISTING: Final = frozenset({"dl", "dt", "li", "tr"})
_RAISED: Final = frozenset({"sub", "sup"})
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
BOUNDARY: Final = "\n"
"""Stands between blocks of text; nothing that a text says goes across it."""


@dataclass(frozen=True, slots=True)
class Linked:
    """An address in the HTML, and the words that it stands on (none for a picture)."""

    address: str
    span: Span
    is_picture: bool = False


@dataclass(slots=True)
class Page:
    """A section's text, and the places in it that its markup tells of."""

    text: str = ""
    items: list[Span] = field(default_factory=list)
    rows: list[Span] = field(default_factory=list)
    links: list[Linked] = field(default_factory=list)
    code: list[Span] = field(default_factory=list)


def read_section(section: Section) -> Page:
    """Read title and body as one text, its blocks on lines of their own."""
    written = f"{section.title}<p>{section.body}".replace("\n", " ")
    if not written.isascii():
        written = _INVISIBLE.sub("", unicodedata.normalize("NFC", written))
    return _Walk(written).page


class _Walk:
    """Goes through the tags of an HTML text once."""

    def __init__(self, written: str) -> None:
        self.page = Page()
        self._length = 0
        self._open: dict[str, list[tuple[int, int]]] = {}
        self._address = ""
        pieces: list[str] = []
        done = 0
        for tag in _TAG.finditer(written):
            start = tag.start()
            if start > done:
                pieces.append(self._words(written[done:start]))
            done = tag.end()
            closing, name, attributes = tag.groups()
            if name in _INLINE:
                continue
            if name in _LINKING:
                self._link(name, closing, attributes)
            elif name == "code":
                self._span(self.page.code, name, closing)
            else:
                if name in _LISTING:
                    self._block(name, closing)
                pieces.append(" " if name in _RAISED else BOUNDARY)
                self._length += 1
        pieces.append(self._words(written[done:]))
        self.page.text = "".join(pieces)

    def _words(self, piece: str) -> str:
        if "&" in piece:
            piece = html.unescape(piece).replace(BOUNDARY, " ")
        self._length += len(piece)
        return piece

    def _link(self, name: str, closing: str, attributes: str) -> None:
        if not closing:
            found = _ADDRESS.search(attributes)
            address = html.unescape(found[1]) if found else ""
            if name == "a":
                self._address, self._start = address, self._length
            elif address:
                span = (self._length, self._length)
                self.page.links.append(Linked(address, span, is_picture=True))
        elif self._address:
            self.page.links.append(Linked(self._address, (self._start, self._length)))
            self._address = ""

    def _block(self, name: str, closing: str) -> None:
        if name == "li":
            self._span(self.page.items, name, closing)
        elif name == "tr":
            self._span(self.page.rows, name, closing)
        elif name == "dt" and not closing:
            self._span(self.page.items, "dt", "/")  # a term's description belongs to it
            self._span(self.page.items, "dt", "")
        elif name == "dl" and closing:
            self._span(self.page.items, "dt", "/")

    def _span(self, spans: list[Span], name: str, closing: str) -> None:
        """Open a span where its element begins, and put its end in when the element closes."""
        waiting = self._open.setdefault(name, [])
        if not closing:
            waiting.append((len(spans), self._length))
            spans.append((self._length, self._length))
        elif waiting:
            number, start = waiting.pop()
            spans[number] = (start, self._length)
