# SPDX-License-Identifier: AGPL-3.0-or-later
"""On which line of its file does a piece of converted text stand?

Python-Markdown keeps no source lines. What a heading or link *is* comes from its tree; here the
raw text that it was made from is only looked up again. Code is blanked out first, so that a
look-alike in a code block or between backticks is not found in its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from markdown.util import INLINE_PLACEHOLDER_RE

_CODE_SPAN: Final = re.compile(r"(?<![`\\])(`+)(?!`)((?:(?!\n[ \t]*\n).)*?[^`])\1(?!`)", re.DOTALL)
_HASH_HEADING: Final = re.compile(r"^[ \t>*+\-\d.):]*?(#{1,6})(.*)$")
_UNDERLINE: Final = re.compile(r"^[ \t>]*(=+|-+)[ \t]*$")
_CONTINUATION: Final = r"\s+(?:>[ \t]*)*"


class Lines:
    """The lines of one text. ``first`` is the line of the file on which the text begins."""

    def __init__(self, text: str, first: int) -> None:
        self.first = first
        self.text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._next: dict[str, int] = {}
        self._lines: list[str] = []
        self._next_heading = 0

    def blank(self, fences: Iterable[tuple[int, int]], indented: Iterable[str]) -> None:
        """Take code out of the search: fenced (spans of the text), indented (its text), inline."""
        for start, end in fences:
            self.text = self.text[:start] + _blanked(self.text[start:end]) + self.text[end:]
        for code in indented:
            lines = "\n".join(r"[ ]{4,}" + re.escape(line) for line in code.split("\n") if line)
            self.text = re.sub(
                rf"^{lines}$",
                lambda found: _blanked(found[0]),
                self.text,
                count=1,
                flags=re.MULTILINE,
            )
        if "`" in self.text:
            self.text = _CODE_SPAN.sub(lambda found: _blanked(found[0]), self.text)

    def line_at(self, offset: int) -> int:
        """Give the file's line for an offset into the text."""
        return self.first + bisect_right(self._starts, offset) - 1

    def of_heading(self, level: int, raw: str) -> int:
        """Give the line of the next heading of this level made from this raw text."""
        if not self._lines:
            self._lines = self.text.split("\n")
        wanted = _CODE_SPAN.sub(lambda found: _blanked(found[0]), raw).strip()
        for number in range(self._next_heading, len(self._lines)):
            if wanted in self._lines[number] and self._is_heading(number, level, wanted):
                self._next_heading = number + 1
                return self.first + number
        return self.first + max(self._next_heading - 1, 0)

    def _is_heading(self, number: int, level: int, wanted: str) -> bool:
        line = self._lines[number]
        if found := _HASH_HEADING.match(line):
            written = found[2].rstrip().rstrip("#").strip()
            return len(found[1]) == level and written == wanted.rstrip("#").rstrip()
        below = self._lines[number + 1] if number + 1 < len(self._lines) else ""
        underline = _UNDERLINE.match(below)
        if not underline or level != (1 if "=" in underline[1] else 2):
            return False
        return line.strip(" \t>") == wanted

    def of(self, raw: str) -> int:
        """Give the line of the next place that reads like this raw text of the converter.

        The raw text of a link may hold the converter's placeholders (for code and escapes) and
        lacks the indentation of lists and quotes; both are allowed for.
        """
        start = self._next.get(raw, 0)
        offset = self.text.find(raw, start)
        end = offset + len(raw)
        if offset < 0 and (found := _loosely(raw).search(self.text, start)):
            offset, end = found.span()
        if offset < 0:
            return self.line_at(max(start - 1, 0))
        self._next[raw] = end
        return self.line_at(offset)


def _blanked(code: str) -> str:
    return re.sub(r"[^\n]", " ", code)


def _loosely(raw: str) -> re.Pattern[str]:
    """Make a pattern for raw text whose white space and placeholders may differ in the source."""
    parts = []
    for index, part in enumerate(INLINE_PLACEHOLDER_RE.split(raw)):
        if index % 2:  # the number of a placeholder: code, an escape or another link
            parts.append(r"(?:(?!\n[ \t]*\n).){1,400}?")
        else:
            words = [re.escape(word) for word in re.split(r"\s+", part)]
            parts.append(_CONTINUATION.join(words))
    return re.compile("".join(parts), re.DOTALL)
