# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts the editor's desk into a page of the preview: panel, marks, and what is broken.

The page stays, byte for byte, what is published: each piece is put between two of its bytes, behind
``OPENS`` and before ``CLOSES``, and only its policy is another (``policy.loosened``). What a reader
gets is what remains without the pieces; a test holds that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from notices import policy
from notices.preview import listing, states, writing
from notices.preview.edition import Edition
from notices.preview.listing import TOP, Listing

OPENS: Final = b"<!--desk-->"
CLOSES: Final = b"<!--/desk-->"
MOST: Final = 100
"""How many findings about the rest of the site a page lists. ``./run check`` has them all."""

_TEMPLATE: Final = "panel.html"
_BODY: Final = re.compile(rb"<body\b[^>]*>")
_SKIP: Final = re.compile(rb'\s*<a class="skip"[^>]*>.*?</a>', re.DOTALL)
_TITLE: Final = re.compile(rb"<h1\b")
_ID: Final = re.compile(rb'<[a-z][^>]*?\sid="([^"]*)"[^>]*>')
_HEADING_END: Final = re.compile(rb"</h[1-6]>")

Piece = tuple[int, str]
"""What is put into a page, and before which of its bytes."""


def on(page: bytes, edition: Edition, trouble: str, path: str, version: str) -> bytes:
    """Put the desk into a finished page, which is the file ``path`` of the site."""
    said = listing.of_page(edition, trouble, path)
    page = policy.loosened(page)
    parts, end = [], 0
    for at, piece in sorted(_pieces(page, said, edition, version), key=lambda one: one[0]):
        parts += [page[end:at], OPENS, piece.encode(), CLOSES]
        end = at
    return b"".join([*parts, page[end:]])


def _pieces(page: bytes, said: Listing, edition: Edition, version: str) -> Iterator[Piece]:
    body = _BODY.search(page)
    start = body.end() if body else 0
    ids = _ids(page, start)
    skip = _SKIP.match(page, start)
    yield max(page.find(b"</head>"), 0), writing.part(_TEMPLATE, "head")
    yield skip.end() if skip else start, writing.part(_TEMPLATE, "top", said)
    for anchor, entries in groupby(sorted(said.own, key=_anchor), _anchor):
        at = _heading(page, anchor, ids, start)
        if at is not None:
            yield at, writing.part(_TEMPLATE, "mark", list(entries))
    end = page.rfind(b"</body>")
    yield (
        end if end >= 0 else len(page),
        writing.part(
            _TEMPLATE,
            "panel",
            said,
            list(states.rows(edition.catalog, said.subject)),
            MOST,
            _anchors(ids, said),
            edition.settings.command("check"),
            version,
        ),
    )


def _anchor(entry: listing.Entry) -> str:
    return entry.anchor or TOP


def _ids(page: bytes, start: int) -> Mapping[bytes, int]:
    """Give the ids of a page's body, as they are written, and where the tag of each ends."""
    found: dict[bytes, int] = {}
    for tag in _ID.finditer(page, start):
        found.setdefault(tag[1], tag.end())
    return found


def _anchors(ids: Mapping[bytes, int], said: Listing) -> frozenset[str]:
    """Tell which of the anchors that findings name the page has; the top is always there."""
    named = {entry.anchor for entry in (*said.own, *said.twins) if entry.anchor}
    return frozenset({TOP, *(one for one in named if _written(one) in ids)})


def _written(anchor: str) -> bytes:
    return writing.escaped(anchor).encode()


def _heading(page: bytes, anchor: str, ids: Mapping[bytes, int], start: int) -> int | None:
    """Find where a mark goes: behind a section's heading, but before the title of the page.

    A letter's style wants its address right behind the title.
    """
    if anchor == TOP:
        title = _TITLE.search(page, start)
        return title.start() if title else None
    section = ids.get(_written(anchor))
    heading = section and _HEADING_END.search(page, section)
    return heading.end() if heading else None
