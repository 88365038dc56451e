# SPDX-License-Identifier: AGPL-3.0-or-later
"""A branch of a git repository, from which a host serves pages.

Each release is a commit on top of the last one, made in an empty repository of its own: nothing is
checked out, and the repository of the content is not touched. The push is an ordinary one, so git
refuses it where somebody else has published meanwhile; it is also one step for readers. Going back
is a commit, too. A commit's message names its release; the one before is that of its parent.
Files of the branch that are no release's stay as they are (``CNAME``).
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from notices import git
from notices.delivery.places.place import (
    PlaceError,
    PublishedRelease,
    next_id,
    nothing_older,
    nothing_yet,
    number_of,
    published_release,
    without_secret,
)
from notices.delivery.release import Release
from notices.delivery.sums import faults, told
from notices.filenames import BUILD_RECORD, SUMS

NO_JEKYLL: Final = ".nojekyll"
"""With this file a host serves files as they are, also those that begin with an underscore."""

_OF_HOSTS: Final = frozenset({"CNAME", NO_JEKYLL})
"""What hosts themselves put on a branch that is otherwise empty."""

_TRAILER: Final = "Notices-Release"
_NAMED: Final = re.compile(rf"^{_TRAILER}: ([0-9]{{6,18}}-[0-9a-f]{{12}})$", re.MULTILINE)
_FETCHED: Final = "refs/heads/fetched"


@dataclass(frozen=True, slots=True)
class Branch:
    """``remote`` is what git calls a repository: an address or a path."""

    remote: str
    branch: str

    @property
    def name(self) -> str:
        """What one types."""
        return f"git:{without_secret(self.remote)}#{self.branch}"

    @contextmanager
    def opened(self, wait_seconds: float, *, may_begin: bool = True) -> Iterator[_History]:
        """Fetch the branch. Nobody has to wait: git itself tells two publishers apart."""
        with tempfile.TemporaryDirectory(prefix="notices-") as folder:
            yield _History(self, Path(folder))


@dataclass(frozen=True, slots=True)
class _Commit:
    """A commit of the branch; ``release`` is the id that it made the current one, or ''."""

    hash: str
    who: str
    release: str


class _History:
    """The commits of the branch, in a repository that lasts as long as the work does."""

    def __init__(self, place: Branch, folder: Path) -> None:
        self._place = place
        self._folder = folder
        self._git("init", "--bare", "--quiet", "--template=", ".")
        self._commits = self._fetched()

    def current(self) -> PublishedRelease | None:
        """Give the release on top of the branch, or None where it holds no files."""
        files = self._files(self._commits[0]) if self._commits else {}
        if not files.keys() - _OF_HOSTS:
            return None
        if BUILD_RECORD not in files or SUMS not in files:
            raise PlaceError(
                f"{self._place.name} holds files that this program did not put there. Name another "
                "branch; it need not exist."
            )
        return self._published(self._commits[0])

    def promising(self) -> Sequence[PublishedRelease]:
        """Give the current release and all newer ones: commits have gone back from these."""
        now = self.current()
        if now is None:
            return ()
        newer = {
            commit.release: commit
            for commit in self._commits
            if commit.release and number_of(commit.release) > number_of(now.id)
        }
        return (now, *map(self._withdrawn, newer.values()))

    def deliver(self, release: Release) -> PublishedRelease:
        """Push a release, or find that it is the current one already."""
        before = self.current()
        if before and before.digest == release.digest and self._is_whole(before):
            return before
        name = next_id((commit.release for commit in self._commits if commit.release), release)
        paths = [*release.sums, SUMS]
        listing = "".join(f"{release.folder.absolute() / path}\n" for path in paths).encode()
        blobs = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", content=listing)
        if found := faults(release.folder, release.sums):
            raise PlaceError(
                f"The release was changed while it was sent ({told(found)}). Publish again."
            )
        empty = self._git("hash-object", "-w", "--stdin", content=b"").strip()
        files = dict(zip(paths, blobs.split(), strict=True)) | {NO_JEKYLL: empty}
        entries = {path: f"100644 {blob}" for path, blob in files.items()}
        self._push(entries, before, f"Publish release {name}", name)
        return PublishedRelease(name, release.record, release.sums, is_new=True)

    def go_back(self) -> PublishedRelease:
        """Push the files of the release before the current one again."""
        now = self.current()
        if now is None:
            raise nothing_yet(self._place.name)
        named = [commit for commit in self._commits if commit.release]
        releases = [commit.release for commit in named]
        first = len(releases) - releases[::-1].index(now.id) if now.id in releases else 0
        if first == len(named):
            raise nothing_older(self._place.name, now.id)
        older = self._published(named[first])
        then = self._files(named[first])
        paths = (*older.sums, SUMS, NO_JEKYLL)
        if lost := [path for path in paths if path not in then]:
            raise PlaceError(
                f"{self._place.name}: release {older.id} is damaged there, since its commit lacks "
                f"{lost[0]}. Publish an older commit instead: git checkout COMMIT, then ./run "
                "publish."
            )
        entries = {path: then[path] for path in paths}
        self._push(entries, now, f"Go back to release {older.id}", older.id)
        return replace(older, is_new=True)

    def _fetched(self) -> list[_Commit]:
        """Give the commits of the branch as it is now, the newest first."""
        remote, ref = self._place.remote, f"refs/heads/{self._place.branch}"
        if not self._git("ls-remote", "--", remote, ref):
            return []
        self._git("fetch", "--quiet", "--no-tags", "--", remote, f"+{ref}:{_FETCHED}")
        log = self._git("log", "-z", "--first-parent", "--format=%H%n%cn, %cI%n%B", _FETCHED)
        commits = []
        for text in filter(None, log.split("\0")):
            commit, who, message = text.split("\n", 2)
            found = _NAMED.search(message)
            commits.append(_Commit(commit, who, found[1] if found else ""))
        return commits

    def _push(
        self, entries: Mapping[str, str], before: PublishedRelease | None, title: str, name: str
    ) -> None:
        """Commit a release's files and those that are no release's, and push the commit."""
        old = {*before.sums, SUMS} if before else set()
        there = self._files(self._commits[0]) if self._commits else {}
        kept = {path: entry for path, entry in there.items() if path not in old}
        lines = "".join(f"{entry}\t{path}\0" for path, entry in {**kept, **entries}.items())
        self._git(
            "update-index", "-z", "--index-info", content=lines.encode("utf-8", "surrogateescape")
        )
        tree = self._git("write-tree").strip()
        parents = ["-p", self._commits[0].hash] if self._commits else []
        message = f"{title}\n\n{_TRAILER}: {name}\n".encode()
        commit = self._git(*self._user(), "commit-tree", tree, *parents, content=message).strip()
        spec = f"{commit}:refs/heads/{self._place.branch}"
        try:
            self._git("push", "--quiet", "--", self._place.remote, spec)
        except PlaceError:
            now = self._fetched()
            if now[:1] == self._commits[:1]:
                raise
            who = now[0].who if now else "they removed it"
            raise PlaceError(
                f"{self._place.name}: somebody else has published meanwhile ({who}). See what "
                "that was, and start this again."
            ) from None

    def _user(self) -> tuple[str, ...]:
        """Name who commits where git does not know both name and e-mail, as on a machine of CI."""
        try:
            for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
                git.run(self._folder, "-c", "user.useConfigOnly=true", "var", who)
        except git.GitError:
            return ("-c", "user.name=notices", "-c", "user.email=notices@localhost")
        return ()

    def _files(self, commit: _Commit) -> dict[str, str]:
        """Give ``{path: mode and blob}`` of a commit's files."""
        files = {}
        for line in self._git("ls-tree", "-r", "-z", commit.hash).split("\0")[:-1]:
            (mode, _, blob), path = line.partition("\t")[0].split(), line.partition("\t")[2]
            files[path] = f"{mode} {blob}"
        return files

    def _is_whole(self, release: PublishedRelease) -> bool:
        """Tell whether the branch still has each file as the release had it when it was pushed."""
        made = [commit for commit in self._commits if commit.release == release.id]
        if not release.id or not made:
            return False
        then, now = self._files(made[-1]), self._files(self._commits[0])
        return all(now.get(path) == then.get(path) for path in (*release.sums, NO_JEKYLL))

    def _withdrawn(self, commit: _Commit) -> PublishedRelease:
        try:
            return self._published(commit)
        except PlaceError:
            return PublishedRelease(commit.release, {}, {})

    def _published(self, commit: _Commit) -> PublishedRelease:
        later = self._commits[self._commits.index(commit) :]
        name = next((one.release for one in later if one.release), "")
        try:
            return published_release(
                name,
                self._git("cat-file", "blob", f"{commit.hash}:{BUILD_RECORD}").encode(),
                self._git("cat-file", "blob", f"{commit.hash}:{SUMS}").encode(),
            )
        except ValueError as error:
            raise PlaceError(
                f"{self._place.name}: the release there is damaged ({error}). Name another branch, "
                "or mend this one."
            ) from error

    def _git(self, *words: str, content: bytes | None = None) -> str:
        try:
            said = git.run(self._folder, "-c", "core.hooksPath=/dev/null", *words, content=content)
        except git.NoGitError as error:
            raise PlaceError(str(error)) from error
        except git.GitError as error:
            raise PlaceError(
                f"{self._place.name}: git says: {without_secret(str(error))}. See that "
                f"'git ls-remote {without_secret(self._place.remote)}' works, and that you may "
                "push there."
            ) from error
        return said.decode("utf-8", "surrogateescape")
