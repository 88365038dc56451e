# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which addresses does a sitemap or an index of sitemaps list?"""

from __future__ import annotations

from collections.abc import Iterator

from notices.links.model import Placed, Reference, Use
from notices.links.reading.elements import Element, Xml

XHTML = "http://www.w3.org/1999/xhtml"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
VIDEO = "http://www.google.com/schemas/sitemap-video/1.1"
_MEDIA = {
    (IMAGE, "image", "loc"),
    (VIDEO, "video", "content_loc"),
    (VIDEO, "video", "player_loc"),
    (VIDEO, "video", "thumbnail_loc"),
}
_PARENTS = {"urlset": "url", "sitemapindex": "sitemap"}


def references(xml: Xml) -> Iterator[Placed]:
    """Give the addresses of a sitemap, in order; an empty ``loc`` too, since each entry needs one.

    ``loc`` of ``url`` and ``sitemap`` (sitemaps.org, protocol), in the namespace of the outermost
    element; ``xhtml:link rel="alternate"`` (Google Search Central, localized versions of pages);
    what the image and video sitemaps of the same source add. The element is ``url``, ``sitemap``,
    ``link``, ``image`` or ``video``; the attribute is the inner element's name, or ``href``.
    """
    for element in xml.elements:
        parent = xml.parent(element)
        if parent is None:
            continue
        if element.namespace == XHTML and element.name == "link" and parent.name == "url":
            yield from _alternate(xml, element)
        elif use := _use(xml, element, parent):
            address, offset = element.word()
            if address or element.name == "loc":
                yield Placed(Reference(parent.name, element.name, address, use), offset)


def _use(xml: Xml, element: Element, parent: Element) -> Use | None:
    """Tell whether an element holds an address of a page or of a file; or none."""
    if element.namespace != parent.namespace:
        return None
    if (element.namespace, parent.name, element.name) in _MEDIA:
        return "resource"
    is_entry = parent.parent == 0 and parent.name == _PARENTS.get(xml.root)
    return (
        "link" if is_entry and element.name == "loc" and parent.namespace == xml.namespace else None
    )


def _alternate(xml: Xml, element: Element) -> Iterator[Placed]:
    """Give the address of the same page in another language."""
    rel = element.attributes.get("rel", "")
    address = element.attributes.get("href", "").strip()
    if address and "alternate" in rel.lower().split():
        hreflang = element.attributes.get("hreflang", "")
        reference = Reference("link", "href", address, "link", hreflang, rel)
        yield Placed(reference, xml.offset_of(element, "href"))
