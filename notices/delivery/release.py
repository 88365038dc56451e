# SPDX-License-Identifier: AGPL-3.0-or-later
"""A finished site → a release: what is delivered, and by what anybody can tell that it is whole.

A release is a folder: the site, its text files compressed beside them, ``build.json`` (of what it
was made), a bill of materials, and ``SHA256SUMS``, which lists every other file in the form that
``sha256sum -c`` reads (GNU coreutils).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from notices import parallel
from notices.delivery import DeliveryError, record
from notices.delivery.compressing import compressed
from notices.delivery.staging import Staging
from notices.delivery.sums import digest_of, entries, faults, listed, parsed, told
from notices.filenames import BUILD_RECORD, SUMS
from notices.settings import Settings, shown


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


def folder_of(settings: Settings) -> Path:
    """Give the folder in which a site's release is made, beside the output."""
    return settings.output.with_name("release")


def read(folder: Path) -> Release:
    """Read what a release says of itself, without looking at its files; raises ReleaseError."""
    try:
        said = record.parsed((folder / BUILD_RECORD).read_bytes())
        sums = parsed((folder / SUMS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise ReleaseError(
            f"{shown(folder)} is no release ({reason}); make one with ./run publish."
        ) from error
    return Release(folder, said, sums)


def make(
    site: Path,
    folder: Path,
    sources: Sequence[Path],
    about: Mapping[str, Any],
    more: Mapping[str, bytes] = MappingProxyType({}),
) -> Release:
    """Make a release of a finished site, in one step, and give it.

    ``sources`` are the content and whatever else the site is made of, which no release replaces.
    ``about`` is what ``build.json`` is to say besides what the build wrote there. ``more`` are
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
    paths = [path for path in _files(site) if path not in (BUILD_RECORD, SUMS)]
    staging = _Summed(folder, *sources)
    try:
        staging.open()

        def copy(path: str) -> dict[str, str]:
            return staging.copy(path, (site / path).read_bytes())

        for sums in parallel.in_order(copy, paths):
            staging.sums |= sums
        for path, file in more.items():
            staging.write(path, file)
        if not os.path.samestat(was, site.stat()):
            raise ReleaseError(f"{shown(site)} was built anew meanwhile; publish again.")
        staging.switch({**said, **about})
    finally:
        staging.close()
    return checked(folder)


class _Summed(Staging):
    """A staging folder that ends with the list of what it holds, right after the record."""

    def __init__(self, output: Path, content: Path, *others: Path) -> None:
        super().__init__(output, content, *others)
        self.sums: dict[str, str] = {}

    def copy(self, path: str, content: bytes) -> dict[str, str]:
        """Write a file and its compressed forms, and give their sums; several processes may."""
        files = {path: content, **compressed(path, content)}
        for name, file in files.items():
            super().write(name, file)
        return {name: hashlib.sha256(file).hexdigest() for name, file in files.items()}

    def write(self, path: str, content: bytes) -> None:
        self.sums |= self.copy(path, content)
        if path == BUILD_RECORD:
            super().write(SUMS, listed(self.sums))


def checked(folder: Path) -> Release:
    """Read a release and every file of it; raises ReleaseError where one is not as it was made."""
    release = read(folder)
    if found := faults(folder, release.sums):
        raise ReleaseError(
            f"{shown(folder)} is damaged: {told(found)}. Make it anew with ./run publish."
        )
    return release


def _record_of(site: Path) -> dict[str, Any]:
    try:
        said = record.parsed((site / BUILD_RECORD).read_bytes())
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{shown(site)} is no finished site; start ./run build.") from error
    if not record.is_ours(said):
        raise ReleaseError(f"{shown(site)} is no site of ours; start ./run build.")
    return said


def _files(site: Path) -> list[str]:
    """List a site's files; raises ReleaseError for what cannot be one of a release."""
    paths = sorted(entries(site))
    for path in paths:
        file = site / path
        if file.is_symlink() or not file.is_file() or not _is_listable(path):
            raise ReleaseError(
                f"{shown(file)} cannot be published: it is no plain file, or its name has signs "
                "that nobody can see. Rename or remove it, and publish again."
            )
    return paths


def _is_listable(path: str) -> bool:
    """Tell whether a path can stand in a line of its own, as it is, in UTF-8."""
    return path.isprintable() and "\\" not in path
