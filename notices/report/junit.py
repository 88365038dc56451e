# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings as JUnit XML, which nearly every CI server shows as tests that passed or failed.

The format has no standard; what is written here is what the readers of it have in common. An error
is a failed test. A warning is a skipped one: no server lets a run fail for it, and all show it with
its text. One test more says that the check was made, so that a clean run is no empty file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from notices.model import Finding
from notices.report.words import text

_NAME: Final = "notices"
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML 1.0 (section 2.2) does not allow, not even escaped."""


def as_junit(findings: Sequence[Finding]) -> str:
    """Write findings as one suite of tests."""
    failures = sum(finding.severity == "error" for finding in findings)
    counts = {
        "name": _NAME,
        "tests": str(len(findings) + 1),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(len(findings) - failures),
    }
    root = Element("testsuites", counts)
    suite = SubElement(root, "testsuite", counts)
    SubElement(suite, "testcase", {"classname": _NAME, "name": "the content was checked"})
    for finding in findings:
        _test(suite, finding)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written.decode()


def _test(suite: Element, finding: Finding) -> None:
    path = _allowed(finding.path)
    line = str(finding.line)
    name = f"{finding.code}, line {line}"
    if finding.column:
        name += f", column {finding.column}"
    test = SubElement(
        suite, "testcase", {"classname": path, "name": name, "file": path, "line": line}
    )
    tag = "failure" if finding.severity == "error" else "skipped"
    outcome = SubElement(test, tag, {"type": finding.code, "message": _allowed(finding.message)})
    outcome.text = _allowed(text([finding]))


def _allowed(words: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", words)
