# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does every link with an anchor find that anchor on its page?

The anchor is looked for as HTML says (section 7.4.6.4, "find a potential indicated element"): an
id as it is written, an id after percent-decoding, the name of an ``a``; then the top of the page.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from notices.links import fragment_text
from notices.links.folder import loosely
from notices.links.model import ExpectedAnchors, Landing, SiteFault, Spot, Survey
from notices.links.versions import Versions

_DIRECTIVE: Final = ":~:"
"""What follows is for the browser alone (URL Fragment Text Directives, section 3.3)."""


def check(
    surveys: Mapping[str, Survey], versions: Versions, expected: ExpectedAnchors
) -> Iterator[SiteFault]:
    """Check the landings of every file, but for anchors that are a fault of their page already."""
    anchors = {
        path: frozenset((*survey.ids, *survey.names))
        for path, survey in surveys.items()
        if survey.kind in ("page", "svg")
    }
    lost: defaultdict[str, list[tuple[str, Landing]]] = defaultdict(list)
    texts: defaultdict[str, list[tuple[str, Landing]]] = defaultdict(list)
    for survey in surveys.values():
        for landing in survey.landings:
            if not landing.fragment or landing.path not in anchors:
                continue
            anchor, directive, _ = landing.fragment.partition(_DIRECTIVE)
            if anchor and not _lands(anchor, anchors[landing.path]):
                if unquote(anchor) not in expected.get(landing.path, ()):
                    lost[landing.path].append((survey.path, landing))
            elif directive and surveys[landing.path].kind == "page":
                texts[landing.path].append((survey.path, landing))
    for path, wanting in lost.items():
        yield from _missing(surveys[path], wanting, versions)
    for path, wanting in texts.items():
        yield from _check_texts(path, wanting, versions)


def _lands(anchor: str, anchors: frozenset[str]) -> bool:
    return (
        anchor in anchors
        or ("%" in anchor and unquote(anchor) in anchors)
        or unquote(anchor).lower() == "top"
        or ("=" in anchor and anchor.partition("=")[0] in ("xywh", "t", "view"))
        or anchor.startswith("svgView(")
    )


def _missing(
    target: Survey, wanting: Iterable[tuple[str, Landing]], versions: Versions
) -> Iterator[SiteFault]:
    """Report the links to anchors that a file does not have."""
    is_left = target.kind == "page" and target.redirect
    end = versions.destination(target.path) if is_left else ""
    near = {_loose(name): name for name in (*target.names, *target.ids)}
    for origin, landing in wanting:
        where = "this page" if target.path == origin else target.path
        name = unquote(landing.fragment.partition(_DIRECTIVE)[0])
        if is_left:
            message = (
                f"{where} sends its readers on to {end}, and the anchor '{name}' is lost on the "
                "way."
            )
            fix = f"link to {end} itself, and to an anchor that is there."
        else:
            message, fix = _reason(where, name, near.get(_loose(name), ""), landing)
        yield SiteFault(Spot(origin, landing), "fragment-missing", message, fix)


def _reason(where: str, name: str, meant: str, landing: Landing) -> tuple[str, str]:
    """Say what is wrong with the name of an anchor, and what to do."""
    if meant and unicodedata.normalize("NFC", meant) == unicodedata.normalize("NFC", name):
        return (
            f"{where} writes a letter of its anchor '{meant}', such as å, in another way "
            "(Unicode's composed and decomposed form), so the link does not find it.",
            "copy the anchor from the page into the link.",
        )
    fix = f"did you mean '{meant}'? " if meant else ""
    if landing.hreflang is None:
        return f"{where} has no part with the id '{name}'.", f"{fix}write an id that is there."
    return (
        f"{where} has no anchor '{name}'.",
        f"{fix}write the id of a heading that is there, or link to the page without an anchor.",
    )


def _loose(anchor: str) -> str:
    return loosely(anchor).replace("_", "-")


def _check_texts(
    path: str, wanting: Iterable[tuple[str, Landing]], versions: Versions
) -> Iterator[SiteFault]:
    """Check the links that ask for words of a page; it is read once for all of them."""
    text = fragment_text.words_of(path, versions.site)
    if text is None:
        return
    for origin, landing in wanting:
        lost = fragment_text.missing(landing.fragment.partition(_DIRECTIVE)[2], text)
        if lost:
            yield SiteFault(
                Spot(origin, landing),
                "text-fragment-missing",
                f"the link asks for the words '{lost}', and {path} does not have them; it leads "
                "to the top of the page.",
                "copy the words from the page as it is, or link to an anchor.",
            )
