# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters: their blanks, their pages, and where they are not listed."""

from __future__ import annotations

import time
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from notices.model import Organisation
from notices.render.texts import description
from notices.source import Reader
from notices.source.blanks import Fields
from tests.conftest import Site, one

B = '<span class="blank"></span>'
LETTER = """\
---
template: letter
---

# {title}

[[name]]
[[address]]

{place}: ____

{text}
"""
NOTICE = "# {title}\n\n## S {{#s}}\n\n{text}: [{title}](letter.md)\n"
ORGANISATION = 'name = "A & B"\naddress = ["Gatan 1", "123 45 Orten"]\nemail = "info@example.org"\n'


def html_of(text: str) -> str:
    """Give the HTML of a text."""
    notice, findings = Reader(Organisation("o")).parse(f"# T\n\n{text}\n", "t.md", "t", "sv")
    assert notice and not findings
    return notice.introduction


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("Namn: ___", f'<p class="field"><span>Namn:</span> {B}</p>'),
        ("Namn:______", f'<p class="field"><span>Namn:</span> {B}</p>'),
        ("____", f'<p class="field">{B}</p>'),
        ("Ort: ____ Dag: ____", f'<p class="field"><span>Ort: {B} Dag:</span> {B}</p>'),
        (
            "A: ____\nB: ____",
            f'<p class="field"><span>A:</span> {B}</p><p class="field"><span>B:</span> {B}</p>',
        ),
        (
            "A: ____  \nB: ____",
            f'<p class="field"><span>A:</span> {B}</p><p class="field"><span>B:</span> {B}</p>',
        ),
        ("A: ____\n____", f'<p class="field"><span>A:</span> {B}</p><p class="field">{B}</p>'),
        ("____\n____", f'<p class="address">{B}<br>{B}</p>'),
        ("> ____\n> ____", f'<blockquote><p class="address">{B}<br>{B}</p></blockquote>'),
        ("*Namn*: ____", f'<p class="field"><span><em>Namn</em>:</span> {B}</p>'),
        ("Namn: ____\n{lang=en}", f'<p class="field" lang="en"><span>Namn:</span> {B}</p>'),
        (
            "A: ____\nB: ____\n{#a}",
            f'<p class="field" id="a"><span>A:</span> {B}</p>'
            f'<p class="field"><span>B:</span> {B}</p>',
        ),
        ("Jag, ____, är\n*den* ____ som", f"<p>Jag, {B}, är\n<em>den</em> {B} som</p>"),
        ("Jag\n____\noch", f"<p>Jag\n{B}\noch</p>"),
        ("**Fet: ____**", f"<p><strong>Fet: {B}</strong></p>"),
        ("- Namn: ____", f"<ul><li>Namn: {B}</li></ul>"),
        (
            "- a\n\n    A: ____",
            f'<ul><li><p>a</p><p class="field"><span>A:</span> {B}</p></li></ul>',
        ),
    ],
)
def test_a_blank_is_an_element_without_text(written: str, html: str) -> None:
    """Lines that end in blanks stay lines; blanks within a text stand there."""
    assert html_of(written) == html


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("Namn: __", "<p>Namn: __</p>"),
        ("`____`", "<p><code>____</code></p>"),
        (r"\_\_\_\_", "<p>____</p>"),
        ("a___b och c___", "<p>a___b och c___</p>"),
        ("___stark___", "<p><strong><em>stark</em></strong></p>"),
        ("a\n\n---\n\n***\n\n_ _ _", "<p>a</p><hr><hr><hr>"),
    ],
)
def test_what_only_looks_like_a_blank(written: str, html: str) -> None:
    """Too short, code, escaped, part of a word, emphasis, a rule."""
    assert html_of(written) == html


def test_twenty_thousand_blanks_take_time_in_proportion() -> None:
    """Each paragraph is put in its place without looking for it among the others."""
    root = Element("div")
    for _ in range(20_000):
        SubElement(SubElement(root, "p"), "span", {"class": "blank"})
    md = Markdown()
    md.text = "____"  # type: ignore[attr-defined]
    begun = time.process_time()
    Fields(md).run(root)
    assert [child.get("class") for child in root] == ["field"] * 20_000
    assert time.process_time() - begun < 2


