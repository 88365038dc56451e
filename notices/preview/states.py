# SPDX-License-Identifier: AGPL-3.0-or-later
"""How do the translations stand, of one notice or of the whole site, in words and figures?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import quote

from notices.model import FRONT_PAGE, Catalog, Language
from notices.preview.edition import Subject
from notices.review.standings import State, standings, totals

BESIDE: Final = "/_preview/beside/"
_IN_ORDER: Final[tuple[State, ...]] = (
    "outdated",
    "altered",
    "never reviewed",
    "missing",
    "orphan",
    "current",
)
"""What asks for work stands first."""


class Part(NamedTuple):
    """The sections in one state, and where they stand in the bar: from ``start``, ``number`` on."""

    state: State
    number: int
    start: int

    @property
    def kind(self) -> str:
        """Name the state for the style."""
        return self.state.partition(" ")[0]


class Row(NamedTuple):
    """The translations into one language, in the states that there are."""

    language: Language
    is_draft: bool
    href: str
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """Count all sections."""
        return sum(part.number for part in self.parts)


def rows(catalog: Catalog, subject: Subject | None) -> Iterator[Row]:
    """Give a row for each translation: of the notice that a page shows, or of the site.

    A front page stands for the site.
    """
    name = subject.name if subject else FRONT_PAGE
    for lang in catalog.translations:
        yield row(catalog, lang, "" if name == FRONT_PAGE else name)


def row(catalog: Catalog, lang: str, name: str) -> Row:
    """Count the sections of a notice in a language, or (no name) of all notices."""
    meant = [one for one in standings(catalog)[lang] if name in ("", one.name)]
    counted = totals(meant)
    parts, start = [], 0
    for state in _IN_ORDER:
        if counted[state]:
            parts.append(Part(state, counted[state], start))
            start += counted[state]
    return Row(catalog.languages[lang], lang in catalog.drafts, href(lang, name), tuple(parts))


def href(lang: str, name: str = "") -> str:
    """Give the address of the side-by-side view of a notice, or of the list of all."""
    return BESIDE + quote(f"{lang}/{name}/" if name else f"{lang}/")
