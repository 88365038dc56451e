# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is each notice well-formed by itself: a title, headings in steps, ids that are its own?"""

from __future__ import annotations

from collections.abc import Iterator

from notices.anchors import WELL_FORMED
from notices.model import Anchor, Catalog, Finding, Notice
from notices.settings import Settings


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Check the title, the headings and the ids of each notice in each language."""
    for by_lang in catalog.notices.values():
        for notice in by_lang.values():
            yield from _title(notice)
            yield from _levels(notice)
            yield from _ids(notice)


def _title(notice: Notice) -> Iterator[Finding]:
    if not notice.title:
        yield Finding(
            notice.path,
            1,
            "title-missing",
            "the notice has no title.",
            "begin the text with a line such as '# How we handle your data'.",
        )


def _levels(notice: Notice) -> Iterator[Finding]:
    level = 1
    for section in notice.sections:
        if section.level > level + 1:
            yield Finding(
                notice.path,
                section.line,
                "heading-skipped",
                f"a heading of level {section.level} follows one of level {level}.",
                f"begin the line with {'#' * (level + 1)}.",
            )
        level = section.level


def _ids(notice: Notice) -> Iterator[Finding]:
    first: dict[str, int] = {}
    given = [*notice.opening.anchors]
    for section in notice.sections:
        if section.anchor:
            given.append(Anchor(section.anchor, section.line))
        if not section.given:
            yield Finding(
                notice.path,
                section.line,
                "heading-without-id",
                "the heading has no id"
                + (f"; '{section.anchor}' is used." if section.anchor else "."),
                "end the heading with one in English, the same in all languages, as in "
                "{#your-rights}.",
            )
        given += section.anchors
    for anchor in given:
        if anchor.id in first:
            yield Finding(
                notice.path,
                anchor.line,
                "anchor-doubled",
                f"the id '{anchor.id}' is already given on line {first[anchor.id]}.",
                "give one of the two another id, in every language.",
            )
        first.setdefault(anchor.id, anchor.line)
        if not WELL_FORMED.fullmatch(anchor.id):
            yield Finding(
                notice.path,
                anchor.line,
                "anchor-malformed",
                f"'{anchor.id}' cannot be an id.",
                "use letters, digits and hyphens, and begin with a letter or digit, "
                "as in {#your-rights}.",
            )
