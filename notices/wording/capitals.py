# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which abbreviations does a text in one language hold?

Two to six capitals, with an ending (*PUA:s*, *PDFs*) or in a compound (*SIP-adress*). Capitals that
shout, Roman numerals, units and currencies are none, nor is a company's form behind its name.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from babel.numbers import list_currencies

from notices.particulars import wordlist

_WORD: Final = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")
_PLURAL: Final = re.compile(r"(?P<name>[^\W\d_]{2,6})s")
_LONGEST: Final = 6
_SHOUTED: Final = 3
"""As many words in capitals in a row, or one more that is too long for an abbreviation."""
_ROMAN: Final = re.compile(
    r"X{0,3}(?:IX|IV|V?I{0,3})|M{1,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
)
_FORM: Final = re.compile(r"(?=.{4})(?:(.)\1++)++")
"""How a number is to be written: YYMMDD."""
_DATE_FORM: Final = re.compile(r"(?<!\w)(?:([^\W\d_])\1*[-/.:]){1,2}([^\W\d_])\2+(?!\w)")
"""How a day or time is to be written: DD/MM/YYYY."""
_LEAST_YEAR: Final = 3
"""In letters. MD and MC are abbreviations."""
_UNITS: Final = frozenset({"KB", "MB", "GB", "TB", "PB", "KG", "KM", "CM", "MM", "KWH", "VA"})
_FORMS: Final = frozenset(
    {
        "AB",
        "AG",
        "AS",
        "BV",
        "EG",
        "HB",
        "IVS",
        "KB",
        "KG",
        "LLC",
        "LLP",
        "LTD",
        "NV",
        "OY",
        "OYJ",
        "PLC",
        "SA",
        "SARL",
        "SAS",
        "SE",
        "SL",
        "SPA",
        "SRL",
        "UAB",
        "UG",
    }
)
"""Forms of companies."""
_ANY_CAPITALS: Final = re.compile(r"[^\W\d_a-z][^\W_a-z]")
"""What a text must hold for an abbreviation to stand in it; most texts do not."""
_NUMBER_BEFORE: Final = re.compile(r"\d[\s]?$")
_NUMBER_AFTER: Final = re.compile(r"\s?\d")
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)\s$")
_CONTEXT_LETTERS: Final = 40


class Abbreviation(NamedTuple):
    """An abbreviation without its ending, and where it begins."""

    name: str
    start: int


def abbreviations(text: str, lang: str) -> Iterator[Abbreviation]:
    """Give the abbreviations of a text in their order, each as often as it stands there."""
    if not _ANY_CAPITALS.search(text):
        return
    text = _DATE_FORM.sub(lambda form: "_" * len(form[0]), text)
    capitals: list[re.Match[str]] = []
    none = wordlist.of(lang).no_abbreviations
    words = list(_WORD.finditer(text))
    is_heading = len(words) > 1 and all(word[0].isupper() for word in words)
    for found in [] if is_heading else words:
        if not found[0].isupper() and not _is_plural(found[0]):
            continue
        if capitals and not text[capitals[-1].end() : found.start()].isspace():
            yield from _of_run(capitals, text, none)
            capitals = []
        capitals.append(found)
    yield from _of_run(capitals, text, none)


def _of_run(run: list[re.Match[str]], text: str, none: frozenset[str]) -> Iterator[Abbreviation]:
    """Give the abbreviations among words in capitals that nothing but spaces part."""
    is_loud = any(len(word[0]) > _LONGEST for word in run) and len(run) > 1
    if len(run) >= _SHOUTED or is_loud:
        return
    for word in run:
        name = word[0] if word[0].isupper() else word[0][:-1]
        is_other = (
            name in none
            or _FORM.fullmatch(name)
            or _is_roman(name)
            or _is_unit(name, text, *word.span())
        )
        if 1 < len(name) <= _LONGEST and not is_other and not _is_form(name, text, word.start()):
            yield Abbreviation(name, word.start())


def _is_plural(word: str) -> bool:
    found = _PLURAL.fullmatch(word)
    return found is not None and found["name"].isupper()


def _is_roman(name: str) -> bool:
    return bool(_ROMAN.fullmatch(name)) and (name[0] != "M" or len(name) >= _LEAST_YEAR)


def _is_unit(name: str, text: str, start: int, end: int) -> bool:
    """Tell whether it stands beside a number as units and currencies do: 10 GB, EUR 100."""
    if name not in _UNITS and name not in _currencies():
        return False
    before = text[max(start - 2, 0) : start]
    return bool(_NUMBER_BEFORE.search(before) or _NUMBER_AFTER.match(text, end))


def _is_form(name: str, text: str, start: int) -> bool:
    """Tell whether it is the form of a company, behind a name: Exempel AB."""
    before = text[max(start - _CONTEXT_LETTERS, 0) : start]
    word = _WORD_BEFORE.search(before) if name in _FORMS else None
    return word is not None and word[1] != word[1].lower()


@functools.lru_cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())
