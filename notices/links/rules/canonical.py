# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does every page say one address that it is to be known by, its own or that of its source?"""

from __future__ import annotations

from collections.abc import Iterator

from notices.links.canonical import reason_against
from notices.links.model import Pointer, SiteFault, Spot, Survey
from notices.links.versions import Versions


def check(versions: Versions) -> Iterator[SiteFault]:
    """Check ``link rel=canonical`` (RFC 6596)."""
    for survey in versions.pages.values():
        if not survey.canonicals:
            continue
        first, *others = survey.canonicals
        for pointer in others:
            if pointer.target != first.target:
                yield _fault(survey, pointer, "this page names two canonical addresses.")
        reason = reason_against(survey, first, versions)
        if reason:
            yield _fault(survey, first, reason)


def _fault(survey: Survey, pointer: Pointer, message: str) -> SiteFault:
    return SiteFault(
        Spot(survey.path, pointer.reference),
        "canonical-differs",
        message,
        "let the page name its own address, or that of the page whose text it shows.",
    )
