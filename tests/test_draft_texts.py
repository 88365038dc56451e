# SPDX-License-Identifier: AGPL-3.0-or-later
"""`draft: true`: a text that the preview shows, that nobody else meets, and that blocks nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from notices import checks
from notices.delivery import promises
from notices.folder import NoContentError
from notices.model import Finding
from notices.published import Published
from notices.render import Renderer
from notices.review import status
from tests.conftest import Site, matters

DRAFT = "---\ndraft: true\n---\n\n"
PUBLISHED = {
    "sv/user.md": "# Dina uppgifter\n\n## Rätt {#rights}\n\nDu får se dem.\n",
    "en/user.md": "# Your data\n\n## Rights {#rights}\n\nYou may see them.\n",
    "ar/user.md": "# بياناتك\n\n## حقوقك {#rights}\n\nيمكنك أن تراها.\n",
}
NEW = {
    "sv/new.md": f"{DRAFT}# Nytt\n\n## Vem? {{#who}}\n\nVi.\n",
    "en/new.md": "# News\n\n## Who? {#who}\n\nWe.\n",
}
"""A notice that is a draft, and is not in Arabic yet."""


@pytest.fixture
def published(site: Site) -> Site:
    """Give a site with one notice in three languages, right to left among them."""
    return site.write(PUBLISHED)


def judged(site: Site, severity: str) -> list[tuple[str, str]]:
    """Give the findings of a severity as (code, path inside the content folder)."""
    return [
        (one.code, one.path.removeprefix("content/"))
        for one in site.findings()
        if one.severity == severity
    ]


def test_a_draft_changes_nothing_that_is_published(published: Site) -> None:
    """No page, plain text, comparison, line of the sitemap or promise; without the line, it does.

    The front pages list every notice that they do not link to.
    """
    published.address = "https://example.org/privacy"
    published.build()
    before = published.files()
    published.write(NEW)
    assert published.build().is_done
    assert published.files() == before
    published.write({"sv/new.md": NEW["sv/new.md"].removeprefix(DRAFT)})
    assert published.build(lenient=True).is_done
    after = published.files()
    more = {"sv/new/index.html", "en/new.txt", "compare/sv-en/new/index.html"}
    assert more <= after.keys() - before.keys()
    assert b"/new/" in after["sitemap.xml"]
    assert "sv/new/" in json.loads(after["build.json"])["addresses"]


def test_the_preview_shows_a_draft(published: Site) -> None:
    """With its pages in all languages."""
    published.write(NEW)
    paths = Renderer(published.catalog(), published.settings).paths()
    assert {"sv/new/index.html", "en/new/index.html", "ar/new/index.html"} <= paths


def test_what_is_wrong_with_a_draft_is_a_warning(published: Site) -> None:
    """And an error once it is no draft. That it lacks a language is not said."""
    published.write({**NEW, "en/new.md": "# News\n\nSee [this](gone.md).\n"})
    assert judged(published, "error") == []
    assert judged(published, "warning") == [
        ("section-missing", "en/new.md"),
        ("link-file-missing", "en/new.md"),
    ]
    published.write({"sv/new.md": NEW["sv/new.md"].removeprefix(DRAFT)})
    assert judged(published, "error") == [
        ("notice-missing", "ar/new.md"),
        ("section-missing", "en/new.md"),
        ("link-file-missing", "en/new.md"),
    ]


def test_a_build_does_not_read_drafts(published: Site) -> None:
    """What is wrong in the metadata of one is not said, either, but in the check."""
    published.write({**NEW, "en/new.md": "---\nslgu: x\n---\n\n# News\n"})
    read = published.catalog(drafts=False)
    assert (list(read.notices), read.findings) == (["user"], ())
    assert "metadata-unknown" in dict(judged(published, "warning"))


def test_a_draft_translation_is_one_alone(published: Site) -> None:
    """Readers get the source in its place, and the finding that they do is as severe as ever."""
    published.write({"en/user.md": f"{DRAFT}{PUBLISHED['en/user.md']}"})
    assert judged(published, "error") == [("notice-missing", "en/user.md")]
    published.severities = {"notice-missing": "warning"}
    assert published.build().is_done
    page = published.page("en/user/index.html")
    assert "Du får se dem." in page.get_text()
    assert "You may see them." not in page.get_text()
    assert "sv/user/index.html" in published.files()
    told = [one for one in published.findings() if one.code == "notice-missing"]
    assert "readers get the text in sv" in told[0].message


def test_a_draft_translation_in_a_draft_language_is_said_once(published: Site) -> None:
    """The language alone is enough."""
    published.write(
        {"ar/language.toml": "draft = true\n", "ar/user.md": f"{DRAFT}{PUBLISHED['ar/user.md']}"}
    )
    assert judged(published, "error") == []
    assert "notice-missing" not in dict(judged(published, "warning"))


@pytest.mark.parametrize("drafts", [True, False])
@pytest.mark.parametrize("target", ["new.md", "new.md#who", "../en/new.md#who"])
def test_a_published_text_may_not_link_to_a_draft(
    published: Site, drafts: bool, target: str
) -> None:
    """In the check and in the build alike, and in a language that lacks the draft, too."""
    published.write(NEW)
    for lang in ("sv", "ar"):
        hreflang = "{hreflang=en}" if ".." in target else ""
        published.write(
            {f"{lang}/user.md": f"{PUBLISHED[f'{lang}/user.md']}\n[x]({target}){hreflang}\n"}
        )
    found = matters(checks.run(published.catalog(drafts), published.settings))
    of_links = [(one.path, one.severity) for one in found if one.code == "link-draft"]
    assert of_links == [("content/ar/user.md", "error"), ("content/sv/user.md", "error")]
    assert not any(one.code.startswith("link-") for one in found if one.code != "link-draft")


def test_a_draft_may_link_to_drafts(published: Site) -> None:
    """Both are published together, or the one that stays is found then."""
    other = f"{DRAFT}# Annat\n\nLäs [nytt](new.md#who).\n"
    published.write({**NEW, "sv/other.md": other})
    assert judged(published, "error") == judged(published, "warning") == []


def test_a_link_to_a_draft_translation_leads_to_the_source(published: Site) -> None:
    """Readers get something there, so the link stays."""
    published.severities = {"notice-missing": "warning"}
    published.write(
        {
            "en/user.md": f"{DRAFT}{PUBLISHED['en/user.md']}",
            "sv/other.md": "# Annat\n\nSe [rätt](user.md#rights).\n",
            "en/other.md": "# Other\n\nSee [rights](user.md#rights).\n",
            "ar/other.md": "# غير ذلك\n\nانظر [حقوقك](user.md#rights).\n",
        }
    )
    assert judged(published, "error") == []
    assert published.build().is_done
    assert 'href="../user/#rights"' in published.files()["en/other/index.html"].decode()


def test_a_published_notice_keeps_its_address_from_a_draft(published: Site) -> None:
    """The finding is about the draft, whichever comes first."""
    slug = "---\ndraft: true\nslug: user\n---\n\n"
    published.write({"sv/aaa.md": f"{slug}# Nytt\n"})
    assert judged(published, "error") == []
    assert ("address-shared", "sv/aaa.md") in judged(published, "warning")
    assert published.build().is_done


def test_nothing_retired_leads_to_a_draft(published: Site) -> None:
    """It is promised to nobody, and is not in the way of what was retired."""
    published.write({**NEW, "aliases.toml": '[addresses]\n"/sv/old/" = "/sv/new/"\n'})
    (found,) = [one for one in published.findings() if one.code == "alias-target-missing"]
    assert "the address of a draft" in found.message
    published.write({"aliases.toml": '[addresses]\n"/sv/new/" = "/sv/user/"\n'})
    assert judged(published, "error") == []
    assert "sv/new/" not in Published(published.catalog(), compares=True).addresses


def test_a_published_notice_that_becomes_a_draft_breaks_its_promise(published: Site) -> None:
    """The finding says why it is gone, with its slug, and in the language that lacked it."""
    slug = "---\nslug: nytt\n---\n"
    published.write({"sv/new.md": f"{slug}# Nytt\n", "en/new.md": "# News\n"})
    before = promises.of(published.catalog(drafts=False), compares=False)
    published.write({"sv/new.md": f"{slug[:-4]}draft: true\n---\n# Nytt\n"})
    for drafts in (True, False):
        lost = promises.dropped(before, published.catalog(drafts), compares=False)
        told = [one.message for one in lost]
        assert told == [
            "/ar/new/ was published, and content/ar/new.md is a draft now.",
            "/en/new/ was published, and content/en/new.md is a draft now.",
            "/sv/nytt/ was published, and content/sv/new.md is a draft now.",
        ]


def test_a_draft_is_neither_late_nor_missing(published: Site) -> None:
    """Its sections are listed, and not counted; the same notice without the line is."""
    published.write(NEW).review("en")
    published.write({"sv/new.md": NEW["sv/new.md"].replace("Vi.", "Ni.")})
    assert not [one for one in published.findings() if one.code == "section-outdated"]
    table = status.as_text(published.catalog(), published.settings.readability)
    assert "new is a draft in en, ar, and not counted." in table or (
        "new is a draft in ar, en, and not counted." in table
    )
    told = json.loads(status.as_json(published.catalog(), published.settings.readability))
    assert [one["totals"]["outdated"] for one in told["languages"]] == [0, 0]
    assert [one["totals"]["missing"] for one in told["languages"]] == [0, 0]
    assert told["sections"][0]["translations"]["en"]["draft"] is True
    assert "A draft in " in status.as_html(published.catalog(), published.settings.readability)
    published.write({"sv/new.md": NEW["sv/new.md"].removeprefix(DRAFT).replace("Vi.", "Ni.")})
    assert [one for one in published.findings() if one.code == "section-outdated"]
    assert " is a draft in " not in status.as_text(
        published.catalog(), published.settings.readability
    )


def test_a_waiver_for_a_draft_waits(published: Site) -> None:
    """A build does not call it unmatched; one for a text that is published, it does."""
    waiver = (
        '[[waiver]]\ncode = "number-differs"\nlanguage = "en"\nsection = "{}#who"\n'
        'source = "3"\nreason = "So."\nuntil = 2999-01-01\n'
    )
    for name, codes in {"new": [], "user": ["waiver-unmatched"]}.items():
        published.write({**NEW, "waivers.toml": waiver.format(name)})
        read = published.catalog(drafts=False)
        assert [one.code for one in matters(checks.run(read, published.settings))] == codes


def test_a_folder_of_drafts_alone_has_nothing_to_build(site: Site) -> None:
    """A sentence says so; the check and the preview go on."""
    site.write({"sv/new.md": NEW["sv/new.md"]})
    assert list(site.catalog().notices) == ["new"]
    with pytest.raises(NoContentError, match="nothing but drafts"):
        site.catalog(drafts=False)


@pytest.mark.parametrize("value", ["yes", "True", "1", "maybe"])
def test_only_true_and_false_tell_whether_it_is_a_draft(site: Site, value: str) -> None:
    """Anything else is an error, and stops a build before it could be published by accident."""
    site.write({"sv/new.md": f"---\ndraft: {value}\n---\n\n# Nytt\n"})
    assert site.places() == [("metadata-malformed", "sv/new.md", 2)]
    site.write({"sv/new.md": "---\ndraft: false\n---\n\n# Nytt\n"})
    assert site.places() == []


def test_a_draft_does_not_soften_what_is_beside_it(published: Site) -> None:
    """A finding in a file whose name only begins like that of a draft is as severe as ever."""
    read = published.write({**NEW, "sv/new-x.md": "# Y\n\n[x](gone.md)\n"}).catalog()
    finding = Finding("content/sv/new.md", 1, "link-file-missing", "", "")
    beside = replace(finding, path="content/sv/new-x.md")
    judged_both = published.settings.judged([finding, beside], read)
    assert {one.path: one.severity for one in judged_both} == {
        "content/sv/new.md": "warning",
        "content/sv/new-x.md": "error",
    }
