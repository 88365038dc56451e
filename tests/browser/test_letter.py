# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters as they leave the printer, and as they lie in the envelope.

The measures are those of ``theme/static/css/letter.css``, which names their sources: in mm, from
the upper left corner of the sheet, or of the envelope.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from notices import hooks, settings
from tests import chromium

MM: Final = 96 / 25.4
SHEET: Final = (210, 297)
MARGIN: Final = (25, 20)
"""The left and upper margin of the printed page; the rest is seen through a viewport."""
VIEWPORT: Final = (round((210 - 2 * 25) * MM), round((297 - 20 - 15) * MM))
SLIP: Final = (229 - 210, 162 - 297 / 2)
"""How much smaller than a C5 envelope a sheet is that has been folded once."""
LARGE: Final = "--blink-settings=minimumFontSize=29"
"""Twice the size of a letter's text, 11 pt."""
RECTANGLES: Final = """() => {
  const rectangle = r => [r.left, r.top, r.right, r.bottom];
  const address = document.querySelector("h1 + .address");
  const others = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const told = document.createRange();
  const inside = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.data.trim()) continue;
    told.selectNodeContents(walker.currentNode);
    const found = [...told.getClientRects()].filter(r => r.width).map(rectangle);
    (address.contains(walker.currentNode) ? inside : others).push(...found);
  }
  for (const blank of document.querySelectorAll(".blank"))
    (address.contains(blank) ? inside : others).push(rectangle(blank.getBoundingClientRect()));
  return {address: rectangle(address.getBoundingClientRect()), inside, others};
}"""
REAL: Final = (
    "sv/anvandare-registerutdrag",
    "sv/kopare-registerutdrag",
    "en/users-request-for-extract",
    "en/buyers-request-for-extract",
)


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        """Tell whether all of another rectangle is inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def meets(self, other: Box) -> bool:
        """Tell whether any of another rectangle is inside."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


WINDOW: Final = Box(15, 44, 15 + 105, 44 + 35)
SHIFTS: Final = [(SLIP[0] * x / 4, SLIP[1] * y / 4) for x in range(5) for y in range(5)]


class Laid(NamedTuple):
    """A letter on paper: its address, what that holds, and all else, on the sheet."""

    address: Box
    inside: list[Box]
    others: list[Box]


def laid(page: Page) -> Laid:
    """Lay out a page as on paper."""
    page.set_viewport_size({"width": VIEWPORT[0], "height": VIEWPORT[1]})
    page.emulate_media(media="print")
    found = page.evaluate(RECTANGLES)

    def on_sheet(box: list[float]) -> Box:
        x, y = MARGIN
        left, top, right, bottom = (side / MM for side in box)
        return Box(left + x, top + y, right + x, bottom + y)

    inside, others = ([on_sheet(box) for box in found[kind]] for kind in ("inside", "others"))
    return Laid(on_sheet(found["address"]), inside, others)


def is_well_placed(letter: Laid) -> bool:
    """Tell whether all of the address, and nothing else, is in the window wherever the sheet lies.

    Only what is above the fold can show.
    """
    for x, y in SHIFTS:
        seen = Box(WINDOW.left - x, WINDOW.top - y, WINDOW.right - x, WINDOW.bottom - y)
        if not all(map(seen.holds, [letter.address, *letter.inside])):
            return False
        if any(map(seen.meets, letter.others)):
            return False
    return bool(letter.inside and letter.others)


def printed(page: Page) -> PdfReader:
    """Print a page as a browser does, on the paper that its style asks for."""
    page.emulate_media(media=None)
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def assert_is_one_sheet(pdf: PdfReader) -> None:
    """See that a PDF is one page of A4."""
    (sheet,) = pdf.pages
    points = [round(mm * 72 / 25.4) for mm in SHEET]
    assert [round(float(side)) for side in sheet.mediabox[2:]] == points


@pytest.fixture(scope="module")
def enlarging(browser: Browser) -> Iterator[Browser]:
    """Give a browser whose reader wants no letters under a large size."""
    started = browser.browser_type.launch(
        executable_path=chromium.EXECUTABLE, args=[*chromium.ARGUMENTS, LARGE]
    )
    yield started
    started.close()


@pytest.mark.parametrize("path", REAL)
def test_a_letter_is_one_sheet_for_a_window_envelope(
    browser: Browser, served: dict[str, str], path: str
) -> None:
    """The address shows, nothing else does, and there is nothing but the letter."""
    page = browser.new_page()
    page.goto(f"{served['real']}/{path}/")
    pdf = printed(page)
    assert_is_one_sheet(pdf)
    assert is_well_placed(laid(page))
    letter = page.locator("article.letter").inner_text()
    assert sorted(pdf.pages[0].extract_text().split()) == sorted(letter.split())
    page.close()


