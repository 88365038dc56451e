# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way into a section and back: a list where there is room, a fold on a phone; no script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

CONTENTS = "nav.contents"


@contextmanager
def opened(browser: Browser, address: str, width: int) -> Iterator[Page]:
    """Open a page without JavaScript."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_a_phone_folds_the_contents(browser: Browser, served: dict[str, str]) -> None:
    """The list is behind a summary; a section leads back to it."""
    with opened(browser, f"{served['real']}/sv/anvandare/", 320) as page:
        contents = page.locator(CONTENTS)
        link = contents.get_by_role("link", name="Hur länge sparas dina uppgifter?")
        expect(link).to_be_hidden()
        contents.locator("summary").click()
        link.click()
        expect(page).to_have_url(f"{served['real']}/sv/anvandare/#retention")
        back = page.locator("#retention + .back a")
        expect(back).to_be_visible()
        back.click()
        expect(page.locator("#_contents")).to_be_in_viewport()
        page.keyboard.press("Tab")
        expect(contents.locator("summary")).to_be_focused()


def test_a_wide_screen_shows_the_list(browser: Browser, served: dict[str, str]) -> None:
    """Nothing has to be unfolded, and the list stays beside the text, so nothing leads back."""
    with opened(browser, f"{served['real']}/sv/anvandare/#access-request", 1280) as page:
        contents = page.locator(CONTENTS)
        expect(contents.locator("summary")).to_be_hidden()
        for link in contents.get_by_role("link").all():
            expect(link).to_be_in_viewport()
        assert contents.get_by_role("link").count() == page.locator(".text > section[id]").count()
        expect(page.locator(".back").first).to_be_hidden()


def test_the_section_that_one_jumps_to_is_marked(browser: Browser, served: dict[str, str]) -> None:
    """The mark is a border, so that it is seen in forced colours, too; no other section has it."""
    mark = """name => {
        const style = getComputedStyle(document.querySelector(`#${name} > h2`), "::before");
        return style.content === "none" ? "" : style.borderInlineStartWidth;
    }"""
    page = browser.new_page()
    page.goto(f"{served['real']}/sv/anvandare/#retention")
    assert page.evaluate(mark, "retention") == "4px"
    assert page.evaluate(mark, "rights") == ""
    page.close()
