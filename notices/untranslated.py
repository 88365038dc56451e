# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does a section that should be a translation still have the words of its source?

A new language begins as a copy of the source. The source may change before anybody translates the
copy, so a section is untranslated while half of its text can be found word for word in the source.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from notices.languages import same_language
from notices.model import Notice, Section

_NO_WORDS: Final = re.compile(
    r"^<h\d>.*?</h\d>|<pre\b.*?</pre>|<code\b.*?</code>|<(\w+) [^<>]*\blang=.*?</\1>", re.DOTALL
)
"""A title, code, and words in another language: what may stay as it is."""
_BREAK: Final = re.compile(r"<[^<>]*>|\[\[[^\[\]]*\]\]|[.,;:!?()]\s")
"""Where a phrase ends; a fact of the organisation is no words of the editor's."""
_ADDRESS: Final = re.compile(r"[/@_\d]|\w\.\w")
_STRETCH: Final = re.compile(r'[^<>"=.,;:!?()\[\]]{10,}')
"""Words of a text and no tag."""
_LETTERS_OF_A_PHRASE: Final = 10
"""A shorter phrase may well read the same in two languages, and so may names and addresses."""
_LETTERS_TO_COMPARE: Final = 40
"""So may a whole text that is shorter than this."""


def is_untranslated(own: Section, translation: Notice, section: Section, source: Notice) -> bool:
    """Tell whether a section of a translation has its source's words.

    Between variants of one language (``en``, ``en-GB``) that is no fault.
    """
    if same_language(translation.lang, source.lang):
        return False
    if _stretches(own.wording).isdisjoint(_stretches(section.wording)):
        return False  # nearly always, and quickly told
    return _is_copied(own.wording, section.wording)


def in_own_words(notice: Notice, source: Notice | None) -> Iterator[Section]:
    """Give the opening and the sections of a notice, without copies of the source's."""
    theirs = {part.anchor: part for part in source.parts} if source else {}
    for section in (notice.opening, *notice.sections):
        twin = theirs.get(section.anchor)
        if not source or not twin or not is_untranslated(section, notice, twin, source):
            yield section


@functools.lru_cache(maxsize=20_000)
def _stretches(written: str) -> frozenset[str]:
    return frozenset(_STRETCH.findall(written.replace("\n", " ")))


@functools.lru_cache(maxsize=20_000)
def _is_copied(own: str, source: str) -> bool:
    phrases, theirs = _phrases(own), _phrases(source)
    if phrases == theirs:
        return sum(map(_letters_of_words, phrases)) >= _LETTERS_TO_COMPARE
    written = " ".join(source.split())
    copied = sum(
        len(phrase)
        for phrase in phrases
        if _letters_of_words(phrase) >= _LETTERS_OF_A_PHRASE and phrase in written
    )
    return copied >= _LETTERS_TO_COMPARE and copied * 2 >= sum(map(len, phrases))


def _phrases(written: str) -> list[str]:
    words = " ".join(_NO_WORDS.sub(" <> ", written).split())
    return [phrase.strip() for phrase in _BREAK.split(words)]


def _letters_of_words(phrase: str) -> int:
    """Count the letters of the words that begin in no capital, as names do."""
    return sum(
        len(word)
        for word in phrase.split()
        if word[0].isalpha() and not word[0].isupper() and not _ADDRESS.search(word)
    )
