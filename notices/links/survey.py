# SPDX-License-Identifier: AGPL-3.0-or-later
"""One file of a finished site → what the rest of the site has to know of it, and its faults.

This is done in parallel, and each file is read once; only a file with faults is read again, for
their places.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from notices.links import reading
from notices.links.model import Entry, Fault, Landing, Pointer, Reference, Survey, Target
from notices.links.reading import Contents
from notices.links.reading.decoding import text_of
from notices.links.reading.page import Page
from notices.links.resolving import tidy
from notices.links.rules import ids, landing
from notices.links.site import Site

_LARGEST_PAGE_BYTES: Final = 64_000_000
_LARGEST_OTHER_BYTES: Final = 16_000_000
_LARGEST_CSS_BYTES: Final = 4_000_000
"""Larger files of other kinds than HTML, which take longer to read, are a fault."""

_SPLIT: Final = "split the file, or take it out of the site."


class Located(NamedTuple):
    """A file read with offsets: its text, and each reference with where it leads."""

    text: str
    contents: Contents
    resolved: tuple[tuple[Reference, Target, int], ...]


def survey(path: str, site: Site) -> tuple[Survey, str]:
    """Read a file and say what it refers to; also give its text."""
    try:
        text = _text(path, site)
    except UnreadableError as error:
        return Survey(path, faults=(Fault(0, "file-unread", str(error), error.fix),)), ""
    contents = reading.contents(path, text, with_offsets=False)
    resolved = tuple(_resolved(contents.page, path, site))
    faults = list(_faults(contents, resolved, site))
    if any(fault.offset < 0 for fault in faults):
        located = _located(path, text, site)
        seen = {fault._replace(offset=0) for fault in faults}  # of what a browser does not drop
        faults = [
            fault
            for fault in _faults(located.contents, located.resolved, site)
            if fault._replace(offset=0) in seen
        ]
    return _survey(path, contents, resolved, tuple(faults)), text


def located(path: str, site: Site) -> Located:
    """Read a file anew, for the places of what is in it; empty where it can be read no more."""
    try:
        return _located(path, _text(path, site), site)
    except UnreadableError:
        return Located("", Contents(), ())


def landing_of(reference: Reference, target: Target) -> Landing:
    """Say where in the site a reference leads, and whether a reader follows it."""
    is_followed = reference.use == "link" and reference.element in ("a", "area")
    hreflang = reference.hreflang if is_followed else None
    return Landing(target.path, target.fragment, hreflang)


def _located(path: str, text: str, site: Site) -> Located:
    contents = reading.contents(path, text, with_offsets=True)
    return Located(text, contents, tuple(_resolved(contents.page, path, site)))


class UnreadableError(Exception):
    """A file cannot be read; the message says why, and ``fix`` what to do."""

    def __init__(self, message: str, fix: str = _SPLIT) -> None:
        super().__init__(message)
        self.fix = fix


def _text(path: str, site: Site) -> str:
    file = site.folder.root / path
    try:
        size = file.stat().st_size
        largest = _largest(path)
        if size > largest:
            raise UnreadableError(
                f"the file has {size // 1_000_000} MB, and no more than "
                f"{largest // 1_000_000} MB are read; nothing in it was checked."
            )
        return text_of(file.read_bytes())
    except OSError as error:
        fix = "let the program that makes the site write it anew, or change its rights."
        raise UnreadableError(f"the file cannot be read ({error.strerror}).", fix) from error


def _largest(path: str) -> int:
    if reading.is_page(path):
        return _LARGEST_PAGE_BYTES
    return _LARGEST_CSS_BYTES if path.lower().endswith(".css") else _LARGEST_OTHER_BYTES


def _resolved(page: Page, path: str, site: Site) -> Iterator[tuple[Reference, Target, int]]:
    resolver = site.resolver
    base = resolver.base_of(path, page.base)
    for reference, offset in page.references:
        yield reference, resolver.resolve(reference.value, base), offset


def _faults(
    contents: Contents, resolved: tuple[tuple[Reference, Target, int], ...], site: Site
) -> Iterator[Fault]:
    yield from contents.faults
    if contents.page.is_full:
        yield Fault(
            0,
            "file-unread",
            "the file holds more addresses, ids or CSS than are read of one file; what comes after "
            "them was not checked.",
            _SPLIT,
        )
    yield from landing.check(resolved, site)
    yield from ids.check(contents.page)


def _survey(
    path: str,
    contents: Contents,
    resolved: tuple[tuple[Reference, Target, int], ...],
    faults: tuple[Fault, ...],
) -> Survey:
    page = contents.page
    landings: dict[Landing, None] = {}
    alternates, canonicals = [], []
    entries: list[tuple[Pointer, list[Pointer]]] = []
    strays = 0  # versions in a sitemap that stand before any page: whose they are is unknown
    refresh = None
    for reference, target, _ in resolved:
        if reference.element == "link" and not tidy(reference.value):
            target = target._replace(state="malformed")  # HTML, section 4.2.4: it is passed over
        if target.state == "file":
            landings[landing_of(reference, target)] = None
        if reference.element == "link" and reference.attribute == "href":
            rels = reference.rel.split()
            if "alternate" in rels and reference.hreflang:
                alternates.append(Pointer(reference, target))
                if entries:
                    entries[-1][1].append(alternates[-1])
                else:
                    strays += 1
            if "canonical" in rels:
                canonicals.append(Pointer(reference, target))
        elif reference.rel == "refresh" and refresh is None:
            refresh = target
        elif reference.attribute == "loc" and reference.use == "link":
            entries.append((Pointer(reference, target), []))
    return Survey(
        path,
        contents.kind,
        page.lang,
        tuple(value for value, _ in page.ids),
        tuple(page.names),
        tuple(dict.fromkeys(ids.lost(page))),
        frozenset(page.inner_ids),
        page.is_indexable,
        tuple(alternates),
        tuple(canonicals),
        refresh,
        page.refresh_delay,
        tuple(Entry(one, () if strays else tuple(versions)) for one, versions in entries),
        tuple(landings),
        not contents.faults,
        faults,
    )
