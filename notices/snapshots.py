# SPDX-License-Identifier: AGPL-3.0-or-later
"""What do an editor's files say at one moment, and what did they say when they last could be read?

The preview reads each file once in a round, so that all it finds is about the same bytes, however
fast somebody types. A file that cannot be read as what it is (as UTF-8, TOML or Markdown) is
``broken``: ``mended`` lets its last good bytes be read in its place. Outside of both, as in every
command but ``serve``, files are read as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from notices.model import Finding

Read = Callable[[], bytes | Finding]
_current: Final[ContextVar[Snapshots | None]] = ContextVar("snapshots", default=None)


class Snapshots:
    """The files of one site, now and when they last were good. It is for one thread at a time."""

    def __init__(self) -> None:
        self._read: dict[Path, bytes | Finding] = {}
        self._good: dict[Path, bytes] = {}
        self._broken: dict[Path, str] = {}

    @property
    def stale(self) -> frozenset[str]:
        """The broken files of which there is something good, as findings name them."""
        return frozenset(self._broken[file] for file in self._good.keys() & self._broken.keys())

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Read each file once from here on, and note which are broken.

        A file that is not asked for is gone, and so is what it said; but not after an exception.
        """
        self._read, self._broken = {}, {}
        with self._at_work():
            yield
            self._good = {file: good for file, good in self._good.items() if file in self._broken}
        self._good |= {
            file: raw
            for file, raw in self._read.items()
            if isinstance(raw, bytes) and file not in self._broken
        }

    @contextmanager
    def mended(self) -> Iterator[None]:
        """Read what was taken, with the last good bytes of each file that is broken."""
        self._read |= {file: self._good[file] for file in self._good.keys() & self._broken.keys()}
        with self._at_work():
            yield

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)

    def read(self, file: Path, read: Read) -> bytes | Finding:
        """Give what a file held when it was first asked for."""
        if file not in self._read:
            self._read[file] = read()
        return self._read[file]

    def note_broken(self, file: Path, shown: str) -> None:
        """Note that nothing can be made of what a file holds."""
        self._broken[file] = shown


def snapped(file: Path, read: Read) -> bytes | Finding:
    """Read a file, if the snapshot that is being taken does not have it."""
    taking = _current.get()
    return read() if taking is None else taking.read(file, read)


def is_broken(file: Path, shown: str) -> None:
    """Tell the snapshot that is being taken, if any, that nothing can be made of a file."""
    if (taking := _current.get()) is not None:
        taking.note_broken(file, shown)
