# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where does a text have straight quotes, and which signs does its language write instead?

CLDR's marks are in ``quotation.toml``. A straight sign is no quote where it stands for inches, feet
or minutes (5' 10"), for letters that are left out at a word's beginning ('90s), or for a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from notices.languages import primary
from notices.wording.tables import in_language, table

_STRAIGHT: Final = re.compile(r"""["']""")
_APOSTROPHE: Final = "’"
_NO_BREAK_SPACE: Final = "\xa0"
_OPENING: Final = frozenset("([{<-–—/„“”«»‘‚\"'")
"""What may stand before an opening quote, besides a space."""


class Quote(NamedTuple):
    """Straight quotes from ``start`` to ``end``, and the signs that the language has for both.

    One of these is empty where only the other straight sign is there. An apostrophe is a
    ``closing`` by itself.
    """

    start: int
    end: int
    opening: str
    closing: str
    is_apostrophe: bool = False


def straight(text: str, lang: str) -> Iterator[Quote]:
    """Give the straight quotes of a text, and its apostrophes.

    There are none in a language that the table does not know.
    """
    marks = in_language(table("quotation")["marks"], lang)
    if not marks:
        return
    language = primary(lang)
    has_apostrophes = language in table("quotation")["apostrophes"]
    space = _NO_BREAK_SPACE if language in table("quotation")["spaced"] else ""
    signs = {
        '"': (f"{marks[0]}{space}", f"{space}{marks[1]}"),
        "'": (f"{marks[2]}{space}", f"{space}{marks[3]}"),
    }
    opened: dict[str, int] = {}
    for found in _STRAIGHT.finditer(text):
        sign, at = found[0], found.start()
        before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
        if before.isalpha() and after.isalpha():
            if sign == "'" and has_apostrophes:
                yield Quote(at, at + 1, "", _APOSTROPHE, True)
        elif _opens(before, after):
            if sign == '"' or not after.isdigit():
                opened.setdefault(sign, at)
        elif sign in opened:
            yield Quote(opened.pop(sign), at + 1, *signs[sign])
        elif before.isalpha() and sign == '"':
            yield Quote(at, at + 1, "", signs[sign][1])
        elif before.isalpha() and has_apostrophes:
            yield Quote(at, at + 1, "", _APOSTROPHE, True)
    if '"' in opened:
        yield Quote(opened['"'], opened['"'] + 1, signs['"'][0], "")


def _opens(before: str, after: str) -> bool:
    return (not before or before.isspace() or before in _OPENING) and not (
        not after or after.isspace()
    )
