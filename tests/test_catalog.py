# SPDX-License-Identifier: AGPL-3.0-or-later
"""A content folder → Catalog."""

from __future__ import annotations

import os
from datetime import date

import pytest

from notices import languages
from notices.folder import NoContentError
from notices.model import Language
from tests.conftest import Site


def test_languages_are_the_folders(site: Site) -> None:
    """Region, script and languages that Babel does not know included; the source comes first."""
    for tag in ("sv", "pt-BR", "zh-TW", "ar", "fit"):
        site.write({f"{tag}/user.md": "# T\n"})
    read = site.catalog()
    assert list(read.languages) == ["sv", "ar", "fit", "pt-BR", "zh-TW"]
    assert read.languages["pt-BR"].name == "Português (Brasil)"
    assert read.languages["ar"].direction == "rtl"
    assert read.languages["fit"].name == "fit"
    assert site.places() == [("language-unknown", "fit/language.toml", 1)]


def test_a_language_that_babel_does_not_know_describes_itself(site: Site) -> None:
    """language.toml gives the name, the direction and the way to write a date."""
    months = ", ".join(f'"m{number}"' for number in range(1, 13))
    site.write(
        {
            "sv/user.md": "# T\n",
            "fit/user.md": "# T\n",
            "fit/language.toml": f'name = "meänkieli"\ndate_pattern = "d. MMMM yyyy"\n'
            f"months = [{months}]\n",
        }
    )
    language = site.catalog().languages["fit"]
    assert (language.name, language.direction) == ("meänkieli", "ltr")
    assert languages.format_date(date(2026, 3, 1), language) == "1. m3 2026"
    assert site.places() == []


def test_dates_are_written_as_the_language_does() -> None:
    """CLDR's long form, whatever the machine's locale."""
    day = date(2026, 3, 1)
    assert languages.format_date(day, Language("sv", "Svenska")) == "1 mars 2026"
    assert languages.format_date(day, Language("en", "English")) == "March 1, 2026"
    assert languages.format_date(day, Language("de", "Deutsch")) == "1. März 2026"


@pytest.mark.parametrize(
    "entry",
    [
        'direction = "left"',
        'name = ""',
        'draft = "yes"',
        'date_pattern = "no year"',
        'months = ["januari"]',
        'colour = "red"',
        "name = “x”",
    ],
)
def test_faults_in_language_toml(site: Site, entry: str) -> None:
    """Each entry that makes no sense has its line."""
    site.write({"sv/user.md": "# T\n", "sv/language.toml": f"# Svenska\n{entry}\n"})
    assert site.places() == [("language-malformed", "sv/language.toml", 2)]


def test_a_pattern_with_months_that_nobody_names(site: Site) -> None:
    """English month names would be a lie in another language."""
    site.write(
        {
            "sv/user.md": "# T\n",
            "fit/user.md": "# T\n",
            "fit/language.toml": 'name = "meänkieli"\ndate_pattern = "d MMMM yyyy"\n',
        }
    )
    assert site.places() == [("language-malformed", "fit/language.toml", 2)]


@pytest.mark.parametrize("folder", ["svenska", "english-text", "pt-br", "xx"])
def test_a_folder_that_is_no_language(site: Site, folder: str) -> None:
    """A folder of texts whose name is no tag, or a tag in another letter case, is found."""
    site.write({"sv/user.md": "# T\n", f"{folder}/user.md": "# T\n"})
    assert site.places() == [("folder-not-language", folder, 1)]


@pytest.mark.parametrize(
    "path",
    ["user.md", "sv/user.txt", "sv/user.markdown", "sv/more/user.md", "notes.txt", "files/a.svg"],
)
def test_a_file_that_would_not_be_published(site: Site, path: str) -> None:
    """What stands in a place without meaning is found, never left out in silence."""
    site.write({"sv/user.md": "# T\n", path: "# U\n"})
    expected = "sv/more" if path.startswith("sv/more") else path
    assert site.places() == [("file-unexpected", expected, 1)]


@pytest.mark.parametrize("path", [".DS_Store", "sv/.user.md.swp", "sv/user.md~", "README.md"])
def test_what_programs_leave_behind_is_no_content(site: Site, path: str) -> None:
    """Debris is passed over."""
    site.write({"sv/user.md": "# T\n", path: "x"})
    assert site.places() == []


@pytest.mark.parametrize("name", ["Min policy.md", "USER.md", "-x.md", "_x.md", "a.b.md"])
def test_a_file_name_that_cannot_be_a_notice(site: Site, name: str) -> None:
    """Names become addresses, and are held to that."""
    site.write({"sv/user.md": "# T\n", f"sv/{name}": "# U\n"})
    assert site.places() == [("name-malformed", f"sv/{name}", 1)]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("# T\n\nå".encode("latin-1"), "file-unreadable", 3),
        (b"# T\n\n\x00\n", "control-character", 3),
        (b"# T\n\n\xff\xfe", "file-unreadable", 3),
    ],
)
def test_a_file_that_is_no_text(site: Site, content: bytes, code: str, line: int) -> None:
    """Other encodings and control characters are found at their line."""
    site.write({"sv/user.md": content, "sv/other.md": "# T\n"})
    assert site.places() == [(code, "sv/user.md", line)]


def test_a_link_to_nowhere_in_the_place_of_a_file(site: Site) -> None:
    """A file that cannot be opened is a finding, not an exception."""
    site.write({"sv/user.md": "# T\n"})
    (site.content / "sv" / "gone.md").symlink_to("nowhere.md")
    assert site.places() == [("file-unreadable", "sv/gone.md", 1)]


