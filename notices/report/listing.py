# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings as a JSON list, for programs of one's own."""

from __future__ import annotations

import json
from collections.abc import Sequence

from notices.model import Finding


def as_json(findings: Sequence[Finding]) -> str:
    """Write findings as a JSON list of objects, for programs."""
    keys = ("code", "severity", "path", "line", "message", "fix")
    objects = [{key: getattr(finding, key) for key in keys} for finding in findings]
    return json.dumps(objects, ensure_ascii=False, indent=2)
