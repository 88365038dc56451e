# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new folder takes an old one's place, whatever ends the process meanwhile.

Linux exchanges two folders in one step (renameat2 with RENAME_EXCHANGE, see rename(2)): there is no
moment without a site. Where a file system cannot, two renames do it. Between them the old folder is
moved away and the new one not yet there; a journal, written before the first, tells the next run
that the new folder is whole, and that run completes the switch.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_CANNOT: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.EXDEV, errno.EPERM})
"""What systems answer that know no exchange; two renames may work there, or fail by themselves."""


@dataclass(frozen=True, slots=True)
class Switch:
    """What takes part, all in one folder. After ``make``, the old site is in ``new`` or ``old``."""

    output: Path
    new: Path
    old: Path
    journal: Path

    def make(self) -> None:
        """Put ``new`` in the place of ``output``; raises OSError, and then nothing has changed."""
        if not os.path.lexists(self.output):
            self.new.rename(self.output)
        elif not exchanged(self.new, self.output):
            self._rename_both()

    def _rename_both(self) -> None:
        self.journal.touch()
        try:
            self.output.rename(self.old)
            self.new.rename(self.output)
        except OSError:
            if not os.path.lexists(self.output):
                self.old.rename(self.output)
            self.journal.unlink()
            raise
        with contextlib.suppress(OSError):  # beside a site, a journal says nothing
            self.journal.unlink()

    def complete(self) -> None:
        """Mend what a run left that ended within ``make``: a site stands again, whole."""
        if not os.path.lexists(self.output):
            if os.path.lexists(self.journal) and self.new.is_dir():
                self.new.rename(self.output)
            elif self.old.is_dir():
                self.old.rename(self.output)


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot do that."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code))
