# SPDX-License-Identifier: AGPL-3.0-or-later
"""Without style, without pictures, without scripts: everything is there, in the same order."""

from __future__ import annotations

from urllib.parse import urljoin

from playwright.sync_api import Browser, Page

from tests.browser.barriers import quick
from tests.browser.barriers.modes import opened

LINKS = """() => [...document.querySelectorAll("a[href]")].map((one) =>
  [one.href, one.getClientRects().length > 0 || one.closest("details:not([open])") !== null])"""


def faults_without_style(page: Page) -> list[str]:
    """Take the style away, and give what is lost or stands elsewhere then."""
    before = page.locator("body").inner_text().split()
    page.evaluate(
        "document.querySelectorAll('style, link[rel=stylesheet]').forEach((o) => o.remove())"
    )
    after = " ".join(page.locator("body").inner_text().split())
    lost = [
        f"lost: {word}" for word in sorted(set(before)) if word.casefold() not in after.casefold()
    ]
    unseen = [f"cannot be followed: {href}" for href, there in page.evaluate(LINKS) if not there]
    return lost + unseen + quick.order(page) + quick.reflow(page)


def test_without_style(browser: Browser, readers: list[str]) -> None:
    """No word is lost, each link is there, and all is read from top to bottom, on a phone."""
    found = []
    with opened(browser, width=320) as page:
        for address in readers:
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
            found += [f"{address}: {one}" for one in faults_without_style(page)]
    assert not found, "\n".join(found)


def test_what_needs_style_is_found(browser: Browser) -> None:
    """A link that style alone shows, and an order that style alone makes."""
    with opened(browser) as page:
        page.set_content(
            "<style>b { display: block !important }</style><b hidden><a href=//x>words</a></b>"
        )
        assert faults_without_style(page)[:1] == ["lost: words"]
        page.set_content(
            "<p style='position: absolute; top: 99px'>one<p style='position: absolute; top: 0'>two"
        )
        assert any("stands above" in one for one in faults_without_style(page))


def test_without_pictures(browser: Browser, readers: list[str]) -> None:
    """Where a picture does not come, its words stand in its place, and nothing is cut off."""
    found = []
    with opened(browser, width=320) as page:
        page.route(
            "**/*",
            lambda route: (
                route.abort() if route.request.resource_type == "image" else route.continue_()
            ),
        )
        for address in readers:
            page.goto(address)
            found += [f"{address}: {one}" for one in quick.faults(page, "reflow", "order")]
            missing = page.locator("img:not([alt])").count()
            found += [f"{address}: pictures without words: {missing}"] if missing else []
    assert not found, "\n".join(found)


def test_without_javascript_the_page_is_the_same(browser: Browser, kinds: list[str]) -> None:
    """Its words are the same, and its picture, to the byte: nothing waits for a script."""
    for address in kinds:
        looks = []
        for is_on in (True, False):
            with opened(browser, width=320, java_script_enabled=is_on) as page:
                page.goto(address)
                looks.append((page.locator("body").inner_text(), page.screenshot(full_page=True)))
        assert looks[0] == looks[1], address


def test_without_javascript_every_link_works(browser: Browser, kinds: list[str]) -> None:
    """Each link of the site's own leads to a page that is there, and to a place in it."""
    with opened(browser, java_script_enabled=False) as page:
        for address in kinds:
            page.goto(address)
            host = address.split("/", 3)[2]
            aims = {link.get_attribute("href") or "" for link in page.locator("a[href]").all()}
            for aim in sorted(aims):
                if aim.startswith(("mailto:", "tel:")) or ("://" in aim and host not in aim):
                    continue
                page.goto(urljoin(address, aim))
                if aim.endswith(".txt"):
                    assert "Ã" not in (page.locator("pre").text_content() or "Ã"), aim
                    continue
                assert page.locator("h1").count() == 1, aim
                if "#" in aim:
                    assert page.locator(":target").count() == 1, aim
