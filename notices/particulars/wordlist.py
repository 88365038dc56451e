# SPDX-License-Identifier: AGPL-3.0-or-later
"""How does a language word numbers, times and abbreviations, and what is one word of a text?

What a word is, is said by one letter, of which ``grammar`` then reads sentences:

===  =======================================  ===  =======================================
 n   number in digits                          u   unit of time
 w   number in words                           K   tail of a compound: 30-*dagarsperiod*
 T   tens in words                             k   compound of number and unit: *tvåårig*
 o   *one*                                     m   may stand before a unit: *calendar*
 a   article: *one*, perhaps                   b   makes days working days: *business*
 l   neighbour: the *last* year                t   *times*
 h   *half*                                    s   *once*, *twice*
 y   a number, perhaps: *both*                 e   *every*
 d   ordinal: *third*                          q   *var*, as in var tredje
 #   letters and digits in one: 21A            v   *varannan*
 z   half of the day: *p.m.*                   p   *per*
 c   comma or conjunction                      i   *per* after times: en gång *i* månaden
 -   hyphen                                    r   rate of its own: *årligen*
 ()  brackets                                  R   rate, perhaps: *annual*
 |   end of a block                            A   abbreviation
 B   spelt-out abbreviation                    S   longer word in capitals
 x   anything else
===  =======================================  ===  =======================================

A language with a file in ``words/`` is known by that; of every other, CLDR's units and months are.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from notices.languages import primary
from notices.particulars import cldr
from notices.particulars.amounts import Amount

_FOLDER: Final = Path(__file__).parent / "words"
_LETTERS: Final = {
    "conjunctions": "c",
    "one": "o",
    "perhaps_one": "a",
    "neighbours": "l",
    "half": "h",
    "modifiers": "m",
    "working": "b",
}
_RATE_LETTERS: Final = {
    "times": "t",
    "every": "e",
    "every_with_ordinal": "q",
    "every_other": "v",
    "per": "p",
    "per_after_times": "i",
}
_NUMBER_LETTERS: Final = {
    "numbers": "w",
    "perhaps_numbers": "y",
    "tens": "T",
    "ordinals": "d",
    "clock": "z",
    "count": "s",
}


@dataclass(frozen=True, slots=True)
class Word:
    """What one word of a text is.

    ``pieces`` are the numbers that one in digits is written with (6.1: 6 and 1). ``name`` is that
    of an abbreviation, of letters and digits in one, and of a number word that is doubtful.
    """

    letter: str
    number: Amount = 1
    unit: str = ""
    name: str = ""
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordList:
    """A language's words. ``fluent`` says whether the language has a file of its own."""

    fluent: bool
    words: dict[str, Word]
    months: dict[str, int]
    stems: dict[str, str]
    tails: tuple[str, ...] = ()
    ordinal_endings: frozenset[str] = frozenset()
    passed_over: tuple[str, ...] = ()
    no_abbreviations: frozenset[str] = frozenset()
    same: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)


@lru_cache(256)
def of(lang: str) -> WordList:
    """Give the word list of a language, or of the language without its region."""
    for tag in (lang, primary(lang)):
        file = _FOLDER / f"{tag}.toml"
        if file.is_file():
            return _from_table(tomllib.loads(file.read_text(encoding="utf-8")), lang)
    words = {word: Word("u", unit=unit) for word, unit in cldr.units(lang).items()}
    return WordList(False, words, cldr.months(lang), {})


@lru_cache(256)
def spelt(lang: str) -> frozenset[str]:
    """Give the abbreviations that a language's word list can spell out."""
    words = of(lang)
    names = (word.name for word in words.words.values() if word.letter == "B")
    return frozenset([*names, *words.phrases.values()])


def _from_table(table: dict[str, Any], lang: str) -> WordList:
    """Make a word list of a file's table; whatever the file leaves out is empty."""
    table = {**table, **table.get("rates", {}), **table.get("abbreviations", {})}
    phrases = _by_word(table.get("spelt", {}))
    words = {word: Word("B", name=short) for word, short in phrases.items() if " " not in word}
    for group, letter in {**_LETTERS, **_RATE_LETTERS}.items():
        number = 2 if letter == "v" else 1
        words |= {word: Word(letter, number) for word in table.get(group, ())}
    for group, letter in _NUMBER_LETTERS.items():
        numbers = _by_word(table.get(group, {}))
        words |= {word: Word(letter, int(number)) for word, number in numbers.items()}
    for group, letter in {"sure": "r", "perhaps": "R", "units": "u"}.items():
        units = _by_word(table.get(group, {}))
        words |= {word: Word(letter, unit=unit) for word, unit in units.items()}
    for word in table.get("doubtful", ()):
        words[word] = replace(words[word], name=word)
    words |= _tens_with_ones(words)
    return WordList(
        fluent=True,
        words=words,
        months=cldr.months(lang),
        stems=_by_word(table.get("stems", {})),
        tails=tuple(table.get("tails", ())),
        ordinal_endings=frozenset(table.get("ordinal_endings", ())),
        passed_over=tuple(table.get("passed_over", ())),
        no_abbreviations=frozenset(table.get("none", ())),
        same=_by_word(table.get("same", {})),
        phrases={word: short for word, short in phrases.items() if " " in word},
    )


def _by_word(meanings: dict[str, list[str]]) -> dict[str, str]:
    """Turn a table of words by their meaning round; the longest come first."""
    pairs = ((word, meaning) for meaning, words in meanings.items() for word in words)
    return dict(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def _tens_with_ones(words: dict[str, Word]) -> dict[str, Word]:
    """Give the numbers of two words that are written as one: tjugofyra."""
    ones = {
        word: said
        for word, said in words.items()
        if said.letter in "ow" and said.number in range(1, 10)
    }
    return {
        ten + one: Word("w", said.number + ones[one].number)
        for ten, said in words.items()
        if said.letter == "T"
        for one in ones
    }
