# SPDX-License-Identifier: AGPL-3.0-or-later
"""The interface's own words in each language: gettext catalogs, compiled in memory by Babel.

The message ids are English, so English needs no catalog. A language without one falls back to a
more general tag (RFC 4647, section 3.4: ``pt-BR`` → ``pt``) of the same script, then to English.
"""

from __future__ import annotations

import contextlib
import gettext
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog as Messages
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from notices import languages, pofile
from notices.filebytes import exists
from notices.languages import same_language
from notices.pofile import InterfaceError

SOURCE_LANGUAGE: Final = "en"
TEMPLATE: Final = "messages.pot"


class Untranslated(str):
    """A word of the interface that a language has no translation for: its English text."""

    __slots__ = ()


class _English(gettext.NullTranslations):
    """Where a catalog has no translation, this gives the English text, and tells that it is."""

    def gettext(self, message: str) -> str:
        return Untranslated(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return Untranslated(one if number == 1 else many)


def catalog_file(translations: Path, tag: str) -> Path:
    """Give the place of a language's catalog."""
    return translations / tag / "LC_MESSAGES" / "messages.po"


def find_catalog(translations: Path, tag: str) -> Path | None:
    """Find the catalog for a tag, a more general one if need be; None where there is none."""
    subtags = tag.split("-")
    script = languages.script(tag)
    for length in range(len(subtags), 0, -1):
        general = "-".join(subtags[:length])
        if languages.script(general) != script:
            continue
        file = catalog_file(translations, general)
        if exists(file):  # whatever it is: that it cannot be read is a finding
            return file
    return None


def read_catalog(file: Path, tag: str) -> Messages:
    """Read a PO or POT file; raises InterfaceError."""
    text = pofile.read(file, tag)
    try:
        content = BytesIO(text.encode())
        messages = read_po(content, locale=tag.replace("-", "_"), abort_invalid=True)
        messages.mime_headers  # noqa: B018  (reads the header, and raises if it makes no sense)
    except PoFileError as error:
        raise InterfaceError(f"the catalog cannot be read: {error}.", error.lineno + 1) from error
    except Exception as error:  # Babel lets whatever a broken header raises through
        raise InterfaceError(f"the catalog's header makes no sense ({error}).") from error
    return messages


def compiled(messages: Messages) -> gettext.GNUTranslations:
    """Compile a catalog, fuzzy messages left out; raises InterfaceError."""
    binary = BytesIO()
    try:
        write_mo(binary, messages, use_fuzzy=False)
        binary.seek(0)
        words = gettext.GNUTranslations(binary)
        for number in range(200):
            words.ngettext("", "", number)
    except Exception as error:
        raise InterfaceError(f"the catalog cannot be compiled ({error}).") from error
    return words


def forms(text: Any) -> list[str]:
    """Give the texts of a message: one, or one for each plural form."""
    return [text] if isinstance(text, str) else list(text)


def words_for(translations: Path, tag: str) -> gettext.NullTranslations:
    """Give a language's words; a catalog, or one of its words, that cannot be used is missing.

    What comes back for a word without a translation is ``Untranslated``, but for English.
    """
    words: gettext.NullTranslations = gettext.NullTranslations()
    file = find_catalog(translations, tag)
    if file is not None:
        with contextlib.suppress(InterfaceError):  # which checks/interface.py reports
            messages = read_catalog(file, tag)
            for message in messages:
                if not all(pofile.fits(message.id, form) for form in forms(message.string)):
                    message.string = ""  # which checks/interface.py reports, too
            words = compiled(messages)
    if not same_language(tag, SOURCE_LANGUAGE):
        words.add_fallback(_English())
    return words
