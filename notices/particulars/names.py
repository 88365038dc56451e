# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which addresses, links, files and abbreviations of two texts have no twin in the other?"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from notices.languages import script
from notices.particulars import addresses, wordlist
from notices.particulars.model import Kind, Particulars, Value

_WORD: Final = re.compile(r"\w{3,}")
"""Abbreviations may be ordinary words there (sms), but those of two letters would be any word."""

_Two = tuple[list[Value], list[Value]]


def of_kind(kind: Kind, source: Particulars, translation: Particulars) -> _Two:
    """Give what of one kind is left of the source and of the translation without their twins."""
    ours = [value for value in source.names if value.kind == kind]
    theirs = [value for value in translation.names if value.kind == kind]
    if not ours and not theirs:
        return [], []
    if kind == "abbreviation":
        return _abbreviations(ours, theirs, source, translation)
    if kind == "host":
        return _counted(ours, theirs)
    if kind == "file":
        return _files(ours, theirs)
    if kind == "telephone":
        return _telephones(ours, theirs), _telephones(theirs, ours)
    return _missing(ours, _keys(theirs)), _missing(theirs, _keys(ours))


def _keys(values: list[Value]) -> set[str]:
    return {value.key for value in values}


def count(kind: Kind, text: Particulars) -> int:
    """Give how many of one kind a text has."""
    return sum(value.kind == kind for value in text.names)


def _missing(values: list[Value], keys: set[str]) -> list[Value]:
    """Give the values with none of those keys, each once."""
    once = {value.key: value for value in reversed(values) if value.key not in keys}
    return sorted(once.values(), key=lambda value: value.start)


def _telephones(values: list[Value], others: list[Value]) -> list[Value]:
    """Give the telephone numbers that the others never have, each once."""
    known: dict[str, list[str]] = {}
    for other in others:
        known.setdefault(addresses.end_of_telephone(other.key), []).append(other.key)
    left = []
    for value in values:
        alike = known.setdefault(addresses.end_of_telephone(value.key), [])
        if not any(addresses.same_telephone(value.key, key) for key in alike):
            left.append(value)
            alike.append(value.key)
    return left


def _counted(values: list[Value], others: list[Value]) -> _Two:
    counts = Counter(value.key for value in values)
    other_counts = Counter(value.key for value in others)
    return _beyond(values, other_counts), _beyond(others, counts)


def _beyond(values: list[Value], counts: Counter[str]) -> list[Value]:
    """Give the values that come after as many of the same key as were counted."""
    seen: Counter[str] = Counter()
    left = []
    for value in values:
        seen[value.key] += 1
        if seen[value.key] > counts[value.key]:
            left.append(value)
    return left


def _files(values: list[Value], others: list[Value]) -> _Two:
    """Compare pictures and documents by count; one whose name the other side has too has a twin."""
    left: _Two = [], []
    for key in ("picture", "document"):
        ours = [value for value in values if value.key == key]
        theirs = [value for value in others if value.key == key]
        surplus = len(ours) - len(theirs)
        for more, fewer, found, number in (
            (ours, theirs, left[0], surplus),
            (theirs, ours, left[1], -surplus),
        ):
            if number > 0:
                quoted = {value.quote for value in fewer}
                known = [value for value in more if value.quote in quoted]
                unknown = [value for value in more if value.quote not in quoted]
                found.extend((known + unknown)[-number:])
    return left


def _abbreviations(
    ours: list[Value], theirs: list[Value], source: Particulars, translation: Particulars
) -> _Two:
    if script(source.lang) != script(translation.lang):
        return [], []
    left = (
        _unspelt(ours, theirs, source, translation),
        _unspelt(theirs, ours, translation, source),
    )
    if source.fluent and translation.fluent:
        return left
    # Without a word list for it, a language has names of its own for what others abbreviate, and
    # abbreviations of its own for what others spell out.
    surplus = len(left[0]) - len(left[1])
    return (
        left[0][-surplus:] if surplus > 0 and source.fluent else [],
        left[1][surplus:] if surplus < 0 and translation.fluent else [],
    )


def _unspelt(
    values: list[Value], others: list[Value], own: Particulars, other: Particulars
) -> list[Value]:
    """Give the abbreviations that the other text has not, and does not spell out instead.

    A text that spells it out beside the abbreviation says it twice, and so should the other.
    """
    spelt_here = _keys([value for value in values if value.optional])
    there = _keys([value for value in others if not value.optional])
    spelt_there = _keys([value for value in others if value.optional])
    if not other.fluent:
        spelt_there.update(wordlist.spelt(own.lang))
    there |= spelt_there - spelt_here
    missing = _missing([value for value in values if not value.optional], there)
    words = set(_WORD.findall(other.text.lower())) if missing else set()
    return [value for value in missing if value.key.lower() not in words]
