# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings → what a person or a program reads."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Final

import rich.progress
from rich.console import Console

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


Step = Callable[[int], None]
"""Is told how many files of all have been dealt with."""

Progress = Callable[[int, float], AbstractContextManager[Step]]
"""Begins to show progress, given the number of files and when the work began (monotonic)."""


@contextmanager
def no_progress(total: int, started: float) -> Iterator[Step]:
    """Show nothing."""
    yield lambda done: None


@contextmanager
def progress_bar(total: int, started: float, console: Console | None = None) -> Iterator[Step]:
    """Show a bar on standard error: only on a terminal, and only past a second."""
    console = console or Console(stderr=True)
    bar = rich.progress.Progress(console=console, transient=True)
    task = bar.add_task("Building", total=total)

    def step(done: int) -> None:
        if console.is_terminal and time.monotonic() - started > _PATIENCE_SECONDS:
            bar.start()
            bar.update(task, completed=done)

    try:
        yield step
    finally:
        bar.stop()
