# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings as text and numbers, and the bar that shows progress."""

from __future__ import annotations

import time
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from notices import report
from notices.model import Finding

LINE = Finding("a.html", 3, "raw-html", "a fact.", "a repair.")
SPOT = replace(LINE, column=7, url="../b.html#c")


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


def test_a_place_is_a_line_or_a_spot_in_it() -> None:
    """The column stands behind the line where there is one; the address only in what is said."""
    assert report.text([LINE]) == "a.html:3: raw-html: a fact.\n    Fix: a repair."
    assert report.text([SPOT]) == "a.html:3:7: raw-html: a fact.\n    Fix: a repair."
    warning = report.text([replace(SPOT, severity="warning")])
    assert warning.startswith("a.html:3:7: raw-html (warning): ")


def test_findings_stand_in_the_order_of_the_text() -> None:
    """By file, line and column, whatever their codes; a whole line comes before its columns."""
    first = replace(SPOT, code="waiver-expired")
    second = replace(SPOT, column=10, code="anchor-doubled")
    below = replace(LINE, line=4)
    assert sorted([below, second, first, LINE]) == [LINE, first, second, below]


def test_findings_differ_by_column_and_address() -> None:
    """Two links in one line are two findings; one that was found twice is one."""
    found = {LINE, SPOT, replace(SPOT, url=""), replace(SPOT, column=8), replace(SPOT)}
    assert len(found) == 4


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
