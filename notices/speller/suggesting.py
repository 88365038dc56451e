# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words may have been meant by one that is in no dictionary?

hunspell's own suggestions stop where its clock says so, and differ from machine to machine. These
are all the words at one slip of the fingers, in an order of their own: two letters that changed
places, one that stands twice or should, one too many, one too few, one for another, and then a
hyphen that is missing; before these, an apostrophe that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

_MOST: Final = 3
_LONGEST: Final = 40
"""In letters. A word has some 60 neighbours for each."""
_LONG: Final = 12
"""In letters. What is longer is mostly a compound, which takes long and resembles little else."""
_SHORTEST_PART: Final = 3
"""In letters, of a word that may lack its hyphen."""


def suggestions(word: str, knows: Callable[[str], bool], letters: str) -> list[str]:
    """Give up to three words that somebody ``knows`` and that are nearly the word, best first."""
    if len(word) > _LONGEST:
        return []
    alphabet = [one for one in dict.fromkeys(letters.lower() + word.lower()) if one.isalpha()]
    near = dict.fromkeys(_neighbours(word, alphabet))
    if word[:1].isupper():  # a name, or the first word of a sentence
        near = dict.fromkeys(one[:1].upper() + one[1:] for one in near)
    near.pop(word, None)
    is_long = len(word) > _LONG
    found = list(islice(filter(knows, near), 1 if is_long else _MOST))
    if not found and not is_long and word.islower():  # a name, with a slip besides
        found = list(islice(filter(knows, (one.title() for one in near if one.isalpha())), _MOST))
    return found


def _neighbours(word: str, alphabet: Iterable[str]) -> Iterator[str]:
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield word[:1].upper() + word[1:]
    for before, after in cuts[-3:-1]:  # dont, youre
        yield f"{before}’{after}"
    for before, after in cuts:
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
    for before, after in cuts[:-1]:
        if before.endswith(after[0]):
            yield before + after[1:]
        yield before + after[0] + after
    for before, after in cuts[:-1]:
        yield before + after[1:]
    for before, after in cuts[1:]:
        for letter in alphabet:
            yield before + letter + after
    for before, after in cuts[:-1]:
        for letter in alphabet:
            yield before + letter + after[1:]
    for before, after in cuts[_SHORTEST_PART:-_SHORTEST_PART]:
        yield f"{before}-{after}"
