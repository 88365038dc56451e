# SPDX-License-Identifier: AGPL-3.0-or-later
"""One reading of a site, as the preview shows it: its pages, and what is wrong with them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import NamedTuple

from notices import addresses, filenames
from notices.model import Catalog, Finding
from notices.render import Renderer
from notices.render.finishing import finished
from notices.settings import Settings


class Subject(NamedTuple):
    """What a page is about: a notice, by its name, in a language."""

    name: str
    lang: str


@dataclass(frozen=True, eq=False)
class Edition:
    """Pages, made when somebody asks for them, of one Catalog. Raises ThemeError as they are made.

    ``findings`` are all of the site's, judged and sorted. ``stale`` are the files that cannot be
    read, as findings name them: their last good text is shown.
    """

    catalog: Catalog
    settings: Settings
    findings: tuple[Finding, ...]
    renderer: Renderer
    stale: frozenset[str] = frozenset()
    _made: dict[str, bytes] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_plan", dict(self.renderer.plan()))

    def files(self) -> frozenset[str]:
        """List the files of the site, by their path in the output folder."""
        return self.renderer.paths() - {filenames.HEADERS}

    def file(self, path: str) -> bytes | None:
        """Give a file of the site; None for one that it does not have."""
        with self._lock:
            if path not in self._made:
                made = self._make(path)
                if made is None:
                    return None
                self._made[path] = made
            return self._made[path]

    def _make(self, path: str) -> bytes | None:
        plan = self._plan  # type: ignore[attr-defined]
        if path in plan:
            return finished(path, plan[path]).content
        read = self.renderer.beside.get(path)
        return read() if read else None

    def subject(self, path: str) -> Subject | None:
        """Tell which notice a page shows; None where it shows none, or several."""
        for name in self.catalog.notices:
            for lang in self.catalog.languages:
                if addresses.file_of(addresses.of_notice(self.catalog, name, lang)) == path:
                    return Subject(name, lang)
        return None
