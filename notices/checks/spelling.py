# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is every word spelt as its language spells it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from notices.languages import SETTINGS_FILE, same_language
from notices.model import Catalog, Finding, Notice
from notices.remembering import remembered
from notices.settings import Settings
from notices.source.quotes import Quotes
from notices.speller import (
    WORDS_CODE,
    WORDS_FILE,
    DictionaryError,
    Speller,
    Use,
    find,
    made,
    names,
    package,
    shortened,
    uses,
)
from notices.wording import is_glossary, texts

_MOST_UNKNOWN: Final = 100
"""A notice with more different words that no dictionary has does not have misspellings."""
_FEW_UNKNOWN: Final = 20
"""Nor has one with so many, if they are more than half of its words."""
_MOST_SUGGESTED: Final = 20
"""In one language. A long word takes some tenths of a second."""
_SHOWN: Final = 5
_LEAST_OF_ANOTHER: Final = 3
_GENITIVE: Final = re.compile("(?<=..)['’]s$")
_MOST_LETTERS: Final = 60
"""Of a word in a message; who finds more has found no word."""


@dataclass(frozen=True, slots=True)
class _Unknown:
    """Words of a notice that are not known, each with its part that is not, up to one too many.

    ``asked`` is how many different words the notice has.
    """

    found: tuple[tuple[Use, str], ...]
    asked: int

    @property
    def is_no_misspelling(self) -> bool:
        """Tell whether text and dictionary do not belong together."""
        number = len(self.found)
        return number > _MOST_UNKNOWN or (number >= _FEW_UNKNOWN and number * 2 > self.asked)


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Check the words of each text, and say of which languages none could be."""
    spellers = {}
    for tag in catalog.languages:
        try:
            if speller := _speller(catalog, tag):
                spellers[tag] = speller
                yield from _strange_models(catalog, tag, speller)
        except DictionaryError as error:
            yield _not_checked(catalog, tag, str(error))
    quotes = Quotes(settings.content, catalog.organisation)
    left = dict.fromkeys(spellers, _MOST_SUGGESTED)
    for text, source in texts(catalog):
        for lang, used in uses(text, source).items():
            tag = _of_site(catalog, lang)
            if tag not in spellers:
                continue
            unknown = _unknown(used, spellers[tag])
            if unknown.is_no_misspelling:
                yield _other_language(catalog, text, tag, unknown, quotes)
                continue
            for use, part in unknown.found:
                meant = _meant(use, part, spellers[tag]) if left[tag] else ()
                left[tag] -= bool(left[tag])
                # An explanation is plain text: no words of it can be marked as another language.
                other = "" if is_glossary(text) else _also_of(use, part, tag, spellers)
                yield _misspelt(catalog, text, tag, use, part, meant, other, quotes)


def _of_site(catalog: Catalog, lang: str) -> str:
    """Give the language of the site that a language is; words in any other are not judged."""
    if lang in catalog.languages:
        return lang
    return next((tag for tag in catalog.languages if same_language(tag, lang)), "")


def _speller(catalog: Catalog, tag: str) -> Speller | None:
    """Make the speller of a language of the site; None where the site wants none."""
    name = catalog.languages[tag].dictionary
    if name is None or not any(tag in by_lang for by_lang in catalog.notices.values()):
        return None
    path = find(tag, name)
    if path is None:
        raise DictionaryError(f"no dictionary '{name}' was found" if name else "none was found")
    own = catalog.words.get(tag, ())
    models = tuple((word.text, word.model) for word in own if word.model)
    try:
        known = names(catalog, tag) | shortened(tag) | {word.text for word in own}
        return made(path, known, models, tag)
    except DictionaryError as error:
        raise DictionaryError(f"{path}.dic cannot be used: {error}") from error


@remembered
def _unknown(used: tuple[Use, ...], speller: Speller) -> _Unknown:
    """Look the words up; a genitive or capital of one that is not known is told with that one."""
    found: dict[str, tuple[Use, str]] = {}
    for use in used:
        word = _GENITIVE.sub("", use.word)
        key = next((one for one in (word, word[:1].lower() + word[1:]) if one in found), word)
        if key in found:
            first, part = found[key]
            found[key] = replace(first, times=first.times + use.times), part
        elif part := speller.unknown(use.word, use.sign):
            found[key] = use, part
            if len(found) > _MOST_UNKNOWN:
                break
    return _Unknown(tuple(found.values()), len(used))


def _meant(use: Use, part: str, speller: Speller) -> tuple[str, ...]:
    """Give what may have been meant by a word; what is written apart may be one word."""
    if part == use.word and use.following and speller.is_compound(use.word + use.following):
        return (f"{use.word}{use.following}",)
    sign = use.sign if use.word.endswith(part) else "-"
    return tuple(use.word.replace(part, one) for one in speller.suggestions(part, sign))


def _also_of(use: Use, part: str, tag: str, spellers: dict[str, Speller]) -> str:
    """Name another language of the site that has the word; two letters say too little."""
    if part != use.word or len(part) < _LEAST_OF_ANOTHER:
        return ""
    others = (one for one in spellers if one != tag and not spellers[one].unknown(part))
    return next(others, "")


def _misspelt(
    catalog: Catalog,
    notice: Notice,
    tag: str,
    use: Use,
    part: str,
    meant: tuple[str, ...],
    other: str,
    quotes: Quotes,
) -> Finding:
    more = f", and {use.times - 1} times more in this file" if use.times > 2 else ""
    more = more or (", and once more in this file" if use.times == 2 else "")
    told = f"'{_shown(use.word)}'"
    if part != use.word:
        told = f"'{_shown(part)}' in {told}"
    right = _shown(_GENITIVE.sub("", part))
    own = f"{catalog.folder}/{tag}/{WORDS_FILE}"
    choice = " or ".join(f"'{one}'" for one in meant)
    fix = (
        f"write {choice}, or, if '{right}' is right, add it to {own}."
        if meant
        else f"correct it, or, if it is right, add '{right}' to {own}."
    )
    if other:
        fix = f"if it is a word of '{other}', say so: *{use.word}*{{lang={other}}}; else {fix}"
    return Finding(
        notice.path,
        quotes.line(use.word, notice, use.passage.section, use.before(notice.lang)),
        "word-unknown",
        f"{told} is no word that the dictionary knows{more}.",
        fix,
    )


def _shown(word: str) -> str:
    return word if len(word) <= _MOST_LETTERS else f"{word[:_MOST_LETTERS]}…"


def _other_language(
    catalog: Catalog, notice: Notice, tag: str, unknown: _Unknown, quotes: Quotes
) -> Finding:
    first = unknown.found[0][0]
    shown = ", ".join(f"'{_shown(use.word)}'" for use, _ in unknown.found[:_SHOWN])
    number = len(unknown.found)
    many = f"more than {_MOST_UNKNOWN}" if number > _MOST_UNKNOWN else f"{number}"
    return Finding(
        notice.path,
        quotes.line(first.word, notice, first.passage.section, first.before(notice.lang)),
        "word-unknown",
        f"{many} different words, such as {shown}, are none that the dictionary of '{tag}' knows.",
        "see that the text is in this language; if it is, name another dictionary in "
        f"{catalog.folder}/{tag}/{SETTINGS_FILE}, or write dictionary = false there.",
    )


def _strange_models(catalog: Catalog, tag: str, speller: Speller) -> Iterator[Finding]:
    for word in catalog.words.get(tag, ()):
        if word.model in speller.strange:
            path = f"{catalog.folder}/{tag}/{WORDS_FILE}"
            message = f"the dictionary has no word '{word.model}' that '{word.text}' could follow."
            fix = "name a word of one part in its first form, which is inflected alike."
            yield Finding(path, word.line, WORDS_CODE, message, fix)


def _not_checked(catalog: Catalog, tag: str, why: str) -> Finding:
    name = catalog.languages[tag].dictionary
    install = f"install one (Debian: apt install {package(tag)})" if package(tag) else "install one"
    path = f"{catalog.folder}/{tag}/{SETTINGS_FILE}"
    return Finding(
        path,
        1,
        "spelling-not-checked",
        f"the spelling of '{tag}' was not checked: hunspell needs a dictionary, and {why}.",
        f"{'correct the name, or ' if name else ''}{install}, or write dictionary = false here.",
    )
