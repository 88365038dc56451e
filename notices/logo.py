# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is this drawing fit to stand in every page, and how is it written there?

Elements and attributes are those of an allow-list and are written anew, so that no script, style,
text or address can come with them: a policy without ``unsafe-inline`` would refuse them, and a
drawing program's remarks would be in every page. The page's name stands beside the logo, which is
therefore hidden from screen readers (WCAG 2.2, 1.1.1: decoration).
"""

from __future__ import annotations

import math
import re
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

_SVG: Final = "{http://www.w3.org/2000/svg}"
_LONGEST: Final = 32_768
"""A longer drawing (in characters) is not even read."""
_LARGEST_BYTES: Final = 4096
_DEEPEST: Final = 12
_WIDEST: Final = 12
_HEIGHT: Final = 28
"""In CSS pixels, where no style says otherwise."""

_SHAPES: Final = "circle clipPath defs ellipse g line linearGradient mask path polygon polyline"
_ELEMENTS: Final = frozenset(f"{_SHAPES} radialGradient rect stop svg".split())
_LEFT_OUT: Final = frozenset({"title", "desc", "metadata"})
_ATTRIBUTES: Final = frozenset(
    "clip-path clip-rule clipPathUnits cx cy d fill fill-opacity fill-rule fx fy gradientTransform "
    "gradientUnits height id mask maskContentUnits maskUnits offset opacity points r rx ry "
    "spreadMethod stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-opacity stroke-width transform viewBox width x x1 x2 "
    "y y1 y2".split()
)
_NOT_WRITTEN: Final = frozenset({"version", "baseProfile", "class", "role", "focusable"})
_OF_ROOT: Final = frozenset({"width", "height", "id", "x", "y"})
_REFERENCE: Final = re.compile(r"url\(\s*#([\w.\-]+)\s*\)")
_FUNCTION: Final = re.compile(r"(?<![\w-])([\w-]*+)\(")
_FUNCTIONS: Final = frozenset("matrix translate scale rotate skewx skewy rgb hsl".split())
_ID: Final = re.compile(r"[\w.\-]+")
_PREFIX: Final = "_logo-"
"""Before every id: neither an editor's id nor another one of the theme begins so."""


class LogoError(Exception):
    """A drawing that cannot be a logo; the message says why. ``line`` counts its own lines."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def read_logo(text: str) -> tuple[str, str]:
    """Give a drawing as it stands in a page, and as a file of its own; raises LogoError.

    ``currentColor`` is that of the name beside it in a page, and in the file a grey that is seen on
    light and dark.
    """
    if len(text) > _LONGEST:
        raise LogoError(f"the logo is longer than {_LONGEST:,} characters.")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise LogoError("the logo begins with a document type (<!DOCTYPE …>), which is not needed.")
    if "<svg" not in text:
        raise LogoError(
            f"the logo is no drawing but '{' '.join(text.split())[:60]}'; the text of the drawing "
            "itself, from <svg …> to </svg>, belongs between the quotes."
        )
    try:
        root = ElementTree.fromstring(text.strip())  # noqa: S314  # it declares no entities
    except ElementTree.ParseError as error:
        reason = str(error).partition(":")[0]
        raise LogoError(
            f"the logo is not well-formed SVG ({reason}).", error.position[0]
        ) from error
    except ValueError as error:
        raise LogoError(f"the logo is not well-formed SVG ({error}).") from error
    if root.tag.removeprefix(_SVG) != "svg":
        raise LogoError("the logo does not begin with <svg …>.")
    width = _width(root.get("viewBox", ""))
    named = [own for element in root.iter() if (own := element.get("id"))]
    ids = set(named)
    if len(named) > len(ids):
        raise LogoError("the logo gives the same id to two of its elements.")
    drawn = "".join(_written(child, ids, 1) for child in root)
    own = _attributes(root, ids, but=_OF_ROOT)
    inline = (
        f'<svg class="logo" width="{width:g}" height="{_HEIGHT}"{own} aria-hidden="true">'
        f"{drawn}</svg>"
    )
    if len(inline.encode()) > _LARGEST_BYTES:
        raise LogoError(
            f"the logo has {len(inline.encode()):,} bytes, more than {_LARGEST_BYTES:,}; each page "
            "holds it."
        )
    return inline, f'<svg xmlns="http://www.w3.org/2000/svg" color="gray"{own}>{drawn}</svg>\n'


def _width(view_box: str) -> float:
    """Give the width of a logo of the usual height; raises LogoError where it has no measures."""
    try:
        _, _, width, height = (float(part) for part in view_box.replace(",", " ").split())
    except ValueError:
        width = height = 0.0
    if not (0 < width < math.inf and 0 < height < math.inf and width <= _WIDEST * height):
        raise LogoError(
            'the logo has no viewBox="0 0 WIDTH HEIGHT" with measures above 0, or is more than '
            f"{_WIDEST} times as wide as it is high."
        )
    return round(_HEIGHT * width / height, 1)


def _written(element: ElementTree.Element, ids: set[str], depth: int) -> str:
    name = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else ""
    if name in _LEFT_OUT or (name.startswith("{") and "w3.org" not in name):
        return ""  # what drawing programs note for themselves
    if name not in _ELEMENTS or name == "svg":
        raise LogoError(f"the logo holds <{name}>, which a logo may not.")
    if depth > _DEEPEST:
        raise LogoError(f"the logo nests its elements more than {_DEEPEST} deep.")
    inner = "".join(_written(child, ids, depth + 1) for child in element)
    tag = f"{name}{_attributes(element, ids)}"
    return f"<{tag}>{inner}</{name}>" if inner else f"<{tag}/>"


def _attributes(
    element: ElementTree.Element, ids: set[str], but: frozenset[str] = frozenset()
) -> str:
    found = []
    for name, value in element.attrib.items():
        if name in but or name in _NOT_WRITTEN or name.startswith(("{", "data-", "aria-")):
            if name.endswith("}href"):
                raise LogoError("the logo refers to something by href, which a logo may not.")
            continue
        if name not in _ATTRIBUTES:
            raise LogoError(f'the logo has an attribute {name}="…", which a logo may not.')
        found.append(f" {name}={quoteattr(_value(name, ' '.join(value.split()), ids))}")
    return "".join(found)


def _value(name: str, value: str, ids: set[str]) -> str:
    if name == "id":
        if not _ID.fullmatch(value):
            raise LogoError(f"the logo has the id '{value}', which is no name.")
        return f"{_PREFIX}{value}"
    for reference in _REFERENCE.findall(value):
        if reference not in ids:
            raise LogoError(f"the logo refers to '#{reference}', and holds nothing of that name.")
    rest = _REFERENCE.sub("", value)
    unknown = {found.lower() for found in _FUNCTION.findall(rest)} - _FUNCTIONS
    if unknown or "\\" in value or any(sign in rest for sign in "<>&"):
        raise LogoError(f"the logo's {name} is '{value[:60]}', which may lead out of the logo.")
    return _REFERENCE.sub(rf"url(#{_PREFIX}\1)", value)
