# SPDX-License-Identifier: AGPL-3.0-or-later
"""What has a host to serve of a release, what may it keep to itself, and what must nobody find?

Each file has to be found at its address. Left to the host are the files that speak to it alone
(``_headers``, ``_redirects``, ``.nojekyll``), the compressed forms, which a host serves in place of
the file, the list of sums and the bill of materials. The pages for lost readers have no address of
their own. ``build.json`` has to be there: by it anybody can tell which release is public.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from notices import addresses
from notices.delivery.release import Release
from notices.delivery.sums import parsed
from notices.filenames import BILL, BROTLI, GZIP, HEADERS, INDEX, REDIRECTS, RELEASES, SUMS
from notices.hosting.headers import CONTENT_TYPES
from notices.links.reading import sitemaps, xml

PRIVATE: Final = (
    ".git/HEAD",
    ".git/config",
    ".gitignore",
    ".venv/pyvenv.cfg",
    "aliases.toml",
    "content/",
    "content/organisation.toml",
    "current/",
    "organisation.toml",
    "output/",
    "pelicanconf.py",
    "publishconf.py",
    "release/",
    "releases/",
    "waivers.toml",
)
"""What would be found where the root of the host is not the release, but a folder above it."""

_LONGEST_ENTRY: Final = 2_048
"""In characters, of an address in a sitemap (sitemaps.org, the tag loc)."""

_LEFT_TO_THE_HOST: Final = frozenset({SUMS, BILL, HEADERS, REDIRECTS})


@dataclass(frozen=True, slots=True)
class Expected:
    """A file of the release, where it has to be found, and its size in bytes."""

    path: str
    url: str
    digest: str
    size: int

    @property
    def suffix(self) -> str:
        """The end of its name, by which a host knows its type."""
        return PurePosixPath(self.path).suffix

    @property
    def is_page(self) -> bool:
        """Tell whether browsers show it with its style."""
        return self.suffix == ".html"

    @property
    def is_text(self) -> bool:
        """Tell whether a host may compress it."""
        return self.suffix in CONTENT_TYPES


def is_served(path: str, sums: Mapping[str, str]) -> bool:
    """Tell whether a host has to serve this file of a release."""
    name = PurePosixPath(path)
    if path in _LEFT_TO_THE_HOST or name.name == addresses.NOT_FOUND:
        return False
    if name.suffix in (GZIP, BROTLI) and path.removesuffix(name.suffix) in sums:
        return False
    return not any(part.startswith(".") and part != ".well-known" for part in name.parts)


def files(release: Release, url: str) -> list[Expected]:
    """List what has to be found at a site's address; raises OSError for a file that is gone."""
    return [
        Expected(
            path,
            addresses.absolute(url, addresses.of_file(path)),
            digest,
            (release.folder / path).stat().st_size,
        )
        for path, digest in release.sums.items()
        if is_served(path, release.sums)
    ]


def folders_without_page(sums: Mapping[str, str]) -> list[str]:
    """List the folders that a careless host would show a listing of."""
    folders = {
        f"{parent.as_posix()}/"
        for path in sums
        for parent in PurePosixPath(path).parents
        if parent.name and not parent.name.startswith(".")
    }
    return sorted(folder for folder in folders if f"{folder}{INDEX}" not in sums)


def redirects(release: Release) -> dict[str, str]:
    """Give where a host may send the readers of a retired address: ``{address: address}``.

    A redirect that depends on the reader's language is none for who names no language.
    """
    try:
        lines = (release.folder / REDIRECTS).read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    found = {}
    for line in lines:
        words = line.split()
        if len(words) == 3 and words[0].startswith("/"):
            found[_relative(words[0], release)] = _relative(words[1], release)
    return found


def _relative(address: str, release: Release) -> str:
    """Take what comes before the site's root off an address."""
    site = urlsplit(str(release.record.get("site_url") or ""))
    path = unquote(urlsplit(address).path)
    return path.removeprefix(f"{unquote(site.path)}/").lstrip("/")


def retired(release: Release, unwanted: Iterable[str]) -> set[str]:
    """Give the addresses that must not be found: of ``unwanted`` files, and of earlier releases.

    Earlier ones are those that stand beside this one, as a folder of releases has them, and what
    this one says was promised.
    """
    now = {addresses.of_file(path) for path in release.sums}
    before = {addresses.of_file(path) for path in unwanted}
    before |= set(map(str, release.record.get("addresses") or ()))
    for sums in _beside(release.folder):
        before |= {addresses.of_file(path) for path in sums if is_served(path, sums)}
    return {address for address in before - now if address.rsplit("/")[-1] != addresses.NOT_FOUND}


def _beside(folder: Path) -> Iterable[Mapping[str, str]]:
    real = folder.resolve()
    if real.parent.name != RELEASES:
        return
    for file in sorted(real.parent.glob(f"*/{SUMS}")):
        if file.parent != real:
            try:
                yield parsed(file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue  # whatever it is, it is no release


def in_sitemap(sitemap: bytes, release: Release, url: str) -> set[str]:
    """Give the addresses of the site that a sitemap lists, wherever it says the site stands."""
    bases = [base for base in (url, str(release.record.get("site_url") or "")) if base]
    found = set()
    for placed in sitemaps.references(xml.read(sitemap.decode(errors="replace"))):
        entry = re.split("[?#]", placed.reference.value)[0]
        for base in bases:
            if entry.startswith(f"{base}/") and len(entry) <= _LONGEST_ENTRY:
                found.add(unquote(entry.removeprefix(f"{base}/")))
    return found
