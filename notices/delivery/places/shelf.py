# SPDX-License-Identifier: AGPL-3.0-or-later
"""Releases side by side, and a link to the current one: how one follows another.

This is the same in a folder of this machine and on another, which differ only in how they do each
step (``Shelf``). Whatever is killed between two steps, ``current`` names a whole release:

1. what a run before this one left unfinished is removed;
2. the release is received beside the others, under a name that is none of a release;
3. each of its files is read back there and compared with its list;
4. the files that are not those of the current release get a time of their own (see ``_stamp``);
5. everything is on the disk before the folder gets its name, and before the link changes;
6. what a rollback has withdrawn is removed, so that no later one comes back to it;
7. the link is made anew and takes the old one's place in one step;
8. releases beyond ``KEPT`` are removed.

A release's number is one higher than the highest there is: no clock decides which is newer.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final, Protocol

from notices.delivery.places.place import (
    PlaceError,
    PublishedRelease,
    next_id,
    nothing_older,
    nothing_yet,
    number_of,
    published_release,
)
from notices.delivery.release import Release
from notices.delivery.sums import told
from notices.filenames import BUILD_RECORD, CURRENT, RELEASES, SUMS

KEPT: Final = 5
"""So many releases stay, the current one among them."""

LOCK: Final = ".lock"
NEW_LINK: Final = ".current.new"
_UNFINISHED: Final = (".incoming-", ".outgoing-")
_ID: Final = re.compile(r"([0-9]{6,18})-[0-9a-f]{12}")


class Shelf(Protocol):
    """The steps, at one place. Names are those of folders in ``releases``; all raise PlaceError."""

    name: str

    def names(self) -> Sequence[str]:
        """List what ``releases`` holds."""
        ...

    def link(self) -> str | None:
        """Give what ``current`` leads to, as it is written there, or None where it is not."""
        ...

    def read(self, name: str, path: str) -> bytes:
        """Read a file of a release; ValueError where it is none."""
        ...

    def time_of(self, name: str, path: str) -> int:
        """Give when a file was changed, in seconds since 1970."""
        ...

    def receive(self, release: Release, name: str, like: str | None) -> None:
        """Copy a release. Files that ``like`` has, too, are that release's own (hard links)."""
        ...

    def faults(self, name: str, sums: Mapping[str, str]) -> Sequence[str]:
        """Read every file of a release; tell which are not as its list says."""
        ...

    def stamp(self, name: str, paths: Iterable[str], seconds: int) -> None:
        """Set when files were changed."""
        ...

    def settle(self, name: str) -> None:
        """Wait until a release is on the disk."""
        ...

    def rename(self, name: str, new: str) -> None:
        """Rename a folder, and wait until that is on the disk."""
        ...

    def point(self, name: str) -> None:
        """Let ``current`` lead to a release, in one step."""
        ...

    def remove(self, name: str) -> None:
        """Remove a folder with all that it holds."""
        ...


