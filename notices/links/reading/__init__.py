# SPDX-License-Identifier: AGPL-3.0-or-later
"""One file of a finished site → what it refers to, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from notices.links.model import Fault, Kind, Placed
from notices.links.reading import css, documents, manifest, markup, page, robots, svg, xml
from notices.links.reading.malformed import Malformation
from notices.links.reading.page import MOST_ENTRIES, Page

PAGES: Final = frozenset({".html", ".htm", ".xhtml"})
_READ: Final = PAGES | {".css", ".svg", ".xml", ".atom", ".rss", ".webmanifest"}
_MANIFEST: Final = "manifest.json"
_ROBOTS: Final = "robots.txt"


_NO_SITEMAP: Final = Fault(
    0,
    "file-malformed",
    "the file is called a sitemap and lists nothing: its outermost element is not <urlset>.",
    "let the program that made the file write it anew, or give it another name.",
)


@dataclass(slots=True)
class Contents:
    """What a file holds. Files that are no pages have their offsets at the first reading."""

    kind: Kind = "other"
    page: Page = field(default_factory=Page)
    faults: tuple[Fault, ...] = ()


def is_page(path: str) -> bool:
    """Tell whether a file is one that people look at."""
    return PurePosixPath(path).suffix.lower() in PAGES


def is_read(path: str) -> bool:
    """Tell whether a file can refer to other places."""
    file = PurePosixPath(path)
    return file.suffix.lower() in _READ or file.name == _MANIFEST or path == _ROBOTS


def contents(path: str, text: str, *, with_offsets: bool) -> Contents:
    """Read a file of any kind; pages get offsets only where they are wanted, for they cost time."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in PAGES:
        return Contents("page", page.read_with_offsets(text) if with_offsets else page.read(text))
    if path == _ROBOTS:
        return Contents(page=_of(robots.references(text)))
    if suffix == ".css":
        return Contents(page=_of(css.references(text)))
    if suffix in (".webmanifest", ".json"):
        return _manifest(text)
    return _xml(text, PurePosixPath(path))


def _of(placed: Iterable[Placed]) -> Page:
    return Page(references=list(islice(placed, MOST_ENTRIES)))


def _manifest(text: str) -> Contents:
    found = manifest.read(text)
    return Contents(page=_of(found.references), faults=_faults(found.fault, text))


def _xml(text: str, file: PurePosixPath) -> Contents:
    """Read an XML file; one that is broken matters where it is known what it is for."""
    document = xml.read(text)
    kind = documents.kind_of(document)
    if kind == "xhtml":
        return Contents("page", page.read_with_offsets(text))
    if document.fault and file.suffix == ".svg" and "<!ENTITY" in text:
        # Drawing programs declare entities, which browsers resolve and this reader does not.
        return Contents("svg", page.read_with_offsets(text))
    own = _of(documents.references(document))
    if kind == "svg":
        own.ids = list(svg.ids(document))
    is_sitemap = file.name.startswith("sitemap")
    if is_sitemap and kind == "other" and not document.fault:
        return Contents("sitemap", faults=(_NO_SITEMAP,))
    is_known = file.suffix != ".xml" or kind != "other" or is_sitemap
    return Contents(
        kind if kind in ("svg", "sitemap") else "other",
        own,
        _faults(document.fault, text) if is_known else (),
    )


def _faults(fault: Malformation | None, text: str) -> tuple[Fault, ...]:
    if fault is None:
        return ()
    starts = markup.line_starts(text)
    offset = starts[min(fault.line, len(starts)) - 1] + fault.column - 1
    return (
        Fault(
            offset,
            "file-malformed",
            f"the file breaks off here for its readers: {fault.message}",
            "mend the place, or let the program that made the file write it anew.",
        ),
    )
