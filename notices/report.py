# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings → what a person or a program reads."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.progress import Progress

from notices.model import Finding

_PATIENCE_SECONDS: Final = 1.0


def text(findings: Sequence[Finding]) -> str:
    """Write findings for an editor: place, code, fact, repair."""
    return "\n".join(
        f"{f.path}:{f.line}: {f.code}{'' if f.severity == 'error' else ' (warning)'}: {f.message}\n"
        f"    Fix: {f.fix}"
        for f in findings
    )


def as_json(findings: Sequence[Finding]) -> str:
    """Write findings as a JSON list of objects, for programs."""
    keys = ("code", "severity", "path", "line", "message", "fix")
    objects = [{key: getattr(finding, key) for key in keys} for finding in findings]
    return json.dumps(objects, ensure_ascii=False, indent=2)


def has_errors(findings: Sequence[Finding]) -> bool:
    """Tell whether anything stands in the way of publishing."""
    return any(finding.severity == "error" for finding in findings)


def counted(findings: Sequence[Finding]) -> str:
    """Write how many findings there are: ``2 errors, 1 warning``, or ``no findings``."""
    errors = sum(finding.severity == "error" for finding in findings)
    parts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((errors, "error"), (len(findings) - errors, "warning"))
        if number
    ]
    return ", ".join(parts) or "no findings"


class Bar:
    """A progress bar on standard error: only on a terminal, and only past a second."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._console = Console(stderr=True)
        self._start = time.monotonic()
        self._progress: Progress | None = None

    def __call__(self, done: int) -> None:
        """Show how many steps of all are done."""
        if not self._console.is_terminal:
            return
        if self._progress is None and time.monotonic() - self._start > _PATIENCE_SECONDS:
            self._progress = Progress(console=self._console, transient=True)
            self._task = self._progress.add_task("Building", total=self._total)
            self._progress.start()
        if self._progress:
            self._progress.update(self._task, completed=done)

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._progress:
            self._progress.stop()
