# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which abbreviations does a text hold, written or spelt out?

Two to six capitals are one, but not where a whole heading or a run of words stands in capitals.
"""

from __future__ import annotations

import re
from typing import Final

from notices.particulars.markup import BOUNDARY
from notices.particulars.model import Span, Value
from notices.particulars.wordlist import Word, WordList

_SHOUTED: Final = re.compile("[AS]{3,}|A*S[AS]*")


def read(text: str, letters: str, words: list[Word], spans: list[Span]) -> list[Value]:
    """Give the abbreviations among the words of a text; optional is what is spelt out.

    ``letters`` says what each word is, ``spans`` where it stands.
    """
    if "A" not in letters and "B" not in letters:
        return []
    letters = _SHOUTED.sub(lambda found: "x" * len(found[0]), letters)
    found = []
    block_end, shouted = -1, False
    for letter, word, (start, end) in zip(letters, words, spans, strict=True):
        if letter not in "AB":
            continue
        if start >= block_end:
            block_end, shouted = _block(text, start)
        if letter == "B" or not shouted:
            name, quote = word.name, text[start:end]
            found.append(Value("abbreviation", name, quote, start, optional=letter == "B"))
    return found


def _block(text: str, place: int) -> tuple[int, bool]:
    """Give the end of the block around a place, and whether its words are all in capitals."""
    begin = text.rfind(BOUNDARY, 0, place) + 1
    end = text.find(BOUNDARY, place)
    end = len(text) if end < 0 else end
    block = text[begin:end]
    return end, block.isupper() and " " in block.strip()


def spelt(text: str, words: WordList) -> list[Value]:
    """Give the abbreviations that a text spells out in several words."""
    lowered = text.lower()
    return [
        Value("abbreviation", short, phrase, lowered.find(phrase), optional=True)
        for phrase, short in words.phrases.items()
        if phrase in lowered
    ]
