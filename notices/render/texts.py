# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which text stands on a page: the translation's, or the source's where that is missing."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup

from notices.model import Catalog, Notice, Section
from notices.untranslated import is_untranslated

_PARAGRAPH: Final = re.compile(r"<p(?: (?!class=)[^>]*)?>(.*?)</p>", re.DOTALL)
"""Running text: no address, field or heading of a note."""
_PICTURE: Final = re.compile(r'<img(?: [\w-]+="[^"]*")+>')
_ALT: Final = re.compile(r'(?: alt="([^"]*)"|$)')
_DESCRIPTION_LENGTH: Final = 155


def text_of(catalog: Catalog, name: str, lang: str) -> Notice | None:
    """Give a notice in a language, or in the source language where that is missing."""
    by_lang = catalog.notices.get(name, {})
    return by_lang.get(lang) or by_lang.get(catalog.source_language)


def opening_of(catalog: Catalog, text: Notice) -> Notice:
    """Give the notice whose title and introduction a page shows.

    A translation that still opens in the source's own words shows the source, as such.
    """
    source = catalog.source(text.name)
    if source and is_untranslated(text.opening, text, source.opening, source):
        return source
    return text


def with_missing(text: Notice, source: Notice | None) -> list[tuple[Section, Notice]]:
    """Pair a text's sections with the notice they come from.

    A section that the translation lacks, or has only in the source's own words, is the source's.
    """
    merged = [(section, text) for section in text.sections]
    if source is None or source is text or not all(section.anchor for section in text.sections):
        return merged
    theirs = {section.anchor: section for section in source.sections}
    for at, section in enumerate(text.sections):
        twin = theirs.get(section.anchor)
        if twin and is_untranslated(section, text, twin, source):
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


def unlinked(title: str) -> Markup:
    """Take links, ids and pictures (not their words) out of a title, to stand in a link."""
    words = _PICTURE.sub(lambda found: _ALT.search(found[0])[1], title)  # type: ignore[index]
    return Markup(re.sub(r'</?a\b[^>]*>| id="[^"]*"', "", words))  # noqa: S704


def description(text: Notice) -> str:
    """Give the first paragraph as plain text, cut at a word."""
    for html in (section.body for section in (text.opening, *text.sections)):
        if found := _PARAGRAPH.search(html):
            plain = " ".join(Markup(found[1]).striptags().split())  # noqa: S704
            if len(plain) > _DESCRIPTION_LENGTH:
                plain = plain[:_DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"
            return plain
    return ""
