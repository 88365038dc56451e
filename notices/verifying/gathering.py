# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings about a host → as few as there are faults: what it does everywhere is said once."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from notices.model import Finding

_EVERYWHERE: Final = frozenset(
    {
        "header-missing",
        "header-weaker",
        "published-compression",
        "published-cookie",
        "published-type",
        "published-validator",
        "style-refused",
    }
)
"""What a host's configuration makes wrong, and so at many addresses."""

CONFIGURE: Final = "configure the host as ./run host says (docs/hosting.md)."
"""How such a fault is mended."""

_LONGEST_MESSAGE: Final = 1_000
"""In characters: a policy is longer than any other header, and never as long as this."""


@dataclass
class Findings:
    """The findings so far, from all threads."""

    _found: dict[tuple[str, ...], tuple[Finding, int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, findings: Iterable[Finding]) -> bool:
        """Add findings; of those that say the same of many addresses, the first is kept.

        Tells whether there were any.
        """
        is_any = False
        for finding in findings:
            is_any = True
            place = "" if finding.code in _EVERYWHERE else finding.path
            key = (finding.code, finding.message, finding.fix, place)
            with self._lock:
                first, count = self._found.get(key, (finding, 0))
                self._found[key] = min(first, finding), count + 1
        return is_any

    def all(self) -> list[Finding]:
        """Give them sorted, each with the number of the addresses that it holds for."""
        return sorted(
            replace(finding, message=f"{finding.message} So at {count - 1} more.")
            if count > 1 and finding.code in _EVERYWHERE
            else finding
            for finding, count in self._found.values()
        )


def about(url: str, code: str, message: str, fix: str) -> Finding:
    """Make a finding about an address, which has no lines, and quote no novel of its host."""
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[:_LONGEST_MESSAGE]}…"
    return Finding(url, 1, code, message, fix, url=url)
