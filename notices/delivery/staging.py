# SPDX-License-Identifier: AGPL-3.0-or-later
"""A site is built beside the old one and takes its place in one step, or not at all.

The staging folder stands next to the output folder, on the same file system, so that the two can
change places. Whatever ends a build, the next one finds a whole site and removes what is left.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from notices.delivery.exchange import Switch
from notices.delivery.lock import Lock
from notices.delivery.record import written
from notices.delivery.removing import remove
from notices.delivery.safe_output import (
    OutputError,
    mounted,
    refuse_content,
    refuse_place,
)
from notices.filenames import BUILD_RECORD
from notices.settings import shown

__all__ = ["OutputError", "Staging"]

_READABLE_FILE: Final = 0o644
_READABLE_FOLDER: Final = 0o755


class Staging:
    """The folder in which one build writes. ``folder`` exists between ``open`` and ``switch``.

    The site is made of the content and of ``others``, files and folders; it never replaces them.
    """

    def __init__(self, output: Path, content: Path, *others: Path) -> None:
        self._named = output
        self._content = content
        self._others = others
        # A link above the output may be led elsewhere while a build runs; the folder stays.
        self.output = Path(os.path.realpath(output))
        self.folder = self._beside("staging")
        self._discarded = self._beside("discarded")
        self._lock = Lock(self._beside("lock"))
        self._switch = Switch(
            self.output, self.folder, self._beside("old"), self._beside("journal")
        )

    def _beside(self, what: str) -> Path:
        return self.output.parent / f".{self.output.name}.{what}"

    def open(self) -> None:
        """Make an empty staging folder; raises OutputError where the output may not be replaced."""
        name = shown(self._named)
        try:
            refuse_place(self._named, self._content, self._others)
            _make_folders(self.output.parent)
            if not self._lock.take():
                raise OutputError(
                    f"{name}: another build is writing here; start this one again when it has "
                    "ended."
                )
            self._switch.complete()
            refuse_content(self.output)
            self._clear()
            self.folder.mkdir()
            self.folder.chmod(_READABLE_FOLDER)
        except OSError as error:
            raise OutputError(f"{name}: cannot build here ({_cause(error)}).") from error

    def _clear(self) -> None:
        """Remove what earlier builds left, and what this one leaves.

        A site is moved away before it is removed: what is half removed is never taken for a site,
        and a fork that is still at work finds no folder to write into.
        """
        for leftover in (self._switch.journal, self.folder, self._switch.old):
            try:
                remove(self._discarded)
                with contextlib.suppress(FileNotFoundError):
                    leftover.rename(self._discarded)
                remove(self._discarded)
            except OSError as error:
                raise OutputError(
                    f"{shown(leftover)}: is left by an earlier build and cannot be removed "
                    f"({_cause(error)}); remove it, then build again."
                ) from error

    def write(self, path: str, content: bytes) -> None:
        """Write one file of the site, readable for a web server whatever the umask.

        Raises ValueError for a path that leads out of the site, OutputError for a disk that takes
        no more.
        """
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts:
            raise ValueError(f"{path} leads out of the site")
        file = self.folder
        with self._saying(f"{path} could not be written"):
            for part in parts[:-1]:
                file = file / part
                if not file.is_dir():
                    file.mkdir(exist_ok=True)  # several processes write
                    file.chmod(_READABLE_FOLDER)
            file = file / parts[-1]
            file.write_bytes(content)
            file.chmod(_READABLE_FILE)

    def sizes(self) -> dict[str, int]:
        """Give the size in bytes of every file that is staged, by its path on the site."""
        with self._saying("the new site could not be read"):
            return {
                file.relative_to(self.folder).as_posix(): file.stat().st_size
                for file in self.folder.rglob("*")
                if file.is_file()
            }

    def switch(self, record: Mapping[str, object]) -> None:
        """Put the staged site in the old one's place, or raise OutputError and change nothing.

        Its record says what ``record`` says, and which files are the build's own.
        """
        self.write(BUILD_RECORD, written({**record, "files": sorted(self.sizes())}))
        with self._saying("the new site could not take the old one's place"):
            refuse_content(self.output)  # what somebody put there while the site was built
            self._switch.make()

    @contextlib.contextmanager
    def _saying(self, what: str) -> Iterator[None]:
        """Make an OutputError of what the system refuses."""
        try:
            yield
        except OSError as error:
            if error.errno == errno.EBUSY:
                raise OutputError(mounted(self._named)) from error
            kept = "the old site stands as it was" if self.output.is_dir() else "nothing was built"
            raise OutputError(f"{shown(self._named)}: {what} ({_cause(error)}); {kept}.") from error

    def close(self) -> None:
        """Remove whatever is not the site: after a switch the old one, else the unfinished one.

        What cannot be removed now is for the next build to tell.
        """
        if not self._lock.is_taken:
            return
        with contextlib.suppress(OSError, OutputError):
            self._switch.complete()  # Ctrl-C may have come within the switch
            self._clear()
        self._lock.release()


def _make_folders(folder: Path) -> None:
    """Make a folder and those above it, from the start readable for a web server."""
    before = os.umask(0o022)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    finally:
        os.umask(before)


def _cause(error: OSError) -> str:
    """Say what the system refused, and for which of its files if it names one."""
    reason = error.strerror or str(error)
    return f"{Path(str(error.filename)).name}: {reason}" if error.filename else reason
