# SPDX-License-Identifier: AGPL-3.0-or-later
"""Catalog → pages: every file of the finished site, as bytes, in one pass for all languages."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from jinja2 import TemplateError
from markupsafe import Markup, escape

from notices import addresses, languages, parallel, theme
from notices.interface import words_for
from notices.model import FRONT_PAGE, Catalog, Language, Notice, Section
from notices.settings import Settings
from notices.source.safety import LINK_PLACEHOLDER

CONTACT_FACTS: Final = ("name", "address", "email", "telephone", "website")
"""The facts of ``organisation.toml`` that the theme shows on every page, where they are stated."""

_LINKING_TAG: Final = re.compile(r'<(?:a|img)(?: [\w-]+="[^"]*")+>')
_PLACEHOLDER: Final = re.compile(rf' (href|src)="{LINK_PLACEHOLDER}:(\d+)"')
_PARAGRAPH: Final = re.compile(r"<p(?: [^>]*)?>(.*?)</p>", re.DOTALL)
_DESCRIPTION_LENGTH: Final = 155


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page or section, with its words and the language that both are in."""

    href: str
    title: Markup
    language: Language


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as the theme shows it. ``label`` is its title, fit to stand in a link.

    ``written_in`` is the language of its text, and ``is_missing`` says that the page's own
    language has the notice but not this section.
    """

    anchor: str
    level: int
    title: Markup
    label: Markup
    body: Markup
    translations: tuple[PageLink, ...]
    written_in: Language
    is_missing: bool
    children: list[SectionView]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as the theme shows it, in the language of its page."""

    title: Markup
    introduction: Markup
    sections: list[SectionView]
    effective: str
    effective_iso: str
    written_in: Language | None


@dataclass(frozen=True, slots=True)
class PageView:
    """A page: where it stands, what it is called, and its twins in other languages."""

    address: str
    title: str
    description: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    translations: tuple[PageLink, ...]
    indexable: bool = True


def _write(planned: tuple[str, Callable[[], str]]) -> tuple[str, bytes]:
    path, write = planned
    try:
        return path, write().encode("utf-8")
    except TemplateError as error:
        raise theme.ThemeError(_describe(error, path)) from error
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise theme.ThemeError(f"a template failed on {path}: {error}.") from error


def _describe(error: TemplateError, path: str) -> str:
    name, line = getattr(error, "name", None), getattr(error, "lineno", None)
    place = f"the template {name}, line {line}," if name and line else "a template"
    return f"{place} failed on {path}: {error.message or type(error).__name__}."


