# SPDX-License-Identifier: AGPL-3.0-or-later
"""How does a site become the next edition of its preview, with what is known of the last?"""

from __future__ import annotations

from notices import catalog, checks
from notices.model import Catalog
from notices.preview.edition import Edition
from notices.preview.templates import Templates
from notices.remembering import Memory
from notices.render import Renderer
from notices.settings import Settings
from notices.snapshots import Snapshots


class Builder:
    """What is kept from one reading of a site to the next. It is for one thread at a time."""

    def __init__(self) -> None:
        self._memory = Memory()
        self._snapshots = Snapshots()
        self._templates = Templates()
        self._last_pages: dict[str, bytes] = {}

    def edition(self, settings: Settings) -> Edition:
        """Read a site: what is wrong now, and its pages, with the last good text of broken files.

        Raises NoContentError, ThemeError and OSError where there is no site to show.
        """
        with self._memory.round():
            with self._snapshots.taken():
                shown = _load(settings)
                findings = tuple(checks.run(shown, settings))
                if not self._snapshots.stale:
                    renderer = self._renderer(shown, settings)
            if stale := self._snapshots.stale:
                with self._snapshots.mended():
                    shown = _load(settings)
                    renderer = self._renderer(shown, settings)
        edition = Edition(shown, settings, findings, renderer, stale, self._last_pages)
        for path in set(self._last_pages) - edition.files():
            self._last_pages.pop(path, None)
        return edition

    def _renderer(self, read: Catalog, settings: Settings) -> Renderer:
        return Renderer(read, settings, self._templates.of(read, settings))


def _load(settings: Settings) -> Catalog:
    return catalog.load(settings.content, settings.shown_content, settings.source_language)
