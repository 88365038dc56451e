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
from notices.speller.dictionary import Dictionary


@dataclass(frozen=True, slots=True)
class _Language:
    """How a language links compounds, and words that try what a dictionary knows of a part.

    A ``first`` ends with the link and can begin a compound with any noun; a ``last`` can end one.
    ``definite`` are the endings of a noun that ends with a consonant: what has one of them is a
    noun in its base form. ``never`` are the last letters that no link follows, and ``cut`` is the
    letter that a stem lacks which none follows either (*lärar-*).
    """

    link: str
    first: str
    last: str
    definite: tuple[str, ...]
    never: str
    cut: str


_LANGUAGES: Final = {"sv": _Language("s", "arbets", "fråga", ("en", "et"), "aeiouyåäösxz", "e")}
_SHORTEST_PART: Final = 4
"""In letters. With shorter ones *kontroll* is *kon* and *troll*."""
_SHORTEST: Final = 3 * _SHORTEST_PART
_LONGEST: Final = 60


def joins(word: str, lang: str, dictionary: Dictionary) -> bool:
    """Tell whether a word is a known part that takes the link, the link, and a known word.

    Longer words than 60 letters are not tried. Always False in a language without a rule here.
    """
    language = _LANGUAGES.get(primary(lang))
    is_common = word.isalpha() and word[1:].islower()
    if not (language and is_common and _SHORTEST <= len(word) <= _LONGEST):
        return False
    lower, link = word.lower(), language.link
    return any(
        lower.startswith(link, at)
        and _fit(lower[:at], lower[at + len(link) :], language, dictionary)
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART)
    )


def _fit(before: str, after: str, language: _Language, dictionary: Dictionary) -> bool:
    knows, linked = dictionary.knows, before + language.link
    return (
        knows(before)
        and knows(after)
        and (knows(linked + language.last) or _is_compound(before, after, language, dictionary))
        and _ends(after, language, knows)
        and not any(
            knows(linked + head + language.link + language.last) and dictionary.lists(linked + head)
            for head, _ in _cuts(after)  # tystnadsplikt takes an s, and plikt none
        )
    )


def _is_compound(before: str, after: str, language: _Language, dictionary: Dictionary) -> bool:
    """Tell whether the first part is a noun in its base form, of two that are known.

    One that the dictionary lists and joins without the link does not take it. Nor is a word put
    before a compound that is known with the rest (*vår personuppgiftsansvariga*).
    """
    knows = dictionary.knows
    if (
        before[-1] in language.never
        or knows(before + language.cut)
        or not any(knows(before + ending) for ending in language.definite)
        or (knows(before + language.last) and dictionary.lists(before))
    ):
        return False
    rests = (before[at:] for at in range(1, len(before) - 2 * _SHORTEST_PART + 1))
    return any(_tails(before, language, knows)) and not any(
        knows(rest + language.link + after) and any(_tails(rest, language, knows)) for rest in rests
    )


def _ends(part: str, language: _Language, knows: Callable[[str], bool]) -> bool:
    """Tell whether a part ends compounds, or is one whose own last part does."""
    return knows(language.first + part) or any(
        knows(language.first + tail) for tail in _tails(part, language, knows)
    )


def _tails(part: str, language: _Language, knows: Callable[[str], bool]) -> Iterator[str]:
    """Give the known ends of a part whose beginnings, perhaps with the link, are known, too."""
    for head, tail in _cuts(part):
        if knows(tail) and (knows(head) or knows(head.removesuffix(language.link))):
            yield tail


def _cuts(part: str) -> Iterator[tuple[str, str]]:
    for at in range(_SHORTEST_PART, len(part) - _SHORTEST_PART + 1):
        yield part[:at], part[at:]
