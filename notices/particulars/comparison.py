# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where does a translation not say what its source says?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

from notices.particulars import alignment, amounts, figures, names
from notices.particulars.model import Difference, Kind, Particulars, Span, Value

_NAMES: Final[tuple[Kind, ...]] = ("email", "telephone", "link", "host", "file", "abbreviation")
_COUNTING: Final = frozenset({"number", "period"})
_QUOTED_LETTERS: Final = 60
_COMPARED_LETTERS: Final = 400
_MOST_PLACED: Final = 100
"""Who meets more differences than this has to look for their places."""
_OTHER_MEASURE: Final = 0.25
"""So much nearer (as a share of the text) is a value of another measure to be taken for a twin."""

Quoted = tuple[str, int]
"""Words of a text, and the place where they begin."""


def differences(source: Particulars, translation: Particulars) -> list[Difference]:
    """Compare a translation with its source: one difference for each value without a twin.

    Values of one kind without a twin are told together (*4 weeks* here, *3 veckor* there). What
    stands in a list item or table row that one side lacks is not told by itself.
    """
    compared = _Compared(source, translation)
    compared.blocks("list", source.items, translation.items)
    compared.blocks("table", source.rows, translation.rows)
    compared.figures()
    if source.names or translation.names:
        for kind in _NAMES:
            compared.names(kind)
    return compared.found


class _Compared:
    """Gathers the differences of two texts; *there* is the source, *here* the translation."""

    def __init__(self, source: Particulars, translation: Particulars) -> None:
        self.found: list[Difference] = []
        self._source, self._translation = source, translation
        self._lone_there: list[Span] = []
        self._lone_here: list[Span] = []

    def blocks(self, kind: Kind, there: Sequence[Span], here: Sequence[Span]) -> None:
        """Name the list items or table rows that only one side has."""
        if len(there) == len(here):
            return
        texts_there = _texts(self._source.text, there)
        texts_here = _texts(self._translation.text, here)
        if len(there) > len(here):
            for place in alignment.without_twin(texts_here, texts_there):
                self._lone_there.append(there[place])
                quote = _first_words(texts_there[place])
                start = there[place][0]
                self._add(kind, None, (quote, start), len(here), len(there))
        else:
            for place in alignment.without_twin(texts_there, texts_here):
                self._lone_here.append(here[place])
                quote = _first_words(texts_here[place])
                start = here[place][0]
                self._add(kind, (quote, start), None, len(here), len(there))

    def figures(self) -> None:
        """Name the numbers, periods, dates and postal codes that only one side has."""
        source, translation = self._source, self._translation
        there, here = figures.without_twin(source, translation)
        there, here = _outside(there, self._lone_there), _outside(here, self._lone_here)
        asking_here = [value for value in here if not value.optional]
        asking_there = [value for value in there if not value.optional]
        pairs = self._pairs(asking_there, asking_here)
        asking_there = [value for value in asking_there if figures.asks(value, translation)]
        asking_here = [value for value in asking_here if figures.asks(value, source)]
        pairs += self._pairs([value for value in there if value.optional], asking_here)
        pairs += self._pairs(asking_there, [value for value in here if value.optional])
        for one, other in pairs:
            kind = one.kind if one.kind == other.kind else "period"
            self._add(kind, (other.quote, other.start), (one.quote, one.start))
        for value in asking_there:
            self._add(value.kind, None, (value.quote, value.start))
        for value in asking_here:
            self._add(value.kind, (value.quote, value.start), None)

    def names(self, kind: Kind) -> None:
        """Name the addresses, links, files or abbreviations that only one side has."""
        there, here = names.of_kind(kind, self._source, self._translation)
        there, here = _outside(there, self._lone_there), _outside(here, self._lone_here)
        counts = (0, 0)
        if kind == "file":
            counts = names.count(kind, self._translation), names.count(kind, self._source)
        for one, other in zip_longest(there, here):
            own = (other.quote, other.start) if other else None
            self._add(kind, own, (one.quote, one.start) if one else None, *counts)

    def _add(
        self,
        kind: Kind,
        here: Quoted | None,
        there: Quoted | None,
        here_count: int = 0,
        there_count: int = 0,
    ) -> None:
        own, own_start = here or ("", 0)
        theirs, their_start = there or ("", 0)
        if len(self.found) > _MOST_PLACED:
            own_start = their_start = 0
        found = Difference(
            kind,
            own,
            theirs,
            here_count,
            there_count,
            translation_at=_times_before(own, self._translation.text, own_start),
            source_at=_times_before(theirs, self._source.text, their_start),
        )
        self.found.append(found)

    def _pairs(self, there: list[Value], here: list[Value]) -> list[tuple[Value, Value]]:
        """Take from both what was probably meant to be the same, by kind, measure and place."""
        if not there or not here or len(there) * len(here) > figures.MOST_PAIRS:
            return []
        size_there, size_here = len(self._source.text) or 1, len(self._translation.text) or 1
        nearness = sorted(
            (
                abs(one.start / size_there - other.start / size_here)
                + _OTHER_MEASURE * (amounts.measure_of(one.key) != amounts.measure_of(other.key)),
                one.start,
                other.start,
                place_one,
                place_other,
            )
            for place_one, one in enumerate(there)
            for place_other, other in enumerate(here)
            if one.kind == other.kind
            or ({one.kind, other.kind} == _COUNTING and one.optional == other.optional)
        )
        pairs, taken_there, taken_here = [], set(), set()
        for *_, place_one, place_other in nearness:
            if place_one not in taken_there and place_other not in taken_here:
                taken_there.add(place_one)
                taken_here.add(place_other)
                pairs.append((there[place_one], here[place_other]))
        there[:] = [value for place, value in enumerate(there) if place not in taken_there]
        here[:] = [value for place, value in enumerate(here) if place not in taken_here]
        return sorted(pairs, key=lambda pair: pair[1].start)


def _times_before(quote: str, text: str, start: int) -> int:
    """Count how often words stand in a text, as words, before a place in it."""
    if not quote or not start:
        return 0
    return len(re.findall(rf"(?<!\w){re.escape(quote)}(?!\w)", text[:start]))


def _outside(values: Iterable[Value], spans: list[Span]) -> list[Value]:
    """Leave out what stands in an item or row that the other side lacks as a whole."""
    if not spans:
        return list(values)
    ends: list[int] = []
    starts: list[int] = []
    for start, end in sorted(spans):
        if ends and start < ends[-1]:  # a list within an item
            continue
        starts.append(start)
        ends.append(end)
    kept = []
    for value in values:
        place = bisect_right(starts, value.start) - 1
        if place < 0 or value.start >= ends[place]:
            kept.append(value)
    return kept


def _texts(text: str, spans: Sequence[Span]) -> list[str]:
    """Give the words of items or rows, as far as is needed to tell them apart."""
    return [text[start : min(end, start + _COMPARED_LETTERS)] for start, end in spans]


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= _QUOTED_LETTERS:
        return words
    return re.sub(r"\s*\S*$", "", words[: _QUOTED_LETTERS + 1]) + " …"
