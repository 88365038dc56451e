# SPDX-License-Identifier: AGPL-3.0-or-later
"""A notice's source and a translation, section by section: what has changed since the review?

Texts stand as they are compared: words, signs and the targets of links, none of which can be
followed or run.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from notices import addresses, git
from notices.model import Language, Notice, Organisation
from notices.preview import listing, states, writing
from notices.preview.edition import Edition
from notices.preview.listing import Entry
from notices.review.difference import Comparison, Side, comparison
from notices.review.history import History
from notices.review.standings import Standing, standings
from notices.settings import Settings

_SAID_ALREADY: Final = frozenset({"section-outdated", "section-altered", "section-unreviewed"})
"""Findings that say what the state of a section says, with the commands that stand there, too."""

_one_at_a_time: Final = threading.Lock()


class Part(NamedTuple):
    """A section: both texts, what was found in them, and the command that says "reviewed"."""

    standing: Standing
    source: Side
    translation: Side
    title: str
    lang_of_title: str
    entries: tuple[Entry, ...]
    command: str

    @property
    def id(self) -> str:
        """Name the part of the page."""
        return f"_part-{self.standing.anchor or 'opening'}"

    @property
    def kind(self) -> str:
        """Name the state for the style."""
        return self.standing.state.partition(" ")[0]


class View(NamedTuple):
    """A notice in two languages. ``pages`` lead to it in each of them."""

    source: Language
    translation: Language
    lang_of_title: str
    file: str
    pages: tuple[tuple[Language, str], ...]
    parts: tuple[Part, ...]

    @property
    def is_current(self) -> bool:
        """Whether nothing is left to be read."""
        return all(part.standing.state == "current" for part in self.parts)


def page(edition: Edition, trouble: str, version: str, lang: str, name: str) -> bytes | None:
    """Write the view of a notice in a language; None where there is no such."""
    catalog = edition.catalog
    if lang not in catalog.translations or name not in catalog.notices:
        return None
    source, own = catalog.source(name), catalog.notices[name].get(lang)
    text = source or own
    assert text is not None, "a notice is in one language at least"
    view = View(
        catalog.languages[catalog.source_language],
        catalog.languages[lang],
        text.lang,
        listing.file_of(catalog, name, lang),
        tuple(
            (catalog.languages[tag], f"/{addresses.of_notice(catalog, name, tag)}")
            for tag in (catalog.source_language, lang)
        ),
        tuple(_parts(edition, name, lang)),
    )
    to_review = any(part.command for part in view.parts)
    entries = [one for part in view.parts for one in part.entries]
    files = {listing.file_of(catalog, name, tag) for tag in (catalog.source_language, lang)}
    written = writing.rendered(
        "beside.html",
        view=view,
        title=listing.title_of(text, listing.TOP) or name,
        row=states.row(catalog, lang, name),
        number=len(entries),
        trouble=trouble,
        broken=[one for one in entries if one.finding.path in edition.stale & files],
        command=edition.settings.command(f"reviewed {lang} {name}") if to_review else "",
        all=states.href(lang),
        version=version,
    )
    return written.encode()


def _parts(edition: Edition, name: str, lang: str) -> Iterator[Part]:
    catalog = edition.catalog
    source, own = catalog.source(name), catalog.notices[name].get(lang)
    files = {listing.file_of(catalog, name, tag) for tag in (catalog.source_language, lang)}
    entries = [
        entry
        for entry in listing.listed(edition)
        if entry.finding.path in files
        and entry.finding.code not in _SAID_ALREADY
        and (not entry.finding.disagreement or entry.finding.disagreement.lang == lang)
    ]
    for standing in standings(catalog)[lang]:
        if standing.name != name:
            continue
        compared = _compared(standing, edition, lang)
        text = source if standing.source else own
        command = ""
        if standing.state in ("outdated", "altered", "never reviewed"):
            command = edition.settings.command(f"reviewed {lang} {standing.key}")
        yield Part(
            standing,
            _placed(compared.source, source),
            _placed(compared.translation, own),
            listing.title_of(text, standing.anchor) if text else standing.anchor,
            text.lang if text else lang,
            tuple(entry for entry in entries if (entry.anchor or listing.TOP) == standing.anchor),
            command,
        )


def _placed(side: Side, notice: Notice | None) -> Side:
    """Name the place of a text by its file alone: its language stands above it."""
    return side._replace(place=side.place.partition("  ")[2] if notice else "")


def _compared(standing: Standing, edition: Edition, lang: str) -> Comparison:
    """Compare as ``./run diff`` does. The history is read by one who asks at a time."""
    settings, catalog = edition.settings, edition.catalog
    with _one_at_a_time:
        history = _history(settings.content, _commit(settings))
        return comparison(standing, catalog, lang, history)


def _commit(settings: Settings) -> str:
    """Name what is checked out: until that is another, the history has nothing new."""
    try:
        return git.run(settings.content, "rev-parse", "HEAD").decode(errors="replace")
    except (git.GitError, git.NoGitError):
        return ""


@functools.lru_cache(maxsize=1)
def _history(content: Path, commit: str) -> History:
    """Give the history of a site up to a commit, with every text that was found in it by digest.

    Of the organisation it knows nothing: an old text's facts count by their names.
    """
    return History(content, Organisation(""))
