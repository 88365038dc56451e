# SPDX-License-Identifier: AGPL-3.0-or-later
"""No page has a barrier, in any mode, at any size: the questions of `barriers/quick.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.barriers.modes import (
    DOUBLED,
    PAPER,
    SPACED,
    TALL,
    WIDTHS,
    opened,
)
from tests.browser.barriers.quick import QUESTIONS, faults

FLOWING = ("reflow", "order")


def asked(
    browser: Browser,
    readers: list[str],
    *names: str,
    style: str = "",
    height: int = 800,
    width: int = 1280,
    mode: str = "light",
) -> list[str]:
    """Ask every page; give the faults, with the page of each."""
    found = []
    with opened(browser, width=width, height=height, mode=mode) as page:
        for address in readers:
            page.goto(address)
            if style:
                page.add_style_tag(content=style)
            found += [f"{address.split('/', 3)[3]}: {one}" for one in faults(page, *names)]
    return found


def assert_none(found: list[str]) -> None:
    """Say every fault that was found."""
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("mode", "width"),
    [
        *(("light", width) for width in WIDTHS),
        ("dark", 1280),
        ("forced", 768),
        ("forced-dark", 320),
        ("still", 1280),
    ],
)
def test_no_barrier_in_any_mode(
    browser: Browser, readers: list[str], kinds: list[str], mode: str, width: int
) -> None:
    """Every quick question but the size of targets, of every page at each width and each colour.

    What depends on colours that a reader forces, or on motion, is asked of one page of each kind.
    """
    names = [name for name in QUESTIONS if name != "targets"]
    asked_of = readers if mode in ("light", "dark") else kinds
    assert_none(asked(browser, asked_of, *names, width=width, mode=mode))


def test_no_barrier_on_paper(browser: Browser, readers: list[str]) -> None:
    """Text fits an A4 between its margins, in black on white. A letter's address has its place."""
    assert_none(asked(browser, readers, "reflow", "contrast", width=PAPER, mode="print"))


@pytest.mark.parametrize("width", WIDTHS)
def test_targets_are_large(browser: Browser, readers: list[str], width: int) -> None:
    """A link or control that is not in a sentence can be hit in a square of 44 px."""
    assert_none(asked(browser, readers, "targets", width=width, height=TALL))


def test_zoomed_to_400_percent(browser: Browser, readers: list[str]) -> None:
    """A screen of 1280 × 1024 px at 400 %: nothing scrolls sideways, the focus is seen."""
    assert_none(asked(browser, readers, *FLOWING, "focus", width=320, height=256))


@pytest.mark.parametrize("width", WIDTHS)
def test_text_may_be_spaced(browser: Browser, readers: list[str], width: int) -> None:
    """With the spacing of WCAG 1.4.12 nothing is cut off, covered or beside the window."""
    assert_none(asked(browser, readers, *FLOWING, style=SPACED, width=width))


@pytest.mark.parametrize("width", WIDTHS[1:])
def test_letters_may_be_twice_as_large(browser: Browser, readers: list[str], width: int) -> None:
    """With letters alone at 200 %, WCAG 1.4.4 and 1.4.8, the same."""
    assert_none(asked(browser, readers, *FLOWING, style=DOUBLED, width=width))


