# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each element of the converter's tree becomes what may be published, and has its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

from notices import languages
from notices.model import Anchor, Finding, Language, Link, Organisation
from notices.source.converter import Converter
from notices.source.facts import FactWriter
from notices.source.lines import RAW, Lines
from notices.source.links import read_address
from notices.source.safety import LINK_PLACEHOLDER

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_IN_BRACKETS: Final = re.compile(r"\[[^\[\]]+\]")
_ALIGNMENTS: Final = {"center": "align-center", "right": "align-end"}
NO_LANGUAGES: Final[Mapping[str, Language]] = {}
_MOST_COMPLAINTS: Final = 1_000
"""Of one text: the rest is told when these are mended."""
_LINKING: Final = {"a": "href", "img": "src"}


class Elements:
    """The elements of one text, walked once.

    ``links`` are its internal links, ``anchors`` the ids of its elements but headings,
    ``heading_lines`` the line of each heading. ``facts`` writes facts into further elements.
    """

    def __init__(
        self,
        converter: Converter,
        root: Element,
        shown: str,
        first_line: int,
        lang: str,
        organisation: Organisation,
        known: Mapping[str, Language] = NO_LANGUAGES,
    ) -> None:
        self._findings: list[Finding] = []
        self._shown = shown
        self._lang = lang
        self.links: list[Link] = []
        self._lines = Lines(converter.text, first_line)
        indented = ["".join(pre.itertext()).rstrip("\n") for pre in root.iter("pre")]
        self._lines.blank(converter.fences, indented)
        self.facts = FactWriter(organisation, lang, shown, self._lines, known)
        self._has_facts = "[[" in converter.text
        self.heading_lines: dict[Element, int] = {}
        self.anchors: dict[Element, Anchor] = {}
        for complaint in converter.complaints[:_MOST_COMPLAINTS]:
            line = self._lines.of(complaint.raw, complaint.code) + complaint.lines_down
            self._findings.append(
                Finding(shown, line, complaint.code, complaint.message, complaint.fix)
            )
        top = set(root)
        for element in list(root.iter()):
            self._settle(element, nested=element not in top)
        for ul in root.iter("ul"):
            self._mark_choices(ul)

    @property
    def findings(self) -> list[Finding]:
        """What the walk found, unknown facts among it."""
        return self._findings + self.facts.findings

    def report(self, line: int, code: str, message: str, fix: str) -> None:
        """Add a finding at a line of this text."""
        self._findings.append(Finding(self._shown, line, code, message, fix))

    def _settle(self, element: Element, nested: bool) -> None:
        """Turn one element of the converter's tree into what may be published."""
        raw = element.attrib.pop(RAW, "")
        if self._has_facts:
            self.facts.write(element)
        line = 0
        if level := HEADINGS.get(element.tag):
            line = self.heading_lines[element] = self._lines.of_heading(level, raw)
            if not "".join(element.itertext()).strip() and not len(element):
                message = "the heading has no words."
                self.report(line, "heading-empty", message, "write them, or remove the line.")
            if nested:
                self.report(
                    line,
                    "heading-nested",
                    "this heading stands inside a list or a quote, where no section can begin.",
                    "begin the heading at the left margin, with an empty line before it.",
                )
        elif raw:
            line = self._lines.of(raw, element.tag)
        if element.tag == "th":
            element.set("scope", "col")
        if not element.attrib:
            return
        if attribute := _LINKING.get(element.tag):
            self._settle_link(element, attribute, line)
        if (written := element.get("id")) and element not in self.heading_lines:
            self.anchors[element] = Anchor(written, line)
        self._check_language_tags(element, line)
        if alignment := element.attrib.pop("align", ""):
            if alignment in _ALIGNMENTS:
                element.set("class", _ALIGNMENTS[alignment])
        elif element.get("class", "").startswith("admonition "):
            element.set("class", "note")
            element.set("role", "note")
        elif element.get("class") == "admonition-title":
            element.set("class", "note-title")

    def _settle_link(self, element: Element, attribute: str, line: int) -> None:
        read = read_address(element.get(attribute, ""), self._lang, element.tag == "img")
        if read.fault:
            self.report(line, *read.fault)
            element.attrib.pop(attribute, None)
        elif read.external:
            element.set(attribute, read.external)
        else:
            hreflang = element.get("hreflang", "")
            self.links.append(Link(read.written, read.path, read.anchor, hreflang, line))
            element.set(attribute, f"{LINK_PLACEHOLDER}:{len(self.links) - 1}")
        if element.tag == "a" and _IN_BRACKETS.fullmatch(element.text or ""):
            self.report(
                line,
                "fact-unknown",
                f"the link's text would be shown as '{element.text}'.",
                "a fact as a link's text takes three brackets: [[[email]]](mailto:[[email]]).",
            )
        if element.tag == "img" and not element.get("alt", "").strip():
            self.report(
                line,
                "image-without-text",
                "the image has no text for those who do not see it.",
                "describe what it shows between the square brackets: ![A floor plan](…).",
            )

    def _check_language_tags(self, element: Element, line: int) -> None:
        for name in ("lang", "hreflang"):
            tag = element.get(name)
            if tag is None:
                continue
            if name == "hreflang" and element.tag != "a":
                self.report(
                    line,
                    "attribute-unknown",
                    "hreflang tells the language of a link's target, and this is no link.",
                    "write {lang=…} for the language of the text itself.",
                )
                del element.attrib[name]
            elif not languages.is_language(tag):
                self.report(
                    line,
                    "language-tag-malformed",
                    f"'{tag}' is no language tag (BCP 47).",
                    f"write {name}= with a tag such as sv, en or pt-BR.",
                )
                del element.attrib[name]

    def _mark_choices(self, ul: Element) -> None:
        """Mark a list whose every item opens with a link to a whole notice: a choice of readers."""
        if len(ul) > 1 and all(self._opens_with_notice(item) for item in ul):
            ul.set("class", "choices")

    def _opens_with_notice(self, item: Element) -> bool:
        if len(item) and item[0].tag == "p" and not (item.text or "").strip():
            item = item[0]
        if not len(item) or (item.text or "").strip() or item[0].tag != "a":
            return False
        scheme, _, number = item[0].get("href", "").partition(":")
        if scheme != LINK_PLACEHOLDER:
            return False
        link = self.links[int(number)]
        return link.path.endswith(".md") and not link.anchor
