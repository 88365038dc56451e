# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing active leaves a notice: which addresses a link may have, and which HTML may be published.

The reading of addresses follows the WHATWG URL standard, section 4.4 (leading and trailing control
characters and spaces are dropped, tabs and newlines anywhere), since that is how a browser reads
what an editor, or somebody in an editor's name, has written.
"""

from __future__ import annotations

import html
import re
from typing import Final

import nh3

LINK_PLACEHOLDER: Final = "notice"
"""The scheme of internal links in converted HTML (``notice:3``); ``render`` resolves them."""

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_TRIMMED: Final = "".join(map(chr, range(0x21)))

_TAGS: Final = frozenset(
    "a abbr blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr img ins li ol p pre s "
    "span strong sub sup table tbody td th thead tr ul".split()
)
_ATTRIBUTES: Final = {
    "*": {"id", "lang"},
    "a": {"href", "hreflang", "title"},
    "abbr": {"title"},
    "div": {"role"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"scope"},
}
_CLASSES: Final = {
    "div": {"note"},
    "p": {"note-title", "address", "field"},
    "span": {"blank"},
    "td": {"align-center", "align-end"},
    "th": {"align-center", "align-end"},
    "ul": {"choices"},
}
_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    allowed_classes={tag: set(names) for tag, names in _CLASSES.items()},
    url_schemes={*SCHEMES, LINK_PLACEHOLDER},
    link_rel=None,
    strip_comments=True,
)


def as_browser_reads(address: str) -> str:
    """Give an address as a browser sees it: entities decoded, stray white space dropped."""
    return re.sub(r"[\t\n\r]", "", html.unescape(address).strip(_TRIMMED))


def scheme_of(address: str) -> str:
    """Give the scheme of an address (as a browser reads it), in lower case, or nothing."""
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def sanitised(written: str) -> str:
    """Let through the allow-listed HTML and nothing else."""
    return _CLEANER.clean(written)
