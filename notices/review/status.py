# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./run status``: notices × sections × languages, as tables, as JSON or as a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import jinja2

from notices import policy
from notices.model import Catalog, Section
from notices.review import readable
from notices.review.columns import WIDTH, Line, cut, tables
from notices.review.standings import STATES, Standing, standings, totals
from notices.settings import Readability

_PAGE: Final = Path(__file__).with_name("status.html")
_IN_A_COLUMN: Final = {"never reviewed": "never"}


@dataclass(frozen=True, slots=True)
class Row:
    """A section, and its standing in each language that the source or the section is in."""

    name: str
    anchor: str
    standings: Mapping[str, Standing]

    @property
    def label(self) -> str:
        """Name the section for people."""
        return self.anchor or readable.OPENING

    @property
    def source(self) -> Section | None:
        """The section in the source language."""
        return next((one.source for one in self.standings.values() if one.source), None)


def rows(catalog: Catalog) -> list[Row]:
    """List the sections by notice: the source's in their order, then those without a source."""
    found: dict[str, dict[str, dict[str, Standing]]] = {name: {} for name in catalog.notices}
    for is_orphan in (False, True):
        for lang, of_lang in standings(catalog).items():
            for one in of_lang:
                if (one.source is None) is is_orphan:
                    found[one.name].setdefault(one.anchor, {})[lang] = one
    return [
        Row(name, anchor, by_lang)
        for name, of_notice in found.items()
        for anchor, by_lang in of_notice.items()
    ]


def drafts_of(catalog: Catalog, name: str, tags: Iterable[str]) -> list[str]:
    """List in which of these languages a notice is a draft by itself."""
    return [tag for tag in tags if f"{tag}/{name}.md" in catalog.draft_texts]


def as_text(catalog: Catalog, limits: Readability) -> str:
    """Write tables of at most 80 columns: of the translations, and how hard all is to read."""
    return f"{_of_translations(catalog)}\n\n{readable.as_text(catalog, limits)}"


def _of_translations(catalog: Catalog) -> str:
    tags = catalog.translations
    if not tags:
        return f"There are no translations: {catalog.folder} has {catalog.source_language} alone."
    of_all = rows(catalog)
    return "\n\n".join(
        "\n".join(_table(catalog, of_all, part, line)) for line, part in tables(tags)
    )


def _table(
    catalog: Catalog, of_all: Sequence[Row], tags: Sequence[str], line: Line
) -> Iterator[str]:
    yield line("", tags)
    name = ""
    for row in of_all:
        if row.name != name:
            name = row.name
            yield cut(name, WIDTH).rstrip()
        states = [row.standings[tag].state if tag in row.standings else "" for tag in tags]
        yield line(f"  {row.label}", [_IN_A_COLUMN.get(state, state) for state in states])
    counted = {tag: totals(standings(catalog)[tag]) for tag in tags}
    yield line("total", [str(sum(counted[tag].values())) for tag in tags])
    for state in STATES:
        if any(counted[tag][state] for tag in tags):
            yield line(f"  {state}", [str(counted[tag][state]) for tag in tags])
    for name in catalog.notices:
        if drafts := drafts_of(catalog, name, tags):
            yield f"{name} is a draft in {', '.join(drafts)}, and not counted."
    for tag in tags:
        if tag in catalog.drafts:
            yield f"{tag} is a draft."
        elif tag not in catalog.reviews:
            yield f"{tag} keeps no reviews yet."


def as_json(catalog: Catalog, limits: Readability) -> str:
    """Write what the tables say, with places, as JSON."""
    languages = [
        {
            "lang": tag,
            "name": catalog.languages[tag].name,
            "draft": tag in catalog.drafts,
            "keeps_reviews": tag in catalog.reviews,
            "totals": totals(standings(catalog)[tag]),
        }
        for tag in catalog.translations
    ]
    sections = [
        {
            "notice": row.name,
            "section": row.anchor,
            "source": _place(catalog, row.name, catalog.source_language, row.source),
            "translations": {
                tag: {
                    "state": one.state,
                    "draft": one.is_draft,
                    **_place(catalog, row.name, tag, one.translation),
                    "reviewed": one.review.on.isoformat() if one.review else None,
                }
                for tag, one in row.standings.items()
            },
        }
        for row in rows(catalog)
    ]
    told = {
        "source_language": catalog.source_language,
        "languages": languages,
        "sections": sections,
        "readability": readable.as_values(catalog, limits),
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _place(catalog: Catalog, name: str, lang: str, section: Section | None) -> dict[str, Any]:
    """Give the file and line of a section in a language; None where it has none."""
    notice = catalog.notices[name].get(lang)
    if section is None or notice is None:
        return {"path": None, "line": None}
    return {"path": notice.path, "line": section.line}


def as_html(catalog: Catalog, limits: Readability) -> str:
    """Write one page that needs nothing else, to be opened or published."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.from_string(_PAGE.read_text(encoding="utf-8"))
    html = page.render(
        policy=policy.MARKER,
        catalog=catalog,
        languages=[catalog.languages[tag] for tag in catalog.translations],
        notices=[
            (name, list(found)) for name, found in groupby(rows(catalog), lambda row: row.name)
        ],
        totals={tag: totals(of_lang) for tag, of_lang in standings(catalog).items()},
        drafts={name: drafts_of(catalog, name, catalog.translations) for name in catalog.notices},
        states=STATES,
        readable=[
            (name, list(found))
            for name, found in groupby(readable.rows(catalog), lambda row: row.name)
        ],
        all_languages=list(catalog.languages.values()),
        limits=limits,
    )
    return policy.stated(html.encode()).decode()
