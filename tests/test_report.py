# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings as text and numbers, and the bar that shows progress."""

from __future__ import annotations

import time
from io import StringIO

import pytest
from rich.console import Console

from notices import report
from notices.model import Finding


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ([], "no findings"),
        (["error"], "1 error"),
        (["warning", "warning"], "2 warnings"),
        (["error", "error", "warning"], "2 errors, 1 warning"),
    ],
)
def test_findings_are_counted(severities: list[str], said: str) -> None:
    """As one would say it."""
    found = [Finding("a", 1, "raw-html", "m", "f", severity) for severity in severities]  # type: ignore[arg-type]
    assert report.counted(found) == said
    assert report.has_errors(found) == ("error" in severities)


@pytest.mark.parametrize(
    ("terminal", "seconds", "shown"), [(True, 5, True), (True, 0, False), (False, 5, False)]
)
def test_the_bar_is_for_patience_at_a_terminal(terminal: bool, seconds: int, shown: bool) -> None:
    """It appears past a second, and never in a log; it leaves nothing behind."""
    screen = StringIO()
    console = Console(file=screen, force_terminal=terminal, width=60)
    with report.progress_bar(10, time.monotonic() - seconds, console) as step:
        step(5)
    assert ("Building" in screen.getvalue()) is shown
