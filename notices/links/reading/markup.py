# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where in the text of a page does each start tag stand? A scan in one pass, without a tree.

The parser that reads pages (``parsing.py``) keeps no positions, so a page with findings is scanned
again; and a page so deep that building its tree would take minutes is read by this alone. States
and names are those of HTML's tokenizer (WHATWG HTML, section 13.2.5).
"""

from __future__ import annotations

import re
import string
from array import array
from collections.abc import Iterator, Sequence
from html import unescape
from html.entities import html5
from typing import Final, NamedTuple

_SPACE: Final = "\t\n\f\r "
_CAPITALS: Final = {ord(capital): capital.lower() for capital in string.ascii_uppercase}
_TAG: Final = re.compile(r"<(?:(/?)([A-Za-z][^\t\n\f\r />]*)|(!--)|[!?/])")
_ATTRIBUTE: Final = re.compile(
    rf"[{_SPACE}/]*(?:(?P<end>>)|(?P<name>[^{_SPACE}/>][^{_SPACE}/>=]*)"
    rf"(?:[{_SPACE}]*=[{_SPACE}]*"
    rf"(?:(?P<missing>(?=>))|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<open>[\"'])"
    rf"|(?P<bare>[^{_SPACE}>]+)))?)"
)
_COMMENT_END: Final = re.compile(r"--!?>")
_REFERENCE: Final = re.compile(r"&(?:#[xX][0-9a-fA-F]+;?|#[0-9]+;?|[A-Za-z][A-Za-z0-9]*;?)")

_UNSEEN: Final = re.compile(
    rf"<!--(?:.*?--!?>|.*)|<(head|script|style|template)(?=[{_SPACE}/>])(?:.*?</\1[^>]*>|.*)"
    r"""|<[A-Za-z/!?](?:[^>"']++|"[^"]*+"|'[^']*+')*+>?""",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)

RAW_TEXT: Final = frozenset(
    "script style textarea title xmp iframe noembed noframes plaintext".split()
)
"""Elements whose content is text, whatever stands in it (with scripting off)."""

_FOREIGN: Final = frozenset({"svg", "math"})
_INTEGRATION_POINTS: Final = frozenset({"foreignobject", "desc", "title", "annotation-xml"})
_NESTING: Final = _FOREIGN | _INTEGRATION_POINTS
_BREAKING_OUT: Final = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li "
    "listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul "
    "var".split()
)
"""Start tags that end foreign content (section 13.2.6.5)."""

_DEEPEST: Final = 500
"""No more foreign elements inside of each other are told apart."""

_MATTERING: Final = RAW_TEXT | _FOREIGN | _INTEGRATION_POINTS | {"template", "html"}
_PLAIN: Final = re.compile(
    rf"(?:[^<]*+</?+(?!(?:{'|'.join(sorted(_MATTERING))})>)[A-Za-z][^{_SPACE}/>]*+>)*+",
    re.IGNORECASE | re.ASCII,
)
"""Text and tags without attributes, which say nothing; most of a page is made of these."""


class Attribute(NamedTuple):
    """An attribute and the offset of its name."""

    value: str
    offset: int


class Tag(NamedTuple):
    """A start tag: its name, where it begins, its attributes, and the text of raw text elements.

    ``content`` is the span of that text, and empty for all other elements.
    """

    name: str
    offset: int
    attributes: dict[str, Attribute]
    content: tuple[int, int]


def tags(text: str) -> Iterator[Tag]:
    """Give the start tags that say something, in their order: those with attributes or text.

    What stands in comments and templates is left out; ``html`` is always given.
    """
    position, templates, foreign = 0, 0, [""]
    while found := _TAG.search(text, position if foreign[-1] else _after_plain(text, position)):
        closing, name, comment = found[1], _lower(found[2] or ""), found[3]
        if comment:
            position = _end_of_comment(text, found.end())
        elif not name:
            position = _end_of_declaration(text, found, bool(foreign[-1]))
        else:
            attributes, position, is_void = _attributes(text, found.end())
            if position < 0:
                return
            if closing:
                if name == "template":
                    templates = max(0, templates - 1)
                elif name in _NESTING and name in foreign:
                    del foreign[len(foreign) - 1 - foreign[::-1].index(name) :]
                continue
            if name in _BREAKING_OUT:
                while foreign[-1] in _FOREIGN:
                    foreign.pop()
            content = (position, position)
            is_foreign = foreign[-1] in _FOREIGN
            depth = templates
            if name == "template" and not is_foreign:
                templates += 1
            elif (name in _FOREIGN or (is_foreign and name in _INTEGRATION_POINTS)) and not is_void:
                foreign.extend([name] if len(foreign) < _DEEPEST else [])
            elif name in RAW_TEXT and (not is_foreign or name == "style"):
                content = (position, _end_of_raw_text(text, position, name))
                position = content[1]
            if not depth and (attributes or content[0] < content[1] or name == "html"):
                is_img = name == "image" and not is_foreign  # section 13.2.6.4.7
                yield Tag("img" if is_img else name, found.start(), attributes, content)


def _after_plain(text: str, position: int) -> int:
    found = _PLAIN.match(text, position)
    return found.end() if found else position


def _lower(name: str) -> str:
    """Make capital letters small: A to Z, and no others (section 13.2.5.8)."""
    return name.lower() if name.isascii() else name.translate(_CAPITALS)


def _attributes(text: str, position: int) -> tuple[dict[str, Attribute], int, bool]:
    """Read attributes; give them, the end of the tag (-1: it has none), and whether it is void."""
    attributes: dict[str, Attribute] = {}
    if text.startswith(">", position):
        return attributes, position + 1, False
    while found := _ATTRIBUTE.match(text, position):
        if found["end"]:
            return attributes, found.end(), text[found.end() - 2] == "/"
        if found["open"]:
            break
        position = found.end()
        name = _lower(found["name"])
        if name not in attributes:  # the first of two counts (section 13.2.5.33)
            value = found["double"] or found["single"] or found["bare"] or ""
            attributes[name] = Attribute(unescaped(value), found.start("name"))
    return attributes, -1, False


def visible_text(text: str) -> str:
    """Give the text of a page without its tags, and without what readers do not see."""
    return unescaped(_UNSEEN.sub("", text))


def unescaped(value: str) -> str:
    """Resolve the character references in an attribute's value (section 13.2.5.73)."""
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if "&" not in value:
        return value
    return _REFERENCE.sub(lambda found: _character(found, value), value)


def _character(found: re.Match[str], value: str) -> str:
    written = found[0]
    if written.startswith("&#"):
        try:
            return unescape(written)
        except ValueError:  # more digits than Python reads
            return "\ufffd"
    name = written[1:]
    follows = value[found.end() : found.end() + 1]
    if name not in html5 or not (name.endswith(";") or follows != "="):
        return written
    return html5[name]


def _end_of_comment(text: str, position: int) -> int:
    for abrupt in (">", "->"):
        if text.startswith(abrupt, position):
            return position + len(abrupt)
    found = _COMMENT_END.search(text, position)
    return found.end() if found else len(text)


def _end_of_declaration(text: str, found: re.Match[str], is_foreign: bool) -> int:
    closing = "]]>" if is_foreign and text.startswith("<![CDATA[", found.start()) else ">"
    end = text.find(closing, found.end())
    return len(text) if end < 0 else end + len(closing)


def _end_of_raw_text(text: str, position: int, name: str) -> int:
    if name == "plaintext":
        return len(text)
    end = re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE | re.ASCII)
    found = end.search(text, position)
    return found.start() if found else len(text)


def line_starts(text: str) -> Sequence[int]:
    """Give the offset at which each line begins."""
    starts = array("Q", [0])
    starts.extend(found.end() for found in re.finditer(r"\r\n|\r|\n", text))
    return starts
