# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is another process at work here?

The lock ends with the processes that hold it, however they end, so a file that one of them left
locks nobody out.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from pathlib import Path
from typing import Final

_PATIENCE_SECONDS: Final = 3.0
"""The forks of a killed build still hold its lock for the moment that they take to end."""

_STEP_SECONDS: Final = 0.02


class Lock:
    """A lock on a file, for this process and its forks."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opened: int | None = None

    @property
    def is_taken(self) -> bool:
        """Tell whether this process has the lock."""
        return self._opened is not None

    def take(self) -> bool:
        """Take the lock, or give False where another process has it; raises OSError."""
        patient_until = time.monotonic() + _PATIENCE_SECONDS
        while not self._try():
            if time.monotonic() > patient_until:
                return False
            time.sleep(_STEP_SECONDS)
        return True

    def _try(self) -> bool:
        # Without O_NONBLOCK, a named pipe of this name would be waited for.
        opened = os.open(self._file, os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o644)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Whoever had the lock removes the file: then this is a lock on nothing.
            if _is_same(opened, self._file):
                self._opened = opened
        except BlockingIOError:
            pass
        finally:
            if self._opened is None:
                os.close(opened)
        return self.is_taken

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._opened is not None:
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)
            os.close(self._opened)
            self._opened = None


def _is_same(opened: int, file: Path) -> bool:
    """Tell whether an open file is the one that now has this name."""
    try:
        return os.path.samestat(os.fstat(opened), file.stat())
    except FileNotFoundError:
        return False
