# SPDX-License-Identifier: AGPL-3.0-or-later
"""``words.txt``: which words does a site use that no dictionary has?

One word on each line; ``#`` begins a comment. ``word/model`` is inflected and joined to compounds
as the model is, as in hunspell's personal dictionaries (hunspell(1)). What a site says of itself
elsewhere, in its facts, its brand and its glossaries, are words of its own as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from notices.filebytes import exists
from notices.languages import locale, same_language
from notices.model import Catalog, Finding, OwnWord
from notices.prose import Block, abbreviations, without_addresses, words
from notices.textfiles import read_text

WORDS_FILE: Final = "words.txt"
WORDS_CODE: Final = "words-malformed"

_SIGNS: Final = frozenset("'’.:-\u2010\u2011\u00b7\u200c\u200d")
"""What may stand within a word beside letters, digits and their marks."""
_LONGEST: Final = 60
_MOST: Final = 10_000
"""No site has so many words of its own; a dictionary would."""
_LEAST_WITHOUT_STOP: Final = 3


def read_words(file: Path, shown: str) -> tuple[tuple[OwnWord, ...] | None, list[Finding]]:
    """Read a language's own words; None where it keeps none, or none that can be read."""
    if not exists(file):
        return None, []
    text, findings = read_text(file, shown)
    if text is None:
        return None, findings
    kept: dict[str, OwnWord] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        entry = unicodedata.normalize("NFC", line.partition("#")[0].strip())
        if not entry:
            continue
        word, _, model = (part.strip() for part in entry.partition("/"))
        if fault := _fault(word, model, "/" in entry) or _doubled(word, kept):
            findings.append(Finding(shown, number, WORDS_CODE, *fault))
        elif len(kept) == _MOST:
            message = f"has more than {_MOST:,} words; what is below this line is not read."
            fix = "keep what no dictionary has; name another dictionary in language.toml."
            findings.append(Finding(shown, number, WORDS_CODE, message, fix))
            break
        else:
            kept[word] = OwnWord(word, model, number)
    return tuple(kept.values()), findings


def _fault(word: str, model: str, has_model: bool) -> tuple[str, str] | None:
    for one in (word, model) if has_model else (word,):
        if not _is_word(one):
            told = "nothing" if not one else f"'{one[:_LONGEST]}'"
            fix = "write one word on each line, or word/model; a comment stands after a '#'."
            return f"{told} stands in the place of a word, and is none.", fix
    return None


def _is_word(text: str) -> bool:
    return (
        0 < len(text) <= _LONGEST
        and text[0].isalnum()
        and any(map(str.isalpha, text))
        and all(map(_may_be_in_word, text))
    )


def _may_be_in_word(sign: str) -> bool:
    return sign.isalnum() or sign in _SIGNS or unicodedata.category(sign).startswith("M")


def _doubled(word: str, kept: dict[str, OwnWord]) -> tuple[str, str] | None:
    if word not in kept:
        return None
    return f"'{word}' stands on line {kept[word].line}, too.", "remove one of the two lines."


def shortened(lang: str) -> frozenset[str]:
    """Give the words that a language cuts short, with their full stop; days without it, too.

    One of three letters or more may do without (*dnr*, *tfn*).
    """
    known = abbreviations.of(lang).all
    of_language = locale(lang)
    days = of_language.days["format"]["abbreviated"].values() if of_language else ()
    return frozenset(
        (
            *(f"{one}." for one in known),
            *(one for one in known if len(one) >= _LEAST_WITHOUT_STOP and one.isalpha()),
            *(day.removesuffix(".") for day in days),
        )
    )


def names(catalog: Catalog, lang: str) -> frozenset[str]:
    """Give the words of the facts, the brand and the glossaries that may stand in a language."""
    return frozenset(
        word.text
        for text in _texts(catalog, lang)
        for word in words(Block("paragraph", without_addresses(text), lang))
    )


def _texts(catalog: Catalog, lang: str) -> Iterator[str]:
    yield catalog.brand.name
    for fact in catalog.organisation.facts.values():
        yield from fact.in_language(lang) or ()
    for tag, glossary in catalog.glossaries.items():
        for entry in glossary.values():
            if tag == lang or same_language(entry.lang or tag, lang):
                yield from entry.words
