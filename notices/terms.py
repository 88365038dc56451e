# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where in a text do the words of a glossary stand?

A term is looked for as whole words: ``SIP-adress`` holds SIP, ``registerutdragsbegäran`` no
registerutdrag. A word in capitals has to be written so, any other may begin a sentence. The text is
the sanitiser's HTML, whose tags are well-formed. It is gone through once, however many terms there
are: they stand in a tree, word by word.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from notices.languages import same_language
from notices.letters import JOINED, NO_SPACES
from notices.model import GlossaryEntry
from notices.remembering import remembered

_LETTER: Final = rf"(?:[^\W{NO_SPACES}]|(?![{NO_SPACES}])[{JOINED}])"
# Where there are no spaces, each sign counts by itself, wherever lines end.
_WORD: Final = rf"[^\W{NO_SPACES}]{_LETTER}*+|[{NO_SPACES}][{JOINED}]*+"
_ENTITY: Final = r"&[^;&<>\s]++;"
_SCANNED: Final = re.compile(
    rf"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*+)(?P<attributes>[^<>]*+)>|{_ENTITY}|(?P<word>{_WORD})"
)
_TOKEN: Final = re.compile(rf"(?P<space>(?:\s|&nbsp;)++)|{_ENTITY}|{_WORD}|[^<]")
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060]")
_LANG: Final = re.compile(r' lang="([^"]*+)"')
_CHOICES: Final = ' class="choices"'
"""A choice of readers: each item is one link, whatever else it says."""
_EMPTY: Final = frozenset({"br", "hr", "img"})
_CODE: Final = frozenset({"code", "pre"})
_NOT_RUNNING: Final = frozenset({"a", *_CODE, *(f"h{level}" for level in range(1, 7))})


@dataclass(frozen=True, slots=True)
class Use:
    """A word of a glossary in a text: its place, its entry, and the language of the text there.

    ``is_running`` says that it stands in running text, where a link may be; ``is_told`` that the
    reader is told something with it, and does not only choose where to go.
    """

    start: int
    end: int
    entry: GlossaryEntry
    lang: str
    is_running: bool
    is_told: bool


@dataclass(slots=True)
class _Branch:
    """What may follow the words so far, and the entry that ends with them."""

    following: dict[str, _Branch] = field(default_factory=dict)
    entry: GlossaryEntry | None = None


@dataclass(frozen=True, slots=True)
class _Element:
    name: str
    lang: str
    is_running: bool
    is_told: bool
    is_code: bool

    def child(self, name: str, attributes: str) -> _Element:
        lang = _LANG.search(attributes)
        is_told = self.is_told and _CHOICES not in attributes
        is_running = is_told and name not in _NOT_RUNNING
        is_code = self.is_code or name in _CODE
        return _Element(
            name, lang[1] if lang else self.lang, self.is_running and is_running, is_told, is_code
        )


def words_of(term: str) -> tuple[str, ...]:
    """Give the words and signs of a term as they are compared: two with the same are one term."""
    return tuple(_key(token) for token in _TOKEN.finditer(html.escape(term, quote=False)))


def _key(token: re.Match[str]) -> str:
    word = _plain(token)
    return word if len(word) > 1 and word.isupper() else word.casefold()


def _plain(token: re.Match[str]) -> str:
    word = token[0]
    if word.isascii():
        return " " if word.isspace() or word == "&nbsp;" else html.unescape(word)
    return " " if token.re is _TOKEN and token["space"] else _composed(word)


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", word))


@remembered
def vocabulary(glossary: Mapping[str, GlossaryEntry], lang: str) -> Vocabulary:
    """Give the words of a language's glossary, as they are looked for."""
    return Vocabulary(glossary.values(), lang)


class Vocabulary:
    """The words of one language's glossary."""

    def __init__(self, entries: Iterable[GlossaryEntry], lang: str) -> None:
        self._lang = lang
        self._root = _Branch()
        for entry in entries:
            for written in entry.words:
                branch = self._root
                for word in words_of(written):
                    branch = branch.following.setdefault(word, _Branch())
                branch.entry = branch.entry or entry

    def uses(self, written: str) -> Iterator[Use]:
        """Find the terms in HTML, in their order; the longest where several begin.

        A term is not looked for in code, nor in words of a language that is neither the page's nor
        the term's own.
        """
        open_elements = [_Element("", self._lang, True, True, False)]
        done = 0
        for found in _SCANNED.finditer(written):
            here = open_elements[-1]
            if found["name"]:
                if not found["end"] and found["name"] not in _EMPTY:
                    open_elements.append(here.child(found["name"], found["attributes"]))
                elif found["end"] and here.name == found["name"]:
                    open_elements.pop()
            elif found["word"] and found.start() >= done and not here.is_code:
                use = self._use(written, found.start(), here)
                if use:
                    done = use.end
                    yield use

    def _use(self, written: str, start: int, here: _Element) -> Use | None:
        branch, at, use = self._root, start, None
        while token := _TOKEN.match(written, at):
            word = _plain(token)
            following = branch.following.get(word) or branch.following.get(word.casefold())
            if following is None:
                break
            branch, at = following, token.end()
            entry = branch.entry
            if entry and (
                same_language(here.lang, self._lang)
                or same_language(here.lang, entry.lang or self._lang)
            ):
                use = Use(start, at, entry, here.lang, here.is_running, here.is_told)
        return use
