# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does anything wait to be written: in a notice, in a glossary, in the organisation's facts?"""

from __future__ import annotations

from collections.abc import Iterator

from notices.glossary import GLOSSARY_FILE
from notices.model import Catalog, Finding, Notice
from notices.prose import passages
from notices.remembering import remembered
from notices.settings import Settings
from notices.wording import Remark, findings, quoted
from notices.wording.placeholders import placeholders

_CODE = "placeholder-left"
_FIX = "write what is meant, or remove it."


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Look for placeholders in whatever readers will see."""
    yield from findings(catalog, settings, _CODE, _remarks)
    yield from _in_glossaries(catalog)
    yield from _in_facts(catalog)


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


def _in_glossaries(catalog: Catalog) -> Iterator[Finding]:
    for lang, glossary in catalog.glossaries.items():
        for entry in glossary.values():
            for text in (entry.term, entry.long, entry.explanation):
                for start, end in placeholders(text, lang):
                    path = f"{catalog.folder}/{lang}/{GLOSSARY_FILE}"
                    message = f"'{text[start:end]}' waits for words in '{entry.id}'."
                    yield Finding(path, entry.line, _CODE, message, _FIX)


def _in_facts(catalog: Catalog) -> Iterator[Finding]:
    """Look at the facts; one without a letter or digit says as little as an empty one."""
    organisation = catalog.organisation
    for fact in organisation.facts.values():
        for lang, lines in fact.lines.items():
            for text in lines:
                waiting = [text[start:end] for start, end in placeholders(text, lang or fact.lang)]
                if not any(map(str.isalnum, text)):
                    waiting = [text]
                for words in waiting:
                    message = f"'{words}' waits for words in the fact '{fact.name}'."
                    yield Finding(organisation.path, fact.line, _CODE, message, _FIX)
