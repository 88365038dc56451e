# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does the section that sums a notice up say anything that its sections do not?

A section ``{#in-short}`` opens a notice: lines of one plain sentence, each with a link to the
section that says it whole. A line is a list item, a table row, a term with its explanation, or a
paragraph; one that begins the section and states no facts introduces the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Final

from notices.model import Catalog, Finding, Language, Link, Notice, Organisation, Section, key_of
from notices.particulars import Particulars, Value, beyond, read
from notices.remembering import remembered
from notices.settings import Settings
from notices.source.quotes import Quotes
from notices.source.safety import LINK_PLACEHOLDER
from notices.untranslated import is_untranslated

IN_SHORT: Final = "in-short"

_TAG: Final = re.compile(r"<(/?)(dd|dt|li|p|pre|tr)\b[^<>]*>")
_LINK: Final = re.compile(rf'<a [^<>]*\bhref="{LINK_PLACEHOLDER}:(\d+)"')
_QUOTED_LETTERS: Final = 60
_MOST_PLACED: Final = 20
"""Who meets more findings than this in one summary has to look for their places."""


@dataclass(frozen=True, slots=True)
class _Target:
    """What a line links to: some sections of a notice as one, and how they are named."""

    notice: Notice
    section: Section

    @property
    def named(self) -> str:
        key = key_of(self.notice.name, self.section.anchor).rstrip("#")
        return f"{key} ({self.notice.path}:{self.section.line})"


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Check the summary of each notice in each language."""
    for by_lang in catalog.notices.values():
        for notice in by_lang.values():
            if any(section.anchor == IN_SHORT for section in notice.sections):
                yield from _of_notice(
                    settings.content,
                    catalog.organisation,
                    catalog.source_language,
                    catalog.languages,
                    catalog.files,
                    notice,
                    tuple(_linked(catalog, notice)),
                )


def _linked(catalog: Catalog, notice: Notice) -> Iterator[Notice]:
    """Give the notices that links of a notice may lead to, its own source and theirs with them."""
    paths = dict.fromkeys(link.path for link in notice.links)
    for path in (f"{notice.lang}/{notice.name}.md", *paths):
        tag, _, file = path.partition("/")
        by_lang = catalog.notices.get(file.removesuffix(".md"), {})
        yield from (by_lang[lang] for lang in (tag, catalog.source_language) if lang in by_lang)


@remembered
def _of_notice(
    content: Path,
    organisation: Organisation,
    source_language: str,
    languages: Mapping[str, Language],
    files: tuple[str, ...],
    notice: Notice,
    linked: tuple[Notice, ...],
) -> tuple[Finding, ...]:
    """Check the summary of a notice, beside those notices of the site that it links to."""
    notices: dict[str, dict[str, Notice]] = {}
    for one in linked:
        notices.setdefault(one.name, {})[one.lang] = one
    near = Catalog("", source_language, languages, notices, organisation, files=files)
    return tuple(_findings(near, Quotes(content, organisation), notice))


def _findings(catalog: Catalog, quotes: Quotes, notice: Notice) -> Iterator[Finding]:
    for place, section in enumerate(notice.sections):
        if section.anchor == IN_SHORT:
            if place:
                yield _late(notice, section)
            own = (section, *_inside(section, notice.sections[place + 1 :]))
            for part in own:
                if _home(catalog, notice, part)[0] is notice:  # else another finding says so
                    yield from _Summary(catalog, quotes, notice, part, own).findings()


def _late(notice: Notice, section: Section) -> Finding:
    first = notice.sections[0]
    return Finding(
        notice.path,
        section.line,
        "summary-late",
        f"'{IN_SHORT}' sums the notice up, and stands behind other sections.",
        f"put it before '{first.anchor}' (line {first.line}), in every language.",
    )


def _home(catalog: Catalog, notice: Notice, section: Section) -> tuple[Notice, Section]:
    """Give a section and its notice, or the source's where it still has the words of that."""
    source = catalog.source(notice.name)
    if source is not None and source is not notice:
        for twin in source.sections:
            if twin.anchor == section.anchor and is_untranslated(section, notice, twin, source):
                return source, twin
    return notice, section


class _Summary:
    """One summary, read line by line; what it links to is read once."""

    def __init__(
        self,
        catalog: Catalog,
        quotes: Quotes,
        notice: Notice,
        section: Section,
        own: tuple[Section, ...],
    ) -> None:
        self._catalog = catalog
        self._quotes = quotes
        self._notice = notice
        self._section = section
        self._own = {part.anchor for part in own}
        self._said: dict[str, Particulars] = {}
        self._placed = 0

    def findings(self) -> Iterator[Finding]:
        before = ""
        for number, written in enumerate(_lines(self._section.body)):
            piece = replace(self._section, title="", body=written, named="")
            line = read(piece, self._notice, self._notice.lang)
            links = [self._notice.links[int(found)] for found in _LINK.findall(written)]
            targets = [self._target(link) for link in links if self._may_say_it(link)]
            if not line.text.strip() or None in targets:
                pass  # nothing is said, or another finding says that the link is broken
            elif targets:
                yield from self._exceeding(line, [one for one in targets if one], before)
            elif number or not written.startswith("<p") or _states_facts(line):
                yield self._unlinked(line, before)
            before += line.text

    def _may_say_it(self, link: Link) -> bool:
        """Tell whether a link leads to a section, or to a notice as a whole: not to a file."""
        if link.path in self._catalog.files:
            return False
        own = self._notice.lang, f"{self._notice.name}.md"
        if link.path and tuple(link.path.split("/")) != own:
            return True
        return bool(link.anchor) and link.anchor not in self._own

    def _target(self, link: Link) -> _Target | None:
        """Find what a link leads to, in the source where it is not translated; None if broken."""
        tag, _, file = (link.path or f"{self._notice.lang}/{self._notice.name}.md").partition("/")
        by_lang = self._catalog.notices.get(file.removesuffix(".md"), {})
        source = by_lang.get(self._catalog.source_language)
        for notice in (by_lang.get(tag), source if tag in self._catalog.languages else None):
            if notice is None:
                continue
            if not link.anchor:
                return _Target(notice, _whole(notice.opening, notice.sections))
            for place, section in enumerate(notice.sections):
                if link.anchor in (section.anchor, *(anchor.id for anchor in section.anchors)):
                    home, found = _home(self._catalog, notice, section)
                    place = home.sections.index(found) if home is not notice else place
                    return _Target(home, _whole(found, home.sections[place + 1 :]))
        return None

    def _exceeding(
        self, line: Particulars, targets: list[_Target], before: str
    ) -> Iterator[Finding]:
        """Report each value of a line that none of the sections has."""
        left: list[Value] | None = None
        for target in targets:
            if target.named not in self._said:
                said = read(target.section, target.notice, target.notice.lang)
                self._said[target.named] = said
            more = beyond(line, self._said[target.named])
            left = more if left is None else [value for value in left if value in more]
        places = " or ".join(dict.fromkeys(target.named for target in targets))
        for value in left or ():
            quote = " ".join(value.quote.split())
            yield Finding(
                self._notice.path,
                self._line(quote, before + line.text[: value.start]),
                "summary-exceeds",
                f"'{quote}' is said here, and nothing like it in {places}, to which the line "
                "links.",
                "let the line say what its section says, or link to the section that says this.",
            )

    def _unlinked(self, line: Particulars, before: str) -> Finding:
        quote = " ".join(line.text.split())
        shown = quote if len(quote) <= _QUOTED_LETTERS else f"{quote[:_QUOTED_LETTERS]}…"
        others = [one.anchor for one in self._notice.sections if one.anchor not in self._own]
        address = f"{self._notice.name}.md#{others[0] if others else 'rights'}"
        return Finding(
            self._notice.path,
            self._line(quote, before),
            "summary-link-missing",
            f"'{shown}' has no link to the section that says it whole.",
            f"make a link of its telling words, such as [words]({address}).",
        )

    def _line(self, quote: str, before: str) -> int:
        """Find the line of words, by how often they stand in the text before them."""
        self._placed += 1
        if self._placed > _MOST_PLACED:
            return self._section.line
        times = " ".join(before.split()).count(quote)
        return self._quotes.line(quote, self._notice, self._section, times)


def _whole(first: Section, following: tuple[Section, ...]) -> Section:
    """Give a section with those inside it as one, as its readers see it."""
    inner = (f"<h6>{part.title}</h6>{part.body}" for part in _inside(first, following))
    return replace(first, body="".join((first.body, *inner)))


def _inside(first: Section, following: Iterable[Section]) -> Iterator[Section]:
    """Give the sections inside one, of those that follow it."""
    return takewhile(lambda section: section.level > first.level, following)


def _states_facts(line: Particulars) -> bool:
    return any(not value.optional for value in (*line.figures, *line.names))


def _lines(body: str) -> Iterator[str]:
    """Cut a section's HTML into lines, each with what stands inside it."""
    term, start, depth = "", 0, 0
    for tag in _TAG.finditer(body):
        if not tag[1]:
            start = tag.start() if depth == 0 else start
            depth += 1
            continue
        depth -= 1
        if depth:
            continue
        written = body[start : tag.end()]
        if tag[2] == "dt":
            term += written
            continue
        if tag[2] != "tr" or "<td" in written:
            yield term + written
        term = ""
