# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new language, ready to be translated: every notice with every section and id in its place.

The texts are the source's own, to be written over. Until a section has words of its own it is
reported as untranslated, and shown with the source's ``lang``.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from notices import catalog, languages, strings
from notices.codes import UNREAD
from notices.filebytes import exists
from notices.model import Notice
from notices.settings import Settings, SettingsError, shown

_BRACES: Final = re.compile(r"(?<= )\{:?[ ]*([^{}]+)\}$")
_KNOWN: Final = """\
# A draft is shown in the preview (./run serve), is never published and blocks nothing.
# Remove the line when the translation is finished.
draft = true
"""
_UNKNOWN: Final = """\
# Unicode's tables do not know this language, so this file says what it needs.
name = "{tag}"  # the language's own name
direction = "ltr"  # or "rtl"
date_pattern = "yyyy-MM-dd"
"""


def add_language(tag: str, settings: Settings) -> list[str]:
    """Add a draft language to a content folder; give lines that tell what was made.

    Raises SettingsError for a tag that is none or is there already, NoContentError where there is
    nothing to translate.
    """
    if not languages.is_language(tag):
        raise SettingsError(
            f"'{tag}' is no language tag (BCP 47); write one such as fi, pt-BR or zh-Hant."
        )
    tag = languages.canonical(tag)
    folder = settings.content / tag
    if exists(folder):
        raise SettingsError(f"{shown(folder)} is already there; nothing was changed.")
    read = catalog.load(settings.content, settings.shown_content, settings.source_language)
    unread = [
        finding.path
        for finding in read.findings
        if finding.code in UNREAD
        and finding.path.startswith(f"{read.folder}/{read.source_language}/")
    ]
    if unread:
        raise SettingsError(
            f"{', '.join(unread)} cannot be read, and would be left out; ./run check says why. "
            "Nothing was changed."
        )
    skeletons = {
        name: _skeleton(settings.content / read.source_language / f"{name}.md", source)
        for name in read.notices
        if (source := read.source(name))
    }
    unfinished = settings.content / f".{tag}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    language_file = _KNOWN if languages.locale(tag) else _KNOWN + _UNKNOWN.format(tag=tag)
    (unfinished / languages.SETTINGS_FILE).write_text(language_file, encoding="utf-8")
    for name, text in skeletons.items():
        (unfinished / f"{name}.md").write_text(text, encoding="utf-8")
    catalogs = strings.update(settings, tag)
    unfinished.rename(folder)
    return list(_told(tag, folder, len(skeletons), catalogs, settings))


def _told(
    tag: str, folder: Path, number: int, catalogs: list[Path], settings: Settings
) -> Iterator[str]:
    yield f"{shown(folder)}: {number} notice{'' if number == 1 else 's'} to translate."
    for file in catalogs:
        yield f"{shown(file)}: the interface's words to translate."
    yield (
        f"'{tag}' is a draft: {settings.command('serve')} shows it, "
        f"{settings.command('build')} leaves it out."
    )
    yield f"When it is finished, remove the line 'draft = true' from {shown(folder)}/language.toml."


def _skeleton(file: Path, source: Notice) -> str:
    """Give the source's text with an id on every heading, and what it says for itself left out.

    That is its slug, and that it is a draft: it says so for all languages.
    """
    lines = file.read_text(encoding="utf-8-sig").split("\n")
    for section in source.sections:
        if not section.given:
            heading = lines[section.line - 1].rstrip().rstrip("#").rstrip()
            lines[section.line - 1] = (
                _BRACES.sub(rf"{{#{section.anchor} \1}}", heading)
                if _BRACES.search(heading)
                else f"{heading} {{#{section.anchor}}}"
            )
    own = [source.slug_line] if source.slug else []
    if source.draft:
        own.append(source.draft_line)
    for line in sorted(own, reverse=True):
        del lines[line - 1]
    if own and lines[0].rstrip() == lines[1].rstrip() == "---":
        del lines[:2]
    return "\n".join(lines).lstrip("\n")
