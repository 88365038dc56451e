# SPDX-License-Identifier: AGPL-3.0-or-later
"""How hard is each notice to read, and each of its sections, in each language?

A section that still has its source's words is no text of its language, and has no figures in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from notices.languages import same_language
from notices.model import Catalog
from notices.readability import (
    Sentence,
    is_too_hard,
    lix,
    long_words,
    reading_ease,
    running,
)
from notices.review.columns import Line, tables
from notices.settings import Readability
from notices.untranslated import in_own_words

OPENING: Final = "(title and introduction)"
_EASE: Final = "ease"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted in a text. ``reading_ease`` is None for all languages but English."""

    words: int
    sentences: int
    long_words: int
    lix: float
    reading_ease: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A notice as a whole, or a section of it, and its figures by language."""

    name: str
    anchor: str
    is_whole: bool
    figures: Mapping[str, Figures]

    @property
    def label(self) -> str:
        """Name the row for people."""
        return self.name if self.is_whole else self.anchor or OPENING

    def is_hard(self, lang: str, limits: Readability) -> bool:
        """Tell whether a text is harder than the site allows."""
        limit = limits.notice if self.is_whole else limits.section
        one = self.figures.get(lang)
        return one is not None and is_too_hard(one.lix, one.words, limit)


def rows(catalog: Catalog) -> list[Row]:
    """List each notice and its sections, those with an id, that have figures in some language."""
    found = []
    for name, by_lang in catalog.notices.items():
        whole: dict[str, Figures] = {}
        parts: dict[str, dict[str, Figures]] = {}
        for lang, notice in by_lang.items():
            texts = [
                (section, running(section, lang))
                for section in in_own_words(notice, catalog.source(name))
            ]
            if all_figures := _figures(tuple(one for _, text in texts for one in text), lang):
                whole[lang] = all_figures
            for section, text in texts:
                figures = _figures(text, lang)
                if figures and (section.anchor or section is notice.opening):
                    parts.setdefault(section.anchor, {})[lang] = figures
        if whole:
            found.append(Row(name, "", True, whole))
            found += [Row(name, anchor, False, figures) for anchor, figures in parts.items()]
    return found


def _figures(text: tuple[Sentence, ...], lang: str) -> Figures | None:
    value = lix(text)
    if value is None:
        return None
    ease = reading_ease(text) if same_language(lang, "en") else None
    count = sum(len(one.words) for one in text)
    return Figures(count, len(text), len(long_words(text)), value, ease)


def as_text(catalog: Catalog, limits: Readability) -> str:
    """Write a table of at most 80 columns; many languages take several tables."""
    of_all = rows(catalog)
    heads = []
    for tag in catalog.languages:
        told = [row.figures[tag] for row in of_all if tag in row.figures]
        heads += [tag] if told else []
        heads += [f"{tag} {_EASE}"] if any(one.reading_ease is not None for one in told) else []
    if not heads:
        return "There is no running text whose words could be counted."
    written = ["\n".join(_table(of_all, line, part, limits)) for line, part in tables(heads)]
    notes = [f"{tag} has no figures." for tag in catalog.languages if tag not in heads]
    if any(row.is_hard(tag, limits) for row in of_all for tag in row.figures):
        notes.append("! is above the site's limit.")
    if any(head.endswith(_EASE) for head in heads):
        notes.append(f"{_EASE} is Flesch's reading ease: more is easier.")
    return "\n".join(["\n\n".join(written), *notes])


def _table(
    of_all: list[Row], line: Line, heads: Sequence[str], limits: Readability
) -> Iterator[str]:
    yield line("LIX", heads)
    for row in of_all:
        cells = [_cell(row, head, limits) for head in heads]
        yield line(row.label if row.is_whole else f"  {row.label}", cells)


def _cell(row: Row, head: str, limits: Readability) -> str:
    tag, _, ease = head.partition(" ")
    figures = row.figures.get(tag)
    if figures is None:
        return ""
    if ease:
        return "" if figures.reading_ease is None else f"{figures.reading_ease:.1f}"
    return f"{figures.lix:.1f}" + (" !" if row.is_hard(tag, limits) else "")


def as_values(catalog: Catalog, limits: Readability) -> dict[str, Any]:
    """Give what the table says, with what was counted, as values of JSON."""
    notices: list[dict[str, Any]] = []
    for row in rows(catalog):
        figures = {tag: asdict(one) for tag, one in row.figures.items()}
        if row.is_whole:
            notices.append({"notice": row.name, "languages": figures, "sections": []})
        else:
            notices[-1]["sections"].append({"section": row.anchor, "languages": figures})
    return {"limits": asdict(limits), "notices": notices}
