# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which release does the host serve? Its ``build.json`` says of what it was made."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from notices.delivery import record
from notices.delivery.release import Release
from notices.filenames import BUILD_RECORD
from notices.model import Finding
from notices.verifying.fetching import Answer, NoAnswerError
from notices.verifying.files import Judge
from notices.verifying.gathering import about

_PAUSE_SECONDS: Final = 5.0


class UnreachableError(Exception):
    """Nothing can be compared, since the host does not answer; the message says what to do."""


def outdated(judge: Judge, release: Release, wait_seconds: float) -> Iterator[Finding]:
    """Tell whether another release is public than the one that is compared.

    A host that needs time to take the new one is asked again for ``wait_seconds``. Where it serves
    no record at all, nothing is told: the files will be compared one by one. Raises
    UnreachableError.
    """
    end = time.monotonic() + wait_seconds
    while other := _other(_asked(judge, release), release):
        left_seconds = end - time.monotonic()
        if left_seconds <= 0:
            yield about(
                judge.url,
                "published-outdated",
                f"another release is public ({_name(other)}) than this one "
                f"({_name(release.record)}).",
                "publish again, or wait until the host has taken the new one (--wait SECONDS).",
            )
            return
        time.sleep(min(_PAUSE_SECONDS, left_seconds))


def _asked(judge: Judge, release: Release) -> Answer:
    size_bytes = (release.folder / BUILD_RECORD).stat().st_size
    try:
        return judge.client.get(judge.url_of(BUILD_RECORD), size_bytes)
    except NoAnswerError as error:
        raise UnreachableError(
            f"{judge.url}: nothing could be compared: {error}. See that the address is right and "
            "that the host runs, then start this again."
        ) from error


def _other(answer: Answer, release: Release) -> Mapping[str, Any] | None:
    """Give the record that is public, if it is another release's."""
    if answer.status != HTTPStatus.OK:
        return None
    if answer.digest == release.sums.get(BUILD_RECORD):
        return None
    try:
        said = record.parsed(answer.body)
    except ValueError:
        return None
    return said if record.is_ours(said) else None


def _name(said: Mapping[str, Any]) -> str:
    """Name a release by the commit that it was made of."""
    commit = record.commit_of(said)
    return f"of commit {commit}" if commit else "of no known commit"
