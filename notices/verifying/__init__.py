# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does a host serve a release, whole and unchanged, as the site has to be served, and no more?

What is compared are bytes, not addresses: the host may be a rehearsal of the one that the release
was made for. Nothing is stored, and no more is asked at once than a reader's browser would.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from notices import addresses, policy, report
from notices.delivery.release import Release
from notices.filenames import SITEMAP
from notices.hosting import headers
from notices.model import Finding
from notices.verifying import comparing, expecting, host
from notices.verifying.comparing import unanswered
from notices.verifying.expecting import Expected
from notices.verifying.fetching import Client, Limits, NoAnswerError
from notices.verifying.files import Judge
from notices.verifying.gathering import Findings
from notices.verifying.served_release import UnreachableError, outdated

__all__ = ["NOT_CONFIGURABLE", "UnreachableError", "Verified", "of_site"]

NOT_CONFIGURABLE: Final = frozenset({"header-missing", "header-weaker", "not-found-page"})
"""What a host that nobody can configure (a pages branch) does wrong, whatever its site does."""

_MOST_LISTED: Final = 1_000
"""So many addresses that only the host's sitemap knows are asked for; the host wrote it."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was compared: so many of all files, with which findings."""

    findings: Sequence[Finding]
    compared: int
    files: int


def of_site(
    release: Release,
    url: str,
    *,
    unwanted: Collection[str] = (),
    wait_seconds: float = 0,
    limits: Limits | None = None,
    progress: report.Progress = report.no_progress,
) -> Verified:
    """Compare what is published at ``url`` (without its last slash) with a release.

    ``unwanted`` are the paths of files that must not be public if the release does not have them,
    such as drafts. A host that still serves another release is asked again for ``wait_seconds``.
    Raises UnreachableError, and OSError for a release that lacks a file.
    """
    client = Client(limits or Limits())
    files = expecting.files(release, url)
    judge = Judge(
        url,
        client,
        headers.of_site(),
        _styles(release, files),
        expecting.redirects(release),
        max((file.size for file in files), default=0),
    )
    found = Findings()
    questions: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: host.private(judge, release),
        lambda: host.lost(judge, release),
        lambda: host.redirects(judge, files, _plain(url)),
        lambda: host.validators(judge, files),
        lambda: _extra(judge, release, unwanted),
    )
    compared = 0
    if found.add(outdated(judge, release, wait_seconds)):
        questions = questions[:1]  # what follows from an old release need not be said, too
    else:
        work = comparing.all_files(judge, release, files, found, progress)
        compared = work.compared
        if work.is_given_up:
            questions = ()
    for question in questions:
        found.add(_answered(judge, question))
    return Verified(found.all(), compared, len(files))


def _styles(release: Release, files: Sequence[Expected]) -> frozenset[str]:
    return frozenset(
        style
        for file in files
        if file.is_page
        for style in policy.styles((release.folder / file.path).read_bytes())
    )


def _extra(judge: Judge, release: Release, unwanted: Collection[str]) -> Iterator[Finding]:
    """See that no address is public that the release does not have, as far as anybody knows one."""
    known = expecting.retired(release, unwanted)
    answer = judge.client.get(judge.url_of(SITEMAP), judge.largest_bytes)
    if answer.status == HTTPStatus.OK:
        now = {addresses.of_file(path) for path in release.sums}
        listed = expecting.in_sitemap(answer.body, release, judge.url) - now
        known |= set(sorted(listed)[:_MOST_LISTED])
    yield from host.not_in_release(judge, release, sorted(known))


def _answered(judge: Judge, ask: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """Give the findings of a question; where the host stops answering, that is one."""
    found: list[Finding] = []
    try:
        found.extend(ask())
    except NoAnswerError as error:
        found.append(unanswered(judge.url, error))
    return found


def _plain(url: str) -> str:
    """Give the same address without encryption, where readers would type it."""
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.port not in (None, 443):
        return ""
    return parts._replace(scheme="http", netloc=parts.netloc.removesuffix(":443")).geturl()
