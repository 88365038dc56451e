# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which signs of a text are letters of words that spaces part, and which are an address?"""

from __future__ import annotations

import re
from typing import Final

from notices.letters import NO_SPACES

LETTER: Final = rf"(?:(?![{NO_SPACES}])[^\W\d_])"
"""A letter, as a pattern, of a script that puts spaces between words."""

_TOKEN: Final = re.compile(r"\S+")
_NEITHER: Final = "\ufffc"


def without_addresses(text: str) -> str:
    """Put ``U+FFFC`` for the signs of whatever looks like an address of the web or of mail."""
    return _TOKEN.sub(_masked, text)


def _masked(token: re.Match[str]) -> str:
    text = token[0]
    is_address = "://" in text or "@" in text or "www." in text or ("." in text and "/" in text)
    return _NEITHER * len(text) if is_address else text
