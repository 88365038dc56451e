# SPDX-License-Identifier: AGPL-3.0-or-later
"""The HTML of a text → plain text, for those who read with their own tools.

Lines are at most 72 columns wide, as terminals count them (a Chinese sign takes two), but for an
address or a word that is longer by itself. The HTML is the sanitiser's and the theme's: its tags
are well-formed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len

from notices.render.citation import cited
from notices.render.columns import table, wrapped

WIDTH: Final = 72
_LEAST_WIDTH: Final = 20
"""However deep a list stands in others, its lines are so wide."""
_RULE: Final = "-" * 20
_BLANK: Final = "_" * 24
"""Where somebody is to write by hand."""

_EVENT: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>|([^<]+|<)')
_ATTRIBUTE: Final = re.compile(r'\s([\w-]+)="([^"]*)"')
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_UNDERLINES: Final = {"h1": "=", "h2": "-"}
_OTHER_UNDERLINE: Final = "~"
_HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())
_APART: Final = _HEADINGS | frozenset(
    "address article blockquote div dl footer header hr nav ol p pre section table ul".split()
)
"""The blocks that have an empty line before and after them."""
_BLOCKS: Final = _APART | {"dd", "dt", "li"}
_VOID: Final = frozenset({"br", "hr", "img"})
_INDENTED: Final = {"blockquote": "> ", "dd": "    ", "pre": "    "}
_LISTS: Final = frozenset({"ol", "ul"})


def text(written: str, address_of: Callable[[str], str]) -> str:
    """Write HTML as plain text that ends with a line feed.

    ``address_of`` gives the address to show for that of a link, and nothing for a link whose words
    are enough.
    """
    writer = _Writer(address_of)
    for found in _EVENT.finditer(written):
        slash, name, attributes, words = found.groups()
        if words is not None:
            writer.say(html.unescape(words).replace("\u00ad", ""))
        elif slash:
            writer.end(name)
        else:
            writer.start(name, {key: html.unescape(v) for key, v in _ATTRIBUTE.findall(attributes)})
    return writer.finished()


@dataclass(slots=True)
class _Margin:
    """What stands before the lines of a block: before the first, and before the others."""

    first: str
    rest: str
    is_begun: bool = False


class _Writer:
    """Takes the tags and words of a text in their order, and keeps the lines made so far."""

    def __init__(self, address_of: Callable[[str], str]) -> None:
        self._address_of = address_of
        self._lines: list[str] = []
        self._words: list[str] = []
        self._open: list[tuple[str, str]] = []  # name and class
        self._margins: list[_Margin] = []
        self._numbers: list[int | None] = []
        self._links: list[tuple[str, int]] = []
        self._rows: list[tuple[bool, list[str]]] = []
        self._is_apart = False  # an empty line comes before the next
        self._is_first = False  # nothing stands in this list item, quote or box yet
        self._last = ""  # the name of the block that ended last

    def finished(self) -> str:
        """Give the text."""
        self._flush()
        return "\n".join(self._lines) + "\n"

    def say(self, words: str) -> None:
        """Take words; a line break in them is a space but in preformatted text."""
        if any(name == "pre" for name, _ in self._open):
            self._words.append(words)
        elif self._words or not words.isspace():
            self._words.append(_SPACES.sub(" ", words))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        kind = attributes.get("class", "")
        if name in _BLOCKS:
            self._begin_block(name, kind, attributes.get("start", "1"))
        elif name == "tr":
            self._rows.append((False, []))
        elif name in ("td", "th"):
            self._words = []
        elif name == "br":
            self._words.append("\n")
        elif name == "img":
            self._words.append(attributes.get("alt", ""))
            self._cite(attributes.get("src", "") if not self._links else "", len(self._words) - 1)
        elif "blank" in kind.split():
            self._words.append(_BLANK)
        if name == "a":
            self._links.append((attributes.get("href", ""), len(self._words)))
        if name not in _VOID:
            self._open.append((name, kind))

    def end(self, name: str) -> None:
        """End an element, and the links in it."""
        if not self._open:
            return
        _, kind = self._open.pop()
        if name == "a" and self._links:
            self._cite(*self._links.pop())
        if name in _BLOCKS:
            self._end_block(name, kind)
        elif name in ("td", "th") and self._rows:
            is_head, cells = self._rows[-1]
            cells.append(" ".join("".join(self._words).split()))
            self._words = []
            self._rows[-1] = (is_head or name == "th", cells)

    def _begin_block(self, name: str, kind: str, number: str) -> None:
        self._flush()
        is_inner_list = name in _LISTS and any(outer == "li" for outer, _ in self._open)
        if name == "dt":
            self._is_apart = self._is_apart or self._last != "dt"
        elif name in _APART and not self._is_first and not is_inner_list:
            self._is_apart = True
        if name in _LISTS:
            is_numbered = name == "ol" and number.isdecimal()
            self._numbers.append(int(number) if is_numbered else None)
        elif name == "li":
            self._margins.append(self._item())
        elif name in _INDENTED or "note" in kind.split():
            margin = _INDENTED.get(name, _INDENTED["dd"])
            self._margins.append(_Margin(margin, margin))
        elif name == "hr":
            self._put([_RULE])
            self._is_apart = True
        if name in ("blockquote", "dd", "li") or "note" in kind.split():
            self._is_first = True

    def _item(self) -> _Margin:
        """Give the margin of a list's next item."""
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return _Margin("- ", "  ")
        self._numbers[-1] = number + 1
        marker = f"{number}. "
        return _Margin(marker, " " * len(marker))

    def _end_block(self, name: str, kind: str) -> None:
        if name == "pre":
            kept = "".join(self._words).strip("\n")
            self._put(kept.split("\n") if kept.strip() else [])
            self._words = []
        elif name == "table":
            self._put(self._table())
        else:
            self._flush(_UNDERLINES.get(name, _OTHER_UNDERLINE) if name in _HEADINGS else "")
        if name in _LISTS and self._numbers:
            self._numbers.pop()
        if name == "li" and self._margins and not self._margins[-1].is_begun:
            self._put([""])  # an item without words
        if (name in _INDENTED or name == "li" or "note" in kind.split()) and self._margins:
            self._margins.pop()
            self._is_first = False
        is_inner_list = name in _LISTS and any(outer == "li" for outer, _ in self._open)
        if name in _APART and not is_inner_list:
            self._is_apart = True
        if kind == "note-title":
            self._is_apart, self._is_first = False, True
        self._last = name

    def _cite(self, href: str, start: int) -> None:
        """Write the address of a link behind its words, which begin at ``start``."""
        words = "".join(self._words[start:]).strip()
        address = cited(self._address_of(href), words) if href else ""
        if address:
            self._words.append(f" {address}" if words else address)

    def _flush(self, underline: str = "") -> None:
        """Write the words taken so far as a paragraph."""
        if not self._words:
            return
        paragraphs = "".join(self._words).split("\n")
        self._words = []
        lines = [line for words in paragraphs for line in wrapped(words, self._width())]
        if lines and underline:
            lines.append(underline * max(map(cell_len, lines)))
        self._put(lines)

    def _table(self) -> list[str]:
        heads: Sequence[str] = []
        rows = [cells for _, cells in self._rows]
        if self._rows and self._rows[0][0]:
            heads, *rows = rows
        self._rows = []
        return table(heads, rows, self._width())

    def _width(self) -> int:
        return max(_LEAST_WIDTH, WIDTH - sum(len(margin.rest) for margin in self._margins))

    def _put(self, lines: Sequence[str]) -> None:
        """Write lines, each behind the margins of the blocks that it stands in."""
        if not lines:
            return
        if self._is_apart and self._lines:
            begun = (margin.rest for margin in self._margins if margin.is_begun)
            self._lines.append("".join(begun).rstrip())
        for line in lines:
            margins = (one.rest if one.is_begun else one.first for one in self._margins)
            self._lines.append(f"{''.join(margins)}{line}".rstrip())
            for one in self._margins:
                one.is_begun = True
        self._is_apart = self._is_first = False
