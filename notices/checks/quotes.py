# SPDX-License-Identifier: AGPL-3.0-or-later
"""Are there straight quotes in a language that writes others?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from notices.model import Catalog, Finding, Notice
from notices.prose import Passage, passages
from notices.remembering import remembered
from notices.settings import Settings
from notices.wording import Remark, findings, quoted
from notices.wording.quotation import Quote, straight


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Look for straight quotes, and for straight apostrophes once in each section."""
    return findings(catalog, settings, "quotes-straight", _remarks)


@remembered
def _remarks(notice: Notice) -> tuple[Remark, ...]:
    return tuple(
        remark
        for _, parts in groupby(passages(notice), key=lambda passage: passage.section)
        for remark in _of_section(list(parts))
    )


def _of_section(parts: list[Passage]) -> Iterator[Remark]:
    apostrophes: list[tuple[Passage, Quote]] = []
    for passage in parts:
        for quote in straight(passage.own.text, passage.own.lang):
            if quote.is_apostrophe:
                apostrophes.append((passage, quote))
            else:
                is_pair = quote.opening and quote.closing
                message = "these quotes are straight" if is_pair else "this quote is straight"
                yield _remark(passage, quote, message)
    if apostrophes:
        more = len(apostrophes) - 1
        others = f" (and {more} more in this section)" if more else ""
        yield _remark(*apostrophes[0], f"this apostrophe is straight{others}")


def _remark(passage: Passage, quote: Quote, message: str) -> Remark:
    start, end = quote.start, quote.end
    within = passage.written[passage.start :][
        start + bool(quote.opening) : end - bool(quote.closing)
    ]
    instead = f"{quote.opening}{within}{quote.closing}"
    return Remark(
        passage,
        start,
        end,
        f"{message}: {quoted(passage, start, end)}",
        f"write: {quoted(passage, start, end, instead)}",
    )
