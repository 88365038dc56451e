# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings → what a person or a program reads; one module for each kind of reader."""

from notices.report.listing import as_json
from notices.report.progress import Progress, Step, no_progress, progress_bar
from notices.report.words import counted, has_errors, text

__all__ = [
    "Progress",
    "Step",
    "as_json",
    "counted",
    "has_errors",
    "no_progress",
    "progress_bar",
    "text",
]
