# SPDX-License-Identifier: AGPL-3.0-or-later
"""How does a table of many columns fit a terminal?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from rich.cells import set_cell_size

WIDTH: Final = 80
_NAMES: Final = 30
_COLUMN: Final = 10

Line = Callable[[str, Sequence[str]], str]
"""Writes a line of a table: what it is about, and a cell for each column."""


def tables(heads: Sequence[str]) -> Iterator[tuple[Line, Sequence[str]]]:
    """Give, for each table that it takes to fit the columns, its lines' form and its columns."""
    column = max(_COLUMN, min(max(map(len, heads), default=0), WIDTH - _NAMES - 1) + 1)
    fitting = (WIDTH - _NAMES) // column

    def line(name: str, cells: Sequence[str]) -> str:
        return (cut(name, _NAMES) + "".join(cut(cell, column) for cell in cells)).rstrip()

    for at in range(0, len(heads), fitting):
        yield line, heads[at : at + fitting]


def cut(name: str, width: int) -> str:
    """Give a name as wide as its column, a space at its end; what is too long is cut off."""
    whole = set_cell_size(name, width - 1)
    return f"{whole} " if whole.rstrip() == name else f"{set_cell_size(name, width - 2)}… "
