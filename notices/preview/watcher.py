# SPDX-License-Identifier: AGPL-3.0-or-later
"""Has anything changed that the site is made of?

The system tells of changes at once, but not of files that come into a new folder before it watches
that folder, not of folders that settings name later on, and not on every file system: so one looks
again from time to time.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import watchfiles

from notices.settings import DEFAULT_FILE, Settings

_STEP_MS: Final = 20
_LOOK_AGAIN_SECONDS: Final = 1.0


class Watcher:
    """Watches the content, the theme, the translations and the settings of a site."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._told = threading.Event()
        self._stop = threading.Event()
        self._seen = self._fingerprint()
        folders = [folder for folder in _folders(settings) if folder.is_dir()]
        files = {file.parent for file in _files(settings)}
        for paths, recursive in ((folders, True), (sorted(files), False)):
            threading.Thread(target=self._listen, args=(paths, recursive), daemon=True).start()

    def wait(self) -> None:
        """Return once something has changed since the last call, or since the start."""
        while self._fingerprint() == self._seen:
            self._told.wait(_LOOK_AGAIN_SECONDS)
            self._told.clear()
        self._seen = self._fingerprint()

    def follow(self, settings: Settings) -> None:
        """Watch what these settings name from now on."""
        self._settings = settings

    def stop(self) -> None:
        """End the watch."""
        self._stop.set()

    def _listen(self, paths: list[Path], recursive: bool) -> None:
        for _ in watchfiles.watch(
            *paths,
            recursive=recursive,
            stop_event=self._stop,
            step=_STEP_MS,
            raise_interrupt=False,
        ):
            self._told.set()

    def _fingerprint(self) -> frozenset[tuple[str, int, int]]:
        found = set()
        for file in _everything(self._settings):
            with contextlib.suppress(OSError):  # it may be gone by now
                status = file.stat()
                found.add((str(file), status.st_mtime_ns, status.st_size))
        return frozenset(found)


def _folders(settings: Settings) -> tuple[Path, ...]:
    return (
        settings.content,
        settings.theme,
        settings.translations,
        *settings.template_overrides,
    )


def _files(settings: Settings) -> tuple[Path, ...]:
    """Name the settings file, and the one that it may import."""
    return (settings.file, settings.file.parent / DEFAULT_FILE.name)


def _everything(settings: Settings) -> Iterator[Path]:
    yield from _files(settings)
    for folder in _folders(settings):
        yield from folder.rglob("*")
