# SPDX-License-Identifier: AGPL-3.0-or-later
"""How does a browser spell an address, and when are two spellings one address?"""

from __future__ import annotations

import re
import string
from typing import Final
from urllib.parse import unquote

import ada_url

_ESCAPE: Final = re.compile("%[0-9A-Fa-f]{2}")
_NEEDS_NO_ESCAPE: Final = frozenset(f"{string.ascii_letters}{string.digits}-._~")
"""The unreserved signs (RFC 3986, section 2.3)."""


def normalised(address: str) -> str:
    """Spell an address as browsers do (WHATWG URL); empty where it is none of http or https."""
    try:
        url = ada_url.URL(address)
    except ValueError:
        return ""
    return str(url.href) if url.protocol in ("http:", "https:") else ""


def is_same(one: str, other: str) -> bool:
    """Tell whether two addresses are one (RFC 3986, section 6.2.2), whatever their escapes.

    Browsers leave escapes as they are written, and servers write them in capitals or not.
    """
    return _in_one_spelling(one) == _in_one_spelling(other)


def _in_one_spelling(address: str) -> str:
    return _ESCAPE.sub(_escape, normalised(address) or address)


def _escape(found: re.Match[str]) -> str:
    sign = unquote(found[0])
    return sign if sign in _NEEDS_NO_ESCAPE else found[0].upper()
