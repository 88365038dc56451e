# SPDX-License-Identifier: AGPL-3.0-or-later
"""``SHA256SUMS``: is a folder whole, and what is it called by what it holds?

The list is ``{path: SHA-256 as hexadecimal digits}``. It stands in the folder in the form that
``sha256sum -c`` reads (GNU coreutils), and names every file but itself.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from notices.filenames import SUMS

_LINE: Final = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_TOLD: Final = 3


def digest_of(sums: Mapping[str, str]) -> str:
    """Give the SHA-256 of a list of files."""
    return hashlib.sha256(listed(sums)).hexdigest()


def listed(sums: Mapping[str, str]) -> bytes:
    """Write ``SHA256SUMS``."""
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()


def parsed(text: str) -> dict[str, str]:
    """Read ``SHA256SUMS``; raises ValueError for a line that is none."""
    sums = {}
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if not found or found[2].startswith("/") or ".." in found[2].split("/"):
            raise ValueError(f"'{line[:80]}' is no line of {SUMS}")
        sums[found[2]] = found[1]
    return dict(sorted(sums.items()))


def faults(folder: Path, sums: Mapping[str, str]) -> list[str]:
    """Read every file of a release; tell which are not as its list says. Raises OSError."""
    wanted = {**sums, SUMS: digest_of(sums)}
    there = set(entries(folder))
    found = [f"{path} is missing" for path in wanted.keys() - there]
    found += [f"{path} does not belong there" for path in there - wanted.keys()]
    for path in wanted.keys() & there:
        file = folder / path
        if file.is_symlink() or not file.is_file():
            found.append(f"{path} is no file")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != wanted[path]:
            found.append(f"{path} was changed")
    return sorted(found)


def told(found: Sequence[str]) -> str:
    """Name the first of some faults, and say how many more there are."""
    more = len(found) - _TOLD
    return "; ".join(found[:_TOLD]) + (f" and {more} more" if more > 0 else "")


def entries(folder: Path) -> Iterator[str]:
    """Give the path of all in a folder that is no folder itself; raises OSError."""
    for base, folders, names in os.walk(folder, onerror=_raise):
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(base) / name).relative_to(folder).as_posix()


def _raise(error: OSError) -> None:
    raise error
