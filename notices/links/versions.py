# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which pages are the same page in other languages, and where does a redirect end?"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import langcodes

from notices.languages import is_language
from notices.links.model import Pointer, Survey
from notices.links.site import Site

X_DEFAULT: Final = "x-default"
_MOST_TAGS: Final = 50
"""No more tags are kept of those by which a page names itself."""


@functools.lru_cache(1024)
def agree(one: str, other: str) -> bool:
    """Tell whether two tags can mean the same text: language and script, and regions if both say.

    ``en`` and ``en-GB`` agree, ``zh-TW`` and ``zh-Hant`` too; ``pt-BR`` and ``pt-PT`` do not.
    """
    if one.lower() == other.lower():
        return True
    if not is_language(one) or not is_language(other):
        return False
    left, right = langcodes.Language.get(one), langcodes.Language.get(other)
    if left.territory and right.territory and left.territory != right.territory:
        return False
    left, right = left.maximize(), right.maximize()
    return left.language == right.language and left.script == right.script


class Versions:
    """The pages of a site, and how they belong together."""

    def __init__(self, surveys: Mapping[str, Survey], site: Site) -> None:
        self.pages = {path: survey for path, survey in surveys.items() if survey.kind == "page"}
        self.site = site
        self._destinations = _destinations(self.pages)
        self._tags_inside = {
            pointer.reference.hreflang.lower()
            for survey in self.pages.values()
            for pointer in survey.alternates
            if pointer.target.state == "file"
        }
        self._languages: dict[str, Sequence[str]] = {}
        self._versions_in: dict[tuple[str, str], str] = {}
        self._pointers: dict[str, Sequence[tuple[Pointer, str]]] = {}
        self._named: dict[str, dict[str, list[str]]] = {}
        self._defaults: dict[str, str] = {}
        self._called_default: defaultdict[str, set[str]] = defaultdict(set)
        self._called: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for path, survey in self.pages.items():
            if survey.alternates:
                self._take(path, survey)
            own = (survey.lang, *self._named.get(path, {}).get(path, ()))
            self._languages[path] = [tag for tag in dict.fromkeys(own) if tag][:_MOST_TAGS]
        self._for_all = {path for path in self._named if self._serves_all(path)}
        self._groups = self._grouped()

    def _take(self, path: str, survey: Survey) -> None:
        """Note what a page says of its versions."""
        pointers = self._pointers[path] = [
            (pointer, self.destination(pointer.target.path))
            for pointer in survey.alternates
            if pointer.target.state == "file" and is_language(pointer.reference.hreflang)
        ]
        named = self._named[path] = {}
        for pointer, found in pointers:
            named.setdefault(found, []).append(pointer.reference.hreflang)
        for found, tags in named.items():
            if found != path:
                self._called[found] += [(path, tag) for tag in tags]
        for pointer in survey.alternates:
            if pointer.reference.hreflang.lower() == X_DEFAULT and pointer.target.state == "file":
                default = self.destination(pointer.target.path)
                self._defaults.setdefault(path, default)
                self._called_default[default].add(path)

    def destination(self, path: str) -> str:
        """Follow redirects from a page to the one that is shown; one of a circle is itself."""
        return self._destinations.get(path, path)

    def named(self, path: str) -> Sequence[tuple[Pointer, str]]:
        """Give the versions in a language that a page names: the pointer and the page it means."""
        return self._pointers.get(path, ())

    def versions_of(self, path: str) -> Mapping[str, Sequence[str]]:
        """Give the pages that a page names as its versions, and the tags by which it does."""
        return self._named.get(path, {})

    def called(self, path: str) -> Sequence[tuple[str, str]]:
        """Give the other pages that name a page as a version, each with the tag."""
        return self._called.get(path, ())

    def names(self, path: str, other: str) -> bool:
        """Tell whether a page names another, or itself, as a version of itself."""
        return other in self._named.get(path, ())

    def default_of(self, path: str) -> str:
        """Give the page that a page names for readers of every other language, if any."""
        return self._defaults.get(path, "")

    def rank_of_default(self, path: str) -> tuple[int, bool]:
        """Tell how well a page is known to be for readers of every other language."""
        return len(self._called_default[path]), self._defaults.get(path) == path

    def has_inside(self, tag: str) -> bool:
        """Tell whether some page has its version in this language, or x-default, on the site."""
        return tag.lower() in self._tags_inside

    def is_for_all(self, path: str) -> bool:
        """Tell whether a page names versions, and is for readers of all languages, as x-default."""
        return path in self._for_all

    def _serves_all(self, path: str) -> bool:
        """Tell it by what most pages call it, so that one wrong line changes nothing."""
        callers = {caller for caller, _ in self.called(path)}
        by_default = self._called_default[path]
        is_mostly = len(callers) <= len(by_default - callers - {path})
        return bool(by_default) and is_mostly and not self._is_one_of(path)

    def _is_one_of(self, path: str) -> bool:
        """Tell whether a page names itself by its language, and no version has another for that."""
        named, lang = self._named[path], self.pages[path].lang
        own = [tag for tag in named.get(path, ()) if agree(tag, lang) or not is_language(lang)]
        taken = [
            tag
            for version in named
            for other, tags in self._named.get(version, {}).items()
            if other != path and self.names(other, version)
            for tag in tags
            if agree(tag, self.pages[other].lang)
        ]
        return any(not any(agree(tag, other) for other in taken) for tag in own)

    def languages_of(self, path: str) -> Sequence[str]:
        """Give the language that a page declares, and those that it names itself by."""
        return self._languages.get(path, ())

    def is_in(self, path: str, tag: str) -> bool:
        """Tell whether a page is in a language; yes, too, where it does not say."""
        own = self.languages_of(path)
        return not own or tag in own or any(agree(tag, one) for one in own)

    def group(self, path: str) -> Sequence[str]:
        """Give the versions of a page, itself among them, in the order of their paths."""
        return self._groups.get(path, (path,))

    def version_in(self, path: str, tag: str) -> str:
        """Give the first version of a page that is in a language; empty where there is none."""
        group = self.group(path)
        key = group[0], tag
        if key not in self._versions_in:
            found = (one for one in group if self.is_in(one, tag))
            self._versions_in[key] = next(found, "")
        return self._versions_in[key]

    def groups(self) -> Iterator[Sequence[str]]:
        """Give each group of two and more versions once."""
        for path, group in self._groups.items():
            if group[0] == path and len(group) > 1:
                yield group

    def _grouped(self) -> dict[str, Sequence[str]]:
        """Put pages together that name each other, or that have one name in two languages."""
        together: dict[str, set[str]] = {path: {path} for path in self.pages}

        def join(one: str, other: str) -> None:
            small, large = sorted((together[one], together[other]), key=len)
            if small is not large:
                large |= small
                together.update(dict.fromkeys(small, large))

        by_name: defaultdict[str, list[str]] = defaultdict(list)
        for path, survey in self.pages.items():
            if survey.redirect:
                continue
            for found in self._named.get(path, ()):
                if self.names(found, path) and not {path, found} & self._for_all:
                    join(path, found)
            folder, _, rest = path.partition("/")
            is_own_name = self._is_language_folder(folder, survey)
            if rest and is_own_name and not survey.alternates:
                by_name[rest].append(path)
        for paths in by_name.values():
            for path in paths[1:]:
                join(paths[0], path)
        groups: dict[str, Sequence[str]] = {}
        for path, group in together.items():
            if path not in groups:
                groups.update(dict.fromkeys(group, tuple(sorted(group))))
        return groups

    def _is_language_folder(self, folder: str, survey: Survey) -> bool:
        known = self.site.languages or ((folder,) if is_language(folder) else ())
        return folder in known and (not survey.lang or agree(folder, survey.lang))


def _destinations(pages: Mapping[str, Survey]) -> Mapping[str, str]:
    """Give for each page that sends its readers on where they end; in a circle that is itself."""
    ends: dict[str, str] = {}
    for start in pages:
        way: dict[str, None] = {}
        end = start
        while end not in ends and end not in way and end in pages and pages[end].redirect:
            way[end] = None
            end = pages[end].redirect
        ends.update(dict.fromkeys(way, ends.get(end, end)))
        if end in way:
            steps = list(way)
            ends.update((step, step) for step in steps[steps.index(end) :])
    return ends
