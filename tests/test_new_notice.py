# SPDX-License-Identifier: AGPL-3.0-or-later
"""`./run notice NAME`: a draft with the same sections in every language, or nothing at all."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from notices import drafting, settings
from notices.drafting.models import MODEL_FILE
from notices.folder import NoContentError
from notices.settings import SettingsError
from tests.conftest import Site
from tests.test_draft_texts import DRAFT, PUBLISHED

ASKED = {
    "13(1)(a), (b)": "parties",
    "13(1)(c)": "purposes",
    "13(1)(c), (d)": "legal-basis",
    "13(1)(e)": "recipients",
    "13(1)(f)": "transfers",
    "13(2)(a)": "retention",
    "13(2)(b), (c)": "rights",
    "13(2)(d)": "complaint",
    "13(2)(e)": "obligation",
    "13(2)(f)": "automated-decisions",
    "14(1)(d)": "data",
    "14(2)(f)": "sources",
}
"""The section for each thing of which the GDPR wants people told."""

MODELS = sorted((settings.ROOT / "translations").glob(f"*/{MODEL_FILE}"))
BRACKETS = {"en": "[insert ", "sv": "[infoga "}


@pytest.fixture
def sourced(site: Site) -> Site:
    """Give a site in Swedish, English and Arabic, with catalogs and models of its own."""
    shutil.copytree(settings.ROOT / "translations", site.folder / "translations")
    site.translations = site.folder / "translations"
    return site.write(PUBLISHED)


def everything(site: Site) -> dict[str, bytes]:
    """Give every file of the content, and every folder."""
    found = sorted(site.content.rglob("*"))
    return {str(one): one.read_bytes() if one.is_file() else b"" for one in found}


@pytest.mark.parametrize("model", MODELS, ids=lambda file: file.parent.name)
def test_a_model_asks_for_all_that_the_law_does(model: Path) -> None:
    """Each point of articles 13 and 14 has its section, in which something is to be filled in.

    In the rights, they are told; which of them hold is to be filled in.
    """
    parts = re.split(r"^##+ .* \{#([a-z-]+)\}$", model.read_text(encoding="utf-8"), flags=re.M)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert sections.keys() == {"in-short", "contact", *ASKED.values()}
    bracket = BRACKETS[model.parent.name]
    assert bracket in parts[0]
    for anchor, text in sections.items():
        assert bracket in text, anchor


def test_a_notice_is_a_draft_in_every_language(sourced: Site) -> None:
    """The same ids in all, each in its own words or the source's; nothing blocks."""
    told = drafting.add_notice("jobs", sourced.settings)
    assert len(told) == 5
    texts = sourced.catalog().notices["jobs"]
    assert list(texts) == ["sv", "ar", "en"]
    outlines = {tuple(part.anchor for part in text.parts) for text in texts.values()}
    assert len(outlines) == 1
    assert all(text.draft for text in texts.values())
    assert [text.opening.title[:4] for text in texts.values()] == ["Dina", "Dina", "Your"]
    assert {one.severity for one in sourced.findings(words=True)} <= {"warning"}
    untranslated = [one.path for one in sourced.findings() if one.code == "section-untranslated"]
    assert len(untranslated) >= len(ASKED)
    assert set(untranslated) == {"content/ar/jobs.md"}


def test_a_draft_is_clean_but_for_what_is_to_be_filled_in(sourced: Site) -> None:
    """In the languages that have a model, no check finds a fault in it, not even of agreement."""
    shutil.rmtree(sourced.content / "ar")
    drafting.add_notice("jobs", sourced.settings)
    file = sourced.content / "sv" / "jobs.md"
    file.write_text(file.read_text(encoding="utf-8").removeprefix(DRAFT), encoding="utf-8")
    found = sourced.findings(differences=True, words=True)
    assert {one.code for one in found} == {"placeholder-left"}
    for lang in ("sv", "en"):
        text = (sourced.content / lang / "jobs.md").read_text(encoding="utf-8")
        of_lang = [one for one in found if one.path == f"content/{lang}/jobs.md"]
        assert len(of_lang) == text.count(BRACKETS[lang]), "each bracket is found"


def test_a_published_site_stays_as_it_is(sourced: Site) -> None:
    """Byte for byte; until the one line is removed."""
    sourced.build()
    before = sourced.files()
    drafting.add_notice("jobs", sourced.settings)
    assert sourced.build().is_done
    assert sourced.files() == before
    file = sourced.content / "sv" / "jobs.md"
    file.write_text(file.read_text(encoding="utf-8").removeprefix(DRAFT), encoding="utf-8")
    assert sourced.build().is_done
    assert {"sv/jobs/index.html", "en/jobs.txt", "ar/jobs.txt"} <= sourced.files().keys()


