# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new notice, ready to be written: a draft with the same sections in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from notices import addresses, catalog, languages
from notices.checks.addresses import RESERVED
from notices.drafting.models import models
from notices.folder import NoContentError, entries, leads_out, name_faults
from notices.model import FRONT_PAGE
from notices.settings import Settings, SettingsError, shown

_DRAFT = "draft: true"


def add_notice(name: str, settings: Settings) -> list[str]:
    """Add a draft of a notice in every language; give lines that tell what was made.

    The source's file says that it is a draft, for all. In a folder without languages, the source
    language that the settings name is begun, too. Raises SettingsError for a name that cannot be
    taken, NoContentError where there is no telling which language is the source, OSError where
    nothing can be written; then nothing was.
    """
    _check_name(name)
    source, *others = _languages(settings)
    _check_free(name, settings, [source, *others])
    used = models(settings, source, others)
    texts = {tag: file.read_text(encoding="utf-8") for tag, file in used.items()}
    texts[source] = _as_draft(texts[source])
    _write({settings.content / tag / f"{name}.md": text for tag, text in texts.items()})
    return list(_told(name, source, used, settings))


def _check_name(name: str) -> None:
    if name == FRONT_PAGE:
        raise SettingsError(
            f"'{FRONT_PAGE}' is the front page of each language, and no notice; see "
            "docs/editing.md for how it is written."
        )
    faults = name_faults(Path(f"{name}.md"), name)
    if faults or Path(f"{name}.md").name != f"{name}.md" or name in RESERVED:
        raise SettingsError(
            f"'{name}' cannot be the name of a notice; use small letters, digits and hyphens, such "
            "as job-applicants."
        )


def _languages(settings: Settings) -> list[str]:
    """List the languages of a content folder, the source language first."""
    shown_content, content = settings.shown_content, settings.content
    found = [
        entry.name
        for entry in entries(content, shown_content)
        if entry.is_dir() and not leads_out(entry, content) and _is_tag(entry.name)
    ]
    if not found and settings.source_language and _is_tag(settings.source_language):
        return [settings.source_language]
    source = catalog.source_language_of(found, settings.source_language, shown_content)
    return [source, *(tag for tag in found if tag != source)]


def _is_tag(name: str) -> bool:
    return languages.is_language(name) and languages.canonical(name) == name


def _check_free(name: str, settings: Settings, tags: list[str]) -> None:
    """See that neither a file nor an address would be taken from a notice that there is."""
    if taken := _taken_file(name, settings, tags) or _taken_address(name, settings, tags):
        raise SettingsError(f"{taken}; take another name. Nothing was changed.")


def _taken_file(name: str, settings: Settings, tags: list[str]) -> str:
    for tag in tags:
        file = settings.content / tag / f"{name}.md"
        if file.exists() or file.is_symlink():
            return f"{shown(file)} is already there"
    return ""


def _taken_address(name: str, settings: Settings, tags: list[str]) -> str:
    try:
        read = catalog.load(settings.content, settings.shown_content, settings.source_language)
    except NoContentError:
        return ""  # there is nothing yet that could be taken
    for tag in tags:
        address = f"{addresses.of_language(tag)}{name}/"
        if address in read.aliases.addresses:
            return f"/{address} is retired in {read.aliases.path}, and old links lead there"
        for other in read.notices:
            if addresses.of_notice(read, other, tag) == address:
                text = read.notices[other].get(tag)
                path = text.path if text else f"{read.folder}/{tag}/{other}.md"
                return f"/{address} is the address of {path}"
    return ""


def _as_draft(text: str) -> str:
    """Say in a text's metadata that it is a draft."""
    fence = "---\n"
    if text.startswith(fence):
        return f"{fence}{_DRAFT}\n{text.removeprefix(fence)}"
    return f"{fence}{_DRAFT}\n{fence}\n{text}"


def _write(texts: Mapping[Path, str]) -> None:
    """Write all of these files or none, and none over another.

    The source comes first: whatever happens, what is there is a draft.
    """
    made: list[Path] = []
    try:
        for file, text in texts.items():
            if not file.parent.exists():
                file.parent.mkdir()
                made.append(file.parent)
            with file.open("x", encoding="utf-8") as opened:
                made.append(file)
                opened.write(text)
    except BaseException:
        for path in reversed(made):
            path.rmdir() if path.is_dir() else path.unlink()
        raise


def _told(name: str, source: str, used: Mapping[str, Path], settings: Settings) -> Iterator[str]:
    for tag, model in used.items():
        file = shown(settings.content / tag / f"{name}.md")
        if tag == source:
            yield f"{file}: a privacy notice to fill in; brackets say what belongs where."
        elif model == used[source]:
            yield f"{file}: the same, to translate."
        else:
            yield f"{file}: the same in its own language."
    yield (
        f"'{name}' is a draft in every language: {settings.command('serve')} shows it, "
        f"{settings.command('build')} leaves it out."
    )
    yield (
        f"When it is finished, remove the line '{_DRAFT}' from "
        f"{shown(settings.content / source / f'{name}.md')}."
    )
