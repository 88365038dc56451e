# SPDX-License-Identifier: AGPL-3.0-or-later
"""The theme folder: its templates, its stylesheet, its files."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from gettext import NullTranslations
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from notices import addresses, policy
from notices import brand as brands
from notices.interface import SOURCE_LANGUAGE, Untranslated
from notices.model import Brand, Language
from notices.settings import Settings, shown
from notices.tokens import read_tokens

_FIRST: Final = ("tokens", "base")
_LAST: Final = ("print",)
"""The files of ``static/css`` that every page has, before and after those of its template."""

NOTICE: Final = "notice"
INDEX: Final = "index"
WITH_GLOSSARY: Final = frozenset({NOTICE, INDEX})
"""The templates that explain words at the page's end."""

_NOT_FOR_NOTICES: Final = frozenset({"404", "base", "compare", "home", "moved", "plain"})
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENTATION: Final = re.compile(r"\s*\n\s*")


class ThemeError(Exception):
    """A template or style that cannot be used; the message says which, and why."""


def choosable(settings: Settings) -> tuple[str, ...]:
    """List the templates that a notice may name in its metadata."""
    folders = _template_folders(settings)
    names = {file.stem for folder in folders for file in folder.glob("*.html")}
    return tuple(sorted(names - _NOT_FOR_NOTICES))


def _template_folders(settings: Settings) -> tuple[Path, ...]:
    return (*settings.template_overrides, settings.theme / "templates")


def static_files(settings: Settings) -> Mapping[str, Path]:
    """List the theme's files that are published as they are, by their path on the site."""
    folder = settings.theme / "static"
    return {
        file.relative_to(folder).as_posix(): file
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.parent.name != "css" and not file.name.startswith(".")
    }


def stylesheet(settings: Settings, layers: Sequence[str], brand: Brand) -> Markup:
    """Put files of ``static/css`` together, as layers of which each may overrule the one before.

    ``layers`` are those that a template needs beside the ones that every page has. The brand's
    tokens stand below the theme's, in the same layer. The text has neither comments nor
    indentation, and stands in the page's head. Raises ThemeError.
    """
    folder = settings.theme / "static" / "css"
    names = (*_FIRST, *layers, *_LAST)
    written = [f"@layer {','.join(names)};"]
    for layer in names:
        try:
            text = _COMMENT.sub("", (folder / f"{layer}.css").read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            raise ThemeError(f"{shown(folder / layer)}.css is not UTF-8 text.") from error
        except OSError as error:
            raise ThemeError(f"{shown(folder / layer)}.css: {error.strerror}.") from error
        if layer == _FIRST[0]:
            text += brands.style(brand, read_tokens(settings.theme))
        written.append(f"@layer {layer}{{{_INDENTATION.sub(chr(10), text).strip()}}}")
    return Markup("\n".join(written).replace("</", "<\\/"))  # noqa: S704


def environment(
    settings: Settings, words: Mapping[str, NullTranslations], brand: Brand
) -> Environment:
    """Make the Jinja environment: everything escaped, every name known, words per language.

    ``_()``, ``ngettext()`` and ``{% trans %}`` speak the language in the variable ``language`` of
    the place where they stand, so that one page can hold words in several. A word that has no
    translation comes in English, as an element with its ``lang``: the interface's words stand in
    elements' text, never in attributes.
    """
    made = Environment(
        loader=FileSystemLoader([str(folder) for folder in _template_folders(settings)]),
        autoescape=True,
        auto_reload=False,  # an environment lives for one build
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )

    @pass_context
    def gettext(context: Context, message: str) -> Markup:
        return _marked(words[context["language"].tag].gettext(message))

    @pass_context
    def ngettext(context: Context, one: str, many: str, number: int) -> Markup:
        return _marked(words[context["language"].tag].ngettext(one, many, number))

    @pass_context
    def in_language(context: Context, language: Language | None) -> Markup:
        """Write the attributes for an element whose text is in another language than the rest."""
        if language is None or language.tag == context["language"].tag:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(language.tag, language.direction)

    install: Callable[..., Any] = made.install_gettext_callables  # type: ignore[attr-defined]
    install(gettext, ngettext, newstyle=True)
    made.globals["in_language"] = in_language
    made.globals["stylesheet"] = functools.cache(
        lambda *layers: stylesheet(settings, layers, brand)
    )
    made.globals["policy"] = Markup(policy.MARKER)  # noqa: S704
    made.globals["logo"] = Markup(brand.logo)  # noqa: S704
    made.filters["dialled"] = addresses.dialled
    return made


@functools.lru_cache(maxsize=None, typed=True)  # an untranslated word equals its English text
def _marked(text: str) -> Markup:
    if isinstance(text, Untranslated):
        return Markup('<span lang="{}" dir="ltr">{}</span>').format(SOURCE_LANGUAGE, text)
    return escape(text)
