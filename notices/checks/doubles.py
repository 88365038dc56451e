# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does the same word stand twice in a row?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from notices.languages import primary
from notices.model import Catalog, Finding, Notice
from notices.prose import Passage, Word, passages, words
from notices.remembering import remembered
from notices.settings import Settings
from notices.wording import Remark, findings, quoted
from notices.wording.tables import in_language, table


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Look for doubled words in each text, whatever emphasis or line end parts them."""
    return findings(catalog, settings, "word-doubled", _remarks)


@remembered
def _remarks(notice: Notice) -> tuple[Remark, ...]:
    parts = [(passage, words(passage.own)) for passage in passages(notice)]
    written = {word.text for _, told in parts for word in told}
    return tuple(
        remark for passage, told in parts for remark in _of_passage(passage, told, written)
    )


def _of_passage(passage: Passage, told: list[Word], written: set[str]) -> Iterator[Remark]:
    doubles = table("doubles")
    lang = passage.own.lang
    if primary(lang) in doubles["any_word"]:
        return
    accepted = in_language(doubles["words"], lang) or ()
    for one, other in pairwise(told):
        word = one.text.casefold()
        gap = passage.own.text[one.end : other.start]
        if word != other.text.casefold() or not gap.isspace() or "\n" in gap:
            continue
        if word not in accepted and word.isalpha() and not _is_name(one.text, other.text, written):
            yield Remark(
                passage,
                one.start,
                other.end,
                f"'{one.text}' stands twice in a row: '{quoted(passage, one.start, other.end)}'.",
                f"remove one: '{quoted(passage, one.start, other.end, one.text)}'.",
            )


def _is_name(one: str, other: str, written: set[str]) -> bool:
    """Tell whether a doubled word is a name (*Duran Duran*): the notice has no such word else."""
    return one[0].isupper() and other[0].isupper() and one.lower() not in written
