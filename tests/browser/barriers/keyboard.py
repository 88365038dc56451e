# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where does the Tab key lead, and is each stop to be seen there?"""

from __future__ import annotations

from playwright.sync_api import FloatRect, Page

from tests.browser.barriers import ask
from tests.browser.barriers.pixels import changed, shot


def walk(page: Page) -> list[str]:
    """2.1.1, 2.1.2, 2.4.3: press Tab through the page, and Shift+Tab back."""
    stops = ask(page, "stops", "expected")
    faults = []
    for keys, expected in (("Tab", stops), ("Shift+Tab", stops[::-1])):
        ask(page, "stops", "listen")
        for _ in range(len(stops) + 1):
            page.keyboard.press(keys)
        met, away = ask(page, "stops", "met")
        met = met[: len(expected)]  # past the last stop Chromium may begin again
        if met != expected:
            at = next(
                (n for n, (a, b) in enumerate(zip(met, expected, strict=False)) if a != b),
                min(len(met), len(expected)),
            )
            faults.append(f"{keys}: stop {at} is {met[at : at + 1]}, not {expected[at : at + 1]}")
        faults += [f"{keys}: {one}" for one in away]
    return faults


def marks(page: Page, desk: Page) -> list[str]:
    """2.4.13: measure the mark of the focus, once for each kind of stop, against its perimeter."""
    faults = []
    page.add_style_tag(content="html { scroll-behavior: auto !important; }")
    for number in ask(page, "stops", "kinds"):
        asked = ask(page, "stops", number)
        box: FloatRect = asked["clip"]
        page.evaluate("document.activeElement.blur()")
        without = shot(page, box)
        ask(page, "stops", number)
        pixels = changed(desk, without, shot(page, box))
        if pixels < asked["least"]:
            faults.append(f"{pixels} of {asked['least']} px are marked: {asked['name']}")
    page.evaluate("document.activeElement.blur()")
    return faults
