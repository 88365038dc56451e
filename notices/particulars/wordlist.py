# SPDX-License-Identifier: AGPL-3.0-or-later
"""How does a language word numbers, times and abbreviations, and what is one word of a text?

What a word is, is said by one letter, of which ``grammar`` then reads sentences:

``n`` number in digits · ``w`` number in words · ``T`` tens · ``o`` *one* · ``a`` article, which may
mean *one* · ``l`` neighbour (*the last year*) · ``h`` half · ``y`` word that may mean a number (*both*) · ``d`` ordinal · ``#`` letters
and digits in one (21A) · ``u`` unit of time · ``K`` the tail of a compound (30-*dagarsperiod*) ·
``k`` a whole one (*tvåårig*) · ``m`` word that may stand before a unit (*calendar*) · ``b`` one
that makes days working days · ``t`` times · ``s`` *once*, *twice* · ``e`` *every* · ``q`` *var* (as
in *var tredje*) · ``v`` *varannan* · ``p`` *per* · ``i`` word that is *per* after times (en gång
*i* månaden) · ``r`` a rate's own word (*årligen*) · ``R`` the same, if it may mean less (*annual*) ·
``c`` comma or conjunction · ``- ( ) |`` hyphen, brackets, a block's end · ``A`` abbreviation ·
``S`` longer word in capitals · ``B`` spelt-out abbreviation · ``x`` anything else.

A language with a file in ``words/`` is known by that; of every other, CLDR's units and months are.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

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
_NUMBER_LETTERS: Final = {"numbers": "w", "perhaps_numbers": "y", "tens": "T", "ordinals": "d"}


@dataclass(frozen=True, slots=True)
class Word:
    """What one word of a text is; ``pieces`` are the numbers of one in digits (6.1: 6 and 1)."""

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
    morning: frozenset[str] = frozenset()
    afternoon: frozenset[str] = frozenset()
    passed_over: tuple[str, ...] = ()
    no_abbreviations: frozenset[str] = frozenset()
    same: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)


@lru_cache(256)
def of(lang: str) -> WordList:
    """Give the word list of a language, or of the language without its region."""
    for tag in (lang, lang.split("-")[0]):
        file = _FOLDER / f"{tag}.toml"
        if file.is_file():
            return _from_table(tomllib.loads(file.read_text(encoding="utf-8")), lang)
    words = {word: Word("u", unit=unit) for word, unit in cldr.units(lang).items()}
    return WordList(False, words, cldr.months(lang), {})


def _from_table(table: dict[str, Any], lang: str) -> WordList:
    words: dict[str, Word] = {}
    rates, abbreviations = table["rates"], table["abbreviations"]
    phrases = {}
    for spelt, short in abbreviations["spelt"].items():
        if " " in spelt:
            phrases[spelt] = short
        else:
            words[spelt] = Word("B", name=short)
    for group, letter in {**_LETTERS, **_RATE_LETTERS}.items():
        for word in {**table, **rates}.get(group, ()):
            words.setdefault(word, Word(letter, number=2 if letter == "v" else 1))
    for group, letter in _NUMBER_LETTERS.items():
        words |= {word: Word(letter, number) for word, number in table[group].items()}
    words |= {word: Word("s", number) for word, number in rates["count"].items()}
    words |= {word: Word("r", unit=unit) for word, unit in rates["sure"].items()}
    words |= {word: Word("R", unit=unit) for word, unit in rates["perhaps"].items()}
    for unit, forms in table["units"].items():
        words |= {word: Word("u", unit=unit) for word in forms}
    stems = {stem: unit for unit, forms in table["stems"].items() for stem in forms}
    words |= _tens_with_ones(words)
    return WordList(
        fluent=True,
        words=words,
        months=cldr.months(lang),
        stems=dict(sorted(stems.items(), key=lambda stem: -len(stem[0]))),
        tails=tuple(table["tails"]["of_a_number"]),
        ordinal_endings=frozenset(table["ordinal_endings"]),
        morning=frozenset(table["clock"]["morning"]),
        afternoon=frozenset(table["clock"]["afternoon"]),
        passed_over=tuple(table["passed_over"]),
        no_abbreviations=frozenset(abbreviations["none"]),
        same=abbreviations["same"],
        phrases=phrases,
    )


def _tens_with_ones(words: dict[str, Word]) -> dict[str, Word]:
    """Give the numbers of two words that are written as one: tjugofyra."""
    ones = {
        word: said for word, said in words.items() if said.letter in "ow" and said.number in range(1, 10)
    }
    return {
        ten + one: Word("w", said.number + ones[one].number)
        for ten, said in words.items()
        if said.letter == "T"
        for one in ones
    }
