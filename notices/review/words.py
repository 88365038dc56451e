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
from typing import Final, NamedTuple

from notices.model import Notice, Section
from notices.source.safety import LINK_PLACEHOLDER

NORMALISATION: Final = 1
"""The version of the rules above. A digest begins with it; another rule needs another number."""

_DIGITS: Final = 16
_EVENT: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [\w-]+="[^"]*")*)>|([^<]+)')
_ATTRIBUTE: Final = re.compile(r' (href|src|alt|title)="([^"]*)"')
_WORD: Final = re.compile(r"(\s*)(\[\[[^\[\]]+\]\]|\w+(?:['’.\-\u2010\u2011]\w+|,(?=\d)\w+)*|\S)")
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_ALIKE: Final = str.maketrans(
    dict.fromkeys("“”„‟«»″〝〞＂", '"')
    | dict.fromkeys("‘’‚‛‹›ʼ′", "'")
    | {"\u2010": "-", "\u2011": "-"}
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


class Word(NamedTuple):
    """A word, or another sign that counts: as it is shown, as it counts, and the space before it.

    ``before`` is empty, a space, or a line break where a block begins.
    """

    shown: str
    counted: str
    before: str = ""


def digest(section: Section, notice: Notice) -> str:
    """Give a short text that is the same as long as the words are: ``1:`` and 16 hex digits."""
    counted = "\n".join(word.counted for word in words(section, notice))
    return f"{NORMALISATION}:{hashlib.sha256(counted.encode()).hexdigest()[:_DIGITS]}"


def words(section: Section, notice: Notice) -> list[Word]:
    """Give the words of a section of a notice, its title first."""
    found: list[Word] = []
    block, space = "", ""
    open_links: list[str] = []

    def add(shown: str, counted: str, before: str) -> None:
        nonlocal block
        if block:
            found.append(_mark(block))
            block = before = ""
        found.append(Word(shown, counted, before))

    for closing, tag, attributes, text in _EVENT.findall(section.wording):
        if text:
            for before, shown in _WORD.findall(_composed(text)):
                add(shown, shown.translate(_ALIKE), " " if before else space)
                space = ""
            space = " " if text[-1].isspace() else space
        elif tag in _MARKS and not closing:
            if block in _CELLS and tag in _CELLS:
                found.append(_mark(block))  # an empty cell
                block = ""
            block = block or tag
        elif tag == "br":
            space = " "
        elif tag == "img":
            values = _values(attributes)
            shown = f"![{values.get('alt', '')}]({_target(values.get('src', ''), notice)})"
            add(shown + values.get("title", ""), shown + values.get("title", ""), space)
            space = ""
        elif tag in ("a", "abbr"):
            if closing:
                add(open_links[-1], open_links.pop(), "")
            else:
                values = _values(attributes)
                target = f"({_target(values['href'], notice)})" if "href" in values else ""
                title = f"({values['title']})" if "title" in values else ""
                open_links.append(f"]{target}{title}")
                add("[", "[", space)
                space = ""
    return found


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
