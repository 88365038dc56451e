# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was typed as DEST → the place that it means."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from notices import git
from notices.delivery.places.branch import Branch
from notices.delivery.places.folder import Folder
from notices.delivery.places.place import (
    Opened,
    Place,
    PlaceError,
    PublishedRelease,
    without_secret,
)
from notices.delivery.places.remote import Remote
from notices.settings import ROOT, shown

FORMS: Final = "a folder, user@host:/path, or git:REMOTE#BRANCH"

_HOST: Final = re.compile(r"(?!-)(?:[^@:/\s]+@)?(?!-)(?:[^@:/\s\[\]]+|\[[\w:.%]+\])")
_REMOTE_NAME: Final = re.compile(r"[\w.-]+")


def parsed(dest: str, reserved: Iterable[Path] = ()) -> Place:
    """Understand a DEST; raises PlaceError with what is wrong and what to write.

    ``reserved`` are folders that are something else: of the site's sources and of its build.
    """
    if dest != dest.strip() or not dest.isprintable():
        raise PlaceError(f"DEST {dest!r} has spaces around it, or signs that one cannot see.")
    if dest.startswith("git:"):
        return _branch(dest)
    host, colon, path = _cut(dest)
    if colon:
        return _remote(dest, host, path)
    if not dest:
        raise PlaceError(f"DEST is empty: write {FORMS}.")
    if "@" in dest and "/" not in dest:
        raise PlaceError(
            f"{dest}: on which folder of that host? Write {dest}:/path, or ./{dest} for a folder."
        )
    if dest.startswith("~"):
        raise PlaceError(
            f"{dest}: your shell has not put your home folder in the place of the ~, perhaps since "
            f"it stands between quotes. Write $HOME, or ./{dest} for a folder of that name."
        )
    return _folder(Path(dest), reserved)


def _cut(dest: str) -> tuple[str, str, str]:
    """Cut at the colon behind a host; before any slash, as rsync has it."""
    if dest.partition("@")[2].startswith("[") or dest.startswith("["):
        head, bracket, rest = dest.partition("]")
        return (head + bracket, rest[:1], rest[1:]) if rest.startswith(":") else (dest, "", "")
    head, colon, path = dest.partition(":")
    return (head, colon, path) if "/" not in head else (dest, "", "")


def _branch(dest: str) -> Branch:
    remote, hash_sign, branch = dest.removeprefix("git:").rpartition("#")
    name = without_secret(dest)
    if not hash_sign or not remote or not branch:
        raise PlaceError(
            f"{name}: name the repository and the branch, such as git:origin#pages or "
            "git:https://example.org/site.git#pages."
        )
    try:
        git.run(Path(), "check-ref-format", f"refs/heads/{branch}")
        if remote.startswith("-") or branch.startswith("-"):
            raise PlaceError(f"{name}: neither repository nor branch can begin with a hyphen.")
        if _REMOTE_NAME.fullmatch(remote) and not Path(remote).exists():
            remote = git.run(Path(), "remote", "get-url", "--push", remote).decode().strip()
    except git.NoGitError as error:
        raise PlaceError(str(error)) from error
    except git.GitError as error:
        if "remote" in error.said or "repository" in error.said:
            raise PlaceError(
                f"{name}: there is no repository '{remote}' here, and no remote of that name. "
                "Name its address or its folder; git remote -v lists the names."
            ) from error
        raise PlaceError(f"{name}: '{branch}' cannot be the name of a branch.") from error
    is_path = "://" not in remote and (":" not in remote or remote.startswith(("/", ".")))
    return Branch(str(Path(remote).absolute()) if is_path else remote, branch)


def _remote(dest: str, host: str, path: str) -> Remote:
    if path.startswith("//"):
        raise PlaceError(f"{dest}: {host}:// is no place this can publish to. Write {FORMS}.")
    if path.startswith(":"):
        raise PlaceError(f"{dest}: this needs ssh, and no rsync daemon. Write user@host:/path.")
    if not _HOST.fullmatch(host):
        raise PlaceError(
            f"{dest}: '{host}' is no name of a host. Write user@host:/path, or ./{dest} for a "
            "folder."
        )
    clean = posixpath.normpath(path) if path else ""
    if not clean.startswith("/") or clean.rstrip("/") != path.rstrip("/") or clean == "/":
        raise PlaceError(
            f"{dest}: write the whole path of a folder behind the colon, such as "
            f"{host}:/srv/www/notices."
        )
    return Remote(host, clean)


def _folder(folder: Path, reserved: Iterable[Path]) -> Folder:
    name = shown(folder)
    try:
        real = folder.resolve()
    except (OSError, RuntimeError) as error:  # which of them depends on the version of Python
        raise PlaceError(
            f"{name} leads in a circle: a link on the way leads back to itself (ls -l shows where "
            "links lead). Remove that link, or name another folder."
        ) from error
    for kept, what in ((ROOT, "this project"), (_home(), "your home"), (Path("/"), "all")):
        if kept.resolve().is_relative_to(real):
            raise PlaceError(f"{name} holds {what}. Name a folder of its own to publish in.")
    for path in reserved:
        kept = path.resolve()
        if kept.is_relative_to(real) or real.is_relative_to(kept):
            raise PlaceError(
                f"{name} holds {shown(path)}, or lies in it. Name a folder of its own to publish "
                "in."
            )
    return Folder(real)


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a container's user may have none
        return Path("/")


__all__ = [
    "FORMS",
    "Branch",
    "Folder",
    "Opened",
    "Place",
    "PlaceError",
    "PublishedRelease",
    "Remote",
    "parsed",
]
