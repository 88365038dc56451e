# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ids for headings that give none: the same in every language, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.anchors import WELL_FORMED, anchor_for
from tests.conftest import Site


def anchors(site: Site, lang: str) -> list[str]:
    """Give the ids of the notice's sections in one language."""
    return [section.anchor for section in site.catalog().notices["a"][lang].sections]


def test_the_source_gives_the_ids(site: Site) -> None:
    """Letters are kept, and a translation takes the id from the section in the same place."""
    site.write(
        {
            "sv/a.md": "# T\n\n## Hur länge?\n\n### Åtta & nio\n\n## Hur länge?\n",
            "en/a.md": "# T\n\n## How long?\n\n### Eight and nine\n\n## How long, again?\n",
            "ja/a.md": "# T\n\n## いつまで\n\n### 八と九\n\n## いつまで\n",
        }
    )
    expected = ["hur-länge", "åtta-nio", "hur-länge-2"]
    assert anchors(site, "sv") == anchors(site, "en") == anchors(site, "ja") == expected
    assert {code for code, _, _ in site.places()} == {"heading-without-id", "language-unknown"} - {
        "language-unknown"
    }


def test_ids_that_are_given_stay(site: Site) -> None:
    """A translation without ids takes the source's own."""
    site.write(
        {
            "sv/a.md": "# T\n\n## Ett {#one}\n\n## Två {#two}\n",
            "en/a.md": "# T\n\n## One\n\n## Two {#two}\n",
        }
    )
    assert anchors(site, "en") == ["one", "two"]
    assert site.places() == [("heading-without-id", "en/a.md", 3)]


@pytest.mark.parametrize(
    ("translation", "line"),
    [
        ("# T\n\n## One\n", 1),
        ("# T\n\n## One\n\n### Two\n", 5),
        ("# T\n\n## One\n\n## Two\n\n## Three\n", 7),
        ("# T\n\n## One\n\n## Two {#other}\n", 5),
    ],
)
def test_nothing_is_guessed_where_outlines_differ(site: Site, translation: str, line: int) -> None:
    """A heading less, more, of another level or with another id: one finding, and no ids."""
    site.write({"sv/a.md": "# T\n\n## Ett {#one}\n\n## Två {#two}\n", "en/a.md": translation})
    others = [place for place in site.places() if place[0] != "heading-without-id"]
    assert others == [("outline-differs", "en/a.md", line)]
    assert "one" not in anchors(site, "en")


def test_ids_in_the_translation_alone(site: Site) -> None:
    """Where only the translation gives ids, they have to be those of the source's headings."""
    site.write({"sv/a.md": "# T\n\n## Ett\n", "en/a.md": "# T\n\n## One {#ett}\n"})
    assert site.places() == [("heading-without-id", "sv/a.md", 3)]
    site.write({"en/a.md": "# T\n\n## One {#one}\n"})
    assert site.places() == [
        ("outline-differs", "en/a.md", 3),
        ("heading-without-id", "sv/a.md", 3),
    ]


def test_an_id_made_of_a_heading_collides_with_none_that_is_given(site: Site) -> None:
    """Ids are unique in the page, however they came about."""
    site.write({"sv/a.md": "# T\n\n## One\n\n*x*{#two}\n\n## Two\n\n## Ett {#one}\n"})
    assert anchors(site, "sv") == ["one-2", "two-2", "one"]


@given(st.text())
def test_an_id_made_of_any_heading_is_well_formed(title: str) -> None:
    """Whatever the heading says, its id can stand in a page and collides with none of the theme."""
    assert WELL_FORMED.fullmatch(anchor_for(title.replace("<", "&lt;")))
