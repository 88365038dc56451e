# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which id has a section whose heading gives none, so that it is the same in every language?

The source language's heading gives the id. A translation takes it from the section in the same
place, but only where both outlines agree; where they do not, that is said once and nothing is
guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from notices.model import Finding, Notice, Section
from notices.remembering import remembered

WELL_FORMED: Final = re.compile(r"[^\W_][\w\-]*")
"""Ids that cannot collide with the theme's own, all of which begin with an underscore."""


def anchor_for(title: str) -> str:
    """Make an id of a heading's HTML: its letters (of any script), digits, and hyphens."""
    plain = Markup(title).striptags()  # noqa: S704  (only stripped)
    text = unicodedata.normalize("NFC", plain).lower()
    return "-".join(re.findall(r"[^\W_]+", text)) or "section"


def settle(
    by_lang: Mapping[str, Notice], source_language: str
) -> tuple[dict[str, Notice], list[Finding]]:
    """Give every section of a notice its id, in all languages."""
    settled = dict(by_lang)
    source = by_lang.get(source_language)
    if source is None:
        for lang, notice in by_lang.items():
            settled[lang] = _named(notice)
        return settled, []
    settled[source_language] = source = _named(source)
    findings = []
    for lang, notice in by_lang.items():
        if lang != source_language:
            settled[lang], finding = _named_alike(source, notice)
            findings += [finding] if finding else []
    return settled, findings


@remembered
def _named(notice: Notice) -> Notice:
    """Give every section of a notice an id of its own."""
    taken = set(notice.ids)
    named = []
    for section in notice.sections:
        if not section.anchor:
            plain = anchor = anchor_for(section.title)
            number = 1
            while anchor in taken:
                number += 1
                anchor = f"{plain}-{number}"
            taken.add(anchor)
            section = replace(section, anchor=anchor)
        named.append(section)
    return replace(notice, sections=tuple(named))


@remembered
def _named_alike(source: Notice, translation: Notice) -> tuple[Notice, Finding | None]:
    """Give the sections of a translation the ids of their source's."""
    if not _has_to_guess(source, translation):
        return translation, None
    if difference := _difference(source.sections, translation.sections):
        return translation, _outlines_differ(source, translation, difference)
    own = zip(source.sections, translation.sections, strict=True)
    taken = tuple(replace(section, anchor=same.anchor) for same, section in own)
    return replace(translation, sections=taken), None


def _has_to_guess(source: Notice, translation: Notice) -> bool:
    """Tell whether any id would have to come from a section's place alone."""
    if any(not section.given for section in translation.sections):
        return True
    given = {section.anchor for section in translation.sections}
    return not all(section.given for section in source.sections) and given != {
        section.anchor for section in source.sections
    }


def _difference(
    source: tuple[Section, ...], translation: tuple[Section, ...]
) -> tuple[Section | None, Section | None] | None:
    """Find the first place where two outlines do not agree."""
    for position in range(max(len(source), len(translation))):
        one = source[position] if position < len(source) else None
        other = translation[position] if position < len(translation) else None
        if one is None or other is None or one.level != other.level:
            return one, other
        if other.given and other.anchor != one.anchor:
            return one, other
    return None


def _outlines_differ(
    source: Notice, translation: Notice, difference: tuple[Section | None, Section | None]
) -> Finding:
    theirs, own = difference
    line = own.line if own else translation.opening.line
    if theirs and own:
        where = f"this section and {source.path}:{theirs.line} do not correspond"
    elif theirs:
        where = f"nothing here corresponds to {source.path}:{theirs.line}"
    else:
        where = f"nothing in {source.path} corresponds to this section"
    return Finding(
        translation.path,
        line,
        "outline-differs",
        f"headings lack ids, and the outlines differ: {where}.",
        "add the section that is missing, or give both headings the same id, as in {#your-rights}.",
    )
