# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an address in a notice means: another notice, a file of the site, or another site."""

from __future__ import annotations

import posixpath
import unicodedata
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from notices.source.safety import SCHEMES, as_browser_reads, scheme_of

_ACTIVE: Final = frozenset({"javascript", "vbscript", "data"})


class Address(NamedTuple):
    """An address, read: a fault, or an external address, or a path inside the content folder."""

    written: str
    external: str = ""
    path: str = ""
    anchor: str = ""
    fault: tuple[str, str, str] | None = None


def read_address(written: str, lang: str, is_image: bool) -> Address:
    """Read an address of a notice in the folder ``lang``; a fault is (code, message, fix)."""
    address = as_browser_reads(written)
    scheme = scheme_of(address)
    if scheme in _ACTIVE:
        return _fault(
            address,
            "active-content",
            f"the address begins with '{scheme}:', which could run a program on the reader's side.",
            "link to a page instead.",
        )
    if is_image and (scheme or address.startswith("//")):
        return _fault(
            address,
            "link-malformed",
            f"the image '{address}' is fetched from another site.",
            "put the image into the folder 'files' of the content, and write ../files/NAME.",
        )
    if scheme in SCHEMES:
        if not _is_whole(address, scheme):
            return _fault(
                address,
                "link-malformed",
                f"'{address}' is no whole address.",
                "write it whole, such as https://example.org or mailto:info@example.org.",
            )
        return Address(address, external=address)
    if scheme:
        return _fault(
            address,
            "link-malformed",
            f"'{scheme}:' is no kind of address that a notice can link to.",
            f"begin the address with one of {', '.join(f'{s}:' for s in sorted(SCHEMES))}.",
        )
    if address.startswith("/") or "\\" in address:
        return _fault(
            address,
            "link-malformed",
            f"'{address}' is not a link that can be checked.",
            "link to the other notice's file, as in privacy.md#rights; begin another site's "
            "address with https://.",
        )
    file, _, anchor = address.partition("#")
    file, anchor = (unicodedata.normalize("NFC", unquote(part)) for part in (file, anchor))
    if not file and not anchor:
        return _fault(
            address,
            "link-malformed",
            "the link leads nowhere.",
            "write the file, the section, or both: [text](privacy.md#rights).",
        )
    path = posixpath.normpath(f"{lang}/{file}") if file else ""
    if path.startswith(".."):
        return _fault(
            address,
            "link-malformed",
            f"'{address}' leads out of the content folder.",
            "link to a notice, or put the file into the folder 'files' of the content.",
        )
    return Address(address, path=path, anchor=anchor)


def _is_whole(address: str, scheme: str) -> bool:
    """Tell whether an address names a host, or somebody to write to or call."""
    if scheme in ("http", "https"):
        try:
            return bool(urlsplit(address).hostname)
        except ValueError:
            return False
    return len(address) > len(scheme) + 1 and (scheme != "mailto" or "@" in address)


def _fault(address: str, code: str, message: str, fix: str) -> Address:
    return Address(address, fault=(code, message, fix))
