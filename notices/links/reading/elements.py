# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an XML file holds, as frozen data: elements in order, each with its place in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from notices.links.reading.malformed import Malformation

WHITE = " \t\r\n"
"""White space, and no other sign of Unicode (XML 1.0, section 2.3)."""
_TAG_NAME = re.compile(r"<[^\s/>]+")
_ATTRIBUTE = re.compile(r"""\s*([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')""")


class Instruction(NamedTuple):
    """A processing instruction that stands before the first element."""

    target: str
    data: str
    offset: int


class Element(NamedTuple):
    """An element: its names, where its tag begins, its parent's place among the elements, its text.

    Attributes are named ``href`` or, with a namespace, ``http://www.w3.org/1999/xlink}href``. The
    outermost element's parent is -1. The text is the element's own, without its children's;
    ``pieces`` are (character of the text, offset in the file): from each on, both go on evenly.
    """

    name: str
    namespace: str
    attributes: Mapping[str, str]
    offset: int
    parent: int
    text: str = ""
    pieces: tuple[tuple[int, int], ...] = ()

    def place(self, index: int) -> int:
        """Give the offset of one character of the text; the tag's where there is no text."""
        if not self.pieces:
            return self.offset
        piece = bisect_right(self.pieces, index, key=lambda piece: piece[0]) - 1
        start, offset = self.pieces[piece]
        return offset + index - start

    def word(self) -> tuple[str, int]:
        """Give the text without white space around it, and where it begins."""
        rest = self.text.lstrip(WHITE)
        return rest.rstrip(WHITE), self.place(len(self.text) - len(rest))


@dataclass(frozen=True, slots=True)
class Xml:
    """What was read: all of a file, or what stands before the fault."""

    text: str = field(repr=False)
    elements: tuple[Element, ...]
    instructions: tuple[Instruction, ...] = ()
    fault: Malformation | None = None

    @property
    def root(self) -> str:
        """The local name of the outermost element; empty where there is none."""
        return self.elements[0].name if self.elements else ""

    @property
    def namespace(self) -> str:
        """The namespace of the outermost element."""
        return self.elements[0].namespace if self.elements else ""

    def parent(self, element: Element) -> Element | None:
        """Give the element around another."""
        return self.elements[element.parent] if element.parent >= 0 else None

    def offset_of(self, element: Element, attribute: str) -> int:
        """Give the offset at which an attribute of an element begins: that of its name."""
        namespace, _, name = attribute.rpartition("}")
        found = _TAG_NAME.match(self.text, element.offset)
        while found and (found := _ATTRIBUTE.match(self.text, found.end())):
            prefix, _, local = found[1].rpartition(":")
            if local == name and bool(prefix) == bool(namespace):
                return found.start(1)
        return element.offset
