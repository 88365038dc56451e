# SPDX-License-Identifier: AGPL-3.0-or-later
"""The versions in other languages that one page names, and what is wrong with that list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import chain, islice

from notices.languages import is_language
from notices.links import schemes
from notices.links.model import Pointer, SiteFault, Spot, Survey, Whole
from notices.links.tags import fault_of_tag, in_another, is_default
from notices.links.versions import X_DEFAULT, Versions, agree

_ITSELF = "itself"
_MOST_MISSING = 100
"""No more versions are looked for that a page does not name."""


@dataclass(eq=False)
class VersionList:
    """One page's versions: its faults so far, its lines that have one, and pages it should name."""

    survey: Survey
    versions: Versions
    faults: list[SiteFault] = field(default_factory=list)
    faulty: dict[Pointer, None] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    @property
    def path(self) -> str:
        """The page's path."""
        return self.survey.path

    def add(self, pointer: Pointer, code: str, message: str, fix: str) -> None:
        """Add a fault of one line."""
        self.faulty[pointer] = None
        self.faults.append(SiteFault(Spot(self.path, pointer.reference), code, message, fix))

    def found(self, pointer: Pointer) -> str:
        """Give the page that a line means."""
        return self.versions.destination(pointer.target.path)

    def said(self) -> set[tuple[str, str]]:
        """Give each tag with its page."""
        return {(one.reference.hreflang.lower(), self.found(one)) for one in self.survey.alternates}

    def named_in(self, languages: Collection[str]) -> list[str]:
        """Give the pages that are named, without a fault, as versions in one of these languages."""
        return [
            path
            for pointer, path in self._named()
            if any(agree(pointer.reference.hreflang, one) for one in languages)
        ]

    def _named(self) -> list[tuple[Pointer, str]]:
        return [one for one in self.versions.named(self.path) if one[0] not in self.faulty]

    @property
    def is_faulty(self) -> bool:
        """Tell whether something is wrong with the list."""
        return bool(self.faults or self.faulty or self.lost)

    def check_language(self) -> None:
        """Check the page's own language where that matters: with versions, or languages given."""
        lang, known = self.survey.lang, self.versions.site.languages
        if not known and not self.survey.alternates:
            return
        if lang and is_language(lang) and (not known or any(agree(lang, one) for one in known)):
            return
        if lang and is_language(lang):
            message = f"the page is in '{lang}', and the site has {', '.join(known)}."
        elif lang:
            message = f"'{lang}' is no language (BCP 47), so screen readers guess how to speak."
        else:
            message = "the page does not say its language, so screen readers guess how to speak."
        named = self.versions.versions_of(self.path).get(self.path, ())
        tags = Counter([*(tag for _, tag in self.versions.called(self.path)), *named])
        example = min(tags, key=lambda tag: (-tags[tag], tag), default="sv")
        fix = f'write the tag of the page\'s language, such as <html lang="{example}">.'
        self._add_language(message, fix)

    def _add_language(self, message: str, fix: str) -> None:
        spot = Spot(self.path, Whole.LANGUAGE)
        self.faults.append(SiteFault(spot, "page-language", message, fix))

    def check_tags(self) -> None:
        """Check each version that is named: its tag is one, and it is in that language."""
        for pointer in self.survey.alternates:
            if fault := fault_of_tag(pointer, self.path, self.versions):
                self.add(pointer, *fault)
            elif pointer.target.state in ("elsewhere", "other-scheme"):
                self._check_outside(pointer)
            elif pointer.target.state != "file":
                self.faulty[pointer] = None  # where it leads is a fault already
            elif not is_default(pointer) and self.found(pointer) == self.path:
                self._check_own_tag(pointer, pointer.reference.hreflang)

    def _check_outside(self, pointer: Pointer) -> None:
        """Check a version on another host: a site may have one, but not here and there."""
        tag, is_web = pointer.reference.hreflang, pointer.target.state == "elsewhere"
        if not is_web and schemes.fault(pointer.reference.value, pointer.target):
            self.faulty[pointer] = None  # that is a fault already
        elif not is_web or self.versions.has_inside(tag):
            self.add(
                pointer,
                "hreflang-differs",
                f"'{tag}' is said of {pointer.reference.value}, which is no address of this site, "
                "and other pages have that version here.",
                "name the page of this site.",
            )

    def _check_own_tag(self, pointer: Pointer, tag: str) -> None:
        own = self.survey.lang
        if not is_language(own) or agree(tag, own):
            return
        called = [one for _, one in self.versions.called(self.path)]
        if called and all(agree(tag, one) for one in called):
            message = f"the page declares '{own}', and all of its versions call it '{tag}'."
            self._add_language(message, f'correct it: <html lang="{tag}">.')
        else:
            self.add(pointer, *in_another(tag, self.path, own))

    def check_default(self) -> None:
        """Check that x-default leads to a version, or to a page for all, and is the same in all."""
        for pointer in self.survey.alternates:
            path = self.found(pointer)
            if is_default(pointer) and path in self.versions.pages:
                self._check_default(pointer, path)

    def _check_default(self, pointer: Pointer, path: str) -> None:
        versions = self.versions
        if self._is_strange(path, self.path):
            self.add(
                pointer,
                "hreflang-differs",
                f"x-default leads to {path}, which is no version of this page, nor one for readers "
                "of every language.",
                "name one of the versions, or a page that leads to all of them.",
            )
            return
        for other in (*versions.versions_of(self.path), path):
            instead = versions.default_of(other)
            is_version = versions.names(other, self.path) or instead == self.path
            is_other = instead not in ("", path) and not self._is_strange(instead, other)
            if other != self.path and is_version and is_other and self._is_less(path, instead):
                self.add(
                    pointer,
                    "hreflang-differs",
                    f"x-default leads to {path}, and that of {other}, a version of this page, to "
                    f"{instead}.",
                    "let all versions name the same page.",
                )
                return

    def _is_strange(self, default: str, path: str) -> bool:
        """Tell whether what a page calls x-default is no version of it, nor a page for all."""
        versions = self.versions
        is_related = versions.names(path, default) or versions.names(default, path)
        if default == path or is_related or default not in versions.pages:
            return False
        names_itself = versions.names(default, default) and not versions.is_for_all(default)
        return names_itself or not versions.pages[default].is_indexable

    def _is_less(self, path: str, instead: str) -> bool:
        """Tell whether a page is less likely to be the x-default than another."""
        rank = self.versions.rank_of_default
        return (rank(path), instead) < (rank(instead), path)

    def check_doubled(self) -> None:
        """Check that each language is that of one version; the one that is no fault stays."""
        by_tag: dict[str, list[Pointer]] = {}
        for pointer in self.survey.alternates:
            if pointer not in self.faulty:
                by_tag.setdefault(pointer.reference.hreflang.lower(), []).append(pointer)
        for pointers in by_tag.values():
            kept = next((one for one in pointers if self._is_returned(one)), pointers[0])
            for pointer in pointers:
                if self.found(pointer) != self.found(kept):
                    self.add(
                        pointer,
                        "hreflang-doubled",
                        f"'{pointer.reference.hreflang}' stands for two pages here: "
                        f"{kept.reference.value} and {pointer.reference.value}.",
                        "name one page for each language.",
                    )

    def _is_returned(self, pointer: Pointer) -> bool:
        return self.versions.names(self.found(pointer), self.path)

    def check_whole(self) -> None:
        """Check that nothing is missing in the list but what a line with a fault stands for."""
        if not self.survey.alternates:
            return
        if self.versions.is_for_all(self.path):
            self._check_kin()
        lost = self._unexplained(self._missing())
        if lost:
            self.faults.append(
                SiteFault(
                    self._spot_of_all(),
                    "hreflang-incomplete",
                    f"among the versions of this page, {' and '.join(lost)} is missing.",
                    "name every version on each of them: itself, the others, and x-default.",
                )
            )

    def _spot_of_all(self) -> Spot:
        """Give the place of the whole list: its first line, or one that only says it again."""
        seen: dict[tuple[str, str], Pointer] = {}
        for pointer in self.survey.alternates:
            first = seen.setdefault((pointer.reference.hreflang, self.found(pointer)), pointer)
            if first is not pointer:
                return Spot(self.path, pointer.reference, int(first == pointer))
        return Spot(self.path, self.survey.alternates[0].reference)

    def _missing(self) -> list[str]:
        """Give the versions that are not named: itself, x-default, or the paths of others."""
        versions, named = self.versions, self.versions.versions_of(self.path)
        is_for_all = versions.is_for_all(self.path)
        missing = [] if is_for_all or self.path in named else [_ITSELF]
        if not any(map(is_default, self.survey.alternates)):
            missing.append(X_DEFAULT)
        family = [path for _, path in self._named()] if is_for_all else [self.path]
        groups = {group[0]: group for group in map(versions.group, family)}
        kin = (one for group in groups.values() for one in group)
        others = (
            one for one in chain(sorted(self.lost), kin) if one != self.path and one not in named
        )
        return missing + sorted(set(islice(others, _MOST_MISSING)))

    def _unexplained(self, missing: list[str]) -> list[str]:
        """Take away what a line with a fault stands for; each stands for one at most."""
        spare = list(self.faulty)
        if not spare:
            return missing
        tests: tuple[Callable[[Pointer, str], bool], ...] = (self._stands_for, lambda *_: True)
        for test in tests:
            for name in list(missing):
                pointer = next((one for one in spare if test(one, name)), None)
                if pointer:
                    spare.remove(pointer)
                    missing.remove(name)
        return missing

    def _stands_for(self, pointer: Pointer, name: str) -> bool:
        if name == X_DEFAULT:
            return is_default(pointer)
        path = self.path if name == _ITSELF else name
        if pointer.target.state == "file" and self.found(pointer) == path:
            return True
        tag = pointer.reference.hreflang
        return any(agree(tag, one) for one in self.versions.languages_of(path))

    def _check_kin(self) -> None:
        """Check that what a page for all readers names are versions of each other."""
        versions = self.versions
        lines = [(pointer, path) for pointer, path in self._named() if path in versions.pages]

        def is_kin(one: str, other: str) -> bool:
            return one == other or versions.names(one, other) or versions.names(other, one)

        kin = Counter({one: sum(is_kin(one, other) for _, other in lines) for _, one in lines})

        def rank(path: str) -> tuple[int, int, int, str]:
            return -kin[path], -len(versions.called(path)), path.count("/"), path

        kept = min(kin, key=rank, default="")
        for pointer, path in lines:
            if not is_kin(path, kept):
                self.add(
                    pointer,
                    "hreflang-differs",
                    f"{path} is no version of {kept}, and this page names both.",
                    "name the versions of one page.",
                )
