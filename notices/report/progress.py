# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far has the work come? A bar for somebody who waits at a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

import rich.progress
from rich.console import Console

_PATIENCE_SECONDS: Final = 1.0

Step = Callable[[int], None]
"""Is told how many files of all have been dealt with."""

Progress = Callable[[int, float], AbstractContextManager[Step]]
"""Begins to show progress, given the number of files and when the work began (monotonic)."""


@contextmanager
def no_progress(total: int, started: float) -> Iterator[Step]:
    """Show nothing."""
    yield lambda done: None


@contextmanager
def progress_bar(
    total: int, started: float, console: Console | None = None, work: str = "Building"
) -> Iterator[Step]:
    """Show a bar on standard error: only on a terminal, and only past a second."""
    console = console or Console(stderr=True)
    bar = rich.progress.Progress(console=console, transient=True)
    task = bar.add_task(work, total=total)

    def step(done: int) -> None:
        if console.is_terminal and time.monotonic() - started > _PATIENCE_SECONDS:
            bar.start()
            bar.update(task, completed=done)

    try:
        yield step
    finally:
        if bar.live.is_started:  # it would end with an empty line all the same
            bar.stop()
