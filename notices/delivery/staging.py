# SPDX-License-Identifier: AGPL-3.0-or-later
"""A site is built beside the old one and takes its place in one step, or not at all.

The staging folder stands next to the output folder, on the same file system, so that the two can
be exchanged atomically (Linux: renameat2 with RENAME_EXCHANGE). Where the file system cannot, two
renames do it; a run that is killed between them is completed by the next.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
from pathlib import Path, PurePosixPath
from typing import Final

from notices.settings import ROOT, shown

BUILD_RECORD: Final = "build.json"
"""The file by which a folder is known to be a site that this program built."""

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2


class OutputError(Exception):
    """The output folder cannot be used; the message says why and what to do."""


class Staging:
    """The folder in which one build writes. ``folder`` exists between ``open`` and ``switch``."""

    def __init__(self, output: Path, content: Path) -> None:
        self.output = output
        self.content = content
        self.folder = self._beside("staging")
        self._old = self._beside("old")
        self._lock: int | None = None

    def _beside(self, what: str) -> Path:
        return self.output.parent / f".{self.output.name}.{what}"

    def open(self) -> None:
        """Make an empty staging folder; raises OutputError where the output may not be replaced."""
        try:
            _refuse(self.output, self.content)
            self.output.parent.mkdir(parents=True, exist_ok=True)
            self._take_lock()
            self._complete_last_switch()
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir()
        except OSError as error:
            raise OutputError(
                f"{shown(self.output)}: cannot build here ({error.strerror})."
            ) from error

    def _take_lock(self) -> None:
        file = self._beside("lock")
        while self._lock is None:
            lock = os.open(file, os.O_CREAT, 0o644)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # The build that had the lock removes the file: then this is a lock on nothing.
                if _is_same(lock, file):
                    self._lock = lock
            except BlockingIOError as error:
                raise OutputError(
                    f"{shown(self.output)}: another build is writing here; start this one again "
                    "when it has ended."
                ) from error
            finally:
                if self._lock is None:
                    os.close(lock)

    def _complete_last_switch(self) -> None:
        """Mend what a run killed in the middle of a switch left: the old site comes back."""
        if self._old.exists():
            if self.output.exists():
                shutil.rmtree(self._old)
            else:
                self._old.rename(self.output)

    def write(self, path: str, content: bytes) -> None:
        """Write one file of the site, readable for a web server whatever the umask.

        Raises ValueError for a path that leads out of the site.
        """
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts:
            raise ValueError(f"{path} leads out of the site")
        file = self.folder
        for part in parts[:-1]:
            file = file / part
            if not file.is_dir():
                file.mkdir(exist_ok=True)  # several processes write
                file.chmod(0o755)
        file = file / parts[-1]
        file.write_bytes(content)
        file.chmod(0o644)

    def sizes(self) -> dict[str, int]:
        """Give the size in bytes of every file that is staged, by its path on the site."""
        return {
            file.relative_to(self.folder).as_posix(): file.stat().st_size
            for file in self.folder.rglob("*")
            if file.is_file()
        }

    def switch(self, record: dict[str, object]) -> None:
        """Put the staged site in the old one's place, or raise OutputError and change nothing."""
        text = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        try:
            self.write(BUILD_RECORD, text.encode())
            self.folder.chmod(0o755)
            if not self.output.exists():
                self.folder.rename(self.output)
            elif not _exchange(self.folder, self.output):
                self.output.rename(self._old)
                self.folder.rename(self.output)
        except OSError as error:
            self._complete_last_switch()
            raise OutputError(
                f"{shown(self.output)}: the new site could not take the old one's place "
                f"({error.strerror}); the old one stands as it was."
            ) from error

    def close(self) -> None:
        """Remove whatever is not the site: after a switch the old one, else the unfinished one."""
        if self._lock is None:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self._old, ignore_errors=True)
        self._beside("lock").unlink(missing_ok=True)
        os.close(self._lock)
        self._lock = None


def _is_same(opened: int, file: Path) -> bool:
    """Tell whether an open file is the one that now has this name."""
    try:
        return os.path.samestat(os.fstat(opened), file.stat())
    except FileNotFoundError:
        return False


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    names = (os.fsencode(one), os.fsencode(other))
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.EXDEV, errno.EPERM):
        return False
    raise OSError(code, os.strerror(code))


def _refuse(output: Path, content: Path) -> None:
    """Raise OutputError for a folder whose content could be somebody's work."""
    name = shown(output)
    real = output.resolve()
    if output.is_symlink():
        raise OutputError(f"{name} is a symbolic link; name the folder itself with --output.")
    for kept, what in (
        (content, "the content"),
        (ROOT, "this project"),
        (Path.home(), "your home"),
    ):
        if real == kept or kept.is_relative_to(real):
            raise OutputError(f"{name} holds {what}; name another folder with --output.")
    if real.is_relative_to(content):
        raise OutputError(f"{name} lies inside the content; name another folder with --output.")
    if not output.exists():
        return
    if not output.is_dir():
        raise OutputError(f"{name} is no folder; name another with --output.")
    if any(output.iterdir()) and not (output / BUILD_RECORD).is_file():
        raise OutputError(
            f"{name} holds files that this program did not make, and a build would replace them. "
            "Empty it, or name another folder with --output."
        )
    if os.path.ismount(output):
        raise OutputError(
            f"{name} is a mount point and cannot be replaced as a whole; name a folder inside it."
        )
