# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings as a person reads them: each with place, fact and repair, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from notices.model import Finding

_NEW_LINE, _INDENTED = "\n", "\n        "
"""A command in a repair stands on a line of its own, to be copied."""

_OBEYED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def text(findings: Sequence[Finding]) -> str:
    """Write findings for an editor: place, code, fact, repair."""
    return "\n".join(
        f"{seen(f.place)}: {f.code}{'' if f.severity == 'error' else ' (warning)'}: "
        f"{seen(f.message)}\n    Fix: {_INDENTED.join(map(seen, f.fix.split(_NEW_LINE)))}"
        for f in findings
    )


def seen(text: str) -> str:
    """Write as escapes what a terminal would obey, show in another order, or cannot show.

    The last are the bytes of a file's name that is no UTF-8.
    """
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


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
