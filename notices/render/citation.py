# SPDX-License-Identifier: AGPL-3.0-or-later
"""How is the address of a link written behind its words, where nothing can be clicked?"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from notices.addresses import dialled

_UNSAFE: Final = re.compile(r"[\s<>]")


def cited(address: str, words: str) -> str:
    """Give an address between ``<`` and ``>``, and nothing where the words are the address.

    A bare mail address or telephone number stands without its scheme.
    """
    scheme, _, rest = address.partition(":")
    if scheme in ("mailto", "tel") and "?" not in rest:
        address = rest
    if not address or (words and _is_told(address, words)):
        return ""
    return f"<{_UNSAFE.sub(lambda sign: quote(sign[0]), address)}>"


def _is_told(address: str, words: str) -> bool:
    """Tell whether words are the address itself, or a telephone number as people write it."""
    whole = address.removesuffix("/")
    if words.removesuffix("/") in (whole, whole.partition("://")[2]):
        return True
    return address.startswith("+") and dialled(words) == address
