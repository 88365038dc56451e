# SPDX-License-Identifier: AGPL-3.0-or-later
"""Has anything changed that the site is made of, and is it all there by now?

The system tells of changes at once, but not of files that come into a new folder before it watches
that folder, not of folders that settings name later on, and not on every file system: so one looks
again from time to time.

Programs save a file in several steps: they empty it and then write it, or remove it and then give
its name to another. A file that has become empty, or is gone, is waited for a moment, so that no
page shows half of what somebody saved. Who meant it waits a moment longer.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import watchfiles

from notices.folder import is_debris
from notices.settings import DEFAULT_FILE, Settings

_STEP_MS: Final = 10
"""So long nothing may happen before a change is told."""
_LOOK_AGAIN_SECONDS: Final = 1.0
_PATIENCE_SECONDS: Final = 0.2
"""For a file that has become empty, or is gone; programs take some milliseconds."""
_GLANCE_SECONDS: Final = 0.01

_State = tuple[int, int, int]
"""Of a file: its number on the disk, when it was last written (nanoseconds), its size in bytes."""


class Watcher:
    """Watches the content, the theme, the translations and the settings of a site."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._told = threading.Event()
        self._stop = threading.Event()
        self._seen = self._look()
        folders = [folder for folder in settings.folders if folder.is_dir()]
        files = {file.parent for file in _files(settings)}
        for paths, recursive in ((folders, True), (sorted(files), False)):
            threading.Thread(target=self._listen, args=(paths, recursive), daemon=True).start()

    def wait(self) -> None:
        """Return once something has changed since the last call, or since the start."""
        while (now := self._look()) == self._seen:
            self._told.wait(_LOOK_AGAIN_SECONDS)
            self._told.clear()
        end = time.monotonic() + _PATIENCE_SECONDS
        while _is_half_saved(self._seen, now) and time.monotonic() < end:
            time.sleep(_GLANCE_SECONDS)
            now = self._look()
        self._seen = now

    def follow(self, settings: Settings) -> None:
        """Watch what these settings name from now on."""
        self._settings = settings

    def stop(self) -> None:
        """End the watch."""
        self._stop.set()

    def _listen(self, paths: list[Path], recursive: bool) -> None:
        """Be told by the system; where it fails, look meanwhile, and try again.

        It has so many watches and no more, and does not tell of a name that is no UTF-8.
        """
        while not self._stop.is_set():
            with contextlib.suppress(OSError, RuntimeError):
                for _ in watchfiles.watch(
                    *paths,
                    recursive=recursive,
                    stop_event=self._stop,
                    step=_STEP_MS,
                    raise_interrupt=False,
                ):
                    self._told.set()
            self._told.set()
            self._stop.wait(_LOOK_AGAIN_SECONDS)

    def _look(self) -> Mapping[str, _State]:
        """Give the state of every file."""
        return dict(_everything(self._settings))


def _is_half_saved(before: Mapping[str, _State], now: Mapping[str, _State]) -> bool:
    return any(size and now.get(file, (0, 0, 0))[2] == 0 for file, (_, _, size) in before.items())


def _files(settings: Settings) -> tuple[Path, ...]:
    """Name the settings file, and the one that it may import."""
    return (settings.file, settings.file.parent / DEFAULT_FILE.name)


def _everything(settings: Settings) -> Iterator[tuple[str, _State]]:
    """Give each file with its state; what is gone while one looks is not there."""
    for file in _files(settings):
        with contextlib.suppress(OSError):
            yield str(file), _state(file.stat())
    for folder in settings.folders:
        yield from _inside(str(folder))


def _inside(folder: str) -> Iterator[tuple[str, _State]]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_debris(entry.name):  # an editing program writes there with every few letters
                continue
            if entry.is_dir(follow_symlinks=False):
                yield entry.path, (0, 0, 1)  # that it is there
                yield from _inside(entry.path)
            else:
                with contextlib.suppress(OSError):
                    yield entry.path, _state(entry.stat())


def _state(status: os.stat_result) -> _State:
    return status.st_ino, status.st_mtime_ns, status.st_size
