# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words of a text are to be judged, in which language, and where does each stand first?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from notices.model import Notice
from notices.prose import Passage, blocks, passages, without_addresses, words
from notices.remembering import remembered
from notices.untranslated import in_own_words

_SIGN: Final = re.compile("[-\u2010\u2011.]")
_NEXT: Final = re.compile(r"[ \n]([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Use:
    """A word of a notice, at its first place: from the letter ``start`` of a passage.

    ``sign`` is the hyphen or full stop behind it, ``following`` the word after a space. ``times``
    is how often the notice says it in all.
    """

    word: str
    sign: str
    following: str
    passage: Passage
    start: int
    times: int = 1

    def before(self, lang: str) -> int:
        """Count how often its section, of a notice in a language, says it before, code included."""
        text = "\n".join(block.text for block in blocks(self.passage.section, lang))
        end = self.passage.block_start + self.passage.start + self.start
        return len(re.findall(rf"(?<!\w){re.escape(self.word)}(?!\w)", text[:end]))


@remembered
def uses(notice: Notice, source: Notice | None) -> Mapping[str, tuple[Use, ...]]:
    """Give the different words of a notice by language, in the order of the text.

    What still has the words of its source is left out.
    """
    own = {id(section) for section in in_own_words(notice, source)}
    found: dict[str, dict[tuple[str, str], Use]] = {}
    times: Counter[tuple[str, str, str]] = Counter()
    for passage in passages(notice):
        if id(passage.section) not in own:
            continue
        of_language = found.setdefault(passage.own.lang, {})
        for use in _of_passage(passage):
            of_language.setdefault((use.word, use.sign), use)
            times[passage.own.lang, use.word, use.sign] += 1
    return {
        lang: tuple(
            replace(use, times=times[lang, use.word, use.sign]) for use in of_language.values()
        )
        for lang, of_language in found.items()
    }


def _of_passage(passage: Passage) -> Iterator[Use]:
    text = without_addresses(passage.own.text)
    for word in words(replace(passage.own, text=text)):
        sign = _SIGN.match(text, word.end)
        following = _NEXT.match(text, word.end)
        yield Use(
            word.text,
            sign[0] if sign else "",
            following[1] if following else "",
            passage,
            word.start,
        )
