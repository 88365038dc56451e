# SPDX-License-Identifier: AGPL-3.0-or-later
"""How does a browser spell an address?"""

from __future__ import annotations

import ada_url


def normalised(address: str) -> str:
    """Spell an address as browsers do (WHATWG URL); empty where it is none of http or https."""
    try:
        url = ada_url.URL(address)
    except ValueError:
        return ""
    return str(url.href) if url.protocol in ("http:", "https:") else ""
