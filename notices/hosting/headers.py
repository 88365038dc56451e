# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which headers does each file of the site have, on whatever host?

A server's configuration outlives many releases, and a page's style changes with the theme. So the
policy that a server sends holds for every release (``policy.for_host()`` without hashes), and each
page's own policy names its style: browsers enforce both (CSP Level 3, section 8.1). A file
``_headers`` travels with its release and names the hashes itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from notices import policy

CONTENT_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".xml": "application/xml",
        ".svg": "image/svg+xml",
        ".json": "application/json",
    }
)
"""What a host has to call a text of the site, by the end of its name."""

MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".avif": "image/avif",
        ".gif": "image/gif",
        ".jpeg": "image/jpeg",
        ".jpg": "image/jpeg",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".webp": "image/webp",
    }
)
"""The same for pictures and documents, of which most hosts know it."""

NO_CACHE: Final = "no-cache"
"""Keep it, but ask each time whether it is still so (RFC 9111, section 5.2.2.4): no file of the
site has a name that changes with what it holds, and a corrected notice is in force at once."""

NO_STORE: Final = "no-store"
"""Of an answer that depends on its reader (RFC 9111, section 5.2.2.5)."""

METHODS: Final = ("GET", "HEAD")
"""What a reader may ask; anything else is answered by 405 (RFC 9110, section 15.5.6)."""


def of_site(style_sources: Iterable[str] | None = None) -> dict[str, str]:
    """Give the headers that go with every answer, errors too, in the order of their names.

    ``style_sources`` are the hashes of the release's styles, or None where they are not known.
    """
    return {
        "Cache-Control": NO_CACHE,
        "Content-Security-Policy": policy.for_host(style_sources),
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=63072000",
        "X-Content-Type-Options": "nosniff",
    }
