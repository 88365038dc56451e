# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a page explains its words: the first use links to a glossary at its end, and back.

A word in another language carries that language at each use. What is listed is what the notice uses
in any of its languages, so that all of them have the same ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from markupsafe import Markup, escape

from notices import languages, theme
from notices.model import FRONT_PAGE, Catalog, GlossaryEntry, Language, Notice
from notices.remembering import remembered
from notices.render.texts import with_missing
from notices.render.views import TermView
from notices.terms import Use, Vocabulary, vocabulary
from notices.untranslated import is_untranslated

_JOINED: Final = re.compile(r"^\w[-‐‑]|[-‐‑]\w$")
"""A hyphen that joins a term to what stands before or behind it."""


class Terms:
    """The glossaries of a site, as its pages show them."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._vocabularies = {
            lang: vocabulary(glossary, lang)
            for lang, glossary in catalog.glossaries.items()
            if glossary
        }
        self._listed = {name: self._uses(name) for name in catalog.notices}

    def on_page(self, text: Notice, lang: str) -> PageTerms:
        """Begin a page that shows a text, in whatever language, to the readers of one."""
        default = theme.INDEX if text.name == FRONT_PAGE else theme.NOTICE
        has_glossary = (text.template or default) in theme.WITH_GLOSSARY
        return PageTerms(self, self._listed[text.name] if has_glossary else {}, lang)

    def spoken(self, written: str, lang: str, page: PageTerms | None = None) -> Markup:
        """Give each word of another language its ``lang``, and its first use on a page a link."""
        vocabulary = self._vocabularies.get(lang)
        if vocabulary is None:
            return Markup(written)  # noqa: S704  (sanitised when it was read)
        text = str(written)
        pieces: list[str] = []
        done = 0
        for use in vocabulary.uses(text):
            is_whole = not _JOINED.search(text[max(0, use.start - 2) : use.end + 2])
            shown = self._shown(text[use.start : use.end], use, page, is_whole=is_whole)
            pieces += (text[done : use.start], shown)
            done = use.end
        return Markup("".join([*pieces, text[done:]]))  # noqa: S704

    def _shown(self, words: str, use: Use, page: PageTerms | None, *, is_whole: bool) -> str:
        """Write a use; a part of a compound (SIP-adress) is a word of the text's language."""
        entry = use.entry
        marked = self.in_language(entry.lang or use.lang, use.lang) if is_whole else ""
        if page and use.is_running and page.is_first(entry):
            target = f'id="_use-{entry.id}" href="#_term-{entry.id}"'
            return f'<a class="term" {target}{marked}>{words}</a>'
        return f"<span{marked}>{words}</span>" if marked else words

    def in_language(self, lang: str, around: str) -> str:
        """Write the attributes for words in a language that stand in a text of another."""
        return languages.attributes(lang, around, self.catalog.languages)

    def entry(self, name: str, lang: str) -> tuple[GlossaryEntry, str]:
        """Give an entry and the language that has it: the page's, the source's, or any."""
        order = (lang, self.catalog.source_language, *self.catalog.glossaries)
        return next(
            (self.catalog.glossaries[tag][name], tag)
            for tag in order
            if name in self.catalog.glossaries.get(tag, ())
        )

    def _uses(self, name: str) -> dict[str, bool]:
        """Give the ids of the entries that a notice uses, in whatever language.

        Each comes with whether a link in one of these languages leads to it.
        """
        source = self.catalog.source(name)
        found: dict[str, bool] = {}
        for lang, text in self.catalog.notices[name].items():
            if lang in self._vocabularies:
                for entry, is_running in _told(self._vocabularies[lang], text, source).items():
                    found[entry] = found.get(entry, False) or is_running
        return found


@remembered
def _told(words: Vocabulary, text: Notice, source: Notice | None) -> Mapping[str, bool]:
    """Give the ids of the entries with which a text tells something, as ``_uses`` does."""
    found: dict[str, bool] = {}
    for html in _own(text, source):
        for use in words.uses(html):
            if use.is_told:
                found[use.entry.id] = found.get(use.entry.id, False) or use.is_running
    return found


def _own(text: Notice, source: Notice | None) -> Iterator[str]:
    """Give what a page shows of a text, without what is not translated yet."""
    if not (source and is_untranslated(text.opening, text, source.opening, source)):
        yield from (text.title, text.introduction)
    for section, written in with_missing(text, source):
        if written is text:
            yield from (section.title, section.body)


class PageTerms:
    """The words of one page, from its beginning to its end."""

    def __init__(self, terms: Terms, listed: Mapping[str, bool], lang: str) -> None:
        self._terms = terms
        self._listed = listed
        self._lang = lang
        self._linked: set[str] = set()

    def linked(self, written: str, lang: str) -> Markup:
        """Link the first use of each word, if the text is in the page's language.

        The texts of a page come in the order in which they are read.
        """
        return self._terms.spoken(written, lang, self if lang == self._lang else None)

    def is_first(self, entry: GlossaryEntry) -> bool:
        """Tell whether a use is the page's first of an entry, and remember it."""
        if entry.id not in self._listed or entry.id in self._linked:
            return False
        self._linked.add(entry.id)
        return True

    def glossary(self) -> tuple[TermView, ...]:
        """Give the entries that the notice uses, in the alphabet's order."""
        views = [self._view(name) for name in self._listed]
        return tuple(
            sorted(
                views,
                key=lambda view: (
                    languages.sort_key(view.term.striptags(), self._lang),
                    view.id,
                ),
            )
        )

    def _view(self, name: str) -> TermView:
        entry, lang = self._terms.entry(name, self._lang)
        written_in: Language | None = None
        if lang != self._lang:
            written_in = self._terms.catalog.languages[lang]

        def in_its_language(words: str) -> Markup:
            marked = self._terms.in_language(entry.lang or lang, lang)
            html = escape(words)
            return Markup(f"<span{marked}>{html}</span>") if marked and words else html  # noqa: S704

        return TermView(
            id=name,
            term=in_its_language(entry.term),
            long=in_its_language(entry.long),
            explanation=self._terms.spoken(str(escape(entry.explanation)), lang),
            written_in=written_in,
            is_linked=name in self._linked,
            is_anchored=self._listed[name],
        )
