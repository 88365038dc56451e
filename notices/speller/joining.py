# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is a word that the dictionary rejects a longer compound, with the s that such a one takes?

In Swedish a compound that is joined to a further word takes an s, though its last part alone takes
none: *fotboll* and *bollspel*, but *fotbollsspel*; *registerutdrag*, *registerutdragsbegäran*
(Svenska Akademiens grammatik, 1999, volume 2, on the linking elements of compound nouns). Debian's
dictionary knows compounds of two parts and some of three, and of these not the ones with such an s.
Danish and Norwegian are built alike; they wait for somebody who measures the rule with their
dictionaries, as ``tests/words/compounds.txt`` does for Swedish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from notices.languages import primary


@dataclass(frozen=True, slots=True)
class _Language:
    """How a language links compounds, and words that try what a dictionary knows of a part.

    A ``first`` ends with the link and can begin a compound with any noun; a ``last`` can end one.
    ``definite`` are the endings of a noun that ends with a consonant: what has one of them is a
    noun in its base form. ``never`` are the last letters that no link follows.
    """

    link: str
    first: str
    last: str
    definite: tuple[str, ...]
    never: str


_LANGUAGES: Final = {"sv": _Language("s", "arbets", "fråga", ("en", "et"), "aeiouyåäösxz")}
_SHORTEST_PART: Final = 4
"""In letters. With shorter ones *kontroll* is *kon* and *troll*."""
_SHORTEST: Final = 3 * _SHORTEST_PART
_LONGEST: Final = 60


def joins(word: str, lang: str, knows: Callable[[str], bool]) -> bool:
    """Tell whether a word is a known compound or linking word, the link, and a known word.

    ``knows`` is the dictionary, and is asked fewer than twice as often as the word has letters.
    Always False in a language whose rule is not known here.
    """
    language = _LANGUAGES.get(primary(lang))
    if not (language and _SHORTEST <= len(word) <= _LONGEST):
        return False
    if not (word.isalpha() and word[1:].islower()):
        return False
    lower = word.lower()
    return any(
        lower.startswith(language.link, at)
        and _ends(lower[at + len(language.link) :], language, knows)
        and _begins(lower[:at], language, knows)
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART)
    )


def _ends(part: str, language: _Language, knows: Callable[[str], bool]) -> bool:
    """Tell whether a part is a word that ends compounds, or is one whose last part does."""
    return knows(part) and (
        knows(language.first + part)
        or any(knows(language.first + tail) for head, tail in _cuts(part) if knows(head))
    )


def _begins(part: str, language: _Language, knows: Callable[[str], bool]) -> bool:
    """Tell whether a part takes the link: by the dictionary, or since it is a compound."""
    if not knows(part):
        return False
    if knows(part + language.link + language.last):
        return True
    return (
        part[-1] not in language.never
        and any(knows(part + ending) for ending in language.definite)
        and any(
            knows(tail) and (knows(head) or knows(head.removesuffix(language.link)))
            for head, tail in _cuts(part)
        )
    )


def _cuts(part: str) -> Iterator[tuple[str, str]]:
    for at in range(_SHORTEST_PART, len(part) - _SHORTEST_PART + 1):
        yield part[:at], part[at:]
