# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words and sentences does a block of text consist of?"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from notices.prose.blocks import Block

_WORD: Final = re.compile(r"[^\W_]+(?:['’.:\-\u2010\u2011][^\W_]+)*")
_END: Final = re.compile(r"[.!?…](?=\s|$)")


class Word(NamedTuple):
    """A word or number, and where in its block's text it begins and ends."""

    text: str
    start: int
    end: int


def words(block: Block) -> list[Word]:
    """Give the words of a block that are in its language."""
    return [Word(found[0], *found.span()) for found in _WORD.finditer(block.own_text)]


def sentences(block: Block) -> list[list[Word]]:
    """Give the words of a block, sentence by sentence; a sentence ends with its block."""
    ends = [found.end() for found in _END.finditer(block.own_text)]
    found: list[list[Word]] = [[] for _ in (*ends, None)]
    at = 0
    for word in words(block):
        while at < len(ends) and word.start >= ends[at]:
            at += 1
        found[at].append(word)
    return [one for one in found if one]
