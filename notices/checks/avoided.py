# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does a notice or glossary say a word for which the glossary has a better one?"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from notices.glossary import Glossary
from notices.model import Catalog, Finding, GlossaryEntry, Notice
from notices.prose import Passage, passages
from notices.remembering import remembered
from notices.settings import Settings
from notices.terms import Vocabulary
from notices.wording import Remark, findings, is_glossary, quoted


@dataclass(frozen=True, slots=True)
class _Avoided:
    """All words of a glossary, with those to avoid, and the entries that are preferred to these."""

    vocabulary: Vocabulary
    preferred: Mapping[GlossaryEntry, GlossaryEntry]


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Look in each text for the words that the glossary of its language avoids.

    An entry's own explanation may tell of them.
    """
    by_lang = {lang: _avoided(glossary, lang) for lang, glossary in catalog.glossaries.items()}

    def remarks_on(notice: Notice) -> tuple[Remark, ...]:
        avoided = by_lang.get(notice.lang)
        return _remarks(notice, avoided) if avoided else ()

    return findings(catalog, settings, "term-avoided", remarks_on)


@remembered
def _avoided(glossary: Glossary, lang: str) -> _Avoided | None:
    """Give the avoided words among all of the glossary: a longer term may hold one."""
    preferred = {
        replace(entry, term="", long="", forms=entry.avoid): entry
        for entry in glossary.values()
        if entry.avoid
    }
    if not preferred:
        return None
    return _Avoided(Vocabulary([*glossary.values(), *preferred], lang), preferred)


@remembered
def _remarks(notice: Notice, avoided: _Avoided) -> tuple[Remark, ...]:
    found: list[Remark] = []
    for passage in passages(notice):
        own = passage.section.anchor if is_glossary(notice) else ""
        found += _of_passage(passage, avoided, own)
    return tuple(found)


def _of_passage(passage: Passage, avoided: _Avoided, own: str) -> Iterator[Remark]:
    """Give a remark on each avoided word, but for those of the entry whose id is ``own``."""
    tag = f'<span lang="{passage.own.lang}">'
    written = f"{tag}{html.escape(passage.own.text, quote=False)}</span>"
    at = done = 0
    begin = len(tag)
    for use in avoided.vocabulary.uses(written):
        entry = avoided.preferred.get(use.entry)
        if entry is None or entry.id == own:
            continue
        at += len(html.unescape(written[begin + done : use.start]))
        word = html.unescape(written[use.start : use.end])
        yield Remark(
            passage,
            at,
            at + len(word),
            f"'{word}' is a word that the glossary avoids: "
            f"'{quoted(passage, at, at + len(word))}'.",
            f"write '{entry.term}'{_others(entry)}.",
        )
        at, done = at + len(word), use.end - begin


def _others(entry: GlossaryEntry) -> str:
    """Name the forms that the preferred word has besides."""
    others = ", ".join(f"'{form}'" for form in entry.forms)
    return f", in the form that fits ({others})" if others else ""
