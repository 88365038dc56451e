# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words stand in a text, and what is each of them?"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final

from notices.particulars import wordlist
from notices.particulars.wordlist import Word

_L: Final = "A-Za-zÀ-ÖØ-öø-ɏͰ-ԯḀ-ỿ"
"""The letters of scripts that put spaces between words, and so may join letters and digits."""
_L_FIRST: Final = re.compile(f"[{_L}]")

_TOKEN: Final = re.compile(
    rf"""
    [{_L}]++(?:\d[\d{_L}]*+|(?:[.'’:][{_L}]++)*+)     # a word; ISO27001; p.m, year's, PTS:s
  | \d{{1,3}}(?:[ .,'’٬\xa0\u2009\u202f]\d{{3}})++(?![\d{_L}])(?:[.,٫]\d++)?+       # 10 000,50
  | \d++(?:[.,:٫]\d++)*+(?::?[{_L}][\d{_L}]*+)?+      # 30, 6.1, 08:00, 2nd, 3:e, 21A, 24h
  | [^\W\d_]++                                        # a word, or a whole clause, of other scripts
  | [^\s\w] | _ | \n
    """,
    re.VERBOSE,
)
_NUMBER: Final = re.compile(r"([\d.,:٫ '’٬\xa0\u2009\u202f]*\d)(:?)(.*)", re.DOTALL)
_THOUSANDS: Final = re.compile(r"(\d{1,3}(?:[ .,'’٬\xa0\u2009\u202f]\d{3})+)(?:\D(\d+))?")
_INNER: Final = re.compile("[.'’:]")
_ROMAN: Final = re.compile("[IVX]+")
_LONGEST_ABBREVIATION: Final = 6
_MOST_DIGITS: Final = 12
"""A longer run of digits names something, and counts nothing."""

_HOURS: Final = 12
_SHORTEST_STEM: Final = 3
_LONGEST_ENDING: Final = 3
_LONG_WORD: Final = 40
_ENOUGH_WORDS: Final = 100_000
OTHER: Final = Word("x")
_MARKS: Final = {
    mark: Word(letter)
    for letter, marks in {
        "c": ",/–—−、،~〜～",
        "-": "-‐‑",
        "(": "(（",
        ")": ")）",
        "|": "\n",
    }.items()
    for mark in marks
}
_NOTHING: Final = frozenset("xc-()|oalhmbdtepqviKS")
"""Letters of words that are nothing without a word of another letter."""


@lru_cache(256)
def lexer(lang: str) -> Lexer:
    """Give the lexer of a language."""
    return Lexer(wordlist.of(lang))


