# SPDX-License-Identifier: AGPL-3.0-or-later
"""A finished site → a release: what is delivered, and by what anybody can tell that it is whole.

A release is a folder: the site, its text files compressed beside them, ``build.json`` (of what it
was made), a bill of materials, and ``SHA256SUMS``, which lists every other file in the form that
``sha256sum -c`` reads (GNU coreutils).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from notices.delivery.staging import BUILD_RECORD
from notices.settings import shown

SUMS_FILE: Final = "SHA256SUMS"

_LINE: Final = re.compile(r"([0-9a-f]{64}) [ *](.+)")


class ReleaseError(Exception):
    """A folder is no release, or not a whole one; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release on this machine. ``sums`` is ``{path: SHA-256 as hexadecimal digits}``, sorted."""

    folder: Path
    record: Mapping[str, Any]
    sums: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Name the release by what it holds: the SHA-256 of its list of files."""
        return hashlib.sha256(listed(self.sums)).hexdigest()


def listed(sums: Mapping[str, str]) -> bytes:
    """Write ``SHA256SUMS``."""
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()


def parsed(text: str) -> dict[str, str]:
    """Read ``SHA256SUMS``; raises ValueError for a line that is none."""
    sums = {}
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if not found:
            raise ValueError(f"'{line[:80]}' is no line of {SUMS_FILE}")
        sums[found[2]] = found[1]
    return dict(sorted(sums.items()))


def read(folder: Path) -> Release:
    """Read what a release says of itself, without looking at its files; raises ReleaseError."""
    try:
        record = json.loads((folder / BUILD_RECORD).read_text(encoding="utf-8"))
        sums = parsed((folder / SUMS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError(
            f"{shown(folder)} is no release ({error}); make one with ./run publish."
        ) from error
    if not isinstance(record, dict):
        raise ReleaseError(f"{shown(folder / BUILD_RECORD)} is damaged; publish again.")
    return Release(folder, record, sums)
