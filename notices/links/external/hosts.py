# SPDX-License-Identifier: AGPL-3.0-or-later
"""What has become of the pages of one host?

lychee is started anew for each page, and once more for the anchors in it: a run that asks one host
twice may sleep for an hour on that host's ``Retry-After``, and a run that has to be ended tells
nothing of what it knew. So a host is asked one thing at a time, and no more once it wanted to be
left in peace or kept us waiting twice.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from notices.links.external import lychee, verdicts
from notices.links.external.connecting import PRIVATE
from notices.links.external.gate import Gate
from notices.links.external.verdicts import FINE, Verdict

_RESERVED: Final = (".invalid", ".test", ".example")
"""What no public name ends in (RFC 6761), so that nobody has to be asked."""
RESERVED_NAME: Final = Verdict("broken", "there is no such host, its name is for examples only")
_ANCHOR: Final = re.compile("#(?![!/])")
"""Not an anchor is what a page's script reads as a path: ``#!/privacy``, ``#/privacy``."""
_PATIENCE: Final = 2
_COSTS: Final = {"slow": 1, "leave": 2}
_MARGIN_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 1.0
_OVER: Final = Verdict("unknown", "the time for all links was over")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much patience there is: for one answer, for all of them, with a page's size.

    Where ``all_seconds`` is None it grows with the number of pages.
    """

    answer_seconds: int = 20
    all_seconds: float | None = None
    page_bytes: int = 32_000_000
    hosts_at_once: int = 12

    def seconds_for(self, pages: int) -> float:
        """Give the time for all pages."""
        return 60.0 + 2.0 * pages if self.all_seconds is None else self.all_seconds


@dataclass(frozen=True, slots=True)
class Asker:
    """What it takes to ask; ``end`` is when all has to be over (``time.monotonic``)."""

    program: Path
    limits: Limits
    is_private: Callable[[str], bool]
    end: float
    stopped: threading.Event

    def host(self, host: str, pages: Mapping[str, Sequence[str]]) -> dict[str, Verdict]:
        """Judge the pages of a host, and the addresses that name an anchor of one."""
        found: dict[str, Verdict] = {}
        patience, last = _PATIENCE, FINE
        for page, addresses in pages.items():
            if host.rstrip(".").endswith(_RESERVED):
                verdict = RESERVED_NAME
            elif self.is_private(host):
                verdict = PRIVATE
            elif patience <= 0:
                verdict = Verdict("unknown", f"not asked, as for another page there: {last.reason}")
            else:
                verdict = last = self.page(page)
                patience -= _COSTS.get(last.then, 0)
            found |= dict.fromkeys((page, *addresses), verdict)
            anchors = [one for one in addresses if _ANCHOR.search(one)]
            if anchors and verdict.state in ("fine", "moved"):
                others = self.once(anchors)
                for address, other in zip(anchors, others, strict=True):
                    found[address] = verdict if other.state in ("fine", "moved") else other
                worst = max(others, key=lambda other: _COSTS.get(other.then, 0))
                if worst.then:
                    last, patience = worst, patience - _COSTS.get(worst.then, 0)
            for address in addresses:
                if found[address].to:
                    found[address] = replace(verdict, to=_with_anchor(verdict.to, address))
        return found

    def page(self, page: str) -> Verdict:
        """Judge a page; a trouble that may pass is given a second chance."""
        verdict = self.once([page])[0]
        if verdict.then == "again" and not self.stopped.wait(_PAUSE_SECONDS):
            verdict = self.once([page])[0]
        return verdict

    def is_over(self) -> bool:
        """Tell whether nothing more is to be asked."""
        return self.stopped.is_set() or time.monotonic() >= self.end

    def once(self, addresses: Sequence[str]) -> list[Verdict]:
        """Ask for a page, or for several of its anchors."""
        if self.is_over():
            return [_OVER] * len(addresses)
        seconds = self.limits.answer_seconds
        end = time.monotonic() + 2 * seconds + _MARGIN_SECONDS
        with Gate(self.is_private, seconds, self.limits.page_bytes) as gate:
            report = lychee.run(
                self.program,
                addresses,
                proxy=gate.address,
                seconds=seconds,
                is_over=lambda: self.is_over() or time.monotonic() >= end,
            )
        if report.is_late:
            verdict = _OVER if self.is_over() else verdicts.no_answer(seconds)
            return [verdict] * len(addresses)
        context = verdicts.Context(seconds, gate.trouble, report.log)
        if not report.entries:
            reason = f"lychee, which asks other hosts, failed ({report.failure})"
            return [Verdict("unknown", reason)] * len(addresses)
        return [
            verdicts.of_answer(address, report.entries[position], context)
            for position, address in enumerate(addresses)
        ]


def _with_anchor(to: str, address: str) -> str:
    """Keep an anchor across a redirect, as browsers do (RFC 9110, section 10.2.2)."""
    return to if "#" in to else f"{to}#{address.partition('#')[2]}"
