# SPDX-License-Identifier: AGPL-3.0-or-later
"""What search engines read: ``robots.txt`` and ``sitemap.xml``."""

from __future__ import annotations

from jinja2 import Environment

from notices import addresses
from notices.filenames import ROBOTS, SITEMAP
from notices.model import FRONT_PAGE
from notices.render.links import Links


def robots(links: Links, environment: Environment) -> str:
    """Write robots.txt (RFC 9309)."""
    return environment.get_template(ROBOTS).render(site_url=links.settings.site_url)


def sitemap(links: Links, environment: Environment) -> str:
    """Write sitemap.xml (sitemaps.org, with the alternates that search engines read)."""
    entries = []
    for name in (FRONT_PAGE, *(n for n in links.catalog.notices if n != FRONT_PAGE)):
        alternates = links.alternates(name, addresses.ROOT)
        entries += [(url, alternates) for tag, url in alternates if tag != "x-default"]
    home = links.public(addresses.ROOT, seen_from="")
    entries.insert(0, (home, links.alternates(FRONT_PAGE, addresses.ROOT)))
    return environment.get_template(SITEMAP).render(entries=entries)
