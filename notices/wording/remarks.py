# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where in a notice or glossary do the words stand that something is to be said of?"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from notices import parallel
from notices.model import Catalog, Finding, Notice, Section
from notices.prose import Passage, blocks
from notices.remembering import remembered
from notices.settings import Settings
from notices.source.quotes import Quotes
from notices.untranslated import in_own_words
from notices.wording.texts import texts

_WORD: Final = re.compile(r"\w+")
_AROUND_LETTERS: Final = 20
_MOST_QUOTED_LETTERS: Final = 80
_MOST_TOLD: Final = 50
"""Of one kind in one file, each looked up there; the rest is told when these are mended."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a passage's words, from ``start`` to ``end`` of its text, and done."""

    passage: Passage
    start: int
    end: int
    message: str
    fix: str


def quoted(passage: Passage, start: int, end: int, instead: str | None = None) -> str:
    """Quote a passage's words with some around them, or with others in their place."""
    text = passage.written
    start, end = passage.start + start, passage.start + end
    words = text[start:end] if instead is None else instead
    if len(words) > _MOST_QUOTED_LETTERS:
        words = f"{words[:_MOST_QUOTED_LETTERS]}…"
    before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
    if len(before) > _AROUND_LETTERS:
        cut = before.rfind(" ", -_MOST_QUOTED_LETTERS, -_AROUND_LETTERS)
        before = f"…{before[cut + 1 :] if cut > 0 else before[-_AROUND_LETTERS:]}"
    if len(after) > _AROUND_LETTERS:
        cut = after.find(" ", _AROUND_LETTERS, _MOST_QUOTED_LETTERS)
        after = f"{after[: cut if cut > 0 else _AROUND_LETTERS]}…"
    return f"{before}{words}{after}".replace("\n", " ").strip()


def findings(
    catalog: Catalog,
    settings: Settings,
    code: str,
    remarks_on: Callable[[Notice], Iterable[Remark]],
) -> Iterator[Finding]:
    """Give a finding for each remark on a notice or glossary, at the line of its words.

    What has not been translated yet is judged where it was written.
    """
    quotes = Quotes(settings.content, catalog.organisation)

    def of_text(pair: tuple[Notice, Notice | None]) -> list[Finding]:
        text, source = pair
        own = _own(text, source)
        told = (one for one in remarks_on(text) if id(one.passage.section) in own)
        return [
            Finding(text.path, _line(quotes, text, one), code, one.message, one.fix)
            for one in islice(told, _MOST_TOLD)
        ]

    for found in parallel.in_order(of_text, list(texts(catalog))):
        yield from found


@remembered
def _own(text: Notice, source: Notice | None) -> frozenset[int]:
    """Give the identities of the sections that are in a text's own words."""
    return frozenset(id(part) for part in in_own_words(text, source))


def _line(quotes: Quotes, notice: Notice, remark: Remark) -> int:
    """Find the line by two words: those at the place, or the last before it."""
    section = remark.passage.section
    block_start = remark.passage.block_start
    place = block_start + remark.passage.start + remark.start
    block_end = block_start + len(remark.passage.written)
    words, starts, ends = _words(section, notice.lang)
    at = bisect_right(ends, place)
    if at and (at == len(words) or starts[at] >= block_end):
        at -= 1
    for count in (2, 1):
        wanted = words[at : at + count]
        if len(wanted) < count:  # the section's last word
            continue
        before = sum(words[other : other + count] == wanted for other in range(at))
        line = quotes.line(" ".join(wanted), notice, section, before)
        if line != section.line:
            return line
    return section.line


@functools.lru_cache(1)
def _words(section: Section, lang: str) -> tuple[list[str], list[int], list[int]]:
    """Give the words of a section, and where in its text each begins and ends."""
    text = "\n".join(block.text for block in blocks(section, lang))
    found = list(_WORD.finditer(text))
    return (
        [word[0] for word in found],
        [word.start() for word in found],
        [word.end() for word in found],
    )
