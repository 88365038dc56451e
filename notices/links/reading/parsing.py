# SPDX-License-Identifier: AGPL-3.0-or-later
"""The text of a page → its elements, in their order.

Lexbor (in selectolax) builds the same tree that a browser does. Where building it would take
minutes, the scan of ``markup.py`` stands in, which knows no tree and takes time in proportion to
the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from notices.links.reading import markup

NOWHERE: Final = -1
"""The offset of what was read without positions."""

_LARGE: Final = 100_000
_VERY_LARGE: Final = 200_000
_TOO_DEEP: Final = 20_000


class Element(NamedTuple):
    """A start tag as either reader gives it; ``text`` gives a style sheet and where it begins."""

    name: str
    attributes: Mapping[str, str | None]
    offset: int
    offsets: Mapping[str, int]
    text: Callable[[], tuple[str, int]]


def elements(text: str) -> Iterator[Element]:
    """Give the elements of a page, of all that a browser heeds."""
    return of_tags(text) if _is_costly(text) else _of_tree(text)


def _is_costly(text: str) -> bool:
    """Tell whether a tree may take long: Lexbor's time grows with the square of some things.

    These are the elements that are open at once and the attributes of one tag. Where a text is
    very large, a tree gains nothing: it takes as long as the scan, and 20 times the memory.
    """
    if len(text) < _LARGE:
        return False
    unclosed = text.count("<") - 2 * text.count("</")
    return len(text) > _VERY_LARGE or unclosed > _TOO_DEEP


def _of_tree(text: str) -> Iterator[Element]:
    root = LexborHTMLParser(text).root
    if root is None:
        return
    for node in root.traverse():
        attributes = node.attributes
        name = (node.tag or "").lower()  # SVG has names such as textPath
        if attributes or name == "style":
            yield Element(name, attributes, NOWHERE, {}, lambda: (node.text(), NOWHERE))  # noqa: B023


def of_tags(text: str) -> Iterator[Element]:
    """Give the elements of a page by its tags alone, each with the offset at which it stands."""
    for tag in markup.tags(text):
        values = {name: attribute.value for name, attribute in tag.attributes.items()}
        offsets = {name: attribute.offset for name, attribute in tag.attributes.items()}
        start, end = tag.content
        yield Element(
            tag.name,
            values,
            tag.offset,
            offsets,
            lambda: (text[start:end], start),  # noqa: B023
        )


def visible_text(text: str) -> str:
    """Give the words that a page shows, white space made one, in small letters."""
    if _is_costly(text):
        shown = markup.visible_text(text)
    else:
        tree = LexborHTMLParser(text)
        tree.strip_tags(["script", "style", "head", "template"])
        shown = tree.root.text(separator="") if tree.root else ""
    return " ".join(shown.split()).casefold()