class Renderer:
    """Renders one Catalog. Raises ThemeError for a theme that cannot be used."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        self.catalog = catalog
        self.settings = settings
        words = {tag: words_for(settings.translations, tag) for tag in catalog.languages}
        self.environment = theme.environment(settings, words)
        self.environment.globals["stylesheet"] = theme.stylesheet(settings)

    def paths(self) -> frozenset[str]:
        """List the files that the finished site has."""
        planned = {path for path, _ in self.plan()}
        return frozenset(planned | set(theme.static_files(self.settings)) | set(self.catalog.files))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Give each file of the site: its path in the output folder and its content.

        Raises ThemeError for a template that cannot be rendered, OSError for a file that cannot
        be read.
        """
        yield from parallel.in_order(_write, list(self.plan()))
        for path, file in theme.static_files(self.settings).items():
            yield path, file.read_bytes()
        for path in self.catalog.files:
            yield path, (self.settings.content / path).read_bytes()

    def plan(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """Give each page's path and the function that writes it."""
        yield addresses.file_of(addresses.ROOT), self.home
        for lang in self.catalog.languages:
            if FRONT_PAGE not in self.catalog.notices or not self.text_of(FRONT_PAGE, lang):
                address = addresses.of_language(lang)
                yield addresses.file_of(address), functools.partial(self.listing, lang)
            for name in self.catalog.notices:
                address = addresses.of_notice(self.catalog, name, lang)
                if self.text_of(name, lang):
                    yield addresses.file_of(address), functools.partial(self.notice, name, lang)
        yield addresses.NOT_FOUND, self.not_found
        yield "robots.txt", self.robots
        if self.settings.site_url:
            yield "sitemap.xml", self.sitemap

    def text_of(self, name: str, lang: str) -> Notice | None:
        """Give a notice in a language, or in the source language where that is missing."""
        return self.catalog.notices[name].get(lang) or self.catalog.source(name)

    def opening_of(self, text: Notice) -> Notice:
        """Give the notice whose title and introduction a page shows.

        A translation that still opens in the source's own words shows the source, as such.
        """
        source = self.catalog.source(text.name)
        if source is None or languages.same_language(source.lang, text.lang):
            return text
        return source if text.opens_as(source) else text

    # Pages

    def home(self) -> str:
        """Write the page at the site's root, for readers of every language."""
        source = self.catalog.languages[self.catalog.source_language]
        page = PageView(
            address=addresses.ROOT,
            title=self.brand(source.tag),
            description="",
            canonical=self.public(addresses.ROOT, seen_from=addresses.ROOT),
            alternates=self.alternates(FRONT_PAGE, addresses.ROOT),
            translations=(),
        )
        blocks = [
            (language, self.listed(tag, addresses.ROOT))
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
            (language, self.href(addresses.of_language(tag), seen_from=addresses.NOT_FOUND))
            for tag, language in self.catalog.languages.items()
        ]
        return self.render("404.html", page, source, blocks=blocks)

    def listing(self, lang: str) -> str:
        """Write the front page of a language that has no ``index.md``: a list of its notices."""
        address = addresses.of_language(lang)
        page = self.page(FRONT_PAGE, lang, address, Markup(), "")
        notice = NoticeView(Markup(), Markup(), [], "", "", None)
        listed = self.listed(lang, address)
        return self.render(
            "index.html", page, self.catalog.languages[lang], notice, unlinked=listed
        )

    def notice(self, name: str, lang: str) -> str:
        """Write a notice in a language, or in the source language where that is missing."""
        text = self.text_of(name, lang)
        assert text is not None, "plan() gives only notices that have a text"
        address = addresses.of_notice(self.catalog, name, lang)
        language = self.catalog.languages[lang]
        opening = self.opening_of(text)
        written_in = None if opening.lang == lang else self.catalog.languages[opening.lang]
        effective = text.effective
        view = NoticeView(
            title=self.resolved(opening.title, opening, lang, address),
            introduction=self.resolved(opening.introduction, opening, lang, address),
            sections=_nested(self.sections(text, lang, address)),
            effective=languages.format_date(effective, language) if effective else "",
            effective_iso=effective.isoformat() if effective else "",
            written_in=written_in,
        )
        page = self.page(name, lang, address, view.title, _description(text))
        template = text.template or (theme.INDEX if name == FRONT_PAGE else theme.NOTICE)
        unlinked: tuple[PageLink, ...] = ()
        if name == FRONT_PAGE:
            linked = {link.path.partition("/")[2].removesuffix(".md") for link in text.links}
            unlinked = self.listed(lang, address, but={FRONT_PAGE, *linked})
        return self.render(f"{template}.html", page, language, view, unlinked=unlinked)

    def robots(self) -> str:
        """Write robots.txt (RFC 9309)."""
        return self.environment.get_template("robots.txt").render(site_url=self.settings.site_url)

    def sitemap(self) -> str:
        """Write sitemap.xml (sitemaps.org, with the alternates that search engines read)."""
        entries = []
        for name in (FRONT_PAGE, *(n for n in self.catalog.notices if n != FRONT_PAGE)):
            alternates = self.alternates(name, addresses.ROOT)
            entries += [(url, alternates) for tag, url in alternates if tag != "x-default"]
        home = self.public(addresses.ROOT, seen_from="")
        entries.insert(0, (home, self.alternates(FRONT_PAGE, addresses.ROOT)))
        return self.environment.get_template("sitemap.xml").render(entries=entries)

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
            contact={name: self.contact(name, language.tag) for name in CONTACT_FACTS},
            front=self.href(front, seen_from=page.address),
            icon=self.href("favicon.svg", seen_from=page.address),
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
            canonical=self.public(address if is_own else source, seen_from=address),
            alternates=self.alternates(name, address) if is_own else (),
            translations=self.twins(name, lang, address, ""),
        )

    def brand(self, lang: str) -> str:
        """Give the organisation's name."""
        return self.catalog.organisation.text("name", lang)

    def contact(self, name: str, lang: str) -> tuple[str, ...]:
        """Give the lines of a fact that the theme shows."""
        return self.catalog.organisation.lines(name, lang)

    def public(self, address: str, *, seen_from: str) -> str:
        """Give a page's public address, or a relative one while the site has no address."""
        if self.settings.site_url:
            return addresses.absolute(self.settings.site_url, address)
        return self.href(address, seen_from=seen_from)

    def alternates(self, name: str, seen_from: str) -> tuple[tuple[str, str], ...]:
        """List hreflang and address of a notice in each language that really has it."""
        own = self.catalog.notices.get(name, self.catalog.languages)
        found = [
            (tag, self.public(addresses.of_notice(self.catalog, name, tag), seen_from=seen_from))
            for tag in self.catalog.languages
            if tag in own
        ]
        return (*found, ("x-default", self.public(addresses.ROOT, seen_from=seen_from)))

    def twins(self, name: str, lang: str, seen_from: str, anchor: str) -> tuple[PageLink, ...]:
        """Link to a notice, or one section of it, in each other language that has it."""
        links = []
        for tag, language in self.catalog.languages.items():
            if tag == lang:
                continue
            title: Markup | None = escape(language.name)
            if name in self.catalog.notices:
                if anchor:
                    title = self.titles(name, tag).get(anchor)
                elif self.text_of(name, tag) is None:
                    title = None
            if title is None:
                continue
            target = addresses.of_notice(self.catalog, name, tag)
            links.append(PageLink(self.href(target, anchor, seen_from=seen_from), title, language))
        return tuple(links)

    @functools.cache  # noqa: B019  (a renderer lives for one build)
    def titles(self, name: str, lang: str) -> Mapping[str, Markup]:
        """Give the titles of the sections that are really in a language, by anchor, for links."""
        text = self.catalog.notices[name].get(lang)
        merged = _with_missing(text, self.catalog.source(name)) if text else []
        return {
            section.anchor: _unlinked(section.title)
            for section, written in merged
            if written is text
        }

    def href(self, target: str, anchor: str = "", *, seen_from: str) -> str:
        """Link from one page to another.

        The page for unknown addresses is served at any depth, so its links begin at the host's
        root where the site's address tells what that is.
        """
        if seen_from == addresses.NOT_FOUND and self.settings.site_url:
            return addresses.absolute(urlsplit(self.settings.site_url).path, target)
        if target == seen_from and anchor:
            return addresses.fragment(anchor)
        return addresses.way(target, seen_from) + addresses.fragment(anchor)

    def listed(self, lang: str, seen_from: str, but: Collection[str] = ()) -> tuple[PageLink, ...]:
        """Link to the notices, each titled in the language that its text is in."""
        links = []
        for name in self.catalog.notices:
            text = self.text_of(name, lang)
            if name not in but and text:
                text = self.opening_of(text)
                target = addresses.of_notice(self.catalog, name, lang)
                title = _unlinked(text.title) or Markup.escape(name)
                links.append(
                    PageLink(
                        self.href(target, seen_from=seen_from),
                        title,
                        self.catalog.languages[text.lang],
                    )
                )
        return tuple(links)

    def sections(self, text: Notice, lang: str, address: str) -> list[SectionView]:
        """Give the sections of a page: a missing one stands there in the source language."""
        source = self.catalog.source(text.name)
        views = []
        for section, written in _with_missing(text, source):
            twins = self.twins(text.name, lang, address, section.anchor) if section.anchor else ()
            views.append(
                SectionView(
                    anchor=section.anchor,
                    level=section.level,
                    title=self.resolved(section.title, written, lang, address),
                    label=_unlinked(section.title),
                    body=self.resolved(section.body, written, lang, address),
                    translations=twins,
                    written_in=self.catalog.languages[written.lang],
                    is_missing=written is not text,
                    children=[],
                )
            )
        return views

    def resolved(self, written: str, text: Notice, lang: str, address: str) -> Markup:
        """Put real addresses in the place of the converter's placeholders."""

        def resolve(found: re.Match[str]) -> str:
            target = self.target(text, int(found[2]), lang, address)
            return f' {found[1]}="{target}"' if target else ""

        if f'"{LINK_PLACEHOLDER}:' in written:
            written = _LINKING_TAG.sub(lambda tag: _PLACEHOLDER.sub(resolve, tag[0]), written)
        return Markup(written)  # noqa: S704  (sanitised when it was read)

    def target(self, text: Notice, number: int, lang: str, address: str) -> str:
        """Give the address that an internal link leads to; nothing where that does not exist."""
        link = text.links[number]
        if link.path in self.catalog.files:
            return self.href(link.path, link.anchor, seen_from=address)
        if not link.path:
            return self.href(address, link.anchor, seen_from=address)
        tag, _, file = link.path.partition("/")
        name = file.removesuffix(".md")
        if name == file or name not in self.catalog.notices or tag not in self.catalog.languages:
            return ""
        if self.text_of(name, tag) is None:
            return ""
        # A source text in the place of a missing translation links to the reader's language.
        target = addresses.of_notice(self.catalog, name, lang if tag == text.lang else tag)
        return self.href(target, link.anchor, seen_from=address)


