# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which months and units of time does Unicode CLDR know in a language?

Only the forms that stand in CLDR's own tables are known, so an inflected form may be unknown.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Final, Literal

from babel.units import format_unit

from notices import languages

_UNITS: Final = ("second", "minute", "hour", "day", "week", "month", "year")
_LENGTHS: Final[tuple[Literal["long", "short"], ...]] = ("long", "short")
_COUNTS: Final = (1, 2, 3, 5, 11, 21, 100, 1.5)
"""Numbers that between them call for every plural form that CLDR tells apart."""

_NUMBER_AND_WORD: Final = re.compile(
    r"[\d.,٫\u0660-\u0669\u06f0-\u06f9]+\s*([^\W\d_]{2,}|[^\W\d_a-z])\.?"
)


def units(lang: str) -> dict[str, str]:
    """Give the words that follow a number of units, each with its unit."""
    found: dict[str, str] = {}
    locale = languages.locale(lang)
    if locale is None:
        return found
    for unit in _UNITS:
        for length, count in product(_LENGTHS, _COUNTS):
            written = format_unit(count, f"duration-{unit}", length, locale=locale)
            if match := _NUMBER_AND_WORD.fullmatch(written):
                found.setdefault(match[1].lower(), unit)
    return found


def months(lang: str) -> dict[str, int]:
    """Give the names of months, whole and short, as they stand in the middle of a sentence."""
    locale = languages.locale(lang)
    named: dict[str, int] = {}
    if locale is None:
        return named
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[form][width].items():
                word = name.rstrip(".")
                if not any(map(str.isdigit, word)):
                    named.setdefault(word, number)
    return named
