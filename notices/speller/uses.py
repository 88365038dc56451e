# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words of a notice are to be judged, in which language, and where does each stand first?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from notices.model import Notice, Section
from notices.prose import Block, blocks, without_addresses, words
from notices.remembering import remembered
from notices.untranslated import in_own_words

_SIGN: Final = re.compile("[-\u2010\u2011.]")
_NEXT: Final = re.compile(r"[ \n]([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Use:
    """A word of a notice, at its first place.

    ``sign`` is the hyphen or full stop behind it, ``following`` the word after a space.
    ``section`` is where it stands, in the block of that number, from the letter ``start``;
    ``times`` is how often the notice says it in all.
    """

    word: str
    sign: str
    following: str
    section: Section
    block: int
    start: int
    times: int = 1

    def before(self, lang: str) -> int:
        """Count how often its section, of a notice in a language, says it before, code included."""
        told = [block.text for block in blocks(self.section, lang)[: self.block + 1]]
        told[-1] = told[-1][: self.start]
        whole_word = re.compile(rf"(?<!\w){re.escape(self.word)}(?!\w)")
        return sum(len(whole_word.findall(text)) for text in told)


@remembered
def uses(notice: Notice, source: Notice | None) -> Mapping[str, tuple[Use, ...]]:
    """Give the different words of a notice by language, in the order of the text.

    What still has the words of its source is left out.
    """
    found: dict[str, dict[tuple[str, str], Use]] = {}
    for section in in_own_words(notice, source):
        for lang, use in _of_section(section, notice.lang):
            of_language = found.setdefault(lang, {})
            known = of_language.get((use.word, use.sign))
            of_language[use.word, use.sign] = (
                replace(known, times=known.times + 1) if known else use
            )
    return {lang: tuple(of_language.values()) for lang, of_language in found.items()}


def _of_section(section: Section, lang: str) -> Iterator[tuple[str, Use]]:
    for number, block in enumerate(blocks(section, lang)):
        for begin, part in _parts(block):
            text = without_addresses(part.text)
            for word in words(replace(part, text=text)):
                sign = _SIGN.match(text, word.end)
                following = _NEXT.match(text, word.end)
                yield (
                    part.lang,
                    Use(
                        word.text,
                        sign[0] if sign else "",
                        following[1] if following else "",
                        section,
                        number,
                        begin + word.start,
                    ),
                )


def _parts(block: Block) -> Iterator[tuple[int, Block]]:
    """Give a block, and each stretch of it in another language as one, with where they begin."""
    yield 0, block
    for one in block.stretches:
        if one.lang:
            yield one.start, Block(block.kind, block.text[one.start : one.end], one.lang)
