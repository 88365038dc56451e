# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is checked: a folder of finished files, where it is published, and in which languages."""

from __future__ import annotations

import collections
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from notices.links import folder
from notices.links.folder import Folder
from notices.links.reading import is_page, is_read
from notices.links.reading.decoding import text_of
from notices.links.resolving import SOMEWHERE, Resolver
from notices.spelling import normalised

_SAMPLE: Final = 50


@dataclass(frozen=True, eq=False)
class Site:
    """A folder, the resolver of its addresses, and its languages (none: those its pages name)."""

    folder: Folder
    resolver: Resolver
    languages: tuple[str, ...] = ()

    @property
    def is_address_known(self) -> bool:
        """Tell whether somebody, or the pages themselves, say where the folder is published."""
        return self.resolver.base_url != SOMEWHERE

    @property
    def read_files(self) -> list[str]:
        """The files that can refer to other places."""
        return [path for path in self.folder.files if is_read(path)]

    @property
    def page_count(self) -> int:
        """The number of pages in the folder."""
        return sum(map(is_page, self.folder.files))


def of_folder(root: Path, base_url: str = "", languages: tuple[str, ...] = ()) -> Site:
    """Make a Site of a folder; raises OSError where it cannot be read."""
    listed = folder.listed(root)
    if base_url:
        base_url = normalised(f"{base_url.rstrip('/')}/")
    return Site(listed, Resolver(listed, base_url or _deduced(listed) or SOMEWHERE), languages)


def _deduced(listed: Folder) -> str:
    """Deduce the folder's address from what most of its pages call their canonical address.

    A page alone may be wrong; of those that were looked at, at least half have to agree.
    """
    resolver = Resolver(listed, SOMEWHERE)
    found: collections.Counter[str] = collections.Counter()
    pages = [path for path in listed.files if is_page(path)][:_SAMPLE]
    for path in pages:
        own = resolver.url_of(path).removeprefix(SOMEWHERE)
        canonical = _canonical(listed.root / path)
        if canonical.endswith(f"/{own}") and not re.search("[?#]", canonical):
            base = canonical.removesuffix(own)
            if normalised(base) == base:
                found[base] += 2 if own else 1  # the front page may end in anything
    ((base, count),) = found.most_common(1) or [("", 0)]
    return base if count * 2 >= found.total() else ""


def _canonical(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            head = text_of(opened.read(20_000))
    except OSError:
        return ""
    if not re.search("canonical", head, re.IGNORECASE):
        return ""
    node = LexborHTMLParser(head).css_first("link[rel~=canonical i][href]")
    return normalised(node.attributes["href"] or "") if node else ""
