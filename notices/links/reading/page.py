# SPDX-License-Identifier: AGPL-3.0-or-later
"""The text of a page → what it refers to, and what can be referred to in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from notices.links.model import IdReference, Reference, Use
from notices.links.reading import css
from notices.links.reading.attributes import (
    BY_ELEMENT,
    CONNECTING_RELS,
    FETCHED_RELS,
    INNER_ELEMENTS,
    ON_ANY_ELEMENT,
    Role,
)
from notices.links.reading.parsing import NOWHERE, Element, elements, of_tags
from notices.links.resolving import scheme_of, tidy

_DEEPEST_SRCDOC: Final = 5
_LONGEST_TAG: Final = 100
"""No tag of a language is longer."""
MOST_ENTRIES: Final = 500_000
"""No more references and ids are taken from one file."""
_MOST_CSS_CHARACTERS: Final = 4_000_000
"""No more CSS of one page is read, which takes a second for a million characters."""
_NONE: Final[dict[str, Role]] = {}
_REFRESH: Final = re.compile(
    r"""\s*(?=[\d.])0*+(?P<delay>\d*+)[\d.]*+(?:[\s;,]+(?:url\s*=\s*)?(?P<quote>["']?)(?P<url>.*))?\Z""",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
"""The content of a refresh (HTML, section 4.2.5.3, "shared declarative refresh steps")."""


@dataclass(slots=True)
class Page:
    """What one page says. Each entry has the offset at which it stands, or NOWHERE."""

    references: list[tuple[Reference, int]] = field(default_factory=list)
    ids: list[tuple[str, int]] = field(default_factory=list)
    inner_ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)
    id_references: list[tuple[IdReference, int]] = field(default_factory=list)
    base: str = ""
    lang: str = ""
    lang_offset: int = NOWHERE
    is_indexable: bool = True
    refresh_delay: int = 0
    css_characters: int = 0

    @property
    def is_full(self) -> bool:
        """Tell whether the page holds more than is read of one page."""
        entries = len(self.references) + len(self.ids) + len(self.id_references)
        return entries >= MOST_ENTRIES or self.css_characters > _MOST_CSS_CHARACTERS


def read(text: str) -> Page:
    """Read a page, without positions."""
    return _page(elements(text))


def read_with_offsets(text: str) -> Page:
    """Read a page by its tags alone, each with the offset at which it stands."""
    return _page(of_tags(text))


def is_id(value: str) -> bool:
    """Tell whether a text can be an id (HTML, section 3.2.6)."""
    return bool(value) and not re.search(r"[\t\n\f\r ]", value)


def _page(elements: Iterable[Element], depth: int = 0) -> Page:
    """Gather what the elements say; ``depth`` counts the pages around this one."""
    page = Page()
    for element in elements:
        if page.is_full:
            break
        name, attributes = element.name, element.attributes
        own = BY_ELEMENT.get(name, _NONE)
        for attribute, value in attributes.items():
            role = own.get(attribute) or ON_ANY_ELEMENT.get(attribute)
            if role is not None:
                offset = element.offsets.get(attribute, NOWHERE)
                _take(page, element, attribute, value or "", role, offset)
        _take_element(page, element, depth)
    return page


def _take_element(page: Page, element: Element, depth: int) -> None:
    """Take what an element says with more than one attribute, or with its text."""
    attributes = element.attributes
    match element.name:
        case "html":
            page.lang = (attributes.get("lang") or "").strip()[:_LONGEST_TAG]
            page.lang_offset = element.offsets.get("lang", element.offset)
        case "base" if not page.base and attributes.get("href"):
            page.base = attributes["href"] or ""
            if scheme_of(tidy(page.base)) not in ("", "http", "https"):
                reference = Reference("base", "href", page.base, "link")
                page.references.append((reference, element.offsets.get("href", NOWHERE)))
        case "meta":
            _take_meta(page, element)
        case "style":
            text, start = element.text()
            _take_style(page, text, start, "style")
        case "iframe" if attributes.get("srcdoc") and depth < _DEEPEST_SRCDOC:
            inner = _page(elements(attributes["srcdoc"] or ""), depth + 1)
            offset = element.offsets.get("srcdoc", NOWHERE)
            page.references += [
                (reference, offset)
                for reference, _ in inner.references
                if not reference.value.startswith("#")  # that is within the document of its own
            ]


def _take_meta(page: Page, element: Element) -> None:
    content = element.attributes.get("content") or ""
    if (element.attributes.get("http-equiv") or "").lower() == "refresh":
        found = _REFRESH.match(content)
        delay = int(found["delay"][:9] or 0) if found else 0
        url = (found["url"] or "") if found else ""
        if found and (url or not delay):  # without an address, the page loads itself anew
            url = url.split(found["quote"], 1)[0] if found["quote"] else url
            page.refresh_delay = delay
            reference = Reference("meta", "content", url, "link", rel="refresh")
            page.references.append((reference, element.offsets.get("content", NOWHERE)))
    elif (element.attributes.get("name") or "").lower() in ("robots", "googlebot"):
        words = re.split(r"[\s,]+", content.lower())
        page.is_indexable = page.is_indexable and not {"noindex", "none"} & set(words)


def _take(
    page: Page, element: Element, attribute: str, value: str, role: Role, offset: int
) -> None:
    """Take one attribute for what it is."""

    def refer(address: str, use: Use, rel: str = "") -> None:
        hreflang = (element.attributes.get("hreflang") or "").strip()
        if hreflang and element.name == "link" and not _is_of_page(element, rel):
            hreflang = ""
        reference = Reference(element.name, attribute, address, use, hreflang, rel)
        page.references.append((reference, offset))

    match role:
        case "link" | "resource" | "action":
            refer(value, role)
        case "id":
            page.ids.append((value, offset))
            if element.name in INNER_ELEMENTS:
                page.inner_ids.append(value)
        case "by-rel":
            rel = (element.attributes.get("rel") or "").lower()
            words = set(rel.split())
            if words & CONNECTING_RELS and not words & FETCHED_RELS:
                refer(value, "connection", rel)
            else:
                refer(value, "resource" if words & FETCHED_RELS else "link", rel)
        case "resources":
            for address in _words(value):
                refer(address, "resource")
        case "srcset":
            for address in islice(_candidates(value), MOST_ENTRIES):
                refer(address, "resource")
        case "style":
            _take_style(page, value, NOWHERE, element.name, offset)
        case "name":
            page.names.append(value)
        case "map":
            page.maps.append(value)
        case "id-reference" | "map-reference":
            page.id_references.append((IdReference(element.name, attribute, value), offset))
        case "id-references":
            page.id_references += [
                (IdReference(element.name, attribute, name), offset) for name in _words(value)
            ]


def _is_of_page(element: Element, rel: str) -> bool:
    """Tell whether a ``link`` leads to a page for all media (HTML, link type ``alternate``)."""
    kind = (element.attributes.get("type") or "text/html").strip().lower()
    is_page = kind in ("text/html", "application/xhtml+xml")
    return is_page and "stylesheet" not in rel.split() and "media" not in element.attributes


def _take_style(page: Page, text: str, start: int, element: str, offset: int = NOWHERE) -> None:
    page.css_characters += len(text)
    if page.css_characters > _MOST_CSS_CHARACTERS:
        return
    for placed in css.references(text):
        place = offset if start == NOWHERE else start + placed.offset
        page.references.append((placed.reference._replace(element=element), place))


def _words(value: str) -> Iterator[str]:
    return (found[0] for found in islice(re.finditer(r"\S+", value), MOST_ENTRIES))


def _candidates(srcset: str) -> Iterator[str]:
    """Give the addresses of a ``srcset`` (HTML, section 4.8.4.2, "parse a srcset attribute")."""
    position = 0
    while found := re.compile(r"[\s,]*(\S+)").match(srcset, position):
        address, position = found[1], found.end()
        if address.endswith(","):
            address = address.rstrip(",")
        else:
            comma = re.compile(r"(?:\([^)]*\)?|[^,(])*").match(srcset, position)
            position = comma.end() if comma else len(srcset)
        yield address
