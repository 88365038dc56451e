# SPDX-License-Identifier: AGPL-3.0-or-later
"""What templates get: plain data, with every address, word and language in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from markupsafe import Markup

from notices.model import Language


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page or section, with its words and the language that both are in."""

    href: str
    title: Markup
    language: Language


@dataclass(frozen=True, slots=True)
class PairLink:
    """A link to the page that shows a notice in its source language and a translation beside it."""

    href: str
    source: Language
    translation: Language


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as the theme shows it. ``label`` is its title, fit to stand in a link.

    ``written_in`` is the language of its text, and ``is_missing`` says that the page's own
    language has the notice but not this section. ``newer`` is the same section in the source
    language, where that has changed since the translation was checked. ``retired`` are the anchors
    of sections in whose place it stands.
    """

    anchor: str
    retired: tuple[str, ...]
    level: int
    title: Markup
    label: Markup
    body: Markup
    translations: tuple[PageLink, ...]
    written_in: Language
    is_missing: bool
    newer: PageLink | None
    children: list[SectionView]


@dataclass(frozen=True, slots=True)
class TermView:
    """A word that the page explains. ``term`` and ``long`` carry their language.

    ``written_in`` is the language of the explanation where it is not the page's. ``is_linked`` says
    that the page's text has a link to it, so that there is a way back; ``is_anchored`` that the
    text of some language has one, so that all have its ids.
    """

    id: str
    term: Markup
    long: Markup
    explanation: Markup
    written_in: Language | None
    is_linked: bool
    is_anchored: bool


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as the theme shows it, in the language of its page.

    ``prevailing`` is the notice in the source language, where anything of that has changed since
    the translation was checked; ``is_late`` says that its title and introduction have. ``linking``
    are the sections that link to a letter. ``retired`` are anchors that now lead to its opening.
    """

    title: Markup
    introduction: Markup
    sections: list[SectionView]
    effective: str
    effective_iso: str
    written_in: Language | None
    is_late: bool = False
    prevailing: PageLink | None = None
    glossary: tuple[TermView, ...] = ()
    linking: tuple[PageLink, ...] = ()
    retired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """A page: where it stands, what it is called, and its twins in other languages.

    ``plain`` is the address of its text without design, empty where it has none.
    """

    address: str
    title: str
    description: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    translations: tuple[PageLink, ...]
    indexable: bool = True
    comparisons: tuple[PairLink, ...] = ()
    plain: str = ""


@dataclass(frozen=True, slots=True)
class SideView:
    """One of two texts that stand beside each other. ``is_late`` says that its source changed."""

    language: Language
    title: Markup
    body: Markup
    effective: str = ""
    effective_iso: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """A section in two languages; a side is None where its language does not have the section.

    ``is_matched`` says that a side that is None is not there, and not only unknown for want of ids.
    ``retired`` are the anchors of sections in whose place this one stands.
    """

    anchor: str
    retired: tuple[str, ...]
    level: int
    is_matched: bool
    source: SideView | None
    translation: SideView | None
    children: list[RowView]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """A notice in two languages: its opening, its sections, and the pages of the notice itself."""

    pair: PairLink
    opening: RowView
    rows: list[RowView]
    pages: tuple[PageLink, PageLink]


class _Ranked(Protocol):
    @property
    def level(self) -> int: ...

    @property
    def children(self) -> list[Any]: ...


View = TypeVar("View", bound=_Ranked)


def nested(views: list[View]) -> list[View]:
    """Put each section into the one above it whose heading is of a higher rank."""
    top: list[View] = []
    open_sections: list[View] = []
    for view in views:
        while open_sections and open_sections[-1].level >= view.level:
            open_sections.pop()
        (open_sections[-1].children if open_sections else top).append(view)
        open_sections.append(view)
    return top
