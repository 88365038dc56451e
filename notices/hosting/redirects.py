# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where does a host send those who ask for a retired address?"""

from __future__ import annotations

from urllib.parse import quote

from notices import addresses
from notices.model import Catalog


def of_site(catalog: Catalog) -> dict[str, str]:
    """Give ``{retired address: address of today}``, relative to the site's root.

    The first is written in letters, as servers compare it; the second as a link writes it, perhaps
    with a fragment. A page retires with its address without the slash, and with its plain text
    where that of the successor is there. Nothing that stands at an address today is hidden.
    """
    texts = _plain_texts(catalog)
    fronts = map(addresses.of_language, catalog.languages)
    live = {addresses.ROOT, *fronts, *texts, *texts.values(), *catalog.files}
    found: dict[str, str] = {}
    beside: dict[str, str] = {}
    for retired, successor in catalog.aliases.addresses.items():
        if retired in live:
            continue
        page, _, anchor = successor.partition("#")
        found[retired] = quote(page) + addresses.fragment(anchor)
        if retired.endswith("/"):
            beside[retired.rstrip("/")] = found[retired]
            if page in texts:
                beside[addresses.plain_of(retired)] = quote(texts[page])
    taken = live | found.keys()
    return found | {one: aim for one, aim in beside.items() if one not in taken}


def _plain_texts(catalog: Catalog) -> dict[str, str]:
    """Give the plain text of each page that has one, by their addresses."""
    pages = (
        addresses.of_notice(catalog, name, lang)
        for name, by_lang in catalog.notices.items()
        for lang in catalog.languages
        if lang in by_lang or catalog.source_language in by_lang
    )
    return {page: addresses.plain_of(page) for page in pages}
