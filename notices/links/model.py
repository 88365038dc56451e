# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the files of a finished site say of other places: frozen data for the rest of the package.

A *path* is a file inside the folder that is checked, with ``/`` and without a leading one
(``sv/user/index.html``). An *offset* counts characters of a file's text from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple

Kind = Literal["page", "svg", "sitemap", "other"]

Use = Literal["link", "resource", "connection", "action"]
"""What a browser does with an address: follow it when somebody asks for it, fetch it with the page,
open a connection beforehand, or send a form to it."""


class Reference(NamedTuple):
    """One address as it stands in a file.

    ``element`` and ``attribute`` say where: ``a`` and ``href``, ``style`` and ``url()``, ``urlset``
    and ``loc``. ``value`` is the address as written, character references and escapes resolved.
    ``hreflang`` and ``rel`` are those of the element, empty where it has none.
    """

    element: str
    attribute: str
    value: str
    use: Use
    hreflang: str = ""
    rel: str = ""


class Placed(NamedTuple):
    """A reference, and the offset at which it begins in the text of its file."""

    reference: Reference
    offset: int


class Place(NamedTuple):
    """Where something stands: a file, and line and column in it, both from 1."""

    path: str
    line: int
    column: int


class Fault(NamedTuple):
    """Something wrong in one file, at an offset of its text (-1: not known yet)."""

    offset: int
    code: str
    message: str
    fix: str
    url: str = ""


State = Literal["file", "absent", "above", "elsewhere", "other-scheme", "malformed"]
"""A file of the folder; one that is not there; a place above the folder, named by a relative
address; another place on the web; no address of the web; nothing that a browser understands."""


class Target(NamedTuple):
    """Where an address leads.

    ``path`` is the file, or what was asked for inside the folder and is not there. ``fragment`` is
    what follows ``#``, as written. ``url`` is the whole address as a browser shows it; it is empty
    for places inside the folder. ``scheme`` is in small letters.
    """

    state: State
    path: str = ""
    fragment: str = ""
    url: str = ""
    scheme: str = ""


class Landing(NamedTuple):
    """A place inside the site that a file refers to.

    ``hreflang`` is None where the reference is none that a reader follows.
    """

    path: str
    fragment: str
    hreflang: str | None


class IdReference(NamedTuple):
    """An attribute that names an id, or the name of a map."""

    element: str
    attribute: str
    name: str


class Pointer(NamedTuple):
    """A reference that says something of its own file, and where it leads."""

    reference: Reference
    target: Target


class Entry(NamedTuple):
    """A page that a sitemap lists, and the versions in other languages that it names there."""

    pointer: Pointer
    versions: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What one file says, without its text.

    ``entries`` are the pages that a sitemap lists, ``lost_ids`` references to ids that are not
    there, and ``faults`` the file's own. ``inner_ids`` are those of parts of pictures and forms,
    which a version may have for itself. One that is not ``is_whole`` breaks off before its end.
    """

    path: str
    kind: Kind = "other"
    lang: str = ""
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lost_ids: tuple[IdReference, ...] = ()
    inner_ids: frozenset[str] = frozenset()
    is_indexable: bool = False
    alternates: tuple[Pointer, ...] = ()
    canonicals: tuple[Pointer, ...] = ()
    refresh: Target | None = None
    refresh_delay: int = 0
    entries: tuple[Entry, ...] = ()
    landings: tuple[Landing, ...] = ()
    is_whole: bool = True
    faults: tuple[Fault, ...] = ()

    @property
    def redirect(self) -> str:
        """The file to which a page sends its readers; empty where they stay.

        A page that loads itself anew after a while stays where it is.
        """
        target = self.refresh
        if target is None or target.state != "file":
            return ""
        return target.path if target.path != self.path or self.refresh_delay == 0 else ""


class Whole(Enum):
    """What a fault is about that is about no single address or id."""

    LANGUAGE = "the language that the page declares"
    FILE = "the file"


What = Reference | Landing | IdReference | str | Whole
"""What in a file a fault is about: a text is an id."""


class Spot(NamedTuple):
    """A file, and what in it a fault is about. Only a second reading tells the offset.

    ``nth`` tells, of references that are all alike, which one, counted from 0.
    """

    path: str
    what: What
    nth: int = 0


ExpectedAnchors = Mapping[str, frozenset[str]]
"""Pages, and the anchors of the version that each should be like."""


class SiteFault(NamedTuple):
    """Something wrong between files."""

    spot: Spot
    code: str
    message: str
    fix: str
