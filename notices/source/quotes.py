# SPDX-License-Identifier: AGPL-3.0-or-later
"""On which line of its section does an editor find these words?

The words come from the finished text, so a link's address, emphasis or a fact's name may stand
between or in place of them in the file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from notices.model import Notice, Organisation, Section
from notices.textfiles import read_text

_WORD: Final = re.compile(r"\w+")
_ADDRESS: Final = re.compile(r"[/@#]|\.md")
_LIST_MARK: Final = re.compile(r"^[ \t>]*(?:\d+\.|[-*+])[ \t]+")
_UNSEEN: Final = re.compile(r"\]\([^()]*\)|\{[^{}]*\}$")
"""Where a link leads, and a heading's id."""
_NOT_SAID: Final = re.compile(
    r"^[ \t]*(?:#.*|\[[^\[\]]*\][ \t]*$|(?:forms|avoid|lang)[ \t]*=.*|\w+[ \t]*=)"
)
"""What readers do not see of a line of TOML: a comment, an entry's id, keys, some values."""
_ENOUGH_WORDS: Final = 6
_FEW_WORDS: Final = 3
_MOST_KEPT: Final = 4


class Quotes:
    """Looks words up in the notices and glossaries of a content folder; each file is read once."""

    def __init__(self, content: Path, organisation: Organisation) -> None:
        self._content = content
        self._organisation = organisation
        self._files: dict[str, list[str]] = {}
        self._kept: dict[tuple[str, int, int, bool], list[tuple[str, int]]] = {}

    def line(self, quote: str, notice: Notice, section: Section, before: int = 0) -> int:
        """Give the line where the words begin, else the section's.

        ``before`` says how often they stand in the section's text before the place that is meant.
        """
        lines = self._lines(notice)
        begin, end = section.line - 1, self._end(notice, section, len(lines))
        wanted = _WORD.findall(quote.partition("…")[0])[:_ENOUGH_WORDS]
        words = self._words_of(notice, begin, end, bool(_ADDRESS.search(quote)))
        return (
            _place(words, wanted, before)
            or self._of_fact(quote, notice, lines[begin:end], begin)
            or _place(words, wanted[:_FEW_WORDS], before)
            or section.line
        )

    def _words_of(
        self, notice: Notice, begin: int, end: int, with_addresses: bool
    ) -> list[tuple[str, int]]:
        """Give a section's words; those of the last few sections are kept, for the next quote."""
        key = (notice.path, begin, end, with_addresses)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            lines = self._lines(notice)
            self._kept[key] = list(_words(lines, begin, end, with_addresses=with_addresses))
        return self._kept[key]

    def _of_fact(self, quote: str, notice: Notice, lines: list[str], begin: int) -> int:
        """Find the last line that names a fact which says these words; 0 where none does."""
        names = [
            re.escape(name)
            for name, fact in self._organisation.facts.items()
            if quote and any(quote in told for told in fact.in_language(notice.lang) or ())
        ]
        if not names:
            return 0
        named = re.compile(rf"\[\[\s*(?:{'|'.join(names)})\s*\]\]")
        found = [number for number, line in enumerate(lines, begin + 1) if named.search(line)]
        return found[-1] if found else 0

    def _lines(self, notice: Notice) -> list[str]:
        if notice.path not in self._files:
            file = self._content / notice.lang / PurePosixPath(notice.path).name
            text, _ = read_text(file, notice.path)
            lines = (text or "").split("\n")
            if file.suffix == ".toml":
                lines = [_NOT_SAID.sub("", line) for line in lines]
            self._files[notice.path] = lines
        return self._files[notice.path]

    @staticmethod
    def _end(notice: Notice, section: Section, last: int) -> int:
        """Give the number of lines up to and with the section's last."""
        following = [other.line for other in notice.sections if other.line > section.line]
        return min([last, *(line - 1 for line in following)])


def _words(
    lines: list[str], begin: int, end: int, *, with_addresses: bool
) -> Iterator[tuple[str, int]]:
    """Give the words that a reader sees, with their lines; the addresses of links if wanted."""
    for number in range(begin, end):
        text = html.unescape(_LIST_MARK.sub("", lines[number]))
        if not with_addresses:
            text = _UNSEEN.sub("", text)
        for word in _WORD.findall(text):
            yield word, number + 1


def _place(words: list[tuple[str, int]], wanted: list[str], before: int) -> int:
    """Find the line of one of the places where these words follow each other; 0 for none."""
    found = [
        words[at][1]
        for at in range(len(words) - len(wanted) + 1)
        if wanted and all(words[at + step][0] == word for step, word in enumerate(wanted))
    ]
    return found[min(before, len(found) - 1)] if found else 0
