# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was published never dies unnoticed: each release is compared with what the last promised."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from notices.cli import commands
from notices.delivery import promises, successors
from notices.model import Catalog, Organisation
from notices.settings import ROOT
from tests.conftest import SITES, Site

SITE = {
    "sv/index.md": "# Vår integritet\n",
    "sv/user.md": "---\nslug: konto\n---\n# Ditt konto\n\n## Hur länge? {#retention}\n\nText.\n\n"
    "## Vad kan du göra? {#rights}\n\nText.\n",
    "en/index.md": "# Our privacy\n",
    "en/user.md": "---\nslug: account\n---\n# Your account\n\n## How long? {#retention}\n\n"
    "Text.\n\n## What can you do? {#rights}\n\nText.\n",
    "files/terms.pdf": "%PDF",
}

BOTH = ["retention", "rights"]
PROMISED = {
    "": [],
    "compare/sv-en/": [],
    "compare/sv-en/user/": BOTH,
    "en/": [],
    "en/account.txt": [],
    "en/account/": BOTH,
    "en/index.txt": [],
    "files/terms.pdf": [],
    "sv/": [],
    "sv/index.txt": [],
    "sv/konto.txt": [],
    "sv/konto/": BOTH,
}


def of(site: Site) -> dict[str, list[str]]:
    """Give what a site promises."""
    return promises.of(site.catalog(drafts=False), compares=True)


def lost(site: Site, before: Any = PROMISED) -> list[tuple[str, str]]:
    """Give the codes and repairs of what the site as it is now would break."""
    found = promises.dropped(before, site.catalog(), compares=True)
    assert {(finding.path, finding.line) for finding in found} <= {("content/aliases.toml", 1)}
    return [(finding.code, finding.fix) for finding in found]


def test_every_address_is_promised_and_every_anchor(site: Site) -> None:
    """Pages, plain texts and files; not the theme's ids, nor files for machines."""
    assert of(site.write(SITE)) == PROMISED
    assert list(of(site)) == sorted(PROMISED)


@pytest.mark.parametrize("folder", [None, SITES / "golden", SITES / "arabic", ROOT / "content"])
def test_the_promises_are_what_the_pages_hold(site: Site, folder: Path | None) -> None:
    """The record of a build says of each page the ids that are really there."""
    if folder:
        site.content = folder
        site.source_language = "ar" if folder.name == "arabic" else "sv"
    else:
        site.write({**SITE, "aliases.toml": '[anchors]\n"user#time" = "retention"\n'}).review()
    assert site.build().is_done
    record = json.loads(site.files()["build.json"])[promises.PROMISES]
    assert record == of(site)
    for address, anchors in record.items():
        if address == "" or address.endswith("/"):
            ids = {str(node["id"]) for node in site.page(f"{address}index.html").select("[id]")}
            assert {one for one in ids if not one.startswith("_")} == set(anchors), address
        assert (site.output / address).exists()


def test_what_is_retired_is_promised_still(site: Site) -> None:
    """At a retired address the anchors of its successor work; at one for a section, none."""
    table = '"/sv/gammal/" = "/sv/konto/"\n"/sv/tid/" = "/sv/konto/#retention"\n'
    site.write({**SITE, "aliases.toml": f"[addresses]\n{table}"})
    assert of(site) == {
        **PROMISED,
        "sv/gammal.txt": [],
        "sv/gammal/": BOTH,
        "sv/tid.txt": [],
        "sv/tid/": [],
    }
    before = of(site)
    site.write({"aliases.toml": "[addresses]\n"})
    assert [code for code, _ in lost(site, before)] == ["address-dropped", "address-dropped"]


def test_nothing_is_lost_of_a_site_that_stays(site: Site) -> None:
    """More addresses and anchors than before are no loss."""
    site.write(SITE)
    assert lost(site) == []
    site.write({"sv/more.md": "# Mer\n\n## Nytt {#new}\n", "en/more.md": "# More\n"})
    assert lost(site) == []


def test_a_page_that_moves_is_said_with_the_line_to_write(site: Site) -> None:
    """The new page with the same anchors has taken its place; its plain text goes with it."""
    site.write({**SITE, "sv/user.md": SITE["sv/user.md"].replace("slug: konto", "slug: profil")})
    ((code, fix),) = lost(site)
    assert code == "address-dropped"
    assert '"/sv/konto/" = "/sv/profil/"' in fix
    site.write({"aliases.toml": '[addresses]\n"/sv/konto/" = "/sv/profil/"\n'})
    assert lost(site) == []


def test_an_anchor_that_goes_is_said_once_for_all_languages(site: Site) -> None:
    """With the line to write, and for every page of the notice."""
    texts = {path: text.replace("{#rights}", "{#your-rights}") for path, text in SITE.items()}
    ((code, fix),) = lost(site.write(texts))
    assert code == "anchor-dropped"
    assert '"user#rights" = "your-rights"' in fix
    site.write({"aliases.toml": '[anchors]\n"user#rights" = "your-rights"\n'})
    assert lost(site) == []


