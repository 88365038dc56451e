# SPDX-License-Identifier: AGPL-3.0-or-later
"""What has changed between two versions of a text, word by word?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, pairwise
from typing import Any, Final, Literal, NamedTuple

from notices.review.words import Word

Change = Literal["same", "removed", "added"]

MARKS: Final[dict[Change, tuple[str, str]]] = {
    "same": ("", ""),
    "removed": ("[-", "-]"),
    "added": ("{+", "+}"),
}
"""What stands around changed words, as in ``git diff --word-diff``."""


_NEW_BLOCK: Final = "¶ "
"""Shows that a paragraph begins, or no longer does, where words alone would not."""


class Piece(NamedTuple):
    """Words of one line that share their fate; the space before them is a piece of its own."""

    change: Change
    text: str

    def __str__(self) -> str:
        """Give the words with their marks."""
        opens, closes = MARKS[self.change]
        return f"{opens}{self.text}{closes}"


Line = list[Piece]
"""A block of a text (a paragraph, an item), as pieces."""


def unchanged(words: Sequence[Word]) -> list[Line]:
    """Give a text as lines without a mark."""
    return _lines([("same", words)])


def compared(old: Sequence[Word], new: Sequence[Word]) -> list[Line]:
    """Compare two texts, first by blocks and then by words; what stayed is shown as it is now."""
    blocks_old, blocks_new = _blocks(old), _blocks(new)
    parts: list[tuple[Change, Sequence[Word]]] = []
    for same, ours, theirs in _matched(blocks_old, blocks_new):
        one, other = list(chain(*ours)), list(chain(*theirs))
        for unchanged_words, were, are in [(same, one, other)] if same else _matched(one, other):
            parts += [("same", are)] if unchanged_words else [("removed", were), ("added", are)]
    return _lines(parts)


def _blocks(words: Sequence[Word]) -> list[tuple[Word, ...]]:
    starts = [at for at, word in enumerate(words) if word.before == "\n"] or [0]
    return [tuple(words[at:end]) for at, end in pairwise([*starts, len(words)])]


def _matched(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[bool, Any, Any]]:
    """Cut two sequences into stretches that are the same, and stretches that are not."""
    matcher = SequenceMatcher(None, [_key(one) for one in old], [_key(one) for one in new], False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        yield tag == "equal", old[old_from:old_to], new[new_from:new_to]


def _key(one: Word | tuple[Word, ...]) -> str | tuple[str, ...]:
    return one.counted if isinstance(one, Word) else tuple(word.counted for word in one)


def _lines(parts: Sequence[tuple[Change, Sequence[Word]]]) -> list[Line]:
    lines: list[Line] = [[]]
    for change, words in parts:
        run = ""
        for word in words:
            if word.before == "\n" and (lines[-1] or run):
                lines[-1] += _piece(change, run)
                lines.append([])
                run = word.shown or (_NEW_BLOCK if change != "same" else "")
            else:
                run += (word.before if lines[-1] or run else "") + word.shown
        lines[-1] += _piece(change, run)
    return [line for line in lines if line]


def _piece(change: Change, run: str) -> Line:
    words = run.strip()
    if not words:
        return [Piece("same", " ")] if run else []
    before = [Piece("same", " ")] if run[0].isspace() else []
    return [*before, Piece(change, words)]
