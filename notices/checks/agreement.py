# SPDX-License-Identifier: AGPL-3.0-or-later
"""Do a section and its translation say the same numbers, periods, addresses, links and items?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from notices import parallel
from notices.model import Catalog, Disagreement, Finding, Notice, Organisation, Section, key_of
from notices.particulars import Difference, Particulars, differences, read
from notices.remembering import remembered
from notices.settings import Settings
from notices.source.quotes import Quotes
from notices.untranslated import is_untranslated

_CODES: Final = {
    "abbreviation": "abbreviation-differs",
    "date": "date-differs",
    "email": "email-differs",
    "file": "file-differs",
    "host": "host-differs",
    "link": "link-differs",
    "list": "list-differs",
    "number": "number-differs",
    "period": "period-differs",
    "postal-code": "postal-code-differs",
    "table": "table-differs",
    "telephone": "telephone-differs",
}
_MOST_TOLD: Final = 100
"""Of one section, each looked up in both texts; the rest is told when these are mended."""
_QUOTED_LETTERS: Final = 80
_Told = Mapping[str, Particulars]
"""What the sections of one notice say, by anchor."""
_COUNTED: Final = {"list": "list items", "table": "table rows", "file": "pictures or documents"}


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Compare each section of each translation with its source."""

    def of_notice(name: str) -> list[Finding]:
        return list(_notice(catalog, settings.content, name))

    for findings in parallel.in_order(of_notice, list(catalog.notices)):
        yield from findings


def _notice(catalog: Catalog, content: Path, name: str) -> Iterator[Finding]:
    source = catalog.source(name)
    if source is None:
        return
    told = _told(source)
    for lang in catalog.translations:
        if translation := catalog.notices[name].get(lang):
            yield from _pair(content, catalog.organisation, source, told, translation)


@remembered
def _pair(
    content: Path, organisation: Organisation, source: Notice, told: _Told, translation: Notice
) -> tuple[Finding, ...]:
    """Compare a translation with its source; the organisation's facts tell where words stand."""
    quotes = Quotes(content, organisation)
    findings = [
        _finding(quotes, source, twin, translation, own, difference)
        for twin, own, difference in _differing(source, told, translation)
    ]
    if translation.effective != source.effective:
        findings.insert(0, _effective_differs(source, translation))
    return tuple(findings)


@remembered
def _differing(
    source: Notice, told: _Told, translation: Notice
) -> tuple[tuple[Section, Section, Difference], ...]:
    theirs = {section.anchor: section for section in source.parts}
    return tuple(
        (twin, own, difference)
        for own in translation.parts
        if (twin := theirs.get(own.anchor))
        and not is_untranslated(own, translation, twin, source)  # another finding says so
        for difference in islice(
            differences(told[own.anchor], read(own, translation, translation.lang)), _MOST_TOLD
        )
    )


@remembered
def _told(source: Notice) -> _Told:
    return {section.anchor: read(section, source, source.lang) for section in source.parts}


def _quoted(words: str) -> str:
    written = " ".join(words.split())
    return written if len(written) <= _QUOTED_LETTERS else f"{written[:_QUOTED_LETTERS]}…"


def _effective_differs(source: Notice, translation: Notice) -> Finding:
    here, there = (
        notice.effective.isoformat() if notice.effective else "" for notice in (translation, source)
    )
    return Finding(
        translation.path,
        1,
        "effective-differs",
        f"the text is in force from {here or 'no day'} here and from {there or 'no day'} in "
        f"{source.lang} ({source.path}:1).",
        f"write effective: {there} between the lines of hyphens at the top."
        if there
        else f"remove the line 'effective', or add it to {source.path}.",
        disagreement=Disagreement(translation.lang, key_of(translation.name, ""), here, there),
    )


def _finding(
    quotes: Quotes,
    source: Notice,
    twin: Section,
    translation: Notice,
    own: Section,
    difference: Difference,
) -> Finding:
    here, there = _quoted(difference.translation), _quoted(difference.source)
    line = quotes.line(here, translation, own, difference.translation_at)
    key = key_of(translation.name, own.anchor)
    place = (
        f"{source.lang} ({source.path}:{quotes.line(there, source, twin, difference.source_at)})"
    )
    if difference.kind in _COUNTED:
        message = (
            f"{difference.translation_count} {_COUNTED[difference.kind]} are here and "
            f"{difference.source_count} in {place}: "
            + (f"only here seems to be '{here}'." if here else f"only there seems to be '{there}'.")
        )
    elif here and there:
        message = f"'{here}' is here, and '{there}' in {place}."
    elif here:
        message = f"'{here}' is here, and nothing like it in this section of {place}."
    else:
        message = f"'{there}' is in {place}, and nothing like it in this section here."
    return Finding(
        translation.path,
        line,
        _CODES[difference.kind],
        message,
        f"let {key} say the same in both; if the difference is meant, see the part on that in "
        "docs/editing.md.",
        disagreement=Disagreement(translation.lang, key, here, there),
    )
