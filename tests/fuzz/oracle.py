# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may a published site hold, whatever its content was?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final
from xml.etree import ElementTree

import tinycss2
from selectolax.lexbor import LexborHTMLParser, LexborNode

from notices import logo
from notices.source import safety

SITE: Final = "https://site.example"
CANARY: Final = b"CANARY-OF-ANOTHER-FOLDER"
"""Stands in files outside the content, to which links and addresses of the inputs lead."""
COMPUTED: Final = b"1337133713"
"""What ``{{ 7 * 191019101.857 }}`` and its like would give; no input spells it."""

_OF_DRAWINGS: Final = frozenset(name.lower() for name in logo._ELEMENTS)
_ONLY_IN_HEAD: Final = frozenset("link meta style title".split())
_OF_DRAWINGS_ATTRIBUTES: Final = frozenset(name.lower() for name in logo._ATTRIBUTES)
_SCHEME: Final = re.compile(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*):")
_TIDY: Final = re.compile(r"[\t\n\r]")


def frame(page: bytes) -> set[tuple[str, ...]]:
    """Give what stands around a notice's own words: the elements near the root, with their class.

    A text that breaks out of its place puts an element there that no other page has.
    """
    tree = LexborHTMLParser(page)
    found: set[tuple[str, ...]] = {
        ("count", tag, str(len(tree.css(tag)))) for tag in ("html", "head", "body", "main")
    }
    for above in ("body", "main", "article", "header.masthead", "header.masthead > div"):
        for node in tree.css(f"{above} > *"):
            found.add((above, node.tag or "", node.attributes.get("class") or ""))
    for node in tree.css("head > *"):
        kind = (node.attributes.get(name) or "" for name in ("name", "http-equiv", "rel", "type"))
        found.add(("head", node.tag or "", *kind))
    return found


@dataclass(slots=True)
class Known:
    """What the pages of harmless content have: frames, elements, attributes and styles.

    What the sanitiser lets through is known, too.
    """

    frames: set[tuple[str, ...]] = field(default_factory=set)
    tags: set[str] = field(default_factory=lambda: set(safety._TAGS))
    attributes: set[str] = field(
        default_factory=lambda: set().union(*safety._ATTRIBUTES.values()) | {"class"}
    )
    styles: set[str] = field(default_factory=set)

    def learn(self, files: Mapping[str, bytes]) -> None:
        """Take the pages of a site for harmless."""
        for path, content in files.items():
            if path.endswith(".html"):
                tree = LexborHTMLParser(content)
                self.frames |= frame(content)
                self.styles |= {sheet.text() for sheet in tree.css("style")}
                for node in _nodes(tree):
                    if not _is_in_drawing(node):
                        self.tags.add(node.tag or "")
                        self.attributes |= node.attributes.keys()


def check(files: Mapping[str, bytes], known: Known, *, any_style: bool = False) -> None:
    """See that a site is harmless; raises AssertionError.

    With ``any_style`` its pages may have another style than those known, if it asks for nothing.
    """
    for path, content in files.items():
        parts = PurePosixPath(path).parts
        assert parts and parts[0] != "/" and ".." not in parts and "\\" not in path, path
        assert not re.search("[\x00-\x1f]", path), path
        assert CANARY not in content, f"{path} holds what stands elsewhere"
        assert COMPUTED not in content, f"{path} computes what an editor wrote"
        if path.endswith(".html"):
            _check_page(content, known, any_style)
            unknown = frame(content) - known.frames
            assert not unknown, f"{path}: an element out of its place: {unknown}"
        elif path.endswith((".xml", ".svg")):
            ElementTree.fromstring(content)
        elif path.endswith(".txt"):
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content.decode())


def _check_page(content: bytes, known: Known, any_style: bool) -> None:
    tree = LexborHTMLParser(content)
    for node in _nodes(tree):
        tag = node.tag or ""
        in_drawing = _is_in_drawing(node)
        assert tag.lower() in (_OF_DRAWINGS if in_drawing else known.tags), f"<{tag}>"
        if tag in _ONLY_IN_HEAD:
            assert node.parent is not None and node.parent.tag == "head", f"<{tag}> in the body"
        for name, value in node.attributes.items():
            _check_attribute(tag, name, value or "", in_drawing)
            assert in_drawing or name in known.attributes, f"{tag} {name}"
    for sheet in tree.css("style"):
        text = sheet.text()
        assert any_style or text in known.styles, "a style of the content's making"
        if text not in known.styles:
            _check_style(text)


def _nodes(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    return (node for node in tree.css("*") if node.tag and not node.tag.startswith("-"))


def _is_in_drawing(node: LexborNode) -> bool:
    above: LexborNode | None = node
    while above is not None:
        if above.tag == "svg":
            return True
        above = above.parent
    return False


def _check_attribute(tag: str, name: str, value: str, in_drawing: bool) -> None:
    if in_drawing:
        assert name.lower() in _OF_DRAWINGS_ATTRIBUTES | {"class", "aria-hidden"}, f"{tag} {name}"
        inner = re.sub(r"url\(#_logo-[\w.\-]+\)", "", value)
        assert "url" not in inner.lower() or name == "id", f"{tag} {name}={value}"
        return
    if name not in ("href", "src"):
        return
    read = _TIDY.sub("", value)
    scheme = _SCHEME.match(read)
    is_ours = read.startswith(f"{SITE}/") or not (scheme or read.lstrip().startswith(("//", "\\")))
    if tag == "a":
        assert is_ours or (scheme and scheme[1].lower() in ("http", "https", "mailto", "tel")), (
            value
        )
    else:
        assert is_ours, f"<{tag}> fetches {value}"


def _check_style(text: str) -> None:
    def walk(nodes: list[tinycss2.ast.Node]) -> None:
        for node in nodes:
            assert node.type not in ("url", "error"), text[:200]
            if node.type == "function":
                assert node.lower_name not in ("url", "src", "image-set", "expression")
            for inner in ("prelude", "content", "arguments", "value"):
                if isinstance(deeper := getattr(node, inner, None), list):
                    walk(deeper)

    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    assert all(getattr(rule, "lower_at_keyword", "layer") != "import" for rule in rules)
    walk(rules)
