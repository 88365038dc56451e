# SPDX-License-Identifier: AGPL-3.0-or-later
"""One Markdown file becomes one Notice, with the findings that reading it gave."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from notices import languages
from notices.model import Anchor, Finding, Link, Notice, Organisation, Section
from notices.source import metadata
from notices.source.converter import Converter
from notices.source.facts import FactWriter, mark_facts
from notices.source.lines import RAW, Lines
from notices.source.links import read_address
from notices.source.safety import LINK_PLACEHOLDER, sanitised
from notices.textfiles import read_text

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_MARKUP: Final = re.compile("[<>&\x02\x03]")
"""Signs of which a text needs one to be anything but itself as HTML; two are the converter's."""
_IN_BRACKETS: Final = re.compile(r"\[[^\[\]]+\]")
_ALIGNMENTS: Final = {"center": "align-center", "right": "align-end"}
_LINKING: Final = {"a": "href", "img": "src"}


class Reader:
    """Reads the notices of one site, with one converter for all of them."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._converter = Converter()

    def read(
        self, file: Path, shown: str, name: str, lang: str
    ) -> tuple[Notice | None, list[Finding]]:
        """Read a file as the notice of that name in that language.

        Gives None where the file has no text to go on with; never raises for what a file holds.
        """
        text, findings = read_text(file, shown)
        if text is None:
            return None, findings
        front, markdown, first_line, faults = metadata.read(text, shown)
        findings += faults
        try:
            root = self._converter.convert(markdown)
            reading = _Reading(self._converter, root, shown, first_line, lang, self._organisation)
        except RecursionError:
            message = "lists or quotes stand inside each other too deep to be read."
            fix = "write the text with fewer levels."
            return None, [*findings, Finding(shown, first_line, "file-unreadable", message, fix)]
        notice = reading.notice(name, front)
        return notice, findings + reading.all_findings


class _Reading:
    """The reading of one file: the tree is walked once, then cut into sections."""

    def __init__(
        self,
        converter: Converter,
        root: Element,
        shown: str,
        first_line: int,
        lang: str,
        organisation: Organisation,
    ) -> None:
        self.findings: list[Finding] = []
        self._converter = converter
        self._root = root
        self._shown = shown
        self._lang = lang
        self._links: list[Link] = []
        self._lines = Lines(converter.text, first_line)
        indented = ["".join(pre.itertext()).rstrip("\n") for pre in root.iter("pre")]
        self._lines.blank(converter.fences, indented)
        self._facts = FactWriter(organisation, lang, shown, self._lines)
        self._has_facts = "[[" in converter.text
        self._heading_lines: dict[Element, int] = {}
        self._anchors: dict[Element, Anchor] = {}
        for complaint in converter.complaints:
            line = self._lines.of(complaint.raw, complaint.code) + complaint.lines_down
            self.findings.append(
                Finding(shown, line, complaint.code, complaint.message, complaint.fix)
            )
        top = set(root)
        for element in list(root.iter()):
            self._settle(element, nested=element not in top)
        for ul in root.iter("ul"):
            self._mark_choices(ul)

    @property
    def all_findings(self) -> list[Finding]:
        """What reading gave, facts among it."""
        return self.findings + self._facts.findings

    def _report(self, line: int, code: str, message: str, fix: str) -> None:
        self.findings.append(Finding(self._shown, line, code, message, fix))

    # One element at a time

    def _settle(self, element: Element, nested: bool) -> None:
        """Turn one element of the converter's tree into what may be published."""
        raw = element.attrib.pop(RAW, "")
        if self._has_facts:
            self._facts.write(element)
        line = 0
        if level := _HEADINGS.get(element.tag):
            line = self._heading_lines[element] = self._lines.of_heading(level, raw)
            if not "".join(element.itertext()).strip() and not len(element):
                message = "the heading has no words."
                self._report(line, "heading-empty", message, "write them, or remove the line.")
            if nested:
                self._report(
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
        if (written := element.get("id")) and element not in self._heading_lines:
            self._anchors[element] = Anchor(written, line)
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
            self._report(line, *read.fault)
            element.attrib.pop(attribute, None)
        elif read.external:
            element.set(attribute, read.external)
        else:
            hreflang = element.get("hreflang", "")
            self._links.append(Link(read.written, read.path, read.anchor, hreflang, line))
            element.set(attribute, f"{LINK_PLACEHOLDER}:{len(self._links) - 1}")
        if element.tag == "a" and _IN_BRACKETS.fullmatch(element.text or ""):
            self._report(
                line,
                "fact-unknown",
                f"the link's text would be shown as '{element.text}'.",
                "a fact as a link's text takes three brackets: [[[email]]](mailto:[[email]]).",
            )
        if element.tag == "img" and not element.get("alt", "").strip():
            self._report(
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
                self._report(
                    line,
                    "attribute-unknown",
                    "hreflang tells the language of a link's target, and this is no link.",
                    "write {lang=…} for the language of the text itself.",
                )
                del element.attrib[name]
            elif not languages.is_language(tag):
                self._report(
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
        link = self._links[int(number)]
        return link.path.endswith(".md") and not link.anchor

    # The whole notice

    def notice(self, name: str, front: metadata.Metadata) -> Notice:
        """Cut the settled tree into title, introduction and sections."""
        heading, blocks, title_line, title = None, [], 1, ""
        introduction, sections = "", []
        anchors: tuple[Anchor, ...] = ()
        for element in [*self._root, None]:
            level = 7 if element is None else _HEADINGS.get(element.tag, 0)
            if element is not None and level == 1:
                line = self._heading_lines[element]
                if title:
                    self._report(
                        line,
                        "title-doubled",
                        f"a second title; the first is on line {title_line}.",
                        "begin the section's heading with '##'.",
                    )
                else:
                    title, title_line = self._inner(element), line
                    if element.get("id"):
                        self._report(
                            line,
                            "attribute-unknown",
                            "the title takes no id; a link to the notice itself needs none.",
                            "remove the braces at the end of the line.",
                        )
                continue
            if not level and element is not None:
                blocks.append(element)
                continue
            if heading is None:
                introduction, anchors = self._html(blocks), self._anchors_in(blocks)
            else:
                sections.append(self._section(heading, blocks))
            heading, blocks = element, []
        if not title and "title" in front.values:
            title_line = front.lines["title"]
            words = Element("h1")
            words.text = mark_facts(front.values["title"].replace("&", "&amp;"))
            self._facts.write(words)
            title = self._inner(words)
        return Notice(
            name=name,
            lang=self._lang,
            path=self._shown,
            title=title,
            title_line=title_line,
            introduction=introduction,
            sections=tuple(sections),
            links=tuple(self._links),
            anchors=anchors,
            slug=front.values.get("slug", ""),
            slug_line=front.lines.get("slug", 1),
            effective=front.effective,
            template=front.values.get("template", ""),
            template_line=front.lines.get("template", 1),
        )

    def _section(self, heading: Element, blocks: list[Element]) -> Section:
        anchor = heading.attrib.pop("id", "")
        return Section(
            anchor=anchor,
            level=_HEADINGS[heading.tag],
            title=self._inner(heading),
            body=self._html(blocks),
            line=self._heading_lines[heading],
            given=bool(anchor),
            anchors=self._anchors_in([heading, *blocks]),
        )

    def _anchors_in(self, blocks: list[Element]) -> tuple[Anchor, ...]:
        return tuple(
            self._anchors[element]
            for block in blocks
            for element in block.iter()
            if element in self._anchors
        )

    def _html(self, blocks: list[Element]) -> str:
        return sanitised(self._converter.html(*blocks)) if blocks else ""

    def _inner(self, heading: Element) -> str:
        """Give a heading's own HTML without its tag; a heading inside a link is not possible."""
        text = heading.text or ""
        if lang := heading.get("lang"):
            words = Element("span", lang=lang)
            words.text, words[:] = heading.text, list(heading)
            heading = Element(heading.tag)
            heading.append(words)
        elif not len(heading) and not _MARKUP.search(text):
            return text.strip()
        written = self._html([heading])
        return re.sub(r"^<h\d[^>]*>|</h\d>$", "", written).strip()
