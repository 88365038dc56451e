# SPDX-License-Identifier: AGPL-3.0-or-later
"""Blanks to fill in by hand: ``Name: ____`` in a text that is printed.

Three underscores or more that touch no word are a blank. It is an element without text, so that a
screen reader says nothing of it, and as wide as the theme makes it. Lines that all end in a blank
stay lines: a field each or, where they hold nothing else, one postal address to be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import blockprocessors, inlinepatterns
from markdown.treeprocessors import Treeprocessor

BLANK: Final = r"(?<!\w)_{3,}(?!\w)"
_CLASS: Final = "blank"


class Blank(inlinepatterns.InlineProcessor):
    """``____``."""

    def handleMatch(self, m: Any, data: str) -> Any:  # type: ignore[override]
        """Give the element."""
        return Element("span", {"class": _CLASS}), m.start(0), m.end(0)


class Rule(blockprocessors.HRProcessor):
    """``---`` or ``***``: a line of underscores alone is a blank, and no rule."""

    SEARCH_RE = re.compile(
        r"^(?![ ]{0,3}_{3})" + blockprocessors.HRProcessor.RE.removeprefix("^"), re.MULTILINE
    )


class Fields(Treeprocessor):
    """Makes fields and addresses of the paragraphs whose lines end in blanks."""

    def run(self, root: Element) -> None:
        """Put each paragraph's lines in its place."""
        md: Any = self.md
        if "___" not in md.text:
            return
        for parent in list(root.iter()):
            if any(child.tag == "p" and _blanks(child) for child in parent):
                parent[:] = [line for child in parent for line in _fields(child)]


def _fields(element: Element) -> list[Element]:
    """Give the lines of a paragraph that all end in blanks; any other element as it is."""
    lines = list(_lines(element)) if element.tag == "p" and _blanks(element) else []
    if not lines or not all(map(_ends_in_blank, lines)):
        return [element]
    if len(lines) > 1 and all(map(_is_blank, lines)):
        lines = [_address(lines)]
    lines[-1].tail = element.tail
    for place, line in enumerate(lines):
        if line.get("class") != "address":
            _label(line)
        kept = {name: value for name, value in element.items() if name != "id" or not place}
        line.attrib = {"class": "field", **kept, **line.attrib}
    return lines


def _label(line: Element) -> None:
    """Make one element of what stands before a line's last blank, so that both share the line."""
    label, blank = Element("span"), line[-1]
    label.text, label[:] = line.text, line[:-1]
    if not label.text and not len(label):
        return
    line.text, line[:] = None, [label, blank]
    if len(label):
        label[-1].tail = (label[-1].tail or "").rstrip()
    else:
        label.text = (label.text or "").rstrip()
    label.tail = " "


def _lines(paragraph: Element) -> Iterator[Element]:
    """Give each line of a paragraph as one of its own."""
    line = Element("p")
    for piece in (paragraph.text, *paragraph):
        if isinstance(piece, Element) and piece.tag != "br":
            child, text = copy(piece), piece.tail
            child.tail = None
            line.append(child)
        elif isinstance(piece, Element):
            text = "\n" + (piece.tail or "").lstrip("\n")
        else:
            text = piece
        first, *rest = (text or "").split("\n")
        _write(line, first)
        for more in rest:
            yield line
            line = Element("p")
            _write(line, more)
    yield line


def _write(line: Element, text: str) -> None:
    if len(line):
        line[-1].tail = (line[-1].tail or "") + text
    else:
        line.text = (line.text or "") + text


def _blanks(line: Element) -> list[Element]:
    return [child for child in line if child.get("class") == _CLASS]


def _ends_in_blank(line: Element) -> bool:
    return bool(len(line)) and line[-1] in _blanks(line) and not (line[-1].tail or "").strip()


def _is_blank(line: Element) -> bool:
    return len(_blanks(line)) == len(line) == 1 and not "".join(line.itertext()).strip()


def _address(lines: list[Element]) -> Element:
    address = Element("p", {"class": "address"})
    for place, line in enumerate(lines):
        if place:
            address.append(Element("br"))
        address.extend(_blanks(line))
    return address
