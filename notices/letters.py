# SPDX-License-Identifier: AGPL-3.0-or-later
r"""Which signs does a word of any script consist of?

Python's ``\w`` lacks the signs that are written on a letter, such as the vowels of Devanagari
(Unicode, general category M).
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Final

NO_SPACES: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts that put no spaces between words, as ranges of a pattern."""
SCRIPTS_WITHOUT_SPACES: Final = frozenset(
    {"Hani", "Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai"}
)
"""The same by their names (ISO 15924)."""


def _combining() -> str:
    """List the signs that belong to the letter before them, as ranges of a pattern."""
    signs = [code for code in range(0x300, 0x3000) if unicodedata.category(chr(code))[0] == "M"]
    runs = [
        [code for _, code in run]
        for _, run in groupby(enumerate(signs), lambda one: one[1] - one[0])
    ]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


JOINED: Final = f"{_combining()}\u00ad\u200b-\u200d\u2060"
"""Signs on a letter, soft hyphens, and what tells whether letters join, as ranges of a pattern."""
