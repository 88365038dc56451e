# SPDX-License-Identifier: AGPL-3.0-or-later
"""Python-Markdown, set up for notices: one converter that turns Markdown into an element tree.

Three things differ from the library's defaults. Raw HTML is never passed through: it stays visible
text and is reported. Attribute lists may set ``id``, ``lang`` and ``hreflang`` and nothing else.
Headings and links remember the raw text they were made from (in the attribute ``RAW``), so that
their line can be looked up.
"""

from __future__ import annotations

import string
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element

import markdown
from markdown import blockprocessors, inlinepatterns
from markdown.extensions import admonition, attr_list, fenced_code
from markdown.extensions.tables import TableExtension
from markdown.util import AtomicString

RAW: Final = "\N{SYMBOL FOR SUBSTITUTE}raw"
"""An attribute of headings, links and images in the tree; it never leaves this package."""

_ATTRIBUTES: Final = ("id", "lang", "hreflang")
_SPECIAL_ATTRIBUTES: Final = {".": "class"}


_INLINE_SIGNS: Final = {
    "autolink": ("<",),
    "automail": ("<",),
    "backtick": ("`",),
    "em_strong": ("*", "_"),
    "entity": ("&",),
    "escape": ("\\",),
    "html": ("<",),
    "html_opening": ("<",),
    "image_link": ("![",),
    "linebreak": ("  \n",),
    "link": ("[",),
    "reference": (),
    "short_reference": (),
}
"""The inline patterns, and the signs of which each needs one; without any it needs a reference
that the text defines.
"""


_BLOCK_SIGNS: Final = {
    "abbr": ("*[",),
    "admonition": ("!!!",),
    "code": ("    ",),
    "defindent": ("    ",),
    "deflist": (":",),
    "empty": ("",),
    "hashheader": ("#",),
    "hr": ("-", "*", "_"),
    "indent": ("    ",),
    "olist": (".",),
    "paragraph": ("",),
    "quote": (">",),
    "reference": ("]:",),
    "setextheader": ("=", "-"),
    "table": ("|",),
    "ulist": ("*", "+", "-"),
}
"""The same for the block processors."""


class Complaint(NamedTuple):
    """Something in the Markdown that may not be there: a finding without its line yet."""

    code: str
    raw: str
    message: str
    fix: str


class Converter:
    """One converter for many texts; each ``convert`` starts afresh.

    After a conversion ``complaints`` holds what may not stand in a notice, ``text`` the text as it
    was parsed (white space made uniform, the same lines), ``fences`` the spans of its fenced code.
    """

    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self.text = ""
        self.fences: list[tuple[int, int]] = []
        self._markdown: Any = markdown.Markdown(
            extensions=[
                "abbr",
                "def_list",
                "sane_lists",
                TableExtension(use_align_attribute=True),
            ],
            output_format="html",
        )
        md: Any = self._markdown
        md.converter = self
        md.ESCAPED_CHARS = list(string.punctuation)  # as CommonMark, section 2.4
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_FencedCode(md, {"lang_prefix": "language-"}), "fenced_code", 25)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)
        md.treeprocessors.deregister("prettify")
        parser = md.parser
        parser.blockprocessors.register(_Note(parser), "admonition", 105)
        parser.blockprocessors.register(_HashHeading(parser), "hashheader", 70)
        parser.blockprocessors.register(_SetextHeading(parser), "setextheader", 60)
        inline = md.inlinePatterns
        inline.register(_Link(inlinepatterns.LINK_RE, md), "link", 160)
        inline.register(_Reference(inlinepatterns.REFERENCE_RE, md), "reference", 170)
        inline.register(_ShortReference(inlinepatterns.REFERENCE_RE, md), "short_reference", 130)
        inline.register(_Image(inlinepatterns.IMAGE_LINK_RE, md), "image_link", 150)
        inline.deregister("image_reference")
        inline.deregister("short_image_ref")
        inline.register(_Autolink(inlinepatterns.AUTOLINK_RE, md), "autolink", 120)
        inline.register(_Automail(inlinepatterns.AUTOMAIL_RE, md), "automail", 110)
        inline.register(_RawHtml(inlinepatterns.HTML_RE, md), "html", 90)
        inline.register(_RawHtml(r"<(?=[a-zA-Z/!?])[^\s<>]*", md), "html_opening", 85)

        self._patterns = _with_signs(inline, _INLINE_SIGNS)
        self._blocks = _with_signs(parser.blockprocessors, _BLOCK_SIGNS)

    def convert(self, text: str) -> Element:
        """Turn Markdown into a tree whose root holds the blocks; RecursionError if too deep."""
        self._markdown.reset()
        self.complaints, self.fences = [], []
        lines = text.split("\n")
        for preprocessor in self._markdown.preprocessors:
            lines = preprocessor.run(lines)
        self._markdown.parser.blockprocessors = self._blocks_in(self.text)
        root: Element = self._markdown.parser.parseDocument(lines).getroot()
        inline = self._markdown.treeprocessors["inline"]
        inline.inlinePatterns = self._patterns_in(self.text)
        for treeprocessor in self._markdown.treeprocessors:
            root = treeprocessor.run(root) or root if len(root) else root
        return root

    def _blocks_in(self, text: str) -> list[blockprocessors.BlockProcessor]:
        """Leave out the block processors of which the text holds no sign."""
        return [block for block, signs in self._blocks if any(sign in text for sign in signs)]

    def _patterns_in(self, text: str) -> list[inlinepatterns.Pattern]:
        """Leave out the inline patterns of which the text holds no sign: each takes its time."""
        return [
            pattern
            for pattern, signs in self._patterns
            if (any(sign in text for sign in signs) if signs else self._markdown.references)
        ]

    def html(self, *elements: Element) -> str:
        """Write elements of the last tree as HTML, not yet sanitised."""
        written = "".join(self._markdown.serializer(element) for element in elements)
        for postprocessor in self._markdown.postprocessors:
            written = postprocessor.run(written)
        return written.strip()


