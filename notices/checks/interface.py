# SPDX-License-Identifier: AGPL-3.0-or-later
"""Has every language all words of the interface, each fit to be shown?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from babel.messages.catalog import Catalog as Messages
from babel.messages.catalog import Message

from notices.interface import (
    SOURCE_LANGUAGE,
    TEMPLATE,
    catalog_file,
    compiled,
    find_catalog,
    forms,
    read_catalog,
)
from notices.languages import same_language
from notices.model import Catalog, Finding
from notices.pofile import InterfaceError, fits, placeholders
from notices.settings import Settings, shown


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Check the interface catalog of each language of the site."""
    template_file = settings.translations / TEMPLATE
    template = Messages()
    if template_file.is_file():
        try:
            template = read_catalog(template_file, SOURCE_LANGUAGE)
        except InterfaceError as error:
            yield _malformed(shown(template_file), error)
    for tag in catalog.languages:
        file = find_catalog(settings.translations, tag)
        if file is None:
            if not same_language(tag, SOURCE_LANGUAGE):
                yield Finding(
                    shown(catalog_file(settings.translations, tag)),
                    1,
                    "interface-missing",
                    f"the interface's words (such as 'Contents') are shown in English in '{tag}'.",
                    "start a catalog with ./run strings (--content DIR for another folder), and "
                    "translate all of it: from then on a word without translation is an error.",
                )
            continue
        try:
            messages = read_catalog(file, tag)
            compiled(messages)
        except InterfaceError as error:
            yield _malformed(shown(file), error)
        else:
            yield from _messages(messages, template, shown(file))


def _malformed(path: str, error: InterfaceError) -> Finding:
    fix = "mend the line, or take the file from the last version that worked."
    return Finding(path, error.line, "interface-malformed", str(error), fix)


def _messages(messages: Messages, template: Messages, path: str) -> Iterator[Finding]:
    for wanted in template:
        if wanted.id and messages.get(wanted.id, wanted.context) is None:
            yield _incomplete(path, 1, wanted, "is not in the catalog", "run ./run strings, then ")
    for message in messages:
        line = message.lineno or 1
        if not message.id:
            continue
        if message.fuzzy:
            yield _incomplete(path, line, message, "is marked as fuzzy", "check the text, then ")
        elif not all(_forms(message.string, messages.num_plurals if message.pluralizable else 1)):
            yield _incomplete(path, line, message, "is not translated")
        else:
            yield from _placeholders(message, path, line)


def _forms(text: Any, number: int) -> list[str]:
    """Give a message's texts: one, or one for each plural form of the language."""
    found = forms(text)
    return [*found, *[""] * (number - len(found))]


def _incomplete(path: str, line: int, message: Message, state: str, before: str = "") -> Finding:
    fix = f"{before}write its translation as msgstr" + (
        " and remove the word 'fuzzy' above it." if message.fuzzy else "."
    )
    return Finding(path, line, "interface-incomplete", f"'{_first(message.id)}' {state}.", fix)


def _first(text: Any) -> str:
    return text if isinstance(text, str) else str(text[0])


def _placeholders(message: Message, path: str, line: int) -> Iterator[Finding]:
    if not all(fits(message.id, form) for form in forms(message.string)):
        names = set().union(*(placeholders(text) or () for text in forms(message.id)))
        expected = ", ".join(f"%({name})s" for name in sorted(names)) or "none"
        yield Finding(
            path,
            line,
            "interface-malformed",
            f"'{_first(message.id)}' is translated with other placeholders than it has.",
            f"use the placeholders as they are ({expected}); write %% for a percent sign.",
        )
