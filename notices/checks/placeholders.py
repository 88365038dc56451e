# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does anything wait to be written: in a notice, in a glossary, in the organisation's facts?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from notices.model import Catalog, Finding, Notice
from notices.prose import passages
from notices.remembering import remembered
from notices.settings import Settings
from notices.textfiles import read_text
from notices.wording import Remark, findings, quoted
from notices.wording.placeholders import placeholders

_CODE = "placeholder-left"
_FIX = "write what is meant, or remove it."


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Look for placeholders in whatever readers will see."""
    yield from findings(catalog, settings, _CODE, _remarks)
    yield from _in_facts(catalog, settings)


@remembered
def _remarks(notice: Notice) -> tuple[Remark, ...]:
    return tuple(
        Remark(
            passage,
            start,
            end,
            f"'{passage.own.text[start:end]}' waits for words: '{quoted(passage, start, end)}'.",
            _FIX,
        )
        for passage in passages(notice)
        for start, end in placeholders(passage.own.text, passage.own.lang)
    )


def _in_facts(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Look at the facts; one without a letter or digit says as little as an empty one."""
    organisation = catalog.organisation
    for fact in organisation.facts.values():
        for lang, lines in fact.lines.items():
            for text in lines:
                waiting = [text[start:end] for start, end in placeholders(text, lang or fact.lang)]
                if not any(map(str.isalnum, text)):
                    waiting = [text]
                for words in waiting:
                    file = settings.content / PurePosixPath(organisation.path).name
                    line = _line(file, organisation.path, fact.line, words)
                    message = f"'{words}' waits for words in the fact '{fact.name}'."
                    yield Finding(organisation.path, line, _CODE, message, _FIX)


def _line(file: Path, shown: str, first: int, words: str) -> int:
    """Find words in a TOML file from an entry's first line on; else give that line."""
    text, _ = read_text(file, shown)
    lines = (text or "").split("\n")[first - 1 :]
    return next((number for number, line in enumerate(lines, first) if words in line), first)
