# SPDX-License-Identifier: AGPL-3.0-or-later
"""What do hosts of static sites read? ``_headers``, and ``_redirects`` where there is any.

Both travel with the release. Netlify and Cloudflare Pages read them, at the root of what they are
given, so that is the root of their addresses too; a redirect leads to the site's public address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from notices import addresses
from notices.hosting import headers, redirects, whereabouts
from notices.model import Catalog
from notices.settings import Settings


def of_headers(style_sources: Iterable[str]) -> str:
    """Write ``_headers``, with the hashes of the release's styles.

    The types of pages and pictures are left to the host: the addresses of most pages have no ending
    to know them by, and all hosts know pictures.
    """
    sent = headers.of_site(style_sources)
    lines = ["/*", *(f"  {name}: {value}" for name, value in sent.items())]
    for ending, kind in headers.CONTENT_TYPES.items():
        if ending != ".html":
            lines += [f"/*{ending}", f"  Content-Type: {kind}"]
    return "".join(f"{line}\n" for line in lines)


def of_redirects(catalog: Catalog, settings: Settings) -> str:
    """Write ``_redirects``; nothing where the site has no use for it."""
    path = whereabouts.of_site(settings).public_path if settings.site_url else ""
    lines = [
        f"/{quote(retired)} {path}/{successor} 301"
        for retired, successor in redirects.of_site(catalog, settings).items()
    ]
    if settings.chooses_language:
        lines += _choice(catalog, path)
    return "".join(f"{line}\n" for line in lines)


def _choice(catalog: Catalog, path: str) -> Iterator[str]:
    """Let the host choose a language at the root.

    Netlify alone can, and keeps its caches apart by language itself; others pass over the lines.
    Without the sign ``!`` the page that stands there would come first.
    """
    for tag in catalog.languages:
        yield f"/ {path}/{addresses.of_language(tag)} 302! Language={tag.lower()}"
