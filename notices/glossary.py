# SPDX-License-Identifier: AGPL-3.0-or-later
"""``glossary.toml``: the words that a language's notices explain to their readers.

A table for each word, under an id that is the same in all languages.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from notices import languages
from notices.filebytes import exists
from notices.model import Finding, GlossaryEntry
from notices.remembering import remembered
from notices.terms import words_of
from notices.textfiles import read_toml

GLOSSARY_FILE: Final = "glossary.toml"
CODE: Final = "glossary-malformed"

_ID: Final = re.compile(r"[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+")
_HEADER: Final = re.compile(r"""^[ \t]*\[[ \t]*["']?([^"'\]\n]+?)["']?[ \t]*\]""", re.MULTILINE)
_KEY: Final = re.compile(r"""^[ \t]*["']?([^"'\[\]\s.=]+)["']?[ \t]*[.=]""", re.MULTILINE)
_KEYS: Final = ("term", "long", "forms", "explanation", "lang", "avoid")
_LISTS: Final = {"forms": "form", "avoid": "word"}
_INVISIBLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONGEST: Final = 5_000
"""In characters. Every page that uses a word has its explanation."""
_LONGEST_TERM: Final = 200
"""In characters. What is longer is no word."""

Glossary = Mapping[str, GlossaryEntry]
"""The entries of one language, by id."""


def read_glossary(file: Path, shown: str) -> tuple[Glossary | None, list[Finding]]:
    """Read a language's glossary; None where it has none, or none that can be read."""
    if not exists(file):
        return None, []
    table, findings, text = read_toml(file, shown, CODE)
    if findings:
        return None, findings
    glossary, faults = _glossary(table, text, shown)
    return glossary, [*faults]


@remembered
def _glossary(table: dict[str, Any], text: str, shown: str) -> tuple[Glossary, tuple[Finding, ...]]:
    findings = []
    lines = _Lines(text)
    glossary: dict[str, GlossaryEntry] = {}
    owners: dict[tuple[str, ...], GlossaryEntry] = {}
    for name, value in table.items():
        faults = list(_faults(name, value))
        for key, message, fix in faults:
            findings.append(Finding(shown, lines.of(name, key), CODE, message, fix))
        if faults:
            continue
        entry = _entry(name, value, lines.of(name))
        for word in entry.words:
            owner = owners.setdefault(words_of(word), entry)
            if owner.id != name:
                findings.append(_doubled(shown, entry, word, owner))
        glossary[name] = entry
    findings += _contradictions(shown, glossary, owners, lines)
    return glossary, tuple(findings)


def _entry(name: str, value: dict[str, Any], line: int) -> GlossaryEntry:
    return GlossaryEntry(
        id=name,
        term=_tidy(value["term"]),
        explanation=_tidy(value["explanation"]),
        long=_tidy(value.get("long", "")),
        forms=tuple(map(_tidy, value.get("forms", ()))),
        lang=value.get("lang", ""),
        avoid=tuple(map(_tidy, value.get("avoid", ()))),
        line=line,
    )


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _faults(name: str, value: Any) -> Iterator[tuple[str, str, str]]:
    """Say what is wrong with an entry: the key it is about, the fact, the repair."""
    if not isinstance(value, dict):
        message = f"'{name}' belongs to no word."
        yield "", message, "write a line such as [controller] above the lines of each word."
        return
    if not _ID.fullmatch(name):
        fix = "name the word in English, in small letters, digits and hyphens: [data-extract]."
        yield "", f"'{name}' cannot be the id of a word.", fix
    for key in value:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, 1)
            fix = f"did you mean '{near[0]}'?" if near else f"a word has {', '.join(_KEYS)}."
            yield key, f"'{key}' has no meaning here.", fix
    for key in ("term", "explanation"):
        if key not in value:
            yield "", f"'{name}' has no {key}.", f'add {key} = "…" to it.'
    for key in ("term", "long", "explanation"):
        if key in value and (fault := _fault_of_text(value[key], key != "explanation")):
            yield key, f"'{key}' {fault}.", f'write {key} = "…", with the words between quotes.'
    for key, one in _LISTS.items():
        words = value.get(key, [])
        if not isinstance(words, list) or any(_fault_of_text(word, True) for word in words):
            fix = f'write {key} = ["…", "…"], with each {one} between quotes.'
            yield key, f"'{key}' is no list of words.", fix
    lang = value.get("lang", "en")
    if not isinstance(lang, str) or not languages.is_language(lang):
        message = f"'{lang}' is no language tag (BCP 47)."
        yield "lang", message, 'write lang = "…" with a tag such as sv, en or pt-BR.'


def _fault_of_text(value: Any, is_term: bool) -> str:
    if not isinstance(value, str):
        return "is no text"
    if not value.strip():
        return "is empty"
    if _INVISIBLE.search(value):
        return "holds an invisible control character"
    if is_term and not value.strip()[0].isalnum():
        return "begins with no letter or digit"
    if is_term and len(value) > _LONGEST_TERM:
        return "is too long for a word"
    return f"is longer than {_LONGEST:,} characters" if len(value) > _LONGEST else ""


def _doubled(shown: str, entry: GlossaryEntry, word: str, owner: GlossaryEntry) -> Finding:
    message = f"'{word}' stands in '{entry.id}' and in '{owner.id}' (line {owner.line}), too."
    return Finding(shown, entry.line, CODE, message, "keep it in one of the two.")


def _contradictions(
    shown: str,
    glossary: Glossary,
    owners: Mapping[tuple[str, ...], GlossaryEntry],
    lines: _Lines,
) -> Iterator[Finding]:
    """Find the words to avoid that the glossary also explains, or avoids for something else."""
    avoided: dict[tuple[str, ...], GlossaryEntry] = {}
    for entry in glossary.values():
        for word in entry.avoid:
            owner, why = owners.get(words_of(word)), "explained"
            if owner is None:
                owner, why = avoided.setdefault(words_of(word), entry), "avoided"
                if owner is entry:
                    continue
            message = (
                f"'{word}' is to be avoided in '{entry.id}', and is {why} in '{owner.id}' "
                f"(line {owner.line})."
            )
            line = lines.of(entry.id, "avoid")
            yield Finding(shown, line, CODE, message, "take it out of one of the two.")


class _Lines:
    """Knows on which line of the file a word, or one of its keys, stands."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, str], int] = {}
        name = ""
        for number, line in enumerate(text.split("\n"), start=1):
            if header := _HEADER.match(line):
                name = header[1]
                self._lines.setdefault((name, ""), number)
            elif key := _KEY.match(line):
                self._lines.setdefault((name, key[1]) if name else (key[1], ""), number)

    def of(self, name: str, key: str = "") -> int:
        whole = self._lines.get((name, ""), 1)
        return self._lines.get((name, key), whole)
