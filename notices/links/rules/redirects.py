# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does every page that sends its readers on send them somewhere in the end?"""

from __future__ import annotations

from collections.abc import Iterator

from notices.links.model import Landing, SiteFault, Spot
from notices.links.versions import Versions


def check(versions: Versions) -> Iterator[SiteFault]:
    """Find the redirects by ``meta`` (HTML, section 4.2.5.3) that lead in a circle, each once."""
    seen: set[str] = set()
    for path, survey in versions.pages.items():
        is_in_circle = survey.redirect and versions.destination(path) == path
        if not survey.refresh or not is_in_circle or path in seen:
            continue
        circle = [path]
        while (following := versions.pages[circle[-1]].redirect) != path:
            circle.append(following)
        seen.update(circle)
        yield SiteFault(
            Spot(path, Landing(survey.refresh.path, survey.refresh.fragment, None)),
            "redirect-loop",
            f"whoever opens this page is sent in a circle: {' → '.join([*circle, path])}.",
            "let one of these pages be one that is shown.",
        )
