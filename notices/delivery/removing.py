# SPDX-License-Identifier: AGPL-3.0-or-later
"""How does what a build or a release left go away, whatever it has become?"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import Final

_OWNERS: Final = 0o700


def remove(path: Path) -> None:
    """Remove a file, a link, or a folder with all that it holds; raises OSError.

    Nothing at the path is right, too. A link is never followed, and a folder's missing permissions
    are given back to its owner.
    """
    try:
        is_folder = stat.S_ISDIR(path.lstat().st_mode)
    except FileNotFoundError:
        return
    if not is_folder:
        path.unlink()
        return
    try:
        shutil.rmtree(path)
    except PermissionError:
        _permit(path)
        shutil.rmtree(path)


def _permit(folder: Path) -> None:
    folder.chmod(_OWNERS)
    for above, names, _ in os.walk(folder):
        for name in names:
            inner = Path(above, name)
            if not inner.is_symlink():
                inner.chmod(_OWNERS)
