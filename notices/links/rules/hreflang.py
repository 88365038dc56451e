# SPDX-License-Identifier: AGPL-3.0-or-later
"""Do the versions of a page in other languages name each other, each by its language?

``link rel=alternate hreflang`` is defined in HTML, section 4.6.8.1; that versions have to name
themselves and each other, and ``x-default``, is what search engines ask for. A page that is for
readers of every language, as the ``x-default`` of its versions, names them and not itself.

One wrong line makes many pages disagree. So each line is judged first by what it says itself, then
by what the other pages say, and what a wrong line explains is no fault once more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from notices.links.model import Pointer, SiteFault, Spot, Survey
from notices.links.tags import fault_of_tag
from notices.links.version_list import VersionList
from notices.links.versions import Versions, agree


def check(surveys: Mapping[str, Survey], versions: Versions) -> Iterator[SiteFault]:
    """Check the versions that every page names, and the language that it is in."""
    lists = {path: VersionList(survey, versions) for path, survey in versions.pages.items()}
    for ask in (
        VersionList.check_language,
        VersionList.check_tags,
        VersionList.check_default,
        VersionList.check_doubled,
    ):
        for one in lists.values():
            ask(one)
    _check_returned(lists, versions)
    for one in lists.values():
        one.check_whole()
        yield from one.faults
    for survey in surveys.values():
        if survey.kind == "sitemap":
            yield from _in_sitemap(survey, lists, versions)


def _check_returned(lists: Mapping[str, VersionList], versions: Versions) -> None:
    """Check that every version that is named names the page, too; say which of both is wrong."""
    unreturned = [
        (one, pointer, lists[path])
        for one in lists.values()
        for pointer, path in versions.named(one.path)
        if pointer not in one.faulty
        and path in lists
        and not versions.is_for_all(one.path)
        and not versions.names(path, one.path)
    ]
    uncertain = []
    for one, pointer, other in unreturned:
        if reason := _why_wrong(one, pointer.reference.hreflang, other, versions):
            _add_unreturned(one, pointer, other, reason)
        else:
            uncertain.append((one, pointer, other))
    for one, pointer, other in uncertain:
        if other.named_in(versions.languages_of(one.path)):
            _add_unreturned(one, pointer, other, "does not name it back")
        else:
            other.lost.add(one.path)


def _add_unreturned(one: VersionList, pointer: Pointer, other: VersionList, reason: str) -> None:
    one.add(
        pointer,
        "hreflang-unreturned",
        f"{other.path} is named as a version of this page, and {reason}.",
        "let both pages name each other, or neither.",
    )


def _why_wrong(one: VersionList, tag: str, other: VersionList, versions: Versions) -> str:
    """Say why the line is wrong that names a version; nothing if that is not certain."""
    for rival, _ in versions.called(one.path):
        is_rival = rival != other.path and not versions.names(one.path, rival)
        is_rival = is_rival and not versions.is_for_all(rival)
        if is_rival and any(agree(tag, own) for own in versions.languages_of(rival)):
            return f"{rival} names this page instead"
    return "" if other.survey.alternates else "does not name it back"


def _in_sitemap(
    survey: Survey, lists: Mapping[str, VersionList], versions: Versions
) -> Iterator[SiteFault]:
    """Check that a sitemap names the same versions of each page as the page itself, if it does."""
    listed = Counter(entry.pointer.target.path for entry in survey.entries)
    nth: Counter[object] = Counter()
    for entry in survey.entries:
        path = entry.pointer.target.path
        own = lists.get(path)
        can_compare = own and own.survey.alternates and not own.is_faulty and listed[path] == 1
        wanted = own.said() if own and can_compare else {}
        given: set[tuple[str, str]] = set()
        is_wrong = False
        for pointer in entry.versions:
            spot = Spot(survey.path, pointer.reference, nth[pointer.reference])
            nth[pointer.reference] += 1
            tag = pointer.reference.hreflang.lower()
            found = versions.destination(pointer.target.path)
            given.add((tag, found))
            fault = fault_of_tag(pointer, "", versions)
            if not fault and can_compare and (tag, found) not in wanted:
                fault = (
                    "hreflang-differs",
                    f"the sitemap names {found} as the '{tag}' of {path}, and that page does not.",
                    "let the sitemap name the versions that the page names.",
                )
            is_wrong = is_wrong or bool(fault) or pointer.target.state != "file"
            if fault and pointer.target.state == "file":
                yield SiteFault(spot, *fault)
        lost = sorted(tag for tag, found in set(wanted) - given)
        if given and lost and not is_wrong:
            yield SiteFault(
                Spot(survey.path, entry.pointer.reference),
                "hreflang-incomplete",
                f"among the versions of {path}, the sitemap leaves out {', '.join(lost)}, which "
                "the page itself names.",
                "name every version, or leave the versions to the pages.",
            )
