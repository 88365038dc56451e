# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which attributes of HTML and SVG refer to something, and how?

The lists are those of WHATWG HTML ("Attributes" in its index), SVG 2, WAI-ARIA 1.2 (section 6.7)
and the obsolete attributes that browsers still obey (HTML, section 16.2).
"""

from __future__ import annotations

from typing import Final, Literal

Role = Literal[
    "link",
    "resource",
    "action",
    "resources",  # several addresses, separated by white space
    "srcset",
    "by-rel",
    "style",
    "id",
    "name",
    "map",
    "id-reference",
    "id-references",
    "map-reference",
]

_MEDIA: Final[dict[str, Role]] = {"src": "resource"}
_IMAGE: Final[dict[str, Role]] = {**_MEDIA, "srcset": "srcset"}
_SVG_REFERENCE: Final[dict[str, Role]] = {"href": "resource", "xlink:href": "resource"}
_CITED: Final[dict[str, Role]] = {"cite": "link"}
_BACKGROUND: Final[dict[str, Role]] = {"background": "resource"}

_OF_A_FORM: Final[dict[str, Role]] = {"form": "id-reference"}

SVG_RESOURCES: Final = (
    "animate animateMotion animateTransform cursor feImage filter image linearGradient mpath "
    "pattern radialGradient set textPath use".split()
)
"""The elements whose ``href`` is fetched, as an SVG file writes them (SVG 2, and 1.1)."""

PRESENTATION: Final = (
    "fill stroke filter mask clip-path marker marker-start marker-mid marker-end cursor".split()
)
"""The attributes of any SVG element that may hold ``url()`` (SVG 2, section 6.6)."""

BY_ELEMENT: Final[dict[str, dict[str, Role]]] = {
    "a": {"href": "link", "xlink:href": "link", "ping": "resources", "name": "name"},
    "area": {"href": "link", "ping": "resources"},
    "audio": _MEDIA,
    "blockquote": _CITED,
    "body": _BACKGROUND,
    "button": {
        "formaction": "action",
        "popovertarget": "id-reference",
        "commandfor": "id-reference",
        **_OF_A_FORM,
    },
    "del": _CITED,
    "embed": _MEDIA,
    "fieldset": _OF_A_FORM,
    "form": {"action": "action"},
    "frame": {**_MEDIA, "longdesc": "link"},
    "iframe": {**_MEDIA, "longdesc": "link"},
    "img": {
        **_IMAGE,
        "lowsrc": "resource",
        "longdesc": "link",
        "usemap": "map-reference",
    },
    "input": {
        "src": "resource",
        "formaction": "action",
        "list": "id-reference",
        "popovertarget": "id-reference",
        "usemap": "map-reference",
        **_OF_A_FORM,
    },
    "ins": _CITED,
    "label": {"for": "id-reference", **_OF_A_FORM},
    "link": {"href": "by-rel", "imagesrcset": "srcset"},
    "map": {"name": "map"},
    "object": {"data": "resource", "usemap": "map-reference", **_OF_A_FORM},
    "output": {"for": "id-references", **_OF_A_FORM},
    "q": _CITED,
    "script": {"src": "resource", "href": "resource", "xlink:href": "resource"},
    "select": _OF_A_FORM,
    "source": _IMAGE,
    "table": _BACKGROUND,
    "td": {"headers": "id-references", **_BACKGROUND},
    "textarea": _OF_A_FORM,
    "th": {"headers": "id-references", **_BACKGROUND},
    "track": _MEDIA,
    "video": {**_MEDIA, "poster": "resource"},
    **dict.fromkeys(map(str.lower, SVG_RESOURCES), _SVG_REFERENCE),
}

ON_ANY_ELEMENT: Final[dict[str, Role]] = {
    "id": "id",
    "style": "style",
    "itemref": "id-references",
    **dict.fromkeys(PRESENTATION, "style"),
    "aria-activedescendant": "id-reference",
    **dict.fromkeys(
        (
            "aria-controls aria-describedby aria-details aria-errormessage aria-flowto "
            "aria-labelledby aria-owns"
        ).split(),
        "id-references",
    ),
}

INNER_ELEMENTS: Final = frozenset(
    "button clippath datalist defs fieldset filter form g input lineargradient marker mask option "
    "output path pattern radialgradient select symbol textarea use".split()
)
"""Parts of pictures and forms: their ids are for the page's own use, and nobody links to them."""

FETCHED_RELS: Final = frozenset(
    "stylesheet icon apple-touch-icon apple-touch-icon-precomposed apple-touch-startup-image "
    "mask-icon fluid-icon preload modulepreload prefetch prerender manifest".split()
)
"""What a ``link`` element makes a browser fetch (HTML, section 4.6.8)."""

CONNECTING_RELS: Final = frozenset({"preconnect", "dns-prefetch"})
