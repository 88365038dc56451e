# SPDX-License-Identifier: AGPL-3.0-or-later
"""Old links in a real browser: a retired address leads on, a retired anchor lands in view."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Site
from tests.servers import served

LONG = "En mening till, så att sidan blir lång.\n\n" * 40


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    """Build a site with retired addresses and anchors, and serve it as a host without rules."""
    text = (
        f"# Konto\n\n## Först {{#first}}\n\n{LONG}\n\n## Hur länge? {{#retention}}\n\n{LONG}\n\n"
        "## Mer {#more}\n\nText."
    )
    site.write(
        {
            "sv/user.md": f"{text}\n",
            "aliases.toml": '[addresses]\n"/sv/gammal/" = "/sv/user/"\n'
            '"/sv/tid/" = "/sv/user/#retention"\n[anchors]\n"user#old" = "retention"\n',
        }
    )
    assert site.build().is_done
    with served(site.output) as host:
        yield host


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_an_old_anchor_lands_at_its_successor(page: Page, address: str) -> None:
    """The heading is in view, at the top, as it is by its anchor of today."""
    heading = page.get_by_role("heading", name="Hur länge?")
    page.goto(f"{address}/sv/user/")
    expect(heading).not_to_be_in_viewport()
    page.goto(f"{address}/sv/user/#old")
    expect(heading).to_be_in_viewport()
    old = heading.bounding_box()
    page.goto(f"{address}/sv/user/#retention")
    new = heading.bounding_box()
    assert old and new
    assert abs(old["y"] - new["y"]) < 60


def test_an_extra_id_takes_no_room(page: Page, address: str) -> None:
    """The section with it stands as one without: nobody sees or hears what is for old links."""
    page.goto(f"{address}/sv/user/")
    gaps = page.evaluate(
        """() => [...document.querySelectorAll("#retention, #more")].map((section) =>
             section.querySelector("h2").getBoundingClientRect().top
             - section.getBoundingClientRect().top)"""
    )
    assert gaps[0] == gaps[1]
    assert "old" not in page.locator("main").aria_snapshot()


@pytest.mark.parametrize(("old", "new"), [("gammal", "user/"), ("tid", "user/#retention")])
def test_an_old_address_leads_on(page: Page, address: str, old: str, new: str) -> None:
    """On a host that knows nothing of it, and without JavaScript."""
    page.goto(f"{address}/sv/{old}/")
    expect(page).to_have_url(f"{address}/sv/{new}")
    if "#" in new:
        expect(page.get_by_role("heading", name="Hur länge?")).to_be_in_viewport()
