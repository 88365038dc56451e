# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words of a language are written with a full stop that may end no sentence?

A language with a file in this folder is known by that: another language adds a file. Of every
language, Unicode CLDR (through Babel) has the months and days of the week, which may follow an
ordinal (*1. März*), and their abbreviations, which a number may follow (*3 jan. 2026*).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from notices.languages import locale, primary

_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """A language's words, in small letters and without their last full stop.

    More of the sentence follows one of ``never``, and a number one of ``before_numbers``. One of
    ``often`` ends a sentence where the next word begins with a capital. ``calendar`` are months and
    days; a number before one of them, or after one of ``ordinals_after``, is an ordinal. What is
    ``lettered`` may have a capital for its number: *Annex A*. ``marks`` end a sentence in this
    language and in few others.
    """

    never: frozenset[str] = frozenset()
    often: frozenset[str] = frozenset()
    before_numbers: frozenset[str] = frozenset()
    ordinals_after: frozenset[str] = frozenset()
    lettered: frozenset[str] = frozenset()
    calendar: frozenset[str] = frozenset()
    marks: str = ""

    @property
    def all(self) -> frozenset[str]:
        """The abbreviations themselves."""
        return self.never | self.often | self.before_numbers


@lru_cache(256)
def of(lang: str) -> Abbreviations:
    """Give the abbreviations of a language, or of the language without its region."""
    table = _table(lang)
    calendar, short = _calendar(lang)
    return Abbreviations(
        never=_bare(table.get("never", ())),
        often=_bare(table.get("often", ())),
        before_numbers=_bare(table.get("before_numbers", ())) | short,
        ordinals_after=_bare(table.get("ordinals_after", ())),
        lettered=_bare(table.get("lettered", ())),
        calendar=calendar,
        marks=table.get("marks", ""),
    )


def _table(lang: str) -> dict[str, Any]:
    for tag in (lang, primary(lang)):
        file = _FOLDER / f"{tag}.toml"
        if file.is_file():
            return tomllib.loads(file.read_text(encoding="utf-8"))
    return {}


def _calendar(lang: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the names of months and days, and those of them that are cut short."""
    known = locale(lang)
    if known is None:
        return frozenset(), frozenset()
    names = {
        width: _bare(
            name
            for words in (known.months, known.days)
            for form in ("format", "stand-alone")
            for name in words[form].get(width, {}).values()
        )
        for width in ("wide", "abbreviated")
    }
    return names["wide"] | names["abbreviated"], names["abbreviated"] - names["wide"]


def _bare(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold().removesuffix(".") for word in words)
