# SPDX-License-Identifier: AGPL-3.0-or-later
"""Has every notice an address of its own, and a template that exists?"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator
from typing import Final

from notices import addresses, theme
from notices.model import FRONT_PAGE, Catalog, Finding, Notice
from notices.settings import Settings

RESERVED: Final = frozenset({"404", "index"})
"""Segments that the site itself uses, or that servers give a meaning."""


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Check the slug and the template of each notice in each language."""
    templates = theme.choosable(settings)
    for lang in catalog.languages:
        owners: dict[str, str] = {}
        drafts_last = sorted(catalog.notices, key=lambda name: catalog.is_draft(name, lang))
        for name in drafts_last:  # so that it is they who have to take another address
            notice = catalog.notices[name].get(lang)
            if notice:
                yield from _slug(notice)
                yield from _template(notice, templates)
                yield from _same_template(notice, catalog.source(name))
            path = notice.path if notice else f"{catalog.folder}/{lang}/{name}.md"
            address = addresses.of_notice(catalog, name, lang)
            owner = owners.setdefault(unicodedata.normalize("NFC", address).casefold(), path)
            if owner != path:
                yield Finding(
                    path,
                    notice.slug_line if notice else 1,
                    "address-shared",
                    f"the page would have the address of {owner}: /{address}.",
                    "write another slug in the metadata of one of the two.",
                )


def _slug(notice: Notice) -> Iterator[Finding]:
    slug = notice.slug
    if slug and notice.name == FRONT_PAGE:
        yield Finding(
            notice.path,
            notice.slug_line,
            "slug-reserved",
            f"'{FRONT_PAGE}' stands at the language's own address, /{notice.lang}/.",
            "remove the line that says slug.",
        )
    elif slug and not addresses.is_slug(slug):
        yield Finding(
            notice.path,
            notice.slug_line,
            "slug-malformed",
            f"'{slug}' cannot be one part of an address.",
            "use small letters, digits and single hyphens, such as your-data.",
        )
    elif addresses.slug_of(notice) in RESERVED and notice.name != FRONT_PAGE:
        yield Finding(
            notice.path,
            notice.slug_line,
            "slug-reserved",
            f"the address '{addresses.slug_of(notice)}' has a meaning of its own on the site.",
            "write another slug.",
        )


def _template(notice: Notice, templates: tuple[str, ...]) -> Iterator[Finding]:
    if notice.template and notice.template not in templates:
        near = difflib.get_close_matches(notice.template, templates, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"it has {', '.join(templates)}."
        yield Finding(
            notice.path,
            notice.template_line,
            "template-unknown",
            f"the theme has no template '{notice.template}'.",
            hint,
        )


def _same_template(notice: Notice, source: Notice | None) -> Iterator[Finding]:
    """Check that a translation is the same kind of page as its source."""
    if source and notice.template != source.template:
        yield Finding(
            notice.path,
            notice.template_line,
            "template-differs",
            f"this is a page of the kind '{notice.template or 'notice'}', and of the kind "
            f"'{source.template or 'notice'}' in {source.lang} ({source.path}:"
            f"{source.template_line}).",
            f"write template: {source.template} between the lines of hyphens at the top."
            if source.template
            else f"remove the line 'template', or add it to {source.path}.",
        )
