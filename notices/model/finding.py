# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with a site, and which differences are meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Severity = Literal["error", "warning"]


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
        """Where it is, as editors and terminals know it: ``path:line`` or ``path:line:column``.

        What is published has an address for a path, and no lines.
        """
        if "://" in self.path:
            return self.path
        return f"{self.path}:{self.line}" + (f":{self.column}" if self.column else "")
