# SPDX-License-Identifier: AGPL-3.0-or-later
"""At which address does each page stand? Addresses are relative to the site's root.

An address of a page ends in a slash (``en/privacy/``; the root is empty) and is the folder of
an ``index.html``, so that a site works on any static host.
"""

from __future__ import annotations

import functools
import posixpath
import re
import unicodedata
from urllib.parse import quote

from notices.filenames import INDEX
from notices.model import FRONT_PAGE, Catalog, Notice

ROOT = ""
NOT_FOUND = "404.html"
COMPARISONS = "compare"
"""The folder of the pages with two languages side by side; no language has such a tag."""


_DIGIT = re.compile(r"\d")
_NOT_DIALLED = re.compile(r"\(0\)|[^0-9+]")

WELL_FORMED = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
"""One segment of a path (RFC 3986, section 3.3): letters and digits of any script, hyphens."""


def is_slug(text: str) -> bool:
    """Tell whether a text can be a notice's own segment."""
    return bool(WELL_FORMED.fullmatch(text)) and text == text.lower()


def slug_of(notice: Notice) -> str:
    """Give a notice's own segment: what its metadata says where that can be one, or its name."""
    return notice.slug if is_slug(notice.slug) else notice.name


def of_notice(catalog: Catalog, name: str, lang: str) -> str:
    """Give a notice's address in a language, also where the translation is missing."""
    if name == FRONT_PAGE:
        return of_language(lang)
    notice = catalog.notices[name].get(lang)
    return f"{lang}/{slug_of(notice) if notice else name}/"


def of_language(lang: str) -> str:
    """Give the address of a language's front page."""
    return f"{lang}/"


def not_found_in(lang: str) -> str:
    """Give the page that a host shows for an unknown address of a language."""
    return f"{of_language(lang)}{NOT_FOUND}"


def is_not_found(address: str) -> bool:
    """Tell whether a page is shown in the place of others, at any depth."""
    return address.rpartition("/")[2] == NOT_FOUND


def of_comparison(catalog: Catalog, name: str, lang: str) -> str:
    """Give the address of the page that shows a notice with its translation beside it."""
    folder = f"{COMPARISONS}/{catalog.source_language}-{lang}/"
    return folder if name == FRONT_PAGE else f"{folder}{name}/"


def plain_of(address: str) -> str:
    """Give the file of a notice's text without design, beside the folder of its page."""
    folder = address.removesuffix("/")
    return f"{folder}.txt" if "/" in folder else f"{address}{FRONT_PAGE}.txt"


def file_of(address: str) -> str:
    """Give the file of a page, as a path inside the output folder."""
    return f"{address}{INDEX}" if address == ROOT or address.endswith("/") else address


def of_file(path: str) -> str:
    """Give the address at which a file of the site is found, whether it is a page or not."""
    folder, slash, name = path.rpartition("/")
    return folder + slash if name == INDEX else path


@functools.cache
def way(target: str, seen_from: str) -> str:
    """Write a relative link from one page to another (RFC 3986, section 4.2)."""
    found = posixpath.relpath(f"/{target}", posixpath.dirname(f"/{seen_from}"))
    if target == ROOT or target.endswith("/"):
        found = f"{found}/"
    return quote(found)


@functools.cache
def fragment(anchor: str) -> str:
    """Write the part of a link that names an id; nothing for a link to a whole page."""
    return f"#{quote(anchor, safe='=&-._~')}" if anchor else ""


def dialled(number: str) -> str:
    """Write a telephone number as one dials it (RFC 3966): ASCII digits, and + before them.

    Left out are signs between them and a trunk 0 in brackets.
    """
    ascii_digits = _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), number)
    return _NOT_DIALLED.sub("", ascii_digits)


def absolute(site_url: str, target: str) -> str:
    """Write a page's public address."""
    return f"{site_url}/{quote(target)}"
