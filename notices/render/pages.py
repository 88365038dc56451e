# SPDX-License-Identifier: AGPL-3.0-or-later
"""Catalog → pages: every file of the finished site, as bytes, in one pass for all languages."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from jinja2 import Environment
from markupsafe import Markup

from notices import addresses, filenames, parallel, theme
from notices.hosting import static_hosts
from notices.interface import words_for
from notices.model import FRONT_PAGE, Catalog, Language
from notices.published import Published
from notices.render import beside, compare, contact, crawlers, moved, plain
from notices.render.composing import Composer
from notices.render.finishing import finished
from notices.render.links import Links
from notices.render.texts import text_of
from notices.render.views import NoticeView, PageView
from notices.review.standings import outdated
from notices.settings import Settings

Result = TypeVar("Result")


def environment(catalog: Catalog, settings: Settings) -> Environment:
    """Make the environment of a site's templates; raises ThemeError."""
    words = {tag: words_for(settings.translations, tag) for tag in catalog.languages}
    return theme.environment(settings, words, catalog.brand)


class Renderer:
    """Renders one Catalog. Raises ThemeError for a theme that cannot be used.

    ``templates`` is the environment, where somebody keeps it for several Catalogs.
    """

    def __init__(
        self, catalog: Catalog, settings: Settings, templates: Environment | None = None
    ) -> None:
        self.catalog = catalog
        self.settings = settings
        self.links = Links(catalog, settings)
        self.composer = Composer(self.links, outdated(catalog))
        self.beside = beside.files(catalog, settings)
        self.published = Published(catalog, compares=settings.compares)
        self.environment = templates or environment(catalog, settings)

    def paths(self) -> frozenset[str]:
        """List the files that the finished site has."""
        pages = (path for path, _ in self.plan())
        return frozenset({filenames.HEADERS, *pages, *self.beside})

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
        yield use(filenames.HEADERS, static_hosts.of_headers(styles).encode())
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
                    yield addresses.plain_of(address), functools.partial(self.plain, name, lang)
                if lang in self.links.compared(name):
                    address = addresses.of_comparison(self.catalog, name, lang)
                    yield addresses.file_of(address), functools.partial(self.comparison, name, lang)
            yield addresses.not_found_in(lang), functools.partial(self.not_found, lang)
        for retired in self.published.redirects:
            if moved.is_page(retired) or moved.is_text(retired):
                yield addresses.file_of(retired), functools.partial(self.moved, retired)
        yield addresses.NOT_FOUND, self.not_found
        yield filenames.ROBOTS, functools.partial(crawlers.robots, self.links, self.environment)
        if self.settings.site_url:
            yield (
                filenames.SITEMAP,
                functools.partial(crawlers.sitemap, self.links, self.environment),
            )

    # Pages

    def home(self) -> str:
        """Write the page at the site's root, for readers of every language."""
        source = self.catalog.languages[self.catalog.source_language]
        page = PageView(
            address=addresses.ROOT,
            title=self.composer.brand(source.tag),
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

    def not_found(self, lang: str = "") -> str:
        """Write the page that a host shows for an address without one, in a language or for all.

        That in a language leads to its front page first, and to the others.
        """
        language = self.catalog.languages[lang or self.catalog.source_language]
        page = PageView(
            address=addresses.not_found_in(lang) if lang else addresses.NOT_FOUND,
            title="",
            description="",
            canonical="",
            alternates=(),
            translations=(),
            indexable=False,
        )
        blocks = [
            (one, self.links.href(addresses.of_language(tag), seen_from=page.address))
            for tag, one in self.catalog.languages.items()
        ]
        blocks.sort(key=lambda block: block[0].tag != lang)
        return self.render("404.html", page, language, blocks=blocks)

    def listing(self, lang: str) -> str:
        """Write the front page of a language that has no ``index.md``: a list of its notices."""
        address = addresses.of_language(lang)
        page = self.composer.page(FRONT_PAGE, lang, address, Markup(), "")
        notice = NoticeView(Markup(), Markup(), [], "", "", None)
        listed = self.links.listed(lang, address)
        return self.render(
            "index.html", page, self.catalog.languages[lang], notice, unlinked=listed
        )

    def notice(self, name: str, lang: str) -> str:
        """Write a notice in a language, or in the source language where that is missing."""
        page, view = self.composer.notice(name, lang)
        text = text_of(self.catalog, name, lang)
        template = (text and text.template) or (theme.INDEX if name == FRONT_PAGE else theme.NOTICE)
        unlinked = self.composer.forgotten(name, lang, page.address)
        language = self.catalog.languages[lang]
        return self.render(f"{template}.html", page, language, view, unlinked=unlinked)

    def plain(self, name: str, lang: str) -> str:
        """Write a notice as plain text: what its page says, and where that and its twins are.

        It begins with U+FEFF (RFC 3629, section 6): most servers name no encoding for plain text,
        and browsers would then guess one in which å is two letters.
        """
        page, view = self.composer.notice(name, lang)
        own = addresses.plain_of(page.address)
        written = self.render(
            "plain.html",
            page,
            self.catalog.languages[lang],
            view,
            unlinked=self.composer.forgotten(name, lang, page.address),
            own=self.links.href(page.address, seen_from=page.address),
            twins=self.links.plain_twins(name, lang, page.address),
        )
        address_of = functools.partial(self.links.written_out, page=page.address, seen_from=own)
        return f"\ufeff{plain.text(written, address_of)}"

    def comparison(self, name: str, lang: str) -> str:
        """Write a notice in the source language with a translation beside it."""
        page, view = compare.views(self.composer, name, lang)
        source = self.catalog.languages[self.catalog.source_language]
        return self.render("compare.html", page, source, comparison=view)

    def moved(self, retired: str) -> str:
        """Write what stands at a retired address, as a page or as plain text."""
        target = self.published.redirects[retired]
        new = self.published.pages.get(target.partition("#")[0])
        page, view = moved.views(self.composer, retired, target, new)
        language = moved.language_of(self.composer, retired, new)
        if moved.is_page(retired):
            return self.render("moved.html", page, language, moved=view)
        written = self.render("partials/moved.html", page, language, moved=view)
        address_of = functools.partial(self.links.written_out, page=retired, seen_from=retired)
        return f"\ufeff{plain.text(written, address_of)}"

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
            brand=self.composer.brand(language.tag),
            contact=contact.lines(self.catalog, language.tag),
            facts_in=contact.languages_of(self.catalog),
            front=self.links.href(front, seen_from=page.address),
            url=addresses.absolute(self.settings.site_url, page.address)
            if self.settings.site_url
            else "",
            icon=self.links.href(filenames.ICON, seen_from=page.address),
            **more,
        )
