# SPDX-License-Identifier: AGPL-3.0-or-later
"""The policy works in a browser: what a page brings along is shown, what is added is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

PAPER = "rgb(251, 250, 246)"
NO_STYLE = "rgba(0, 0, 0, 0)"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page of its own, light."""
    opened = browser.new_page(color_scheme="light")
    yield opened
    opened.close()


def changed(page: Page, address: str, change: Callable[[str], str]) -> list[str]:
    """Open a page whose bytes were changed on the way; give what the console said."""
    said: list[str] = []

    def answer(route: Route) -> None:
        answer = route.fetch()
        before = answer.text()
        after = change(before)
        assert after != before or change is _same
        route.fulfill(response=answer, body=after)

    page.on("console", lambda message: said.append(message.text))
    page.route(address, answer)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return said


def _same(text: str) -> str:
    return text


def ground(page: Page) -> str:
    """Give the colour of the page's ground."""
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_a_page_as_it_was_built_has_its_style(page: Page, served: dict[str, str]) -> None:
    """And nothing to complain about."""
    assert changed(page, f"{served['real']}/sv/", _same) == []
    assert ground(page) == PAPER


def test_one_changed_byte_loses_the_style(page: Page, served: dict[str, str]) -> None:
    """The hash is of the very bytes."""
    said = changed(page, f"{served['real']}/sv/", lambda text: text.replace("--gap: 1", "--gap: 2"))
    assert ground(page) == NO_STYLE
    assert len(said) == 1 and "style-src" in said[0]


@pytest.mark.parametrize(
    ("added", "directive"),
    [
        ("<script>document.title = 'taken'</script>", "script-src"),
        ("<script src='/taken.js'></script>", "script-src"),
        ("<style>html { background: red }</style>", "style-src"),
        ("<p style='color: red' id='taken'>x</p>", "style-src"),
        ("<img src='https://other.example/x.png' alt=''>", "img-src"),
        ("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' alt=''>", "img-src"),
        ("<iframe src='/real/en/' title='x'></iframe>", "default-src"),
        ("<link rel='stylesheet' href='/taken.css'>", "style-src"),
        ("<video src='/taken.webm'></video>", "media-src"),
    ],
)
def test_whatever_is_added_is_refused(
    page: Page, served: dict[str, str], added: str, directive: str
) -> None:
    """Scripts, styles, frames and other hosts' images, in whatever way they came in."""
    answered: list[str] = []
    page.on("response", lambda response: answered.append(response.url))
    address = f"{served['real']}/sv/"
    said = changed(page, address, lambda text: text.replace("</main>", f"{added}</main>"))
    assert any(directive in message for message in said), said
    assert [url for url in answered if not url.endswith("/favicon.svg")] == [address]
    assert page.title() != "taken"
    assert ground(page) == PAPER


def test_a_picture_of_the_site_itself_is_shown(page: Page, served: dict[str, str]) -> None:
    """Editors publish theirs in files/, and the policy allows them."""
    page.goto(f"{served['golden']}/sv/data/")
    widths = page.evaluate("[...document.images].map(image => image.naturalWidth)")
    assert widths and all(widths)


def test_paper_has_its_own_style(page: Page, served: dict[str, str]) -> None:
    """Print rules stand in the same element, and so pass, too."""
    page.goto(f"{served['real']}/sv/anvandare/")
    page.emulate_media(media="print")
    assert ground(page) == "rgb(255, 255, 255)"
    assert page.locator(".contents").is_hidden()
