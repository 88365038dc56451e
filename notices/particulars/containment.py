# SPDX-License-Identifier: AGPL-3.0-or-later
"""What does a line state that the section which it sums up does not?

The rules are those between a source and its translation, asked in one direction: the section may
say more, and the line may say a thing twice. List items, table rows, links and files are not asked
for, since a line is shorter than what it sums up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from notices.particulars import figures, names
from notices.particulars.model import Kind, Particulars, Value

_NAMES: Final[tuple[Kind, ...]] = ("email", "telephone", "host", "abbreviation")


def beyond(line: Particulars, section: Particulars) -> list[Value]:
    """Give the values that a line states and a section does not, in the order of the line."""
    found = [*_figures(line, section), *_names(line, section)]
    return sorted(found, key=lambda value: value.start)


def _figures(line: Particulars, section: Particulars) -> list[Value]:
    """Give the numbers, periods, dates and postal codes of a line that a section does not say."""
    asking = tuple(value for value in _once(line.figures) if figures.asks(value, section))
    # A date may be written as three numbers: all of them together are one value of the section.
    left = figures.without_twin(section, replace(line, figures=asking))[1]
    if len(left) * len(section.figures) > figures.MOST_PAIRS:
        return left
    # One value of the section may stand for several of the line.
    return [
        value for value in left if figures.without_twin(section, replace(line, figures=(value,)))[1]
    ]


def _names(line: Particulars, section: Particulars) -> list[Value]:
    """Give the addresses, telephone numbers and abbreviations that a section does not have."""
    asking = replace(line, names=_once(value for value in line.names if not value.optional))
    found = []
    for kind in _NAMES:
        for value in names.of_kind(kind, section, asking)[1]:
            if kind != "abbreviation" or not _says(section.text, value.key):
                found.append(value)
    return found


def _once(values: Iterable[Value]) -> tuple[Value, ...]:
    """Give the first of each value that is said more than once."""
    once: dict[tuple[str, str, bool], Value] = {}
    for value in values:
        once.setdefault((value.kind, value.key, value.optional), value)
    return tuple(once.values())


def _says(text: str, word: str) -> bool:
    """Tell whether a word stands in a text, though there it may be one of a shouted line."""
    return bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))
