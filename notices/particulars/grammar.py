# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which numbers, periods and rates does a sequence of words tell of?

A text is read as a string with one letter for each word (``wordlist`` says which), so the grammar
is a regular expression: ``w-u`` is a number word, a hyphen and a unit, as in *two-year*.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from notices.particulars import amounts
from notices.particulars.amounts import Amount
from notices.particulars.joining import joined
from notices.particulars.model import Span, Value
from notices.particulars.wordlist import Word

_COUNT: Final = "[Tnwo]"
_TIMES: Final = rf"(?:s|{_COUNT}t)"
_GRAMMAR: Final = re.compile(
    rf"""(?=[Tnwosepqvriahlykd\#R])(?:
    (?P<rate>
        {_TIMES}? [ep]a? (?:{_COUNT}-?|d)? [mbl]*[uKk]           # every three months, once per year
      | {_TIMES}? q[dn][mb]*u                                    # var tredje månad
      | {_TIMES}? v[mb]*u                                        # varannan vecka
      | {_TIMES}? r                                              # årligen
      | {_TIMES} R                                               # once yearly
      | {_TIMES} [ia]{{1,2}}[ep]? (?:{_COUNT}-?|d)? [mbl]*[uk]   # twice a year, en gång i månaden
    )
  | (?P<loose_rate>R|i[mb]*u)                                    # annual; (500 kr) om året
  | (?P<half>[oa]?h[ax]?-?u|{_COUNT}c[oa]?hu)                    # half a year, two and a half years
  | (?P<list>{_COUNT}(?:[c-]{{1,3}}{_COUNT})*+)                  # 1, 2 or 3
        (?:(?P<unit>(?:-?[mbl])*-?u|-K)|[c-]{{1,3}}(?P<compound>k))?+
  | (?P<alone>k)                                                 # tvåårig
  | (?P<one>(?<![ambl])[al][mbl]*u)                              # a month, the last year
  | (?P<perhaps>[yds])                                            # both, twice, the 12th
  | (?P<name>\#)                                                 # 21A
    )""",
    re.VERBOSE,
)
_LAST_OF_A_FEW: Final = 3
"""Up to this, ordinals say too many other things: the other one, a third party."""

_LETTER_AFTER: Final = re.compile(r"[ \xa0]([A-Za-z])(?![\w'’])")


def read(text: str, letters: str, words: list[Word], spans: list[Span]) -> list[Value]:
    """Read what the words of a text tell of.

    ``letters`` says what each word is, ``spans`` where it stands.
    """
    letters, words, spans = joined(letters, words, spans)
    reading = _Reading(text, letters, words, spans)
    for found in _GRAMMAR.finditer(letters):
        reading.take(found)
    return reading.values


class _Reading:
    """Makes values of what the grammar finds in one text. Places are those of words."""

    def __init__(self, text: str, letters: str, words: list[Word], spans: list[Span]) -> None:
        self._text, self._letters, self._words, self._spans = text, letters, words, spans
        self.values: list[Value] = []

    def take(self, found: re.Match[str]) -> None:
        """Add the values of one stretch of words."""
        start, end = found.span()
        match found.lastgroup:
            case "rate" | "loose_rate":
                self._rate(start, end, optional=found.lastgroup == "loose_rate")
            case "half":
                whole: Amount = self._words[start].number if "c" in found["half"] else 0
                unit = self._words[end - 1].unit
                self._add(amounts.period(whole + Fraction(1, 2), unit), start, end)
            case "list" | "unit" | "compound":
                self._list(found)
            case "alone":
                self._add(amounts.period(self._words[start].number, self._words[start].unit), start)
            case "one":
                unit = self._unit(start, end)
                key, told = amounts.period(1, unit)
                told = (amounts.rate(1, 1, unit)[0], *told)
                self._add((key, told), start, end, optional=True)
            case "perhaps":
                if self._letters[start] != "d" or self._words[start].number > _LAST_OF_A_FEW:
                    self._number(start, optional=True)
            case _:
                self._name(start)

    def _list(self, found: re.Match[str]) -> None:
        start, end = found.span("list")
        places = [place for place in range(start, end) if self._letters[place] not in "c-"]
        if not (found["unit"] or found["compound"]):
            for place in places:
                # In two-factor the number belongs to a name, and another language may do without.
                in_name = place + 1 == end and self._letters[end : end + 1] == "-"
                self._number(place, optional=in_name and self._letters[place] != "n")
            return
        unit = self._unit(end, found.end())
        for place in places:
            word = self._words[place]
            parts = word.pieces if len(word.pieces) > 1 else ()
            quote = "" if place == places[-1] and found["unit"] else "…"
            key = amounts.period(word.number, unit)
            self._add(key, place, place + 1, parts=parts, unit=(found.end() - 1, quote))
        if found["compound"]:
            last = found.end() - 1
            self._add(amounts.period(self._words[last].number, unit), last)

    def _rate(self, start: int, end: int, optional: bool) -> None:
        place, times = start, Fraction(1)
        if self._letters[start] == "s":
            place, times = start + 1, Fraction(self._words[start].number)
        elif self._letters[start + 1 : start + 2] == "t":
            place, times = start + 2, Fraction(self._words[start].number)
        counts = [word.number for word in self._words[place:end] if word.letter in "Tnwodvk"]
        count = counts[0] if counts else 1
        key = amounts.rate(times, count, self._unit(place, end))
        self._add(key, start, end, optional=optional)

    def _unit(self, start: int, end: int) -> str:
        """Give the unit that the last of some words names; *business* makes days working days."""
        unit = self._words[end - 1].unit
        return "working-day" if unit == "day" and "b" in self._letters[start:end] else unit

    def _add(
        self,
        key: tuple[str, tuple[str, ...]],
        start: int,
        end: int | None = None,
        *,
        optional: bool = False,
        parts: tuple[str, ...] = (),
        unit: tuple[int, str] | None = None,
    ) -> None:
        """Add a period or rate that stands in some words, and its unit where that stands apart."""
        begins, ends = self._spans[start][0], self._spans[(end or start + 1) - 1][1]
        quote = self._text[begins:ends]
        if unit:
            place, between = unit
            last = self._spans[place][1]
            apart = f"{quote} {between} {self._text[self._spans[place][0] : last]}"
            quote = apart if between else self._text[begins:last]
        self.values.append(Value("period", key[0], quote, begins, optional, key[1], parts))

    def _number(self, place: int, *, optional: bool = False) -> None:
        """Add each number that one word holds; words for *one* are none without a unit."""
        word, (start, end) = self._words[place], self._spans[place]
        quote = self._text[start:end]
        if word.letter != "n":
            if word.letter != "o" and word.number != 1:
                optional = optional or bool(word.name)
                self.values.append(Value("number", str(word.number), quote, start, optional))
            return
        after = _LETTER_AFTER.match(self._text, end)
        readings = tuple(
            reading
            for reading in (word.name, after and word.pieces[-1] + after[1].lower())
            if reading
        )
        joined_parts = tuple(re.split(r"\D+", quote)) if len(word.pieces) == 1 else ()
        for piece in word.pieces:
            # What is 1 here may be a word there, and words for it are no numbers without a unit.
            lone = (
                piece == "1" and len(word.pieces) == 1 and self._letters[place - 1 : place] != "("
            )
            parts = joined_parts if len(joined_parts) > 1 else ()
            self.values.append(
                Value("number", piece, quote, start, optional or lone, readings, parts)
            )

    def _name(self, place: int) -> None:
        word, (start, end) = self._words[place], self._spans[place]
        self.values.append(
            Value("number", word.name, self._text[start:end], start, readings=word.pieces)
        )
