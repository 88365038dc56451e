# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does a section that should be a translation still have the words of its source?

A new language begins as a copy of the source. The source may change before anybody translates the
copy, so a section is untranslated while half of its text can be found word for word in the source.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from notices.languages import same_language
from notices.model import Notice, Section

_TITLE: Final = re.compile(r"^<h\d>.*?</h\d>", re.DOTALL)
_BREAK: Final = re.compile(r"<[^<>]*>|\[\[[^\[\]]*\]\]|[.,;:!?()]\s")
"""Where a phrase ends; a fact of the organisation is no words of the editor's."""
_LETTERS_OF_A_PHRASE: Final = 12
"""A shorter phrase (a name, a part of an address) may well read the same in two languages."""
_LETTERS_TO_COMPARE: Final = 40
"""So may a whole text that is shorter than this."""


def is_untranslated(own: Section, translation: Notice, section: Section, source: Notice) -> bool:
    """Tell whether a section of a translation has its source's words.

    Between variants of one language (``en``, ``en-GB``) that is no fault.
    """
    if same_language(translation.lang, source.lang):
        return False
    return _is_copied(_TITLE.sub("", own.wording), _TITLE.sub("", section.wording))


@functools.lru_cache(maxsize=20_000)
def _is_copied(own: str, source: str) -> bool:
    letters = copied = 0
    for phrase in _BREAK.split(own):
        phrase = phrase.strip()
        letters += len(phrase)
        if len(phrase) >= _LETTERS_OF_A_PHRASE and phrase in source:
            copied += len(phrase)
    if own == source:
        copied = letters
    return copied >= _LETTERS_TO_COMPARE and copied * 2 >= letters
