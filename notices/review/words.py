# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words of a text count, so that a translation has to follow when they change?

Words, numbers, punctuation and the targets of links count, and where a paragraph, an item or a cell
begins. White space, the wrapping of lines, emphasis and the kind of quotation mark do not. A fact
of the organisation counts by its name. Texts are compared in Unicode's composed form (NFC).
"""

from __future__ import annotations

import hashlib
import html
import posixpath
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from notices.model import Notice, Section
from notices.source.safety import LINK_PLACEHOLDER

NORMALISATION: Final = 1
"""The version of the rules above. A digest begins with it; another rule needs another number."""

_DIGITS: Final = 16
_EVENT: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [\w-]+="[^"]*")*)>|([^<]+)')
_ATTRIBUTE: Final = re.compile(r' (href|src|alt|title)="([^"]*)"')
_WORD: Final = re.compile(r"\[\[[^\[\]]+\]\]|\w+(?:['’.\-\u2010\u2011]\w+|,(?=\d)\w+)*|\S")
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_ALIKE: Final = str.maketrans(
    dict.fromkeys("“”„‟«»″〝〞＂", '"')
    | dict.fromkeys("‘’‚‛‹›ʼ′", "'")
    | dict.fromkeys("\u2010\u2011", "-")
)
_MARKS: Final = {
    **dict.fromkeys(("p", "pre", "div", "hr", "dt", *(f"h{level}" for level in range(1, 7))), ""),
    "li": "- ",
    "dd": ": ",
    "blockquote": "> ",
    "tr": "| ",
    "td": "| ",
    "th": "| ",
}
"""What shows that a block begins. Where several begin at once, the first says so."""
_CELLS: Final = frozenset({"tr", "td", "th"})

Kind = Literal["block", "sign", "text"]


class Word(NamedTuple):
    """A word, or another sign that counts: as it is shown, as it counts, and the space before it.

    ``before`` is empty, a space, or a line break where a block begins.
    """

    shown: str
    counted: str
    before: str = ""


def digest(section: Section, notice: Notice) -> str:
    """Give a short text that is the same as long as the words are: ``1:`` and 16 hex digits."""
    counted: list[str] = []
    for kind, text in _runs(section.wording, notice):
        if kind == "text":
            counted += _WORD.findall(text.translate(_ALIKE))
        else:
            counted.append(text if kind == "sign" else _mark(text).counted)
    written = "\n".join(counted).encode()
    return f"{NORMALISATION}:{hashlib.sha256(written).hexdigest()[:_DIGITS]}"


def words(section: Section, notice: Notice) -> list[Word]:
    """Give the words of a section of a notice, its title first."""
    found: list[Word] = []
    space = ""
    for kind, text in _runs(section.wording, notice):
        if kind == "block":
            found.append(_mark(text))
            space = ""
        elif kind == "sign":
            found.append(Word(text, text, "" if text.startswith("]") else space))
            space = ""
        else:
            end = 0
            for match in _WORD.finditer(text):
                before = " " if match.start() > end else space
                found.append(Word(match[0], match[0].translate(_ALIKE), before))
                space, end = "", match.end()
            space = " " if end < len(text) else space
    return found


def _runs(written: str, notice: Notice) -> Iterator[tuple[Kind, str]]:
    """Cut HTML into runs of text, signs that count as one word each, and beginnings of blocks."""
    block = ""
    ends: list[str] = []
    for closing, tag, attributes, text in _EVENT.findall(written):
        sign = ""
        if tag in _MARKS:
            if block in _CELLS and tag in _CELLS and not closing:
                yield "block", block  # an empty cell
                block = ""
            block = block or ("" if closing else tag)
        elif tag == "br":
            text = " "
        elif tag == "img":
            values = _values(attributes)
            target = _target(values.get("src", ""), notice)
            sign = f"![{values.get('alt', '')}]({target}){values.get('title', '')}"
        elif tag in ("a", "abbr"):
            if closing:
                sign = ends.pop()
            else:
                values = _values(attributes)
                target = f"({_target(values['href'], notice)})" if "href" in values else ""
                ends.append(f"]{target}{values.get('title', '')}")
                sign = "["
        if block and (sign or text.strip()):
            yield "block", block
            block = ""
        if sign:
            yield "sign", sign
        elif text:
            yield "text", _composed(text)


def _mark(block: str) -> Word:
    return Word(_MARKS[block], "<h>" if block[1:].isdigit() else f"<{block}>", "\n")


def _composed(text: str) -> str:
    plain = html.unescape(text) if "&" in text else text
    return plain if plain.isascii() else unicodedata.normalize("NFC", _UNSEEN.sub("", plain))


def _values(attributes: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}


def _target(address: str, notice: Notice) -> str:
    """Give a link's target as an editor writes it, the same however it is written."""
    scheme, _, number = address.partition(":")
    if scheme != LINK_PLACEHOLDER:
        return address
    link = notice.links[int(number)]
    path = posixpath.relpath(link.path, notice.lang) if link.path else f"{notice.name}.md"
    return f"{path}#{link.anchor}" if link.anchor else path