def _unlinked(title: str) -> Markup:
    """Take links and ids out of a title, so that it can be a link's own text, and elsewhere."""
    return Markup(re.sub(r'</?a\b[^>]*>| id="[^"]*"', "", title))  # noqa: S704


def _with_missing(text: Notice, source: Notice | None) -> list[tuple[Section, Notice]]:
    """Pair a text's sections with the notice they come from.

    A section that the translation lacks, or has only in the source's own words, is the source's.
    """
    merged = [(section, text) for section in text.sections]
    if source is None or source is text or not all(section.anchor for section in text.sections):
        return merged
    if not languages.same_language(source.lang, text.lang):
        theirs = {section.anchor: section for section in source.sections}
        for at, section in enumerate(text.sections):
            twin = theirs.get(section.anchor)
            if twin and section.is_untranslated(twin):
                merged[at] = (twin, source)
    own = {section.anchor for section in text.sections}
    position = 0
    for section in source.sections:
        if section.anchor in own:
            position = 1 + next(
                at for at, (other, _) in enumerate(merged) if other.anchor == section.anchor
            )
        else:
            merged.insert(position, (section, source))
            position += 1
    return merged


def _nested(views: list[SectionView]) -> list[SectionView]:
    """Put each section into the one above it whose heading is of a higher rank."""
    top: list[SectionView] = []
    open_sections: list[SectionView] = []
    for view in views:
        while open_sections and open_sections[-1].level >= view.level:
            open_sections.pop()
        (open_sections[-1].children if open_sections else top).append(view)
        open_sections.append(view)
    return top


def _description(text: Notice) -> str:
    """Give the first paragraph as plain text, cut at a word."""
    for html in (text.introduction, *(section.body for section in text.sections)):
        if found := _PARAGRAPH.search(html):
            plain = " ".join(Markup(found[1]).striptags().split())  # noqa: S704
            if len(plain) > _DESCRIPTION_LENGTH:
                plain = plain[:_DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"
            return plain
    return ""
