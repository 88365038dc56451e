# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which files does a piece of CSS name?

One function serves for a style sheet, the text of a ``style`` element, the value of a ``style``
attribute and that of a presentation attribute (``fill="url(#a)"``): all are lists of component
values (CSS Syntax 3, section 5.3), and an address looks the same at any depth of them.

tinycss2 keeps its open blocks in a list and does not recurse; neither does the walk here. Its time
is linear, about a second for a million characters: whoever calls bounds the size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import tinycss2

from notices.links.model import Placed, Reference
from notices.links.reading.decoding import without_surrogates

_SIGNS = ("url(", "src(", "@import", "image-set(", "\\")
"""What a text holds that names any file; behind a backslash may be a letter of these."""
_LONG = 100_000
"""Texts of so many characters are not kept in memory."""
_LINE_END = re.compile(r"\r\n|[\n\r\f]")
_LONG_NUMBER = re.compile(r"(?<![0-9])[0-9]{640,}")
"""Python's limit on the digits of an int may be set, but not below 640."""


def references(text: str, element: str = "style") -> tuple[Placed, ...]:
    """Give the files that CSS names, in order, each at the offset of its token.

    These are ``url()`` and ``src()`` (CSS Values 4, section 4.5), the strings of ``image-set()``
    (CSS Images 4, section 2.3) and what ``@import`` begins with (CSS Cascading 5, section 2).
    What stands in comments and strings is text; what stands in the prelude of another rule
    (``@namespace``, ``@supports``, ``@document``) is compared and not fetched; an empty address
    names nothing. The attribute is ``@import`` or ``url()``, the element is the caller's.
    """
    lowered = text.lower()
    if not any(sign in lowered for sign in _SIGNS):
        return ()
    return _remembered(text, element) if len(text) < _LONG else tuple(_references(text, element))


def _references(text: str, element: str) -> Iterator[Placed]:
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    for node, value, attribute in _addresses(_tokens(text)):
        offset = starts[node.source_line - 1] + node.source_column - 1
        written = without_surrogates(value)  # CSS Syntax 3, section 4.3.7
        yield Placed(Reference(element, attribute, written, "resource"), offset)


@lru_cache(maxsize=64)
def _remembered(text: str, element: str) -> tuple[Placed, ...]:
    """Remember what was read: the pages of a site have the same few styles."""
    return tuple(_references(text, element))


def _tokens(text: str) -> list[Any]:
    """Give the component values.

    tinycss2 raises where a number has more digits than Python reads: such a run of digits is then
    made zeros of the same length (in addresses too, but no file has such a name).
    """
    try:
        return list(tinycss2.parse_component_value_list(text, skip_comments=True))
    except ValueError:
        text = _LONG_NUMBER.sub(lambda run: f"0.{'0' * (len(run[0]) - 2)}", text)
        return list(tinycss2.parse_component_value_list(text, skip_comments=True))


def _addresses(nodes: list[Any]) -> Iterator[tuple[Any, str, str]]:
    """Give the nodes that are addresses, what they say, and ``url()`` or ``@import``."""
    lists = [(iter(nodes), False)]  # the open blocks; is it one whose strings are images?
    rule = ""  # the at-rule in whose prelude we are
    while lists:
        siblings, of_images = lists[-1]
        node = next(siblings, None)
        if node is None:
            lists.pop()
            rule = ""
        elif node.type == "at-keyword":
            rule = node.lower_value
        elif rule and node.type != "{} block" and node != ";":
            if rule == "import" and node.type != "whitespace":
                rule = "import and its address"
                if value := _address(node, strings=True):
                    yield node, value, "@import"
        elif (value := _address(node, strings=of_images)) is not None:
            rule = ""
            if value:
                yield node, value, "url()"
        else:
            rule = ""
            if node.type == "function":
                name = node.lower_name.removeprefix("-webkit-")
                lists.append((iter(node.arguments), name == "image-set"))
            elif node.type in ("{} block", "() block", "[] block"):
                lists.append((iter(node.content), False))


def _address(node: Any, *, strings: bool) -> str | None:
    """Give what a node says, if it is an address."""
    if node.type == "url" or (strings and node.type == "string"):
        return str(node.value)
    if node.type == "function" and node.lower_name in ("url", "src"):
        words = (word for word in node.arguments if word.type != "whitespace")
        if (first := next(words, None)) is not None and first.type == "string":
            return str(first.value)
    return None
