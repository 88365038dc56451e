# SPDX-License-Identifier: AGPL-3.0-or-later
"""How does each section of each translation stand to its source?"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, Literal, get_args

from notices import parallel
from notices.model import Catalog, Notice, Review, Section, key_of
from notices.remembering import remembered
from notices.review.words import digest
from notices.untranslated import is_untranslated

State = Literal["current", "outdated", "altered", "never reviewed", "missing", "orphan"]
STATES: Final[tuple[State, ...]] = get_args(State)
"""Checked as it is; the source has changed since; only the translation has changed since; never
checked; not there, or in the source's own words; without a source.
"""

Digests = Mapping[str, str]
"""Of one notice in one language, by anchor."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A section of a notice in one language: its state, and what that was told from.

    ``anchor`` is empty for a notice's title and introduction. ``review`` is the one that counts.
    ``is_draft`` says that the translation is a draft by itself, so that it is neither late nor
    missing.
    """

    name: str
    anchor: str
    state: State
    source: Section | None = None
    translation: Section | None = None
    review: Review | None = None
    is_draft: bool = False

    @property
    def key(self) -> str:
        """Name the section (see ``key_of``)."""
        return key_of(self.name, self.anchor)


@functools.lru_cache(maxsize=1)
def standings(catalog: Catalog) -> Mapping[str, tuple[Standing, ...]]:
    """Give the standing of every section in each translation, in the order of the source."""
    names = list(catalog.notices)
    digests: Iterable[Mapping[str, Digests]] = [{}] * len(names)
    if catalog.reviews:
        digests = parallel.in_order(functools.partial(_digests, catalog), names)
    found: dict[str, list[Standing]] = {lang: [] for lang in catalog.translations}
    for name, by_lang in zip(names, digests, strict=True):
        for lang, of_lang in found.items():
            of_lang += _of_notice(
                name,
                catalog.source(name),
                catalog.notices[name].get(lang),
                by_lang.get(catalog.source_language),
                by_lang.get(lang),
                catalog.reviews.get(lang, {}).get(name, ()),
                f"{lang}/{name}.md" in catalog.draft_texts,
            )
    return {lang: tuple(of_lang) for lang, of_lang in found.items()}


def _digests(catalog: Catalog, name: str) -> Mapping[str, Digests]:
    """Give the digests of a notice's parts in the languages that keep reviews, and the source."""
    return {
        lang: _digests_of(notice)
        for lang, notice in catalog.notices[name].items()
        if lang in catalog.reviews or lang == catalog.source_language
    }


@remembered
def _digests_of(notice: Notice) -> Digests:
    return {part.anchor: digest(part, notice) for part in notice.parts}


def totals(standing: Iterable[Standing]) -> dict[State, int]:
    """Count the sections in each state, in the order of STATES; drafts do not count."""
    counted = Counter(one.state for one in standing if not one.is_draft)
    return {state: counted[state] for state in STATES}


def outdated(catalog: Catalog) -> frozenset[tuple[str, str]]:
    """Give (language, key) of each translated section whose source has changed since its review."""
    return frozenset(
        (lang, standing.key)
        for lang, all_standings in standings(catalog).items()
        for standing in all_standings
        if standing.state == "outdated"
    )


@remembered
def _of_notice(
    name: str,
    source: Notice | None,
    translation: Notice | None,
    source_digests: Digests | None,
    own_digests: Digests | None,
    known: tuple[Review, ...],
    is_draft: bool,
) -> tuple[Standing, ...]:
    """Give the standings of a notice in a language; digests are None where no reviews are kept."""
    digests = source_digests or {}, own_digests or {}
    found = _standings(name, source, translation, digests, known)
    return tuple(replace(one, is_draft=True) for one in found) if is_draft else tuple(found)


def _standings(
    name: str,
    source: Notice | None,
    translation: Notice | None,
    digests: tuple[Digests, Digests],
    known: tuple[Review, ...],
) -> Iterator[Standing]:
    theirs = {section.anchor: section for section in source.parts} if source else {}
    own = {section.anchor: section for section in translation.parts} if translation else {}
    reviews = _Reviews(known, theirs)
    for anchor, section in theirs.items():
        twin = own.get(anchor)
        if not (source and translation and twin) or is_untranslated(
            twin, translation, section, source
        ):
            yield Standing(name, anchor, "missing", section, twin)
            continue
        now = [of_text.get(anchor, "") for of_text in digests]
        review = reviews.take(anchor, *now)
        yield Standing(name, anchor, _state(review, *now), section, twin, review)
    for anchor, section in own.items():
        if anchor not in theirs:
            yield Standing(name, anchor, "orphan", translation=section)


class _Reviews:
    """The reviews of one translated notice, for sections whose id may have changed since."""

    def __init__(self, reviews: Iterable[Review], anchors: Collection[str]) -> None:
        self._by_anchor: dict[str, list[Review]] = {}
        self._by_digest: dict[str, list[Review]] = {}
        self._taken: set[int] = set()
        for review in reviews:
            self._by_anchor.setdefault(review.anchor, []).append(review)
            if review.anchor not in anchors:
                self._by_digest.setdefault(review.source, []).append(review)
                self._by_digest.setdefault(review.translation, []).append(review)

    def take(self, anchor: str, source: str, translation: str) -> Review | None:
        """Give the review of a section that fits best, which then is no other section's.

        It has the section's id, or an id that is lost and one of its texts: an id that is made of a
        heading is lost when somebody changes the heading.
        """
        known = self._by_anchor.get(anchor)
        if known is None:
            lost = (self._by_digest.get(digest, ()) for digest in (translation, source))
            known = [review for review in chain(*lost) if id(review) not in self._taken]
        if not known:
            return None
        best = max(
            known, key=lambda one: (one.source == source, one.translation == translation, one.on)
        )
        self._taken.add(id(best))
        return best


def _state(review: Review | None, source: str, translation: str) -> State:
    """Compare what two texts say now with what they said when they were checked."""
    if review is None:
        return "never reviewed"
    if review.source != source:
        return "outdated"
    return "current" if review.translation == translation else "altered"
