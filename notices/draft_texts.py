# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which texts are drafts by themselves, and what is left of a site without them?

A notice whose source says ``draft: true`` is a draft in every language. A translation that says so
is one alone: until the line is gone, readers get the source in its place, as where a translation is
missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from notices import addresses
from notices.model import FRONT_PAGE, Notice
from notices.remembering import remembered

Notices = Mapping[str, Mapping[str, Notice]]
"""``{name: {lang: Notice}}``, as in a Catalog."""


def marked(notices: Notices, source_language: str) -> dict[str, dict[str, Notice]]:
    """Mark every text of a notice as a draft where its source is one."""
    return {
        name: {lang: _as_draft(text) for lang, text in by_lang.items()}
        if _is_whole(by_lang, source_language)
        else dict(by_lang)
        for name, by_lang in notices.items()
    }


@remembered
def _as_draft(text: Notice) -> Notice:
    return text if text.draft else replace(text, draft=True)


def addresses_of(notices: Notices, source_language: str, tags: Iterable[str]) -> dict[str, str]:
    """Give the drafts among marked notices: paths inside the content folder, with the address.

    Those of a notice that is a draft as a whole are named in each of the languages, there or not.
    """
    languages = tuple(tags)
    return {
        f"{lang}/{name}.md": _address(name, lang, text)
        for name, by_lang in notices.items()
        for lang in languages
        if ((text := by_lang.get(lang)) and text.draft) or _is_whole(by_lang, source_language)
    }


def kept(notices: Notices) -> dict[str, dict[str, Notice]]:
    """Leave out the drafts among marked notices, and each notice that has no other text."""
    left = {
        name: {lang: text for lang, text in by_lang.items() if not text.draft}
        for name, by_lang in notices.items()
    }
    return {name: by_lang for name, by_lang in left.items() if by_lang}


def _is_whole(by_lang: Mapping[str, Notice], source_language: str) -> bool:
    source = by_lang.get(source_language)
    return source is not None and source.draft


def _address(name: str, lang: str, text: Notice | None) -> str:
    folder = addresses.of_language(lang)
    if name == FRONT_PAGE:
        return folder
    return f"{folder}{addresses.slug_of(text) if text else name}/"
