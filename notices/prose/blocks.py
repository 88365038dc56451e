# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which blocks of text does a section consist of, and what in them is in another language?

The HTML is the sanitiser's own output: tags are well-formed, and no other ``<`` or ``>`` is left.
Facts stand in it by their names (``[[email]]``), as the editor wrote them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from notices.languages import same_language
from notices.model import Section

Kind = Literal["heading", "paragraph", "item", "term", "cell", "lines", "picture", "code"]
"""``item`` is one of a list, or an explanation; ``term`` what that explains. ``lines`` are those of
a postal address or a form, whose ends are marked by a line break. ``picture`` is what a picture
shows, in words. ``code`` is shown as it is, and is in no language.
"""

_PIECE: Final = re.compile(r"<(/?)([a-z][a-z0-9]*+)([^<>]*+)>|([^<]++)")
_LANG: Final = re.compile(r' lang="([^"]*+)"')
_ALT: Final = re.compile(r' alt="([^"]*+)"')
_FACT: Final = re.compile(r"\[\[[^\[\]]+\]\]")
_BREAK: Final = re.compile(r"[ \t]*\n[ \t]*")
_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys((f"h{level}" for level in range(1, 7)), "heading"),
    **dict.fromkeys(("blockquote", "div", "p"), "paragraph"),
    **dict.fromkeys(("dd", "li"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    "dt": "term",
    "pre": "code",
}
_CLASSES: Final[dict[str, Kind]] = {"note-title": "heading", "address": "lines", "field": "lines"}
_CLASS: Final = re.compile(r' class="([^"]*+)"')
_EMPTY: Final = frozenset({"br", "hr", "img"})
_BLANK: Final = "____"
"""A blank to fill in by hand, as editors write it; it is in no language."""
_SAYS_SOMETHING: Final = re.compile(r"[^_\s]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a block's text that is not in the block's language, from ``start`` to ``end``.

    ``lang`` is the language it is in; empty for code and facts, which are in none.
    """

    start: int
    end: int
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    r"""A block of text as readers see it, with the white space that the editor wrote.

    A line that is wrapped goes on with a space; one that is broken on purpose with ``\n``.
    ``stretches`` stand in the order of the text.
    """

    kind: Kind
    text: str
    lang: str
    stretches: tuple[Stretch, ...] = ()

    @property
    def own_text(self) -> str:
        """The text with a ``U+FFFC`` for each sign that is not in the block's language."""
        parts, end = [], 0
        for one in self.stretches:
            parts += [self.text[end : one.start], "\ufffc" * (one.end - one.start)]
            end = one.end
        return "".join((*parts, self.text[end:]))


def blocks(section: Section, lang: str) -> tuple[Block, ...]:
    """Give the blocks of a section of a notice in a language, its heading first."""
    return tuple(_Walk(lang).blocks(section.wording))


@dataclass(slots=True)
class _Element:
    name: str
    kind: Kind
    lang: str
    is_code: bool


class _Walk:
    """Goes through the tags of a section's HTML once."""

    def __init__(self, lang: str) -> None:
        self._open = [_Element("", "paragraph", lang, False)]
        self._begin()

    def _begin(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._stretches: list[Stretch] = []
        self._in = self._open[-1]

    def blocks(self, written: str) -> Iterator[Block]:
        """Give a block wherever one ends, or another begins inside it."""
        for closing, name, attributes, text in _PIECE.findall(written):
            if text:
                self._add(_BREAK.sub(" ", html.unescape(text)))
            elif name == "br":
                self._add("\n")
            elif name == "img":
                if alt := _ALT.search(attributes):
                    lang = _LANG.search(attributes)
                    here = lang[1] if lang else self._open[-1].lang
                    yield Block("picture", html.unescape(alt[1]), here)
            elif name in _EMPTY or name not in _KINDS:
                self._inline(name, attributes, bool(closing))
            else:
                yield from self._ended()
                if closing:
                    self._close(name)
                else:
                    self._open.append(self._element(name, attributes))
                self._begin()
        yield from self._ended()

    def _inline(self, name: str, attributes: str, is_end: bool) -> None:
        if is_end:
            self._close(name)
        elif name not in _EMPTY:
            self._open.append(self._element(name, attributes))
            if attributes == ' class="blank"':
                self._stretches.append(Stretch(self._length, self._length + len(_BLANK)))
                self._text.append(_BLANK)
                self._length += len(_BLANK)

    def _close(self, name: str) -> None:
        if len(self._open) > 1 and self._open[-1].name == name:
            self._open.pop()

    def _element(self, name: str, attributes: str) -> _Element:
        outer = self._open[-1]
        found = _LANG.search(attributes)
        own_class = _CLASS.search(attributes)
        kind = _CLASSES.get(own_class[1]) if own_class else None
        if kind is None:
            kind = _KINDS.get(name, outer.kind)
            if name == "p" and outer.kind in ("item", "cell"):
                kind = outer.kind
        is_code = outer.is_code or name in ("code", "pre")
        return _Element(name, kind, found[1] if found else outer.lang, is_code)

    def _add(self, text: str) -> None:
        here = self._open[-1]
        start = self._length
        self._text.append(text)
        self._length += len(text)
        if here.is_code or not same_language(here.lang, self._in.lang):
            self._stretches.append(Stretch(start, self._length, "" if here.is_code else here.lang))
        else:
            self._stretches += (
                Stretch(start + found.start(), start + found.end())
                for found in _FACT.finditer(text)
            )

    def _ended(self) -> Iterator[Block]:
        """Give the block so far, if it says anything."""
        written = "".join(self._text)
        if _SAYS_SOMETHING.search(written):
            text = written.strip()
            cut = len(written) - len(written.lstrip())
            moved = (
                Stretch(max(one.start - cut, 0), min(one.end - cut, len(text)), one.lang)
                for one in self._stretches
            )
            kept = tuple(one for one in moved if one.end > one.start)
            yield Block(self._in.kind, text, self._in.lang, kept)
