# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finished pages → findings: does every link, anchor and address of a folder of HTML land?

``survey.py`` reads one file and asks what can be asked of one; that happens on all processors.
``rules/`` asks what needs to know every page. ``places.py`` finds the lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

from notices import parallel
from notices.links import places, rules
from notices.links.model import Fault, Survey
from notices.links.reading import markup
from notices.links.site import Site, of_folder
from notices.links.survey import survey
from notices.links.versions import Versions
from notices.model import Finding

__all__ = ["Site", "check", "check_site", "moved", "of_folder"]


def check(root: Path, base_url: str = "", languages: tuple[str, ...] = ()) -> list[Finding]:
    """Check a folder of finished files; raises OSError where it cannot be read.

    ``base_url`` is the address at which it is published, and ``languages`` the tags of those it
    has; without them, the pages themselves say both. Paths of the findings are inside the folder.
    """
    return check_site(of_folder(root, base_url, languages))


def check_site(site: Site) -> list[Finding]:
    """Check a site, and give what is wrong with it, sorted."""
    surveys: dict[str, Survey] = {}
    found: list[Finding] = list(_of_folder(site))
    for one, own in parallel.in_order(lambda path: _read(path, site), site.read_files):
        surveys[one.path] = one
        found += own
    versions = Versions(surveys, site)
    found += places.findings(rules.between_files(surveys, versions), site)
    return sorted(set(found), key=_order)


_order = attrgetter("path", "line", "column", "code", "message", "fix", "severity", "url")
"""The order of findings, which sorts many times as fast as they compare themselves."""


def moved(finding: Finding, folder: str) -> Finding:
    """Give a finding with its path seen from above the folder that was checked."""
    return replace(finding, path=f"{folder}/{finding.path}")


def _read(path: str, site: Site) -> tuple[Survey, list[Finding]]:
    """Survey a file, and find the places of its own faults while its text is at hand."""
    one, text = survey(path, site)
    starts = markup.line_starts(text) if one.faults else []
    own = [places.finding(path, fault, starts) for fault in one.faults]
    return replace(one, faults=()), own


def _of_folder(site: Site) -> Iterator[Finding]:
    for path, reason in site.folder.links.items():
        if reason:
            fault = Fault(
                0,
                "symbolic-link",
                f"this symbolic link {reason}, so nobody knows what a host would show.",
                "put the file itself in its place, or remove the link.",
            )
            yield places.finding(path, fault, [0])
    for path in site.folder.unreadable:
        fault = Fault(
            0,
            "file-unread",
            "the folder cannot be read, and nothing in it was checked.",
            "change its rights.",
        )
        yield places.finding(path, fault, [0])
