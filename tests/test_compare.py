# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two languages side by side: which pages there are, what is in their rows, where links lead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import Tag

from notices import settings
from notices.render import Renderer
from notices.settings import SettingsError
from tests.conftest import SITES, Site, matters, one

PAGE = "compare/sv-en/user/index.html"
FILES = {
    "sv/index.md": "# Start\n\n[Läs](user.md)\n",
    "en/index.md": "# Welcome\n\n[Read](user.md)\n",
    "sv/user.md": "---\nslug: anvandare\neffective: 2026-03-01\n---\n\n# Användare\n\nInledning, "
    "se [när](#when).\n\n## Vem? {#who}\n\nSe [start](index.md) och [när](user.md#when).\n\n"
    "### När? {#when}\n\n- Nu.\n{: #list }\n\n## Hur? {#how}\n\nSå. [Listan](#list)\n",
    "en/user.md": "---\nslug: users\neffective: 2026-03-01\n---\n\n# Users\n\nIntroduction, "
    "see [when](#when).\n\n## Who? {#who}\n\nSee [the start](index.md), [when](user.md#when) or "
    "[Swedish](../sv/index.md){hreflang=sv}.\n\n### When? {#when}\n\n- Now.\n{: #list }\n\n"
    "## How? {#how}\n\nSo. [The list](#list)\n",
}
"""Two notices in two languages, with every kind of link inside the site."""


def sides(row: Tag) -> list[tuple[str, list[str]]]:
    """Give the language of each text of a row, and its words, without those of the rows in it."""
    return [
        (str(side["lang"]), list(side.stripped_strings))
        for side in row.find_all(class_="side", recursive=False)
    ]


@pytest.fixture
def built(site: Site) -> Site:
    """Give the site above, built without a fault."""
    assert matters(site.write(FILES).build().findings) == []
    return site


def test_each_row_has_the_source_and_then_its_translation(built: Site) -> None:
    """In reading order, each text with its language by name and by ``lang`` and ``dir``."""
    rows = built.page(PAGE).select(".rows > .row")
    assert [row.get("id") for row in rows] == [None, "who", "how"]
    assert sides(rows[2]) == [
        ("sv", ["Svenska", "Hur?", "Så.", "Listan"]),
        ("en", ["English", "How?", "So.", "The list"]),
    ]
    assert {str(side["dir"]) for side in built.page(PAGE).select(".side")} == {"ltr"}
    assert sides(rows[0])[1][1][:4] == ["English", "Users", "Introduction, see", "when"]


def test_headings_are_those_of_the_notice_below_one_title(built: Site) -> None:
    """One h1; a section's two headings have the rank that they have on its own page."""
    page = built.page(PAGE)
    assert one(page, "html")["lang"] == "sv"
    assert " ".join(one(page, "h1").text.split()) == "Svenska och English sida vid sida"
    assert one(page, "h1 [lang]")["lang"] == "en"
    assert one(page, "title").text == "Användare (Svenska, English)"
    assert [title.text for title in page.select("#who > .side > h2")] == ["Vem?", "Who?"]
    assert [title.text for title in page.select("#who > #when > .side > h3")] == ["När?", "When?"]


def test_both_dates_are_shown_each_in_its_language(built: Site) -> None:
    """As on the notices' own pages."""
    days = [" ".join(day.text.split()) for day in built.page(PAGE).select(".effective")]
    assert days == ["Gäller från och med 1 mars 2026", "In force from March 1, 2026"]


def test_no_id_stands_twice_and_links_within_the_notice_stay_here(built: Site) -> None:
    """They lead to the row; an id in the text is the source's, and the translation's link too."""
    page = built.page(PAGE)
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    listed = one(page, "#list")
    assert listed.find_parent(class_="side")["lang"] == "sv"  # type: ignore[index]
    own = [str(link["href"]) for link in page.select('.side a[href^="#"]')]
    assert own == ["#when", "#when", "#when", "#when", "#list", "#list"]


