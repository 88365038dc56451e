# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where does a host send those who ask for a retired address?"""

from __future__ import annotations

from urllib.parse import quote

from notices import addresses
from notices.model import Catalog
from notices.published import Published
from notices.settings import Settings


def of_site(catalog: Catalog, settings: Settings) -> dict[str, str]:
    """Give ``{retired address: address of today}``, relative to the site's root.

    The first is written in letters, as servers compare it; the second as a link writes it, perhaps
    with a fragment. A page retires with its address without the slash. Nothing that stands at an
    address today is hidden.
    """
    published = Published(catalog, compares=settings.compares)
    found = {}
    for retired, successor in published.redirects.items():
        page, _, anchor = successor.partition("#")
        found[retired] = quote(page) + addresses.fragment(anchor)
    beside = {one.rstrip("/"): aim for one, aim in found.items() if one.endswith("/")}
    taken = published.addresses | found.keys()
    return found | {one: aim for one, aim in beside.items() if one not in taken}
