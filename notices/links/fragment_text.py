# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does a page have the words that a text fragment asks for (URL Fragment Text Directives)?"""

from __future__ import annotations

from urllib.parse import unquote

from notices.links.reading.decoding import text_of
from notices.links.reading.parsing import visible_text
from notices.links.site import Site


def words_of(path: str, site: Site) -> str | None:
    """Give the words of a page to look in; None where it can be read no more."""
    try:
        return visible_text(text_of((site.folder.root / path).read_bytes()))
    except OSError:
        return None


def missing(directives: str, text: str) -> str:
    """Give the first words that a page of this text does not have; nothing where it has them.

    ``directives`` is what follows ``:~:``. Of several texts, a browser needs one.
    """
    first = ""
    for directive in dict.fromkeys(directives.split("&")):
        if directive.startswith("text="):
            lost = _first_missing(directive.removeprefix("text="), text)
            if not lost:
                return ""
            first = first or lost
    return first


def _first_missing(directive: str, text: str) -> str:
    """Look for ``[prefix-,]start[,end][,-suffix]``, each part after the one before."""
    position = 0
    for part in directive.split(","):
        words = unquote(part.removesuffix("-") if part.endswith("-") else part.removeprefix("-"))
        sought = " ".join(words.split()).casefold()
        found = text.find(sought, position)
        if found < 0:
            return words
        position = found + len(sought)
    return ""
