# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does the glossary explain every abbreviation that a notice or glossary uses?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notices.glossary import GLOSSARY_FILE, Glossary
from notices.model import Catalog, Finding, Notice
from notices.prose import passages
from notices.remembering import remembered
from notices.settings import Settings
from notices.speller import WORDS_FILE
from notices.wording import Remark, findings, quoted
from notices.wording.capitals import abbreviations
from notices.wording.placeholders import placeholders

_Explained = tuple[tuple[str, frozenset[str]], ...]
"""Languages, each with the abbreviations that its glossary explains."""


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Look in each text for abbreviations, and tell the first place of each."""
    explained = tuple(
        (lang, _explained(glossary, lang)) for lang, glossary in catalog.glossaries.items()
    )

    def remarks_on(notice: Notice) -> tuple[Remark, ...]:
        own = tuple(word.text for word in catalog.words.get(notice.lang, ()))
        return _remarks(notice, explained, own, catalog.folder)

    return findings(catalog, settings, "abbreviation-unexplained", remarks_on)


@remembered
def _explained(glossary: Glossary, lang: str) -> frozenset[str]:
    return frozenset(
        found.name
        for entry in glossary.values()
        for word in entry.words
        for found in abbreviations(word, entry.lang or lang)
    )


@remembered
def _remarks(
    notice: Notice, explained: _Explained, own: tuple[str, ...], folder: str
) -> tuple[Remark, ...]:
    return tuple(_of_notice(notice, dict(explained), frozenset(own), folder))


def _of_notice(
    notice: Notice, by_lang: Mapping[str, frozenset[str]], own: frozenset[str], folder: str
) -> Iterator[Remark]:
    """Give a remark on each; a word in another language may be explained in that one's glossary.

    The site's ``own`` words are names, of which nobody asks what they are short for.
    """
    here = by_lang.get(notice.lang, frozenset()) | own
    path = f"{folder}/{notice.lang}"
    told: set[str] = set()
    for passage in passages(notice):
        explained = here | by_lang.get(passage.own.lang, frozenset())
        text, lang = passage.own.text, passage.own.lang
        waiting = {place for span in placeholders(text, lang) for place in range(*span)}
        for found in abbreviations(text, lang):
            if (
                found.name not in explained
                and found.name not in told
                and found.start not in waiting
            ):
                told.add(found.name)
                end = found.start + len(found.name)
                yield Remark(
                    passage,
                    found.start,
                    end,
                    f"'{found.name}' is an abbreviation that no glossary explains: "
                    f"'{quoted(passage, found.start, end)}'.",
                    f"write into {path}/{GLOSSARY_FILE}: [{_id(found.name)}] and, on lines of "
                    f'their own, term = "{found.name}", long = "…" and explanation = "…". '
                    f"If it is a name, write it into {path}/{WORDS_FILE}.",
                )


def _id(name: str) -> str:
    return name.lower() if name.isascii() else "…"
