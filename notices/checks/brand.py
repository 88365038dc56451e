# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does the theme know every token that ``brand.toml`` sets, and has each a value of its kind?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Final

from notices import colours
from notices.brand import MODES
from notices.model import Catalog, Finding
from notices.settings import Settings
from notices.tokens import read_tokens

_MEASURE: Final = re.compile(
    r"0|[+-]?[\d.]+(?:[a-z]+|%)|(?:calc|clamp|min|max)\(.*\)", re.IGNORECASE | re.DOTALL
)

_HELD: Final = {
    "measure": "lines have at most 80 letters (WCAG 2.2, 1.4.8)",
    "touch": "what can be pressed is 44 px large (WCAG 2.2, 2.5.5)",
}
"""The tokens of the theme that are no question of taste, and what each of them keeps."""


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Check each token of the brand against those of the theme."""
    brand = catalog.brand
    if not brand.lines:
        return
    known = read_tokens(settings.theme)
    for mode, values in zip(MODES, (brand.light, brand.dark), strict=True):
        for name, value in values.items():
            token = known.light.get(name) or known.dark.get(name)
            if token is None:
                near = difflib.get_close_matches(name, [*known.light, *known.dark], 1)
                message = f"the theme has no token '{name}'."
                fix = f"did you mean {near[0]}?" if near else "docs/theming.md lists its tokens."
            elif name in _HELD:
                message = f"'{name}' is not for a brand to set: {_HELD[name]}."
                fix = "remove the line."
            elif colours.parse(token.value) and not colours.parse(value):
                message = f"'{name}' is a colour, and '{value}' is none that can be judged."
                fix = f'write an opaque colour by its digits: {name} = "{token.value}".'
            elif _is_measure(token.value) and not _is_measure(value):
                message = f"'{name}' is a measure, and '{value}' is none."
                fix = f'write a number and its unit: {name} = "{token.value}".'
            else:
                continue
            line = brand.lines[f"{mode}.{name}"]
            yield Finding(brand.path, line, "brand-malformed", message, fix)


def _is_measure(value: str) -> bool:
    return bool(_MEASURE.fullmatch(value))
