# SPDX-License-Identifier: AGPL-3.0-or-later
"""`./run language TAG`: a draft that has every section and id, and blocks nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notices import checks, drafting, settings
from notices.settings import SettingsError
from tests.conftest import Site

SOURCE = """\
---
slug: anvandare
effective: 2026-03-01
---

# Titel

En inledning som har fler än tolv ord, så att den märks när den inte är översatt.

## Vem ansvarar?

Texten har fler än tolv ord, så att den märks när ingen har översatt den än.

Sättning
--------

Se [rätt](user.md#rights) och [engelska](../en/user.md#rights){hreflang=en}.

## Rätt {#rights}

Text.
"""


@pytest.fixture
def sourced(site: Site) -> Site:
    """Give a site in one language, with catalogs of its own."""
    shutil.copytree(settings.ROOT / "translations", site.folder / "translations")
    site.translations = site.folder / "translations"
    return site.write(
        {"sv/user.md": SOURCE.replace(" och [engelska](../en/user.md#rights){hreflang=en}", "")}
    )


@pytest.mark.parametrize("tag", ["fi", "pt-BR", "zh-Hant", "ar", "fit"])
def test_a_draft_has_every_section_and_id(sourced: Site, tag: str) -> None:
    """Any tag: the notice, its outline with ids, its catalog, and no finding that blocks."""
    drafting.add_language(tag, sourced.settings)
    notices = sourced.catalog().notices["user"]
    assert [s.anchor for s in notices[tag].sections] == [s.anchor for s in notices["sv"].sections]
    assert all(section.given for section in notices[tag].sections)
    assert notices[tag].slug == ""
    assert notices[tag].effective == notices["sv"].effective
    assert {f.severity for f in sourced.findings() if f.path.startswith(f"content/{tag}")} == {
        "warning"
    }
    assert (sourced.translations / tag / "LC_MESSAGES" / "messages.po").is_file()


def test_a_draft_does_not_change_the_published_site(sourced: Site) -> None:
    """The other languages' pages are the same, byte for byte."""
    sourced.build()
    before = sourced.files()
    drafting.add_language("fi", sourced.settings)
    work = sourced.build()
    assert work.is_done
    assert [finding.code for finding in work.findings] == ["heading-without-id"] * 2
    assert sourced.files() == before


def test_a_draft_that_nobody_translated_cannot_be_published_unseen(sourced: Site) -> None:
    """Once it is no draft, each section in the source's words is found."""
    drafting.add_language("fi", sourced.settings)
    (sourced.content / "fi" / "language.toml").unlink()
    found = [(f.code, f.line) for f in sourced.findings() if f.path.endswith("fi/user.md")]
    assert found == [("section-untranslated", 5), ("section-untranslated", 9)]


@pytest.mark.parametrize(("tag", "said"), [("finnish", "no language tag"), ("SV", "already there")])
def test_a_language_that_cannot_be_added(sourced: Site, tag: str, said: str) -> None:
    """A tag that is none, or is there, changes nothing."""
    before = sorted(sourced.folder.rglob("*"))
    with pytest.raises(SettingsError, match=said):
        drafting.add_language(tag, sourced.settings)
    assert sorted(sourced.folder.rglob("*")) == before


def test_a_link_to_nowhere_is_there_already(sourced: Site) -> None:
    """Nothing can take its name, and nothing half made stays behind."""
    (sourced.content / "pl").symlink_to("nowhere")
    with pytest.raises(SettingsError, match="already there"):
        drafting.add_language("pl", sourced.settings)
    assert not (sourced.content / ".pl.unfinished").exists()


def test_a_half_made_draft_is_made_anew(sourced: Site) -> None:
    """What a killed run left is no language, and does not stand in the way."""
    left: Path = sourced.content / ".fi.unfinished"
    left.mkdir()
    (left / "user.md").write_text("x", encoding="utf-8")
    drafting.add_language("fi", sourced.settings)
    assert not left.exists()
    assert (sourced.content / "fi" / "user.md").is_file()


def test_no_other_language_gets_an_empty_catalog(sourced: Site) -> None:
    """For one that is published that would be an error in every word; the new one is a draft."""
    sourced.write({"fi/user.md": SOURCE.replace("{hreflang=en}", "").replace("../en/", "")})
    drafting.add_language("ar", sourced.settings)
    assert (sourced.translations / "ar").is_dir()
    assert not (sourced.translations / "fi").exists()
    found = checks.run(sourced.catalog(), sourced.settings)
    assert not [one for one in found if one.code == "interface-incomplete" and "/fi/" in one.path]


def test_a_broken_catalog_stops_before_anything_is_made(sourced: Site) -> None:
    """The file and line are named, and a second try finds the folder as it was."""
    file = sourced.translations / "sv" / "LC_MESSAGES" / "messages.po"
    file.write_text(file.read_text(encoding="utf-8") + "<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"messages\.po:\d+: "):
        drafting.add_language("fi", sourced.settings)
    assert not (sourced.content / "fi").exists()


def test_a_source_that_cannot_be_read_is_not_left_out_in_silence(sourced: Site) -> None:
    """A language with a notice less would be noticed much later."""
    sourced.write({"sv/other.md": b"\xff"})
    with pytest.raises(SettingsError, match=r"content/sv/other\.md cannot be read"):
        drafting.add_language("fi", sourced.settings)


def test_a_heading_that_has_braces_keeps_what_they_say(sourced: Site) -> None:
    """The id joins the language."""
    sourced.write({"sv/other.md": "# T\n\n## Heading {lang=en}\n"})
    drafting.add_language("fi", sourced.settings)
    text = (sourced.content / "fi" / "other.md").read_text(encoding="utf-8")
    assert "## Heading {#heading lang=en}" in text