def test_other_links_lead_to_the_language_of_their_column(built: Site) -> None:
    """The page is in the source language, so those of the other column say theirs."""
    links = built.page(PAGE).select('#who > .side a[href^="."]')
    assert [(link.text, link["href"], link.get("hreflang")) for link in links] == [
        ("start", "../../../sv/", None),
        ("the start", "../../../en/", "en"),
        ("Swedish", "../../../sv/", "sv"),
    ]


def test_the_way_there_and_back(built: Site) -> None:
    """Both pages of a notice link to it and say its language; it links to both."""
    for path, words in (
        ("sv/anvandare/index.html", "Svenska + English sida vid sida"),
        ("en/users/index.html", "Svenska + English side by side"),
    ):
        link = one(built.page(path), '.languages a[href*="compare"]')
        assert (link["href"], link["hreflang"]) == ("../../compare/sv-en/user/", "sv")
        assert " ".join(link.text.split()) == words
    back = built.page(PAGE).select(".opening a")
    assert [(link["href"], link["lang"], link["hreflang"]) for link in back] == [
        ("../../../sv/anvandare/", "sv", "sv"),
        ("../../../en/users/", "en", "en"),
    ]
    assert one(built.page("sv/index.html"), '.languages a[href="../compare/sv-en/"]')


def test_search_engines_leave_it_out(site: Site) -> None:
    """It is no version of a page and no page of its own: noindex, and not in the sitemap."""
    site.address = "https://a.example/privacy"
    assert site.write(FILES).build().is_done
    page = site.page(PAGE)
    assert one(page, 'meta[name="robots"]')["content"] == "noindex"
    assert not page.select('link[rel="canonical"], link[rel="alternate"]')
    assert b"compare" not in site.files()["sitemap.xml"]


def test_only_pairs_with_the_source_that_are_really_there(site: Site) -> None:
    """Not two translations, not a page that shows the source in a missing translation's place."""
    site.severities["notice-missing"] = "warning"
    for tag in ("sv", "en", "de"):
        site.write({f"{tag}/user.md": f"# T {tag}\n"})
    site.write({"sv/more.md": "# Mer\n", "en/more.md": "# More\n", "de/own.md": "# E\n"})
    site.severities["notice-extra"] = "warning"
    assert site.build().is_done
    assert sorted(path for path in site.files() if path.startswith("compare")) == [
        "compare/sv-de/user/index.html",
        "compare/sv-en/more/index.html",
        "compare/sv-en/user/index.html",
    ]
    number = {
        path: len(site.page(path).select('a[href*="compare"]'))
        for path in ("sv/user/index.html", "de/user/index.html", "de/more/index.html")
    }
    assert number == {"sv/user/index.html": 2, "de/user/index.html": 1, "de/more/index.html": 0}


def test_what_a_translation_lacks_or_has_alone(site: Site) -> None:
    """The empty side says so in the page's language; copied words are no translation."""
    copied = "Den här meningen har fler än fyrtio bokstäver och är inte översatt."
    site.write(
        {
            "sv/user.md": f"# T\n\n## A {{#a}}\n\nEtt.\n\n## B {{#b}}\n\nTvå.\n\n## C {{#c}}\n\n"
            f"{copied}\n",
            "en/user.md": "# E\n\n## Own {#own}\n\nText.\n\n## A {#a}\n\nOne.\n\n"
            f"### Other {{#other}}\n\nText.\n\n## C {{#c}}\n\n{copied}\n",
        }
    )
    findings = site.build(lenient=True).findings
    assert not [finding for finding in findings if "compare" in finding.path]
    page = site.page(PAGE)
    assert [row.get("id") for row in page.select(".row")] == [None, "own", "a", "other", "b", "c"]
    assert sides(one(page, "#own"))[0] == (
        "sv",
        ["Svenska", "Originalet har inget sådant avsnitt."],
    )
    for anchor in ("b", "c"):
        missing = sides(one(page, f"#{anchor}"))[1]
        assert missing == ("en", ["English", "Avsnittet är inte översatt än."])
        assert one(page, f"#{anchor} [role=note]")["lang"] == "sv"
    assert not page.select("#a > .side > [role=note]")


