# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two languages side by side, and a notice as plain text, as a reader meets them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

PLACES = """() => [...document.querySelectorAll(".row")].map(row =>
  [...row.children].filter(side => side.matches(".side")).map(side => {
    const box = side.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom];
  }))"""


def compared(browser: Browser, address: str, width: int) -> Page:
    """Open a comparison in a window of some width."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    return page


@pytest.mark.parametrize(
    ("name", "path", "is_rtl"),
    [("real", "compare/sv-en/user/", False), ("arabic", "compare/ar-en/privacy/", True)],
)
@pytest.mark.parametrize("width", [768, 1280])
def test_columns_where_there_is_room(
    browser: Browser, served: dict[str, str], name: str, path: str, is_rtl: bool, width: int
) -> None:
    """The source where a line begins, both texts of a row at the same height."""
    page = compared(browser, f"{served[name]}/{path}", width)
    rows = page.evaluate(PLACES)
    assert len(rows) > 2
    for source, translation in rows:
        assert source[1] == translation[1]
        first, second = (translation, source) if is_rtl else (source, translation)
        assert first[2] < second[0]
    page.close()


@pytest.mark.parametrize(
    ("name", "path"), [("real", "compare/sv-en/user/"), ("golden", "compare/sv-en/data/")]
)
def test_one_below_the_other_on_a_phone(
    browser: Browser, served: dict[str, str], name: str, path: str
) -> None:
    """The source first, and each text says its language, which stands above it."""
    page = compared(browser, f"{served[name]}/{path}", 320)
    for source, translation in page.evaluate(PLACES):
        assert source[3] <= translation[1]
        assert source[0] == translation[0]
    names = page.locator(".side > .tongue")
    assert names.all_inner_texts()[:2] == ["Svenska", "English"]
    assert all(name.is_visible() for name in names.all())
    page.close()


def test_a_link_to_a_section_shows_both_texts(browser: Browser, served: dict[str, str]) -> None:
    """The anchor is the notice's own; the row is marked, and no other."""
    page = compared(browser, f"{served['real']}/compare/sv-en/user/#retention", 1280)
    for title in ("Hur länge sparas dina uppgifter?", "How long is your data kept?"):
        expect(page.get_by_role("heading", name=title)).to_be_in_viewport()
    marks = page.evaluate(
        "[...document.querySelectorAll('.row')].filter("
        "row => getComputedStyle(row, '::before').content !== 'none').map(row => row.id)"
    )
    assert marks == ["retention"]
    page.close()


def test_paper_has_two_columns(browser: Browser, served: dict[str, str]) -> None:
    """A4 is narrower than a screen, and a comparison is one still."""
    page = compared(browser, f"{served['real']}/compare/sv-en/user/", 640)
    page.emulate_media(media="print")
    for source, translation in page.evaluate(PLACES):
        assert source[2] < translation[0]
    page.close()


def test_from_a_notice_to_both_languages_and_back(browser: Browser, served: dict[str, str]) -> None:
    """Without JavaScript, by links whose words say where they lead."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served['real']}/en/users/")
    page.get_by_role("link", name="Svenska + English side by side").click()
    expect(page).to_have_url(f"{served['real']}/compare/sv-en/user/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Svenska och English sida vid sida")
    page.get_by_role("link", name="English: Your data when you use myMMX").click()
    expect(page).to_have_url(f"{served['real']}/en/users/")
    page.get_by_role("link", name="This page as plain text (.txt)").click()
    expect(page).to_have_url(f"{served['real']}/en/users.txt")
    expect(page.locator("pre")).to_contain_text("How long is your data kept?\n------")
    page.context.close()
