# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands at a retired address: where the page is now.

A host that can redirect does so before anybody sees it. On any other, a page sends its readers on
(HTML, section 4.2.5.3, after no time: WCAG technique H76), and a text tells them. A retired file of
another kind has nothing in its place, since nothing would be of that kind.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from notices import addresses
from notices.model import Language
from notices.published import Page
from notices.render.composing import Composer
from notices.render.texts import opening_of, text_of, unlinked
from notices.render.views import PageView


@dataclass(frozen=True, slots=True)
class MovedView:
    """A link to what has taken a page's place: its words, and the language of the page it leads to.

    ``written_in`` is the language of the words. Both are None where there is none.
    """

    href: str
    title: Markup
    language: Language | None
    written_in: Language | None


def is_page(retired: str) -> bool:
    """Tell whether a page can stand at a retired address."""
    return retired.endswith(("/", ".html"))


def is_text(retired: str) -> bool:
    """Tell whether a text can stand at a retired address."""
    return retired.endswith(".txt")


def language_of(composer: Composer, retired: str, new: Page | None) -> Language:
    """Give the language of the readers who ask for a retired address, as far as it tells."""
    known = composer.catalog.languages
    tag = retired.partition("/")[0]
    if tag not in known:
        tag = new.lang if new and new.lang else composer.catalog.source_language
    return known[tag]


def views(
    composer: Composer, retired: str, target: str, new: Page | None
) -> tuple[PageView, MovedView]:
    """Describe what stands at a retired address; ``new`` is the page of today, if it is one."""
    catalog, links = composer.catalog, composer.links
    address, _, fragment = target.partition("#")
    title, canonical, opening = escape(f"/{address}"), None, None
    if address == addresses.ROOT:
        title = escape(composer.brand(catalog.source_language)) or title
    if new and (new.lang or address == addresses.ROOT):
        by_lang = catalog.notices.get(new.notice, {})
        is_own = new.lang in by_lang or not by_lang
        shown_in = new.lang if is_own else catalog.source_language
        canonical = address if is_own else addresses.of_notice(catalog, new.notice, shown_in)
    if new and (text := text_of(catalog, new.notice, new.lang)) and new.lang:
        opening = opening_of(catalog, text)
        title = unlinked(links.terms.spoken(opening.title, opening.lang)) or title
    page = PageView(
        address=retired,
        title="",
        description="",
        canonical="" if canonical is None else links.public(canonical, seen_from=retired),
        alternates=(),
        translations=(),
        indexable=False,
    )
    return page, MovedView(
        href=links.href(address, fragment, seen_from=retired),
        title=title,
        language=catalog.languages.get(new.lang) if new else None,
        written_in=catalog.languages[opening.lang] if opening else None,
    )