def _with_signs(
    registry: Any, signs: dict[str, tuple[str, ...]]
) -> list[tuple[Any, tuple[str, ...]]]:
    """Pair each member of one of the library's registries with its signs, in its order."""
    assert len(signs) == len(registry), "each member has its signs"
    return [
        (registry[name], signs[name]) for name in sorted(signs, key=registry.get_index_for_name)
    ]


def _complaints(md: Any) -> list[Complaint]:
    converter: Converter = md.converter
    return converter.complaints


class _RememberingBlock:
    """A mixin for headings: keep the raw text, before anything in it is converted."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)  # type: ignore[misc]
        heading = parent[-1]
        heading.set(RAW, heading.text or "")


class _HashHeading(_RememberingBlock, blockprocessors.HashHeaderProcessor):
    """``## Title``."""


class _SetextHeading(_RememberingBlock, blockprocessors.SetextHeaderProcessor):
    """A title underlined with ``===`` or ``---``."""


class _RememberingInline:
    """A mixin for links and images: keep the raw text that each was made from."""

    def handleMatch(self, m: Any, data: str) -> Any:
        element, start, end = super().handleMatch(m, data)  # type: ignore[misc]
        if isinstance(element, Element) and start is not None:
            element.set(RAW, data[start:end])
        return element, start, end


class _Link(_RememberingInline, inlinepatterns.LinkInlineProcessor):  # type: ignore[misc]
    """``[text](address)``."""


class _Reference(_RememberingInline, inlinepatterns.ReferenceInlineProcessor):  # type: ignore[misc]
    """``[text][label]``."""


class _ShortReference(_RememberingInline, inlinepatterns.ShortReferenceInlineProcessor):  # type: ignore[misc]
    """``[label]``."""


class _Image(_RememberingInline, inlinepatterns.ImageInlineProcessor):  # type: ignore[misc]
    """``![text](address)``."""


class _Autolink(_RememberingInline, inlinepatterns.AutolinkInlineProcessor):  # type: ignore[misc]
    """``<https://…>``."""


class _Automail(inlinepatterns.AutomailInlineProcessor):
    """``<a@b>`` as an ordinary link: the library's random entities differ in every build."""

    def handleMatch(self, m: Any, data: str) -> Any:  # type: ignore[override]
        address = self.unescape(m.group(1)).removeprefix("mailto:")
        element = Element("a", href=f"mailto:{address}")
        element.text = AtomicString(address)
        element.set(RAW, m.group(0))
        return element, m.start(0), m.end(0)


class _RawHtml(inlinepatterns.InlineProcessor):
    """HTML in Markdown: reported, and shown as the text that it is."""

    def handleMatch(self, m: Any, data: str) -> Any:  # type: ignore[override]
        raw = m.group(0)
        shown = raw if len(raw) <= 40 else raw[:40] + "…"
        _complaints(self.md).append(
            Complaint(
                "raw-html",
                raw,
                f"'{' '.join(shown.split())}' is HTML; a notice is written in Markdown alone.",
                "say it in Markdown; write '\\<' where you mean the sign itself.",
            )
        )
        return raw, m.start(0), m.end(0)


class _Note(admonition.AdmonitionProcessor):
    """``!!! note "Heading"``, the one kind of box; without a heading of its own it has none."""

    def get_class_and_title(self, match: Any) -> tuple[str, str | None]:
        kind = match.group(1).lower()
        if kind != "note":
            _complaints(self.parser.md).append(
                Complaint(
                    "note-unknown",
                    match.group(0).strip(),
                    f"'!!! {kind}' is no kind of box that a notice has.",
                    "write '!!! note \"…\"', with the box's heading between the quotes.",
                )
            )
        return "note", match.group(2) or None


class _AttributeLists(attr_list.AttrListTreeprocessor):
    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
        attributes, remainder = attr_list.get_attrs_and_remainder(attrs_string)
        if strict and remainder:
            return remainder
        for key, value in attributes:
            if key in _ATTRIBUTES and value:
                elem.set(key, value)
                elem.attrib.setdefault(RAW, attrs_string.split("}")[0])
                continue
            name = _SPECIAL_ATTRIBUTES.get(key, key)
            _complaints(self.md).append(
                Complaint(
                    "attribute-unknown",
                    attrs_string.split("}")[0],
                    f"'{name}' cannot be set between braces; only "
                    f"{', '.join(_ATTRIBUTES[:-1])} and {_ATTRIBUTES[-1]} can, as in {{#rights}}.",
                    "remove it; write '\\{' where you mean the brace itself.",
                )
            )
        return remainder


class _FencedCode(fenced_code.FencedBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        converter: Converter = self.md.converter  # type: ignore[attr-defined]
        converter.text = text
        converter.fences = [found.span() for found in self.FENCED_BLOCK_RE.finditer(text)]
        return super().run(lines)

    def handle_attrs(self, attrs: Any) -> tuple[str, list[str], dict[str, Any]]:
        attributes = list(attrs)
        if attributes:
            _complaints(self.md).append(
                Complaint(
                    "attribute-unknown",
                    str(attributes[0][1] or attributes[0][0]),
                    "a code block takes nothing between braces.",
                    "remove the braces after the fence.",
                )
            )
        return "", [], {}
