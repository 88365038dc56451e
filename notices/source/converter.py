# SPDX-License-Identifier: AGPL-3.0-or-later
"""Python-Markdown, set up for notices: one converter that turns Markdown into an element tree.

Three things differ from the library's defaults. Raw HTML is never passed through: it stays visible
text and is reported. Attribute lists may set ``id``, ``lang`` and ``hreflang`` and nothing else.
Headings and links remember the raw text they were made from (in the attribute ``RAW``), so that
their line can be looked up.
"""

from __future__ import annotations

import re
import string
from typing import Any, Final
from xml.etree.ElementTree import Element

import markdown
from markdown import blockprocessors, inlinepatterns

from notices.source import blanks, linking, restraints, unread
from notices.source.complaint import Complaint
from notices.source.facts import FactMarker
from notices.source.lines import RAW

_INLINE_SIGNS: Final = {
    "autolink": ("<",),
    "automail": ("<",),
    "backtick": ("`",),
    "blank": ("___",),
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


class Converter:
    """One converter for many texts; each ``convert`` starts afresh."""

    def __init__(self) -> None:
        md: Any = markdown.Markdown(extensions=["abbr", "def_list", "tables"], output_format="html")
        self._markdown = md
        md.ESCAPED_CHARS = list(string.punctuation)  # as CommonMark, section 2.4
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(restraints.FencedCode(md, {}), "fenced_code", 25)
        md.treeprocessors.deregister("prettify")
        md.treeprocessors.register(restraints.AttributeLists(md), "attr_list", 8)
        md.treeprocessors.register(blanks.Fields(md), "fields", 7)
        md.treeprocessors.register(unread.Leftovers(md), "leftovers", 5)
        md.treeprocessors.register(FactMarker(md), "facts", 4)  # before escapes are resolved
        parser, blocks = md.parser, md.parser.blockprocessors
        blocks.register(restraints.Note(parser), "admonition", 105)
        blocks.register(unread.Table(parser, {"use_align_attribute": True}), "table", 75)
        blocks.register(_HashHeading(parser), "hashheader", 70)
        blocks.register(_SetextHeading(parser), "setextheader", 60)
        blocks.register(blanks.Rule(parser), "hr", 50)
        blocks.register(unread.OrderedList(parser), "olist", 40)
        blocks.register(unread.UnorderedList(parser), "ulist", 30)
        blocks.register(unread.Paragraph(parser), "paragraph", 10)
        inline = md.inlinePatterns
        inline.register(linking.Reference(inlinepatterns.REFERENCE_RE, md), "reference", 170)
        inline.register(linking.Link(inlinepatterns.LINK_RE, md), "link", 160)
        inline.register(linking.Image(inlinepatterns.IMAGE_LINK_RE, md), "image_link", 150)
        inline.deregister("image_reference")
        inline.deregister("short_image_ref")
        inline.register(
            linking.ShortReference(inlinepatterns.REFERENCE_RE, md), "short_reference", 130
        )
        inline.register(linking.Autolink(inlinepatterns.AUTOLINK_RE, md), "autolink", 120)
        inline.register(linking.Automail(inlinepatterns.AUTOMAIL_RE, md), "automail", 110)
        inline.register(restraints.RawHtml(inlinepatterns.HTML_RE, md), "html", 90)
        opening = r"(?<!\w)<(?=[a-zA-Z/!?])[^\s<>]*"
        inline.register(restraints.RawHtml(opening, md), "html_opening", 85)
        inline.register(blanks.Blank(blanks.BLANK, md), "blank", 65)
        self._patterns = _with_signs(inline, _INLINE_SIGNS)
        self._blocks = _with_signs(blocks, _BLOCK_SIGNS)

    def convert(self, text: str) -> Element:
        """Turn Markdown into a tree whose root holds the blocks; RecursionError if too deep."""
        md = self._markdown
        md.reset()
        md.complaints, md.fences, md.used_references = [], [], set()
        md.unclosed_links = 0
        lines = text.split("\n")
        for preprocessor in md.preprocessors:
            lines = preprocessor.run(lines)
        md.parser.blockprocessors = self._blocks_in(md.text)
        root: Element = md.parser.parseDocument(lines).getroot()
        md.treeprocessors["inline"].inlinePatterns = self._patterns_in(md.text)
        for treeprocessor in md.treeprocessors:
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
        return root

    @property
    def text(self) -> str:
        """The text of the last conversion as it was parsed: white space uniform, lines the same."""
        return str(self._markdown.text)

    @property
    def fences(self) -> list[tuple[int, int]]:
        """The spans of fenced code in ``text``."""
        return list(self._markdown.fences)

    @property
    def complaints(self) -> list[Complaint]:
        """What the last text holds that may not be there, or that nobody would see."""
        return list(self._markdown.complaints)

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


class _RememberingBlock:
    """A mixin for headings: keep the raw text, before anything in it is converted."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)  # type: ignore[misc]
        heading = parent[-1]
        heading.set(RAW, heading.text or "")


class _HashHeading(_RememberingBlock, blockprocessors.HashHeaderProcessor):
    """``## Title``, with a space as in CommonMark, section 4.2: ``#1`` is text."""

    RE = re.compile(
        blockprocessors.HashHeaderProcessor.RE.pattern.replace("#{1,6})", r"#{1,6}(?=[ \n]|$))", 1)
    )


class _SetextHeading(_RememberingBlock, blockprocessors.SetextHeaderProcessor):
    """A title underlined with ``===`` or ``---``."""
