# SPDX-License-Identifier: AGPL-3.0-or-later
"""What did a section say when it was last checked? Git's history has the text; a digest tells it.

Nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from notices import git
from notices.model import Fact, Notice, Organisation, Section
from notices.review.words import digest
from notices.source import Reader

_FACT: Final = re.compile(r"\[\[([^\[\]]+)\]\]")
_ANY_VALUE: Final = "a@b.example"

Old = tuple[Section, Notice]
"""A section as it once was, and the notice that it stood in."""


class HistoryError(Exception):
    """The history cannot be asked, or does not have the text; the message says which and why."""


class History:
    """The committed versions of a site's notices; each is read once, and only when it is needed."""

    def __init__(self, content: Path, organisation: Organisation) -> None:
        self._content = content
        self._organisation = organisation
        self._files: dict[str, tuple[dict[str, Old], Iterator[str]]] = {}

    def text_of(self, wanted: str, notice: Notice) -> Old:
        """Find the section of a notice that had a digest; raises HistoryError.

        What its heading or id was then does not matter.
        """
        file = f"{notice.lang}/{notice.name}.md"
        known, versions = self._files.setdefault(file, ({}, _versions(self._content, file)))
        while wanted not in known:
            text = next(versions, None)
            if text is None:
                raise HistoryError(_why_missing(self._content))
            for section, old in _sections(text, notice, self._organisation):
                known.setdefault(digest(section, old), (section, old))
        return known[wanted]


def _why_missing(content: Path) -> str:
    if _git(content, "rev-parse", "--is-shallow-repository").strip() == "true":
        return "git's history is not whole here; git fetch --unshallow completes it"
    return "the text that was checked was never committed to git"


def _versions(content: Path, file: str) -> Iterator[str]:
    """Give every committed version of a file, newest first; at last those under another name."""
    seen = set()
    commits = _git(content, "log", "--full-history", "--format=%H", "--", file).split()
    places = [(content, f"{commit}:./{file}") for commit in commits]
    top = Path(_git(content, "rev-parse", "--show-toplevel").rstrip("\n"))
    renamed = _git(content, "log", "--follow", "-m", "--format=%H", "--name-only", "--", file)
    lines = [line for line in renamed.split("\n") if line]
    places += [
        (top, f"{commit}:{path}") for commit, path in zip(lines[::2], lines[1::2], strict=False)
    ]
    for folder, name in places:
        text = _show(folder, name)
        if text not in seen:
            seen.add(text)
            yield text


def _show(folder: Path, name: str) -> str:
    """Give a committed file's text; empty where that commit removed it."""
    try:
        text = _git(folder, "cat-file", "blob", name)
    except HistoryError:
        return ""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _git(folder: Path, *words: str) -> str:
    try:
        return git.run(folder, *words).decode(errors="replace")
    except git.NoGitError as error:
        raise HistoryError("git is not installed, so there is no history to ask") from error
    except git.GitError as error:
        if "not a git repository" in error.said:
            raise HistoryError(
                "the content is not in a git repository, so it has no history"
            ) from error
        raise HistoryError(f"git says: {error}") from error


def _sections(text: str, notice: Notice, organisation: Organisation) -> Iterator[Old]:
    """Cut an old text into its sections. A fact counts by its name, so any value will do."""
    facts = {
        name: Fact(name, {"": (_ANY_VALUE,)}, 1) for name in map(str.strip, _FACT.findall(text))
    }
    known = Organisation(organisation.path, {**facts, **organisation.facts})
    old, _ = Reader(known).parse(text, notice.path, notice.name, notice.lang)
    if old is None:
        return
    for section in (old.opening, *old.sections):
        yield section, old