def test_a_late_section_says_so(site: Site) -> None:
    """Its source has changed since it was checked; the other sections say nothing."""
    site.write(FILES).review()
    text = FILES["sv/user.md"].replace("Så.", "Så är det.")
    site.severities["section-outdated"] = "warning"
    assert site.write({"sv/user.md": text}).build().is_done
    note = one(site.page(PAGE), ".side > [role=note]")
    assert note.text == "Originalet har ändrats sedan texten översattes."
    assert note["lang"] == "sv"
    assert note.parent["lang"] == "en"  # type: ignore[index]
    assert note.find_parent(id="how")


def test_sections_without_an_id_that_differ_are_not_paired(site: Site) -> None:
    """No row pretends to know; nothing is lost."""
    site.write({"sv/user.md": "# T\n\n## A\n\nEtt.\n", "en/user.md": "# E\n\n## B\n\n### C\n"})
    site.build(lenient=True)
    rows = site.page(PAGE).select(".row")
    alone = "Det går inte att se vilket avsnitt som hör ihop med det här."
    assert [alone in row.text for row in rows] == [False, True, True, True]
    assert [side for row in rows[1:] for side in sides(row) if alone not in side[1]] == [
        ("en", ["English", "B"]),
        ("en", ["English", "C"]),
        ("sv", ["Svenska", "A", "Ett."]),
    ]


def test_right_to_left_beside_left_to_right(site: Site) -> None:
    """Each text runs its own way, whichever is the source."""
    site.content, site.source_language = SITES / "arabic", "ar"
    assert site.build().is_done
    page = site.page("compare/ar-en/privacy/index.html")
    assert (one(page, "html")["lang"], one(page, "html")["dir"]) == ("ar", "rtl")
    first = one(page, "#data").select(".side")
    assert [(side["lang"], side["dir"]) for side in first] == [("ar", "rtl"), ("en", "ltr")]


def test_a_draft_is_compared_in_the_preview_alone(built: Site) -> None:
    """As with its other pages."""
    built.write({"fi/user.md": "# Käyttäjät\n", "fi/language.toml": "draft = true\n"})
    assert "compare/sv-fi/user/index.html" in Renderer(built.catalog(), built.settings).paths()
    assert not any("sv-fi" in path for path in built.files())
    built.build()
    assert not any("sv-fi" in path for path in built.files())


def test_a_site_can_do_without(built: Site) -> None:
    """By a setting: then there is neither page nor link."""
    made = replace(built.settings, compares=False)
    pages = dict(Renderer(built.catalog(), made).files())
    assert not any(path.startswith("compare") for path in pages)
    assert not any(b"compare" in page for path, page in pages.items() if path.endswith(".html"))


def test_the_setting_is_true_or_false(tmp_path: Path) -> None:
    """True where nothing is said; anything else is refused with its name."""
    file = tmp_path / "conf.py"
    for value, wanted in (("True", True), ("False", False)):
        file.write_text(f"THEME = {str(settings.ROOT / 'theme')!r}\nNOTICES_COMPARE = {value}\n")
        assert settings.from_file(file).compares is wanted
    file.write_text(f"THEME = {str(settings.ROOT / 'theme')!r}\n")
    assert settings.from_file(file).compares
    file.write_text(f"THEME = {str(settings.ROOT / 'theme')!r}\nNOTICES_COMPARE = 'no'\n")
    with pytest.raises(SettingsError, match="NOTICES_COMPARE must be True or False"):
        settings.from_file(file)


@pytest.mark.parametrize("template", ["compare", "plain"])
def test_no_notice_can_choose_these_templates(site: Site, template: str) -> None:
    """They are not made for one."""
    site.write({"sv/user.md": f"---\ntemplate: {template}\n---\n\n# T\n"})
    assert [finding.code for finding in site.findings()] == ["template-unknown"]
