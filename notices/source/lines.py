# SPDX-License-Identifier: AGPL-3.0-or-later
"""On which line of its file does a piece of converted text stand?

Python-Markdown keeps no source lines. What a heading or link *is* comes from its tree; here the
raw text that it was made from is only looked up again. Code is blanked out first, so that a
look-alike in a code block or between backticks is not found in its place, and neither is one that
is escaped, or that defines a reference.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from markdown.util import INLINE_PLACEHOLDER_RE

RAW: Final = "\N{SYMBOL FOR SUBSTITUTE}raw"
"""An attribute of headings, links and images in the tree; it never leaves this package.

Its value is the raw text, or ``{`` and what stood between braces.
"""

_CODE_SPAN: Final = re.compile(r"(?<![`\\])(`+)(?!`)((?:(?!\n[ \t]*\n).)*?[^`])\1(?!`)", re.DOTALL)
_HASH_HEADING: Final = re.compile(r"^[ \t>*+\-\d.):]*?(#{1,6})(.*)$")
_UNDERLINE: Final = re.compile(r"^[ \t>]*(=+|-+)[ \t]*$")
_CONTINUATION: Final = r"\s+(?:>[ \t]*)*"
_STASHED: Final = r"(?:[ \n]+|\\.|!?\[[^\[\]]*\](?:\[[^\[\]]*\]|\([^()]*\))|<[^<>]*>)"
"""What the converter's placeholder stands for: code (blanked here), an escape, a link or image."""
_MOST_MISSES: Final = 300
"""Each passes the whole text; after so many, the line of the last thing found has to do."""


class Lines:
    """The lines of one text. ``first`` is the line of the file on which the text begins."""

    def __init__(self, text: str, first: int) -> None:
        self.first = first
        self.text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._next: dict[str, int] = {}
        self._lines: list[str] = []
        self._next_heading = 0
        self._misses = 0

    def blank(self, fences: Iterable[tuple[int, int]], indented: Iterable[str]) -> None:
        """Take code out of the search: fenced (spans of the text), indented (its text), inline."""
        self.text = _without(self.text, fences)
        spans, last = [], 0
        for code in indented:
            lines = (r"[ ]{4,}" + re.escape(line) for line in code.split("\n") if line.strip())
            pattern = r"[ \t]*\n(?:[ \t]*\n)*".join(lines)
            if found := re.compile(rf"^{pattern}$", re.MULTILINE).search(self.text, last):
                spans.append(found.span())
                last = found.end()
        self.text = _without(self.text, spans)
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

    def of(self, raw: str, kind: str) -> int:
        """Give the line of the next place that reads like this raw text of the converter.

        Things of one ``kind`` are asked for in the order of the text. The raw text of a link may
        hold the converter's placeholders (for code and escapes) and lacks the indentation of lists
        and quotes; both are allowed for.
        """
        start = self._next.get(kind, 0)
        found = self._find(raw, start) if self._misses < _MOST_MISSES else None
        if found is None and self._misses < _MOST_MISSES:
            self._misses += 1
            found = self._find(raw, 0)
        if found is None:
            return self.line_at(max(start - 1, 0))
        self._next[kind] = found[1]
        return self.line_at(found[0])

    def _find(self, raw: str, start: int) -> tuple[int, int] | None:
        if raw.startswith("{"):
            pattern = r"\{:?[ ]*" + re.escape(raw[1:])
        elif raw.endswith("]:"):  # a definition, whose label the converter has in small letters
            pattern = r"(?im)^[ ]*" + re.escape(raw)
        elif re.fullmatch(r"<[^<>]*", raw):  # a tag that is never closed
            pattern = re.escape(raw) + r"(?![^\s<>])"
        else:
            offset = self.text.find(raw, start)
            if offset >= 0 and self._is_meant(offset, offset + len(raw)):
                return offset, offset + len(raw)
            if offset < 0 and not re.search("[\x02\\s]", raw):
                return None
            pattern = ""
        for found in (re.compile(pattern) if pattern else _loosely(raw)).finditer(self.text, start):
            if self._is_meant(*found.span()):
                return found.span()
        return None

    def _is_meant(self, start: int, end: int) -> bool:
        """Tell whether a place is neither escaped nor the definition of a reference."""
        before = self.text[max(start - 20, 0) : start]
        escaped = (len(before) - len(before.rstrip("\\"))) % 2
        ends_label = self.text[end - 1] == "]" and self.text.startswith(":", end)
        return not escaped and not (ends_label and not before.rpartition("\n")[2].strip())


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Blank out some spans, which stand in the order of the text."""
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], _blanked(text[start:end])]
        last = end
    return "".join((*pieces, text[last:]))


def _blanked(code: str) -> str:
    return re.sub(r"[^\n]", " ", code)


@functools.lru_cache(maxsize=256)
def _loosely(raw: str) -> re.Pattern[str]:
    """Make a pattern for raw text whose white space and placeholders may differ in the source."""
    parts = []
    for index, part in enumerate(INLINE_PLACEHOLDER_RE.split(raw)):
        if index % 2:  # the number of a placeholder
            parts.append(_STASHED)
        else:
            words = [re.escape(word) for word in re.split(r"\s+", part)]
            parts.append(_CONTINUATION.join(words))
    return re.compile("".join(parts), re.DOTALL)