def test_what_is_measured_is_what_is_printed(browser: Browser, served: dict[str, str]) -> None:
    """The title is on the PDF where the browser has laid it: the margins are those assumed."""
    page = browser.new_page()
    page.goto(f"{served['real']}/{REAL[1]}/")
    places = []

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.startswith("Begäran om"):
            x, y = (tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
            places.append((x / 72 * 25.4, SHEET[1] - y / 72 * 25.4))

    printed(page).pages[0].extract_text(visitor_text=note)
    ((x, baseline),), title = places, min(laid(page).others, key=lambda box: box.top)
    assert x == pytest.approx(title.left, abs=0.5)
    assert title.top < baseline < title.bottom < title.top + 10
    page.close()


@pytest.mark.parametrize("path", REAL)
def test_large_letters_do_not_move_the_address(
    enlarging: Browser, served: dict[str, str], path: str
) -> None:
    """Where a reader wants all text twice as large, too."""
    page = enlarging.new_page()
    page.goto(f"{served['real']}/{path}/")
    assert_is_one_sheet(printed(page))
    assert is_well_placed(laid(page))
    sizes = page.evaluate("getComputedStyle(document.querySelector('.field')).fontSize")
    assert sizes == "29px", "the browser does as its reader wishes"
    page.close()


@pytest.mark.parametrize(
    "fault",
    [
        "h1 + .address { position: static !important; }",
        "h1 + .address { inset-block-start: 30mm !important; }",
        "h1 + .address { inset-inline-start: 10mm !important; }",
        ".letter { padding-block-start: 40mm !important; }",
        "h1 + .address + .field { inset-block-start: 40mm; position: absolute !important; }",
        "h1 + .address { font-size: 40pt !important; }",
    ],
)
def test_a_letter_out_of_place_is_seen(
    browser: Browser, served: dict[str, str], fault: str
) -> None:
    """The instrument works."""
    page = browser.new_page()
    page.goto(f"{served['real']}/{REAL[1]}/")
    page.add_style_tag(content=fault)
    assert not is_well_placed(laid(page))
    page.close()


def letter_page(browser: Browser, folder: Path, lang: str, address: list[str], text: str) -> Page:
    """Build a site with one letter, and open that."""
    content = folder / "content"
    shutil.rmtree(content, ignore_errors=True)
    (content / lang).mkdir(parents=True)
    lines = ", ".join(f'"{line}"' for line in address)
    (content / "organisation.toml").write_text(f"receiver = [{lines}]\n", encoding="utf-8")
    (content / lang / "letter.md").write_text(
        f"---\ntemplate: letter\n---\n\n# A title of a letter\n\n[[receiver]]\n\n{text}\n",
        encoding="utf-8",
    )
    made = settings.for_site(
        settings.from_file(), content=content, source_language=lang, output=folder / "output"
    )
    assert hooks.build(made).is_done
    page = browser.new_page()
    page.goto((folder / "output" / lang / "letter" / "index.html").as_uri())
    return page


LINE: Final = "The Authority for Hearing and for Aids"


@pytest.mark.parametrize("lang", ["sv", "ar"])
@pytest.mark.parametrize(
    "address",
    [
        ["Name", "Street 1"],
        [f"{LINE} in the Northern Region", "Box 1", "Street 1", "123 45 Town"],
        [LINE, "Unit for Aids", "Att: DPO", "Street 1", "123 45 Town"],
        [f"{LINE} in the Northern Region", "Unit", "Att: DPO", "House", "Street 1", "Town"],
        [LINE, "Unit", "Att: DPO", "House", "Street 1", "123 45 Town", "Country"],
    ],
    ids=len,
)
@pytest.mark.parametrize("size", ["ordinary", "large"])
def test_a_long_address_stays_in_the_window(
    browser: Browser, enlarging: Browser, tmp_path: Path, address: list[str], lang: str, size: str
) -> None:
    """Up to seven lines, as they are wrapped; on the left from right to left, too."""
    chosen = enlarging if size == "large" else browser
    page = letter_page(chosen, tmp_path, lang, address, "A text.\n\nName: ____")
    assert_is_one_sheet(printed(page))
    assert is_well_placed(laid(page))
    page.close()


def test_a_letter_with_too_much_text_has_a_second_page(browser: Browser, tmp_path: Path) -> None:
    """Nothing is cut off, and the address stays where it is."""
    text = "\n\n".join(f"Paragraph {number} of a letter that is too long." for number in range(40))
    page = letter_page(browser, tmp_path, "sv", ["Name", "Street 1"], text)
    pdf = printed(page)
    assert len(pdf.pages) == 2
    assert "Paragraph 39" in pdf.pages[1].extract_text()
    assert is_well_placed(laid(page))
    page.close()
