# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a particular is, and what it is for two texts to differ in one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "abbreviation",
    "date",
    "email",
    "file",
    "host",
    "link",
    "list",
    "number",
    "period",
    "postal-code",
    "table",
    "telephone",
]

Span = tuple[int, int]
"""Where something begins and ends in a text."""


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that a text says and every translation of it must say.

    ``key`` is the same in all languages; ``quote`` is the text's own words. ``readings`` are keys
    that another text may have for the same thing, ``parts`` the numbers that it may be written
    with. What is ``optional`` answers to a value of the other text, and asks for none itself.
    """

    kind: Kind
    key: str
    quote: str
    start: int
    optional: bool = False
    readings: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Particulars:
    """All that a section says which its translations must say too.

    ``text`` is the section without its markup. ``figures`` are numbers, periods, dates and postal
    codes, ``names`` all else that has a key; ``items`` and ``rows`` are the places of list items
    and table rows in the text. ``fluent`` says whether the language has a word list.
    """

    lang: str
    fluent: bool
    text: str
    figures: tuple[Value, ...] = ()
    names: tuple[Value, ...] = ()
    items: tuple[Span, ...] = ()
    rows: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a source and its translation do not both say.

    ``translation`` and ``source`` quote each text's own words (a link's address as it is written),
    and are empty where a text has nothing for the other's. For list items, table rows and files,
    the counts are those of the whole section. ``…_at`` says how often the quoted words stand in a
    text before the place that is meant.
    """

    kind: Kind
    translation: str
    source: str
    translation_count: int = 0
    source_count: int = 0
    translation_at: int = field(default=0, compare=False)
    source_at: int = field(default=0, compare=False)
