# SPDX-License-Identifier: AGPL-3.0-or-later
"""In which modes and at which sizes are pages looked at?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

MODES: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "forced-dark": {"forced_colors": "active", "color_scheme": "dark"},
    "still": {"reduced_motion": "reduce"},
    "print": {"media": "print"},
}
DEFAULTS = {
    "color_scheme": "light",
    "forced_colors": "none",
    "reduced_motion": "no-preference",
    "media": "screen",
}

WIDTHS = (320, 768, 1280)
PAPER = 643  # px: the width of A4 between margins of 2 cm
ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 × 1024 px at 400 %, in CSS pixels: WCAG 1.4.10."""

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
"""WCAG 1.4.12."""

DOUBLED = "html { font-size: 225% !important; }"
"""WCAG 1.4.4: twice the size of letters that the theme sets, and no other zoom."""

TALL = 20_000
"""Px: taller than any page, so that nothing has to be scrolled to."""


def set_mode(page: Page, mode: str) -> None:
    """Put a page into a mode, and out of every other one."""
    page.emulate_media(**{**DEFAULTS, **MODES[mode]})


@contextmanager
def opened(
    browser: Browser, *, width: int = 1280, height: int = 800, mode: str = "light", **more: Any
) -> Iterator[Page]:
    """Give a page of a window of its own. What the tests put in, no policy of the page forbids."""
    viewport = {"width": width, "height": height}
    context = browser.new_context(viewport=viewport, bypass_csp=True, **more)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        set_mode(page, mode)
        yield page
    finally:
        context.close()
