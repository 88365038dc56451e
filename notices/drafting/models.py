# SPDX-License-Identifier: AGPL-3.0-or-later
"""With which words does a new notice begin?

``translations/<language>/notice.md`` is the model of a privacy notice: a heading for each thing
that articles 13 and 14 of the GDPR (Regulation (EU) 2016/679) ask for, with an id, and below it
what belongs there, in brackets (``[insert …]``) that no notice is published with. A language
without a model takes that of the source language, and that takes the English one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from notices import languages
from notices.folder import NoContentError
from notices.model import Notice, Organisation
from notices.settings import ROOT, Settings, shown
from notices.source import Reader

MODEL_FILE: Final = "notice.md"
_OF_LAST_RESORT: Final = ROOT / "translations" / "en" / MODEL_FILE


def models(settings: Settings, source_language: str, others: list[str]) -> dict[str, Path]:
    """Give the model of each language, the source language first.

    One whose sections are not those of the source's model is passed over: the draft would not have
    the same ids in all languages. Raises NoContentError for a model that cannot be read.
    """
    source = _find(settings.translations, source_language) or _OF_LAST_RESORT
    wanted = _outline(source)
    found = {source_language: source}
    for tag in others:
        own = _find(settings.translations, tag)
        found[tag] = own if own and _outline(own) == wanted else source
    return found


def _find(translations: Path, tag: str) -> Path | None:
    """Find the model for a tag, a more general one of the same script if need be."""
    subtags = tag.split("-")
    for length in range(len(subtags), 0, -1):
        general = "-".join(subtags[:length])
        file = translations / general / MODEL_FILE
        if languages.script(general) == languages.script(tag) and file.is_file():
            return file
    return None


def _outline(file: Path) -> list[tuple[int, str]]:
    """Give the level and id of each section of a model."""
    read: Notice | None
    read, findings = Reader(Organisation("")).read(file, shown(file), "notice", "en")
    if read is None:
        raise NoContentError(f"{shown(file)} cannot be read: {findings[0].message}")
    return [(section.level, section.anchor) for section in read.sections]
