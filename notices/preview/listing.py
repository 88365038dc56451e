# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which findings does the editor's desk list on a page, and to which section does each lead?"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from notices import addresses
from notices.codes import UNREAD, WORDS
from notices.model import FRONT_PAGE, Catalog, Finding, Language, Notice
from notices.preview.edition import Edition, Subject

TOP: Final = ""
"""The anchor of a notice's opening: the top of its page."""


class Entry(NamedTuple):
    """A finding as the desk lists it: its id there, and the section of the notice that it is in.

    ``id`` stays the same as long as the finding does, whatever lines are added above. ``title`` is
    the section's, and ``language`` that of the notice; both are empty for other files. ``spoken``
    are the languages of what the finding quotes, by the words; under no words, that of all others.
    """

    id: str
    finding: Finding
    anchor: str | None = None
    title: str = ""
    language: Language | None = None
    spoken: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Listing:
    """What the desk says of one page.

    ``own`` is about the file that the page shows, ``twins`` about the same notice in other
    languages where that concerns the page, ``others`` is the rest of the site. ``broken`` are the
    findings of files that cannot be read, which the page needs; ``is_first`` says that there was no
    good page before.
    """

    subject: Subject | None
    own: tuple[Entry, ...]
    twins: tuple[Entry, ...]
    others: tuple[Entry, ...]
    broken: tuple[Entry, ...] = ()
    trouble: str = ""
    is_first: bool = False

    @property
    def summary(self) -> str:
        """Say how many findings there are about the page; where it is no notice's, on the site."""
        return counted(len(self.own if self.subject else self.others))

    @property
    def is_about_site(self) -> bool:
        """Whether the page stands for the whole site: it is a front page, or no notice's."""
        return self.subject is None or self.subject.name == FRONT_PAGE


def counted(number: int) -> str:
    """Write a number of findings in words."""
    return f"{number or 'No'} finding{'' if number == 1 else 's'}"


def of_page(edition: Edition, trouble: str, path: str) -> Listing:
    """Say what there is to say of the page in a file of the site."""
    catalog, entries = edition.catalog, listed(edition)
    subject = edition.subject(path) or _meant(edition, path)
    if subject is None:
        broken = tuple(one for one in entries if one.finding.path in edition.stale)
        return Listing(None, (), (), entries, broken, trouble)
    groups: tuple[list[Entry], ...] = ([], [], [])
    for entry in entries:
        groups[_distance(entry.finding, subject, catalog)].append(entry)
    own, twins, others = map(tuple, groups)
    has_text = subject.lang in catalog.notices.get(subject.name, {})
    unread = tuple(one for one in own if one.finding.code in UNREAD and not has_text)
    files = {file_of(catalog, subject.name, tag) for tag in (subject.lang, catalog.source_language)}
    needed = {one for one in edition.stale if one in files or not one.endswith(".md")}
    broken = unread or tuple(one for one in entries if one.finding.path in needed)
    return Listing(subject, own, twins, others, broken, trouble, is_first=bool(unread))


def _distance(finding: Finding, subject: Subject, catalog: Catalog) -> int:
    """Tell how far a finding is from a page: 0 in its own file, 1 in a text beside it, 2 farther.

    A translation stands beside its source, and a source beside all of its translations.
    """
    name, lang = subject
    if finding.path == file_of(catalog, name, lang):
        return 0
    source = catalog.source_language
    beside = catalog.translations if lang == source else (source,)
    if finding.path not in {file_of(catalog, name, tag) for tag in beside}:
        return 2
    about = finding.disagreement
    return 1 if lang == source or not about or about.lang == lang else 2


def file_of(catalog: Catalog, name: str, lang: str) -> str:
    """Name the file of a notice in a language as findings do, be it there or not."""
    return f"{catalog.folder}/{lang}/{name}.md"


def _meant(edition: Edition, path: str) -> Subject | None:
    """Tell which notice a page would show if its file could be read; None where none would."""
    catalog = edition.catalog
    for finding in edition.findings:
        place = finding.path.removeprefix(f"{catalog.folder}/").removesuffix(".md")
        lang, _, name = place.partition("/")
        address = f"{lang}/" if name == FRONT_PAGE else f"{place}/"
        if (
            name
            and finding.path == file_of(catalog, name, lang)
            and addresses.file_of(address) == path
            and lang not in catalog.notices.get(name, {})
        ):
            return Subject(name, lang)
    return None


@functools.lru_cache(maxsize=1)
def listed(edition: Edition) -> tuple[Entry, ...]:
    """Give all findings with their ids and places; those of a notice lead to their section."""
    return tuple(_listed(edition.findings, edition.catalog))


def _listed(findings: Sequence[Finding], catalog: Catalog) -> Iterator[Entry]:
    notices = {one.path: one for by_lang in catalog.notices.values() for one in by_lang.values()}
    alike: Counter[str] = Counter()
    for finding in findings:
        what = (finding.code, finding.path, re.sub(r"\d+", "", finding.message))
        digest = hashlib.sha256("\0".join(what).encode(errors="replace")).hexdigest()[:8]
        alike[digest] += 1
        own = f"_desk-{digest}-{alike[digest]}"
        notice = notices.get(finding.path)
        if notice is None:
            yield Entry(own, finding)
            continue
        anchor = _anchor_of(finding, notice)
        language = catalog.languages[notice.lang]
        spoken = {"": notice.lang} if finding.code in WORDS else {}
        if about := finding.disagreement:
            spoken |= {about.source: catalog.source_language, about.translation: about.lang}
        yield Entry(own, finding, anchor, title_of(notice, anchor), language, spoken)


def _anchor_of(finding: Finding, notice: Notice) -> str:
    """Give the section that a finding is about: what it says itself, or that of its line."""
    if finding.disagreement:
        name, _, anchor = finding.disagreement.section.partition("#")
        if name == notice.name and anchor in notice.ids | {TOP}:
            return anchor
    return anchor_at(notice, finding.line)


def anchor_at(notice: Notice, line: int) -> str:
    """Give the anchor of the part of a notice that a line of its file belongs to."""
    return next((part.anchor for part in notice.parts[::-1] if part.line <= line), TOP)


def title_of(notice: Notice, anchor: str) -> str:
    """Give the title of a part of a notice, as text."""
    title = next((part.title for part in notice.parts if part.anchor == anchor), "")
    return Markup(title).striptags()  # noqa: S704  (sanitised when it was read)
