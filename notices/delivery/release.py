# SPDX-License-Identifier: AGPL-3.0-or-later
"""A finished site → a release: what is delivered, and by what anybody can tell that it is whole.

A release is a folder: the site, its text files compressed beside them, ``build.json`` (of what it
was made), a bill of materials, and ``SHA256SUMS``, which lists every other file in the form that
``sha256sum -c`` reads (GNU coreutils).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from notices import parallel
from notices.delivery import DeliveryError
from notices.delivery.compressing import compressed
from notices.delivery.staging import BUILD_RECORD, Staging
from notices.settings import shown

SUMS_FILE: Final = "SHA256SUMS"

_LINE: Final = re.compile(r"([0-9a-f]{64}) [ *](.+)")


class ReleaseError(DeliveryError):
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
        return digest_of(self.sums)


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
            raise ValueError(f"'{line[:80]}' is no line of {SUMS_FILE}")
        sums[found[2]] = found[1]
    return dict(sorted(sums.items()))


def read(folder: Path) -> Release:
    """Read what a release says of itself, without looking at its files; raises ReleaseError."""
    try:
        record = json.loads((folder / BUILD_RECORD).read_text(encoding="utf-8"))
        sums = parsed((folder / SUMS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ReleaseError(
            f"{shown(folder)} is no release ({error}); make one with ./run publish."
        ) from error
    if not isinstance(record, dict):
        raise ReleaseError(f"{shown(folder / BUILD_RECORD)} is damaged; publish again.")
    return Release(folder, record, sums)


def make(
    site: Path,
    folder: Path,
    sources: Sequence[Path],
    record: Mapping[str, Any],
    more: Mapping[str, bytes] = MappingProxyType({}),
) -> Release:
    """Make a release of a finished site, in one step, and give it.

    ``sources`` are the content and whatever else the site is made of, which no release replaces.
    ``record`` is what ``build.json`` is to say besides what the build wrote there. ``more`` are
    files that stand beside the site's. Raises ReleaseError for a site that cannot be published,
    and OutputError where the folder cannot be written.
    """
    said = _record_of(site)
    if said.get("lenient"):
        raise ReleaseError(
            f"{shown(site)} was built in spite of errors (--lenient), for trying out. Mend what "
            "./run check finds, and publish then."
        )
    if folder.absolute() == site.absolute():
        raise ReleaseError(
            f"The release would take the place of the site in {shown(site)}; set OUTPUT_PATH to "
            "another folder, such as output."
        )
    was = site.stat()
    paths = [path for path in _files(site) if path not in (BUILD_RECORD, SUMS_FILE)]
    staging = _Summed(folder, *sources)
    try:
        staging.open()

        def copy(path: str) -> dict[str, str]:
            file = (site / path).read_bytes()
            return {
                name: staging.copy(name, content)
                for name, content in {path: file, **compressed(path, file)}.items()
            }

        for sums in parallel.in_order(copy, paths):
            staging.sums |= sums
        for path, file in more.items():
            staging.write(path, file)
        if not os.path.samestat(was, site.stat()):
            raise ReleaseError(f"{shown(site)} was built anew meanwhile; publish again.")
        staging.switch({**said, **record})
    finally:
        staging.close()
    return checked(folder)


class _Summed(Staging):
    """A staging folder that ends with the list of what it holds, right after the record."""

    def __init__(self, output: Path, content: Path, *others: Path) -> None:
        super().__init__(output, content, *others)
        self.sums: dict[str, str] = {}

    def copy(self, path: str, content: bytes) -> str:
        """Write a file and give its sum; several processes may."""
        super().write(path, content)
        return hashlib.sha256(content).hexdigest()

    def write(self, path: str, content: bytes) -> None:
        self.sums[path] = self.copy(path, content)
        if path == BUILD_RECORD:
            super().write(SUMS_FILE, listed(self.sums))


def checked(folder: Path) -> Release:
    """Read a release and every file of it; raises ReleaseError where one is not as it was made."""
    release = read(folder)
    if found := faults(folder, release.sums):
        rest = f" and {len(found) - 3} more" if len(found) > 3 else ""
        raise ReleaseError(
            f"{shown(folder)} is damaged: {'; '.join(found[:3])}{rest}. Make it anew with "
            "./run publish."
        )
    return release


def faults(folder: Path, sums: Mapping[str, str]) -> list[str]:
    """Read every file of a release; tell which are not as its list says. Raises OSError."""
    wanted = {**sums, SUMS_FILE: hashlib.sha256(listed(sums)).hexdigest()}
    there = set(_entries(folder))
    found = [f"{path} is missing" for path in wanted.keys() - there]
    found += [f"{path} does not belong there" for path in there - wanted.keys()]
    for path in wanted.keys() & there:
        file = folder / path
        if file.is_symlink() or not file.is_file():
            found.append(f"{path} is no file")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != wanted[path]:
            found.append(f"{path} was changed")
    return sorted(found)


def _record_of(site: Path) -> dict[str, Any]:
    try:
        record = json.loads((site / BUILD_RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ReleaseError(f"{shown(site)} is no finished site; start ./run build.") from error
    if not isinstance(record, dict) or record.get("generator") != "notices":
        raise ReleaseError(f"{shown(site)} is no site of ours; start ./run build.")
    return record


def _files(site: Path) -> list[str]:
    """List a site's files; raises ReleaseError for what cannot be one of a release."""
    paths = sorted(_entries(site))
    for path in paths:
        file = site / path
        if file.is_symlink() or not file.is_file() or not _is_listable(path):
            raise ReleaseError(
                f"{shown(file)} cannot be published: it is no plain file, or its name has signs "
                "that nobody can see. Rename or remove it, and publish again."
            )
    return paths


def _entries(folder: Path) -> Iterator[str]:
    """Give the path of all that is no folder."""
    for base, folders, names in os.walk(folder, onerror=_raise):
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(base) / name).relative_to(folder).as_posix()


def _is_listable(path: str) -> bool:
    """Tell whether a path can stand in a line of its own, as it is, in UTF-8."""
    return path.isprintable() and "\\" not in path


def _raise(error: OSError) -> None:
    raise error
