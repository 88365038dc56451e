# SPDX-License-Identifier: AGPL-3.0-or-later
"""The audit says what it found, and never that all is well where it could not look."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import audit

SOUND = {"name": "jinja2", "version": "3.1.6", "vulns": []}
FAULT = {"id": "GHSA-1", "fix_versions": ["3.1.7"], "description": "A\nfault."}
UNSOUND = {"name": "jinja2", "version": "3.1.6", "vulns": [FAULT]}
UNKNOWN = {"name": "nh3", "skip_reason": "Dependency not found"}


def test_all_is_well() -> None:
    """Every package was looked up, and nothing is known."""
    assert audit.judged([SOUND], "") == (["1 packages looked up, 0 vulnerabilities."], 0)


def test_a_vulnerability_is_named_with_its_repair() -> None:
    """Once, though two lock files pin the package, and before all that could not be asked."""
    lines, code = audit.judged([UNSOUND, UNSOUND, UNKNOWN], "")
    assert lines[0] == "jinja2 3.1.6: GHSA-1, mended in 3.1.7: A fault."
    assert code == 1


def test_what_could_not_be_looked_up_is_not_well() -> None:
    """pip-audit itself would end with 0."""
    lines, code = audit.judged([SOUND, UNKNOWN], "")
    assert "1 packages could not be looked up" in lines[-1]
    assert code == 2


def test_without_a_network_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pip-audit's own traceback becomes one line, whatever it once kept."""
    monkeypatch.setenv("PIP_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    packages, complaint = audit.asked("requirements.txt")
    lines, code = audit.judged(packages, complaint)
    assert lines[-1].startswith("The audit could not be made, so nobody knows: ")
    assert code == 2
