# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words and sentences does a block of text consist of?

A word is what stands between spaces and marks. It may have a hyphen, an apostrophe, a colon or a
full stop inside (*e-post*, *don't*, *S:t*, *t.ex*). A number in digits is one word, however it is
grouped, and so is an address. Scripts without spaces between words (``letters.NO_SPACES``) have
one for each run of letters: where their words end, only a dictionary knows.

A sentence ends with its block, and at a mark with which sentences end if a space follows, perhaps
after a quotation mark or bracket. It goes on, however, if the next word has small letters alone
(*”Varför?” frågade hon*); one that is spelt like *iPhone* may begin a sentence. After a full stop
it goes on in these cases, too:

- the word before is an abbreviation that ends no sentence (``abbreviations/``), or one that a
  number follows, and so it does;
- it is an unknown abbreviation with a full stop inside (*z.B.*);
- it is an initial: a capital by itself after a word with a capital (*Anna K. Berg*), unless letters
  number such things (*Annex A.*); or a letter before another with a full stop (*z. B.*);
- it is an ordinal: a number with the name of a month or day after it (*1. März*);
- it is a number or letter that the sentence begins with (*1. Write to us*, *J. Smith*).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple, cast

from notices.letters import JOINED, NO_SPACES
from notices.prose import abbreviations
from notices.prose.abbreviations import Abbreviations
from notices.prose.blocks import Block

Kind = Literal["word", "number", "address"]

_SPACED: Final = "¿¡(\\[{<\"'“”„«»‘’‚‹›*•–—−§-"
"""What may stand between the space after a sentence and the first word of the next."""
_CLOSING: Final = ")\\]}>\"'”’“‘»«›‹*"
_MARKS: Final = ".!?…‽⁇⁈⁉؟۔।॥։።፧፨။។៕\u037e"
_UNSPACED_MARKS: Final = "。．！？｡"
"""These are as wide as a sign of Chinese or Japanese, and need no space after them."""

_LETTER: Final = rf"(?:[^\W_{NO_SPACES}]|(?![{NO_SPACES}])[{JOINED}])"
_REST: Final = rf"{_LETTER}*+(?:[.:·'’ʼ\-\u2010\u2011]{_LETTER}++)*+"
_WORD: Final = re.compile(
    rf"""
    (?P<address> (?<![\w.+-]) [\w.+-]++ @ [\w-]++ (?:\.[\w-]++)++
      | (?<!\w) (?:https?://|www\.) [^\s\ufffc]*[\w/]
      | (?<![\w.-]) (?:[\w-]++\.)++ [a-z]{{2,}}+ / (?:[^\s\ufffc]*[\w/])?
    )                                                           # example.org/privacy
  | (?P<number> \+\d++ (?:[ \xa0-]\d++)*+                       # +46 18 12 34 56
      | \d{{1,3}} (?:[ \xa0\u2007\u2009\u202f.,'’٬]\d{{3}}(?!\d))++ (?:[.,٫]\d++)?+
      | \d++ (?:[.,:/٫\-\u2010\u2011]\d++)*+ (?: [:'’\-\u2010\u2011]?+ [^\W\d_] {_REST})?+
    )                                                           # 10 000,50; 2026-03-01; 3:e, 21A
  | (?P<word> [^\W_{NO_SPACES}] {_REST} | (?:(?![{_MARKS}])[{NO_SPACES}{JOINED}])++ )
    """,
    re.VERBOSE,
)
_DOTTED: Final = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_LETTERS_OF_AN_ENDING: Final = 3
"""More letters than these after a number are a word: 30-dagarsperiod, but 3:e and 21A."""
_DIGITS_OF_AN_ORDINAL: Final = 2


class Word(NamedTuple):
    """A word, and where in its block's text it begins and ends.

    ``text`` is as it is written, with soft hyphens. A ``number`` is in digits; ``address`` is one
    of e-mail or of the web.
    """

    text: str
    start: int
    end: int
    kind: Kind = "word"


def words(block: Block) -> list[Word]:
    """Give the words of a block that are in its language, in their order."""
    return _words(block.own_text)


def _words(text: str) -> list[Word]:
    return [Word(one[0], *one.span(), _kind(one.lastgroup, one[0])) for one in _WORD.finditer(text)]


def _kind(group: str | None, text: str) -> Kind:
    if group == "number" and not text[-1].isdecimal():
        return "number" if sum(map(str.isalpha, text)) <= _LETTERS_OF_AN_ENDING else "word"
    return cast(Kind, group)


def sentences(block: Block) -> list[list[Word]]:
    """Give the words of a block, sentence by sentence; there is none without words."""
    text = block.own_text
    of_language = abbreviations.of(block.lang)
    found: list[list[Word]] = [[]]
    following = _words(text)
    at = 0
    for end in _ends(of_language.marks).finditer(text):
        begin = at
        while at < len(following) and following[at].start < end.start():
            at += 1
        found[-1] += following[begin:at]
        next_word = following[at] if at < len(following) else None
        if found[-1] and _is_end(end, found[-1][-2:], next_word, of_language):
            found.append([])
    found[-1] += following[at:]
    return [one for one in found if one]


@lru_cache(64)
def _ends(marks: str) -> re.Pattern[str]:
    """Find the marks that may end a sentence, and all that stands before the next word."""
    all_marks = re.escape(_MARKS + marks) + _UNSPACED_MARKS
    return re.compile(
        rf"(?<![{all_marks}])(?P<marks>[{all_marks}]++)"
        rf"(?:(?<=[{_UNSPACED_MARKS}])[{_CLOSING}」』）]*+|[{_CLOSING}]*+(?=\s|\Z))[\s{_SPACED}]*+"
    )


def _is_end(
    end: re.Match[str],
    before: list[Word],
    following: Word | None,
    known: Abbreviations,
) -> bool:
    """Tell whether a sentence ends at a mark.

    ``before`` are its last two words so far, or its only one. ``following`` is the next word, which
    may stand after something that is no word of the language.
    """
    if end["marks"][-1] in _UNSPACED_MARKS:
        return True
    next_word = following if following and following.start == end.end() else None
    if next_word and next_word.kind == "word" and next_word.text.islower():
        return False
    last = before[-1]
    if end["marks"] != "." or last.end != end.start():
        return True
    is_before_number = next_word is not None and next_word.kind == "number"
    word = last.text.replace("\u00ad", "").casefold()
    is_first = len(before) == 1
    if not is_first and all(_is_letter(one, end.string) for one in before):
        word = f"{before[0].text}.{word}".casefold()
    if word in known.never or (is_before_number and word in known.before_numbers):
        return False
    if word in known.often:
        return not is_before_number
    if last.text.isdecimal():
        return not (is_first or _is_ordinal(last.text, before[0].text, next_word, known))
    if len(word) == 1:
        is_split = next_word is not None and _is_letter(next_word, end.string)
        return not (is_first or is_split or _is_initial(last.text, before[0].text, known))
    return not _DOTTED.fullmatch(word)


def _is_letter(word: Word, text: str) -> bool:
    """Tell whether a word is one letter with a full stop, perhaps of an abbreviation."""
    return len(word.text) == 1 and word.kind == "word" and text.startswith(".", word.end)


def _is_initial(letter: str, before: str, known: Abbreviations) -> bool:
    return letter.isupper() and before[0].isupper() and before.casefold() not in known.lettered


def _is_ordinal(number: str, before: str, following: Word | None, known: Abbreviations) -> bool:
    if following is None or len(number) > _DIGITS_OF_AN_ORDINAL:
        return False
    return following.text.casefold() in known.calendar or before.casefold() in known.ordinals_after
