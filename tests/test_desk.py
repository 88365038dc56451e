# SPDX-License-Identifier: AGPL-3.0-or-later
"""Another organisation's notices, in three languages, from the first check to their readers."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from tests.conftest import SITES, one
from tests.guides import Reader
from tests.projects import committed, copied

STORY = (SITES / "library" / "README.md").read_text(encoding="utf-8")
SITE = "https://libraries.example/privacy"


def test_a_folder_goes_through_the_desk(tmp_path: Path) -> None:
    """Follow the story to the letter, and look at what readers get in the end."""
    Reader(committed(copied(tmp_path / "project")), tmp_path).follow(STORY)
    public = tmp_path / "public" / "current"
    every_language_says_the_same_at_the_same_place(public)
    what_the_organisation_owns_is_there(public)
    readers_meet_no_draft(public)


def page(public: Path, path: str) -> BeautifulSoup:
    """Read a published page."""
    return BeautifulSoup((public / path).read_text(encoding="utf-8"), "html.parser")


def every_language_says_the_same_at_the_same_place(public: Path) -> None:
    """See the mended texts, each in its language and direction, with links to the very section."""
    said = {"en": ("ltr", "4 weeks"), "fi": ("ltr", "4 viikon"), "ar": ("rtl", "4 أسابيع")}
    for lang, (direction, words) in said.items():
        notice = page(public, f"{lang}/members/index.html")
        html = one(notice, "html")
        assert (html["lang"], html["dir"]) == (lang, direction)
        section = one(notice, "#retention")
        assert words in section.get_text()
        for other in said.keys() - {lang}:
            assert one(section, f'a[hreflang="{other}"]')["href"] == (
                f"../../{other}/members/#retention"
            )
    names = page(public, "ar/visitors/index.html").select_one("#names")
    assert names
    assert "من دون أن تخبرنا" in names.get_text()


def what_the_organisation_owns_is_there(public: Path) -> None:
    """See its name in each language, its colour, and the words that it explains."""
    for lang, name in {"fi": "Kirjastoyhdistys", "ar": "جمعية المكتبات"}.items():
        notice = page(public, f"{lang}/members/index.html")
        assert name in one(notice, "title").get_text()
        assert "#1a575a" in one(notice, "style").get_text()
    assert "من يقرر لماذا" in page(public, "ar/members/index.html").get_text()
    link = one(page(public, "fi/visitors/index.html"), 'a[href="../members/#parties"]')
    assert link.get_text() == "miten saat meihin yhteyden"


def readers_meet_no_draft(public: Path) -> None:
    """See neither the notice nor the language that were begun, at no address, on no list."""
    files = {file.relative_to(public).as_posix() for file in public.rglob("*") if file.is_file()}
    assert "ar/members/index.html" in files
    assert not [file for file in files if file.startswith(("so/", "compare/en-so"))]
    assert not [file for file in files if "talks" in file]
    for file in files:
        content = (public / file).read_bytes()
        assert b"talks" not in content, file
    sitemap = (public / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{SITE}/ar/visitors/</loc>" in sitemap
    assert 'hreflang="so"' not in sitemap
