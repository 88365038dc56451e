# SPDX-License-Identifier: AGPL-3.0-or-later
"""A notice in a language → what its page shows, and how that page is found."""

from __future__ import annotations

import functools
from collections.abc import Collection

from markupsafe import Markup

from notices import addresses, languages, published
from notices.model import FRONT_PAGE, Notice, Section, key_of
from notices.render.links import Links
from notices.render.terms import PageTerms
from notices.render.texts import description, opening_of, text_of, unlinked, with_missing
from notices.render.views import NoticeView, PageLink, PageView, SectionView, nested


class Composer:
    """Puts views together. ``outdated`` are the (language, key) of sections that are late."""

    def __init__(self, links: Links, outdated: Collection[tuple[str, str]]) -> None:
        self.links = links
        self.catalog = links.catalog
        self.outdated = outdated

    @functools.lru_cache(maxsize=1)  # noqa: B019  (a page and its plain text are made in turn)
    def notice(self, name: str, lang: str) -> tuple[PageView, NoticeView]:
        """Give the page of a notice in a language, or in the source language where it has none."""
        text = text_of(self.catalog, name, lang)
        assert text is not None, "plan() gives only notices that have a text"
        address = addresses.of_notice(self.catalog, name, lang)
        language = self.catalog.languages[lang]
        opening = opening_of(self.catalog, text)
        written_in = None if opening.lang == lang else self.catalog.languages[opening.lang]
        effective = text.effective
        terms = self.links.terms.on_page(text, lang)
        title = self.links.resolved(opening.title, opening, lang, address)
        introduction = self.links.resolved(opening.introduction, opening, lang, address)
        introduction = terms.linked(introduction, opening.lang)
        sections = self._sections(text, lang, address, terms)
        newer = self._newer(opening, opening.opening, address)
        has_newer = newer or any(section.newer for section in sections)
        view = NoticeView(
            title=self.links.terms.spoken(title, opening.lang),
            introduction=introduction,
            sections=nested(sections),
            effective=languages.format_date(effective, language) if effective else "",
            effective_iso=effective.isoformat() if effective else "",
            written_in=written_in,
            is_late=newer is not None,
            prevailing=self.links.to_source(name, seen_from=address) if has_newer else None,
            glossary=terms.glossary(),
            linking=self.links.linking(name, lang, address) if text.is_letter else (),
            retired=published.retired_anchors(self.catalog, name).get("", ()),
        )
        return self.page(name, lang, address, view.title, description(text)), view

    def page(self, name: str, lang: str, address: str, title: Markup, description: str) -> PageView:
        """Describe the page of a notice: its addresses, and its twins in other languages."""
        by_lang = self.catalog.notices.get(name)
        is_own = by_lang is None or lang in by_lang
        source = addresses.of_notice(self.catalog, name, self.catalog.source_language)
        return PageView(
            address=address,
            title=self.titled(title.striptags(), lang),
            description=description,
            canonical=self.links.public(address if is_own else source, seen_from=address),
            alternates=self.links.alternates(name, address) if is_own else (),
            translations=self.links.twins(name, lang, address),
            comparisons=self.links.comparisons(name, lang, address),
            plain=self.links.plain(name, lang, address),
        )

    def titled(self, title: str, lang: str) -> str:
        """Give the title of a page as browsers show it, with the organisation's name."""
        brand = self.brand(lang)
        return f"{title} – {brand}" if title and brand and brand not in title else title or brand

    def brand(self, lang: str) -> str:
        """Give the name that stands at the head of each page."""
        return self.catalog.brand.name or self.catalog.organisation.text("name", lang)

    def forgotten(self, name: str, lang: str, address: str) -> tuple[PageLink, ...]:
        """Link to the notices that a front page does not link to; from other pages to none."""
        text = text_of(self.catalog, name, lang)
        if name != FRONT_PAGE or text is None:
            return ()
        linked = {link.path.partition("/")[2].removesuffix(".md") for link in text.links}
        return self.links.listed(lang, address, but={FRONT_PAGE, *linked})

    def _newer(self, text: Notice, section: Section, address: str) -> PageLink | None:
        """Link to a section's source, where that has changed since the translation was checked."""
        if (text.lang, key_of(text.name, section.anchor)) not in self.outdated:
            return None
        return self.links.to_source(text.name, section.anchor, seen_from=address)

    def _sections(
        self, text: Notice, lang: str, address: str, terms: PageTerms
    ) -> list[SectionView]:
        """Give the sections of a page: a missing one stands there in the source language.

        The first use of each word of the glossary is a link.
        """
        source = self.catalog.source(text.name)
        twins = self.links.section_twins(text.name, lang, address)
        retired = published.retired_anchors(self.catalog, text.name)
        views = []
        for section, written in with_missing(text, source):
            title = self.links.resolved(section.title, written, lang, address)
            title = self.links.terms.spoken(title, written.lang)
            body = self.links.resolved(section.body, written, lang, address)
            views.append(
                SectionView(
                    anchor=section.anchor,
                    retired=retired.get(section.anchor, ()),
                    level=section.level,
                    title=title,
                    label=unlinked(title),
                    body=terms.linked(body, written.lang),
                    translations=twins(section.anchor) if section.anchor else (),
                    written_in=self.catalog.languages[written.lang],
                    is_missing=written is not text,
                    newer=self._newer(written, section, address),
                    children=[],
                )
            )
        return views
