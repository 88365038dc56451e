# SPDX-License-Identifier: AGPL-3.0-or-later
"""Are all files of a release public as they are? Several are asked for at once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Final

from notices import report
from notices.delivery.release import Release
from notices.model import Finding
from notices.verifying.expecting import Expected
from notices.verifying.fetching import NoAnswerError
from notices.verifying.files import ENCODINGS, Judge
from notices.verifying.gathering import Findings, about

_PATIENCE: Final = 10
"""So many files without an answer, and the host is left in peace."""


@dataclass
class Comparison:
    """How far it has come; ``silent`` are the addresses without an answer."""

    compared: int = 0
    silent: list[str] = field(default_factory=list)

    @property
    def is_given_up(self) -> bool:
        """Tell whether the host has been silent for too long."""
        return len(self.silent) >= _PATIENCE


def all_files(
    judge: Judge,
    release: Release,
    files: Sequence[Expected],
    found: Findings,
    progress: report.Progress,
) -> Comparison:
    """Compare all files, and add what is wrong with them."""
    work = Comparison()
    try:
        judge = replace(judge, encodings=_encodings(judge))
    except NoAnswerError as error:
        found.add([unanswered(judge.url_of(""), error)])

    def compare(file: Expected) -> bool:
        if work.is_given_up:
            return False
        content = (release.folder / file.path).read_bytes() if file.is_page else None
        try:
            found.add(judge.file(file, content))
        except NoAnswerError as error:
            work.silent.append(file.url)
            found.add([unanswered(file.url, error)])
            return False
        return True

    with progress(len(files), time.monotonic()) as step:
        for number, is_compared in enumerate(judge.client.in_order(compare, files), 1):
            work.compared += is_compared
            step(number)
    return work


def unanswered(url: str, error: NoAnswerError) -> Finding:
    """Say that an address gives no answer."""
    fix = "see what the host's log says, then start this again."
    return about(url, "published-unanswered", f"there is no answer here: {error}.", fix)


def _encodings(judge: Judge) -> tuple[str, ...]:
    """Tell in which compressed forms the host sends its front page."""
    found = []
    for encoding in ENCODINGS:
        asked = {"Accept-Encoding": encoding}
        answer = judge.client.get(judge.url_of(""), judge.largest_bytes, asked)
        if answer.status == HTTPStatus.OK and answer.header("Content-Encoding"):
            found.append(encoding)
    return tuple(found)
