# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which files has the folder of a finished site, and which of them does a path name?

Symbolic links are never walked through, so that neither a circle nor a way out of the folder can
lead astray; an address that passes one is followed for itself.
"""

from __future__ import annotations

import errno
import functools
import itertools
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

INDEXES: Final = ("index.html", "index.htm", "index.xhtml")
"""What a host shows for the address of a folder, the first that there is."""

_LONGEST: Final = 4096
"""No path is longer (Linux, PATH_MAX)."""


@dataclass(frozen=True, eq=False)
class Folder:
    """A folder's files, as paths inside it, and its symbolic links with what is wrong with them.

    ``links`` gives for each symbolic link why it cannot be published, or nothing where it can.
    ``unreadable`` are the folders that could not be listed.
    """

    root: Path
    files: tuple[str, ...]
    links: Mapping[str, str]
    unreadable: tuple[str, ...] = ()

    @functools.cached_property
    def known(self) -> Mapping[str, str]:
        """Each path that can be asked for and the file that it gives: folders give their index."""
        found = {file: file for file in self.files}
        for index in reversed(INDEXES):
            for file in self.files:
                if file == index or file.endswith(f"/{index}"):
                    folder = file[: -len(index)]
                    found[folder] = found[folder.rstrip("/")] = file
        return found

    @functools.cached_property
    def _folders(self) -> frozenset[str]:
        folders: set[str] = set()
        for file in self.files:
            folder = file.rpartition("/")[0]
            while folder and folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(folders)

    @functools.cached_property
    def _bad_links(self) -> frozenset[str]:
        return frozenset(link for link, fault in self.links.items() if fault)

    @functools.cached_property
    def _loosely(self) -> Mapping[str, str]:
        return {loosely(path): path for path in self.known}

    def file(self, path: str) -> str:
        """Give the file that a path names, as a host would serve it; empty where there is none."""
        found = self.known.get(path)
        if found is not None:
            return found
        return self._through_a_link(path) if self.links else ""

    def _through_a_link(self, path: str) -> str:
        if "\0" in path or len(path) > _LONGEST:
            return ""
        try:
            real = Path(os.path.realpath(self.root / path))
            inside = real.relative_to(os.path.realpath(self.root)).as_posix()
        except (ValueError, OSError):
            return ""
        return self.known.get("" if inside == "." else inside, "")

    def passes_a_bad_link(self, path: str) -> bool:
        """Tell whether a path goes through a symbolic link that is a finding by itself."""
        if not self._bad_links:
            return False
        steps = path[: _LONGEST + 1].split("/")
        return any(way in self._bad_links for way in itertools.accumulate(steps, "{}/{}".format))

    def is_folder(self, path: str) -> bool:
        """Tell whether a path is that of a folder with files in it."""
        return not path or path.rstrip("/") in self._folders

    def near(self, path: str) -> str:
        """Give the path that is the same but for letter case or normal form, if there is one."""
        return self._loosely.get(loosely(path), "")


def loosely(name: str) -> str:
    """Give a name without what tells letter cases and normal forms apart.

    Very long names are left as they are: to normalise one may take time with its square.
    """
    if len(name) > _LONGEST:
        return name
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def listed(root: Path) -> Folder:
    """List a folder's files, sorted; raises OSError where the folder itself cannot be read."""
    real = os.path.realpath(root)
    os.scandir(real).close()
    files: list[str] = []
    links: dict[str, str] = {}
    unreadable: list[str] = []
    waiting = [("", real)]
    while waiting:
        prefix, folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                found = list(entries)
        except OSError:
            unreadable.append(prefix.rstrip("/"))
            continue
        for entry in found:
            path = prefix + entry.name
            if entry.is_symlink():
                links[path] = _fault_of_link(entry.path, real)
                if not links[path] and entry.is_file():
                    files.append(path)
            elif entry.is_dir():
                waiting.append((f"{path}/", entry.path))
            elif entry.is_file():
                files.append(path)
    return Folder(Path(real), tuple(sorted(files)), dict(sorted(links.items())), tuple(unreadable))


def _fault_of_link(link: str, root: str) -> str:
    """Say why a symbolic link cannot be published; nothing where it leads to something inside."""
    try:
        target = os.path.realpath(link, strict=True)
    except OSError as error:
        return "leads in a circle" if error.errno == errno.ELOOP else "leads nowhere"
    if target != root and not target.startswith(f"{root}/"):
        return "leads out of the folder"
    if f"{link}/".startswith(f"{target}/"):
        return "leads in a circle"
    return ""
