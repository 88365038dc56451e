# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does a link keep its readers in their language, or say that it does not?"""

from __future__ import annotations

from collections.abc import Iterator

from notices.languages import is_language
from notices.links.model import Landing, SiteFault, Spot, Survey
from notices.links.tags import malformed
from notices.links.versions import Versions


def check(versions: Versions) -> Iterator[SiteFault]:
    """Check the links from page to page: their ``hreflang``, or the language that they lead to."""
    for survey in versions.pages.values():
        says_language = bool(survey.lang) and is_language(survey.lang)
        for landing in survey.landings:
            if landing.hreflang is None:
                continue
            target = landing.path
            if target != survey.path:  # a link within a page leads nowhere else, redirect or not
                target = versions.destination(target)
            if landing.hreflang:
                if target in versions.pages:
                    yield from _declared(survey.path, landing, target, versions)
            elif says_language and not _is_at_home(survey.path, target, versions):
                yield from _silent(survey, landing, target, versions)


def _is_at_home(path: str, target: str, versions: Versions) -> bool:
    """Tell whether a page is in a language of another, be it declared or what it is named by."""
    return any(versions.is_in(target, tag) for tag in versions.languages_of(path))


def _declared(path: str, landing: Landing, target: str, versions: Versions) -> Iterator[SiteFault]:
    tag = landing.hreflang or ""
    if not is_language(tag):
        yield SiteFault(Spot(path, landing), *malformed(tag))
    elif not versions.is_in(target, tag):
        own = ", ".join(versions.languages_of(target))
        yield SiteFault(
            Spot(path, landing),
            "hreflang-differs",
            f"the link says that it leads to a page in '{tag}', and {target} is in '{own}'.",
            "link to the page in that language, or correct the hreflang.",
        )


def _silent(
    survey: Survey, landing: Landing, target: str, versions: Versions
) -> Iterator[SiteFault]:
    own = versions.version_in(target, survey.lang)
    if own:
        there = ", ".join(versions.languages_of(target))
        yield SiteFault(
            Spot(survey.path, landing),
            "link-leaves-language",
            f"from a page in '{survey.lang}', the link leads to {target} in '{there}'; the same "
            f"page exists in '{survey.lang}': {own}.",
            f'link to {own}, or add hreflang="{there}" if the other language is meant.',
        )
