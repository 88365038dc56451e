# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words of a text count, so that a translation has to follow when they change?

Words, numbers, punctuation and the targets of links count, and which paragraph, item or cell they
stand in. White space, the wrapping of lines, emphasis and the kind of quotation mark do not. A fact
of the organisation counts by its name. Texts are compared in Unicode's composed form (NFC).
"""

from __future__ import annotations

import hashlib
import html
import itertools
import posixpath
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from notices.letters import NO_SPACES
from notices.model import Notice, Section
from notices.source.safety import LINK_PLACEHOLDER

NORMALISATION: Final = 1
"""The version of the rules above. A digest begins with it; another rule needs another number."""

_DIGITS: Final = 16
_EVENT: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [\w-]+="[^"]*")*)>|([^<]+)')
_ATTRIBUTE: Final = re.compile(r' (href|src|alt|title|start)="([^"]*)"')
_LETTER: Final = rf"(?:(?![{NO_SPACES}])\w)"
_WORD: Final = re.compile(
    rf"\[\[[^\[\]]+\]\]|{_LETTER}+(?:['’.\-\u2010\u2011]{_LETTER}+|,(?=\d){_LETTER}+)*|\S"
)
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_ALIKE: Final = str.maketrans(
    dict.fromkeys("“”„‟«»″〝〞＂", '"')
    | dict.fromkeys("‘’‚‛‹›ʼ′", "'")
    | dict.fromkeys("\u2010\u2011", "-")
)
_WITHIN_WORDS: Final = frozenset("code del em ins s span strong sub sup".split())
_CONTAINERS: Final = frozenset("blockquote div dl ol ul".split())
_SHOWN: Final = {"dd": ": ", "blockquote": "> ", "td": "| ", "th": "| ", "tr": "| "}
"""What shows that a block begins, besides a new line."""
_BLOCKS: Final = frozenset("blockquote dd div dt h1 h2 h3 h4 h5 h6 hr li p pre td th tr".split())
_CELLS: Final = frozenset({"td", "th", "tr"})

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
    for kind, text, _ in _Runs(section.wording, notice).found:
        if kind == "text":
            counted += map(_as_it_counts, _WORD.findall(text.translate(_ALIKE)))
        else:
            counted.append(text)
    written = "\n".join(counted).encode()
    return f"{NORMALISATION}:{hashlib.sha256(written).hexdigest()[:_DIGITS]}"


def words(section: Section, notice: Notice) -> list[Word]:
    """Give the words of a section of a notice, its title first."""
    found: list[Word] = []
    space = ""
    for kind, text, shown in _Runs(section.wording, notice).found:
        if kind == "block":
            found.append(Word(shown, text, "\n"))
            space = ""
        elif kind == "sign":
            found.append(Word(shown, text, "" if shown.startswith("]") else space))
            space = ""
        else:
            end = 0
            for match in _WORD.finditer(text):
                before = " " if match.start() > end else space
                found.append(Word(match[0], _as_it_counts(match[0].translate(_ALIKE)), before))
                space, end = "", match.end()
            space = " " if end < len(text) else space
    return found


def _as_it_counts(word: str) -> str:
    """Make one of single and double quotation marks; within a word ``'`` is an apostrophe."""
    return '"' if word == "'" else word


class Run(NamedTuple):
    """A stretch of text, a sign that counts as one word, or the beginning of a block."""

    kind: Kind
    text: str
    shown: str


class _Runs:
    """Cuts the HTML of a section into runs.

    A block counts by its kind and by how many lists, quotes and boxes it stands in. Where several
    begin at once, as in ``<li><p>``, the first says so.
    """

    def __init__(self, written: str, notice: Notice) -> None:
        self.found: list[Run] = []
        self._notice = notice
        self._text = ""
        self._block: Run | None = None
        self._depth = 0
        self._numbers: list[Iterator[int] | None] = []
        self._start = ""
        self._link_ends: list[str] = []
        for closing, tag, attributes, text in _EVENT.findall(written):
            if text:
                self._text += text
            elif tag == "br":
                self._text += " "
            elif tag not in _WITHIN_WORDS:
                self._tag(tag, attributes, bool(closing))
        self._flush()

    def _tag(self, tag: str, attributes: str, is_end: bool) -> None:
        self._flush()
        if tag in _CONTAINERS:
            self._depth += -1 if is_end else 1
        if tag in ("ul", "ol"):
            if is_end:
                self._numbers.pop()
            else:
                self._start = _values(attributes).get("start", "")
                first = int(self._start or 1)
                self._numbers.append(itertools.count(first) if tag == "ol" else None)
        elif tag in _BLOCKS and not is_end:
            self._begin(tag)
        elif tag == "img":
            values = _values(attributes)
            title = f" ({values['title']})" if "title" in values else ""
            self._sign(f"![{values.get('alt', '')}]({self._target(values.get('src', ''))}){title}")
        elif tag in ("a", "abbr"):
            if is_end:
                self._sign(self._link_ends.pop())
            else:
                values = _values(attributes)
                target = f"({self._target(values['href'])})" if "href" in values else ""
                title = f" ({values['title']})" if "title" in values else ""
                self._link_ends.append(f"]{target}{title}")
                self._sign("[")

    def _begin(self, tag: str) -> None:
        if self._block and tag in _CELLS and self._block.text[1:3] in _CELLS:
            self._settle()  # an empty cell
        if self._block:
            return
        kind, shown = ("h" if tag[1:].isdigit() else tag), _SHOWN.get(tag, "")
        if tag == "li":
            numbers = self._numbers[-1] if self._numbers else None
            kind = f"numbered {self._start}" if numbers else "item"
            shown = f"{next(numbers)}. " if numbers else "- "
            self._start = ""
        self._block = Run("block", f"<{kind} {self._depth}>", shown)

    def _sign(self, written: str) -> None:
        self._settle()
        shown = " ".join(_composed(written).split())
        self.found.append(Run("sign", shown.translate(_ALIKE).replace("'", '"'), shown))

    def _flush(self) -> None:
        """Add the text that has gathered; white space alone only where words may follow it."""
        if not self._text.isspace() and self._text:
            self._settle()
        if self._text and not self._block:
            self.found.append(Run("text", _composed(self._text), ""))
        self._text = ""

    def _settle(self) -> None:
        """Add the mark of the block that has begun, now that it holds something."""
        if self._block:
            self.found.append(self._block)
            self._block = None

    def _target(self, address: str) -> str:
        """Give a link's target as an editor writes it, the same however it is written."""
        scheme, _, number = address.partition(":")
        if scheme != LINK_PLACEHOLDER:
            return address
        link, notice = self._notice.links[int(number)], self._notice
        path = posixpath.relpath(link.path, notice.lang) if link.path else f"{notice.name}.md"
        return f"{path}#{link.anchor}" if link.anchor else path


def _composed(text: str) -> str:
    plain = html.unescape(text) if "&" in text else text
    return plain if plain.isascii() else unicodedata.normalize("NFC", _UNSEEN.sub("", plain))


def _values(attributes: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
