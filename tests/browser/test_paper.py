# SPDX-License-Identifier: AGPL-3.0-or-later
"""On paper a notice is a document that stands by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.barriers import paper
from tests.browser.barriers.modes import opened


def test_notices_on_paper_are_documents(browser: Browser, readers: list[str]) -> None:
    """Sheets are numbered, addresses written out, no heading stands alone, nothing leads away."""
    found = []
    with opened(browser) as page:
        for address in readers:
            page.goto(address)
            if not page.locator("article.notice").count():
                continue
            found += [f"{address}: {one}" for one in paper.faults(page) + paper.navigation(page)]
    assert not found, "\n".join(found)


def test_the_margin_says_what_it_is(browser: Browser, served: dict[str, str]) -> None:
    """Every sheet of a published notice bears its address, and its date if it has one."""
    with opened(browser) as page:
        for path in ("real/sv/anvandare/", "real/en/buyers/", "golden/sv/data/"):
            address = f"{served['real'].removesuffix('real')}{path}"
            page.goto(address)
            times = page.locator(".effective time")
            date = times.first.inner_text() if times.count() else ""
            for sheet in paper.sheets(page):
                margin = paper.tight("".join(sheet.margin))
                assert paper.tight(address) in margin, sheet
                assert paper.tight(date) in margin, sheet


LONG = "<p>Ord.</p>" * 60
NUMBERED = "@page { margin: 2.2cm; @bottom-right { content: counter(page) } }"


@pytest.mark.parametrize(
    ("style", "body", "expected"),
    [
        (NUMBERED, LONG, ""),
        ("@page { margin: 2.2cm }", LONG, "sheet 1 has no number"),
        (NUMBERED, "<div style='height: 23.5cm'></div><h2 style='break-after: auto'>Titel</h2>"
         "<p style='break-before: page'>Ord.", "a heading is alone at the foot of sheet 1"),
        (NUMBERED, "<main><a href='https://example.org/x'>x</a></main>", "the address of a link"),
        (NUMBERED, "<nav>Meny</nav>", "navigation on paper, or no address: Meny"),
    ],
)  # fmt: skip
def test_what_is_wrong_on_paper_is_found(
    browser: Browser, served: dict[str, str], style: str, body: str, expected: str
) -> None:
    """The instrument works, for each promise."""
    with opened(browser) as page:
        page.goto(served["real"])
        page.set_content(f"<style>{style}</style>{body}")
        found = paper.faults(page) + paper.navigation(page)
    assert any(one.startswith(expected) for one in found) if expected else found == []
