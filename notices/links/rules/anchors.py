# SPDX-License-Identifier: AGPL-3.0-or-later
"""Have the versions of a page in other languages the same anchors, in the same order?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final
from urllib.parse import unquote

from notices.links.model import ExpectedAnchors, SiteFault, Spot, Survey, Whole
from notices.links.reading.page import is_id
from notices.links.versions import Versions

_MOST: Final = 1_000
"""No more anchors of one page are said to differ."""


def check(
    surveys: Mapping[str, Survey], versions: Versions
) -> tuple[list[SiteFault], ExpectedAnchors]:
    """Compare the anchors of each page with those of its other versions.

    Also give the anchors that pages should have: a link to one that is missing is the same fault
    once more.
    """
    faults: list[SiteFault] = []
    expected: dict[str, frozenset[str]] = {}
    wanted = _wanted(surveys)
    usual = Counter(name for page in versions.pages.values() for name in page.ids)
    for group in versions.groups():
        anchors = {path: _anchors(surveys[path]) for path in group}
        if len(set(anchors.values())) == 1:
            continue
        model = _model(anchors, wanted, usual)
        for path in group:
            if anchors[path] != anchors[model]:
                expected[path] = frozenset(anchors[model])
                faults += islice(_compared(path, anchors[path], model, anchors[model]), _MOST)
    return faults, expected


def _anchors(survey: Survey) -> tuple[str, ...]:
    """Give the ids that links may lead to, each once, in an order that versions have in common.

    One that begins with an underscore names no part of the text: a word that a glossary explains
    stands where the alphabet, or the grammar, of the language puts it.
    """
    names = [name for name in dict.fromkeys(survey.ids) if name not in survey.inner_ids]
    return (
        *(name for name in names if not name.startswith("_")),
        *sorted(name for name in names if name.startswith("_")),
    )


def _wanted(surveys: Mapping[str, Survey]) -> Mapping[str, set[str]]:
    """Give the anchors that links and attributes ask for, by page."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for survey in surveys.values():
        for landing in survey.landings:
            if landing.fragment:
                wanted[landing.path].add(unquote(landing.fragment))
        wanted[survey.path].update(one.name for one in survey.lost_ids)
    return wanted


def _model(
    anchors: Mapping[str, tuple[str, ...]],
    wanted: Mapping[str, set[str]],
    usual: Mapping[str, int],
) -> str:
    """Choose the version that is probably right.

    That is the one that most others agree with; of those the one with the fewest references to
    anchors that it does not have; of those the one with the most references to those that it has;
    of those the one with the fewest anchors that no page has but it; of those the one with most.
    """
    alike = Counter(anchors.values())

    def rank(path: str) -> tuple[int, ...]:
        own = set(anchors[path])
        asked = wanted.get(path, set())
        rare = sum(usual[name] == 1 for name in own)
        return -alike[anchors[path]], len(asked - own), -len(asked & own), rare, -len(own)

    return min(anchors, key=rank)


def _compared(
    path: str, own: Sequence[str], model: str, wanted: Sequence[str]
) -> Iterator[SiteFault]:
    extra = set(own) - set(wanted)
    lost = set(wanted) - set(own)
    follows: dict[str | None, str] = dict(zip((None, *own), own, strict=False))
    paired = set()
    before = None
    for name in wanted:
        if name not in lost:
            before = name
            continue
        stands_here = follows.get(before)
        if stands_here in extra and stands_here not in paired:
            paired.add(stands_here)
            before = stands_here
            if not is_id(stands_here):
                continue  # that is a fault already
            yield _fault(
                Spot(path, stands_here),
                f"the anchor '{stands_here}' stands where {model} has '{name}': a link to "
                f"'{name}' works in one language only.",
                f"give it the id '{name}', or change the other version.",
            )
        else:
            spot = Spot(path, Whole.FILE if before is None else before)
            yield _fault(
                spot,
                f"the anchor '{name}', which {model} has, is missing"
                f"{'' if before is None else f' behind {before!r}'}.",
                f"give the id '{name}' to the part of this page that it stands for.",
            )
    for name in own:
        if name in extra and name not in paired and is_id(name):
            yield _fault(
                Spot(path, name),
                f"{model}, which is this page in another language, has no anchor '{name}'.",
                "give it the same anchor there, or take it away here.",
            )
    if not extra and not lost:
        name, other = next(pair for pair in zip(own, wanted, strict=True) if pair[0] != pair[1])
        yield _fault(
            Spot(path, name),
            f"the anchors stand in another order than in {model}: here comes '{name}', there "
            f"'{other}'.",
            "put the parts of both versions in the same order.",
        )


def _fault(spot: Spot, message: str, fix: str) -> SiteFault:
    return SiteFault(spot, "anchors-differ", message, fix)
