# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can one do with a place where releases are published, whatever kind it is?"""

from __future__ import annotations

import getpass
import os
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from notices.delivery import DeliveryError, record
from notices.delivery.release import Release
from notices.delivery.sums import digest_of, parsed


class PlaceError(DeliveryError):
    """A place cannot be used, or the release did not arrive; the message says what to do."""


@dataclass(frozen=True, slots=True)
class PublishedRelease:
    """A release at a place. ``is_new`` says that it was not the current one before.

    ``remark`` is what the operator should know besides.
    """

    id: str
    record: Mapping[str, Any]
    sums: Mapping[str, str]
    is_new: bool = False
    remark: str = ""

    @property
    def digest(self) -> str:
        """Name the release by what it holds, as ``Release.digest`` does."""
        return digest_of(self.sums)

    @property
    def source(self) -> str:
        """Tell of what it was made, in words that follow its id."""
        commit = record.commit_of(self.record)
        return f", of commit {commit}" if commit else ""


class Opened(Protocol):
    """A place while nobody else publishes there."""

    def current(self) -> PublishedRelease | None:
        """Give the release that readers get, or None before the first; raises PlaceError."""
        ...

    def promising(self) -> Sequence[PublishedRelease]:
        """Give the releases whose promises stand: the current one, then those withdrawn since.

        Readers may have kept addresses of a release before somebody went back from it. One that
        was damaged has an empty record. Raises PlaceError.
        """
        ...

    def deliver(self, release: Release) -> PublishedRelease:
        """Make a release the current one. Raises PlaceError, and then the old one stands."""
        ...

    def go_back(self) -> PublishedRelease:
        """Make the release before the current one current again; raises PlaceError."""
        ...


class Place(Protocol):
    """Where a site is published; ``name`` is how one types it."""

    @property
    def name(self) -> str:
        """What one types."""
        ...

    def opened(
        self, wait_seconds: float, *, may_begin: bool = True
    ) -> AbstractContextManager[Opened]:
        """Keep others away, waiting so long for those who are there; raises PlaceError.

        ``may_begin`` says that what is not there yet may be made.
        """
        ...


def published_release(name: str, said: bytes, sums: bytes) -> PublishedRelease:
    """Read a release's own words; raises ValueError where it has lost them."""
    return PublishedRelease(name, record.parsed(said), parsed(sums.decode()))


def number_of(name: str) -> int:
    """Give the number that an id begins with."""
    return int(name.partition("-")[0])


def next_id(names: Iterable[str], release: Release) -> str:
    """Give a release its id: a number higher than all there are, and what it holds."""
    number = max(map(number_of, names), default=0) + 1
    return f"{number:06}-{release.digest[:12]}"


def nothing_yet(name: str) -> PlaceError:
    """Say that there is nothing to go back from."""
    return PlaceError(
        f"{name}: nothing was published here yet. See that the place is the right one."
    )


def nothing_older(name: str, release: str) -> PlaceError:
    """Say that one cannot go back any further."""
    return PlaceError(
        f"{name}: there is no release older than {release}. Publish an older commit instead: "
        "git checkout COMMIT, then ./run publish."
    )


def publisher() -> str:
    """Say who is publishing, for those who come meanwhile."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        user = str(os.getuid())
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"{user}@{platform.node()}, process {os.getpid()}, since {since}"


def busy(name: str, who: str) -> PlaceError:
    """Say that another publishes there."""
    return PlaceError(
        f"{name}: {who.strip() or 'somebody'} is publishing here. Start this again when that has "
        "ended, or wait for it with --wait SECONDS."
    )


def without_secret(text: str) -> str:
    """Leave the user and the token out of an address that is shown."""
    return re.sub(r"(?<=://)[^/\s]*@", "", text)
