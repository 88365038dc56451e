# SPDX-License-Identifier: AGPL-3.0-or-later
"""How does a host treat readers who ask for what is not there, or ask otherwise than expected?"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from notices import addresses
from notices.delivery.release import Release
from notices.model import Finding
from notices.spelling import is_same
from notices.verifying.expecting import PRIVATE, Expected, folders_without_page
from notices.verifying.fetching import NoAnswerError
from notices.verifying.files import Judge, is_away
from notices.verifying.gathering import CONFIGURE, about

_MOST_REDIRECTS: Final = 5
_PATIENCE: Final = 50
"""So many addresses without an answer: more than the private ones, which a host may break off."""


def lost(judge: Judge, release: Release) -> Iterator[Finding]:
    """See that an address that nobody has leads to the page for lost readers, with status 404.

    Below a language's folder that is the language's own, where the release has one.
    """
    pages = [path for path in release.sums if path.split("/")[-1] == addresses.NOT_FOUND]
    for page in pages:
        url = judge.url_of(page.removesuffix(addresses.NOT_FOUND) + _unknown(release))
        answer = judge.client.get(url, (release.folder / page).stat().st_size)
        yield from judge.answer(answer)
        if answer.status != HTTPStatus.NOT_FOUND:
            fact = f"an address that nobody has is answered with status {answer.status}, not 404."
            yield about(url, "not-found-status", fact, CONFIGURE)
        elif answer.digest != release.sums[page]:
            fact = f"a lost reader is not shown '{page}' of the release, but something else."
            yield about(url, "not-found-page", fact, CONFIGURE)


def private(judge: Judge, release: Release) -> Iterator[Finding]:
    """See that nobody finds what lies above a release, nor the listing of a folder."""
    now = {addresses.of_file(path) for path in release.sums}
    for path in _found(judge, release, [path for path in PRIVATE if path not in now]):
        yield about(
            judge.url_of(path),
            "published-private",
            "this is public, and is no part of the site.",
            "let the host serve the release alone: DEST/current, not a folder above it.",
        )
    for path in _found(judge, release, folders_without_page(release.sums)):
        yield about(
            judge.url_of(path),
            "published-private",
            "the host lists what lies in this folder.",
            "turn off the listing of folders.",
        )


def not_in_release(judge: Judge, release: Release, known: Sequence[str]) -> Iterator[Finding]:
    """See that nobody finds these addresses, which the release does not have."""
    for address in _found(judge, release, known):
        yield about(
            judge.url_of(address),
            "published-extra",
            "this is public, and the release does not have it.",
            "publish again; if it stays so, remove it from the host.",
        )


def redirects(judge: Judge, files: Iterable[Expected], plain_url: str) -> Iterator[Finding]:
    """See that readers who leave out the last slash, or the ``s`` of ``https``, arrive."""
    folders = (file.url for file in files if file.url.endswith("/"))
    root = f"{judge.url}/"
    for folder in itertools.islice((folder for folder in folders if folder != root), 1):
        yield from _arrives(judge, folder.removesuffix("/"), folder)
    if urlsplit(judge.url).path:
        yield from _arrives(judge, judge.url, root)
    if plain_url:
        yield from _arrives(judge, f"{plain_url}/", root)


def _arrives(judge: Judge, start: str, goal: str) -> Iterator[Finding]:
    now, fault = start, ""
    for _ in range(_MOST_REDIRECTS):
        try:
            answer = judge.client.get(now)
        except NoAnswerError as error:
            fault = f"this should lead to '{goal}': {error}."
            break
        if not 300 <= answer.status < 400:
            fault = f"this should lead to '{goal}', and has status {answer.status}."
            break
        now = answer.location
        if is_same(now, goal):
            return
        if is_away(now, judge.url):
            fault = f"this leads away from '{goal}', to '{now}'."
            break
    yield about(
        start,
        "published-redirect",
        fault or f"this should lead to '{goal}', and leads in a circle.",
        CONFIGURE,
    )


def validators(judge: Judge, files: Iterable[Expected]) -> Iterator[Finding]:
    """See that a reader who has a file already need not load it anew (RFC 9110, section 13).

    One file of each kind is asked for.
    """
    for file in {file.suffix: file for file in files}.values():
        answer = judge.client.get(file.url, file.size)
        if answer.status != HTTPStatus.OK:
            continue
        tag, changed = answer.header("ETag"), answer.header("Last-Modified")
        known = {"If-None-Match": tag} if tag else {"If-Modified-Since": changed}
        fault = ""
        if not (tag or changed):
            fault = f"a file ending in '{file.suffix}' has neither 'ETag' nor 'Last-Modified'."
        elif judge.client.get(file.url, file.size, known).status != HTTPStatus.NOT_MODIFIED:
            fault = f"a file ending in '{file.suffix}' is sent anew to who has it already."
        if fault:
            yield about(file.url, "published-validator", fault, CONFIGURE)


def _found(judge: Judge, release: Release, known: Sequence[str]) -> Iterator[str]:
    """Give those addresses where something is found: with status 200, and not what all lost see.

    A host that breaks off the connection gives nothing away, and is left in peace when it has often
    done so.
    """
    lost = judge.client.get(judge.url_of(_unknown(release)), judge.largest_bytes)
    silent: list[str] = []

    def is_found(address: str) -> bool:
        if len(silent) >= _PATIENCE:
            return False
        try:
            answer = judge.client.get(judge.url_of(address), judge.largest_bytes, tries=1)
        except NoAnswerError:
            silent.append(address)
            return False
        return answer.status == HTTPStatus.OK and answer.body != lost.body

    yield from itertools.compress(known, judge.client.in_order(is_found, known))


def _unknown(release: Release) -> str:
    """Make a name that no page has, and that is the same each time."""
    return f"no-such-page-{release.digest[:12]}"
