# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is a notice, a section or a sentence harder to read than the site allows?

What has not been translated yet is judged where it was written. Of a glossary, which nobody reads
as a whole, only the sentences are judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from notices import parallel
from notices.model import Catalog, Finding, Notice, Section
from notices.readability import Sentence, is_too_hard, lix, long_words, running
from notices.remembering import remembered
from notices.settings import Readability, Settings
from notices.source.quotes import Quotes
from notices.untranslated import in_own_words
from notices.wording import is_glossary, texts

_MOST_PLACED: Final = 100
"""So many sentences of a notice are looked up in its file; the rest stand at their section."""
_QUOTED_WORDS: Final = 8
_TOLD_APART: Final = 6
_QUOTED_LONG_WORDS: Final = 3
_WORD: Final = re.compile(r"\w+")
_FIX: Final = (
    "make two sentences of a long one, or a list of what it lists; say a long word with shorter "
    "ones where there are any."
)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A section, its text, and its sentences that are too long.

    Each stands with the number of sentences before it that begin alike.
    """

    section: Section
    text: tuple[Sentence, ...]
    too_long: tuple[tuple[Sentence, int], ...]


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Measure every text in every language."""
    quotes = Quotes(settings.content, catalog.organisation)
    limits = settings.readability

    def of_text(job: tuple[Notice, Notice | None]) -> list[Finding]:
        text, source = job
        judged = _judged(text, source, limits.sentence)
        hard = () if is_glossary(text) else _hard(text, judged, limits.notice, limits.section)
        return [*hard, *_long(text, judged, limits, quotes)]

    for findings in parallel.in_order(of_text, [*texts(catalog)]):
        yield from findings


@remembered
def _judged(notice: Notice, source: Notice | None, limit: float | None) -> tuple[_Judged, ...]:
    """Measure the sections of a notice that are in its own words."""
    return tuple(
        _Judged(section, text, tuple(_too_long(text, limit)))
        for section in in_own_words(notice, source)
        for text in (running(section, notice.lang),)
    )


def _too_long(text: tuple[Sentence, ...], limit: float | None) -> Iterator[tuple[Sentence, int]]:
    """Give each sentence over the limit, and how many before it begin alike."""
    if limit is None or all(len(one.words) <= limit for one in text):
        return
    alike: Counter[tuple[str, ...]] = Counter()
    for sentence in text:
        beginning = tuple(_WORD.findall(_beginning(sentence))[:_TOLD_APART])
        if len(sentence.words) > limit:
            yield sentence, alike[beginning]
        alike[beginning] += 1


@remembered
def _hard(
    notice: Notice,
    judged: tuple[_Judged, ...],
    of_notice: float | None,
    of_section: float | None,
) -> tuple[Finding, ...]:
    return tuple(_too_hard(notice, judged, of_notice, of_section))


def _too_hard(
    notice: Notice,
    judged: tuple[_Judged, ...],
    of_notice: float | None,
    of_section: float | None,
) -> Iterator[Finding]:
    whole = tuple(sentence for one in judged for sentence in one.text)
    if (message := _told("this notice", whole, of_notice)) is not None:
        line = notice.opening.line
        yield Finding(notice.path, line, "notice-hard-to-read", message, _FIX)
    for one in judged:
        named = f"'{one.section.anchor}'" if one.section.anchor else "this section"
        what = "the introduction" if one.section is notice.opening else named
        if (message := _told(what, one.text, of_section)) is not None:
            line = one.section.line
            yield Finding(notice.path, line, "section-hard-to-read", message, _FIX)


def _told(what: str, text: tuple[Sentence, ...], limit: float | None) -> str | None:
    """Say how hard a text is and what makes it so; None where it is not too hard."""
    value = lix(text)
    count = sum(len(one.words) for one in text)
    if limit is None or value is None or not is_too_hard(value, count, limit):
        return None
    longest = max(text, key=lambda one: len(one.words))
    hard = long_words(text)
    message = (
        f"{what} has LIX {value:.1f}, and {limit:g} is this site's limit: its sentences have "
        f"{count / len(text):.1f} words on average, the longest {len(longest.words)} "
        f"('{_beginning(longest)}'), and {100 * len(hard) / count:.0f} of 100 words have more than "
        "six letters"
    )
    shown = sorted(set(hard), key=lambda word: (-len(word), word))[:_QUOTED_LONG_WORDS]
    return f"{message} ({', '.join(shown)})." if shown else f"{message}."


def _long(
    notice: Notice, judged: tuple[_Judged, ...], limits: Readability, quotes: Quotes
) -> Iterator[Finding]:
    placed = 0
    for one in judged:
        for sentence, before in one.too_long:
            placed += 1
            quote = _beginning(sentence)
            line = one.section.line
            if placed <= _MOST_PLACED:
                line = quotes.line(quote, notice, one.section, before)
            yield Finding(
                notice.path,
                line,
                "sentence-long",
                f"a sentence of {len(sentence.words)} words, and {limits.sentence:g} is this "
                f"site's limit: '{quote}'",
                "make two sentences of it, or a list of what it lists.",
            )


def _beginning(sentence: Sentence) -> str:
    """Give the first words of a sentence, for a finding to quote."""
    written = sentence.text.split(maxsplit=_QUOTED_WORDS)
    is_cut = len(written) > _QUOTED_WORDS
    return " ".join(written[:_QUOTED_WORDS]) + ("…" if is_cut else "")
