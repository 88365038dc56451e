# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which files does a content folder hold, and which do not belong there?"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import Final

from notices.model import Finding

FILES_FOLDER: Final = "files"
PUBLISHED_KINDS: Final = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".pdf", ".png", ".webp"})
_NO_FILE: Final = Path(os.devnull) / "none"
_LONGEST_NAME: Final = 200
"""In bytes. A disk has names of 255 at most, and what is published has longer ones."""
_OF_WINDOWS: Final = re.compile(r"(?:aux|con|nul|prn|(?:com|lpt)[0-9¹²³])")
"""Names that no file has there: who has Windows could not even get the site's history."""
_NAME: Final = re.compile(r"[^\W_][\w\-]*")


class NoContentError(Exception):
    """There is no content to read; the message says why and what to do."""


def entries(folder: Path, shown: str) -> list[Path]:
    """List what a folder holds, without what programs leave behind (``.DS_Store``, ``x.md~``).

    Raises NoContentError for a folder that cannot be read.
    """
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise NoContentError(f"{shown}: the folder cannot be read ({error.strerror}).") from error
    return [entry for entry in entries if not is_debris(entry.name)]


def is_debris(name: str) -> bool:
    """Tell whether a file is what editing and file programs leave beside those of a person."""
    return (
        name.startswith((".", "~$"))
        or name.endswith("~")
        or (name.startswith("#") and name.endswith("#"))
        or name in ("Thumbs.db", "desktop.ini")
    )


def own_file(folder: Path, name: str) -> Path:
    """Give a file of the content folder; that of none where it is a link out of the folder."""
    file = folder / name
    return _NO_FILE if leads_out(file, folder) else file


def leads_out(entry: Path, folder: Path) -> bool:
    """Tell whether an entry is a link out of the content folder: its text is not the editors'."""
    try:
        return entry.is_symlink() and not entry.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link to itself
        return True


def outside(path: str) -> Finding:
    """Tell that a link leads out of the content folder, or in a circle."""
    message = "is a link out of the content folder, or to itself: what is there is never published."
    return Finding(path, 1, "file-unexpected", message, "put the file itself here, or remove it.")


def unexpected(path: str, place: str) -> Finding:
    """Tell that a file has no meaning where it is."""
    return Finding(
        path,
        1,
        "file-unexpected",
        f"has no meaning in {place}, and would not be published.",
        "a notice is <language>/<name>.md, a picture or document files/<name>; move, rename or "
        "remove it.",
    )


def name_faults(file: Path, path: str) -> list[Finding]:
    """Tell whether the name of a file cannot be that of a notice."""
    name = file.stem
    message = f"'{file.name}' cannot be the name of a notice's file."
    fix = "use small letters, digits and hyphens, such as privacy-policy.md."
    if _NAME.fullmatch(name) and name == unicodedata.normalize("NFC", name).lower():
        if _OF_WINDOWS.fullmatch(name):
            fix = "take another name: Windows keeps this one for itself."
        elif len(os.fsencode(name)) > _LONGEST_NAME:
            message = f"'{name[:20]}…' is too long for the name of a notice's file."
            fix = "take a shorter name."
        else:
            return []
    return [Finding(path, 1, "name-malformed", message, fix)]


def published_files(content: Path, shown: str) -> tuple[tuple[str, ...], list[Finding]]:
    """List the files to publish as they are, as paths inside the content folder."""
    folder = content / FILES_FOLDER
    if not folder.is_dir() or leads_out(folder, content):
        return (), []
    files, findings = [], []
    for entry in entries(folder, shown):
        kind = entry.suffix.lower()
        if entry.is_file() and not entry.is_symlink() and kind in PUBLISHED_KINDS:
            files.append(f"{FILES_FOLDER}/{entry.name}")
            if not os.access(entry, os.R_OK):
                message = "cannot be read (Permission denied)."
                fix = "see that you may read it."
                path = f"{shown}/{entry.name}"
                findings.append(Finding(path, 1, "file-unreadable", message, fix))
        else:
            message = "is no picture and no document that can be published as it is."
            fix = f"publish one of {', '.join(sorted(PUBLISHED_KINDS))}, directly in this folder."
            findings.append(Finding(f"{shown}/{entry.name}", 1, "file-unexpected", message, fix))
    return tuple(files), findings
