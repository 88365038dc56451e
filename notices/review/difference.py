# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./run diff``: what a source says now and did not say before, with the translation beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from notices.model import Catalog, Notice, Section
from notices.review.changes import Change, Line, compared, unchanged
from notices.review.choice import chosen
from notices.review.history import History, HistoryError
from notices.review.standings import Standing
from notices.review.words import digest, words
from notices.settings import Settings

_STYLES: Final[dict[Change, str]] = {"same": "", "removed": "red strike", "added": "bold green"}


class Side(NamedTuple):
    """One of the two texts of a section: where it is, its lines, and what there is to say of it."""

    place: str
    lines: list[Line]
    note: str = ""


class Comparison(NamedTuple):
    """A section that somebody has to look at, in both languages."""

    standing: Standing
    source: Side
    translation: Side


def comparisons(
    catalog: Catalog, settings: Settings, lang: str, names: Sequence[str]
) -> Iterator[Comparison]:
    """Give the sections meant (see ``chosen``) that are not current; raises SettingsError."""
    history = History(settings.content, catalog.organisation)
    for standing in chosen(catalog, lang, names):
        if standing.state != "current":
            yield comparison(standing, catalog, lang, history)


def comparison(standing: Standing, catalog: Catalog, lang: str, history: History) -> Comparison:
    """Put both texts of a section beside each other, with what has changed since their review."""
    source, own = catalog.source(standing.name), catalog.notices[standing.name].get(lang)
    review = standing.review
    theirs_then, own_then = (review.source, review.translation) if review else ("", "")
    return Comparison(
        standing,
        _side(history, source, standing.source, theirs_then),
        _side(history, own, standing.translation, own_then),
    )


def _side(history: History, notice: Notice | None, section: Section | None, checked: str) -> Side:
    if notice is None or section is None:
        return Side("(not there)", [])
    place = f"{notice.lang}  {notice.path}:{section.line}"
    now = words(section, notice)
    if not checked or checked == digest(section, notice):
        return Side(place, unchanged(now))
    try:
        old, old_notice = history.text_of(checked, notice)
    except HistoryError as error:
        return Side(place, unchanged(now), f"{notice.lang} has changed, and {error}.")
    return Side(place, compared(words(old, old_notice), now))


def show(comparison: Comparison, console: Console) -> None:
    """Print both texts beside each other, block by block where they have the same blocks."""
    standing = comparison.standing
    on = f", last checked on {standing.review.on.isoformat()}" if standing.review else ""
    console.print(Text(f"{standing.key}: {standing.state}{on}", "bold"))
    for side in (comparison.source, comparison.translation):
        if side.note:
            console.print(Text(side.note))
    table = Table(box=None, expand=True, pad_edge=False, padding=(0, 3, 1, 0))
    for side in (comparison.source, comparison.translation):
        table.add_column(Text(side.place), ratio=1, overflow="fold")
    left, right = comparison.source.lines, comparison.translation.lines
    if len(left) == len(right):
        for one, other in zip(left, right, strict=True):
            table.add_row(_text([one]), _text([other]))
    else:
        table.add_row(_text(left), _text(right))
    console.print(table)


def _text(lines: Sequence[Line]) -> Text:
    written = Text()
    for number, line in enumerate(lines):
        written.append("\n\n" if number else "")
        for piece in line:
            written.append(str(piece), _STYLES[piece.change])
    return written
