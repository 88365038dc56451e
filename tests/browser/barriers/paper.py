# SPDX-License-Identifier: AGPL-3.0-or-later
"""How does a page read on paper? Its lines and margins, as pypdf finds them in the PDF."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader

POINTS_IN_CM = 72 / 2.54


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its lines from top to bottom, and those in its margins."""

    lines: tuple[str, ...]
    margin: tuple[str, ...]


def tight(text: str) -> str:
    """Take white space and soft hyphens out, since a PDF knows little of them."""
    return re.sub(r"[\s\u00ad\u200b\u200e\u200f]+", "", text)


def sheets(page: Page, margin: float = 2.0) -> list[Sheet]:
    """Print a page on A4, and read it; ``margin`` in cm is where no text of the page stands."""
    page.emulate_media(media="null")  # a page that is held in another mode is printed in that
    data = page.pdf(format="A4", prefer_css_page_size=True)
    read = []
    for sheet in PdfReader(BytesIO(data)).pages:
        rows = defaultdict[float, str](str)
        height = float(sheet.mediabox.height)

        def visit(text: str, cm: list[float], tm: list[float], *_: object, rows=rows) -> None:  # type: ignore[no-untyped-def]
            """Keep a piece of text by its height on the sheet."""
            if text.strip():
                rows[round(tm[5] * cm[3] + cm[5])] += text

        sheet.extract_text(visitor_text=visit)
        edge = margin * POINTS_IN_CM
        down = sorted(rows, reverse=True)
        inside = [at for at in down if edge <= at <= height - edge]
        read.append(
            Sheet(
                tuple(rows[at].strip() for at in inside),
                tuple(rows[at].strip() for at in down if at not in inside),
            )
        )
    return read


def faults(page: Page) -> list[str]:
    """Give what keeps a notice on paper from being a document that stands by itself."""
    printed = sheets(page)
    headings = {tight(one) for one in page.locator("h1, h2, h3, h4, h5, h6").all_inner_texts()}
    found = []
    whole = tight("".join(line for sheet in printed for line in sheet.lines))
    for number, sheet in enumerate(printed, start=1):
        if not any(re.search(rf"(?<!\d){number}(?!\d)", line) for line in sheet.margin):
            found.append(f"sheet {number} has no number in its margin {sheet.margin}")
        if sheet.lines and number < len(printed):
            last = tight(sheet.lines[-1])
            if any(last and heading.endswith(last) for heading in headings):
                found.append(f"a heading is alone at the foot of sheet {number}: {sheet.lines[-1]}")
    links = page.locator("main a[href^='http']")
    for link in links.all():
        address = link.get_attribute("href") or ""
        here = page.url.split("/", 3)[2]
        if link.is_visible() and f"//{here}/" not in address and tight(address) not in whole:
            found.append(f"the address of a link is not written out: {address}")
    return found


def at_a_glance(page: Page) -> list[str]:
    """Give what leads elsewhere and is seen in print, and links whose address is not; quickly."""
    seen: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
            "nav, summary, [href='#_main'], [href='#_contents'], .back a, .permalink, main a")]
          .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 1)
          .filter((one) => !one.matches("main a:not([href='#_contents'], .back a, .permalink)")
            || one.origin !== location.origin && one.origin.startsWith("http")
            && !getComputedStyle(one, "::after").content.includes(one.getAttribute("href")))
          .map((one) => `navigation on paper, or no address: ${one.textContent.trim()}`)"""
    )
    return seen


def navigation(page: Page) -> list[str]:
    """Give the same of a page that is on a screen now, and leave it there."""
    page.emulate_media(media="print")
    found = at_a_glance(page)
    page.emulate_media(media="screen")
    return found
