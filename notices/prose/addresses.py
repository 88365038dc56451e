# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which signs of a text belong to an address: of the web, of e-mail, or of a file?

Whoever judges the letters of words leaves all out that stands between two spaces and holds such a
thing, however it is written. (``words`` counts an address as one word, and so has to know its end.)
"""

from __future__ import annotations

import re
from typing import Final

_BETWEEN_SPACES: Final = re.compile(r"\S+")
_ADDRESS: Final = re.compile(r"@|://|^\W?www\.|\w/\w+/|\w/\w+\.\w|\.\w+/")
"""``och/eller`` is none, nor ``och/eller.`` at the end of a sentence."""


def without_addresses(text: str) -> str:
    """Give a text of the same length with a ``U+FFFC`` for each sign of an address."""
    return _BETWEEN_SPACES.sub(_blanked, text)


def _blanked(found: re.Match[str]) -> str:
    return "\ufffc" * len(found[0]) if _ADDRESS.search(found[0]) else found[0]
