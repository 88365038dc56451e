# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is a word right, by a dictionary, by the site's own words, or by the parts that it is made of?"""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path
from typing import Final

from notices.speller.dictionary import Dictionary, loaded
from notices.speller.joining import joins
from notices.speller.suggesting import suggestions

_HYPHEN: Final = re.compile("[-\u2010\u2011]")
_GENITIVE: Final = re.compile("(?:[:'’]s|['’]|s)$")
_ENDING: Final = re.compile(r"(?:[:'’]\w{1,5}|['’]|s)$")
"""How an abbreviation is inflected: ``PUA:s``, ``PUA:erna``, ``DPO’s``, ``PDFs``."""
_SOFT_HYPHEN: Final = "\u00ad"


class Speller:
    """Judges the words of one language of a site."""

    def __init__(self, dictionary: Dictionary, own: frozenset[str], lang: str) -> None:
        self._dictionary = dictionary
        self._lang = lang
        self._own = {_straight(_plain(word)) for word in own}
        self._suggested: dict[tuple[str, str], tuple[str, ...]] = {}

    @property
    def strange(self) -> frozenset[str]:
        """The models of own words that the dictionary does not know."""
        return self._dictionary.strange

    def unknown(self, word: str, sign: str = "") -> str:
        """Give the part of a word that is not known, which may be all of it; nothing if it is.

        ``sign`` is the hyphen or full stop that follows it, and may belong to it.
        """
        plain = _plain(word)
        if not _is_judged(plain) or self._is_right(plain, sign):
            return ""
        parts = [part for part in _HYPHEN.split(plain) if part]
        if len(parts) < 2:
            return "" if "." in plain.strip(".") else word  # an address or a file's name
        more = ("-",) * (len(parts) - 1) + (sign,)
        return next(
            filter(None, (self.unknown(*pair) for pair in zip(parts, more, strict=True))), ""
        )

    def suggestions(self, word: str, sign: str = "") -> tuple[str, ...]:
        """Give up to three words that may have been meant; ``sign`` is that of ``unknown``."""
        if (word, sign) not in self._suggested:
            folded = word.casefold()
            alike = [one for one in sorted(self._own) if one.casefold() == folded]
            if not alike and word[1:] == word[1:].lower():  # else it is no common word
                alike = suggestions(
                    word, lambda near: self._is_right(near, sign), self._dictionary.letters
                )
            self._suggested[word, sign] = tuple(alike)
        return self._suggested[word, sign]

    def is_compound(self, word: str) -> bool:
        """Tell whether a word is right that somebody may have written as two."""
        return self._is_word(_plain(word))

    def _is_right(self, word: str, sign: str) -> bool:
        return self._is_word(word) or bool(sign and self._is_word(word + sign))

    def _is_word(self, word: str) -> bool:
        straight = _straight(word)
        return (
            self._is_own(straight)
            or self._dictionary.knows(straight)
            or joins(straight, self._lang, self._dictionary)
        )

    def _is_own(self, word: str) -> bool:
        return any(
            one in self._own or (one[1:].islower() and one[:1].lower() + one[1:] in self._own)
            for one in (word, _GENITIVE.sub("", word), word.removesuffix("."))
        )


def _is_judged(word: str) -> bool:
    """Leave out numbers, single letters, and abbreviations in capitals."""
    base = _ENDING.sub("", word)
    return not (len(word) < 2 or any(map(str.isdigit, word)) or word.isupper() or base.isupper())


def _straight(word: str) -> str:
    return word.replace("’", "'")


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).replace(_SOFT_HYPHEN, "").rstrip("'’")


@functools.lru_cache(32)
def _made(dictionary: Dictionary, own: frozenset[str], lang: str) -> Speller:
    return Speller(dictionary, own, lang)


def made(
    path: Path, own: frozenset[str], models: tuple[tuple[str, str], ...], lang: str = ""
) -> Speller:
    """Make the speller of a dictionary, own words and a language; the same for the same of these.

    Raises DictionaryError.
    """
    return _made(loaded(path, models), own, lang)
