# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings as workflow commands of GitHub Actions, which shows them beside the changed lines.

GitHub takes paths from the root of the repository, so the check is to be started there. It shows
ten errors and ten warnings of one step; the log has them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from notices.model import Finding

_IN_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})
"""What stands for the signs that would end a command, a message or a property."""


def as_workflow_commands(findings: Sequence[Finding]) -> str:
    """Write each finding as one line, the code as its title and the repair below the fact."""
    return "\n".join(_command(finding) for finding in findings)


def _command(finding: Finding) -> str:
    properties = {"file": finding.path, "line": str(finding.line)}
    if finding.column:
        properties["col"] = str(finding.column)
    properties["title"] = finding.code
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = f"{finding.message}\nFix: {finding.fix}".translate(_IN_MESSAGE)
    return f"::{finding.severity} {written}::{message}"


def _property(value: str) -> str:
    return value.translate(_IN_PROPERTY)
