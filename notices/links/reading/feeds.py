# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which addresses does a feed (Atom or RSS 2.0) hold, apart from those in its articles' HTML?"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from notices.links.model import Placed, Reference, Use
from notices.links.reading.elements import Element, Xml

ATOM = "http://www.w3.org/2005/Atom"
BASE = "http://www.w3.org/XML/1998/namespace}base"
BASE_CHARACTERS = 500
"""A base is written before every relative address; a longer one is not heeded."""

_ATTRIBUTES: dict[tuple[str, str], tuple[str, Use]] = {
    (ATOM, "link"): ("href", "link"),
    (ATOM, "content"): ("src", "resource"),
    (ATOM, "generator"): ("uri", "link"),
    ("", "enclosure"): ("url", "resource"),
    ("", "source"): ("url", "link"),
}
"""The attribute of an element that is an address (RFC 4287, section 4; RSS 2.0)."""
_TEXTS: dict[tuple[str, str], tuple[tuple[str, ...], Use]] = {
    (ATOM, "icon"): (("feed", "source"), "resource"),
    (ATOM, "logo"): (("feed", "source"), "resource"),
    (ATOM, "uri"): (("author", "contributor"), "link"),
    ("", "link"): (("channel", "item", "image", "textInput"), "link"),
    ("", "comments"): (("item",), "link"),
    ("", "guid"): (("item",), "link"),
    ("", "docs"): (("channel",), "link"),
    ("", "url"): (("image",), "resource"),
}
"""The parents in which an element's text is an address."""


def references(xml: Xml) -> Iterator[Placed]:
    """Give the addresses of a feed, in order; Atom's elements are known within RSS too.

    A ``guid`` is one unless ``isPermaLink`` is false (RSS 2.0). Where ``xml:base`` is given, an
    Atom address is resolved against it (RFC 4287, section 2); RSS knows no base. Where the text is
    the address, the element is the one around it, and the attribute is its name.
    """
    bases: list[str] = []
    for element in xml.elements:
        around = bases[element.parent] if element.parent >= 0 else ""
        base = joined(around, element.attributes.get(BASE, "").strip())
        bases.append(base if len(base) <= BASE_CHARACTERS else around)
        for reference, offset in _addresses(xml, element):
            if element.namespace == ATOM:
                reference = reference._replace(value=joined(bases[-1], reference.value))
            yield Placed(reference, offset)


def joined(base: str, address: str) -> str:
    """Resolve an address against a base that may be relative itself (RFC 3986, section 5.2)."""
    if not base or not address:
        return address or base
    try:
        if base.startswith("/") or urlsplit(base).scheme:
            return urljoin(base, address)
        if address.startswith("/") or urlsplit(address).scheme:
            return address
    except ValueError:  # no address at all
        return address
    page = base.partition("#")[0]
    if address.startswith("#"):
        return page + address
    page = page.partition("?")[0]
    if address.startswith("?"):
        return page + address
    return page[: page.rfind("/") + 1] + address


def _addresses(xml: Xml, element: Element) -> Iterator[tuple[Reference, int]]:
    """Give the addresses of one element, as written."""
    key = element.namespace, element.name
    if key in _ATTRIBUTES:
        attribute, use = _ATTRIBUTES[key]
        if address := element.attributes.get(attribute, "").strip():
            hreflang = element.attributes.get("hreflang", "")
            rel = element.attributes.get("rel", "")
            if rel.lower() == "enclosure":
                use = "resource"
            reference = Reference(element.name, attribute, address, use, hreflang, rel)
            yield reference, xml.offset_of(element, attribute)
    parent = xml.parent(element)
    if parent is None or key not in _TEXTS or parent.namespace != element.namespace:
        return
    parents, use = _TEXTS[key]
    address, offset = element.word()
    is_name = element.name == "guid" and element.attributes.get("isPermaLink") == "false"
    if address and parent.name in parents and not is_name:
        yield Reference(parent.name, element.name, address, use), offset
