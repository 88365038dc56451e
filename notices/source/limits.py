# SPDX-License-Identifier: AGPL-3.0-or-later
"""How tangled may a text be, so that reading it takes a time in proportion to its length?

Python-Markdown passes some texts again for each of their signs: each open bracket seeks its end,
each line of a block is cut from the rest, each level of a list is a call within a call. Within
these limits, which no text for people comes near, that costs little. Beyond them the text is a
finding, and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element

from notices.model import Finding

CODE: Final = "text-tangled"
LARGEST: Final = 1_000_000
"""The bytes of a notice. A novel has as many."""
MOST_WRITTEN: Final = 5_000_000
"""The characters that a notice may become, with each fact, address and abbreviation put in."""
_LONGEST_LINE: Final = 20_000
_MOST_BACKTICKS: Final = 1_000
_MOST_LINES: Final = 1_000
_LARGEST_BLOCK: Final = 100_000
_DEEPEST: Final = 40
_COUNTED: Final = (
    (re.compile(r"#{1,6}(?:[ \t]|$)|(?:-+|=+)[ \t]*+$"), 1_000, "headings"),
    (re.compile(r"\*\["), 200, "abbreviations that are explained"),
    (re.compile(r"\[[^\]]*\]:"), 1_000, "addresses that are defined by a name"),
    (re.compile(r"```|~~~"), 1_000, "fences of code"),
)
"""What a line begins with, how many such lines a text may have, and what they are."""
_MARKS: Final = re.compile(r"(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}\.[ \t])*+")
_LEVEL: Final = re.compile(r">|[-*+](?=[ \t])|\.|\t| {4}")
_FLATTER: Final = "write the text with fewer levels."
_SHORTER: Final = "put an empty line where a new paragraph, list or table can begin."
_PARTS: Final = "part it into several notices; keep what readers need."


def check(text: str, shown: str, first_line: int) -> Finding | None:
    """Say what is too much in a Markdown text; the line is that of the file."""
    for line, message, fix in _faults(text.split("\n")):
        return Finding(shown, first_line + line, CODE, message, fix)
    return None


def check_size(root: Element, shown: str, line: int) -> Finding | None:
    """Say that a tree would become too long, by what is defined once and used again and again."""
    size = 0
    for element in root.iter():
        size += len(element.text or "") + len(element.tail or "")
        size += sum(map(len, element.attrib.values()))
    if size <= MOST_WRITTEN:
        return None
    message = f"with all facts, links and abbreviations it has more than {MOST_WRITTEN:,} signs."
    return Finding(shown, line, CODE, message, _PARTS)


def too_deep(shown: str, line: int) -> Finding:
    """Say that a text within the limits still took more calls within calls than there may be."""
    message = "signs such as *, [ or > stand inside each other too deep to be read."
    return Finding(shown, line, CODE, message, _FLATTER)


def _faults(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    counts = [0] * len(_COUNTED)
    for number, line in enumerate(lines):
        if len(line) > _LONGEST_LINE:
            yield number, f"this line has more than {_LONGEST_LINE:,} characters.", _SHORTER
        if line.count("`") > _MOST_BACKTICKS:
            yield number, f"this line has more than {_MOST_BACKTICKS:,} backticks.", _SHORTER
        marks = _MARKS.match(line)[0]  # type: ignore[index]  # it may be empty
        if len(_LEVEL.findall(marks)) > _DEEPEST:
            message = f"lists or quotes stand more than {_DEEPEST} deep in each other."
            yield number, message, _FLATTER
        for index, (opening, most, what) in enumerate(_COUNTED):
            counts[index] += bool(opening.match(line, len(marks)))
            if counts[index] > most:
                yield number, f"the text has more than {most:,} {what}.", _PARTS
    for is_block, block in groupby(enumerate(lines), key=lambda entry: bool(entry[1].strip())):
        if is_block:
            yield from _faults_of_block(list(block))


def _faults_of_block(block: list[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    first, _ = block[0]
    if len(block) > _MOST_LINES:
        yield first, f"more than {_MOST_LINES:,} lines follow without an empty one.", _SHORTER
    if sum(len(line) for _, line in block) > _LARGEST_BLOCK:
        message = f"more than {_LARGEST_BLOCK:,} characters follow without an empty line."
        yield first, message, _SHORTER
