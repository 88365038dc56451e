# SPDX-License-Identifier: AGPL-3.0-or-later
"""What templates write → the bytes that are published, each page with its own policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from jinja2 import TemplateError

from notices import policy, theme


class Finished(NamedTuple):
    """A file of the site: its path in the output folder, its bytes, the sources of its styles."""

    path: str
    content: bytes
    styles: tuple[str, ...]


def finished(path: str, write: Callable[[], str]) -> Finished:
    """Let a page be written; raises ThemeError for a template that cannot be rendered."""
    try:
        content = write().encode("utf-8")
    except TemplateError as error:
        raise theme.ThemeError(_describe(error, path)) from error
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise theme.ThemeError(f"a template failed on {path}: {error}.") from error
    if not path.endswith(".html"):
        return Finished(path, content, ())
    return Finished(path, policy.stated(content), policy.styles(content))


def _describe(error: TemplateError, path: str) -> str:
    name, line = getattr(error, "name", None), getattr(error, "lineno", None)
    place = f"the template {name}, line {line}," if name and line else "a template"
    return f"{place} failed on {path}: {error.message or type(error).__name__}."
