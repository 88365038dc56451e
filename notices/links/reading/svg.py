# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which addresses and which ids does an SVG file hold?"""

from __future__ import annotations

from collections.abc import Iterator

from notices.links.model import Placed, Reference
from notices.links.reading import css
from notices.links.reading.attributes import PRESENTATION, SVG_RESOURCES
from notices.links.reading.elements import Element, Xml

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "http://www.w3.org/1999/xlink}href"
XML_ID = "http://www.w3.org/XML/1998/namespace}id"

_RESOURCES = frozenset((*SVG_RESOURCES, "script"))
_STYLED = (*PRESENTATION, "style")


def references(xml: Xml) -> Iterator[Placed]:
    """Give the addresses of an SVG file, in order of the elements; a place inside it too (``#a``).

    ``href`` of ``a`` is a link, that of other elements a resource; ``xlink:href`` counts where
    there is no ``href`` (SVG 2, section 16.1.5). The CSS is that of ``style`` elements, ``style``
    attributes and presentation attributes. SVG 2 has no ``xml:base``.
    """
    for element in xml.elements:
        if element.namespace == SVG:
            attributes = [*_linked(xml, element), *_styled(xml, element)]
            yield from sorted(attributes, key=lambda placed: placed.offset)
            if element.name == "style" and _is_css(element):
                for placed in css.references(element.text):
                    yield placed._replace(offset=element.place(placed.offset))


def ids(xml: Xml) -> Iterator[tuple[str, int]]:
    """Give each ``id`` and ``xml:id``, and the offset of the attribute (SVG 2, section 5.10)."""
    for element in xml.elements:
        for attribute in ("id", XML_ID):
            if name := element.attributes.get(attribute):
                yield name, xml.offset_of(element, attribute)


def _linked(xml: Xml, element: Element) -> Iterator[Placed]:
    """Give the address of an element that has one."""
    attribute = "href" if "href" in element.attributes else XLINK_HREF
    address = element.attributes.get(attribute, "").strip()
    if not address or not (element.name == "a" or element.name in _RESOURCES):
        return
    reference = Reference(
        element.name,
        "href" if attribute == "href" else "xlink:href",
        address,
        "link" if element.name == "a" else "resource",
        element.attributes.get("hreflang", ""),
        element.attributes.get("rel", ""),
    )
    yield Placed(reference, xml.offset_of(element, attribute))


def _styled(xml: Xml, element: Element) -> Iterator[Placed]:
    """Give the addresses in the CSS of an element's attributes, each at that of its attribute."""
    for attribute in _STYLED:
        if value := element.attributes.get(attribute):
            offset = xml.offset_of(element, attribute)
            for placed in css.references(value, element.name):
                yield placed._replace(offset=offset)


def _is_css(style: Element) -> bool:
    """Tell whether a ``style`` element is read as CSS, which it is by default."""
    return style.attributes.get("type", "").strip().lower() in ("", "text/css")