def test_an_anchor_is_missed_where_its_page_has_moved_to(site: Site) -> None:
    """Both may change at once: an old link goes through the redirect and looks for its anchor."""
    texts = {path: text.replace("{#retention}", "{#how-long}") for path, text in SITE.items()}
    texts["sv/user.md"] = texts["sv/user.md"].replace("slug: konto", "slug: profil")
    table = '[addresses]\n"/sv/konto/" = "/sv/profil/"\n'
    ((code, fix),) = lost(site.write({**texts, "aliases.toml": table}), {"sv/konto/": BOTH})
    assert code == "anchor-dropped"
    assert '"user#retention" = "how-long"' in fix
    site.write({"aliases.toml": f'{table}[anchors]\n"user#retention" = "how-long"\n'})
    assert lost(site) == []


def test_a_section_without_a_like_is_sought_beside_where_it_stood(site: Site) -> None:
    """The section before it is the best guess, or the one after it."""
    cut = {path: text.partition("\n## Vad")[0] for path, text in SITE.items()}
    cut["en/user.md"] = SITE["en/user.md"].partition("\n## What")[0]
    ((_, fix),) = lost(site.write(cut))
    assert '"user#rights" = "retention"' in fix


@pytest.mark.parametrize(
    ("lost_one", "new", "guess"),
    [
        ({"sv/a/": ["x", "y"]}, {"sv/b/": ["x"], "sv/c/": ["x", "y"], "sv/aa/": []}, "sv/c/"),
        ({"sv/letter/": []}, {"sv/form/": []}, "sv/form/"),  # the one that is new
        ({"sv/letter/": []}, {"sv/form/": ["x"]}, ""),  # which is a notice, and that was none
        ({"sv/letter/": []}, {"sv/letter-2/": [], "sv/more/": []}, "sv/letter-2/"),
        ({"sv/terms/": []}, {"en/terms-2/": [], "sv/terms-2.txt": []}, ""),
        ({"sv/kept/x/": []}, {"sv/kept/y/": ["z"]}, "sv/kept/y/"),  # sooner than what was there
        ({"sv/old-kep/": []}, {}, "sv/old-kept/"),
    ],
)
def test_what_took_the_place_of_an_address_is_guessed(
    lost_one: dict[str, list[str]], new: dict[str, list[str]], guess: str
) -> None:
    """It is new, in the same language, of the same kind, and has the same anchors or letters."""
    stays: dict[str, list[str]] = {"sv/old-kept/": [], "sv/kept/xx/": []}
    ((address, _),) = lost_one.items()
    assert successors.of_address(address, {**stays, **lost_one}, {**stays, **new}) == guess


@pytest.mark.parametrize(
    ("before", "now", "guess"),
    [
        (["a", "rights", "b"], ["a", "your-rights", "b", "other"], "your-rights"),
        (["a", "rights", "b"], ["a", "zzz", "b"], "zzz"),
        (["a", "b", "rights", "c"], ["a", "b", "c"], "b"),
        (["rights", "c"], ["c"], "c"),
        (["rights"], [], ""),
    ],
)
def test_what_took_the_place_of_an_anchor_is_guessed(
    before: list[str], now: list[str], guess: str
) -> None:
    """A new one like it, the only new one, the one before it, the one after it, or none."""
    assert successors.of_anchor("rights", before, now) == guess


def test_a_retired_address_is_no_successor(site: Site) -> None:
    """What is guessed can be written as it is."""
    site.write({**SITE, "sv/user.md": SITE["sv/user.md"].replace("slug: konto", "slug: profil")})
    site.write({"aliases.toml": '[addresses]\n"/sv/kontot/" = "/sv/profil/"\n'})
    ((_, fix),) = lost(site)
    assert '"/sv/konto/" = "/sv/profil/"' in fix


def test_a_file_that_goes_is_said(site: Site) -> None:
    """A document is bookmarked as a page is."""
    site.write({**SITE, "files/terms-2026.pdf": "%PDF"})
    (site.content / "files/terms.pdf").unlink()
    ((code, fix),) = lost(site)
    assert code == "address-dropped"
    assert '"/files/terms.pdf" = "/files/terms-2026.pdf"' in fix


def test_each_file_is_said_though_all_are_gone(site: Site) -> None:
    """Only a language is dropped as a whole."""
    before = {**PROMISED, "files/b.pdf": [], "files/plan.png": []}
    site.write(SITE)
    (site.content / "files/terms.pdf").unlink()
    assert len(lost(site, before)) == 3


def test_a_letter_may_have_been_written_in_another_way(site: Site) -> None:
    """Some systems decompose the letters of a name: å is a and a ring."""
    site.write({"sv/user.md": "---\nslug: användning\n---\n# Konto\n"})
    before = {unicodedata.normalize("NFD", address): own for address, own in of(site).items()}
    assert before != of(site)
    assert lost(site, before) == []


