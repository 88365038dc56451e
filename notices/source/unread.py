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
_FOUR_SPACES: Final = "indent it by four spaces to belong to the item above, or by none."
_BLOCK, _INLINE = "\x1e", "\x1f"
"""Stand before a text: one that begins a paragraph or item, and any other. No notice holds such
characters.
"""
_REST: Final = r"[^\n\x1e\x1f]*"
_NO_ITEM: Final = (
    "put an empty line before the list; write '\\-', '\\#' or '1\\.' where it begins nothing."
)
_AS_TEXT: Final = "write '\\[' where the bracket itself is meant."

_LEFTOVERS: Final = tuple(
    (sign, re.compile(pattern.replace("REST", _REST)), message, fix)
    for sign, pattern, message, fix in (
        (
            "\n",
            r"\n[ \t]*((?:[-*+][ \t]|1\.[ \t])REST)",
            "this line looks like an item of a list, and would be shown as part of a paragraph.",
            _NO_ITEM,
        ),
        (
            "",
            r"[\n\x1e][ \t]*((?:[•·][ \t\u00a0]|[-*+]\u00a0|1\)[ \t]|(?![0-9])\d+[.)][ \t])REST)",
            "this line looks like an item of a list, and would be shown as part of a paragraph.",
            "begin each item with '- ' or with a number such as '1. ', after an empty line.",
        ),
        (
            "---",
            r"\n[ \t]*(\|?[ \t]*:?-{3,}:?[ \t]*\|REST)",
            "this line looks like a table's, and would be shown as part of a paragraph.",
            "put an empty line before the table.",
        ),
        (
            "#",
            r"[\n\x1e][ \t]*(#{1,6}\wREST)",
            "this line looks like a heading, and would be shown as part of a paragraph.",
            "put a space after the signs; write '\\#' where they begin no heading.",
        ),
        (
            "[^",
            r"(\[\^[^\[\]\s]+\])",
            "there are no footnotes in a notice; this would be shown as it is.",
            f"say it in the text itself; {_AS_TEXT}",
        ),
        (
            "][",
            r"(!?\[[^\[\]\n\x1e\x1f]*\]\[[^\[\]\n\x1e\x1f]*\])",
            "no line defines what this refers to, so it would be shown as it is.",
            f"write the address itself: [text](privacy.md#rights); {_AS_TEXT}",
        ),
        (
            "(",
            r"(!?\[[^\[\]\n\x1e\x1f]*\](?:\([^\n\x1e\x1f]{0,40}"
            r"| \((?:https?:|mailto:|[\w./-]+\.md)))",
            "this looks like a link, and would be shown as it is.",
            f"write [text](address), without a space, and close the bracket; {_AS_TEXT}",
        ),
        (
            "{",
            r"(\{(?:[#:.]|(?:id|lang|hreflang)=)[^{}\n\x1e\x1f]*\})",
            "these braces are not read, and would be shown.",
            "put them at the end of a heading after a space, right behind emphasis or a link, or "
            "on a line of their own below a paragraph; write '\\{' where the brace is meant.",
        ),
        (
            "~~",
            r"(~~[^~\n\x1e\x1f]+~~)",
            "there is no struck-out text in a notice; the signs would be shown.",
            "remove them, or the text between them.",
        ),
        (
            "\\\n",
            r"(?<![^\s\\\x1e\x1f])([^\s\\\x1e\x1f]+\\)\n",
            "the backslash at the end of this line would be shown.",
            "end the line with two spaces to break it there.",
        ),
    )
)
"""Signs in finished text that something was meant to be more than text. Before each pattern stands
what a text must hold for it to be tried.
"""

_NUMBERED: Final = re.compile(r"\n[ \t]*(\d+[.)][ \t]REST)".replace("REST", _REST))


class OrderedList(sane_lists.SaneOListProcessor):
    """``1. item``; a number that would be changed is complained of.

    Numbers are ASCII digits, as in CommonMark and in the ``start`` of HTML's lists, and at most
    nine of them (CommonMark 0.31.2, section 5.2).
    """

    def __init__(self, parser: Any) -> None:
        super().__init__(parser)
        for name in ("RE", "CHILD_RE", "INDENT_RE"):
            pattern = getattr(self, name).pattern.replace(r"\d+", "[0-9]{1,9}")
            setattr(self, name, re.compile(pattern))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Compare the numbers in the text with those that the list will show."""
        _complain_of_indentation(self, blocks[0])
        lines = [line for line in blocks[0].split("\n") if self.CHILD_RE.match(line)]
        numbers = [int(line.strip().partition(".")[0]) for line in lines]
        before = self.lastChild(parent)
        if before is not None and before.tag == "ol":
            expected = int(before.get("start", "1")) + len(before)
        else:
            expected = numbers[0] if numbers else 1
        if set(numbers) != {1}:
            for line, number, shown in zip(lines, numbers, range(expected, 10**9), strict=False):
                if number != shown:
                    complain(
                        self.parser.md,
                        CODE,
                        line.strip(),
                        f"the item '{number}.' would be shown as '{shown}.'.",
                        f"number it {shown}; write '{number}\\.' where it begins no item.",
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
        text = "".join(_texts(root))
        for sign, pattern, message, fix in _LEFTOVERS:
            for found in pattern.finditer(text) if sign in text else ():
                self._complain(text, found, message, fix)
        for item in root.iter("li") if _NUMBERED.search(text) else ():
            text = "".join(_texts(item))
            for found in _NUMBERED.finditer(text):
                if not found[1].startswith("1."):  # which is found above
                    message = "this line looks like an item, and would be shown as part of another."
                    self._complain(text, found, message, _NO_ITEM)
        for definition in root.iter("dd"):
            for term in definition.findall("dl/dt")[1:]:
                message = "this term would be shown as part of the definition above."
                complain(self.md, CODE, term.text or "", message, "put an empty line before it.")
        md: Any = self.md
        for label in (one for one in md.references if one not in md.used_references):
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

    def _complain(self, text: str, found: re.Match[str], message: str, fix: str) -> None:
        """Complain of a line, found again by the end of the line before it."""
        before = ""
        if text[found.start()] == "\n":
            before = re.split(r"[\n\x1e\x1f]", text[: found.start()][-60:])[-1].strip()
        raw = f"{before}\n{found[1].strip()}" if before else found[1].strip()
        complain(self.md, CODE, raw, message, fix, lines_down=1 if before else 0)


def _texts(root: Element) -> Iterator[str]:
    """Give all text but code, each piece after a sign of whether it begins a block."""
    for element in root.iter():
        if element.tag not in ("code", "pre"):
            if element.text:
                yield (_BLOCK if element.tag in ("p", "li", "dd") else _INLINE) + element.text
            for child in element:
                if child.tail:
                    yield _INLINE + child.tail
