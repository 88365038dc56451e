# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which item of the longer of two lists has no twin in the shorter?

The items of both stand in the same order, so the best pairing is found by going through them once
for each item too many. Twins are told by numbers, names and stems that both languages have, by the
letters of kindred words, by their lengths and by how they end. Where items are much alike, that can
name a neighbour.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from statistics import median
from typing import Final

_TELLING: Final = re.compile(r"\d+|\w{3,}")
_STEM_LETTERS: Final = 4
_SAME_END: Final = 0.3
_SHARED_STEM: Final = 2.0
_SAME_LETTERS: Final = 1.5
_LETTERS: Final = 60
_MOST_STEPS: Final = 20_000


def without_twin(shorter: Sequence[str], longer: Sequence[str]) -> list[int]:
    """Give the places of the longer list's items that the shorter one has no twin for."""
    extra = len(longer) - len(shorter)
    if not shorter or len(shorter) * (extra + 1) > _MOST_STEPS:
        return list(range(len(shorter), len(longer)))
    few, many = [_Item(text) for text in shorter], [_Item(text) for text in longer]
    usual = Counter(stem for item in few + many for stem in item.stems)
    scale = _typical_length(few) / _typical_length(many)
    # best[s] is how well the items so far can be paired, with s of the longer list left out.
    best = [0.0] + [-math.inf] * extra
    left_out: list[list[bool]] = []
    for place in range(len(few) + 1):
        choices = [False]
        for skipped in range(1, extra + 1):
            choices.append(best[skipped - 1] >= best[skipped])
            best[skipped] = max(best[skipped], best[skipped - 1])
        left_out.append(choices)
        if place < len(few):
            best = [
                score + _likeness(few[place], many[place + skipped], scale, usual)
                for skipped, score in enumerate(best)
            ]
    found, skipped = [], extra
    for place in range(len(few), -1, -1):
        while left_out[place][skipped]:
            skipped -= 1
            found.append(place + skipped)
    return found[::-1]


class _Item:
    """What an item has in common with its twin in another language."""

    def __init__(self, text: str) -> None:
        words = text.strip()
        self.length = len(words) + 1
        self.letters = words[:_LETTERS].lower()
        self.end = "" if words[-1:].isalnum() else words[-1:]
        self.stems = {stem[:_STEM_LETTERS] for stem in _TELLING.findall(words.lower())}


def _typical_length(items: list[_Item]) -> float:
    return median(item.length for item in items)


def _likeness(one: _Item, other: _Item, scale: float, usual: Counter[str]) -> float:
    """Say how much two items are alike; what is rare in the lists tells more than what is not."""
    shared = sum(_SHARED_STEM / usual[stem] for stem in sorted(one.stems & other.stems))
    by_length = abs(math.log(one.length / (other.length * scale)))
    by_letters = SequenceMatcher(None, one.letters, other.letters, autojunk=False).ratio()
    return shared - by_length + _SAME_LETTERS * by_letters + _SAME_END * (one.end == other.end)
