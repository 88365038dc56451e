# SPDX-License-Identifier: AGPL-3.0-or-later
"""What bytes does a file of somebody else hold: an ordinary one, not too large, at one moment?"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from notices.model import Finding
from notices.snapshots import snapped

LARGEST: Final = 4_000_000
"""In bytes: some 30,000 reviewed sections, or facts by the 100,000. No file of an editor comes near
it, and what is within it is read in seconds."""
_ATTEMPTS: Final = 3


def exists(file: Path) -> bool:
    """Tell whether anything has this name: a link to nowhere, too, which is to be a finding."""
    return os.path.lexists(file)


def read_bytes(file: Path, shown: str, largest: int = LARGEST) -> bytes | Finding:
    """Read a file whole, or say why it cannot be; never more than ``largest`` bytes of it.

    Pipes and devices, which would be waited for, are not opened. A file that somebody is writing
    is read again, so that never half of two versions is taken for one.
    """
    return snapped(file, lambda: _read(file, shown, largest))


def _read(file: Path, shown: str, largest: int) -> bytes | Finding:
    try:
        for _ in range(_ATTEMPTS):
            if not file.is_file() and file.exists():
                return _unreadable(shown, "a folder" if file.is_dir() else "no ordinary file")
            descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            with open(descriptor, "rb") as opened:  # noqa: PTH123  (a descriptor has no path)
                before = os.fstat(descriptor)
                if not stat.S_ISREG(before.st_mode):  # it took the file's place just now
                    return _unreadable(shown, "no ordinary file")
                raw = opened.read(largest + 1)
                after = os.fstat(descriptor)
            if len(raw) > largest:
                return _too_large(shown, largest)
            if _state(before) == _state(after) and len(raw) == after.st_size:
                return raw
    except OSError as error:
        reason = error.strerror or str(error)
        fix = "see that it is an ordinary file and that you may read it."
        return Finding(shown, 1, "file-unreadable", f"cannot be read ({reason}).", fix)
    message = "changes while it is being read: some program is writing it."
    fix = "wait until that program has ended, and start again."
    return Finding(shown, 1, "file-unreadable", message, fix)


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _unreadable(shown: str, what: str) -> Finding:
    fix = "put the file itself here, or remove what has its name."
    return Finding(shown, 1, "file-unreadable", f"cannot be read: it is {what}.", fix)


def _too_large(shown: str, largest: int) -> Finding:
    message = f"has more than {largest:,} bytes, and is not read."
    fix = "part it into several files; if it is no text, it does not belong here."
    return Finding(shown, 1, "file-too-large", message, fix)
