# SPDX-License-Identifier: AGPL-3.0-or-later
"""One reading of a site, as the preview shows it: its pages, and what is wrong with them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from notices import addresses, filenames
from notices.model import Catalog, Finding
from notices.render import Renderer
from notices.render.finishing import finished
from notices.settings import Settings
from notices.theme import ThemeError


class Subject(NamedTuple):
    """What a page is about: a notice, by its name, in a language."""

    name: str
    lang: str


@dataclass(frozen=True, eq=False)
class Edition:
    """The pages of one Catalog, made when somebody asks for them.

    ``findings`` are all of the site's as it is now, judged and sorted. ``stale`` are the files that
    cannot be read now, as findings name them: the Catalog has their last good text. ``last_pages``
    are those that earlier editions have shown, by path.
    """

    catalog: Catalog
    settings: Settings
    findings: tuple[Finding, ...]
    renderer: Renderer
    stale: frozenset[str] = frozenset()
    last_pages: dict[str, bytes] = field(default_factory=dict, repr=False)
    _made: dict[str, bytes] = field(default_factory=dict, repr=False)
    _faults: dict[str, str] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @cached_property
    def _plan(self) -> Mapping[str, Callable[[], str]]:
        return dict(self.renderer.plan())

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset({*self._plan, *self.renderer.beside} - {filenames.HEADERS})

    @cached_property
    def _subjects(self) -> Mapping[str, Subject]:
        shown = (
            (addresses.of_notice(self.catalog, name, lang), Subject(name, lang))
            for name in self.catalog.notices
            for lang in self.catalog.languages
        )
        compared = (
            (addresses.of_comparison(self.catalog, name, lang), Subject(name, lang))
            for name in self.catalog.notices
            for lang in self.catalog.translations
        )
        return {addresses.file_of(address): one for address, one in (*compared, *shown)}

    def files(self) -> frozenset[str]:
        """List the files of the site, by their path in the output folder."""
        return self._files

    def file(self, path: str) -> bytes | None:
        """Give a file of the site; None for one that it does not have.

        A page that cannot be made is as it was last (see ``fault``). Raises ThemeError, or OSError
        for a file, where there is nothing to show instead.
        """
        with self._lock:
            if path in self.files() and path not in self._made:
                is_page = path in self._plan
                self._made[path] = self._page(path) if is_page else self.renderer.beside[path]()
            return self._made.get(path)

    def fault(self, path: str) -> str:
        """Say what kept a page from being made anew; nothing where it was, or is not asked for."""
        return self._faults.get(path, "")

    def _page(self, path: str) -> bytes:
        try:
            self.last_pages[path] = finished(path, self._plan[path]).content
        except ThemeError as error:
            if path not in self.last_pages:
                raise
            self._faults[path] = str(error)
        return self.last_pages[path]

    def subject(self, path: str) -> Subject | None:
        """Tell which notice a page shows; None where it shows none, or several.

        One that shows a translation beside its source is the translation's: its work is done there.
        """
        return self._subjects.get(path)
