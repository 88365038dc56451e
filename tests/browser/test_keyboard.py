# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyboard reaches everything in the order of reading, and one always sees where it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.barriers import keyboard
from tests.browser.barriers.modes import ZOOMED, opened


def test_tab_reaches_everything_and_leaves(browser: Browser, readers: list[str]) -> None:
    """Forwards and back, on every page, in a window of 1280 × 1024 px at 400 %."""
    with opened(browser, mode="still", **ZOOMED) as page:
        found = []
        for address in readers:
            page.goto(address)
            found += [f"{address}: {one}" for one in keyboard.walk(page)]
    assert not found, "\n".join(found)


def test_tab_on_a_wide_screen(browser: Browser, kinds: list[str]) -> None:
    """There, too, for one page of each kind."""
    with opened(browser, mode="still") as page:
        found = []
        for address in kinds:
            page.goto(address)
            found += [f"{address}: {one}" for one in keyboard.walk(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("mode", "width"), [("light", 320), ("light", 1280), ("dark", 1280), ("forced", 1280)]
)
def test_the_mark_of_the_focus_is_large_and_clear(
    browser: Browser, kinds: list[str], mode: str, width: int
) -> None:
    """As many pixels as a line of 2 px round the element change, with a contrast of 3 to 1."""
    with opened(browser) as desk, opened(browser, width=width, mode=mode) as page:
        found = []
        for address in kinds:
            page.goto(address)
            found += [f"{address}: {one}" for one in keyboard.marks(page, desk)]
    assert not found, "\n".join(found)


TRAP = """<a href=x>one</a> <a href=y id=t>two</a> <a href=z>three</a><script>
t.addEventListener("keydown", (event) => { if (event.key === "Tab") event.preventDefault(); });
</script>"""


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (TRAP, "Tab: stop 2 is [], not ["),
        ("<a href=x>one</a> <a href=y tabindex=2>two</a>", "Tab: stop 0 is ['1 "),
        ("<a href=x style='position: fixed; top: -99px'>one</a>", "Tab: it is outside the window"),
    ],
)
def test_a_broken_order_is_found(browser: Browser, broken: str, expected: str) -> None:
    """A trap, an order of its own, a stop that nobody sees."""
    with opened(browser) as page:
        page.set_content(broken)
        assert any(one.startswith(expected) for one in keyboard.walk(page)), keyboard.walk(page)


@pytest.mark.parametrize(
    ("style", "is_clear"),
    [
        ("outline: 3px solid black", True),
        ("outline: 0", False),
        ("outline: 1px dotted black", False),
        ("outline: 3px solid #ddd", False),
    ],
)
def test_a_faint_mark_is_found(browser: Browser, style: str, is_clear: bool) -> None:
    """None, one too thin, one too pale."""
    with opened(browser) as desk, opened(browser) as page:
        page.set_content(f"<style>:focus {{ {style} }}</style><br><a href=x>a link of words</a>")
        assert (keyboard.marks(page, desk) == []) is is_clear