LONG = "Ord som är många och ganska vanliga. " * 20
HIDDEN = "overflow: hidden; white-space: nowrap"
COLUMN = "display: flex; flex-direction: column-reverse"
ROW = "display: flex; flex-direction: row-reverse"
BROKEN = {
    "reflow: the page is": "<div style='inline-size: 2000px'>x</div>",
    "reflow: text stands outside": "<p style='position: relative; right: 50px'>x y z",
    "reflow: text is cut off, or scrolls sideways": f"<p style='{HIDDEN}'>{LONG}",
    "reflow: text is cut off below": f"<p style='overflow: hidden; block-size: 3em'>{LONG}",
    "reflow: it is wider": "<svg style='inline-size: 5000px; display: block'></svg>",
    "reflow: body > p “one": "<p>one<p style='margin-block-start: -2.2em'>two",
    "contrast: contrast 4": "<p style='color: #767676'>x",
    "contrast: its contrast cannot": "<p style='opacity: 0.9'>x",
    "contrast: a link in a sentence": "<p>Some words <a href=x style='text-decoration: none'>x</a>",
    "order: body > div > p “one": f"<div style='{COLUMN}'><p>two<p>one</div>",
    "order: body > div > b “two": f"<div style='{ROW}'><b>one</b><b>two</b>",
    "still: <script>": "<script></script>",
    "still: it moves:": "<style>@keyframes a {to {color: red}} p {animation: a 9s}</style><p>x",
    "words: not exactly one h1": "<h1>x</h1>",
    "words: a level is skipped": "<h3>x</h3>",
    "words: an empty heading": "<h2></h2>",
    "words: a section without": "<section>x</section>",
    "presentation: justified": f"<p style='text-align: justify'>{LONG}",
    "presentation: a line of": f"<div style='inline-size: 60em'>{LONG}",
    "presentation: lines are": f"<p style='line-height: 1.3'>{LONG}",
    "presentation: paragraphs are": "<p>One.<p style='margin-block-start: -0.8em'>Two.",
    "focus: no clear mark": "<a href=x style='outline: 0'>x</a>",
    "focus: the focus is outside": "<a href=x style='position: absolute; top: -99px'>x</a>",
    "focus: the focus is covered": "<a href=x>x</a><b style='position: fixed; inset: 0'></b>",
    "focus: it is out of the order": "<a href=x tabindex=1>x</a>",
    "targets: ": "<p><a href=x>x</a>",
}
"""What each question has to find, and a part of a page with that barrier."""

WHOLE = """<!doctype html><html lang=en dir=ltr><title>x</title><style>
body { font: 18px/1.6 serif; margin: 1em } p { margin-block: 0 1em; max-inline-size: 60ch }
:focus-visible { outline: 3px solid black; outline-offset: 2px } b { min-inline-size: 3em }
</style><h1>Title</h1>"""


def test_a_page_without_barriers_has_no_faults(browser: Browser) -> None:
    """The page that the broken ones are made of has none; a link in a sentence may be small."""
    with opened(browser, height=TALL) as page:
        page.set_content(f"{WHOLE}<p>{LONG}<p>Some words and <a href=x>a link</a> in them.")
        assert faults(page) == []


@pytest.mark.parametrize("expected", BROKEN)
def test_each_question_finds_its_barrier(browser: Browser, expected: str) -> None:
    """The instrument works: each fault is found where it is."""
    name = expected.split(":")[0]
    with opened(browser, height=TALL if name == "targets" else 800) as page:
        page.set_content(WHOLE + BROKEN[expected])
        assert any(one.startswith(expected) for one in faults(page, name)), faults(page, name)


def test_what_depends_on_the_mode_is_found(browser: Browser, tmp_path: Path) -> None:
    """A bright page in the dark, letters of no colour of the system's, motion that was declined."""
    with opened(browser, mode="dark") as page:
        page.set_content(WHOLE + "<style>body { background: #fff; color: #000 }</style>")
        assert "contrast: the page is bright in the dark scheme" in faults(page, "contrast")
    with opened(browser, mode="forced") as page:
        page.set_content(WHOLE + "<p style='forced-color-adjust: none; color: #ddd'>x")
        assert any("forced colours" in one for one in faults(page, "contrast"))
    with opened(browser, mode="still") as page:
        page.set_content(WHOLE + "<style>html { scroll-behavior: smooth }</style>")
        assert any("less motion" in one for one in faults(page, "still"))
    with opened(browser, mode="print") as page:
        page.set_content(WHOLE + "<style>body { background: #ddd }</style>")
        assert "contrast: the page is not white on paper" in faults(page, "contrast")
