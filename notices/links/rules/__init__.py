# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be wrong in a finished site; one module for each question.

Some questions can be answered from one file and the list of all (``landing``, ``ids``); they are
asked while files are read. The others need to know every page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notices.links.model import SiteFault, Survey
from notices.links.rules import (
    anchors,
    canonical,
    crossing,
    fragments,
    hreflang,
    ids,
    redirects,
    sitemap,
)
from notices.links.versions import Versions


def between_files(surveys: Mapping[str, Survey], versions: Versions) -> Iterator[SiteFault]:
    """Ask every question that needs to know all pages."""
    differing, expected = anchors.check(surveys, versions)
    yield from differing
    yield from fragments.check(surveys, versions, expected)
    yield from ids.check_lost(surveys, expected)
    yield from redirects.check(versions)
    yield from hreflang.check(surveys, versions)
    yield from canonical.check(versions)
    yield from crossing.check(versions)
    yield from sitemap.check(surveys, versions)
