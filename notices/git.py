# SPDX-License-Identifier: AGPL-3.0-or-later
"""How does one ask git, whatever the user has told it and whatever started this program?

Git is started without a shell, in English and without locks that only speed it up, so that to ask
changes nothing.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_SET_FOR_HOOKS: Final = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_QUARANTINE_PATH",
        "GIT_WORK_TREE",
    }
)
"""What git tells a hook about the repository that started it: no question here is about that."""

_PLAIN: Final = (
    "core.quotepath=off",
    "diff.relative=false",
    "log.showSignature=false",
    "gc.auto=0",  # a repository that is made for one command is gone before its tidying ends
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=60",  # a dead line would be waited on for ever
)


class GitError(Exception):
    """Git failed; the message is the first line that it said, ``said`` is all of it."""

    def __init__(self, said: str) -> None:
        lines = [line for line in said.splitlines() if line.strip()]
        telling = [line for line in lines if line.startswith(("fatal:", "error:", "remote:"))]
        super().__init__((telling or lines or ["nothing"])[0])
        self.said = said


class NoGitError(Exception):
    """There is no program git on this machine; the message says what to do."""

    def __init__(self) -> None:
        super().__init__("git is not installed. Install it: apt install git")


def run(
    folder: Path,
    *words: str,
    content: bytes | None = None,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """Run a git command in a folder and give what it prints; raises GitError or NoGitError.

    ``content`` goes to its standard input; ``environment`` adds variables.
    """
    own = {name: value for name, value in os.environ.items() if name not in _SET_FOR_HOOKS}
    own |= {"LC_ALL": "C", **(environment or {})}
    settings = [word for setting in _PLAIN for word in ("-c", setting)]
    command = ["git", "--no-optional-locks", "-C", str(folder), *settings, *words]
    try:
        done = subprocess.run(  # noqa: S603  (no shell, and no word of it is a reader's)
            command,
            stdin=subprocess.DEVNULL if content is None else None,
            input=content,
            capture_output=True,
            check=False,
            env=own,
        )
    except OSError as error:
        raise NoGitError from error
    if done.returncode:
        raise GitError(done.stderr.decode(errors="replace") or f"exit code {done.returncode}")
    return done.stdout
