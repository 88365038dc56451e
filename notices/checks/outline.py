# SPDX-License-Identifier: AGPL-3.0-or-later
"""Has every translation the notices and sections of its source, in the same order and rank?"""

from __future__ import annotations

from collections.abc import Iterator

from notices.model import Catalog, Finding, Notice, Section
from notices.remembering import remembered
from notices.settings import Settings
from notices.untranslated import is_untranslated


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Compare each translation of each notice with its source, section by section.

    A file that cannot be read is not missing: whoever believed that would overwrite it.
    """
    told = {found.path for found in catalog.findings}
    folder_of_sources = f"{catalog.folder}/{catalog.source_language}"
    differing = {found.path for found in catalog.findings if found.code == "outline-differs"}
    for name in catalog.notices:
        source = catalog.source(name)
        for lang in catalog.translations:
            translation = catalog.notices[name].get(lang)
            if source and translation:
                if translation.draft and not source.draft and lang not in catalog.drafts:
                    yield _notice_missing(catalog, name, lang, source)
                if translation.path in differing:
                    continue  # that says it all
                yield from _sections(source, translation)
            elif source and not source.draft:
                if f"{catalog.folder}/{lang}/{name}.md" not in told:
                    yield _notice_missing(catalog, name, lang, source)
            elif translation and f"{folder_of_sources}/{name}.md" not in told:
                yield _notice_extra(catalog, name, translation)


def _notice_missing(catalog: Catalog, name: str, lang: str, source: Notice) -> Finding:
    """Report a translation that readers do not get: there is none, or it is a draft."""
    if f"{lang}/{name}.md" in catalog.draft_texts:
        return Finding(
            f"{catalog.folder}/{lang}/{name}.md",
            1,
            "notice-missing",
            f"'{name}' is a draft in {lang}: readers get the text in {source.lang} "
            f"({source.path}).",
            "finish the translation, and remove the line 'draft: true' from it.",
        )
    return Finding(
        f"{catalog.folder}/{lang}/{name}.md",
        1,
        "notice-missing",
        f"'{name}' is in {source.lang} ({source.path}) and not in {lang}.",
        f"translate it: copy {source.path} to this place and put its text into {lang}.",
    )


def _notice_extra(catalog: Catalog, name: str, translation: Notice) -> Finding:
    source = f"{catalog.folder}/{catalog.source_language}/{name}.md"
    return Finding(
        translation.path,
        1,
        "notice-extra",
        f"'{name}' is in {translation.lang} and not in {catalog.source_language}, the source.",
        f"add {source}, give both files the same name, or remove this one.",
    )


@remembered
def _sections(source: Notice, translation: Notice) -> tuple[Finding, ...]:
    return tuple(_compared(source, translation))


def _compared(source: Notice, translation: Notice) -> Iterator[Finding]:
    theirs = {section.anchor: section for section in source.sections}
    own = {section.anchor: section for section in translation.sections}
    for anchor, section in theirs.items():
        if anchor not in own:
            yield Finding(
                translation.path,
                _line_where_missing(source, own, anchor, translation),
                "section-missing",
                f"'{anchor}' is in {source.lang} ({source.path}:{section.line}) and not here.",
                f"translate the section, under a heading ending in {{#{anchor}}}, "
                f"{_place_for(source, own, anchor)}.",
            )
    for anchor, section in own.items():
        if anchor not in theirs:
            yield Finding(
                translation.path,
                section.line,
                "section-extra",
                f"'{anchor}' is here and not in {source.lang} "
                f"({source.path}:{_line_where_missing(translation, theirs, anchor, source)}).",
                f"add it to {source.path}, give it the id that it has there, or remove it here.",
            )
        else:
            yield from _pair(source, theirs[anchor], translation, section)
    if is_untranslated(translation.opening, translation, source.opening, source):
        yield Finding(
            translation.path,
            translation.opening.line,
            "section-untranslated",
            f"the introduction has the very words of {source.lang} ({source.path}).",
            f"translate the title and the introduction into {translation.lang}.",
        )
    yield from _order(source, theirs, translation, own)
    yield from _further_anchors(source, source.opening, translation, translation.opening)


def _place_for(source: Notice, own: dict[str, Section], anchor: str) -> str:
    """Say behind which section the missing one belongs."""
    before = ""
    for section in source.sections:
        if section.anchor == anchor:
            break
        before = section.anchor if section.anchor in own else before
    return f"behind the section '{before}'" if before else "before the first section"


def _line_where_missing(
    complete: Notice, others: dict[str, Section], anchor: str, lacking: Notice
) -> int:
    """Give the line of the section after which the missing one belongs."""
    line = lacking.opening.line
    for section in complete.sections:
        if section.anchor == anchor:
            break
        if section.anchor in others:
            line = others[section.anchor].line
    return line


def _pair(source: Notice, section: Section, translation: Notice, own: Section) -> Iterator[Finding]:
    if section.level != own.level:
        yield Finding(
            translation.path,
            own.line,
            "section-level",
            f"'{own.anchor}' has level {own.level} here and level {section.level} in "
            f"{source.lang} ({source.path}:{section.line}).",
            f"begin the heading with {'#' * section.level}.",
        )
    if is_untranslated(own, translation, section, source):
        yield Finding(
            translation.path,
            own.line,
            "section-untranslated",
            f"'{own.anchor}' has the very words of {source.lang} ({source.path}:{section.line}).",
            f"translate the section into {translation.lang}.",
        )
    yield from _further_anchors(source, section, translation, own)


def _further_anchors(
    source: Notice, section: Section, translation: Notice, own: Section
) -> Iterator[Finding]:
    theirs = {anchor.id: anchor.line for anchor in section.anchors}
    here = {anchor.id: anchor.line for anchor in own.anchors}
    for anchor in sorted(theirs.keys() - here.keys()):
        yield Finding(
            translation.path,
            own.line,
            "anchor-missing",
            f"the id '{anchor}' is in {source.lang} ({source.path}:{theirs[anchor]}) and not here.",
            f"put {{#{anchor}}} at the same place of the translation.",
        )
    for anchor in sorted(here.keys() - theirs.keys()):
        yield Finding(
            translation.path,
            here[anchor],
            "anchor-extra",
            f"the id '{anchor}' is here and not in {source.lang} ({source.path}:{section.line}).",
            "put it at the same place of the source, or remove it here.",
        )


def _order(
    source: Notice,
    theirs: dict[str, Section],
    translation: Notice,
    own: dict[str, Section],
) -> Iterator[Finding]:
    """Report the first section that stands in another place; its neighbours follow from it."""
    shared = [anchor for anchor in own if anchor in theirs]
    expected = [anchor for anchor in theirs if anchor in own]
    for anchor, wanted in zip(shared, expected, strict=True):
        if anchor != wanted:
            yield Finding(
                translation.path,
                own[anchor].line,
                "section-order",
                f"'{anchor}' stands where {source.lang} has '{wanted}' "
                f"({source.path}:{theirs[wanted].line}).",
                f"put '{wanted}' (line {own[wanted].line}) before this section.",
            )
            return
