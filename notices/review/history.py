# SPDX-License-Identifier: AGPL-3.0-or-later
"""What did a section say when it was last checked? Git's history has the text; a digest tells it.

Nothing but git's own commands is asked, and nothing is written.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from notices import anchors
from notices.model import Fact, Notice, Organisation, Section
from notices.review.words import digest
from notices.source import Reader

_FACT: Final = re.compile(r"\[\[\s*([^\[\]]+?)\s*\]\]")
_ANY_VALUE: Final = "a@b.example"
_OTHERS: Final = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
"""What git tells a hook about the repository that started it."""


class HistoryError(Exception):
    """The history cannot be asked, or does not have the text; the message says which and why."""


def text_of(
    wanted: str, notice: Notice, anchor: str, content: Path, organisation: Organisation
) -> tuple[Section, Notice]:
    """Find the section that had a digest, with the notice that it stood in; newest commits first.

    Raises HistoryError.
    """
    file = f"{notice.lang}/{notice.name}.md"
    seen = set()
    for text in _versions(content, file):
        if text in seen:
            continue
        seen.add(text)
        for section, old in _sections(text, notice, organisation):
            if section.anchor == anchor and digest(section, old) == wanted:
                return section, old
    shallow = _git(content, "rev-parse", "--is-shallow-repository").strip() == "true"
    raise HistoryError(
        "git's history is not whole here; git fetch --unshallow completes it"
        if shallow
        else "the text that was checked was never committed to git"
    )


def _versions(content: Path, file: str) -> Iterator[str]:
    """Give every committed version of a file, newest first; at last those under another name."""
    commits = _git(content, "log", "--full-history", "--format=%H", "--", file).split()
    for commit in commits:
        yield _show(content, f"{commit}:./{file}")
    top = Path(_git(content, "rev-parse", "--show-toplevel").rstrip("\n"))
    renamed = _git(content, "log", "--follow", "--format=%H", "--name-only", "--", file)
    lines = [line for line in renamed.split("\n") if line]
    for commit, path in zip(lines[::2], lines[1::2], strict=False):
        if commit not in commits:
            yield _show(top, f"{commit}:{path}")


def _show(folder: Path, name: str) -> str:
    """Give a committed file's text; empty where that commit removed it."""
    try:
        text = _git(folder, "cat-file", "blob", name)
    except HistoryError:
        return ""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _git(folder: Path, *words: str) -> str:
    own = {name: value for name, value in os.environ.items() if name not in _OTHERS}
    own["LC_ALL"] = "C"
    command = ["git", "-C", str(folder), "-c", "core.quotepath=off", *words]
    try:
        done = subprocess.run(  # noqa: S603  (no shell, and no word of it is a reader's)
            command, capture_output=True, check=False, stdin=subprocess.DEVNULL, env=own
        )
    except OSError as error:
        raise HistoryError("git is not installed, so there is no history to ask") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        if "not a git repository" in said:
            raise HistoryError("the content is not in a git repository, so it has no history")
        raise HistoryError(f"git says: {said.splitlines()[0] if said else done.returncode}")
    return done.stdout.decode(errors="replace")


def _sections(
    text: str, notice: Notice, organisation: Organisation
) -> Iterator[tuple[Section, Notice]]:
    """Cut an old text into its sections. A fact counts by its name, so any value will do."""
    facts = {name: Fact(name, {"": (_ANY_VALUE,)}, 1) for name in _FACT.findall(text)}
    known = Organisation(organisation.path, {**facts, **organisation.facts})
    old, _ = Reader(known).parse(text, notice.path, notice.name, notice.lang)
    if old is None:
        return
    named, _ = anchors.settle({notice.lang: old}, notice.lang)
    settled = named[notice.lang]
    yield settled.opening, settled
    for section in settled.sections:
        yield section, settled
