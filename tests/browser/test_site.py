# SPDX-License-Identifier: AGPL-3.0-or-later
"""The finished pages as a reader meets them."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect


def test_a_reader_finds_their_section_in_their_language(
    browser: Browser, served: dict[str, str]
) -> None:
    """Without JavaScript: from / to the notice, its section, and the same section in English."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served['real']}/")
    page.get_by_role("link", name="Dina uppgifter när du använder myMMX").click()
    expect(page).to_have_url(f"{served['real']}/sv/anvandare/")
    page.get_by_role("navigation", name="Innehåll").get_by_role(
        "link", name="Hur länge sparas dina uppgifter?"
    ).click()
    expect(page).to_have_url(f"{served['real']}/sv/anvandare/#retention")
    section = page.locator("section#retention")
    expect(section).to_be_in_viewport()
    section.get_by_role("link", name="English: How long is your data kept?").click()
    expect(page).to_have_url(f"{served['real']}/en/users/#retention")
    expect(page.locator("section#retention")).to_be_in_viewport()
    expect(page.locator("section#retention")).to_contain_text("within 4 weeks")
    page.context.close()


def test_the_front_page_takes_each_reader_to_their_text(
    browser: Browser, served: dict[str, str]
) -> None:
    """One choice, two large targets, and the whole card can be pressed."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served['real']}/en/")
    card = page.locator(".choices > li").nth(1)
    box = card.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 10, box["y"] + box["height"] - 10)
    expect(page).to_have_url(f"{served['real']}/en/buyers/")
    page.context.close()


def test_pages_are_quiet_and_ask_nothing_of_other_hosts(
    browser: Browser, readers: list[str]
) -> None:
    """No message on the console; no request but for the page, its icon and pictures."""
    page = browser.new_page()
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    for address in readers:
        page.goto(address)
    page.wait_for_load_state("networkidle")
    host = re.compile(r"http://127\.0\.0\.1:\d+/")
    assert messages == []
    assert all(host.match(url) for url in requests)
    assert {url for url in requests if not url.endswith((".svg", ".png"))} == set(readers)
    page.close()


def test_the_first_tab_skips_to_the_text(browser: Browser, served: dict[str, str]) -> None:
    """The skip link is seen when it has the focus, and works."""
    page = browser.new_page()
    page.goto(f"{served['real']}/sv/anvandare/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Hoppa till texten")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served['real']}/sv/anvandare/#_main")
    page.close()


def test_lines_are_of_a_readable_length(browser: Browser, served: dict[str, str]) -> None:
    """On a wide screen a full line holds 60 to 70 characters."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{served['real']}/en/users/")
    characters = page.evaluate(
        """() => {
          const paragraph = document.querySelector("#access-request .body p");
          const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
          const range = document.createRange(), lines = [0];
          let top, text;
          while ((text = texts.nextNode())) for (let at = 0; at < text.length; at += 1) {
            range.setStart(text, at); range.setEnd(text, at + 1);
            const now = range.getBoundingClientRect().top;
            if (top !== undefined && now > top + 5) lines.push(0);
            top = now; lines[lines.length - 1] += 1;
          }
          return lines.slice(0, -1);
        }"""
    )
    assert len(characters) >= 3
    assert 60 <= sum(characters) / len(characters) <= 70
    page.close()


def test_a_right_to_left_page_begins_at_the_right(browser: Browser, served: dict[str, str]) -> None:
    """The text's edge is the right one, and links in English run from left to right in it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{served['arabic']}/ar/privacy/")
    heading = page.locator("h1").bounding_box()
    contents = page.locator("nav.contents").bounding_box()
    text = page.locator("#data .body").bounding_box()
    assert heading and contents and text
    assert contents["x"] > text["x"]
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.links li a')).direction") == "ltr"
    )
    page.close()
