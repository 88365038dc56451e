# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings as a JSON list, for programs of one's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from notices.model import Finding


def as_json(findings: Sequence[Finding]) -> str:
    """Write findings as a JSON list of objects, for programs; each object has every key."""
    return json.dumps(list(map(_object, findings)), ensure_ascii=False, indent=2)


def _object(finding: Finding) -> dict[str, Any]:
    """Give a finding as an object: null for the column of a whole line, and for no address."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column or None,
        "message": finding.message,
        "fix": finding.fix,
        "url": finding.url or None,
    }
