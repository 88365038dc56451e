# SPDX-License-Identifier: AGPL-3.0-or-later
"""One Markdown file becomes one Notice, with the findings that reading it gave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from notices.model import Anchor, Finding, Language, Notice, Organisation, Section
from notices.remembering import remembered, same
from notices.snapshots import is_broken
from notices.source import limits, metadata
from notices.source.converter import Converter
from notices.source.elements import HEADINGS, NO_LANGUAGES, Elements
from notices.source.facts import mark_facts, named_in, told
from notices.source.safety import sanitised
from notices.textfiles import read_text

_MARKUP: Final = re.compile("[<>&\x02\x03]")
"""Signs of which a text needs one to be anything but itself as HTML; two are the converter's."""


class Reader:
    """Reads the notices of one site, with one converter for all of them.

    ``languages`` are the site's own; others are known by Unicode's tables.
    """

    def __init__(
        self, organisation: Organisation, languages: Mapping[str, Language] = NO_LANGUAGES
    ) -> None:
        self._organisation = organisation
        self._languages = languages
        self._converter = _converter()

    def read(
        self, file: Path, shown: str, name: str, lang: str
    ) -> tuple[Notice | None, list[Finding]]:
        """Read a file as the notice of that name in that language.

        Gives None where the file has no text to go on with; never raises for what a file holds.
        """
        text, findings = read_text(file, shown, limits.LARGEST)
        if text is None:
            return None, findings
        notice, faults = self.parse(text, shown, name, lang)
        if notice is None:
            is_broken(file, shown)
        return notice, findings + faults

    def parse(
        self, text: str, shown: str, name: str, lang: str
    ) -> tuple[Notice | None, list[Finding]]:
        """Read a text as ``read`` reads a file's."""
        organisation = same(f"facts in {shown}", named_in(text, self._organisation))
        notice, findings = _read(
            self._converter, organisation, self._languages, text, shown, name, lang
        )
        return notice, [*findings]


@remembered
def _converter() -> Converter:
    return Converter()


@remembered
def _read(
    converter: Converter,
    organisation: Organisation,
    languages: Mapping[str, Language],
    text: str,
    shown: str,
    name: str,
    lang: str,
) -> tuple[Notice | None, tuple[Finding, ...]]:
    front, markdown, first_line, findings = metadata.read(text, shown)
    if tangled := limits.check(markdown, shown, first_line):
        return None, (*findings, tangled)
    try:
        root = converter.convert(markdown)
        elements = Elements(converter, root, shown, first_line, lang, organisation, languages)
    except RecursionError:
        return None, (*findings, limits.too_deep(shown, first_line))
    if too_long := limits.check_size(root, shown, first_line):
        return None, (*findings, too_long)
    notice = _Cut(converter, elements).notice(root, name, lang, shown, front)
    return notice, (*findings, *elements.findings)


class _Cut:
    """Cuts a settled tree into title, introduction and sections."""

    def __init__(self, converter: Converter, elements: Elements) -> None:
        self._converter = converter
        self._elements = elements

    def notice(
        self, root: Element, name: str, lang: str, shown: str, front: metadata.Metadata
    ) -> Notice:
        """Cut the settled tree into opening and sections."""
        titles: list[Element] = []
        introduction: list[Element] = []
        parts: list[tuple[Element, list[Element]]] = []
        for element in root:
            level = HEADINGS.get(element.tag)
            if level == 1:
                titles.append(element)
            elif level:
                parts.append((element, []))
            else:
                (parts[-1][1] if parts else introduction).append(element)
        self._check_titles(titles)
        title = titles[0] if titles else self._title_of(front)
        opening = self._section(title, introduction, front.lines.get("title", 1))
        return Notice(
            name=name,
            lang=lang,
            path=shown,
            opening=opening,
            sections=tuple(self._section(heading, blocks) for heading, blocks in parts),
            links=tuple(self._elements.links),
            slug=front.values.get("slug", ""),
            slug_line=front.lines.get("slug", 1),
            effective=front.effective,
            effective_line=front.lines.get("effective", 1),
            template=front.values.get("template", ""),
            template_line=front.lines.get("template", 1),
            draft=front.values.get("draft") == "true",
            draft_line=front.lines.get("draft", 1),
        )

    def _check_titles(self, titles: list[Element]) -> None:
        lines = self._elements.heading_lines
        for title in titles[1:]:
            self._elements.report(
                lines[title],
                "title-doubled",
                f"a second title; the first is on line {lines[titles[0]]}.",
                "begin the section's heading with '##'.",
            )
        for title in titles:
            if title.attrib.pop("id", ""):
                self._elements.report(
                    lines[title],
                    "attribute-unknown",
                    "the title takes no id; a link to the notice itself needs none.",
                    "remove the braces at the end of the line.",
                )

    def _title_of(self, front: metadata.Metadata) -> Element:
        """Make a title of the metadata's, where the text has none; it may be empty."""
        words = Element("h1")
        words.text = mark_facts(front.values.get("title", "").replace("&", "&amp;"))
        self._elements.facts.write(words)
        return words

    def _section(self, heading: Element, blocks: list[Element], line: int = 1) -> Section:
        """Make a section; the line counts where the heading is none of the text."""
        anchor = heading.attrib.pop("id", "")
        level = HEADINGS[heading.tag]
        title, body = self._inner(heading), self._html(blocks)
        return Section(
            anchor=anchor,
            level=level,
            title=self._elements.facts.told(title),
            body=self._elements.facts.told(body),
            line=self._elements.heading_lines.get(heading, line),
            given=bool(anchor),
            anchors=self._anchors_in([heading, *blocks]),
            named=self._named(heading, blocks, title, body),
        )

    def _named(self, heading: Element, blocks: list[Element], title: str, body: str) -> str:
        """Give title and body with facts by their names; empty where they hold none."""
        facts = self._elements.facts
        level = HEADINGS[heading.tag]
        told_by_value = f"<h{level}>{told(title)}</h{level}>{told(body)}"
        with facts.named_in([heading, *blocks]) as any_attribute:
            if any_attribute:
                title, body = self._inner(heading), self._html(blocks)
        named = facts.named(f"<h{level}>{title}</h{level}>{body}")
        return "" if named == told_by_value else named

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
