# SPDX-License-Identifier: AGPL-3.0-or-later
"""May a folder be replaced by a site, or could what it holds be somebody's work?

A site takes the place of its output folder as a whole. So the folder must be new, empty, or a site
that this program built, with no file in it that the build did not list in its record.
"""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from notices.delivery import record
from notices.filenames import BROTLI, BUILD_RECORD, GZIP, SUMS
from notices.settings import ROOT, shown

_MADE_AFTER_THE_LIST: Final = frozenset(
    {BUILD_RECORD, f"{BUILD_RECORD}{GZIP}", f"{BUILD_RECORD}{BROTLI}", SUMS}
)
_PROGRAM: Final = ROOT / "notices"
_ANOTHER: Final = "name another folder with --output."
_LEFT_BY_FILE_MANAGERS: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_NAMED: Final = 3
_KINDS: Final = (
    (stat.S_ISREG, "a file"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISLNK, "a symbolic link"),
)


class OutputError(Exception):
    """The output folder cannot be used; the message says why and what to do."""


def refuse_place(output: Path, content: Path, others: Iterable[Path] = ()) -> None:
    """Raise OutputError for a place where no site may stand, whatever is there.

    ``others`` are the files and folders beside the content of which the site is made. Places are
    compared as the system knows them: a link, a mount or another spelling of the same folder makes
    no difference.
    """
    name = shown(output)
    if output.is_symlink():
        raise OutputError(f"{name} is a symbolic link; name the folder itself with --output.")
    real = Path(os.path.realpath(output))
    if real == real.parent:
        raise OutputError(f"{name} is the whole file system; {_ANOTHER}")
    if _holds(real, ROOT):
        raise OutputError(f"{name} holds this project; {_ANOTHER}")
    sources = {shown(other): other for other in others}
    for what, source in {"the content": content, **sources, "this program": _PROGRAM}.items():
        if _holds(real, source):
            raise OutputError(f"{name} holds {what}; {_ANOTHER}")
        if _holds(source, real):
            raise OutputError(f"{name} lies inside {what}; {_ANOTHER}")
    if ".git" in real.parts:
        raise OutputError(f"{name} lies inside .git, which belongs to git; {_ANOTHER}")
    for home in _homes():
        if _holds(real, home):
            raise OutputError(f"{name} holds the home folder {home}; {_ANOTHER}")


def refuse_content(output: Path) -> None:
    """Raise OutputError for a folder that holds anything that no build made."""
    name = shown(output)
    try:
        mode = output.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(mode):
        kind = next((words for is_kind, words in _KINDS if is_kind(mode)), "a device")
        raise OutputError(f"{name} is {kind}, not a folder; {_ANOTHER}")
    if os.path.ismount(output):
        raise OutputError(mounted(output))
    listed = _listed(output)
    foreign = sorted(_foreign(output, listed))
    if not foreign:
        return
    if listed is None:
        raise OutputError(
            f"{name} holds files that this program did not make ({_told(foreign)}), and a build "
            f"would replace them. Empty it, or {_ANOTHER}"
        )
    raise OutputError(
        f"{name} holds what no build put there: {_told(foreign)}. A build would replace the folder "
        f"and lose it. Move it elsewhere, or {_ANOTHER}"
    )


def mounted(output: Path) -> str:
    """Say why a mount point is no output folder."""
    return (
        f"{shown(output)} is a mount point and cannot be replaced as a whole; name a folder inside "
        "it with --output."
    )


def _holds(folder: Path, path: Path) -> bool:
    """Tell whether a path is a folder, or lies in it, under whatever name."""
    return any(place == folder or _are_one(place, folder) for place in (path, *path.parents))


def _are_one(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there, or not to be reached
        return False


def _homes() -> Iterator[Path]:
    """Name the home folder of everybody whom this machine knows; a service's may be no folder."""
    homes = {os.environ.get("HOME", ""), *(person.pw_dir for person in pwd.getpwall())}
    for home in sorted(homes):
        if Path(home).is_absolute() and Path(home) != Path("/"):
            yield Path(home)


def _listed(output: Path) -> frozenset[str] | None:
    """Read which files the build of this folder made; None for a folder that no build made."""
    file = output / BUILD_RECORD
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return None
        read = record.parsed(file.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    files = read.get("files") if record.is_ours(read) else None
    return frozenset(map(str, files)) if isinstance(files, list) else None


def _foreign(output: Path, listed: frozenset[str] | None) -> Iterator[str]:
    """Name what the build did not make: a folder of somebody's by its name alone."""
    files = frozenset() if listed is None else listed | _MADE_AFTER_THE_LIST
    folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
    device = output.stat().st_dev
    for folder in sorted({".", *folders}):
        try:
            with os.scandir(output / folder) as listing:
                entries = list(listing)
        except (FileNotFoundError, NotADirectoryError):
            continue  # a file that was listed and is gone is no loss
        for entry in entries:
            path = entry.name if folder == "." else f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                is_known = path in folders and entry.stat().st_dev == device
            else:
                is_known = path in files or entry.name in _LEFT_BY_FILE_MANAGERS
            if not is_known:
                yield path


def _told(paths: list[str]) -> str:
    more = len(paths) - _NAMED
    return ", ".join(paths[:_NAMED]) + (f" and {more} more" if more > 0 else "")
