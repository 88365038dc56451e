# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may a page load? Its Content-Security-Policy, for the page itself and for its host.

A page loads its own style, known by its SHA-256, and images of its own site: nothing else, and no
script (Content Security Policy Level 3, W3C; ``style-src`` by hash: section 2.3.1). A browser takes
the hash of what stands between ``<style>`` and ``</style>``, so it is made of the finished page.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Iterable
from typing import Final

MARKER: Final = "\x17policy\x17"
"""Stands in a page for its policy until the page is finished; no text holds such characters."""

_STYLE: Final = re.compile(
    rb"<style(?=[\s/>])[^>]*>(.*?)</style(?=[\s/>])", re.DOTALL | re.IGNORECASE
)
_NOTHING: Final = "default-src 'none'"
_PLACE: Final = '<meta http-equiv="Content-Security-Policy" content="'


def styles(page: bytes) -> tuple[str, ...]:
    """Give the sources (``'sha256-…'``) of a page's style elements, in their order."""
    return tuple(dict.fromkeys(_source(found[1]) for found in _STYLE.finditer(page)))


@functools.lru_cache(maxsize=64)
def _source(style: bytes) -> str:
    read = style.replace(b"\r\n", b"\n").replace(b"\r", b"\n")  # as parsers do (WHATWG HTML 13.2.3)
    return f"'sha256-{base64.b64encode(hashlib.sha256(read).digest()).decode()}'"


def for_page(sources: Iterable[str]) -> str:
    """Write the policy of a page with these styles, as a page may say it of itself."""
    allowed = " ".join(sources) or "'none'"
    return f"{_NOTHING}; style-src {allowed}; img-src 'self'; base-uri 'none'; form-action 'none'"


def for_host(sources: Iterable[str] | None) -> str:
    """Write the policy of a whole site, as its host may send it with every file.

    It alone may say that no other page shows the site in a frame: browsers pass over
    ``frame-ancestors`` in a ``<meta>`` (CSP Level 3, section 3.3), and complain. Without sources
    it leaves it to each page to name its style.
    """
    allowed = ("'unsafe-inline'",) if sources is None else sorted(set(sources))
    return f"{for_page(allowed)}; frame-ancestors 'none'"


def stated(page: bytes) -> bytes:
    """Put a finished page's own policy where its template asked for it."""
    return page.replace(MARKER.encode(), for_page(styles(page)).encode(), 1)


def for_preview(sources: Iterable[str]) -> str:
    """Write the policy of a page in the preview: that of the page, and what the desk needs.

    That is a style, a script and the news of changes, all from the server of the preview itself.
    """
    allowed = " ".join(("'self'", *sources))
    return (
        f"{_NOTHING}; style-src {allowed}; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


def loosened(page: bytes) -> bytes:
    """Let a page hold the preview's desk: only what the preview serves, never what is built.

    The policy that is replaced is the page's very own, made of its styles as they stand in it.
    """
    own = styles(page)
    strict, loose = f"{_PLACE}{for_page(own)}", f"{_PLACE}{for_preview(own)}"
    return page.replace(strict.encode(), loose.encode(), 1)
