# SPDX-License-Identifier: AGPL-3.0-or-later
"""An address as it is written → the place that a browser would ask for (WHATWG URL).

Where nobody says at which address the folder is published, it is taken to be a host's root.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote_to_bytes

import ada_url

from notices.links.folder import INDEXES, Folder
from notices.links.model import Target

SOMEWHERE: Final = "http://site.invalid/"
"""Stands for the folder's address where that is not known (RFC 2606 reserves the name)."""

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED: Final = str.maketrans("", "", "\t\n\r")
_AROUND: Final = "".join(map(chr, range(0x21)))
"""What a browser takes away before it reads an address: control characters and space."""

_LONGEST: Final = 2_000_000
"""Browsers open no longer address (Chromium's ``url::kMaxURLChars``)."""

_LONGEST_BASE: Final = 2_000
"""A base is written before every relative address; a longer one is not heeded."""

_NO_SEPARATOR: Final = re.compile("%(?=2[fF]|00)")
"""An encoded slash, which hosts do not take for one, and an end that no name can have."""

_UP: Final = re.compile(r"(?:\.|%2e){2}", re.IGNORECASE)
_HERE: Final = re.compile(r"(?:\.|%2e)?", re.IGNORECASE)


def tidy(value: str) -> str:
    """Take away what a browser ignores in an address (URL, section 4.4, steps 1 to 3)."""
    return value.strip(_AROUND).translate(_IGNORED)


def scheme_of(address: str) -> str:
    """Give the scheme of a tidy address in small letters, or nothing."""
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


@dataclass(eq=False)
class Resolver:
    """Resolves addresses of one folder. ``base_url`` ends in a slash."""

    folder: Folder
    base_url: str
    _known: dict[str, Target] = field(default_factory=dict)
    _known_for: str = ""
    """The base of the addresses in ``_known``: pages repeat their own links, not each other's."""

    def __post_init__(self) -> None:
        self.origin = ada_url.URL(self.base_url).origin

    def url_of(self, path: str) -> str:
        """Give the address of a file of the folder."""
        folder, _, name = path.rpartition("/")
        shown = (f"{folder}/" if folder else "") if name in INDEXES else path
        return str(ada_url.join_url(self.base_url, f"./{quote(os.fsencode(shown))}"))

    def base_of(self, path: str, base: str) -> str:
        """Give the address against which those of a page are resolved (HTML, section 4.2.3)."""
        own = self.url_of(path)
        if not base or len(base) > _LONGEST_BASE or scheme_of(tidy(base)) in ("data", "javascript"):
            return own
        try:
            return str(ada_url.join_url(own, base))
        except ValueError:
            return own

    def resolve(self, value: str, base: str) -> Target:
        """Say where an address leads that stands in a file with this base."""
        address = tidy(value)
        address, mark, fragment = address.partition("#")
        if base != self._known_for:
            self._known, self._known_for = {}, base
        target = self._known.get(address)
        if target is None:
            target = self._known[address] = self._resolve(address, base)
        return target._replace(fragment=fragment) if mark else target

    def _resolve(self, address: str, base: str) -> Target:
        scheme = scheme_of(address)
        if scheme and scheme not in ("http", "https"):
            return Target("other-scheme", url=address, scheme=scheme)
        if len(address) > _LONGEST:
            return Target("malformed", url=address)
        try:
            url = str(ada_url.join_url(base, address))
        except ValueError:
            return Target("malformed", url=address)
        if not url.startswith(self.base_url):
            if url == self.base_url[:-1]:
                return self._inside("")
            is_relative = not scheme and not re.match(r"[\\/]", address)
            is_above = is_relative and url.startswith(f"{self.origin}/")
            return Target("above" if is_above else "elsewhere", url=url, scheme=scheme)
        has_dots = ".." in address or "%2e" in address.lower()
        if has_dots and not scheme and self._climbs_out(address, base):
            return Target("above", url=url)
        return self._inside(url[len(self.base_url) :].partition("?")[0])

    def _inside(self, written: str) -> Target:
        if "%" not in written:
            path = written
        else:
            kept = _NO_SEPARATOR.sub("%25", written)
            path = os.fsdecode(unquote_to_bytes(kept))
            if kept != written:
                return Target("absent", path.encode(errors="replace").decode())
        file = self.folder.file(path)
        return Target("file", file) if file else Target("absent", path)

    def _climbs_out(self, address: str, base: str) -> bool:
        """Tell whether a relative address goes up further than there are folders."""
        depth = base.partition("?")[0].count("/") - self.base_url.count("/")
        if address.count("..") + address.lower().count("%2e") <= depth and address[0] not in "/\\":
            return False
        path = address.partition("?")[0].replace("\\", "/")
        if path.startswith("/"):
            depth = 0
        for segment in path.split("/"):
            if _UP.fullmatch(segment):
                depth -= 1
                if depth < 0:
                    return True
            elif not _HERE.fullmatch(segment):
                depth += 1
        return False