class Lexer:
    """Knows what each word of one language is; it remembers the words that it has met."""

    def __init__(self, words: wordlist.WordList) -> None:
        self.list = words
        self._known: dict[str, Word] = dict(_MARKS)
        numbers = "|".join(
            sorted((w for w in words.words if words.words[w].letter in "owT"), key=len)
        )
        self._longest = max(map(len, words.words), default=0)
        stems = "|".join(words.stems)
        self._compound = re.compile(f"({numbers})({stems})") if stems else None
        tails = "|".join(words.tails)
        self._number_and_tail = re.compile(f"({numbers})(?:{tails})") if tails else None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Give the place of each word and mark of a text."""
        return [found.span() for found in _TOKEN.finditer(text)]

    def words(self, text: str) -> list[Word]:
        """Give each word and mark of a text; nothing where none of them means anything."""
        known = self._known
        words = [known.get(token) or self._word(token) for token in _TOKEN.findall(text)]
        if _NOTHING.issuperset({word.letter for word in words}):
            return []
        return words

    def _word(self, token: str) -> Word:
        if token[0].isdigit():
            word = self._number(token)
        elif len(token) == 1 and not token.isalpha():
            word = OTHER
        else:
            word = self._in_letters(token)
        if len(self._known) < _ENOUGH_WORDS and len(token) < _LONG_WORD:
            self._known[token] = word
        return word

    def _in_letters(self, token: str) -> Word:
        if not token.isalpha() and any(map(str.isdigit, token)):
            return Word("#", name=token.lower())
        head = _INNER.split(token, maxsplit=1)[0]
        listed = self.list.words.get(token.lower()) or self.list.words.get(head.lower())
        if len(head) > 1 and (listed is None or listed.letter == "B"):
            capitals = head[:-1] if head[-1] == "s" and len(head) > 2 else head
            if capitals.isupper():
                return self._abbreviation(capitals)
        return listed or self._compounded(head.lower())

    def _abbreviation(self, capitals: str) -> Word:
        if len(capitals) > _LONGEST_ABBREVIATION:
            return Word("S")
        if capitals in self.list.no_abbreviations or _ROMAN.fullmatch(capitals):
            return OTHER
        return Word("A", name=self.list.same.get(capitals, capitals))

    def _compounded(self, word: str) -> Word:
        """Read a compound of number and unit, or the tail of one; or a clause without spaces."""
        listed = self.list.words
        if self._compound and (found := self._compound.match(word)):
            return Word("k", listed[found[1]].number, self.list.stems[found[2]])
        for stem, unit in self.list.stems.items():
            if word.startswith(stem):
                return Word("K", unit=unit)
        if self._number_and_tail and (found := self._number_and_tail.match(word)):
            return Word("y", listed[found[1]].number)
        return OTHER if self.list.fluent else self._inflected(word)

    def _inflected(self, word: str) -> Word:
        """Give the unit whose known form begins a word; scripts without spaces go right on."""
        shortest = 1
        if _L_FIRST.match(word):
            shortest = max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)
        for length in range(min(len(word) - 1, self._longest), shortest - 1, -1):
            if unit := self.list.words.get(word[:length]):
                return unit
        return OTHER

    def _number(self, token: str) -> Word:
        found = _NUMBER.fullmatch(token)
        assert found
        digits, colon, ending = found.groups()
        ending = ending.lower()
        if len(digits) > _MOST_DIGITS and digits.isdigit():
            return Word("#", name=token.lower())
        pieces, number = _read(digits)
        if not ending or colon or ending in self.list.ordinal_endings:
            return Word("n", number, pieces=pieces)
        listed = self.list.words.get(ending)
        if listed and listed.letter == "z":
            return in_the_day(Word("n", number, pieces=pieces), listed)
        if listed and listed.letter == "u":
            return Word("k", number, listed.unit)
        if len(pieces) > 1 and len(ending) == 1:  # article 6.1f
            return Word("n", number, pieces=pieces)
        if not self.list.fluent and ending.isalpha() and token[-1].islower() and len(ending) < 4:
            return Word("n", number, name=token.lower(), pieces=pieces)  # 2e, 1er
        name = token.lower()
        return Word(
            "#", name=name, pieces=pieces if len(ending) == 1 and token[-1].islower() else ()
        )


def in_the_day(word: Word, half: Word) -> Word:
    """Give a clock's hour as one of the day's: 4:30 p.m. is 16:30."""
    hour = int(word.pieces[0])
    if hour > _HOURS:
        return word
    hour = hour % _HOURS + int(half.number)
    return Word("n", hour, pieces=(str(hour), *word.pieces[1:]))


def _read(digits: str) -> tuple[tuple[str, ...], int | Fraction]:
    """Split a number into the numbers that it is written with, and say how many it counts."""
    if joined := _THOUSANDS.fullmatch(digits):
        whole = re.sub(r"\D", "", joined[1])
        pieces = [whole, joined[2]] if joined[2] else [whole]
    else:
        pieces = re.split(r"\D", digits)
    kept = tuple(
        piece.lstrip("0")[:_MOST_DIGITS] or "0"
        for place, piece in enumerate(pieces)
        if place == 0 or piece.strip("0") or len(piece) != 2  # 13.00 is 13
    )
    if len(kept) == 2 and re.search("[.,٫]", digits):
        places = pieces[-1][:_MOST_DIGITS]
        return kept, Fraction(f"{kept[0]}.{places}")
    return kept, int(kept[0])
