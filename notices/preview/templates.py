# SPDX-License-Identifier: AGPL-3.0-or-later
"""Has a template anything else to write than last time?

A template writes the same for the same: its variables, and the words, style and brand of its
environment. So the environment is kept until one of the files that it is made of has changed, and
what its templates wrote, one text for each template and page, until they are given something else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2

from notices.model import Catalog
from notices.render.pages import environment
from notices.settings import Settings


class _Template(jinja2.Template):
    """A template that remembers what it wrote. Views are told apart as they read (``repr``)."""

    def render(self, *given: Any, **variables: Any) -> str:
        written: dict[tuple[str | None, str], tuple[bytes, str]] = self.environment.written  # type: ignore[attr-defined]
        page = variables.get("page")
        place = self.name, page.address if page else ""
        told = hashlib.sha256(repr((given, variables)).encode("utf-8", "surrogatepass")).digest()
        known = written.get(place)
        if known is None or known[0] != told:
            known = written[place] = told, super().render(*given, **variables)
        return known[1]


class Templates:
    """The environment of a site's templates, from one reading to the next."""

    def __init__(self) -> None:
        self._made_of: object = None
        self._environment = jinja2.Environment(autoescape=True)

    def of(self, catalog: Catalog, settings: Settings) -> jinja2.Environment:
        """Give the environment: the last one, if it would be made of the same."""
        made_of = (
            tuple(catalog.languages),
            repr(catalog.brand),
            (settings.theme, settings.translations, settings.template_overrides),
            tuple(_files(settings)),
        )
        if made_of != self._made_of:
            self._environment = environment(catalog, settings)
            self._environment.extend(written={})
            self._environment.template_class = _Template
            self._made_of = made_of
        return self._environment


def _files(settings: Settings) -> Iterator[tuple[Path, bytes]]:
    """Give the files that shape what templates write, with a digest of each."""
    for folder in (
        *settings.template_overrides,
        settings.theme / "templates",
        settings.theme / "static" / "css",
        settings.translations,
    ):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                yield file, hashlib.sha256(file.read_bytes()).digest()
