# SPDX-License-Identifier: AGPL-3.0-or-later
"""May this site be published, and did it arrive? The steps around a build, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from notices import report
from notices.delivery import DeliveryError, bom, promises, provenance, release
from notices.delivery.places import Opened, Place, PublishedRelease
from notices.delivery.provenance import Source
from notices.delivery.release import Release
from notices.filenames import BILL
from notices.model import Catalog, Finding
from notices.settings import ROOT, Settings, shown

_NAMED_FILES: Final = 10

Compare = Callable[[Mapping[str, Any]], Iterable[Finding]]
"""Tells what the ``build.json`` of an earlier release promises and the new one does not keep."""


class RefusedError(DeliveryError):
    """The site must not be published as it is; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a release: ``published`` is None where findings stood in the way."""

    published: PublishedRelease | None
    findings: tuple[Finding, ...] = ()


def reserved(settings: Settings) -> list[Path]:
    """Give the folders in which a site is never published."""
    folders = [path for path in provenance.made_of(settings) if path.is_dir()]
    return [*folders, settings.output, release.folder_of(settings)]


def source_of(settings: Settings, *, uncommitted: bool) -> Source:
    """Give the source of a site that may be published; raises RefusedError or NoSourceError."""
    address = settings.site_url
    if not address:
        raise RefusedError(
            "The site has no public address. Give it with --site-url https://example.org, or as "
            f"SITEURL in {shown(settings.file)} (publishconf.py takes it from the variable "
            "SITE_URL)."
        )
    if urlsplit(address).scheme != "https":
        raise RefusedError(
            f"The site's address {address} is open to everybody on the way. Have the web server "
            "answer by https, and give the address that begins with https://."
        )
    source = provenance.of(settings, without_git=uncommitted)
    if source.uncommitted and not uncommitted:
        files = source.uncommitted
        more = [f"… and {len(files) - _NAMED_FILES} more"] if len(files) > _NAMED_FILES else []
        raise RefusedError(
            "These files are not in git as they are, so nobody could tell later what was "
            "published:\n"
            + "".join(f"    {line}\n" for line in (*files[:_NAMED_FILES], *more))
            + "Commit them (git add, git commit), or publish them all the same with --uncommitted."
        )
    return source


def released(settings: Settings, source: Source) -> Release:
    """Make the release of the site that was built of a source.

    Raises RefusedError where the source is another by now, and what ``release.make`` raises.
    """
    if provenance.of(settings, without_git=source.commit is None) != source:
        raise RefusedError("The content was changed while the site was built. Publish again.")
    bill = {BILL: bom.written(ROOT, source.time)}
    folder = release.folder_of(settings)
    made = release.make(settings.output, folder, settings.sources, source.record(), bill)
    if made.record.get("site_url") != settings.site_url:
        raise RefusedError(f"{shown(settings.output)} was built anew meanwhile. Publish again.")
    return made


def broken(before: Mapping[str, Any], catalog: Catalog, settings: Settings) -> list[Finding]:
    """Say which promises of an earlier release a site would break, as severe as the site says."""
    lost = promises.dropped(before.get(promises.PROMISES), catalog, compares=settings.compares)
    return settings.judged(lost, catalog)


def _broken_there(opened: Opened, compare: Compare) -> tuple[Finding, ...]:
    """Say what a release would break of all that was promised at a place, each thing once."""
    found: dict[tuple[str, str], Finding] = {}
    for earlier in opened.promising():
        for finding in compare(earlier.record):
            found.setdefault((finding.code, finding.message), finding)
    return tuple(found.values())


def deliver(
    made: Release, place: Place, wait_seconds: float, compare: Compare | None = None
) -> Outcome:
    """Bring a release to a place, unless it breaks what was promised there.

    Raises PlaceError, and then readers get what they got before.
    """
    with place.opened(wait_seconds) as opened:
        findings = _broken_there(opened, compare) if compare else ()
        if report.has_errors(findings):
            return Outcome(None, findings)
        return Outcome(opened.deliver(made), findings)
