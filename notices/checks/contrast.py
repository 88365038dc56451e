# SPDX-License-Identifier: AGPL-3.0-or-later
"""Can everybody read every text on every ground, in light and in dark?

Each token that text is written in stands out from each ground by 7:1 (WCAG 2.2, 1.4.6, level AAA),
as the style sheets may put any on any. Text in ``paper`` on a ground of ``accent`` is the pair of
``accent`` on ``paper``: the ratio is the same. So is the outline of what has the focus: it is drawn
in ``accent``, and needs 3:1 (1.4.11, 2.4.13). ``line`` is decoration: it divides what space divides
already, and marks no control.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Set
from itertools import product
from typing import Final

from notices import colours
from notices.brand import MODES
from notices.model import Brand, Catalog, Finding
from notices.settings import Settings, shown
from notices.tokens import TOKENS_FILE, Token, read_tokens

TEXTS: Final[tuple[str, ...]] = ("ink", "quiet", "accent")
GROUNDS: Final[tuple[str, ...]] = ("paper", "sheet", "wash")
RATIO: Final = 7.0


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Compute the contrast of all pairs of the theme's tokens, as the brand changes them."""
    tokens = read_tokens(settings.theme)
    path = shown(settings.theme / TOKENS_FILE)
    for mode in MODES:
        theme = dict(tokens.light) if mode == "light" else {**tokens.light, **tokens.dark}
        yield from _Mode(mode, theme, path, catalog.brand, tokens.dark.keys()).findings()


class _Mode:
    """The colours of one mode: what the theme says, and what the brand says otherwise."""

    def __init__(
        self, mode: str, theme: dict[str, Token], path: str, brand: Brand, varying: Set[str]
    ) -> None:
        self.mode = mode
        self.theme = theme
        self.path = path
        self.brand = brand
        self.branded = {
            name: f"light.{name}"
            for name in brand.light
            if mode == "light" or name not in (varying | brand.dark.keys())
        }
        if mode == "dark":
            self.branded |= {name: f"dark.{name}" for name in brand.dark}
        values = {name: token.value for name, token in theme.items()}
        values |= {
            name: (brand.light if key.startswith("light.") else brand.dark)[name]
            for name, key in self.branded.items()
        }
        self.values = {name: values[name] for name in (*TEXTS, *GROUNDS) if name in values}
        self.colours = {
            name: colour for name in self.values if (colour := colours.parse(self.values[name]))
        }

    def findings(self) -> Iterator[Finding]:
        for name in self.values:
            if name not in self.colours and name not in self.branded:
                message = f"'{name}' ({self.mode}) is '{self.values[name]}': no contrast is known."
                yield self._finding(name, message, "write it as #rrggbb.")
        for text, ground in product(TEXTS, GROUNDS):
            if text in self.colours and ground in self.colours:
                ratio = colours.contrast(self.colours[text], self.colours[ground])
                if ratio < RATIO:
                    yield self._low(text, ground, ratio)

    def _low(self, text: str, ground: str, ratio: float) -> Finding:
        mended = ground if ground in self.branded and text not in self.branded else text
        others = [
            self.colours[name]
            for name in (GROUNDS if mended in TEXTS else TEXTS)
            if name in self.colours
        ]
        better = colours.nearest(self.colours[mended], others, RATIO)
        message = (
            f"'{text}' ({self.values[text]}) on '{ground}' ({self.values[ground]}) has a contrast "
            f"of {math.floor(ratio * 100) / 100:.2f}:1 in {self.mode}; text needs {RATIO:.0f}:1."
        )
        key = self.branded.get(mended)
        entry = (
            f'{mended} = "{better}" in [{key.partition(".")[0]}]'
            if key
            else f"--{mended}: {better}; for {self.mode}"
        )
        fix = (
            f"write {entry}: the nearest colour of the same hue that suffices."
            if better
            else f"no lightness of '{mended}' suffices: choose grounds that are all light, or all "
            "dark."
        )
        return self._finding(mended, message, fix)

    def _finding(self, name: str, message: str, fix: str) -> Finding:
        if key := self.branded.get(name):
            return Finding(self.brand.path, self.brand.lines[key], "contrast-low", message, fix)
        return Finding(self.path, self.theme[name].line, "contrast-low", message, fix)
