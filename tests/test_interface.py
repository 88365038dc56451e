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


HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
FORMS = HEADER.replace("utf-8", "utf-8\\nPlural-Forms: {}")
WORD = '\nmsgid "Contents"\nmsgstr "Innehåll"\n'
PAGES = (
    '\nmsgid "a page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] "en sida"\nmsgstr[1] "%(n)s sidor"\n'
)

CATALOGS: dict[str, tuple[str | bytes, int, str]] = {
    "empty": ("", 1, "has no header"),
    "no header": (WORD, 1, "has no header"),
    "no charset": ('msgid ""\nmsgstr "Language: sv\\n"\n' + WORD, 1, "names no charset"),
    "another charset": (HEADER.replace("utf-8", "iso-8859-1") + WORD, 2, "'iso-8859-1'"),
    "another encoding": ((HEADER + WORD).encode("latin-1"), 5, "some other encoding"),
    "a mark": ("\ufeff" + HEADER + WORD, 1, "byte-order mark"),
    "NUL": (HEADER + "\n\0", 4, "U+0000"),
    "a merge": (HEADER + "<<<<<<< HEAD\n" + WORD, 3, "git's mark"),
    "no quotes": (HEADER + "msgid Contents\n", 3, "makes no sense"),
    "curly quotes": (HEADER + "msgid “Contents”\n", 3, "makes no sense"),
    "twice": (HEADER + WORD + "\n# again\n" + WORD, 9, "is there twice (before on line 4)"),
    "two headers": (HEADER + "\n" + HEADER, 4, "'the header' is there twice"),
    "no rule": (HEADER + PAGES, 1, "no rule for plurals"),
    "no number of forms": (FORMS.format("plural=(n != 1);"), 2, "makes no sense"),
    "too few forms": (FORMS.format("nplurals=1; plural=0;"), 2, "the language has 2"),
    "too many forms": (FORMS.format("nplurals=2; plural=n;"), 2, "gives form 1000"),
    "negative": (FORMS.format("nplurals=2; plural=n-1;"), 2, "gives form 999"),
    "by zero": (FORMS.format("nplurals=2; plural=n/0;"), 2, "makes no sense"),
    "once by zero": (FORMS.format("nplurals=2; plural=n%(n-1000);"), 2, "makes no sense"),
    "a program": (FORMS.format("nplurals=2; plural=__import__('os');"), 2, "makes no sense"),
    "a power": (FORMS.format("nplurals=2; plural=9**9**9**9;"), 2, "makes no sense"),
    "nested": (FORMS.format(f"nplurals=2; plural={'(' * 90}n{')' * 90};"), 2, "makes no sense"),
    "open": (FORMS.format("nplurals=2; plural=(n;"), 2, "makes no sense"),
    "a form too many": (
        FORMS.format("nplurals=2; plural=(n != 1);") + PAGES + 'msgstr[2] "x"\n',
        4,
        "more translations than num_plurals",
    ),
}


@pytest.mark.parametrize("kind", CATALOGS)
def test_a_catalog_that_is_not_as_it_should_be(translated: Site, kind: str) -> None:
    """One finding at the line of the file; its words are then English, and the site is built."""
    content, line, words = CATALOGS[kind]
    file = translated.folder / PO
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    (finding,) = translated.findings()
    assert (finding.code, finding.path, finding.line) == ("interface-malformed", PO, line)
    assert words in finding.message
    assert translated.build(lenient=True).is_done
    assert "Contents" in translated.page("sv/user/index.html").get_text()


@pytest.mark.parametrize(
    ("tag", "rule"),
    [
        ("sv", "nplurals=2; plural=(n != 1);"),
        ("sv", "nplurals=2; plural=n != 1"),
        ("ja", "nplurals=1; plural=0;"),
        (
            "pl",
            "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : "
            "2);",
        ),
        (
            "ar",
            "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
            "n%100>=11 ? 4 : 5;",
        ),
        ("fit", "nplurals=2; plural=(n != 1);"),
    ],
)
def test_rules_for_plurals_of_real_languages(tmp_path: Path, tag: str, rule: str) -> None:
    """With and without a closing semicolon, and for languages that Babel does not know."""
    file = tmp_path / "messages.po"
    file.write_text(FORMS.format(rule), encoding="utf-8")
    assert interface.compiled(interface.read_catalog(file, tag))
