# SPDX-License-Identifier: AGPL-3.0-or-later
"""At which addresses can readers find something, and which anchors has each?

Addresses are relative to the site's root. Drafts have none, since nobody but their editors meets
them. What the content says of retired addresses and anchors holds only where it fits the
site: where it does not, that is a finding of ``checks/aliases.py``, and nothing is made of it here.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from notices import addresses, draft_texts, languages
from notices.filenames import BILL, BUILD_RECORD, ICON, ROBOTS, SITEMAP, SUMS
from notices.model import FRONT_PAGE, Catalog, Notice
from notices.remembering import remembered

OWN_FILES: Final = frozenset(
    name.casefold()
    for name in (addresses.NOT_FOUND, ICON, ROBOTS, SITEMAP, BUILD_RECORD, SUMS, BILL)
)
"""Names that the site and its release give to files, in whatever folder, in small letters."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands at an address: a notice in a language, with its anchors as on the page.

    The root has no notice, and a page with two languages side by side has no language. ``plain`` is
    the address of the text without design, empty where there is none.
    """

    notice: str
    lang: str
    anchors: tuple[str, ...] = ()
    plain: str = ""


class Published:
    """The addresses of a site. ``compares`` is that of the settings.

    ``pages`` gives each page by its address, and ``addresses`` are all at which something is today:
    pages, plain texts, files.
    """

    def __init__(self, catalog: Catalog, *, compares: bool) -> None:
        catalog = replace(catalog, notices=draft_texts.kept(catalog.notices))
        self._catalog = catalog
        self.pages: Mapping[str, Page] = dict(_pages(catalog, compares))
        plain = (page.plain for page in self.pages.values() if page.plain)
        self.addresses = frozenset((*self.pages, *plain, *catalog.files))
        self._live = {addresses.file_of(one).casefold(): one for one in sorted(self.addresses)}
        self._retired = {_disk_name(one) for one in catalog.aliases.addresses}
        self._folders = {
            folder for file in (*self._live, *self._retired) for folder in _folders_of(file)
        }

    @functools.cached_property
    def redirects(self) -> Mapping[str, str]:
        """Each retired address and where it leads today, perhaps with a fragment.

        With a notice's page goes its text without design, though nobody wrote so.
        """
        found = {
            retired: target
            for retired, target in self._catalog.aliases.addresses.items()
            if target.partition("#")[0] in self.addresses and not self.conflict(retired)
        }
        for retired, target in list(found.items()):
            page = self.pages.get(target.partition("#")[0])
            plain = addresses.plain_of(retired)
            if _is_of_notice(retired) and not self.conflict(plain):
                found.setdefault(plain, page.plain if page and page.plain else target)
        return found

    def conflict(self, address: str) -> str:
        """Say why nothing can have been retired at an address; nothing where it can.

        Letter case does not tell two addresses apart: it does not on the disks of all who build.
        """
        file = _disk_name(address)
        if OWN_FILES & set(file.split("/")):
            return "the site has a file of its own there"
        if file in self._live:
            return f"there is something today: /{self._live[file]}"
        for folder in _folders_of(file):
            if folder in self._live or folder in self._retired:
                return f"it would stand below the file /{folder}"
        if file in self._folders:
            return "other addresses stand below it, so it cannot be that of a file"
        return ""


def _pages(catalog: Catalog, compares: bool) -> Iterator[tuple[str, Page]]:
    yield addresses.ROOT, Page("", "")
    source = catalog.source_language
    for lang, language in catalog.languages.items():
        if language.draft:
            continue
        yield addresses.of_language(lang), Page(FRONT_PAGE, lang)
        for name, by_lang in catalog.notices.items():
            texts = [by_lang[tag] for tag in dict.fromkeys((lang, source)) if tag in by_lang]
            if texts:
                address = addresses.of_notice(catalog, name, lang)
                anchors = _anchors(catalog, name, texts)
                yield address, Page(name, lang, anchors, addresses.plain_of(address))
                if compares and len(texts) > 1:
                    beside = addresses.of_comparison(catalog, name, lang)
                    yield beside, Page(name, "", anchors)


def _anchors(catalog: Catalog, name: str, texts: Collection[Notice]) -> tuple[str, ...]:
    """Give the anchors of a page that shows the first text, and what it lacks from the second."""
    own = itertools.chain.from_iterable(map(_anchors_of, texts))
    old = itertools.chain.from_iterable(retired_anchors(catalog, name).values())
    return tuple(anchor for anchor in dict.fromkeys([*own, *old]) if anchor)


@remembered
def _anchors_of(text: Notice) -> tuple[str, ...]:
    return tuple(
        anchor
        for section in (text.opening, *text.sections)
        for anchor in (section.anchor, *(inner.id for inner in section.anchors))
    )


def retired_anchors(catalog: Catalog, name: str) -> dict[str, tuple[str, ...]]:
    """Give the retired anchors of a notice by the anchor of the section where they now lead.

    One whose successor stands inside a section leads to that section; ``""`` is the notice's
    opening.
    """
    aliases = catalog.aliases.anchors.get(name)
    if not aliases:
        return {}
    by_lang = catalog.notices[name]
    model = catalog.source(name) or next(iter(by_lang.values()))
    taken = frozenset[str]().union(*(text.ids for text in by_lang.values()))
    found: dict[str, list[str]] = {}
    for retired, target in aliases.items():
        section = section_of(model, target)
        if section is not None and retired not in taken:
            found.setdefault(section, []).append(retired)
    return {section: tuple(old) for section, old in found.items()}


def section_of(text: Notice, anchor: str) -> str | None:
    """Give the anchor of the section that has an anchor; None where the notice does not have it."""
    for section in (text.opening, *text.sections):
        if anchor and anchor in (section.anchor, *(inner.id for inner in section.anchors)):
            return section.anchor
    return None


def _is_of_notice(address: str) -> bool:
    """Tell whether an address looks like that of a notice: ``sv/user/``, or of a front page."""
    lang, slash, rest = address.partition("/")
    is_page = bool(slash) and (not rest or rest.find("/") == len(rest) - 1)
    return is_page and languages.is_language(lang)


def _disk_name(address: str) -> str:
    return addresses.file_of(address).casefold()


def _folders_of(file: str) -> Iterator[str]:
    """Give the folders that a file stands in, the outermost first."""
    return itertools.accumulate(file.split("/")[:-1], "{}/{}".format)
