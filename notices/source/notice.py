# SPDX-License-Identifier: AGPL-3.0-or-later
"""One Markdown file becomes one Notice, with the findings that reading it gave."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from notices.model import Anchor, Finding, Notice, Organisation, Section
from notices.source import metadata
from notices.source.converter import Converter
from notices.source.elements import HEADINGS, Elements
from notices.source.facts import mark_facts
from notices.source.safety import sanitised
from notices.textfiles import read_text

_MARKUP: Final = re.compile("[<>&\x02\x03]")
"""Signs of which a text needs one to be anything but itself as HTML; two are the converter's."""


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
            elements = Elements(self._converter, root, shown, first_line, lang, self._organisation)
        except RecursionError:
            message = "lists or quotes stand inside each other too deep to be read."
            fix = "write the text with fewer levels."
            return None, [*findings, Finding(shown, first_line, "file-unreadable", message, fix)]
        notice = _Cut(self._converter, elements).notice(root, name, lang, shown, front)
        return notice, findings + elements.findings


class _Cut:
    """Cuts a settled tree into title, introduction and sections."""

    def __init__(self, converter: Converter, elements: Elements) -> None:
        self._converter = converter
        self._elements = elements

    def notice(
        self, root: Element, name: str, lang: str, shown: str, front: metadata.Metadata
    ) -> Notice:
        """Cut the settled tree into title, introduction and sections."""
        heading, blocks, title_line, title = None, [], 1, ""
        introduction, sections = "", []
        anchors: tuple[Anchor, ...] = ()
        for element in [*root, None]:
            level = 7 if element is None else HEADINGS.get(element.tag, 0)
            if element is not None and level == 1:
                line = self._elements.heading_lines[element]
                if title:
                    self._elements.report(
                        line,
                        "title-doubled",
                        f"a second title; the first is on line {title_line}.",
                        "begin the section's heading with '##'.",
                    )
                else:
                    title, title_line = self._inner(element), line
                    if element.get("id"):
                        self._elements.report(
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
            self._elements.facts.write(words)
            title = self._inner(words)
        return Notice(
            name=name,
            lang=lang,
            path=shown,
            title=title,
            title_line=title_line,
            introduction=introduction,
            sections=tuple(sections),
            links=tuple(self._elements.links),
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
            level=HEADINGS[heading.tag],
            title=self._inner(heading),
            body=self._html(blocks),
            line=self._elements.heading_lines[heading],
            given=bool(anchor),
            anchors=self._anchors_in([heading, *blocks]),
        )

    def _anchors_in(self, blocks: list[Element]) -> tuple[Anchor, ...]:
        return tuple(
            self._elements.anchors[element]
            for block in blocks
            for element in block.iter()
            if element in self._elements.anchors
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
