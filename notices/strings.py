# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping the interface catalogs in step with the theme's templates.

Babel's own commands take a folder's name for a locale and so refuse ``pt-BR`` and ``fit``; its
functions do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog as Messages
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from notices import languages
from notices.interface import (
    SOURCE_LANGUAGE,
    TEMPLATE,
    catalog_file,
    find_catalog,
    read_catalog,
)
from notices.pofile import InterfaceError
from notices.settings import Settings, SettingsError, shown

_OPTIONS: Final = {"**.html": {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true"}}
_HEADER: Final = "# SPDX-License-Identifier: AGPL-3.0-or-later\n# The words of the interface."


def template(settings: Settings) -> Messages:
    """Collect the theme's words, with the template of each (no line numbers, which only churn)."""
    messages = Messages(charset="utf-8")
    folder = settings.theme / "templates"
    found = extract_from_dir(
        folder, method_map=[("**.html", "jinja2")], options_map=_OPTIONS, comment_tags=("Note:",)
    )
    for file, _, message, comments, context in sorted(found, key=lambda entry: str(entry[:3])):
        place = (folder.relative_to(settings.theme.parent) / Path(file)).as_posix()
        messages.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return messages


def update(settings: Settings, *new: str) -> list[Path]:
    """Write the template and bring every catalog in step with it; give the files that changed.

    A language of the content that has no catalog yet gets an empty one; of the ``new`` ones alone
    where there are any, since an empty catalog is an error for a language that is published.
    English needs none. Raises SettingsError for a catalog that cannot be read, before anything is
    written.
    """
    wanted = template(settings)
    files = {settings.translations / TEMPLATE: wanted}
    for tag in _interface_languages(new or _languages(settings.content)):
        if find_catalog(settings.translations, tag) is None:
            files[catalog_file(settings.translations, tag)] = _empty(wanted, tag)
    settings.translations.mkdir(exist_ok=True)
    for folder in sorted(settings.translations.iterdir()):
        file = catalog_file(settings.translations, folder.name)
        if file.is_file():
            try:
                messages = read_catalog(file, folder.name)
            except InterfaceError as error:
                raise SettingsError(f"{shown(file)}:{error.line}: {error}") from error
            messages.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
            files[file] = messages
    return [file for file, messages in files.items() if _write(file, messages)]


def _languages(content: Path) -> list[str]:
    """List the languages of a content folder."""
    folders = sorted(folder.name for folder in content.iterdir() if folder.is_dir())
    return [tag for tag in folders if languages.is_language(tag)]


def _interface_languages(tags: Iterable[str]) -> list[str]:
    """Leave out the languages whose interface needs no catalog."""
    return [tag for tag in tags if not languages.same_language(tag, SOURCE_LANGUAGE)]


def _empty(wanted: Messages, tag: str) -> Messages:
    """Make a catalog in which nothing is translated yet."""
    messages = Messages(locale=tag.replace("-", "_"), charset="utf-8")
    for message in wanted:
        if message.id:
            text = "" if isinstance(message.id, str) else ("",) * messages.num_plurals
            messages.add(message.id, text, message.locations, context=message.context)
    return messages


def _write(file: Path, messages: Messages) -> bool:
    """Write a catalog if anything but its dates would change; tell whether it was written."""
    buffer = BytesIO()
    write_po(buffer, messages, width=100, sort_output=True, include_lineno=False, omit_header=True)
    header = f'{_HEADER}\nmsgid ""\nmsgstr ""\n'
    kept = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Language", "Plural-Forms")
    for name, value in messages.mime_headers:
        if name in kept:
            header += f'"{name}: {value}\\n"\n'
    text = f"{header}\n{buffer.getvalue().decode()}"
    if file.is_file() and file.read_text(encoding="utf-8") == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return True
