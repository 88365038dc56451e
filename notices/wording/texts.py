# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which texts of a site are read word by word? Its notices, and its glossaries.

A glossary is given as a notice, with a section for each entry: the term is its title; what that is
short for and the explanation, which are plain text, are its paragraphs. What no reader sees of an
entry is not there: its further forms, and the words that it avoids.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from notices.glossary import GLOSSARY_FILE, Glossary
from notices.model import Catalog, GlossaryEntry, Notice, Section
from notices.remembering import remembered


def texts(catalog: Catalog) -> Iterator[tuple[Notice, Notice | None]]:
    """Give each notice and glossary in each language, with the same in the source language."""
    for name, by_lang in catalog.notices.items():
        for notice in by_lang.values():
            yield notice, catalog.source(name)
    of_glossaries = {
        lang: _text(glossary, lang, f"{catalog.folder}/{lang}/{GLOSSARY_FILE}")
        for lang, glossary in catalog.glossaries.items()
    }
    for text in of_glossaries.values():
        yield text, of_glossaries.get(catalog.source_language)


def is_glossary(text: Notice) -> bool:
    """Tell whether a text is a glossary: plain text, whose sections are entries."""
    return text.name == GLOSSARY_FILE


@remembered
def _text(glossary: Glossary, lang: str, path: str) -> Notice:
    opening = Section("", 1, "", "", 1)
    return Notice(GLOSSARY_FILE, lang, path, opening, tuple(map(_section, glossary.values())), ())


def _section(entry: GlossaryEntry) -> Section:
    long = f"<p>{_in_language(entry.long, entry.lang)}</p>" if entry.long else ""
    body = f"{long}<p>{_escaped(entry.explanation)}</p>"
    return Section(entry.id, 2, _in_language(entry.term, entry.lang), body, entry.line)


def _in_language(text: str, lang: str) -> str:
    return f'<span lang="{html.escape(lang)}">{_escaped(text)}</span>' if lang else _escaped(text)


def _escaped(text: str) -> str:
    """Make HTML of plain text; ``[[email]]`` names no fact in it, and readers would see it."""
    return html.escape(text, quote=False).replace("[[", "[<span></span>[")
