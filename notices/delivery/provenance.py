# SPDX-License-Identifier: AGPL-3.0-or-later
"""Of what was a site made? The commit of its content, what of it is in no commit, and the tools.

Everything here comes from the files and their repository: nothing from the clock, the machine, or
the folder in which the project happens to lie.
"""

from __future__ import annotations

import ast
import hashlib
import os
import platform
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from notices import git
from notices.delivery import DeliveryError
from notices.delivery.sums import digest_of
from notices.folder import entries
from notices.settings import ROOT, Settings, shown, source_date

_SHAPING: Final = (
    "babel",
    "brotli",
    "jinja2",
    "langcodes",
    "markdown",
    "markupsafe",
    "nh3",
    "pelican",
    "pyyaml",
    "selectolax",
    "tinycss2",
    "zopfli",
)
"""The packages on whose version the bytes of a site depend."""

_DUBIOUS: Final = re.compile(r"dubious ownership in repository at '(.+)'")
_ANYWAY: Final = "or publish what nobody can find again, with --uncommitted."


class NoSourceError(DeliveryError):
    """Nobody could tell later of what the site was made; the message says why and what to do."""


class NoRepositoryError(NoSourceError):
    """A folder is in no git repository."""


@dataclass(frozen=True, slots=True)
class Source:
    """The commit of the content, and its committer's time in UTC.

    Without a repository there is no commit, and the time is that of SOURCE_DATE_EPOCH or none.
    ``uncommitted`` are the files that are not in git as they are, as one would type them.
    """

    commit: str | None
    time: datetime | None
    uncommitted: tuple[str, ...]
    content: str
    """SHA-256 of the content: of the lines ``<SHA-256>  <path>`` of its files, by path."""

    def record(self) -> dict[str, Any]:
        """Give what ``build.json`` says of it."""
        return {
            "content": self.content,
            "source": {
                "commit": self.commit,
                "time": self.time.strftime("%Y-%m-%dT%H:%M:%SZ") if self.time else None,
                "uncommitted": self.commit is None or bool(self.uncommitted),
            },
            "tools": tools(),
        }


def of(settings: Settings, *, without_git: bool = False) -> Source:
    """Find the source of a site; raises NoSourceError where git cannot tell and has to."""
    content = digest(settings.content)
    try:
        commit, time = _commit(settings.content)
        uncommitted = tuple(_uncommitted(settings))
    except NoSourceError:
        if not without_git:
            raise
        return Source(None, source_date(), (), content)
    return Source(commit, time, uncommitted, content)


def digest(content: Path) -> str:
    """Name a content folder by what it holds; what programs leave behind counts for nothing."""
    sums = {
        file.relative_to(content).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in _files(content)
    }
    return digest_of(sums)


def tools() -> dict[str, str]:
    """Give the versions of all that shapes the bytes of a site."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = {"notices": project["version"], "python": platform.python_version()}
    return dict(sorted({**own, **{name: metadata.version(name) for name in _SHAPING}}.items()))


def made_of(settings: Settings) -> list[Path]:
    """Give the files and folders that shape the bytes of a site."""
    imported = _settings_files(settings.file, set()) - {settings.file}
    return [*settings.sources, *sorted(imported), ROOT / "notices"]


def _files(folder: Path) -> Iterator[Path]:
    for entry in entries(folder, shown(folder)):
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _files(entry)
        elif entry.is_file():
            yield entry


def _settings_files(file: Path, known: set[Path]) -> set[Path]:
    """Give a settings file and those beside it that it imports."""
    known.add(file)
    for node in ast.walk(ast.parse(file.read_bytes())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            beside = file.parent / f"{name.partition('.')[0]}.py"
            if beside.is_file() and beside not in known:
                _settings_files(beside, known)
    return known


def _commit(content: Path) -> tuple[str, datetime]:
    """Give the commit that is checked out where the content is, and its committer's time."""
    name = shown(content)
    said = _ask(content, "log", "-1", "--format=%H %ct", "HEAD").split()
    if not _ask(content, "ls-files", "-z", "--", "."):
        raise NoSourceError(
            f"Nothing in {name} is in git, so nobody could tell later what was published. "
            f"Commit it, {_ANYWAY}"
        )
    return said[0], datetime.fromtimestamp(int(said[1]), UTC)


def _uncommitted(settings: Settings) -> Iterator[str]:
    """Name each file that shapes the site and is not in git as it is; those git ignores are not."""
    below: dict[Path, list[str]] = {}
    for path in made_of(settings):
        folder = path if path.is_dir() else path.parent
        try:
            top = Path(_ask(folder, "rev-parse", "--show-toplevel").removesuffix("\n"))
        except NoRepositoryError:
            continue  # a theme or a program that was installed, and not cloned
        real = path.resolve()
        below.setdefault(top, []).append(os.path.relpath(real, top.resolve()))
    found = set()
    for top, paths in below.items():
        words = ("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--")
        changed = _ask(top, *words, *(f":(literal){path}" for path in paths))
        found |= {shown(top / line[3:]) for line in changed.split("\0") if line}
    own = f"{shown(settings.content)}/"  # the editors' files first
    yield from sorted(found, key=lambda path: (not path.startswith(own), path))


def _ask(folder: Path, *words: str) -> str:
    """Ask git; raises NoSourceError with what to do about what it says."""
    name = shown(folder)
    try:
        return git.run(folder, *words).decode("utf-8", "surrogateescape")
    except git.NoGitError as error:
        raise NoSourceError(
            f"git is not installed, so nobody could tell later what was published. Install it, "
            f"{_ANYWAY}"
        ) from error
    except git.GitError as error:
        if "not a git repository" in error.said:
            raise NoRepositoryError(
                f"{name} is in no git repository, so nobody could tell later what was published. "
                f"Put it into one (git init, git add, git commit), {_ANYWAY}"
            ) from error
        if found := _DUBIOUS.search(error.said):
            command = f"git config --global --add safe.directory {shlex.quote(found[1])}"
            reason = (
                f"The repository of {name} belongs to another user, and git does not trust that. "
                f"If you do: {command}"
            )
        elif "ambiguous argument 'HEAD'" in error.said or "bad revision 'HEAD'" in error.said:
            reason = f"The repository of {name} has no commit yet. Commit the content"
        else:
            reason = f"{name}: git cannot tell what is committed ({error}). Mend that"
        raise NoSourceError(f"{reason}, {_ANYWAY}") from error
