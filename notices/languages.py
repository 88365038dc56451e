# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a language is called, which way it runs and how it writes a date.

Tags are BCP 47 (RFC 5646), validated against the IANA subtag registry by langcodes. Names,
directions and date patterns come from Unicode CLDR through Babel, or from the language's own
``language.toml``.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, cast

import babel
import langcodes
from babel.dates import format_date as babel_format_date

from notices.filebytes import exists
from notices.model import Finding, Language
from notices.textfiles import lines_of_keys, read_toml

SETTINGS_FILE: Final = "language.toml"
_SHAPE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,20}")
_LONGEST: Final = 100
_ISO_PATTERN: Final = "yyyy-MM-dd"
_DICTIONARY: Final = re.compile(r"\w[\w@.-]*")
_MONTHS_IN_A_YEAR: Final = 12
_LAST_LETTERS: Final = {
    **dict.fromkeys(("da", "nb", "nn", "no"), "æøå"),
    **dict.fromkeys(("fi", "sv"), "åäö"),
}
_AFTER_Z: Final = ord("{")


@functools.lru_cache(4096)
def is_language(tag: str) -> bool:
    """Tell whether a tag is valid BCP 47: well-formed, and each subtag registered.

    Private tags (``x-…``) and those of before RFC 4646 (``i-…``) name no language that a browser
    or screen reader would know, so they are none here.
    """
    try:
        if not _SHAPE.fullmatch(tag) or not langcodes.tag_is_valid(tag):
            return False
    except ValueError:
        return False
    # Two that the library knows as other names: a code of three letters where there is one of two
    # (RFC 5646, section 2.2.1), and UK, which stands for no region there.
    primary, *others = tag.lower().split("-")
    has_shorter = len(primary) == 3 and len(langcodes.standardize_tag(primary)) == 2
    return not has_shorter and "uk" not in others


def canonical(tag: str) -> str:
    """Give a valid tag in the letter case of RFC 5646, section 2.1.1 (``pt-br`` → ``pt-BR``)."""
    subtags = tag.lower().split("-")
    for position, subtag in enumerate(subtags[1:], start=1):
        if len(subtags[position - 1]) == 1:  # what follows a singleton is all in small letters
            break
        if len(subtag) == 2:
            subtags[position] = subtag.upper()
        elif len(subtag) == 4 and subtag.isalpha():
            subtags[position] = subtag.title()
    return "-".join(subtags)


def primary(tag: str) -> str:
    """Give the primary subtag, which names the language alone (RFC 5646, section 2.2.1)."""
    return tag.partition("-")[0].lower()


def same_language(one: str, other: str) -> bool:
    """Tell whether two tags name the same language, whatever its region or script."""
    return primary(one) == primary(other)


@functools.lru_cache(256)
def script(tag: str) -> str:
    """Give the script that a language is written in (ISO 15924), or nothing."""
    return langcodes.Language.get(tag).maximize().script or ""


def locale(tag: str) -> babel.Locale | None:
    """Give Babel's locale for a tag, or None where CLDR does not know the language."""
    try:
        return babel.Locale.parse(tag, sep="-")
    except (ValueError, babel.UnknownLocaleError):
        return None


def described(tag: str) -> Language:
    """Describe a language by Unicode's tables alone; one that they lack runs left to right."""
    known = locale(tag)
    if known is None:
        return Language(tag, tag, date_pattern=_ISO_PATTERN, known=False)
    name = known.get_display_name() or tag
    direction = cast(Literal["ltr", "rtl"], known.text_direction)
    return Language(tag, name[:1].upper() + name[1:], direction)


def attributes(tag: str, around: str, known: Mapping[str, Language]) -> str:
    """Write ``lang``, and ``dir`` where that differs, for words amid a text in another language.

    There is nothing to write where both are one language. ``known`` are the site's own languages.
    """
    if same_language(tag, around):
        return ""
    direction, outer = ((known.get(one) or described(one)).direction for one in (tag, around))
    return f' lang="{tag}"' + (f' dir="{direction}"' if direction != outer else "")


