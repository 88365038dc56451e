# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the links of a page lead: to the same page, section or notice in the right language."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Mapping
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from markupsafe import Markup, escape

from notices import addresses
from notices.model import FRONT_PAGE, Catalog, Language, Notice
from notices.render.terms import Terms
from notices.render.texts import opening_of, text_of, unlinked, with_missing
from notices.render.views import PageLink, PairLink
from notices.settings import Settings
from notices.source.safety import LINK_PLACEHOLDER

_LINKING_TAG: Final = re.compile(r'<(?:a|img)(?: [\w-]+="[^"]*")+>')
_PLACEHOLDER: Final = re.compile(rf' (href|src)="{LINK_PLACEHOLDER}:(\d+)"')


class Links:
    """Writes links as they have to be on the page from which they are seen."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        self.catalog = catalog
        self.settings = settings
        self.terms = Terms(catalog)
        self.titles = functools.cache(self._titles)

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

    def twins(self, name: str, lang: str, seen_from: str) -> tuple[PageLink, ...]:
        """Link to a notice in each other language that has a page for it."""
        return tuple(
            PageLink(self.href(target, seen_from=seen_from), escape(language.name), language)
            for language, target in self._elsewhere(name, lang)
        )

    def compared(self, name: str) -> tuple[str, ...]:
        """List the translations that a notice is shown in beside its source."""
        own = self.catalog.notices.get(name, {})
        if not self.settings.compares or self.catalog.source_language not in own:
            return ()
        return tuple(tag for tag in self.catalog.translations if tag in own)

    def comparisons(self, name: str, lang: str, seen_from: str) -> tuple[PairLink, ...]:
        """Link to the pages that show a notice's text in a language beside another."""
        source = self.catalog.source_language
        return tuple(
            PairLink(
                self.href(addresses.of_comparison(self.catalog, name, tag), seen_from=seen_from),
                self.catalog.languages[source],
                self.catalog.languages[tag],
            )
            for tag in self.compared(name)
            if lang in (source, tag)
        )

    def plain(self, name: str, lang: str, seen_from: str) -> str:
        """Link to a notice's text without design; nothing where the notice has no text."""
        if text_of(self.catalog, name, lang) is None:
            return ""
        address = addresses.of_notice(self.catalog, name, lang)
        return self.href(addresses.plain_of(address), seen_from=seen_from)

    def plain_twins(self, name: str, lang: str, seen_from: str) -> tuple[PageLink, ...]:
        """Link to a notice's text without design in each other language."""
        return tuple(
            PageLink(href, escape(language.name), language)
            for language, _ in self._elsewhere(name, lang)
            if (href := self.plain(name, language.tag, seen_from))
        )

    def written_out(self, href: str, *, page: str, seen_from: str) -> str:
        """Give a link of a page as one has to write it where no page is around it.

        It is absolute where the site has an address, or else seen from another file of the site;
        it is empty where it leads to another place of the same page.
        """
        if href.startswith("#"):
            return ""
        if self.settings.site_url:
            return urljoin(addresses.absolute(self.settings.site_url, page), href)
        found = urlsplit(urljoin(f"/{quote(page)}", href))
        if found.scheme or found.netloc:
            return href
        return urlunsplit(
            ("", "", addresses.way(unquote(found.path[1:]), seen_from), "", found.fragment)
        )

    def section_twins(
        self, name: str, lang: str, seen_from: str
    ) -> Callable[[str], tuple[PageLink, ...]]:
        """Give a function that links to a section, by anchor, in each language that has it."""
        pages = [
            (language, self.href(target, seen_from=seen_from), self.titles(name, language.tag))
            for language, target in self._elsewhere(name, lang)
        ]

        def links(anchor: str) -> tuple[PageLink, ...]:
            fragment = addresses.fragment(anchor)
            return tuple(
                PageLink(href + fragment, titles[anchor], language)
                for language, href, titles in pages
                if anchor in titles
            )

        return links

    def linking(self, name: str, lang: str, seen_from: str) -> tuple[PageLink, ...]:
        """Link to the sections, in a language, that link to a notice."""
        found = []
        for other in self.catalog.notices:
            text = text_of(self.catalog, other, lang)
            for section in (text.opening, *text.sections) if text and other != name else ():
                numbers = [int(one[2]) for one in _PLACEHOLDER.finditer(section.body)]
                if text and f"{text.lang}/{name}.md" in {text.links[one].path for one in numbers}:
                    address = addresses.of_notice(self.catalog, other, lang)
                    href = self.href(address, section.anchor, seen_from=seen_from)
                    language = self.catalog.languages[text.lang]
                    found.append(PageLink(href, unlinked(section.title), language))
        return tuple(found)

    def to_source(self, name: str, anchor: str = "", *, seen_from: str) -> PageLink:
        """Link to a notice, or to a section of it, in the source language."""
        source = self.catalog.source(name)
        assert source is not None, "a section can only be older than a source that there is"
        title = (
            self.titles(name, source.lang)[anchor]
            if anchor
            else self._label(source.title, source.lang)
        )
        target = addresses.of_notice(self.catalog, name, source.lang)
        href = self.href(target, anchor, seen_from=seen_from)
        return PageLink(href, title, self.catalog.languages[source.lang])

    def _elsewhere(self, name: str, lang: str) -> list[tuple[Language, str]]:
        """List the other languages that have a page for a notice, with its address."""
        return [
            (language, addresses.of_notice(self.catalog, name, tag))
            for tag, language in self.catalog.languages.items()
            if tag != lang and (name == FRONT_PAGE or text_of(self.catalog, name, tag))
        ]

    def _titles(self, name: str, lang: str) -> Mapping[str, Markup]:
        """Give the titles of the sections that are really in a language, by anchor, for links."""
        text = self.catalog.notices[name].get(lang)
        merged = with_missing(text, self.catalog.source(name)) if text else []
        return {
            section.anchor: self._label(section.title, lang)
            for section, written in merged
            if written is text
        }

    def _label(self, title: str, lang: str) -> Markup:
        return unlinked(self.terms.spoken(title, lang))

    def href(self, target: str, anchor: str = "", *, seen_from: str) -> str:
        """Link from one page to another.

        A page for unknown addresses is served at any depth, so its links begin at the host's root
        where the site's address tells what that is.
        """
        if addresses.is_not_found(seen_from) and self.settings.site_url:
            return addresses.absolute(urlsplit(self.settings.site_url).path, target)
        if target == seen_from and anchor:
            return addresses.fragment(anchor)
        return addresses.way(target, seen_from) + addresses.fragment(anchor)

    def listed(self, lang: str, seen_from: str, but: Collection[str] = ()) -> tuple[PageLink, ...]:
        """Link to the notices but letters, each titled in the language that its text is in."""
        links = []
        for name in self.catalog.notices:
            text = text_of(self.catalog, name, lang)
            if name not in but and text and not text.is_letter:
                text = opening_of(self.catalog, text)
                target = addresses.of_notice(self.catalog, name, lang)
                title = self._label(text.title, text.lang) or escape(name)
                links.append(
                    PageLink(
                        self.href(target, seen_from=seen_from),
                        title,
                        self.catalog.languages[text.lang],
                    )
                )
        return tuple(links)

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
        if text_of(self.catalog, name, tag) is None:
            return ""
        # A source text in the place of a missing translation links to the reader's language.
        target = addresses.of_notice(self.catalog, name, lang if tag == text.lang else tag)
        return self.href(target, link.anchor, seen_from=address)
