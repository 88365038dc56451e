# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the converter has to say about a text: a finding that has no line yet."""

from __future__ import annotations

from typing import Any, NamedTuple


class Complaint(NamedTuple):
    """Something in the Markdown that may not be there, and the raw text by which to find it."""

    code: str
    raw: str
    message: str
    fix: str
    lines_down: int = 0


def complain(md: Any, code: str, raw: str, message: str, fix: str, *, lines_down: int = 0) -> None:
    """Add a complaint to those of the conversion that is under way.

    ``lines_down`` is how many lines below the beginning of the raw text the fault stands.
    """
    md.complaints.append(Complaint(code, raw, message, fix, lines_down))
