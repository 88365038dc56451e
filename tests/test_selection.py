# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which findings somebody asks to see, by code and by path."""

from __future__ import annotations

from pathlib import Path

import pytest

from notices import selection
from notices.model import Finding
from notices.settings import SettingsError
from tests.conftest import Site

PLACES = (
    "content/sv",
    "content/sv/user.md",
    "content/sv/user.mdx",
    "content/sv-SE/user.md",
    "content/en/gone.md",
    "translations/sv/LC_MESSAGES/messages.po",
)
FOUND = [Finding(place, 1, "raw-html", "m", "f") for place in PLACES]


@pytest.fixture
def standing(site: Site) -> Site:
    """Give a site with files in two languages, one whose name begins like the other's."""
    for place in (*PLACES[1:4], PLACES[5], "content/en/user.md", "README.md"):
        file = site.folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("# T\n", encoding="utf-8")
    site.translations = site.folder / "translations"
    return site


def chosen(site: Site, *paths: str) -> list[str]:
    """Give the places of the findings that these paths choose."""
    is_below = selection.below_paths(paths, FOUND, site.settings)
    return [finding.path for finding in FOUND if is_below(finding)]


def test_nothing_asked_for_is_everything(standing: Site) -> None:
    """Without words nothing is left out."""
    assert chosen(standing) == list(PLACES)
    assert all(map(selection.of_codes(()), FOUND))


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("content/sv/user.md", PLACES[1:2]),
        ("./content/../content/sv/user.md", PLACES[1:2]),
        ("content/sv", PLACES[:3]),
        ("content/sv/", PLACES[:3]),
        ("content/en/user.md", ()),
        ("content/en/gone.md", PLACES[4:5]),
        ("translations", PLACES[5:]),
        (".", PLACES),
        ("link", PLACES[:3]),
    ],
)
def test_a_file_or_what_is_below_a_folder(
    standing: Site, path: str, places: tuple[str, ...]
) -> None:
    """A path is that file or folder, however it is written; a name that begins alike is another."""
    (standing.folder / "link").symlink_to("content/sv")
    assert chosen(standing, path) == list(places)
    assert chosen(standing, str(Path(path).absolute())) == list(places)


def test_several_paths_add_up(standing: Site) -> None:
    """Each finding in any of them."""
    assert chosen(standing, "content/sv/user.md", "content/en/gone.md") == [PLACES[1], PLACES[4]]


def test_a_link_that_leads_out_of_the_content_is_a_file_of_it(standing: Site) -> None:
    """Its finding is about the link."""
    (standing.content / "sv" / "user.md").unlink()
    (standing.content / "sv" / "user.md").symlink_to("../../README.md")
    assert chosen(standing, "content/sv/user.md") == [PLACES[1]]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("content/sv/usr.md", r"no file or folder content/sv/usr\.md; did you mean .*/user\.md\?"),
        ("sv/user.md", r"no file or folder sv/user\.md; did you mean content/sv/user\.md\?"),
        ("none", r"no file or folder none\."),
        (
            "README.md",
            r"README\.md lies neither .* \(content\), nor .* \(translations\), nor .* \(output\)\.",
        ),
    ],
)
def test_a_path_that_makes_no_sense(standing: Site, path: str, said: str) -> None:
    """A path that is not there, or holds nothing that is checked, would show nothing for ever."""
    with pytest.raises(SettingsError, match=said):
        chosen(standing, path)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raw-htlm", "'raw-htlm'; did you mean 'raw-html'?"),
        ("xyz", "findings.md lists them"),
        ("", "findings.md lists them"),
    ],
)
def test_a_code_that_is_none(code: str, said: str) -> None:
    """The nearest code is named."""
    with pytest.raises(SettingsError) as raised:
        selection.of_codes(("raw-html", code))
    assert said in str(raised.value)
