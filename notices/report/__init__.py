# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings → what a person or a program reads; one module for each machine's format.

A format is a function that takes findings and gives a text, the whole of what goes to standard
output. It sorts nothing, leaves nothing out and prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from notices.model import Finding
from notices.report.github import as_workflow_commands
from notices.report.junit import as_junit
from notices.report.listing import as_json
from notices.report.progress import Progress, Step, no_progress, progress_bar
from notices.report.sarif import as_sarif
from notices.report.words import counted, has_errors, seen, text

Format = Callable[[Sequence[Finding]], str]

FOR_MACHINES: Final[Mapping[str, Format]] = {
    "json": as_json,
    "sarif": as_sarif,
    "github": as_workflow_commands,
    "junit": as_junit,
}

__all__ = [
    "FOR_MACHINES",
    "Progress",
    "Step",
    "as_json",
    "as_junit",
    "as_sarif",
    "as_workflow_commands",
    "counted",
    "has_errors",
    "no_progress",
    "progress_bar",
    "seen",
    "text",
]