def sort_key(word: str, tag: str) -> tuple[str, str]:
    """Give what orders words as the readers of a language expect, whatever their accents.

    A few languages count some letters as the last of their alphabet (Unicode CLDR, collation).
    """
    composed = unicodedata.normalize("NFC", word).casefold()
    last = _LAST_LETTERS.get(primary(tag), "")
    base = "".join(
        chr(_AFTER_Z + last.index(letter)) if letter in last else _base(letter)
        for letter in composed
    )
    return base, composed


def _base(letter: str) -> str:
    split = unicodedata.normalize("NFD", letter)
    return "".join(sign for sign in split if not unicodedata.combining(sign)) or letter


def read_language(tag: str, file: Path, shown: str) -> tuple[Language, list[Finding]]:
    """Describe a language, its own ``language.toml`` taken into account.

    ``shown`` is the folder in which that file stands, or would stand.
    """
    known = locale(tag)
    language = described(tag)
    if not exists(file):
        return language, [] if language.known else [_unknown(shown, tag)]
    table, findings, text = read_toml(file, f"{shown}/{SETTINGS_FILE}", "language-malformed")
    places = lines_of_keys(text)
    for key, value in table.items():
        try:
            language = _with(language, key, value)
        except ValueError as error:
            line = places.get(key, 1)
            fix = 'see "A new language" in docs/editing.md for what the file may say.'
            findings.append(
                Finding(f"{shown}/{SETTINGS_FILE}", line, "language-malformed", str(error), fix)
            )
    if known is None and "MMM" in language.date_pattern and not language.months:
        findings.append(
            Finding(
                f"{shown}/{SETTINGS_FILE}",
                places.get("date_pattern", 1),
                "language-malformed",
                "the date pattern writes the month's name, and this file does not name the months.",
                'add months = ["…", …] with twelve names, or use a pattern of numbers (d.M.yyyy).',
            )
        )
    if "name" in table:
        language = replace(language, known=True)
    elif not language.known:
        findings.append(_unknown(shown, tag))
    return language, findings


def _unknown(shown: str, tag: str) -> Finding:
    return Finding(
        f"{shown}/{SETTINGS_FILE}",
        1,
        "language-unknown",
        f"the language '{tag}' has no name here, and Unicode's tables do not know it.",
        f'write {SETTINGS_FILE} with name = "…" (the language\'s own name) and, if it runs from '
        'right to left, direction = "rtl".',
    )


def _with(language: Language, key: str, value: Any) -> Language:
    """Give the language with one entry of its file; ValueError says what is wrong with it."""
    if any(isinstance(text, str) and len(text) > _LONGEST for text in (value, *_listed(value))):
        raise ValueError(f"'{key}' is longer than {_LONGEST} characters; every page would have it.")
    match key, value:
        case "name", str() if value.strip():
            return replace(language, name=value.strip())
        case "direction", "ltr" | "rtl":
            return replace(language, direction=value)
        case "draft", bool():
            return replace(language, draft=value)
        case "date_pattern", str() if _writes_dates(replace(language, date_pattern=value)):
            return replace(language, date_pattern=value)
        case "months", list() if len(value) == _MONTHS_IN_A_YEAR and all(
            isinstance(month, str) and month.strip() for month in value
        ):
            return replace(language, months=tuple(value))
        case "dictionary", str() if _DICTIONARY.fullmatch(value):
            return replace(language, dictionary=value)
        case "dictionary", False:
            return replace(language, dictionary=None)
    expected = {
        "name": "a text between quotes",
        "direction": '"ltr" or "rtl"',
        "draft": "true or false",
        "date_pattern": 'a pattern of Unicode CLDR such as "d MMMM y"',
        "months": "a list of twelve names",
        "dictionary": 'the name of a dictionary such as "sv_FI", or false',
    }
    if key in expected:
        raise ValueError(f"'{key}' must be {expected[key]}.")
    raise ValueError(f"'{key}' is not an entry of this file.")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _writes_dates(language: Language) -> bool:
    try:
        return "2001" in format_date(date(2001, 2, 3), language)
    except (ValueError, KeyError, AttributeError):
        return False


def format_date(day: date, language: Language) -> str:
    """Write a date as the language does: its own pattern, or CLDR's long form."""
    pattern = language.date_pattern or "long"
    if language.months:
        month = language.months[day.month - 1].replace("'", "''")
        pattern = pattern.replace("MMMM", f"'{month}'")
    return babel_format_date(day, pattern, locale=locale(language.tag) or babel.Locale("en"))
