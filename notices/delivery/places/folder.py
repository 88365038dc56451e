# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder of this machine in which a web server finds the site, as ``current``."""

from __future__ import annotations

import errno
import fcntl
import os
import shlex
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from notices.delivery.places.place import PlaceError, busy, nothing_yet, publisher
from notices.delivery.places.shelf import LOCK, NEW_LINK, Releases
from notices.delivery.release import Release
from notices.delivery.removing import remove
from notices.delivery.sums import faults
from notices.filenames import CURRENT, RELEASES, SUMS
from notices.settings import shown

_PAUSE_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Folder:
    """``DEST/releases/<id>`` and the link ``DEST/current``."""

    path: Path

    @property
    def name(self) -> str:
        """What one types."""
        return shown(self.path)

    @contextmanager
    def opened(self, wait_seconds: float, *, may_begin: bool = True) -> Iterator[Releases]:
        """Hold the lock of the folder; whoever dies with it lets go of it."""
        with _in_words(self.name):
            self._refuse_what_is_not_ours()
            releases = self.path / RELEASES
            if not may_begin and not releases.is_dir():
                raise nothing_yet(self.name)
            for folder in (*reversed(self.path.parents), self.path, releases):
                if not folder.is_dir():
                    folder.mkdir()
                    folder.chmod(0o755)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW  # it is written to
            lock = os.open(releases / LOCK, flags, 0o644)
        try:
            with _in_words(self.name):
                self._take(lock, wait_seconds)
                remark = _closed((*reversed(self.path.parents), self.path, releases))
            yield Releases(_FolderShelf(self.name, self.path), remark)
        finally:
            os.close(lock)

    def _refuse_what_is_not_ours(self) -> None:
        if not self.path.exists():
            return
        if not self.path.is_dir():
            raise PlaceError(f"{self.name} is no folder. Name another place.")
        releases, current = self.path / RELEASES, self.path / CURRENT
        if current.exists() and not current.is_symlink():
            raise PlaceError(
                f"{self.name}: {CURRENT} is no link that this program made. Move it away, or name "
                "another folder."
            )
        if (releases / LOCK).is_symlink():
            raise PlaceError(
                f"{self.name}: {RELEASES}/{LOCK} is a link, and would be written to. Remove it."
            )
        if (releases / LOCK).is_file():
            return
        others = {entry.name for entry in self.path.iterdir()} - {RELEASES}
        if others or (releases.exists() and any(releases.iterdir())):
            raise PlaceError(
                f"{self.name} holds files that this program did not put there. Name an empty "
                "folder, or one that does not exist yet."
            )

    def _take(self, lock: int, wait_seconds: float) -> None:
        until = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= until:
                    raise busy(
                        self.name, os.pread(lock, 500, 0).decode(errors="replace")
                    ) from error
                time.sleep(_PAUSE_SECONDS)
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{publisher()}\n".encode(), 0)


class _FolderShelf:
    """The steps of ``shelf.Shelf`` on this machine."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self._path = path
        self._releases = path / RELEASES

    def names(self) -> Sequence[str]:
        with _in_words(self.name):
            return sorted(entry.name for entry in self._releases.iterdir())

    def link(self) -> str | None:
        with _in_words(self.name):
            link = self._path / CURRENT
            return str(link.readlink()) if link.is_symlink() else None

    def read(self, name: str, path: str) -> bytes:
        with _in_words(self.name):
            file = self._releases / name / path
            if file.is_symlink() or not file.is_file():
                raise ValueError(f"{path} is no file")
            return file.read_bytes()

    def time_of(self, name: str, path: str) -> int:
        with _in_words(self.name):
            return int((self._releases / name / path).stat().st_mtime)

    def receive(self, release: Release, name: str, like: str | None) -> None:
        with _in_words(self.name):
            folder = self._releases / name
            folder.mkdir()
            for path in (*release.sums, SUMS):
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                content = (release.folder / path).read_bytes()
                if not like or not _linked(self._releases / like / path, file, content):
                    file.write_bytes(content)
                    file.chmod(0o644)
            for base, _, _ in os.walk(folder):
                Path(base).chmod(0o755)

    def faults(self, name: str, sums: Mapping[str, str]) -> Sequence[str]:
        with _in_words(self.name):
            return faults(self._releases / name, sums)

    def stamp(self, name: str, paths: Iterable[str], seconds: int) -> None:
        with _in_words(self.name):
            for path in paths:
                os.utime(self._releases / name / path, (seconds, seconds))

    def settle(self, name: str) -> None:
        with _in_words(self.name):
            for base, _, names in os.walk(self._releases / name):
                for one in ("", *names):
                    _sync(Path(base) / one)

    def rename(self, name: str, new: str) -> None:
        with _in_words(self.name):
            (self._releases / name).rename(self._releases / new)
            _sync(self._releases)

    def point(self, name: str) -> None:
        with _in_words(self.name):
            link = self._path / NEW_LINK
            remove(link)
            link.symlink_to(f"{RELEASES}/{name}")
            link.replace(self._path / CURRENT)
            _sync(self._path)

    def remove(self, name: str) -> None:
        with _in_words(self.name):
            remove(self._releases / name)


def _linked(known: Path, file: Path, content: bytes) -> bool:
    """Let a file be another name of a known one, if that holds the same and all may read it."""
    try:
        same = known.stat().st_mode & 0o777 == 0o644 and known.read_bytes() == content
        if same:
            os.link(known, file)
    except OSError:  # not there, or its file system has no second names
        return False
    return same


def _closed(folders: Iterable[Path]) -> str:
    """Name the first folder on the way that keeps a web server out, unless that may all."""
    for folder in folders:
        if not folder.stat().st_mode & stat.S_IXOTH:
            name = shown(folder)
            return (
                f"Others cannot enter {name}, so a web server shows nothing of this unless it runs "
                f"as its owner or group. Let it in: chmod o+x {shlex.quote(name)}"
            )
    return ""


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    """Say what the system's errors mean for the one who publishes."""
    try:
        yield
    except OSError as error:
        advice = {
            errno.ENOSPC: "Make room there, and publish again.",
            errno.EDQUOT: "Make room there, and publish again.",
            errno.EROFS: "Mount it for writing, or name another folder.",
            errno.EACCES: "Publish as a user who may write there.",
            errno.EPERM: "Publish as a user who may write there.",
        }.get(error.errno or 0, "Mend that, and publish again.")
        raise PlaceError(f"{name}: cannot write there ({error.strerror}). {advice}") from error
