# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a notice is made of: frozen data that every other module speaks in.

A *lang* is always a BCP 47 tag (RFC 5646) as the folder in ``content/`` spells it. A *path* is a
file as an editor would type it (``content/sv/user.md``), a *line* counts from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Severity = Literal["error", "warning"]

FRONT_PAGE = "index"
"""The name of the notice that stands at a language's own address, as ``index.html`` does."""


LETTER = "letter"
"""The template of a notice that is a letter, to be printed, filled in and signed."""


def key_of(name: str, anchor: str) -> str:
    """Name a section as on the command line: ``user#retention``, ``user#`` for the opening."""
    return f"{name}#{anchor}"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What a translation and its source say differently, in the words of both.

    ``section`` is named as on the command line (``user#retention``). One of the two quotes may be
    empty.
    """

    lang: str
    section: str
    translation: str
    source: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A disagreement that is meant, why, and the last day on which it is accepted."""

    code: str
    about: Disagreement
    reason: str
    until: date
    line: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong, where it is, and how to mend it; ``disagreement`` where it can be waived.

    ``column`` counts the line's characters (Unicode code points) from 1; 0 stands for the whole
    line. ``url`` is the address that the finding is about, as it is written there, and empty where
    it is about none. Findings are ordered by path, line, column.
    """

    path: str
    line: int
    column: int = field(default=0, kw_only=True)
    code: str
    message: str
    fix: str
    severity: Severity = "error"
    disagreement: Disagreement | None = field(default=None, compare=False)
    url: str = field(default="", kw_only=True)

    @property
    def place(self) -> str:
        """Where it is, as editors and terminals know it: ``path:line`` or ``path:line:column``."""
        return f"{self.path}:{self.line}" + (f":{self.column}" if self.column else "")


@dataclass(frozen=True, slots=True)
class Anchor:
    """An id, and the line on which it is given."""

    id: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link from one notice to another, or to a published file.

    ``written`` is the address as the editor wrote it. ``path`` is its file as a path inside the
    content folder (``sv/user.md``), without ``..`` where that can be resolved; it is empty for a
    link that stays in the notice. ``anchor`` is empty for a link to a whole notice.
    """

    written: str
    path: str
    anchor: str
    hreflang: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text below it, down to the next heading of any level.

    ``title`` and ``body`` are sanitised HTML; internal links in them read ``notice:N``, where N
    counts the notice's links. ``anchor`` is empty while nothing has given the heading an id.
    ``given`` says whether the editor gave it. ``anchors`` are the further ids in the body.
    ``named`` is title and body with each fact of the organisation by its name (``[[email]]``), and
    empty where the text holds none.
    """

    anchor: str
    level: int
    title: str
    body: str
    line: int
    given: bool = True
    anchors: tuple[Anchor, ...] = ()
    named: str = ""

    @property
    def wording(self) -> str:
        """Title and body as the editor worded them, with the facts named and not told."""
        return self.named or f"<h{self.level}>{self.title}</h{self.level}>{self.body}"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice in one language, as read from one file.

    ``opening`` is its title and introduction: a section of the first level, without an id.
    """

    name: str
    lang: str
    path: str
    opening: Section
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    slug: str = ""
    slug_line: int = 1
    effective: date | None = None
    template: str = ""
    template_line: int = 1

    @property
    def title(self) -> str:
        """The notice's title, as HTML."""
        return self.opening.title

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter to print: linked from other notices, and not one of their list."""
        return self.template == LETTER

    @property
    def introduction(self) -> str:
        """What stands before the first section, as HTML."""
        return self.opening.body

    @property
    def parts(self) -> tuple[Section, ...]:
        """What is translated and reviewed as one: the opening, and each section with an id."""
        return (self.opening, *(section for section in self.sections if section.anchor))

    @property
    def ids(self) -> frozenset[str]:
        """Every id that a link into this notice may name."""
        own = set()
        for section in (self.opening, *self.sections):
            own.add(section.anchor)
            own.update(anchor.id for anchor in section.anchors)
        return frozenset(own - {""})


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site. ``months`` are twelve names, or none where Babel knows them."""

    tag: str
    name: str
    direction: Literal["ltr", "rtl"] = "ltr"
    date_pattern: str = ""
    months: tuple[str, ...] = ()
    draft: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the organisation: its lines, by language (``""`` holds for every language).

    ``lang`` is the language that these are in where that is one for all; empty where it is the
    page's, or none.
    """

    name: str
    lines: Mapping[str, tuple[str, ...]]
    line: int
    lang: str = ""

    def in_language(self, lang: str) -> tuple[str, ...] | None:
        """Give the fact's lines in a language, or None where it has none."""
        return self.lines.get(lang, self.lines.get(""))


@dataclass(frozen=True, slots=True)
class Organisation:
    """What ``organisation.toml`` holds, by name."""

    path: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def lines(self, name: str, lang: str) -> tuple[str, ...]:
        """Give a fact's lines in a language; none where the organisation does not state it."""
        fact = self.facts.get(name)
        return (fact and fact.in_language(lang)) or ()

    def text(self, name: str, lang: str) -> str:
        """Give a fact as one line of text; empty where the organisation does not state it."""
        return ", ".join(self.lines(name, lang))


@dataclass(frozen=True, slots=True)
class Brand:
    """How an organisation looks: what ``brand.toml`` holds.

    ``logo`` is SVG that is fit to stand in a page, and ``icon`` the same as a file of its own.
    ``light`` and ``dark`` are values of the theme's tokens, by name; ``lines`` gives the line of
    each, by ``light.accent``.
    """

    path: str = ""
    name: str = ""
    logo: str = ""
    icon: str = ""
    light: Mapping[str, str] = field(default_factory=dict)
    dark: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Review:
    """That somebody has checked a translated section against its source, and what both said then.

    ``anchor`` is empty for a notice's title and introduction. ``source`` and ``translation`` are
    digests.
    """

    name: str
    anchor: str
    source: str
    translation: str
    on: date
    line: int = field(default=1, compare=False)

    @property
    def key(self) -> str:
        """Name the section (see ``key_of``)."""
        return key_of(self.name, self.anchor)


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A word that is explained. ``id`` is the same in all languages.

    ``long`` is what ``term`` is short for, ``forms`` are inflections and other spellings. ``lang``
    is the language of these three, empty where it is that of the glossary.
    """

    id: str
    term: str
    explanation: str
    long: str = ""
    forms: tuple[str, ...] = ()
    lang: str = ""
    line: int = field(default=1, compare=False)

    @property
    def words(self) -> tuple[str, ...]:
        """All that a text may say for it."""
        return tuple(filter(None, (self.term, self.long, *self.forms)))


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """A content folder, read whole.

    ``notices`` is ``{name: {lang: Notice}}``. Languages and notices stand in the order in which
    readers meet them: the source language first, then by tag; notices as the front page of the
    source language links to them, then by name. ``files`` are the published files, as paths inside
    the content folder. ``drafts`` are the tags of draft languages, read or left out. ``reviews`` is
    ``{lang: {notice: reviews}}`` for the languages that keep them. ``glossaries`` is ``{lang: {id:
    entry}}`` for those that have one. ``waivers`` are those of all languages, ``findings`` those
    met while reading.
    """

    folder: str
    source_language: str
    languages: Mapping[str, Language]
    notices: Mapping[str, Mapping[str, Notice]]
    organisation: Organisation
    brand: Brand = Brand()
    files: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    reviews: Mapping[str, Mapping[str, tuple[Review, ...]]] = field(default_factory=dict)
    glossaries: Mapping[str, Mapping[str, GlossaryEntry]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    findings: tuple[Finding, ...] = ()

    def source(self, name: str) -> Notice | None:
        """Give a notice in the source language."""
        return self.notices[name].get(self.source_language)

    @property
    def translations(self) -> tuple[str, ...]:
        """The languages other than the source language."""
        return tuple(tag for tag in self.languages if tag != self.source_language)
