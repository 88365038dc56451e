# SPDX-License-Identifier: AGPL-3.0-or-later
"""Faults → findings: where in their files do they stand, by line and column?"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from notices import parallel
from notices.links.model import Fault, Place, Reference, SiteFault, Spot, What, Whole
from notices.links.reading import markup
from notices.links.site import Site
from notices.links.survey import Located, landing_of, located
from notices.model import Finding

_LONGEST_MESSAGE: Final = 1_000
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def finding(path: str, fault: Fault, starts: Sequence[int]) -> Finding:
    """Make a finding of a fault in a file whose lines begin at these offsets."""
    place = _place(path, fault.offset, starts)
    return Finding(
        path,
        place.line,
        fault.code,
        _plain(fault.message),
        _plain(fault.fix),
        column=place.column,
        url=fault.url,
    )


def _place(path: str, offset: int, starts: Sequence[int]) -> Place:
    offset = max(offset, 0)
    line = bisect.bisect_right(starts, offset)
    return Place(path, line, offset - starts[line - 1] + 1)


def _plain(message: str) -> str:
    """Make a message one line that can be printed, however long or odd the address in it is."""
    if len(message) > _LONGEST_MESSAGE:
        half = _LONGEST_MESSAGE // 2
        message = f"{message[:half]} … {message[-half:]}"
    if message.isprintable():
        return message
    return _CONTROL.sub(lambda sign: sign[0].encode("unicode_escape").decode(), message)


def findings(faults: Iterable[SiteFault], site: Site) -> Iterator[Finding]:
    """Find the places of faults between files; each file is read once more.

    A fault about where links lead becomes one finding for every link that leads there.
    """
    by_path: defaultdict[str, list[SiteFault]] = defaultdict(list)
    for fault in faults:
        by_path[fault.spot.path].append(fault)
    for found in parallel.in_order(lambda job: _findings(*job, site), sorted(by_path.items())):
        yield from found


def _findings(path: str, faults: Sequence[SiteFault], site: Site) -> list[Finding]:
    file = located(path, site)
    starts = markup.line_starts(file.text)
    offsets = _Offsets(file)
    return [
        finding(path, Fault(offset, fault.code, fault.message, fault.fix, url), starts)
        for fault in faults
        for offset, url in offsets.of(fault.spot)
    ]


def outside(path: str, site: Site) -> list[tuple[str, Place]]:
    """List the addresses of other hosts in a file, and where they stand."""
    file = located(path, site)
    starts = markup.line_starts(file.text)
    return [
        (
            target.url + (f"#{target.fragment}" if target.fragment else ""),
            _place(path, offset, starts),
        )
        for reference, target, offset in file.resolved
        if target.state == "elsewhere" and reference.use in ("link", "resource")
    ]


class _Offsets:
    """The offsets of what a file holds, each with the address that stands there."""

    def __init__(self, file: Located) -> None:
        self._known: defaultdict[What, list[tuple[int, str]]] = defaultdict(list)
        page = file.contents.page
        self._known[Whole.LANGUAGE].append((page.lang_offset, ""))
        for name, offset in page.ids:
            self._known[name] = self._known[name] or [(offset, "")]
        for id_reference, offset in page.id_references:
            self._known[id_reference].append((offset, ""))
        for reference, target, offset in file.resolved:
            place = (offset, reference.value)
            self._known[landing_of(reference, target)].append(place)
            self._known[reference].append(place)

    def of(self, spot: Spot) -> list[tuple[int, str]]:
        """Give all places of a landing or of a reference to an id, and one of all else."""
        found = self._known.get(spot.what) or [(0, "")]
        return found[spot.nth : spot.nth + 1] if isinstance(spot.what, Reference) else found