def test_in_an_empty_folder_the_source_language_is_begun(site: Site) -> None:
    """If somebody has named it; else there is no telling which."""
    site.source_language = "fi"
    drafting.add_notice("privacy", site.settings)
    assert (site.content / "fi" / "privacy.md").read_text(encoding="utf-8").startswith(DRAFT)
    shutil.rmtree(site.content / "fi")
    site.source_language = ""
    with pytest.raises(NoContentError, match="holds no languages"):
        drafting.add_notice("privacy", site.settings)
    assert not list(site.content.iterdir())


def test_a_language_that_comes_later_translates_drafts_too(sourced: Site) -> None:
    """Its text does not say again that it is one."""
    drafting.add_notice("jobs", sourced.settings)
    drafting.add_language("fi", sourced.settings)
    text = (sourced.content / "fi" / "jobs.md").read_text(encoding="utf-8")
    assert text == (sourced.content / "ar" / "jobs.md").read_text(encoding="utf-8")
    assert not text.startswith("---")
    texts = sourced.catalog().notices["jobs"]
    assert [section.anchor for section in texts["fi"].sections] == [
        section.anchor for section in texts["sv"].sections
    ]


def test_a_new_language_leaves_out_slug_and_draft_alone(sourced: Site) -> None:
    """Whatever else the metadata says, stays."""
    front = "---\ndraft: true\neffective: 2026-03-01\nslug: nytt\n---\n"
    sourced.write({"sv/new.md": f"{front}# Nytt\n"})
    drafting.add_language("fi", sourced.settings)
    text = (sourced.content / "fi" / "new.md").read_text(encoding="utf-8")
    assert text == "---\neffective: 2026-03-01\n---\n# Nytt\n"


def test_a_model_with_other_sections_is_passed_over(sourced: Site) -> None:
    """An organisation's own model counts for its language where the outlines agree."""
    own = sourced.translations / "ar" / MODEL_FILE
    own.parent.mkdir()
    swedish = (sourced.translations / "sv" / MODEL_FILE).read_text(encoding="utf-8")
    own.write_text(swedish.replace("# Dina", "# بياناتك Dina", 1), encoding="utf-8")
    drafting.add_notice("one", sourced.settings)
    own.write_text("# بياناتك\n\n## من؟ {#who}\n", encoding="utf-8")
    drafting.add_notice("two", sourced.settings)
    texts = sourced.catalog().notices
    assert texts["one"]["ar"].title.startswith("بياناتك")
    assert texts["two"]["ar"].title.startswith("Dina")


def test_a_model_of_ones_own_may_have_metadata(sourced: Site) -> None:
    """The line of the draft joins it."""
    own = sourced.translations / "sv" / MODEL_FILE
    own.write_text("---\neffective: 2026-03-01\n---\n# Titel\n", encoding="utf-8")
    drafting.add_notice("jobs", sourced.settings)
    text = (sourced.content / "sv" / "jobs.md").read_text(encoding="utf-8")
    assert text == "---\ndraft: true\neffective: 2026-03-01\n---\n# Titel\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("index", "front page"),
        ("404", "cannot be the name"),
        ("", "cannot be the name"),
        ("Jobs", "cannot be the name"),
        ("jobs.md", "cannot be the name"),
        ("../jobs", "cannot be the name"),
        ("a/b", "cannot be the name"),
        ("a b", "cannot be the name"),
        ("_a", "cannot be the name"),
        ("user", "already there"),
        ("letter", "already there"),
        ("jobb", "is the address of content/sv/letter.md"),
        ("old", "retired"),
    ],
)
def test_a_name_that_cannot_be_taken(sourced: Site, name: str, said: str) -> None:
    """No name, a name or address that is taken (by a letter, too), one that is retired."""
    letter = "---\ntemplate: letter\nslug: jobb\n---\n\n# Brev\n"
    sourced.write({"sv/letter.md": letter, "aliases.toml": '[gone]\n"/sv/x/" = "y"\n'})
    sourced.write({"aliases.toml": '[addresses]\n"/en/old/" = "/en/user/"\n'})
    before = everything(sourced)
    with pytest.raises(SettingsError, match=said):
        drafting.add_notice(name, sourced.settings)
    assert everything(sourced) == before


def test_a_file_in_one_language_alone_is_not_overwritten(sourced: Site) -> None:
    """Nor is anything written beside it; nor is the target of a link."""
    sourced.write({"ar/jobs.md": "# x\n"})
    (sourced.content / "en" / "more.md").symlink_to(sourced.folder / "nowhere.md")
    before = everything(sourced)
    for name in ("jobs", "more"):
        with pytest.raises(SettingsError, match="already there"):
            drafting.add_notice(name, sourced.settings)
    assert everything(sourced) == before
    assert not (sourced.folder / "nowhere.md").exists()


def test_all_languages_or_none(sourced: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full at the third, the first two are gone again."""
    before = everything(sourced)
    opened = Path.open

    def full(file: Path, *mode: str, **more: str) -> object:
        if file == sourced.content / "en" / "jobs.md" and mode == ("x",):
            raise OSError(28, "No space left on device", str(file))
        return opened(file, *mode, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space left"):
        drafting.add_notice("jobs", sourced.settings)
    monkeypatch.undo()
    assert everything(sourced) == before
