# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Python-Markdown passes over without a word, so that a reader sees something else than meant.

A list without an empty line before it becomes a paragraph, one indented by two spaces loses its
ranks, clauses are numbered anew, a cell too many is dropped, and a line like ``[Note]: text`` is
taken for a definition and vanishes. A notice is a legal text: each of these is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import blockprocessors
from markdown.extensions import sane_lists, tables
from markdown.treeprocessors import Treeprocessor

from notices.source.complaint import complain

CODE: Final = "markdown-unread"
_EMPTY_LINE: Final = "put an empty line before it."
_FOUR_SPACES: Final = "indent it by four spaces to belong to the item above, or by none."
_BRACES: Final = (
    "put it at the end of the line after a space, or right behind emphasis or a link; write "
    "'\\{' where you mean the brace itself."
)

_APART: Final = "\x1e"
"""Stands between texts that do not follow each other; no notice holds such a character."""

_LEFTOVERS: Final = (
    (
        re.compile(r"(?:^|[\n\x1e])[ \t]*((?:[-*+•·][ \t\u00a0]|1[.)][ \t\u00a0])[^\n\x1e]*)"),
        "this line looks like an item of a list, and would be shown as part of a paragraph.",
        "begin the list with '- ' (a hyphen and an ordinary space), after an empty line.",
    ),
    (
        re.compile(r"\n[ \t]*(\|?[ \t]*:?-{3,}:?[ \t]*\|[^\n\x1e]*)"),
        "this line looks like a table's, and would be shown as part of a paragraph.",
        "put an empty line before the table.",
    ),
    (
        re.compile(r"(!?\[[^\[\]\n\x1e]*\]\[[^\[\]\n\x1e]*\])"),
        "no line defines what this refers to, so it would be shown as it is.",
        "write the address itself: [text](privacy.md#rights).",
    ),
    (
        re.compile(r"(!?\[[^\[\]\n\x1e]*\]\([^\n\x1e]{0,40})"),
        "this looks like a link, and would be shown as it is.",
        "write [text](address), with no space between ] and (, and close the bracket.",
    ),
    (
        re.compile(r"(\{[#:.][^{}\n\x1e]*\})"),
        "these braces are not read, and would be shown.",
        _BRACES,
    ),
)
"""Signs in finished text that something was meant to be more than text."""


class OrderedList(sane_lists.SaneOListProcessor):
    """``1. item``; a number that would be changed is complained of."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Compare the numbers in the text with those that the list will show."""
        _complain_of_indentation(self, blocks[0])
        numbers = [
            int(found[1])
            for line in blocks[0].split("\n")
            if self.CHILD_RE.match(line) and (found := re.match(r"\s*(\d+)", line))
        ]
        before = self.lastChild(parent)
        if before is not None and before.tag == "ol":
            expected = int(before.get("start", "1")) + len(before)
        else:
            expected = numbers[0] if numbers else 1
        if set(numbers) != {1}:
            for number, shown in enumerate(numbers, start=expected):
                if number != shown:
                    complain(
                        self.parser.md,
                        CODE,
                        f"{shown}.",
                        f"the item '{shown}.' would be shown as '{number}.'.",
                        f"number it {number}; write '{shown}\\.' where it begins no item.",
                    )
                    break
        super().run(parent, blocks)


class UnorderedList(sane_lists.SaneUListProcessor):
    """``- item``."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Complain of items whose indentation means nothing."""
        _complain_of_indentation(self, blocks[0])
        super().run(parent, blocks)


def _complain_of_indentation(processor: Any, block: str) -> None:
    for line in block.split("\n")[1:]:
        if line.startswith(" ") and processor.CHILD_RE.match(line):
            message = "this item is indented by less than four spaces, which has no effect."
            complain(processor.parser.md, CODE, line.strip(), message, _FOUR_SPACES)


class Paragraph(blockprocessors.ParagraphProcessor):
    """Text; one that seems to continue an item, and does not, is complained of."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Look for an indentation of two or three spaces below a list."""
        before = self.lastChild(parent)
        if before is not None and before.tag in ("ol", "ul") and blocks[0].startswith("  "):
            message = "this text is indented by less than four spaces, so it ends the list above."
            first = blocks[0].strip().split("\n")[0]
            complain(self.parser.md, CODE, first, message, _FOUR_SPACES)
        super().run(parent, blocks)


class Table(tables.TableProcessor):
    """A table; a cell for which there is no column is complained of."""

    def _build_row(self, row: str, parent: Element, align: Any) -> None:
        cells: list[str] = self._split_row(row)  # type: ignore[attr-defined]
        if len(cells) > len(align):
            complain(
                self.parser.md,
                CODE,
                row.strip(),
                "this row has more cells than the table has columns; the last would be lost.",
                "add a column to the table's head; write '\\|' where you mean the sign itself.",
            )
        super()._build_row(row, parent, align)  # type: ignore[misc]


class Leftovers(Treeprocessor):
    """Looks through the finished text for what was meant to be more than text.

    Runs before escapes are resolved: what an editor has escaped is text on purpose.
    """

    def run(self, root: Element) -> None:
        """Complain of each leftover, and of each definition that nothing uses."""
        text = _APART.join(_texts(root))
        for sign, message, fix in _LEFTOVERS:
            for found in sign.finditer(text):
                complain(self.md, CODE, found[1].strip(), message, fix)
        md: Any = self.md
        for label in md.references.keys() - md.used_references:
            complain(
                md,
                CODE,
                f"[{label}]:",
                f"the line that begins with '[{label}]:' defines a link that nothing uses, and "
                "is not shown.",
                f"remove it; write '\\[{label}]:' where it is text.",
            )
        for label in sorted(md.used_references):
            if label.startswith("^"):
                message = "there are no footnotes in a notice; this would become a link."
                complain(md, CODE, f"[{label}]", message, "say it in the text itself.")


def _texts(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag not in ("code", "pre"):
            if element.text:
                yield element.text
            for child in element:
                if child.tail:
                    yield child.tail
