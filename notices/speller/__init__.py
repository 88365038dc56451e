# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is a word spelt as its language spells it, and what may have been meant?"""

from notices.speller.dictionary import DictionaryError
from notices.speller.finding import find, package
from notices.speller.own import WORDS_CODE, WORDS_FILE, names, read_words, shortened
from notices.speller.speller import Speller, made
from notices.speller.uses import Use, uses

__all__ = [
    "WORDS_CODE",
    "WORDS_FILE",
    "DictionaryError",
    "Speller",
    "Use",
    "find",
    "made",
    "names",
    "package",
    "read_words",
    "shortened",
    "uses",
]
