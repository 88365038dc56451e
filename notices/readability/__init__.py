# SPDX-License-Identifier: AGPL-3.0-or-later
"""How hard is the running text of a section to read, by its words and sentences?

Running text is paragraphs and the items of lists; each ends its sentence. Headings, terms, cells of
tables, pictures, code, and the lines of postal addresses and forms are none. The words that count
are those in the text's own language, numbers in digits among them. Addresses, code, facts of the
organisation and words in another language are left out: an editor cannot put them more plainly. A
language without spaces between its words has no figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from notices.languages import script
from notices.letters import SCRIPTS_WITHOUT_SPACES
from notices.model import Notice, Section
from notices.prose import Block, Word, blocks, sentences
from notices.readability.syllables import count as syllables_of
from notices.remembering import remembered

_RUNNING: Final = frozenset({"paragraph", "item"})
_SHORT_WORD: Final = 6
"""Letters of the longest word that LIX does not count as long."""
_ENOUGH_WORDS: Final = 20
"""Of a text with fewer, one long word more makes LIX higher by over five: it tells nothing."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence that count, and the block in which it stands."""

    block: Block
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The sentence as it is written, from its first word that counts to the last."""
        return self.block.text[self.words[0].start : self.words[-1].end]


@remembered
def running(section: Section, lang: str) -> tuple[Sentence, ...]:
    """Give the sentences of a section's running text."""
    if script(lang) in SCRIPTS_WITHOUT_SPACES:
        return ()
    return tuple(
        Sentence(block, counted)
        for block in blocks(section, lang)
        if block.kind in _RUNNING
        for sentence in sentences(block)
        if (counted := tuple(word for word in sentence if word.kind != "address"))
    )


def of_notice(notice: Notice) -> tuple[Sentence, ...]:
    """Give the sentences of a notice: of its introduction, and of all its sections."""
    sections = (notice.opening, *notice.sections)
    return tuple(one for section in sections for one in running(section, notice.lang))


def letters(word: Word) -> int:
    """Count the letters of a word: digits, hyphens and signs on a letter are none."""
    return len(word.text) if word.text.isalpha() else sum(map(str.isalpha, word.text))


def long_words(text: Iterable[Sentence]) -> list[str]:
    """Give the words of more than six letters, as often as they stand in the text."""
    return [word.text for one in text for word in one.words if letters(word) > _SHORT_WORD]


def lix(text: tuple[Sentence, ...]) -> float | None:
    """Give a text's LIX, to one decimal; None where it has no words.

    It is the words of a sentence, and the long words among a hundred (C.-H. Björnsson, *Läsbarhet*,
    1968). Below 30 is very easy, 40 to 50 like a newspaper, and above 60 very hard.
    """
    count = sum(len(one.words) for one in text)
    if not count:
        return None
    return round(count / len(text) + 100 * len(long_words(text)) / count, 1)


def is_too_hard(value: float, words: int, limit: float | None) -> bool:
    """Tell whether the LIX of a text with so many words is above a limit; None is no limit."""
    return limit is not None and words >= _ENOUGH_WORDS and value > limit


def reading_ease(text: tuple[Sentence, ...]) -> float | None:
    """Give the reading ease of an English text, to one decimal; None where it has no words.

    It is R. Flesch's (*A new readability yardstick*, 1948), by words to a sentence and syllables to
    a word. Above 60 is plain English, and below 30 very hard. Numbers in digits are words of the
    sentence, but their syllables are left out, as he advises where there are several.
    """
    count = sum(len(one.words) for one in text)
    spelt = [word.text for one in text for word in one.words if word.kind == "word"]
    if not spelt:
        return None
    syllables = sum(map(syllables_of, spelt))
    return round(206.835 - 1.015 * count / len(text) - 84.6 * syllables / len(spelt), 1)
