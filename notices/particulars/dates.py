# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which dates stand in a text?

A date in numbers (ISO 8601, or day and month in either order) is known in every language, one with
a month's name in the languages whose months CLDR knows. A date's last part is its month, since
another text may name it in a form that nobody knows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from notices.particulars import cldr
from notices.particulars.addresses import blank
from notices.particulars.model import Value

_ISO: Final = re.compile(r"(\d(?<![\w./-]\d)\d{3})-(\d{1,2})-(\d{1,2})(?![\w/-]|\.\d)")
_NUMERIC: Final = re.compile(r"(\d(?<![\w./-]\d)\d?)([./-]) ?(\d{1,2})\2 ?(\d{4})(?![\w/-]|\.\d)")
_DAY_AND_MONTH: Final = re.compile(r"(\d(?<![\w./-]\d)\d?)(/)(\d{1,2}) (\d{4})(?!\w)")
_EAST_ASIAN: Final = re.compile(
    r"(?:(?P<year>\d{4})[年년]\s?)?(?P<month>\d{1,2})[月월](?:\s?(?P<day>\d{1,2})[日일])?"
)
_ENDING: Final = r"(?:st|nd|rd|th|:[ae]|º|er|\.)?"
_LAST_MONTH: Final = 12
_LAST_DAY: Final = 31


class _Months(NamedTuple):
    day_first: re.Pattern[str]
    month_first: re.Pattern[str]
    numbers: dict[str, str]
    shortest: tuple[str, ...]


def masked(text: str, lang: str) -> tuple[str, list[Value]]:
    """Give a text without its dates, and these. The text holds digits."""
    found: list[Value] = []
    day_first, month_first, numbers, shortest = _months(lang)

    def iso(match: re.Match[str]) -> str:
        year, month, day = match.groups()
        return _taken(match, found, year, [(month, day)])

    def numeric(match: re.Match[str]) -> str:
        one, _, other, year = match.groups()
        return _taken(match, found, year, [(other, one), (one, other)])

    def named(match: re.Match[str]) -> str:
        month = numbers.get(match["month"], match["month"])
        return _taken(match, found, match["year"] or "", [(month, match["day"] or "")])

    if "-" in text:
        text = _ISO.sub(iso, text)
    text = _NUMERIC.sub(numeric, text)
    if "/" in text:
        text = _DAY_AND_MONTH.sub(numeric, text)
    if "月" in text or "월" in text:
        text = _EAST_ASIAN.sub(named, text)
    if any(name in text for name in shortest):
        text = month_first.sub(named, day_first.sub(named, text))
    return text, found


@lru_cache(256)
def _months(lang: str) -> _Months:
    """Make the patterns of a language's months; a name has a capital where it always has one."""
    numbers = {}
    for name, number in cldr.months(lang).items():
        numbers[name] = numbers[name[:1].upper() + name[1:]] = str(number)
    names = "|".join(sorted(map(re.escape, numbers), key=lambda name: (-len(name), name)))
    month = rf"(?P<month>{names})(?!\w)\.?"
    year = r"(?P<year>\d{4})(?!\w)"
    first_day = rf"(?P<day>\d(?<![\w.,:/-]\d)\d?){_ENDING}"
    day = rf"(?P<day>\d{{1,2}}){_ENDING}"
    return _Months(
        re.compile(rf"{first_day}\s(?:of\s|de\s)?{month}(?:,?\s(?:de\s)?{year})?"),
        re.compile(rf"\b{month},?\s(?=\d)(?:{day}(?!\w)(?:,?\s|\b))?(?:{year})?"),
        numbers,
        tuple(n for n in numbers if not any(o != n and o in n for o in numbers)),
    )


def _taken(match: re.Match[str], found: list[Value], year: str, ways: list[tuple[str, str]]) -> str:
    """Put a date among those found, read in each way (month, day) that there is such a day."""
    keys = [
        f"{year or '-'}-{int(month):02}-{int(day):02}" if day else f"{year}-{int(month):02}"
        for month, day in ways
        if 0 < int(month) <= _LAST_MONTH and (not day or 0 < int(day) <= _LAST_DAY)
    ]
    month, day = ways[0]
    if not keys or not (year or day):
        return match[0]
    written = match[0].rstrip(" .")
    parts = tuple(str(int(part)) for part in (year, day, month) if part)
    found.append(
        Value("date", keys[0], written, match.start(), readings=tuple(keys[1:]), parts=parts)
    )
    return blank(len(match[0]))
