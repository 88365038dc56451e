# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which abbreviations does a text hold, written or spelt out?

Two to six capitals are one, but not where a whole heading or a run of words stands in capitals.
"""

from __future__ import annotations

import re
from typing import Final

from notices.particulars.model import Span, Value
from notices.particulars.wordlist import Word, WordList

_SHOUTED: Final = re.compile(r"[AS]{3,}|A*S[AS]*|(?<=\|)[AS]{2,}(?=\|)")


def read(text: str, words: list[Word], spans: list[Span]) -> list[Value]:
    """Give the abbreviations among the words of a text; optional is what is spelt out."""
    letters = "".join([word.letter for word in words])
    if "A" not in letters and "B" not in letters:
        return []
    letters = _SHOUTED.sub(lambda found: "x" * len(found[0]), f"|{letters}|")[1:-1]
    return [
        Value("abbreviation", word.name, text[start:end], start, optional=letter == "B")
        for letter, word, (start, end) in zip(letters, words, spans, strict=True)
        if letter in "AB"
    ]


def spelt(text: str, words: WordList) -> list[Value]:
    """Give the abbreviations that a text spells out in several words."""
    lowered = text.lower()
    return [
        Value("abbreviation", short, phrase, lowered.find(phrase), optional=True)
        for phrase, short in words.phrases.items()
        if phrase in lowered
    ]
