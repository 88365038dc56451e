# SPDX-License-Identifier: AGPL-3.0-or-later
"""All that an organisation publishes: its languages, its facts, its notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from notices.model.finding import Finding, Waiver
from notices.model.notice import Notice, key_of


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site. ``months`` are twelve names, or none where Babel knows them.

    ``dictionary`` is the name of the one for its spelling, empty where the tag tells; None for a
    language whose spelling is not to be checked.
    """

    tag: str
    name: str
    direction: Literal["ltr", "rtl"] = "ltr"
    date_pattern: str = ""
    months: tuple[str, ...] = ()
    draft: bool = False
    known: bool = True
    dictionary: str | None = ""


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
    is the language of these three, empty where it is that of the glossary. ``avoid`` are words in
    whose place a text is to say ``term``.
    """

    id: str
    term: str
    explanation: str
    long: str = ""
    forms: tuple[str, ...] = ()
    lang: str = ""
    avoid: tuple[str, ...] = ()
    line: int = field(default=1, compare=False)

    @property
    def words(self) -> tuple[str, ...]:
        """All that a text may say for it."""
        return tuple(filter(None, (self.term, self.long, *self.forms)))


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word of the site that no dictionary has; inflected as its ``model``, if it has one."""

    text: str
    model: str = ""
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Aliases:
    """Where that is now which once was published: what ``aliases.toml`` holds.

    ``addresses`` is ``{retired address: address of today}``, both relative to the site's root and
    the latter perhaps with a fragment. ``anchors`` is ``{notice: {retired anchor: anchor}}``, the
    same in all languages. ``gone`` is what nothing stands in for, with the reason: an address, the
    beginning of several (``fi/*``), or an anchor (see ``key_of``). ``lines`` gives the line of each
    by its name; the anchors of a notice are named as in ``gone``.
    """

    path: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def lets_go(self, name: str) -> bool:
        """Tell whether an address or anchor was let go, so that nothing has to stand in for it."""
        return name in self.gone or any(
            name.startswith(beginning[:-1]) for beginning in self.gone if beginning.endswith("*")
        )


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """A content folder, read whole.

    ``notices`` is ``{name: {lang: Notice}}``. Languages and notices stand in the order in which
    readers meet them: the source language first, then by tag; notices as the front page of the
    source language links to them, then by name. ``files`` are the published files, as paths inside
    the content folder. ``drafts`` are the tags of draft languages, and ``draft_texts`` the texts
    that are drafts by themselves, each by its path inside the content folder with the address that
    it would have; both hold what was read and what was left out. ``reviews`` is ``{lang: {notice:
    reviews}}`` for the languages that keep them. ``glossaries`` is ``{lang: {id: entry}}`` for
    those that have one, ``words`` the site's own by language. ``waivers`` are those of all
    languages, ``findings`` those met while reading.
    """

    folder: str
    source_language: str
    languages: Mapping[str, Language]
    notices: Mapping[str, Mapping[str, Notice]]
    organisation: Organisation
    brand: Brand = Brand()
    aliases: Aliases = Aliases()
    files: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    draft_texts: Mapping[str, str] = field(default_factory=dict)
    reviews: Mapping[str, Mapping[str, tuple[Review, ...]]] = field(default_factory=dict)
    glossaries: Mapping[str, Mapping[str, GlossaryEntry]] = field(default_factory=dict)
    words: Mapping[str, tuple[OwnWord, ...]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    findings: tuple[Finding, ...] = ()

    def source(self, name: str) -> Notice | None:
        """Give a notice in the source language."""
        return self.notices[name].get(self.source_language)

    def is_draft(self, name: str, lang: str) -> bool:
        """Tell whether a text is a draft, by its language or by itself, read or left out."""
        return lang in self.drafts or f"{lang}/{name}.md" in self.draft_texts

    @property
    def translations(self) -> tuple[str, ...]:
        """The languages other than the source language."""
        return tuple(tag for tag in self.languages if tag != self.source_language)
