# SPDX-License-Identifier: AGPL-3.0-or-later
"""One notice in one language: its sections, links and ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FRONT_PAGE = "index"
"""The name of the notice that stands at a language's own address, as ``index.html`` does."""


LETTER = "letter"
"""The template of a notice that is a letter, to be printed, filled in and signed."""


def key_of(name: str, anchor: str) -> str:
    """Name a section as on the command line: ``user#retention``, ``user#`` for the opening."""
    return f"{name}#{anchor}"


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
    ``draft`` says that the text is not to be published yet; all texts of a notice are drafts where
    its source is one.
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
    effective_line: int = 1
    template: str = ""
    template_line: int = 1
    draft: bool = False
    draft_line: int = 1

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
