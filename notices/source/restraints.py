# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Markdown allows and a notice does not: HTML, most attributes, most kinds of boxes."""

from __future__ import annotations

import re
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import inlinepatterns
from markdown.extensions import admonition, attr_list, fenced_code

from notices.source.complaint import complain
from notices.source.lines import RAW

ATTRIBUTES: Final = ("id", "lang", "hreflang")
_SHOWN_LENGTH: Final = 40
_LONGEST_LIST: Final = 500
"""In characters: each attribute in it is looked up in the text."""


class RawHtml(inlinepatterns.InlineProcessor):
    """HTML in Markdown: reported, and shown as the text that it is."""

    def handleMatch(self, m: Any, data: str) -> Any:  # type: ignore[override]
        """Give the text itself."""
        text = self.unescape(m.group(0))  # what stands within was read as Markdown before
        signs: Any = self.md.treeprocessors["unescape"]
        shown = signs.unescape(text)
        shown = shown if len(shown) <= _SHOWN_LENGTH else shown[:_SHOWN_LENGTH] + "…"
        complain(
            self.md,
            "raw-html",
            m.group(0),
            f"'{' '.join(shown.split())}' is HTML; a notice is written in Markdown alone.",
            "say it in Markdown; write '\\<' where you mean the sign itself.",
        )
        return text, m.start(0), m.end(0)


class AttributeLists(attr_list.AttrListTreeprocessor):
    """``{#id lang=… hreflang=…}``, and nothing else between braces."""

    # The library's own reads on to the last brace of the line, and puts what it cannot use last.
    INLINE_RE = re.compile(  # type: ignore[misc]
        r"^\{:?[ ]*([^}\n ][^}\n]*)\}"
    )

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
        """Set what may be set, and complain of the rest."""
        if len(attrs_string) > _LONGEST_LIST:
            self._complain_of_length(attrs_string)
            return attrs_string
        attributes, remainder = attr_list.get_attrs_and_remainder(attrs_string)
        if strict and remainder:
            return remainder
        raw = "{" + attrs_string.split("}")[0]
        if remainder:
            message = f"'{' '.join(remainder.split())}' between braces cannot be read."
            fix = "remove it; write '\\{' where you mean the brace itself."
            complain(self.md, "attribute-unknown", raw, message, fix)
        for key, value in attributes:
            if key in ATTRIBUTES and value:
                elem.set(key, value)
                elem.attrib.setdefault(RAW, raw)
                continue
            name = {".": "class"}.get(key, key.rstrip("="))
            message = (
                f"'{name}' has no value between the braces."
                if name in ATTRIBUTES
                else f"'{name}' cannot be set between braces; only "
                f"{', '.join(ATTRIBUTES[:-1])} and {ATTRIBUTES[-1]} can, as in {{#rights}}."
            )
            fix = "remove it; write '\\{' where you mean the brace itself."
            complain(self.md, "attribute-unknown", raw, message, fix)
        return remainder

    def _complain_of_length(self, attrs_string: str) -> None:
        raw = "{" + attrs_string[:_SHOWN_LENGTH].split("}")[0]
        message = f"more than {_LONGEST_LIST} characters between braces cannot be read."
        complain(self.md, "attribute-unknown", raw, message, "keep the id, as in {#rights}.")


class Note(admonition.AdmonitionProcessor):
    """``!!! note "Heading"``, the one kind of box; without a heading of its own it has none."""

    def get_class_and_title(self, match: Any) -> tuple[str, str | None]:
        """Give the one kind, and the heading that the editor wrote."""
        kind = match.group(1).lower()
        if kind != "note":
            complain(
                self.parser.md,
                "note-unknown",
                match.group(0).strip(),
                f"'!!! {kind}' is no kind of box that a notice has.",
                "write '!!! note \"…\"', with the box's heading between the quotes.",
            )
        return "note", match.group(2) or None


class FencedCode(fenced_code.FencedBlockPreprocessor):
    """Code between fences; remembers the text as it is now, and where the fences are in it."""

    def run(self, lines: list[str]) -> list[str]:
        """Keep the text and its fences, then do as the library does."""
        md: Any = self.md
        md.text = "\n".join(lines)
        md.fences = [found.span() for found in self.FENCED_BLOCK_RE.finditer(md.text)]
        return super().run(lines)

    def handle_attrs(self, attrs: Any) -> tuple[str, list[str], dict[str, Any]]:
        """Let nothing be set."""
        attributes = list(attrs)
        if attributes:
            complain(
                self.md,
                "attribute-unknown",
                str(attributes[0][1] or attributes[0][0]),
                "a code block takes nothing between braces.",
                "remove the braces after the fence.",
            )
        return "", [], {}
