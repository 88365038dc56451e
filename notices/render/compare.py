# SPDX-License-Identifier: AGPL-3.0-or-later
"""A notice in two languages → one page that shows them beside each other, section by section."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from notices import addresses, languages, published
from notices.model import Notice, Section, key_of
from notices.render.composing import Composer
from notices.render.texts import unlinked
from notices.render.views import (
    ComparisonView,
    PageLink,
    PageView,
    PairLink,
    RowView,
    SideView,
    nested,
)
from notices.source.safety import LINK_PLACEHOLDER
from notices.untranslated import is_untranslated

_TAG: Final = re.compile(r'<[a-z][a-z0-9]*(?: [\w-]+="[^"]*")+>')
_ID: Final = re.compile(r' id="([^"]*)"')
_PLACEHOLDER: Final = re.compile(rf' href="{LINK_PLACEHOLDER}:(\d+)"')
_OPENING_LEVEL: Final = 2
"""The rank of a notice's title on this page, whose own title is of the first."""


def views(composer: Composer, name: str, lang: str) -> tuple[PageView, ComparisonView]:
    """Give the page that shows a notice's source and a translation, which both have to be there."""
    catalog, links = composer.catalog, composer.links
    source, translation = catalog.source(name), catalog.notices[name][lang]
    assert source is not None, "plan() gives only pairs of which there are both"
    address = addresses.of_comparison(catalog, name, lang)
    own, other = catalog.languages[source.lang], catalog.languages[lang]
    sides = _Sides(composer, source, translation, address)
    pages = tuple(
        PageLink(
            links.href(addresses.of_notice(catalog, name, text.lang), seen_from=address),
            unlinked(text.title),
            catalog.languages[text.lang],
        )
        for text in (source, translation)
    )
    title = Markup(source.title).striptags()  # noqa: S704  (sanitised when it was read)
    page = PageView(
        address=address,
        title=composer.titled(f"{title} ({own.name}, {other.name})", source.lang),
        description="",
        canonical="",
        alternates=(),
        translations=(),
        indexable=False,
    )
    view = ComparisonView(
        pair=PairLink("", own, other),
        opening=sides.opening(),
        rows=nested([sides.row(*pair) for pair in paired(source, translation)]),
        pages=(pages[0], pages[1]),
    )
    return page, view


def paired(source: Notice, translation: Notice) -> list[tuple[Section | None, Section | None]]:
    """Pair the sections of two texts by their ids, in the order of the source.

    A section that only the translation has follows the one that it follows there. Those without
    an id have no counterpart that is known.
    """
    theirs = {section.anchor: section for section in translation.sections if section.anchor}
    own = {section.anchor for section in source.sections} - {""}
    behind: dict[str, list[Section]] = {}
    last = ""
    for section in translation.sections:
        if section.anchor in own:
            last = section.anchor
        else:
            behind.setdefault(last, []).append(section)
    pairs: list[tuple[Section | None, Section | None]] = []
    pairs += ((None, section) for section in behind.pop("", ()))
    for section in source.sections:
        pairs.append((section, theirs.get(section.anchor)))
        pairs += ((None, alone) for alone in behind.get(section.anchor, ()))
    return pairs


class _Sides:
    """Writes the two texts of one page."""

    def __init__(
        self, composer: Composer, source: Notice, translation: Notice, address: str
    ) -> None:
        self._composer = composer
        self._source = source
        self._translation = translation
        self._address = address
        self._taken = source.ids
        self._retired = published.retired_anchors(composer.catalog, source.name)
        self._has_all_ids = all(one.anchor for one in (*source.sections, *translation.sections))

    def opening(self) -> RowView:
        """Give the row of titles and introductions, with the days from which the texts hold."""
        return replace(
            self.row(self._source.opening, self._translation.opening), level=_OPENING_LEVEL
        )

    def row(self, section: Section | None, twin: Section | None) -> RowView:
        """Give a row: what is still in the source's own words is not translated."""
        if section and twin and is_untranslated(twin, self._translation, section, self._source):
            twin = None
        either = section or twin
        assert either is not None, "a row is made of one section at least"
        is_id_free = section is not None or either.anchor not in self._taken
        return RowView(
            anchor=either.anchor if is_id_free else "",
            retired=self._retired.get(either.anchor, ()) if is_id_free else (),
            level=either.level,
            is_matched=self._has_all_ids or section is self._source.opening,
            source=self._side(section, self._source) if section else None,
            translation=self._side(twin, self._translation) if twin else None,
            children=[],
        )

    def _side(self, section: Section, text: Notice) -> SideView:
        key = key_of(text.name, section.anchor)
        language = self._composer.catalog.languages[text.lang]
        effective = text.effective if section is text.opening else None
        return SideView(
            language=language,
            title=self._written(section.title, text),
            body=self._written(section.body, text),
            effective=languages.format_date(effective, language) if effective else "",
            effective_iso=effective.isoformat() if effective else "",
            is_late=(text.lang, key) in self._composer.outdated,
        )

    def _written(self, html: str, text: Notice) -> Markup:
        """Write a text as it has to be on this page: no id twice, and links in its own language."""

        def settled(tag: re.Match[str]) -> str:
            written = tag[0]
            if text is self._translation:
                written = _ID.sub(lambda id_: "" if id_[1] in self._taken else id_[0], written)
            return _PLACEHOLDER.sub(lambda link: self._link(link, written, text), written)

        html = _TAG.sub(settled, html)
        links = self._composer.links
        return links.terms.spoken(links.resolved(html, text, text.lang, self._address), text.lang)

    def _link(self, placeholder: re.Match[str], tag: str, text: Notice) -> str:
        """Lead a link within the notice to the row that it means; any other says its language."""
        number = int(placeholder[1])
        link = text.links[number]
        if link.anchor and link.path in ("", f"{text.lang}/{text.name}.md"):
            return f' href="{addresses.fragment(link.anchor)}"'
        leads = self._composer.links.target(text, number, text.lang, self._address)
        if not leads:
            return ""
        is_foreign = link.path.endswith(".md") and text is self._translation
        says_language = not is_foreign or ' hreflang="' in tag
        return f' href="{leads}"' + ("" if says_language else f' hreflang="{text.lang}"')
