# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a release promised still stands after a rollback, until somebody lets it go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from notices.delivery import promises, publishing
from notices.delivery.places import Place
from notices.delivery.places.branch import Branch
from notices.delivery.places.folder import Folder
from notices.delivery.release import Release
from notices.model import Finding
from tests import places
from tests.conftest import Site
from tests.places import small_release
from tests.test_checks import SOURCE, TRANSLATION
from tests.test_provenance import git


@pytest.fixture(params=["folder", "branch"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Give an empty place; one by ssh takes the same steps as a folder."""
    if request.param == "folder":
        return Folder(tmp_path / "www")
    git(tmp_path, "init", "--quiet", "--bare", "site.git")
    return Branch(str(tmp_path / "site.git"), "pages")


def promising(folder: Path, name: str, *addresses: str) -> Release:
    """Make a release that promises some addresses."""
    promised: dict[str, list[str]] = {address: [] for address in addresses}
    made = small_release(folder, {f"{name}.html": name}, name, {promises.PROMISES: promised})
    assert made.record[promises.PROMISES] == promised
    return made


def lost(place: Place, made: Release, gone: str = "") -> list[str]:
    """Publish a release, and tell what stood in the way."""

    def compare(record: Mapping[str, Any]) -> list[Finding]:
        kept = {*made.record[promises.PROMISES], gone}
        dropped = [one for one in record[promises.PROMISES] if one not in kept]
        return [Finding("a", 1, "address-dropped", f"/{one}", "f", "error") for one in dropped]

    outcome = publishing.deliver(made, place, 0, compare)
    assert (outcome.published is None) == bool(outcome.findings)
    return [finding.message for finding in outcome.findings]


def go_back(place: Place) -> None:
    """Roll back."""
    with place.opened(0) as opened:
        opened.go_back()


def test_what_a_rollback_withdrew_was_promised(place: Place, tmp_path: Path) -> None:
    """Each release that was gone back from counts, and each promise once; letting go ends it."""
    assert lost(place, promising(tmp_path, "one", "a/")) == []
    assert lost(place, promising(tmp_path, "two", "a/", "b/")) == []
    assert lost(place, promising(tmp_path, "three", "a/", "b/", "c/")) == []
    go_back(place)
    go_back(place)
    assert lost(place, promising(tmp_path, "none")) == ["/a/", "/b/", "/c/"]
    four = promising(tmp_path, "four", "a/", "b/")
    assert lost(place, four) == ["/c/"]
    assert lost(place, four, gone="c/") == []
    assert lost(place, promising(tmp_path, "five", "a/", "b/", "d/")) == []
    go_back(place)
    assert lost(place, promising(tmp_path, "six", "a/", "b/")) == ["/d/"]


def test_without_a_rollback_the_current_release_says_it_all(place: Place, tmp_path: Path) -> None:
    """What an older one promised was let go before."""
    assert lost(place, promising(tmp_path, "one", "a/", "b/")) == []
    assert lost(place, promising(tmp_path, "two", "a/"), gone="b/") == []
    assert lost(place, promising(tmp_path, "three", "a/")) == []


def test_a_withdrawn_release_that_was_damaged(tmp_path: Path) -> None:
    """Has an empty record, so that the comparison says that nobody knows what it promised."""
    place = Folder(tmp_path / "www")
    for name in ("one", "two"):
        lost(place, promising(tmp_path, name, "a/"))
    go_back(place)
    withdrawn = max(path for path in (tmp_path / "www/releases").glob("0*"))
    (withdrawn / "build.json").write_text("{")
    with place.opened(0) as opened:
        now, damaged = opened.promising()
    assert promises.PROMISES in now.record
    assert damaged == replace(damaged, id=withdrawn.name, record={}, sums={})


def test_the_way_out(site: Site, tmp_path: Path) -> None:
    """A site that lacks the withdrawn page is refused, until ``[gone]`` says why."""
    site.write({"sv/user.md": SOURCE, "en/user.md": TRANSLATION}).review()
    promised = promises.of(site.catalog(), compares=False)
    place, more = Folder(tmp_path / "www"), {"sv/more/": ["who"], "en/more/": ["who"]}
    for name, addresses in (("one", promised), ("two", promised | more)):
        says = {promises.PROMISES: addresses}
        publishing.deliver(small_release(tmp_path, {"a.html": name}, name, says), place, 0)
    go_back(place)
    before = (tmp_path / "www/current").readlink()
    three = small_release(tmp_path, {}, "three", {promises.PROMISES: promised})

    def outcome() -> publishing.Outcome:
        catalog, chosen = site.catalog(), replace(site.settings, compares=False)
        return publishing.deliver(
            three, place, 0, lambda was: publishing.broken(was, catalog, chosen)
        )

    refused = outcome()
    assert refused.published is None
    assert [finding.code for finding in refused.findings] == ["address-dropped"] * 2
    assert "/en/more/ was published, and there is nothing now" in refused.findings[0].message
    assert (tmp_path / "www/current").readlink() == before
    gone = '[gone]\n"/sv/more/" = "published by mistake"\n"/en/more/" = "the same"\n'
    site.write({"aliases.toml": gone})
    assert outcome().findings == ()
    assert places.whole(tmp_path / "www").digest == three.digest
