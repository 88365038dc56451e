# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings as SARIF 2.1.0 (OASIS, with errata 01), which code scanners and editors read.

Sections are those of the standard. The rules are all codes, found or not: what was looked for does
not depend on what was there. Addresses are relative to the folder in which the check was started,
and that folder is not named, so that the same content gives the same bytes on each machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from notices.codes import SEVERITIES
from notices.model import Finding
from notices.report import explanations
from notices.settings import ROOT

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_BASE: Final = "%SRCROOT%"
_FINGERPRINT: Final = "notices/v1"
_LINK_SIGNS: Final = re.compile(r"[\\\[\]]")


def as_sarif(findings: Sequence[Finding]) -> str:
    """Write findings as a log with one run."""
    run = {
        "tool": {"driver": {"name": "notices", "version": _version(), "rules": _rules()}},
        "originalUriBaseIds": {
            _BASE: {"description": {"text": "The folder in which the check was started."}}
        },
        "columnKind": "unicodeCodePoints",  # what Python counts; it is to be said (3.14.27)
        "results": list(_results(findings)),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def _rules() -> list[dict[str, Any]]:
    explained = explanations.read()
    rules = []
    for code, severity in SEVERITIES.items():
        said = explained[code]
        help_text = f"{said.about}\n\nHow to mend it: {said.repair}".replace("`", "")
        rules.append(
            {
                "id": code,
                "shortDescription": {"text": said.summary.replace("`", "")},
                "fullDescription": {"text": said.about.replace("`", "")},
                "help": {"text": help_text, "markdown": said.markdown},
                "defaultConfiguration": {"level": severity},
            }
        )
    return rules


def _results(findings: Sequence[Finding]) -> Iterator[dict[str, Any]]:
    codes = list(SEVERITIES)
    alike: Counter[str] = Counter()
    for finding in findings:
        fingerprint = _fingerprint(finding)
        alike[fingerprint] += 1
        yield {
            "ruleId": finding.code,
            "ruleIndex": codes.index(finding.code),
            "level": finding.severity,
            "message": {"text": _plain(f"{finding.message}\nFix: {finding.fix}")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": _location(finding.path),
                        "region": _region(finding),
                    }
                }
            ],
            "partialFingerprints": {_FINGERPRINT: f"{fingerprint}:{alike[fingerprint]}"},
            # As it is written, it may be no URI, as the standard's own properties want it.
            **({"properties": {"url": finding.url}} if finding.url else {}),
        }


def _location(path: str) -> dict[str, str]:
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(os.fsencode(path)), "uriBaseId": _BASE}


def _region(finding: Finding) -> dict[str, int]:
    """Give the line, from the column on where there is one (3.30.6)."""
    column = {"startColumn": finding.column} if finding.column else {}
    return {"startLine": finding.line, **column}


def _fingerprint(finding: Finding) -> str:
    """Give what stays the same when lines are added above: numbers may be those of lines."""
    what = (finding.code, finding.path, re.sub(r"\d+", "", finding.message))
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:32]


def _plain(text: str) -> str:
    """Write a text so that nothing in it is a placeholder (3.11.5) or a link (3.11.6)."""
    if "](" in text:
        text = _LINK_SIGNS.sub(r"\\\g<0>", text)
    return text.replace("{", "{{").replace("}", "}}")
