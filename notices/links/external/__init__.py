# SPDX-License-Identifier: AGPL-3.0-or-later
"""Do the links to other hosts lead anywhere?

The one check that opens connections. ``check`` takes the addresses of a finished site, with the
places at which they stand, and gives findings at each of these places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from notices import parallel
from notices.ignoring import LINKS_FILE, Ignored, applied, read_ignored
from notices.links import places
from notices.links.external import lychee, private
from notices.links.external.asking import ask
from notices.links.external.hosts import Limits
from notices.links.external.lychee import NotInstalledError
from notices.links.external.verdicts import Verdict
from notices.links.model import Place
from notices.links.site import Site
from notices.model import Finding, Severity
from notices.settings import Settings

__all__ = ("NotInstalledError", "check", "lychee", "of_site")

_IS_ASKED: Final = re.compile(r"[\x00-\x20]*https?:", re.IGNORECASE)


def of_site(site: Site, settings: Settings) -> list[Finding]:
    """Ask about all addresses of other hosts on a site; raises NotInstalledError.

    What is not to be asked stands in the content's ``links.toml``, where the pages are its own.
    """
    ignored: tuple[Ignored, ...] = ()
    found: list[Finding] = []
    if not settings.is_of_another:
        shown = f"{settings.shown_content}/{LINKS_FILE}"
        ignored, found = read_ignored(settings.content / LINKS_FILE, shown)
    standing: defaultdict[str, list[Place]] = defaultdict(list)
    for of_file in parallel.in_order(lambda path: places.outside(path, site), site.read_files):
        for address, place in of_file:
            standing[address].append(place)
    is_private = private.none if settings.asks_private_hosts else private.is_private
    return found + check(standing, ignored, settings.today, is_private=is_private)


def check(
    standing: Mapping[str, Sequence[Place]],
    ignored: Sequence[Ignored],
    today: date,
    *,
    limits: Limits | None = None,
    is_private: Callable[[str], bool] = private.is_private,
) -> list[Finding]:
    """Ask the hosts of all addresses of http and https; raises NotInstalledError.

    ``standing`` is ``{address: where it stands}``, with the anchor. ``is_private`` tells
    of a name or an address of a host whether it is not to be asked.
    """
    external = [address for address in standing if _IS_ASKED.match(address)]
    asked, findings = applied(external, ignored, today)
    for address, verdict in ask(asked, limits, is_private).items():
        for place in standing[address]:
            findings.extend(_findings(place, address, verdict))
    return findings


def _findings(place: Place, address: str, verdict: Verdict) -> Iterator[Finding]:
    """Say at one place what is wrong with its address, if something is."""
    match verdict.state:
        case "broken":
            message = f"'{address}' leads nowhere: {verdict.reason}."
            fix = "link to where the page is now, or take the link out."
            yield _finding(place, address, "external-broken", "error", message, fix)
        case "moved":
            message = f"'{address}' has moved for good."
            fix = f"see that it is the page that you mean, and link to {verdict.to}"
            yield _finding(place, address, "external-moved", "warning", message, fix)
        case "unknown":
            message = f"whether '{address}' works could not be told: {verdict.reason}."
            fix = f"open it; if it works for people only, list it in {LINKS_FILE}."
            yield _finding(place, address, "external-unknown", "warning", message, fix)


def _finding(
    place: Place, address: str, code: str, severity: Severity, message: str, fix: str
) -> Finding:
    return Finding(
        place.path, place.line, code, message, fix, severity, column=place.column, url=address
    )
