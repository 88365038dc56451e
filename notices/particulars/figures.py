# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which numbers, periods, dates and postal codes of two texts have no twin in the other?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from notices.particulars import amounts
from notices.particulars.model import Particulars, Value

MOST_PAIRS: Final = 40_000
_LAST_WORD: Final = 12
"""Numbers up to this one are often written as words, which are known in some languages only."""

_Two = tuple[list[Value], list[Value]]


def without_twin(source: Particulars, translation: Particulars) -> _Two:
    """Give what is left of the source and of the translation when all twins are taken away.

    Optional values are among what is left, since they may be what stands in another's place.
    """
    left = _same_key(source, translation)
    if not (left[0] and left[1]) or len(left[0]) * len(left[1]) > MOST_PAIRS:
        return left
    left = _paired(left, _alike)
    left = _paired(left, _alike_perhaps)
    ours, theirs = _absorbed(*left)
    theirs, ours = _absorbed(theirs, ours)
    return ours, theirs


def asks(value: Value, other: Particulars) -> bool:
    """Tell whether a value without a twin is a difference, even if it stands alone.

    Where the other language has no word list, it may have the same in words of its own.
    """
    if value.optional:
        return False
    if other.fluent:
        return True
    return not amounts.is_rate(value.key) and not any(
        told.isdecimal() and int(told[:4]) <= _LAST_WORD for told in (value.key, *value.readings)
    )


def _same_key(source: Particulars, translation: Particulars) -> _Two:
    """Take away what is the very same on both sides; what is optional comes last.

    Where one side says it more often, what stands nearest to the same place of the text is a twin.
    """
    ours, theirs = _by_key(source.figures), _by_key(translation.figures)
    left: _Two = [], []
    for key in ours.keys() | theirs.keys():
        one, other = ours.get(key, []), theirs.get(key, [])
        if len(one) != len(other):
            sizes = len(source.text) or 1, len(translation.text) or 1
            if len(one) > len(other):
                left[0].extend(_surplus(one, sizes[0], other, sizes[1]))
            else:
                left[1].extend(_surplus(other, sizes[1], one, sizes[0]))
    return _in_order(left[0]), _in_order(left[1])


def _by_key(values: Iterable[Value]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for value in sorted(values, key=lambda value: value.optional):
        found.setdefault(value.key, []).append(value)
    return found


def _surplus(many: list[Value], size: int, few: list[Value], other_size: int) -> list[Value]:
    """Give the values of the more frequent side that stand farthest from a twin's place."""
    if len(many) * len(few) > MOST_PAIRS:
        return many[len(few) :]
    left = many.copy()
    for value in few:
        place = value.start / other_size
        twin = min(left, key=lambda one: (one.optional, abs(one.start / size - place)))
        left.remove(twin)
    return left


def _paired(left: _Two, are_twins: Callable[[Value, Value], bool]) -> _Two:
    ours, theirs = [], left[1].copy()
    for value in left[0]:
        twin = next((other for other in theirs if are_twins(value, other)), None)
        if twin:
            theirs.remove(twin)
        else:
            ours.append(value)
    return ours, theirs


def _alike(one: Value, other: Value) -> bool:
    return not (one.optional or other.optional) and _told_alike(one, other)


def _alike_perhaps(one: Value, other: Value) -> bool:
    return one.kind == other.kind and _told_alike(one, other)


def _told_alike(one: Value, other: Value) -> bool:
    return one.key in other.readings or other.key in one.readings


def _absorbed(wholes: list[Value], others: list[Value]) -> _Two:
    """Take away dates and large numbers that the other side writes as several numbers."""
    left = []
    for whole in wholes:
        parts = _parts_among(whole.parts, others)
        if not parts and whole.kind == "date":
            parts = _parts_among(whole.parts[:-1], others)  # its month has a name there
        for part in parts:
            others.remove(part)
        if not parts:
            left.append(whole)
    return left, others


def _parts_among(parts: tuple[str, ...], others: list[Value]) -> list[Value]:
    """Find a value of the other side for each part; none at all where one is wanting."""
    found: list[Value] = []
    for part in parts:
        for other in others:
            if other not in found and (other.key == part or part in other.readings):
                found.append(other)
                break
        else:
            return []
    return found


def _in_order(values: Iterable[Value]) -> list[Value]:
    return sorted(values, key=lambda value: value.start)