@given(st.text(alphabet="_ a:\n*-é>", max_size=40))
def test_no_text_with_underscores_is_lost(text: str) -> None:
    """Any mixture keeps its letters, and as many of them."""
    notice, _ = Reader(Organisation("o")).parse(f"# T\n\n{text}\n", "t.md", "t", "sv")
    assert notice
    told = "".join(part.title + part.body for part in (notice.opening, *notice.sections))
    assert told.count("é") == text.count("é")


@pytest.fixture
def letters(site: Site) -> Site:
    """Write a notice and a letter, in two languages, without a front page."""
    site.address = "https://a.example"
    site.write(
        {
            "organisation.toml": ORGANISATION,
            "sv/user.md": NOTICE.format(title="Uppgifter", text="Läs vårt brev"),
            "en/user.md": NOTICE.format(title="Your data", text="Read the letter"),
            "sv/letter.md": LETTER.format(title="Brevet", place="Ort", text="Jag begär mer."),
            "en/letter.md": LETTER.format(title="The letter", place="Place", text="I ask."),
        }
    )
    return site


def test_a_letter_is_a_page_in_every_language(letters: Site) -> None:
    """With links to its twins, in the sitemap, reviewed and compared as notices are."""
    assert letters.build().is_done
    page = letters.page("sv/letter/index.html")
    assert [link["href"] for link in page.select(".languages a[lang]")] == ["../../en/letter/"]
    assert "https://a.example/en/letter/" in (letters.output / "sitemap.xml").read_text()
    reviews = letters.review().catalog().reviews["en"]["letter"]
    assert [review.key for review in reviews] == ["letter#"]
    letters.write({"en/letter.md": LETTER.format(title="T", place="P", text="In 9 days. ____")})
    assert "period-differs" in {found.code for found in letters.findings(differences=True)}


def test_a_letter_is_not_listed_among_the_notices(letters: Site) -> None:
    """Not at the site's root, and not on a front page, made or written; other notices are."""
    letters.build()
    doors = letters.page("index.html").select(".door a")
    assert [a.text for a in doors] == ["Uppgifter", "Your data"]
    assert [a.text for a in letters.page("sv/index.html").select("main a")] == ["Uppgifter"]
    letters.write({"sv/index.md": "# Start\n", "en/index.md": "# Home\n"})
    letters.build()
    assert [a.text for a in letters.page("en/index.html").select("ul.choices a")] == ["Your data"]
    for lang in ("sv", "en"):
        file = letters.content / lang / "letter.md"
        file.write_text(file.read_text().replace("template: letter", "template: notice"))
    letters.build()
    assert len(letters.page("en/index.html").select("ul.choices a")) == 2


def test_a_letter_is_a_sheet_below_its_instructions(letters: Site) -> None:
    """The address follows the title, fields follow it, and the page says how to post it."""
    letters.build()
    page = letters.page("en/letter/index.html")
    sheet = one(page, "main > article.letter")
    assert one(sheet, "h1").text == "The letter"
    assert one(sheet, "h1 + p.address").get_text("|") == "A & B|Gatan 1|123 45 Orten"
    assert one(sheet, "p.field").text.strip() == "Place:"
    assert len(one(page, "main > aside.posting").select("li")) == 4
    assert page.select("aside + article") and not page.select("nav.contents")
    assert "A letter to print" in one(page, "aside h2").text
    assert "Ett brev att skriva ut" in one(letters.page("sv/letter/index.html"), "aside h2").text


def test_a_letter_is_described_by_its_text(letters: Site) -> None:
    """And not by its address or its fields."""
    letter = letters.catalog().notices["letter"]["en"]
    assert letter.is_letter and description(letter) == "I ask."
    assert not letters.catalog().notices["user"]["en"].is_letter
