# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be wrong with a Catalog: for each check a fault and its line, and a look-alike."""

from __future__ import annotations

import pytest

from tests.conftest import Site

SOURCE = """\
# Titel

Inledning.

## Vem? {#who}

Text.

### När? {#when}

Text.

## Rätt {#rights}

Text.
"""
TRANSLATION = """\
# Title

Introduction.

## Who? {#who}

Text.

### When? {#when}

Text.

## Rights {#rights}

Text.
"""


def pair(site: Site, translation: str = TRANSLATION, source: str = SOURCE) -> Site:
    """Write a notice and its translation."""
    return site.write({"sv/user.md": source, "en/user.md": translation})


def test_a_sound_pair_has_no_findings(site: Site) -> None:
    """The look-alike of everything below."""
    assert pair(site).places() == []


@pytest.mark.parametrize(
    ("was", "becomes", "code", "line"),
    [
        ("# Title\n\n", "", "title-missing", 1),
        ("Introduction.", "# Another", "title-doubled", 3),
        ("### When? {#when}", "## When? {#when}", "section-level", 9),
        ("### When? {#when}", "#### When? {#when}", "heading-skipped", 9),
        ("## Rights {#rights}", "## Rights {#who}", "anchor-doubled", 13),
        ("## Rights {#rights}", "## Rights {#_rights}", "anchor-malformed", 13),
        ("## Rights {#rights}", "> ## Rights {#rights}", "heading-nested", 13),
        ("## Rights {#rights}\n\nText.\n", "", "section-missing", 9),
        ("## Rights {#rights}", "## Rights {#right}", "section-extra", 13),
        ("## Rights {#rights}", "## New {#new}\n\n## Rights {#rights}", "section-extra", 13),
        ("Introduction.", "*One*{#first}", "anchor-extra", 3),
        ("# Title", "# Title {#title}", "attribute-unknown", 1),
        ("Introduction.", "*One*{lang=swedish}", "language-tag-malformed", 3),
        ("Introduction.", "*One*{hreflang=sv}", "attribute-unknown", 3),
        ("Introduction.", '!!! warning "Careful"\n    x', "note-unknown", 3),
        ("## Who? {#who}", "## Who?", "heading-without-id", 5),
    ],
)
def test_each_fault_has_its_line(site: Site, was: str, becomes: str, code: str, line: int) -> None:
    """Breaking one thing gives its finding at its line."""
    assert was in TRANSLATION
    pair(site, TRANSLATION.replace(was, becomes))
    assert (code, "en/user.md", line) in site.places()


def test_a_title_in_the_metadata_serves_where_there_is_no_heading(site: Site) -> None:
    """The H1 is the title, or else the metadata's title; markup in it is text."""
    site.write({"sv/user.md": "---\ntitle: A & <b>\n---\n\nText.\n"})
    assert site.places() == []
    assert site.catalog().notices["user"]["sv"].title == "A &amp; &lt;b&gt;"


def test_sections_out_of_order_are_one_finding(site: Site) -> None:
    """The first section that stands elsewhere is named, not all that follow from it."""
    parts = SOURCE.split("## Rätt {#rights}")
    moved = parts[0].replace("## Vem", "## Rätt {#rights}\n\nText.\n\n## Vem")
    pair(site, moved)
    assert [place for place in site.places() if place[0] == "section-order"] == [
        ("section-order", "en/user.md", 5)
    ]


def test_a_missing_id_in_the_text_is_found(site: Site) -> None:
    """Ids below headings are anchors too, and belong in every language."""
    pair(site, source=SOURCE.replace("Inledning.", "*Ett*{#first}"))
    assert site.places() == [("anchor-missing", "en/user.md", 1)]


def test_a_missing_notice_and_one_too_many(site: Site) -> None:
    """A notice in one language only is found on the side that lacks it, or should not have it."""
    pair(site).write({"sv/buyer.md": "# K\n", "en/cookies.md": "# C\n"})
    assert site.places() == [
        ("notice-missing", "en/buyer.md", 1),
        ("notice-extra", "en/cookies.md", 1),
    ]


LONG = "Den här meningen har fler än tolv ord och är ännu inte översatt till engelska."


def test_a_section_in_the_sources_own_words(site: Site) -> None:
    """A translation that nobody translated is found; a short text may be the same in both."""
    pair(site, TRANSLATION.replace("Text.", LONG), SOURCE.replace("Text.", LONG))
    assert [place for place in site.places() if place[0] == "section-untranslated"] == [
        ("section-untranslated", "en/user.md", line) for line in (5, 9, 13)
    ]


def test_an_introduction_in_the_sources_own_words(site: Site) -> None:
    """The text before the first section counts as well."""
    pair(
        site,
        TRANSLATION.replace("Introduction.", LONG),
        SOURCE.replace("Inledning.", LONG),
    )
    assert site.places() == [("section-untranslated", "en/user.md", 1)]


def test_regions_of_one_language_may_say_the_same(site: Site) -> None:
    """British and American English need not differ."""
    site.source_language = "en-GB"
    text = TRANSLATION.replace("Text.", LONG)
    site.write({"en-GB/user.md": text, "en-US/user.md": text})
    assert site.places() == []


# Links


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("[x](usr.md)", "link-file-missing"),
        ("[x](user)", "link-file-missing"),
        ("[x](user.html)", "link-file-missing"),
        ("[x](User.md)", "link-file-missing"),
        ("[x](user.md#retention)", "link-anchor-missing"),
        ("[x](#retention)", "link-anchor-missing"),
        ("[x](../sv/user.md)", "link-language"),
        ("[x](../sv/user.md){hreflang=en}", "link-language"),
        ("[x](user.md){hreflang=sv}", "link-language"),
        ("[x](../de/user.md){hreflang=de}", "link-file-missing"),
    ],
)
def test_links_that_lead_nowhere_or_elsewhere(site: Site, link: str, code: str) -> None:
    """A link must lead to a file and section that exist, in its own language unless it says so."""
    pair(site, TRANSLATION.replace("Introduction.", link))
    assert site.places() == [(code, "en/user.md", 3)]


