# SPDX-License-Identifier: AGPL-3.0-or-later
"""What does a hunspell dictionary say of a word?

Its files are whatever a machine has: those that are no dictionary are refused before hunspell sees
them, since it would take them for one that knows no word.
"""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from hunspell import Hunspell

from notices.filebytes import read_bytes
from notices.model import Finding

_LARGEST: Final = 100_000_000
"""In bytes; that of Hungarian, with all its forms, is the largest we know and has 20 million."""
_LONGEST: Final = 60
"""In letters. hunspell tries every way to part a compound, which takes long for a long one."""
_ENTRY: Final = r"^[ \t]*%s[ \t]+(\S+)"
_ENCODING: Final = re.compile((_ENTRY % "SET").encode(), re.MULTILINE)
_LETTERS: Final = re.compile(_ENTRY % "TRY", re.MULTILINE)
_SPOILT: Final = 100
"""Of so many words, one may hold a letter in another encoding: old dictionaries do."""
_MOST_KEPT: Final = 200_000
"""Of verdicts: all the words of a large site, and of what they may have meant."""


class DictionaryError(Exception):
    """A file that is no dictionary; it says why, as the end of a sentence."""


class Dictionary:
    """A dictionary in memory, and its verdicts so far.

    ``letters`` are those of its language, the frequent ones first, as far as it names them.
    ``strange`` are the models that it does not know.
    """

    def __init__(self, path: Path, models: Iterable[tuple[str, str]]) -> None:
        encoding, self.letters = _examined(path)
        self._hunspell = Hunspell(
            path.name, hunspell_data_dir=str(path.parent), system_encoding="utf-8"
        )
        self._hunspell._dic_encoding = encoding
        self._verdicts: dict[str, bool] = {}
        strange = set()
        for word, model in models:
            try:
                if self._hunspell.add_with_affix(word, model):
                    strange.add(model)
            except UnicodeError:
                strange.add(model)
        self.strange = frozenset(strange)

    def knows(self, word: str) -> bool:
        """Tell whether a word, as it is written, is in the dictionary or made by its rules."""
        known = self._verdicts.get(word)
        if known is None:
            if len(self._verdicts) > _MOST_KEPT:
                self._verdicts.clear()
            known = self._verdicts[word] = self._asked(word)
        return known

    def lists(self, word: str) -> bool:
        """Tell whether a word that it knows is in its list, and not only made of words there."""
        return any("pa:" not in found for found in self._hunspell.analyze(word))

    def _asked(self, word: str) -> bool:
        try:
            return len(word) <= _LONGEST and bool(self._hunspell.spell(word))
        except UnicodeError:
            return False  # a letter that the dictionary's own encoding does not have


def loaded(path: Path, models: tuple[tuple[str, str], ...]) -> Dictionary:
    """Load a dictionary once, with words that are inflected as words of its own.

    ``models`` are pairs of a word and its model. Raises DictionaryError.
    """
    return _loaded(path, _stamp(path), models)


@functools.lru_cache(16)
def _loaded(path: Path, _: object, models: tuple[tuple[str, str], ...]) -> Dictionary:
    return Dictionary(path, models)


def _stamp(path: Path) -> object:
    """Give what changes when somebody installs another version."""
    try:
        files = [Path(f"{path}{suffix}").stat() for suffix in (".aff", ".dic")]
    except OSError as error:
        raise DictionaryError(error.strerror or str(error)) from error
    return tuple((one.st_mtime_ns, one.st_size) for one in files)


def _examined(path: Path) -> tuple[str, str]:
    """Give the encoding of a dictionary and its letters; DictionaryError for what is none."""
    rules, words = (_content(path, suffix) for suffix in (".aff", ".dic"))
    named = _ENCODING.search(rules)
    name = named[1].decode("ascii", "replace").removeprefix("microsoft-") if named else "ISO8859-1"
    try:
        encoding = codecs.lookup(name).name
        text = rules.decode(encoding, "replace")
        unreadable = words.decode(encoding, "replace").count("\ufffd")
    except (LookupError, UnicodeError):
        raise DictionaryError(f"its encoding '{name}' is not known") from None
    count, _, entries = words.removeprefix(codecs.BOM_UTF8).partition(b"\n")
    stated = count.split()[0] if count.split() else b""
    if b"\0" in rules + words or not stated.isdigit() or len(stated) > 9:
        raise DictionaryError("it has not the form of one")
    there = entries.count(b"\n") + 1
    if int(stated) == 0 or there < int(stated) // 2:
        raise DictionaryError(f"it has {there:,} words, and should have {int(stated):,}")
    if unreadable * _SPOILT > there:
        raise DictionaryError(f"it is not in its encoding, {name}")
    letters = _LETTERS.search(text)
    return encoding, letters[1] if letters else ""


def _content(path: Path, suffix: str) -> bytes:
    read = read_bytes(Path(f"{path}{suffix}"), f"{path}{suffix}", _LARGEST)
    if isinstance(read, Finding):
        raise DictionaryError(f"its {suffix} file {read.message.rstrip('.')}")
    return read
