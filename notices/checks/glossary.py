# SPDX-License-Identifier: AGPL-3.0-or-later
"""Do the glossaries of all languages explain the same words, and does a notice use each?"""

from __future__ import annotations

from collections.abc import Iterator

from notices.glossary import CODE, GLOSSARY_FILE, Glossary
from notices.model import Catalog, Finding, Notice
from notices.remembering import remembered
from notices.settings import Settings
from notices.terms import Vocabulary, vocabulary


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Compare each glossary with that of the source language, and all with the notices."""
    malformed = {found.path for found in catalog.findings}
    lang = catalog.source_language
    source = catalog.glossaries.get(lang)
    if _path(catalog, lang) not in malformed:
        for other in catalog.translations:
            if _path(catalog, other) not in malformed:  # that says it all
                yield from _compared(catalog, source, other, catalog.glossaries.get(other))
    if not any(found.code == CODE for found in catalog.findings):
        yield from _unused(catalog)


def _path(catalog: Catalog, lang: str) -> str:
    return f"{catalog.folder}/{lang}/{GLOSSARY_FILE}"


def _compared(
    catalog: Catalog, source: Glossary | None, lang: str, own: Glossary | None
) -> Iterator[Finding]:
    first = catalog.source_language
    if source and own is None:
        yield _no_glossary(catalog, lang, first)
    elif own and source is None:
        yield _no_glossary(catalog, first, lang)
    elif own is not None and source is not None:
        for one, other in ((source, lang), (own, first)):
            theirs = own if other == lang else source
            here = first if other == lang else lang
            for entry in one.values():
                if entry.id not in theirs:
                    yield Finding(
                        _path(catalog, other),
                        1,
                        "glossary-entry-missing",
                        f"'{entry.id}' is in {here} ({_path(catalog, here)}:{entry.line}) and "
                        "not here.",
                        f"add [{entry.id}] with term and explanation in {other}.",
                    )


def _no_glossary(catalog: Catalog, lang: str, other: str) -> Finding:
    return Finding(
        _path(catalog, lang),
        1,
        "glossary-entry-missing",
        f"{other} has a glossary ({_path(catalog, other)}) and {lang} has none.",
        f"copy that file to this place and put its words and explanations into {lang}; what "
        "stands in square brackets stays.",
    )


def _unused(catalog: Catalog) -> Iterator[Finding]:
    """Find the entries that no notice uses in any language; each is said once."""
    used: set[str] = set()
    for lang, glossary in catalog.glossaries.items():
        words = vocabulary(glossary, lang)
        for by_lang in catalog.notices.values():
            if lang in by_lang:
                used |= _used(words, by_lang[lang])
    for lang, glossary in catalog.glossaries.items():
        for entry in glossary.values():
            if entry.id not in used:
                used.add(entry.id)
                yield Finding(
                    _path(catalog, lang),
                    entry.line,
                    "glossary-unused",
                    f"no notice says '{entry.term}', nor any other word of '{entry.id}'.",
                    "remove it from all glossaries, or add to forms what the notices say.",
                )


@remembered
def _used(words: Vocabulary, notice: Notice) -> frozenset[str]:
    """Give the ids of the entries whose words a notice has."""
    return frozenset(
        use.entry.id
        for section in (notice.opening, *notice.sections)
        for html in (section.title, section.body)
        for use in words.uses(html)
    )