class Releases:
    """A place that keeps its releases on a shelf, while nobody else publishes there.

    ``remark`` is what whoever publishes should know of the place.
    """

    def __init__(self, shelf: Shelf, remark: str = "") -> None:
        self._shelf = shelf
        self._remark = remark

    def current(self) -> PublishedRelease | None:
        """Give the release that readers get, or None before the first."""
        link = self._shelf.link()
        if link is None:
            return None
        folder, _, name = link.rstrip("/").rpartition("/")
        if folder != RELEASES or not _ID.fullmatch(name) or name not in self._shelf.names():
            raise PlaceError(
                f"{self._shelf.name}: {CURRENT} leads to '{link}', which is no release of ours. "
                "Remove that link, and publish."
            )
        return self._release(name)

    def promising(self) -> Sequence[PublishedRelease]:
        """Give the current release and all newer ones: these were withdrawn."""
        now = self.current()
        if now is None:
            return ()
        newer = [one for one in self._ids() if number_of(one) > number_of(now.id)]
        return (now, *map(self._withdrawn, newer))

    def deliver(self, release: Release) -> PublishedRelease:
        """Publish a release, or find that it is the current one already."""
        shelf = self._shelf
        self._clear()
        before = self.current()
        is_same = before is not None and before.digest == release.digest
        if before and is_same and not shelf.faults(before.id, before.sums):
            return replace(before, remark=self._prune(before.id))
        there = self._ids()
        name = next_id(there, release)
        incoming = f"{_UNFINISHED[0]}{secrets.token_hex(4)}"
        try:
            shelf.receive(release, incoming, before.id if before else None)
            if faults := shelf.faults(incoming, release.sums):
                raise PlaceError(
                    f"{shelf.name}: the release did not arrive as it was sent "
                    f"({told(faults)}). Publish again."
                )
            self._stamp(incoming, release.sums, before)
            shelf.settle(incoming)
            for one in there:
                if before and number_of(one) > number_of(before.id):
                    self._remove(one)  # nobody comes back to what was withdrawn
            shelf.rename(incoming, name)
        except BaseException:
            with suppress(PlaceError):
                shelf.remove(incoming)
            raise
        shelf.point(name)
        remark = self._prune(name)
        return PublishedRelease(name, release.record, release.sums, is_new=True, remark=remark)

    def go_back(self) -> PublishedRelease:
        """Let readers have the release before the current one again."""
        shelf = self._shelf
        now = self.current()
        if now is None:
            raise nothing_yet(shelf.name)
        older = [one for one in self._ids() if number_of(one) < number_of(now.id)]
        if not older:
            raise nothing_older(shelf.name, now.id)
        release = self._release(older[-1])
        if faults := shelf.faults(release.id, release.sums):
            raise PlaceError(
                f"{shelf.name}: release {release.id} was damaged here ({told(faults)}). "
                f"Remove {RELEASES}/{release.id} there, and this goes one further back."
            )
        self._stamp(release.id, release.sums, now)
        shelf.settle(release.id)
        shelf.point(release.id)
        return PublishedRelease(release.id, release.record, release.sums, is_new=True)

    def _read(self, name: str) -> PublishedRelease:
        """Read a release's own words; raises ValueError where it was damaged."""
        return published_release(
            name, self._shelf.read(name, BUILD_RECORD), self._shelf.read(name, SUMS)
        )

    def _withdrawn(self, name: str) -> PublishedRelease:
        try:
            return self._read(name)
        except ValueError:
            return PublishedRelease(name, {}, {})

    def _release(self, name: str) -> PublishedRelease:
        try:
            return self._read(name)
        except ValueError as error:
            raise PlaceError(
                f"{self._shelf.name}: release {name} was damaged here ({error}). Remove "
                f"{CURRENT} and {RELEASES}/{name} there, and publish."
            ) from error

    def _ids(self) -> list[str]:
        """List the releases, from the oldest to the newest."""
        return sorted((name for name in self._shelf.names() if _ID.fullmatch(name)), key=number_of)

    def _stamp(self, name: str, sums: Mapping[str, str], before: PublishedRelease | None) -> None:
        """Give all that readers have not had until now a time later than all that they had.

        Web servers know a file's version by its time, in whole seconds, and its size: two texts of
        one length that were written in one second would be the same to them, and to every cache. A
        file that stays the same keeps its time, since it is the same file. ``SHA256SUMS`` is
        another in each release, so it has the latest time of all.
        """
        last = self._shelf.time_of(before.id, SUMS) if before else 0
        known = before.sums if before else {}
        changed = [path for path in sums if sums[path] != known.get(path)]
        self._shelf.stamp(name, [*changed, SUMS], max(int(time.time()), last + 1))

    def _clear(self) -> None:
        for name in self._shelf.names():
            if name.startswith(_UNFINISHED):
                self._shelf.remove(name)

    def _prune(self, current: str) -> str:
        """Remove the oldest, and say what is to be known.

        What goes wrong then does not undo that the newest is published.
        """
        older = [name for name in self._ids() if number_of(name) <= number_of(current)]
        try:
            for name in older[:-KEPT]:
                self._remove(name)
        except PlaceError as error:
            return f"An old release could not be removed: {error}\n{self._remark}".rstrip()
        return self._remark

    def _remove(self, name: str) -> None:
        """Remove a release; half removed, it has a name that is none of a release."""
        outgoing = f"{_UNFINISHED[1]}{secrets.token_hex(4)}"
        self._shelf.rename(name, outgoing)
        self._shelf.remove(outgoing)
