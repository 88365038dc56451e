# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does each page arrive in one round trip, and if not, where are its bytes?

A server may send ten segments of 1,460 bytes before it hears anything back (RFC 6928, the initial
window), which is ``BUDGET``. A page is measured as it is sent: with gzip at level 9 (RFC 1952) and
with brotli at quality 11 (RFC 7932). gzip takes a third of a millisecond for a page, brotli 11
about fifty times that. So every page is measured with gzip; with brotli too where gzip takes more
than three quarters of the budget, and the heaviest page always. One left unmeasured that is over
the budget would have to be a third heavier with brotli, which is the better of the two but for some
bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import brotli
from selectolax.lexbor import LexborHTMLParser, LexborNode

from notices import addresses
from notices.model import Finding

BUDGET: Final = 14_600
"""In bytes: the first window of a TCP connection."""

_MEASURED_TWICE: Final = BUDGET * 3 // 4
"""Pages with more bytes than that with gzip are measured with brotli, too."""

EXEMPT: Final = f"{addresses.COMPARISONS}/"
"""Pages of two languages at once are for those who can wait."""

_SECTIONS: Final = 3
"""So many of a heavy page's sections are told, the heaviest first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its own bytes, and those that the page would be lighter by without it."""

    name: str
    size_bytes: int
    saved_bytes: int


@dataclass(frozen=True, slots=True)
class Weight:
    """What a page weighs in bytes: as it is, with gzip, and with brotli where that was measured."""

    path: str
    size_bytes: int
    gzip_bytes: int
    brotli_bytes: int | None = None
    parts: tuple[Part, ...] = ()

    @property
    def is_too_large(self) -> bool:
        """Whether the page takes more than one round trip with either of the two."""
        return max(self.gzip_bytes, self.brotli_bytes or 0) > BUDGET

    def __str__(self) -> str:
        by_brotli = f", {self.brotli_bytes:,} with brotli" if self.brotli_bytes else ""
        return f"{self.gzip_bytes:,} bytes with gzip{by_brotli}"


def weigh(path: str, content: bytes) -> Weight | None:
    """Weigh a file of the site; None where it is no page, or one that may be of any weight."""
    if not path.endswith(".html") or path.startswith(EXEMPT):
        return None
    weight = Weight(path, len(content), _gzipped(content))
    if weight.gzip_bytes > _MEASURED_TWICE:
        weight = replace(weight, brotli_bytes=_brotlied(content))
    return replace(weight, parts=tuple(_parts(content))) if weight.is_too_large else weight


def _gzipped(content: bytes) -> int:
    return len(gzip.compress(content, 9, mtime=0))


def _brotlied(content: bytes) -> int:
    return len(brotli.compress(content, quality=11))


def heaviest(weights: Iterable[Weight], read: Callable[[str], bytes]) -> Weight | None:
    """Give the heaviest page with both measures; ``read`` gives a page's bytes by its path."""
    found = max(weights, key=lambda one: (one.gzip_bytes, one.path), default=None)
    if found and found.brotli_bytes is None:
        found = replace(found, brotli_bytes=_brotlied(read(found.path)))
    return found


def _parts(content: bytes) -> Iterator[Part]:
    """Take a page apart: style, head, contents, the heaviest sections, and all the rest.

    Compressed, parts share what they have in common: their shares need not add up.
    """
    named = _named(LexborHTMLParser(content))
    whole = _gzipped(_html(LexborHTMLParser(content)))
    for number, (name, node) in enumerate(named):
        lighter = LexborHTMLParser(content)
        size_bytes = len((node.html or "").encode())
        if name == "head":
            size_bytes -= sum(len((one.html or "").encode()) for one in node.css("style"))
        _take_out(*_named(lighter)[number])
        yield Part(name, size_bytes, max(0, whole - _gzipped(_html(lighter))))


def _html(tree: LexborHTMLParser) -> bytes:
    return (tree.html or "").encode()


def _take_out(name: str, node: LexborNode) -> None:
    for one in node.iter() if name == "head" else (node,):
        if one.tag != "style" or name == "style":
            one.decompose()


def _named(tree: LexborHTMLParser) -> list[tuple[str, LexborNode]]:
    """Name the parts of a page that somebody can do something about."""
    parts = [("style", node) for node in tree.css("style")]
    parts += [("head", tree.head)] if tree.head else []
    parts += [("contents", node) for node in tree.css("nav.contents")]
    sections = [node for node in tree.css("section[id]") if not _is_inner(node)]
    sections.sort(key=lambda node: -len(node.html or ""))
    return parts + [(f"section '{node.attributes['id']}'", node) for node in sections[:_SECTIONS]]


def _is_inner(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag == "section":
            return True
        above = above.parent
    return False


def findings(weights: Iterable[Weight], folder: str) -> list[Finding]:
    """Tell of each page that takes more than one round trip, and where its bytes are."""
    return [_finding(weight, folder) for weight in weights if weight.is_too_large]


def _finding(weight: Weight, folder: str) -> Finding:
    parts = "; ".join(
        f"{part.name} {part.size_bytes:,} bytes, {part.saved_bytes / weight.gzip_bytes:.0%}"
        for part in weight.parts
    )
    return Finding(
        f"{folder}/{weight.path}",
        1,
        "page-too-large",
        f"the page has {weight}, more than {BUDGET:,}, and takes more than one round trip. Its "
        f"{weight.size_bytes:,} bytes, and what share of the compressed page goes with a part: "
        f"{parts}.",
        "shorten the longest sections, or split the notice in two; a heavy style is the theme's.",
    )
