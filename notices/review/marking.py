# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./run reviewed``: a translation says what its source says, as both are now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from notices.codes import UNREAD
from notices.model import Catalog, Notice, Review, Section
from notices.review.choice import chosen
from notices.review.records import REVIEWS_FILE, change_reviews
from notices.review.standings import Standing, standings
from notices.review.words import digest
from notices.settings import Settings


class Marked(NamedTuple):
    """The sections that are marked now, those that were so before, and those that cannot be."""

    new: list[Standing]
    current: list[Standing]
    missing: list[Standing]
    orphans: list[Standing]


def mark(
    catalog: Catalog, settings: Settings, lang: str, names: Sequence[str], today: date
) -> Marked:
    """Record that sections (see ``chosen``) were checked today; what is missing cannot be.

    A review that still holds keeps its date; one whose section is gone is dropped. Raises
    SettingsError as ``chosen`` does and for a record that cannot be read, OSError where it cannot
    be written.
    """
    meant = chosen(catalog, lang, names)
    marked = Marked(
        [one for one in meant if one.state in ("outdated", "altered", "never reviewed")],
        *(
            [one for one in meant if one.state == state]
            for state in ("current", "missing", "orphan")
        ),
    )
    settled = {
        one.key: replace(one.review, anchor=one.anchor) for one in marked.current if one.review
    }
    settled |= {one.key: _review(catalog, lang, one, today) for one in marked.new}

    in_use = {one.review for one in standings(catalog)[lang]}

    def change(old: list[Review]) -> list[Review]:
        moved = {one.review for one in (*marked.current, *marked.new)}
        kept = [
            one
            for one in old
            if one.key not in settled
            and one not in moved
            and (one in in_use or not _is_gone(catalog, one))
        ]
        return [*kept, *settled.values()]

    file = settings.content / lang / REVIEWS_FILE
    change_reviews(file, f"{catalog.folder}/{lang}/{REVIEWS_FILE}", change)
    return marked


def _is_gone(catalog: Catalog, review: Review) -> bool:
    """Tell whether the source surely has no such section; a file that cannot be read may have."""
    if any(finding.code in UNREAD for finding in catalog.findings):
        return False
    source = catalog.source(review.name) if review.name in catalog.notices else None
    return source is None or all(part.anchor != review.anchor for part in source.parts)


def _review(catalog: Catalog, lang: str, standing: Standing, today: date) -> Review:
    def now(text: Notice | None, section: Section | None) -> str:
        assert text and section, "a section that is marked is in both languages"
        return digest(section, text)

    return Review(
        standing.name,
        standing.anchor,
        now(catalog.source(standing.name), standing.source),
        now(catalog.notices[standing.name].get(lang), standing.translation),
        today,
    )


def told(marked: Marked, lang: str) -> Iterator[str]:
    """Tell what was marked and what was not, a line each."""
    for number, what in (
        (len(marked.new), "marked as checked"),
        (len(marked.current), "current already"),
    ):
        if number:
            yield f"{lang}: {number} section{'' if number == 1 else 's'} {what}."
    for one in marked.missing:
        yield f"{lang}: {one.key} was not marked, since it is not translated."
    for one in marked.orphans:
        yield f"{lang}: {one.key} was not marked, since it has no source."
