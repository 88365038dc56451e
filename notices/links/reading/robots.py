# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which sitemaps does a ``robots.txt`` name?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notices.links.model import Placed, Reference

_LINE = re.compile(r"[^\r\n]+")


def references(text: str) -> Iterator[Placed]:
    """Give the address of each ``Sitemap:`` line, at its offset.

    Lines, comments and white space are those of RFC 9309, section 2.2; the line stands on its own,
    whatever group is around it, and its name in any case (sitemaps.org, protocol).
    """
    for line in _LINE.finditer(text.removeprefix("\ufeff")):
        rule = line[0].partition("#")[0]
        name, _, value = rule.partition(":")
        address = value.strip(" \t")
        if address and name.strip(" \t").lower() == "sitemap":
            offset = line.start() + len(rule) - len(value.lstrip(" \t"))
            offset += text.startswith("\ufeff")
            yield Placed(Reference("robots.txt", "Sitemap", address, "link"), offset)
