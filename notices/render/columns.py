# SPDX-License-Identifier: AGPL-3.0-or-later
"""How do words fit into lines, and cells into columns, of a given width?

Widths are in columns of a terminal: a Chinese or Japanese sign takes two, an accent none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len

_GAP: Final = "  "
_INDENT: Final = "    "
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_WIDE: Final = (
    "\u2e80-\u30ff\u31c0-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffee\U00020000-\U0003fffd"
)
"""Scripts that are written without spaces, in which a line may end after nearly every sign."""
_OPENING: Final = r"(\[{‘“（［｛「『【〈《〔"
_CLOSING: Final = (
    r")\]}’”）］｝」』】〉》〕,.!?:;、。，．！？：；・…‥％ー々ゝゞヽヾ"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
"""Signs that no line ends with, or begins with (JIS X 4051, section 6.1.1, in short)."""
_UNIT: Final = re.compile(
    rf"[{_OPENING}]*(?:<[^<>]*>|[^{_WIDE}{_OPENING}<]+|.)[{_CLOSING}]*", re.DOTALL
)


def wrapped(words: str, width: int) -> list[str]:
    """Break words into lines; what stands between < and > is never broken, nor any word."""
    lines: list[str] = []
    line, length = "", 0
    for space, unit in _units(words):
        needed = len(unit) if unit.isascii() else cell_len(unit)
        if line and length + len(space) + needed > width:
            lines.append(line)
            line, length = "", 0
        if line:
            line, length = line + space, length + len(space)
        line, length = line + unit, length + needed
    return [*lines, line] if line else lines


def _units(words: str) -> Iterator[tuple[str, str]]:
    """Give what a line can end after, each with the space before it."""
    for word in filter(None, _SPACES.split(words)):
        if word.isascii():
            yield " ", word
        else:
            for number, unit in enumerate(_UNIT.findall(word)):
                yield "" if number else " ", unit


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Write a table in columns where they fit, or else each row as lines of ``head: cell``."""
    number = max(map(len, [heads, *rows]), default=0)
    filled = [[*row, *[""] * (number - len(row))] for row in [heads, *rows]]
    widths = [max(map(cell_len, column)) for column in zip(*filled, strict=True)]
    if sum(widths) + len(_GAP) * (number - 1) <= width:
        lines = [_row(row, widths) for row in filled]
        rule = _GAP.join("-" * own for own in widths)
        top = [lines[0], rule] if any(heads) else []
        return [*top, *filter(None, lines[1:])]
    records = filter(None, (_record(filled[0], row, width) for row in filled[1:]))
    return [line for record in records for line in ("", *record)][1:]


def _record(heads: Sequence[str], cells: Sequence[str], width: int) -> list[str]:
    """Write a row with a line for each cell; what does not fit follows, indented."""
    lines: list[str] = []
    for head, cell in zip(heads, cells, strict=True):
        label = f"{head}: " if head else ""
        first, *rest = wrapped(label + cell, width - len(_INDENT)) or [""]
        lines += [line for line in (first, *(_INDENT + line for line in rest)) if line]
    return lines


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (own - cell_len(cell)) for cell, own in zip(cells, widths, strict=True))
    return _GAP.join(padded).rstrip()
