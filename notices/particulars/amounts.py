# SPDX-License-Identifier: AGPL-3.0-or-later
"""When are two periods of time the same, whatever unit they are told in?

Two weeks are 14 days and twelve months a year, but no number of days is a month: law counts them
apart (Regulation (EEC, Euratom) No 1182/71, article 3).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Final

Amount = int | Fraction

_SECONDS: Final = "s"
_MONTHS: Final = "mo"
_WORKING_DAYS: Final = "wd"
UNITS: Final = {
    "second": (_SECONDS, 1),
    "minute": (_SECONDS, 60),
    "hour": (_SECONDS, 3600),
    "day": (_SECONDS, 86400),
    "week": (_SECONDS, 7 * 86400),
    "fortnight": (_SECONDS, 14 * 86400),
    "working-day": (_WORKING_DAYS, 1),
    "month": (_MONTHS, 1),
    "quarter": (_MONTHS, 3),
    "half-year": (_MONTHS, 6),
    "year": (_MONTHS, 12),
    "decade": (_MONTHS, 120),
}
"""Each unit that word lists know: the measure it belongs to, and how many of those it is."""

_TOLD_IN: Final = {_SECONDS: (3600, 86400, 7 * 86400), _MONTHS: (1, 12), _WORKING_DAYS: (1,)}
_RATE: Final = "each "


@lru_cache(4096)
def period(count: Amount, unit: str) -> tuple[str, tuple[str, ...]]:
    """Give the key of so many units, and the plain numbers that it might be told with."""
    measure, size = UNITS[unit]
    total = count * size
    told = {_written(count)}
    told.update(_written(total // each) for each in _TOLD_IN[measure] if total % each == 0)
    return f"{_written(total)} {measure}", tuple(sorted(told - {"0"}))


@lru_cache(4096)
def rate(times: Amount, count: Amount, unit: str) -> tuple[str, tuple[str, ...]]:
    """Give the key of so many times in each so many units, and how else it might be told."""
    interval = Fraction(count) / Fraction(times or 1)
    key, told = period(interval, unit)
    numbers = {_written(times), _written(count)} - {"1"}
    return f"{_RATE}{key}", (key, *sorted(numbers.union(told) - {"1"}))


def is_rate(key: str) -> bool:
    """Tell whether a key is that of a rate."""
    return key.startswith(_RATE)


def measure_of(key: str) -> str:
    """Give the measure in a period's key; the same for all that can be compared."""
    return key.rpartition(" ")[2]


def _written(amount: Amount) -> str:
    return str(amount) if amount == int(amount) else f"{float(amount):g}"
