# SPDX-License-Identifier: AGPL-3.0-or-later
"""axe-core, with all its rules, finds no barrier, and nothing that nobody has looked at."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.barriers import axe
from tests.browser.barriers.modes import PAPER, TALL, opened, set_mode

LOOKS = (("light", 320), ("dark", 1280), ("forced", 768), ("still", 320), ("print", PAPER))
"""A page of each kind in each mode, and at each width; axe-core is loaded once for each page."""
OTHERS = LOOKS[:2]
"""Of a page that is made as another one was."""


def test_axe_finds_nothing_unexplained(
    browser: Browser, pages: list[str], kinds: list[str]
) -> None:
    """No violation; and what needs review is explained in `barriers/axe.py`, each for a reason."""
    unexplained, used = [], set()
    with opened(browser) as page:
        for address in pages:
            page.goto(address)
            axe.load(page)
            hidden: list[set[str]] = []
            for mode, width in LOOKS if address in kinds else OTHERS:
                # Paper does not scroll: what is below a window could not be looked at.
                height = TALL if mode == "print" else 800
                page.set_viewport_size({"width": width, "height": height})
                set_mode(page, mode)
                found = axe.run(page)
                hidden.append({met.html for met in found if met.rule == "hidden-content"})
                for met in found:
                    if met.rule == "hidden-content":
                        continue
                    fitting = [one for one in axe.EXPLAINED if one.fits(met, mode)]
                    used.update(fitting)
                    if not fitting:
                        unexplained.append(f"{address} {mode} {width}: {met}")
            # What one look does not show, another one did.
            unexplained += [f"{address}: never shown: {one}" for one in set.intersection(*hidden)]
    assert not unexplained, "\n".join(unexplained)
    assert set(axe.EXPLAINED) == used, "an explanation that no page needs any more"


def test_axe_finds_a_barrier_where_there_is_one(browser: Browser) -> None:
    """The instrument works, off-by-default rules and all; what it cannot tell is met, too."""
    with opened(browser) as page:
        page.set_content(
            "<html lang=en><title>x</title><main><h1>x</h1><img src=x>"
            "<p style='color: #767676'>some words<p><a href=x style='display: block'>x</a></p>"
            "<p style='background: linear-gradient(red, blue)'>some words"
        )
        axe.load(page)
        met = axe.run(page)
    rules = {one.rule for one in met if one.is_violation}
    assert {"image-alt", "color-contrast-enhanced"} <= rules
    assert any(not one.is_violation and one.rule == "color-contrast" for one in met)


def test_an_explanation_fits_one_thing() -> None:
    """Never a violation, another element, another message, or another mode than its own."""
    why = axe.Explained("color-contrast", '<a class="x"[^>]*>', "overlapped", "covered", "dark")
    met = axe.Met(False, "color-contrast", "a", '<a class="x" href="y">z</a>', "is overlapped by")
    assert why.fits(met, "dark")
    assert not why.fits(met, "light")
    assert not why.fits(axe.Met(True, met.rule, "a", met.html, met.message), "dark")
    assert not why.fits(axe.Met(False, met.rule, "a", '<a class="x y">', met.message), "dark")
    assert not why.fits(axe.Met(False, met.rule, "a", met.html, "a gradient"), "dark")
    assert not why.fits(axe.Met(False, "region", "a", met.html, met.message), "dark")
