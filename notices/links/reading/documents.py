# SPDX-License-Identifier: AGPL-3.0-or-later
"""What kind of document is an XML file, and what does it say of other places?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from notices.links.model import Placed
from notices.links.reading import feeds, sitemaps, stylesheets, svg
from notices.links.reading.elements import Xml

XmlKind = Literal["sitemap", "sitemap-index", "atom", "rss", "svg", "xhtml", "other"]

_KINDS: dict[tuple[str, str], XmlKind] = {
    (feeds.ATOM, "feed"): "atom",
    (feeds.ATOM, "entry"): "atom",
    (svg.SVG, "svg"): "svg",
    (sitemaps.XHTML, "html"): "xhtml",
}
_KINDS_BY_NAME: dict[str, XmlKind] = {
    "urlset": "sitemap",
    "sitemapindex": "sitemap-index",
    "rss": "rss",
}
"""The namespace of a sitemap has had several names, and RSS has none."""


def kind_of(xml: Xml) -> XmlKind:
    """Tell the kind of a document by its outermost element."""
    named = _KINDS_BY_NAME.get(xml.root, "other")
    return _KINDS.get((xml.namespace, xml.root), named)


def references(xml: Xml) -> Iterator[Placed]:
    """Give what a document of any kind refers to: its style sheets, then what its elements say.

    Of XHTML only the style sheets, for its elements are the HTML reader's to know.
    """
    yield from stylesheets.references(xml)
    match kind_of(xml):
        case "sitemap" | "sitemap-index":
            yield from sitemaps.references(xml)
        case "atom" | "rss":
            yield from feeds.references(xml)
        case "svg":
            yield from svg.references(xml)
        case "xhtml" | "other":
            pass