def test_line_ends_of_all_kinds(site: Site) -> None:
    """CRLF and CR are line ends; lines are counted the same."""
    site.write({"sv/user.md": "# T\r\n\r\n## A\r\n\r\n<b>\r\n"})
    assert site.places() == [
        ("heading-without-id", "sv/user.md", 3),
        ("raw-html", "sv/user.md", 5),
    ]


def test_what_stands_within_html_is_quoted_as_text(site: Site) -> None:
    """A comment with a link, code and escapes in it, and none of the converter's own signs."""
    site.write({"sv/user.md": "# T\n\nText.\n\n<!-- se [a](b.md), `c` \\* -->\n"})
    (finding,) = site.findings()
    assert finding.line == 5
    assert finding.message.startswith("'<!-- se a, c * -->' is HTML")
    notice = site.catalog().notices["user"]["sv"]
    assert "&lt;!-- se a, c * --&gt;" in notice.opening.body


def test_the_order_of_notices_is_that_of_the_front_page(site: Site) -> None:
    """Notices stand as the source's front page links to them, the rest by name."""
    site.write(
        {f"sv/{name}.md": "# T\n" for name in ("b", "a", "d", "c")}
        | {"sv/index.md": "# T\n\n[d](d.md) [b](b.md)\n"}
    )
    assert list(site.catalog().notices) == ["index", "d", "b", "a", "c"]


def test_nothing_to_read(site: Site) -> None:
    """An empty folder, one without notices and one without the source say what they lack."""
    with pytest.raises(NoContentError, match="holds no languages"):
        site.catalog()
    (site.content / "en").mkdir()
    with pytest.raises(
        NoContentError, match=r"has no folder 'sv'.*found are en.*NOTICES_SOURCE_LANGUAGE in"
    ):
        site.catalog()
    site.source_language = "en"
    with pytest.raises(NoContentError, match=r"no file there ends in \.md"):
        site.catalog()


def test_the_source_language_of_a_single_language_is_that_one(site: Site) -> None:
    """With one language nobody need say which; with several one must."""
    site.source_language = None  # type: ignore[assignment]
    site.write({"de/user.md": "# T\n"})
    assert site.catalog().source_language == "de"
    site.write({"en/user.md": "# T\n"})
    with pytest.raises(NoContentError, match="--source-language"):
        site.catalog()


def test_the_source_language_is_no_draft(site: Site) -> None:
    """A draft of the source would leave nothing to publish."""
    site.write({"sv/user.md": "# T\n", "sv/language.toml": "draft = true\n"})
    assert site.places() == [("language-malformed", "sv/language.toml", 1)]


def test_many_notices_are_read_the_same_by_many_workers(site: Site) -> None:
    """Enough files to be shared among workers give the Catalog that one alone gives."""
    from notices import parallel
    from tests import corpus

    corpus.write(site.content / "more", 40, ("sv", "en"))
    for lang in ("sv", "en"):
        (site.content / "more" / lang).rename(site.content / lang)
    (site.content / "more").rmdir()
    many = site.catalog()
    enough, parallel._ENOUGH_JOBS = parallel._ENOUGH_JOBS, 10**9  # type: ignore[misc]
    try:
        one = site.catalog()
        assert (one.notices, one.findings) == (many.notices, many.findings)
    finally:
        parallel._ENOUGH_JOBS = enough  # type: ignore[misc]


@pytest.mark.parametrize("folder", ["x-archive", "i-klingon", "sv_SE"])
def test_tags_that_name_no_language(site: Site, folder: str) -> None:
    """Private, grandfathered and locale-like names are no tags, and crash nothing."""
    site.write({"sv/user.md": "# T\n", f"{folder}/user.md": "# T\n"})
    assert site.places() == [("folder-not-language", folder, 1)]


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [("PT-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("de-u-co-phonebk", "de-u-co-phonebk")],
)
def test_tags_in_canonical_case(tag: str, canonical: str) -> None:
    """Regions are capital, scripts title case, all after a singleton small."""
    assert languages.canonical(tag) == canonical


@pytest.mark.parametrize("place", ["sv/user.md", "sv", "files"])
def test_links_out_of_the_content_folder(site: Site, place: str) -> None:
    """What stands elsewhere on the machine is never published."""
    elsewhere = site.folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "user.md").write_text("# Privat\n", encoding="utf-8")
    site.write({"sv/other.md": "# T\n", "en/other.md": "# T\n"})
    site.source_language = "en"
    if place == "sv":
        for file in (site.content / "sv").iterdir():
            file.unlink()
        (site.content / "sv").rmdir()
    target = elsewhere / "user.md" if place.endswith(".md") else elsewhere
    (site.content / place).symlink_to(target)
    assert ("file-unexpected", place, 1) in site.places()
    assert "user" not in site.catalog().notices


def test_a_pipe_is_not_waited_for(site: Site) -> None:
    """Something that is no ordinary file is a finding, at once."""
    site.write({"sv/user.md": "# T\n"})
    os.mkfifo(site.content / "sv" / "pipe.md")
    assert site.places() == [("file-unreadable", "sv/pipe.md", 1)]


def test_a_link_into_a_draft(site: Site) -> None:
    """check, which reads drafts, and build, which does not, say the same."""
    site.write(
        {
            "sv/user.md": "# T\n\n[fi](../fi/user.md){hreflang=fi}\n",
            "fi/user.md": "# T\n\n[sv](../sv/user.md){hreflang=sv}\n",
            "fi/language.toml": "draft = true\n",
        }
    )
    assert site.places() == [("link-draft", "sv/user.md", 3)]
    assert [(f.code, f.line) for f in site.build().findings] == [("link-draft", 3)]
