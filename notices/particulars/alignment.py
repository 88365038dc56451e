# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which item of the longer of two lists has no twin in the shorter?

The items of both stand in the same order, so the best pairing is found by going through them once
for each item too many. What tells twins: their numbers, names and addresses, and their lengths.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_TELLING: Final = re.compile(r"\d+|\w{3,}")
_MOST_STEPS: Final = 200_000
_NEVER: Final = float("-inf")


def without_twin(shorter: Sequence[str], longer: Sequence[str]) -> list[int]:
    """Give the places of the longer list's items that the shorter one has no twin for."""
    extra = len(longer) - len(shorter)
    if not shorter or len(shorter) * (extra + 1) > _MOST_STEPS:
        return list(range(len(shorter), len(longer))) if shorter else list(range(len(longer)))
    few, many = [_Item(text) for text in shorter], [_Item(text) for text in longer]
    usual = Counter(word for item in few + many for word in item.words)
    scale = _mean_length(few) / _mean_length(many)
    # best[s] is the best likeness of the items so far, with s of the longer list left out
    best = [0.0] + [_NEVER] * extra
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
    found, place, skipped = [], len(few), extra
    while place >= 0:
        while left_out[place][skipped]:
            skipped -= 1
            found.append(place + skipped)
        place -= 1
    return sorted(found)


class _Item:
    """What an item has in common with its twin in another language."""

    def __init__(self, text: str) -> None:
        self.length = len(text) + 1
        self.words = set(_TELLING.findall(text.lower()))


def _mean_length(items: list[_Item]) -> float:
    return sum(item.length for item in items) / len(items)


def _likeness(one: _Item, other: _Item, scale: float, usual: Counter[str]) -> float:
    """Say how much two items are alike: up to 1 by length, and more for rare words they share."""
    length = other.length * scale
    by_length = min(one.length, length) / max(one.length, length)
    return by_length + sum(2 / usual[word] for word in sorted(one.words & other.words))