@pytest.mark.parametrize(
    "link",
    [
        "[x](user.md)",
        "[x](./user.md#who)",
        "[x](#when)",
        "[x](../en/user.md#rights)",
        "[Svenska](../sv/user.md#who){hreflang=sv}",
        "[x](us%65r.md#who)",
        "`[x](usr.md)`",
    ],
)
def test_links_that_lead_somewhere(site: Site, link: str) -> None:
    """Sound links, also into another language when they say so."""
    assert pair(site, TRANSLATION.replace("Introduction.", link)).places() == []


def test_a_near_miss_is_named(site: Site) -> None:
    """The fix says which file or section was probably meant."""
    pair(site, TRANSLATION.replace("Introduction.", "[x](usr.md) [y](#right)"))
    assert [finding.fix for finding in site.findings()] == [
        "did you mean #rights?",
        "did you mean user.md?",
    ]


def test_a_link_into_a_missing_translation_is_not_a_second_finding(site: Site) -> None:
    """What is missing is said once."""
    pair(site, TRANSLATION.replace("Introduction.", "[k](buyer.md#x)"))
    site.write({"sv/buyer.md": "# K\n\n## X {#x}\n"})
    assert site.places() == [("notice-missing", "en/buyer.md", 1)]


def test_unicode_ids_are_compared_in_one_form(site: Site) -> None:
    """An id and a link to it match, whether ä is one character or two."""
    site.write({"sv/user.md": "# T\n\n[x](#la\u0308nge)\n\n## A {#l\u00e4nge}\n"})
    assert site.places() == []


# Addresses


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("a/b", "slug-malformed"),
        ("../up", "slug-malformed"),
        ("A", "slug-malformed"),
        ("a b", "slug-malformed"),
        ("-a", "slug-malformed"),
        (".", "slug-malformed"),
        ("index", "slug-reserved"),
        ("'404'", "slug-reserved"),
    ],
)
def test_slugs_that_cannot_be(site: Site, slug: str, code: str) -> None:
    """A slug is one part of an address, and not one that has a meaning of its own."""
    site.write({"sv/user.md": f"---\nslug: {slug}\n---\n\n# T\n"})
    assert site.places() == [(code, "sv/user.md", 2)]


def test_slugs_in_any_script(site: Site) -> None:
    """Letters and digits of every script will do."""
    site.write({"sv/user.md": "---\nslug: användare-2\n---\n\n# T\n"})
    assert site.places() == []


def test_the_front_page_takes_no_slug(site: Site) -> None:
    """It stands at the language's own address."""
    site.write({"sv/index.md": "---\nslug: start\n---\n\n# T\n"})
    assert site.places() == [("slug-reserved", "sv/index.md", 2)]


def test_two_pages_with_one_address(site: Site) -> None:
    """A slug that is another notice's name or slug is found, letter case aside."""
    site.write({"sv/a.md": "# A\n", "sv/b.md": "---\nslug: a\n---\n\n# B\n"})
    assert site.places() == [("address-shared", "sv/b.md", 2)]


def test_the_place_of_a_missing_translation_is_taken(site: Site) -> None:
    """A missing translation is shown at its notice's name, which another may not take."""
    site.write(
        {
            "sv/a.md": "# A\n",
            "sv/b.md": "# B\n",
            "en/b.md": "---\nslug: a\n---\n\n# B\n",
        }
    )
    assert ("address-shared", "en/b.md", 2) in site.places()


def test_a_template_that_does_not_exist(site: Site) -> None:
    """A notice may choose a template of the theme, and no other."""
    site.write({"sv/a.md": "---\ntemplate: notcie\n---\n\n# A\n"})
    (finding,) = site.findings()
    assert (finding.code, finding.line) == ("template-unknown", 2)
    assert finding.fix == "did you mean 'notice'?"
    site.write({"sv/a.md": "---\ntemplate: index\n---\n\n# A\n"})
    assert site.places() == []


def test_all_findings_come_at_once_and_sorted(site: Site) -> None:
    """No finding hides another, and their order is that of the files and lines."""
    pair(site, "## Who? {#who}\n\n[x](no.md) <b>\n\n[[nothing]]\n")
    places = site.places()
    assert [code for code, _, _ in places] == [
        "section-missing",
        "section-missing",
        "title-missing",
        "link-file-missing",
        "raw-html",
        "fact-unknown",
    ]
    assert places == sorted(places, key=lambda place: (place[1], place[2]))


def test_a_draft_blocks_nothing(site: Site) -> None:
    """All that is wrong with a draft is a warning."""
    pair(site, "<b>")
    site.write({"en/language.toml": "draft = true\n"})
    findings = site.findings()
    assert findings
    assert {finding.severity for finding in findings} == {"warning"}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_file_that_cannot_be_read_is_not_missing(site: Site, lang: str) -> None:
    """To copy another over it, as a missing one asks for, would destroy it."""
    site.write({"sv/user.md": "# A\n", "sv/other.md": "# B\n"})
    site.write({"en/user.md": "# A\n", "en/other.md": "# B\n"})
    assert site.places() == []
    site.write({f"{lang}/other.md": b"# \xff\n"})
    assert site.places() == [("file-unreadable", f"{lang}/other.md", 1)]