def test_what_has_to_go_can_be_let_go(site: Site) -> None:
    """With a reason, and nothing of it is published."""
    site.write(SITE)
    for path in ("sv/user.md", "en/user.md", "files/terms.pdf"):
        (site.content / path).unlink()
    assert len(lost(site)) == 4
    gone = ("sv/konto/", "en/account/", "compare/sv-en/user/", "files/terms.pdf")
    lines = "".join(f'"/{address}" = "a court order"\n' for address in gone)
    site.write({"aliases.toml": f"[gone]\n{lines}"}).review()
    assert lost(site) == []
    assert not set(gone) & set(of(site))
    assert site.build().is_done
    assert not any(b"court" in content for content in site.files().values())


def test_an_anchor_can_be_let_go(site: Site) -> None:
    """An old link then opens the notice at its top."""
    cut = {path: text.partition("\n## Vad")[0] for path, text in SITE.items()}
    cut["en/user.md"] = SITE["en/user.md"].partition("\n## What")[0]
    site.write({**cut, "aliases.toml": '[gone]\n"user#rights" = "published by mistake"\n'})
    assert lost(site) == []


@pytest.mark.parametrize("is_draft", [True, False])
def test_a_whole_language_is_one_finding(site: Site, is_draft: bool) -> None:
    """One for its pages, and one for those that show it beside the source."""
    site.write(SITE)
    if is_draft:
        site.write({"en/language.toml": "draft = true\n"})
    else:
        for file in (site.content / "en").iterdir():
            file.unlink()
        (site.content / "en").rmdir()
    found = lost(site)
    assert [code for code, _ in found] == ["address-dropped"] * 2
    assert '"/en/*" = "why"' in "".join(fix for _, fix in found)
    assert ("draft = true" in "".join(fix for _, fix in found)) == is_draft
    site.write({"aliases.toml": '[gone]\n"/en/*" = "x"\n"/compare/sv-en/*" = "x"\n'})
    assert lost(site) == []
    assert site.findings() == []


@pytest.mark.parametrize(
    "before",
    [
        None,
        [],
        "x",
        3,
        {"sv/konto/": None},
        {"sv/konto/": [3]},
        {"sv/konto/": "rights"},
        {"/x": []},
    ],
)
def test_a_record_that_says_nothing_is_said_once(site: Site, before: Any) -> None:
    """A release of before, or of another program, is no reason to stop."""
    ((code, _),) = lost(site.write(SITE), before)
    assert code == "promises-unknown"
    (finding,) = site.settings.judged(
        promises.dropped(before, site.catalog(), compares=True), site.catalog()
    )
    assert finding.severity == "warning"


def test_a_table_that_cannot_be_read_says_it_all(site: Site) -> None:
    """What it would keep is unknown, and that is a finding already."""
    site.write({**SITE, "aliases.toml": '[addresses]\n"sv/x/" = "/sv/"\n'})
    assert lost(site, {**PROMISED, "sv/x/": []}) == []
    assert [finding.code for finding in site.findings()] == ["alias-malformed"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=8,
)


@given(JSON | st.dictionaries(st.text(max_size=12), st.lists(st.text(max_size=5), max_size=3)))
def test_any_record_is_compared_or_unknown(before: Any) -> None:
    """Whatever stands in a file of somebody else, the answer is findings."""
    empty = Catalog("content", "sv", {}, {}, Organisation(""))
    found = promises.dropped(before, empty, compares=True)
    assert {one.code for one in found} <= {"address-dropped", "anchor-dropped", "promises-unknown"}


def test_a_record_of_very_many_anchors(site: Site) -> None:
    """Is compared in the time of its length, and its list is kept once."""
    site.write(SITE)
    many = {"sv/konto/": [f"a{number}" for number in range(20_000)]}
    started = time.monotonic()
    assert len(promises.dropped(many, site.catalog(), compares=True)) == 20_000
    assert time.monotonic() - started < 3


def check(site: Site, *options: str) -> tuple[int, str]:
    """Run ``./run check`` on a site; give its exit code and what it prints."""
    made = CliRunner().invoke(
        commands, ["check", "--content", "content", "--source-language", "sv", *options]
    )
    return made.exit_code, made.output


@pytest.mark.parametrize("place", ["output", "output/build.json", "dest"])
def test_an_editor_learns_it_before_publishing(site: Site, place: str) -> None:
    """``./run check --published`` takes a site, its record, or a folder of releases."""
    site.write(SITE).review()
    assert site.build().is_done
    releases = site.folder / "dest"
    releases.mkdir()
    (releases / "current").symlink_to(site.output)
    assert check(site, "--published", place)[0] == 0
    site.write({"sv/user.md": SITE["sv/user.md"].replace("slug: konto", "slug: profil")})
    code, said = check(site, "--published", place)
    assert code == 1
    assert '"/sv/konto/" = "/sv/profil/"' in said
    assert "address-dropped" not in check(site)[1]


def test_a_place_without_a_release_is_said(site: Site) -> None:
    """An empty folder, and a file that is no record."""
    site.write(SITE)
    for place, words in (("content", "holds no release"), ("content/sv/user.md", "cannot be read")):
        made = CliRunner().invoke(commands, ["check", "--content", "content", "--published", place])
        assert words in str(made.exception), made.output
