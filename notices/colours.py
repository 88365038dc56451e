# SPDX-License-Identifier: AGPL-3.0-or-later
"""How well does one colour stand out from another, and which near one would do so better?"""

from __future__ import annotations

import colorsys
import math
from collections.abc import Sequence
from typing import Final

from tinycss2 import color4

Colour = tuple[float, float, float]
"""Red, green and blue of sRGB, each from 0 to 1."""

_STEPS: Final = 1000


def parse(text: str) -> Colour | None:
    """Read an opaque sRGB colour: a name, ``#rrggbb``, ``rgb()`` or ``hsl()``; None for others."""
    try:
        found = color4.parse_color(text)
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return None
    if not isinstance(found, color4.Color) or found.alpha != 1:
        return None
    first, second, third = (float(part or 0) for part in found.coordinates)
    if not all(map(math.isfinite, (first, second, third))):
        return None
    if found.space == "srgb":
        return _clamped(first), _clamped(second), _clamped(third)
    if found.space == "hsl":
        return colorsys.hls_to_rgb(first / 360 % 1, _clamped(third / 100), _clamped(second / 100))
    return None


def _clamped(part: float) -> float:
    return min(1.0, max(0.0, part))


def luminance(colour: Colour) -> float:
    """Give the relative luminance, from 0 for black to 1 for white (WCAG 2.2, its definition)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, its definition)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest(colour: Colour, others: Sequence[Colour], ratio: float) -> str:
    """Give the colour of the same hue, as ``#rrggbb``, that has the ratio with all the others.

    Of all lightnesses (HSL) it has the one nearest to the colour's own. Empty where none has it.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    for step in range(_STEPS + 1):
        for wanted in (lightness - step / _STEPS, lightness + step / _STEPS):
            made = written(colorsys.hls_to_rgb(hue, _clamped(wanted), saturation))
            read = parse(made)
            assert read is not None, "a colour that is written can be read"
            if all(contrast(read, other) >= ratio for other in others):
                return made
    return ""


def written(colour: Colour) -> str:
    """Write a colour as ``#rrggbb``."""
    return "#" + "".join(f"{round(_clamped(part) * 255):02x}" for part in colour)
