# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does the sitemap list every page that search engines may show, and no other?"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from notices.links.canonical import stands_for_itself
from notices.links.model import Pointer, Reference, SiteFault, Spot, Survey, Whole
from notices.links.versions import Versions

_FEW: Final = 100
"""So many missing pages are compared with broken entries by their names."""
_LONG: Final = 200
"""What two names have in common is looked for in so many characters at their ends."""


def check(surveys: Mapping[str, Survey], versions: Versions) -> Iterator[SiteFault]:
    """Compare the sitemaps (sitemaps.org) with the pages; a site without one is not asked.

    An entry that leads nowhere is one fault with the page that is missing in its place.
    """
    sitemaps = [survey for survey in surveys.values() if survey.kind == "sitemap"]
    if not sitemaps or not versions.site.is_address_known:
        return
    listed: set[str] = set()
    wrong: list[str] = []
    nth: Counter[Reference] = Counter()
    for sitemap in sitemaps:
        nth.clear()
        for pointer, _ in sitemap.entries:
            reason = _reason_against(pointer, sitemap.path, listed, versions)
            if reason or pointer.target.state != "file":
                wrong.append(pointer.reference.value)
            if reason:
                yield _extra(Spot(sitemap.path, pointer.reference, nth[pointer.reference]), reason)
            nth[pointer.reference] += 1
            listed.add(pointer.target.path)
    if not all(sitemap.is_whole for sitemap in sitemaps):
        return  # what it lists behind its fault is unknown
    missing = [
        path for path in versions.pages if path not in listed and not _reason(path, versions)
    ]
    for path in _without_replaced(missing, wrong):
        yield SiteFault(
            Spot(sitemaps[0].path, Whole.FILE),
            "sitemap-page-missing",
            f"the sitemap does not list {path}, so search engines may never find it.",
            f"add {versions.site.resolver.url_of(path)}, or write noindex into that page.",
        )


def _reason_against(pointer: Pointer, sitemap: str, listed: set[str], versions: Versions) -> str:
    """Say why an entry does not belong into a sitemap; nothing where it does."""
    state, path = pointer.target.state, pointer.target.path
    if state == "elsewhere":
        return "is no address of this site"
    if state != "file":
        return ""  # where it leads is a fault already
    if path == sitemap:
        return "is the sitemap itself"
    return "is listed a second time" if path in listed else _reason(path, versions)


def _reason(path: str, versions: Versions) -> str:
    """Say why a page does not belong into a sitemap; nothing where it does."""
    survey = versions.pages.get(path)
    if survey is None:
        return ""
    if not survey.is_indexable:
        return "asks search engines to leave it out (noindex)"
    if survey.redirect or (survey.refresh and survey.refresh.state != "file"):
        return "sends its readers on to another page"
    if not stands_for_itself(survey, versions):
        return "names another page as its canonical address"
    if PurePosixPath(path).name in ("404.html", "50x.html", "500.html"):
        return "is what a host shows in place of a page"
    return ""


def _extra(spot: Spot, reason: str) -> SiteFault:
    assert isinstance(spot.what, Reference)
    return SiteFault(
        spot,
        "sitemap-page-extra",
        f"'{spot.what.value}' {reason}.",
        "take the entry out of the sitemap, or correct its address.",
    )


def _without_replaced(missing: list[str], wrong: list[str]) -> list[str]:
    """Leave out, for each wrong entry, the missing page that it most probably means."""
    if len(missing) > _FEW:
        return missing[len(wrong) :]
    left = list(missing)
    for address in wrong[: len(missing)]:
        ends = [path[-_LONG:] for path in left]
        near = difflib.get_close_matches(address[-_LONG:], ends, 1, 0.0)
        del left[ends.index(near[0])]
    return left
