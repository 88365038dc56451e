# SPDX-License-Identifier: AGPL-3.0-or-later
"""The interface's own words: catalogs, their faults, and languages that have none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4.element import NavigableString

from notices import interface, settings, strings
from notices.interface import find_catalog
from tests.conftest import Site, matters

PO = "translations/sv/LC_MESSAGES/messages.po"


@pytest.fixture
def translated(site: Site) -> Site:
    """Give a site of one notice in Swedish, with catalogs of its own to break."""
    shutil.copytree(settings.ROOT / "translations", site.folder / "translations")
    site.translations = site.folder / "translations"
    return site.write({"sv/user.md": "# T\n\n## A {#a}\n"})


def edit(site: Site, was: str, becomes: str) -> int:
    """Change the Swedish catalog; give the line of the change."""
    file = site.folder / PO
    text = file.read_text(encoding="utf-8")
    assert text.count(was) == 1
    file.write_text(text.replace(was, becomes), encoding="utf-8")
    return text[: text.index(was)].count("\n") + 1


def test_the_projects_catalogs_are_whole(translated: Site) -> None:
    """Swedish has every word."""
    assert translated.findings() == []


def test_the_template_is_in_step_with_the_theme(translated: Site) -> None:
    """`./run strings` has been run since the templates last changed."""
    before = {file: file.read_bytes() for file in translated.translations.rglob("*.po*")}
    assert strings.update(translated.settings) == []
    assert {file: file.read_bytes() for file in before} == before


@pytest.mark.parametrize(
    ("was", "becomes", "code", "below"),
    [
        ('msgstr "Innehåll"', 'msgstr ""', "interface-incomplete", -1),
        (
            '#: theme/templates/partials/contents.html\nmsgid "Contents"',
            '#: x\n#, fuzzy\nmsgid "Contents"',
            "interface-incomplete",
            2,
        ),
        ("från och med %(date)s", "från och med %(dag)s", "interface-malformed", -1),
        ("från och med %(date)s", "från och med", "interface-malformed", -1),
        ("från och med %(date)s", "från och med %(date)", "interface-malformed", -1),
        ('msgstr "Innehåll"', 'msgstr "100 %"', "interface-malformed", -1),
    ],
)
def test_words_that_cannot_be_shown(
    translated: Site, was: str, becomes: str, code: str, below: int
) -> None:
    """An untranslated, fuzzy or broken word is found at the line of its msgid."""
    line = edit(translated, was, becomes)
    assert [(f.code, f.path, f.line) for f in translated.findings()] == [(code, PO, line + below)]


def test_a_word_that_the_catalog_lacks(translated: Site) -> None:
    """A word that is in the templates and not in the catalog is found by its msgid."""
    edit(translated, 'msgid "Contents"\nmsgstr "Innehåll"\n', "")
    (finding,) = translated.findings()
    assert (finding.code, finding.path) == ("interface-incomplete", PO)
    assert finding.message == "'Contents' is not in the catalog."


@pytest.mark.parametrize(
    ("was", "becomes", "below"),
    [
        ('msgstr "Innehåll"', 'msgstr "Innehåll', 0),
        ('msgstr "Innehåll"', "<<<<<<< HEAD", 0),
        ("nplurals=2; plural=(n != 1);", "nplurals=2; plural=(n !! 1);", None),
        ("charset=utf-8", "charset=klingon", None),
    ],
)
def test_a_catalog_that_cannot_be_read(
    translated: Site, was: str, becomes: str, below: int | None
) -> None:
    """Broken syntax, plural rules or encodings are one finding; words are then English."""
    line = edit(translated, was, becomes)
    (finding,) = translated.findings()
    assert (finding.code, finding.path) == ("interface-malformed", PO)
    if below is not None:
        assert finding.line == line + below
    assert translated.build(lenient=True).is_done


def test_a_catalog_in_another_encoding(translated: Site) -> None:
    """Latin-1 under a header that says UTF-8 is found."""
    file = translated.folder / PO
    file.write_bytes(file.read_text(encoding="utf-8").encode("latin-1"))
    assert [f.code for f in translated.findings()] == ["interface-malformed"]


def test_words_without_a_catalog_are_english_and_marked(translated: Site) -> None:
    """Every word of the interface on a Finnish page without a catalog stands in lang="en"."""
    translated.write({"fi/user.md": "# T\n\n## A {#a}\n"})
    work = translated.build()
    assert {f.code for f in work.findings} == {"interface-missing", "reviews-not-kept"}
    assert work.is_done
    template = interface.read_catalog(translated.translations / interface.TEMPLATE, "en")
    words = {message.id for message in template if isinstance(message.id, str) and message.id}
    seen = set()
    for path in ("fi/index.html", "fi/user/index.html", "404.html"):
        for text in translated.page(path).body.find_all(string=True):  # type: ignore[union-attr]
            assert isinstance(text, NavigableString)
            if text.strip() in words:
                tags = [p.get("lang") for p in text.parents if p.get("lang")]
                assert tags[0] in ("en", "sv"), text
                seen.add((text.strip(), tags[0]))
    assert ("Contents", "en") in seen
    assert ("Skip to the text", "en") in seen


def test_english_needs_no_catalog(translated: Site) -> None:
    """The message ids are English."""
    translated.write({"en/user.md": "# T\n\n## A {#a}\n", "en-GB/user.md": "# T\n\n## A {#a}\n"})
    assert matters(translated.build().findings) == []
    assert not translated.page("en/user/index.html").select('span[lang="en"][dir]')


def test_a_general_catalog_serves_a_region_of_the_same_script(tmp_path: Path) -> None:
    """pt-BR may use pt's words; zh-TW may not use zh's, which are in the other script."""
    for tag in ("pt", "zh"):
        (tmp_path / tag / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / tag / "LC_MESSAGES" / "messages.po").touch()
    assert find_catalog(tmp_path, "pt-BR")
    assert find_catalog(tmp_path, "zh-CN")
    assert find_catalog(tmp_path, "zh-TW") is None


@pytest.mark.parametrize("tag", ["pt-BR", "zh-Hant", "fit", "ar", "fi"])
def test_strings_starts_catalogs_for_any_tag(translated: Site, tag: str) -> None:
    """A language of the content gets a catalog with every word, and only once."""
    translated.write({f"{tag}/user.md": "# T\n\n## A {#a}\n"})
    file = interface.catalog_file(translated.translations, tag)
    assert strings.update(translated.settings) == [file]
    assert strings.update(translated.settings) == []
    started = interface.read_catalog(file, tag)
    template = strings.template(translated.settings)
    assert {m.id for m in started if m.id} == {m.id for m in template if m.id}


def test_strings_keeps_translations_when_templates_change(translated: Site) -> None:
    """New words come in untranslated, old ones keep their translation."""
    edit(translated, 'msgid "Contents"\nmsgstr "Innehåll"\n', "")
    strings.update(translated.settings)
    messages = interface.read_catalog(translated.folder / PO, "sv")
    found = {str(message.id): message.string for message in messages if message.id}
    assert found["Contents"] == ""
    assert found["Contact"] == "Kontakt"
