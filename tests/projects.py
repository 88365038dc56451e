# SPDX-License-Identifier: AGPL-3.0-or-later
"""A fresh copy of the project, as somebody gets it who clones it, and a shell that stands in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from notices.settings import ROOT

WHO = {"GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.org"} | {
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@example.org",
}


def copied(folder: Path) -> Path:
    """Copy the project's files as they are now, with this .venv: nothing is downloaded."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and name != ".venv":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return set_up(folder)


def set_up(folder: Path) -> Path:
    """Give a copy the .venv of the tests, which git does not see."""
    (folder / ".venv").symlink_to(ROOT / ".venv")
    exclude = folder / ".git" / "info" / "exclude"
    if exclude.parent.is_dir():
        exclude.write_text(".venv\n", encoding="utf-8")
    return folder


def committed(folder: Path) -> Path:
    """Make a folder a repository, with all of it in its first commit."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / ".git" / "info" / "exclude").write_text(".venv\n", encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=All")
    return folder


def git(folder: Path, *words: str) -> None:
    """Run git in a folder, as somebody."""
    environment = {**os.environ, **WHO}
    subprocess.run(["git", *words], cwd=folder, env=environment, check=True, capture_output=True)


def shell(
    folder: Path, script: str, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a script as a person or CI would; what it prints goes to one place, as on a screen."""
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
