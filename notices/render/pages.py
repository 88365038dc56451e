# SPDX-License-Identifier: AGPL-3.0-or-later
"""Catalog → pages: every file of the finished site, as bytes, in one pass for all languages."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from markupsafe import Markup

from notices import addresses, languages, parallel, policy, theme
from notices.interface import words_for
from notices.model import FRONT_PAGE, Catalog, Language, Notice, Section, key_of
from notices.render import beside, contact, crawlers
from notices.render.finishing import finished
from notices.render.links import Links
from notices.render.terms import PageTerms
from notices.render.texts import description, opening_of, text_of, unlinked, with_missing
from notices.render.views import NoticeView, PageLink, PageView, SectionView, nested
from notices.review.standings import outdated
from notices.settings import Settings

Result = TypeVar("Result")


class Renderer:
    """Renders one Catalog. Raises ThemeError for a theme that cannot be used."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        self.catalog = catalog
        self.settings = settings
        self.links = Links(catalog, settings)
        self.outdated = outdated(catalog)
        self.beside = beside.files(catalog, settings)
        words = {tag: words_for(settings.translations, tag) for tag in catalog.languages}
        self.environment = theme.environment(settings, words, catalog.brand)

    def paths(self) -> frozenset[str]:
        """List the files that the finished site has."""
        return frozenset({policy.HEADERS_FILE, *(path for path, _ in self.plan()), *self.beside})

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Give each file of the site: its path in the output folder and its content."""
        return self.each(lambda path, content: (path, content))

    def each(self, use: Callable[[str, bytes], Result]) -> Iterator[Result]:
        """Render each file, hand its path and content to a function, and give what that gives.

        The function may run in another process, as rendering does. Raises ThemeError for a
        template that cannot be rendered, OSError for a file that cannot be read, and what the
        function raises.
        """

        def render(job: tuple[str, Callable[[], str]]) -> tuple[tuple[str, ...], Result]:
            page = finished(*job)
            return page.styles, use(page.path, page.content)

        styles: set[str] = set()
        for of_page, result in parallel.in_order(render, list(self.plan())):
            styles.update(of_page)
            yield result
        yield use(policy.HEADERS_FILE, policy.headers(styles).encode())
        for path, read in self.beside.items():
            yield use(path, read())

    def plan(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """Give each page's path and the function that writes it."""
        yield addresses.file_of(addresses.ROOT), self.home
        for lang in self.catalog.languages:
            if not text_of(self.catalog, FRONT_PAGE, lang):
                address = addresses.of_language(lang)
                yield addresses.file_of(address), functools.partial(self.listing, lang)
            for name in self.catalog.notices:
                address = addresses.of_notice(self.catalog, name, lang)
                if text_of(self.catalog, name, lang):
                    yield addresses.file_of(address), functools.partial(self.notice, name, lang)
        yield addresses.NOT_FOUND, self.not_found
        yield crawlers.ROBOTS, functools.partial(crawlers.robots, self.links, self.environment)
        if self.settings.site_url:
            yield (
                crawlers.SITEMAP,
                functools.partial(crawlers.sitemap, self.links, self.environment),
            )

    # Pages

    def home(self) -> str:
        """Write the page at the site's root, for readers of every language."""
        source = self.catalog.languages[self.catalog.source_language]
        page = PageView(
            address=addresses.ROOT,
            title=self.brand(source.tag),
            description="",
            canonical=self.links.public(addresses.ROOT, seen_from=addresses.ROOT),
            alternates=self.links.alternates(FRONT_PAGE, addresses.ROOT),
            translations=(),
        )
        blocks = [
            (language, self.links.listed(tag, addresses.ROOT))
            for tag, language in self.catalog.languages.items()
        ]
        return self.render("home.html", page, source, blocks=blocks)

    def not_found(self) -> str:
        """Write the page that a host shows for an address without one."""
        source = self.catalog.languages[self.catalog.source_language]
        page = PageView(
            address=addresses.NOT_FOUND,
            title="404",
            description="",
            canonical="",
            alternates=(),
            translations=(),
            indexable=False,
        )
        blocks = [
            (language, self.links.href(addresses.of_language(tag), seen_from=addresses.NOT_FOUND))
            for tag, language in self.catalog.languages.items()
        ]
        return self.render("404.html", page, source, blocks=blocks)

    def listing(self, lang: str) -> str:
        """Write the front page of a language that has no ``index.md``: a list of its notices."""
        address = addresses.of_language(lang)
        page = self.page(FRONT_PAGE, lang, address, Markup(), "")
        notice = NoticeView(Markup(), Markup(), [], "", "", None)
        listed = self.links.listed(lang, address)
        return self.render(
            "index.html", page, self.catalog.languages[lang], notice, unlinked=listed
        )

    def notice(self, name: str, lang: str) -> str:
        """Write a notice in a language, or in the source language where that is missing."""
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
        sections = self.sections(text, lang, address, terms)
        newer = self.newer(opening, opening.opening, address)
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
        )
        page = self.page(name, lang, address, view.title, description(text))
        template = text.template or (theme.INDEX if name == FRONT_PAGE else theme.NOTICE)
        unlinked: tuple[PageLink, ...] = ()
        if name == FRONT_PAGE:
            linked = {link.path.partition("/")[2].removesuffix(".md") for link in text.links}
            unlinked = self.links.listed(lang, address, but={FRONT_PAGE, *linked})
        return self.render(f"{template}.html", page, language, view, unlinked=unlinked)

    # What pages are made of

    def render(
        self,
        template: str,
        page: PageView,
        language: Language,
        notice: NoticeView | None = None,
        **more: Any,
    ) -> str:
        """Render a template with what every page has."""
        is_for_all = page.address in (addresses.ROOT, addresses.NOT_FOUND)
        front = addresses.ROOT if is_for_all else addresses.of_language(language.tag)
        return self.environment.get_template(template).render(
            page=page,
            language=language,
            notice=notice,
            brand=self.brand(language.tag),
            contact=contact.lines(self.catalog, language.tag),
            facts_in=contact.languages_of(self.catalog),
            front=self.links.href(front, seen_from=page.address),
            url=addresses.absolute(self.settings.site_url, page.address)
            if self.settings.site_url
            else "",
            icon=self.links.href(theme.ICON, seen_from=page.address),
            **more,
        )

    def page(self, name: str, lang: str, address: str, title: Markup, description: str) -> PageView:
        """Describe the page of a notice: its addresses, and its twins in other languages."""
        by_lang = self.catalog.notices.get(name)
        is_own = by_lang is None or lang in by_lang
        source = addresses.of_notice(self.catalog, name, self.catalog.source_language)
        plain = title.striptags()
        brand = self.brand(lang)
        return PageView(
            address=address,
            title=f"{plain} – {brand}"
            if plain and brand and brand not in plain
            else plain or brand,
            description=description,
            canonical=self.links.public(address if is_own else source, seen_from=address),
            alternates=self.links.alternates(name, address) if is_own else (),
            translations=self.links.twins(name, lang, address),
        )

    def newer(self, text: Notice, section: Section, address: str) -> PageLink | None:
        """Link to a section's source, where that has changed since the translation was checked."""
        if (text.lang, key_of(text.name, section.anchor)) not in self.outdated:
            return None
        return self.links.to_source(text.name, section.anchor, seen_from=address)

    def brand(self, lang: str) -> str:
        """Give the name that stands at the head of each page."""
        return self.catalog.brand.name or self.catalog.organisation.text("name", lang)

    def sections(
        self, text: Notice, lang: str, address: str, terms: PageTerms | None = None
    ) -> list[SectionView]:
        """Give the sections of a page: a missing one stands there in the source language.

        With ``terms`` the first use of each word of the glossary is a link.
        """
        spoken = self.links.terms.spoken
        source = self.catalog.source(text.name)
        twins = self.links.section_twins(text.name, lang, address)
        views = []
        for section, written in with_missing(text, source):
            title = spoken(self.links.resolved(section.title, written, lang, address), written.lang)
            body = self.links.resolved(section.body, written, lang, address)
            views.append(
                SectionView(
                    anchor=section.anchor,
                    level=section.level,
                    title=title,
                    label=unlinked(title),
                    body=(terms.linked if terms else spoken)(body, written.lang),
                    translations=twins(section.anchor) if section.anchor else (),
                    written_in=self.catalog.languages[written.lang],
                    is_missing=written is not text,
                    newer=self.newer(written, section, address),
                    children=[],
                )
            )
        return views
