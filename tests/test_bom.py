# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bill of materials lists what the lock file pins, in a form that other tools read."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from notices.delivery import bom
from notices.settings import ROOT

TIME = datetime(2026, 3, 1, 12, tzinfo=UTC)
PROJECT = """[project]
name = "notices"
version = "1.2.3"
license = "AGPL-3.0-or-later"
dependencies = ["pelican>=4", "PyYAML>=6", "no_such.package"]
"""


def bill(folder: Path, lock: str, project: str = PROJECT) -> dict[str, Any]:
    """Write the bill of a project with a lock file, and read it."""
    (folder / "requirements.txt").write_text(lock, encoding="utf-8")
    (folder / "pyproject.toml").write_text(project, encoding="utf-8")
    return dict(json.loads(bom.written(folder, TIME)))


def test_this_project_s_bill_is_valid_and_whole() -> None:
    """It is CycloneDX by the standard's own schema, and has each package that is pinned."""
    text = bom.written(ROOT, TIME)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.decode()) is None
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^(\S+)==(\S+)", lock, re.MULTILINE))
    listed = {(one["name"], one["version"]) for one in json.loads(text)["components"]}
    assert listed == pinned


def test_a_bill_of_another_form_is_refused() -> None:
    """The schema of the test above finds what is wrong."""
    broken = bom.written(ROOT, TIME).decode().replace('"library"', '"shelf"')
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None


def test_what_needs_what_is_said(tmp_path: Path) -> None:
    """The program needs what it names, Pelican needs Jinja2: what an extra asks for is left out."""
    lock = (
        "pelican==4.12.0 \\\n    --hash=sha256:00\njinja2==3.1.6\nmarkdown==3.11.3\npyyaml==6.0.3\n"
    )
    needs = {one["ref"]: one.get("dependsOn") for one in bill(tmp_path, lock)["dependencies"]}
    assert needs["notices"] == ["pkg:pypi/pelican@4.12.0", "pkg:pypi/pyyaml@6.0.3"]
    assert needs["pkg:pypi/pelican@4.12.0"] == ["pkg:pypi/jinja2@3.1.6"]
    assert needs["pkg:pypi/jinja2@3.1.6"] is None


def test_a_package_that_is_not_here_is_listed_all_the_same(tmp_path: Path) -> None:
    """What its licence is, and what it needs, nobody here can say."""
    (one,) = bill(tmp_path, "no-such-package==1.0\n")["components"]
    assert (one["name"], one["version"], "licenses" in one) == ("no-such-package", "1.0", False)


def test_the_same_release_has_the_same_bill(tmp_path: Path) -> None:
    """Nothing in it comes from the clock or from chance; another version has another number."""
    first = bill(tmp_path, "pyyaml==6.0.3\n")
    assert bill(tmp_path, "pyyaml==6.0.3\n") == first
    assert first["metadata"]["timestamp"] == "2026-03-01T12:00:00+00:00"
    other = bill(tmp_path, "pyyaml==6.0.3\n", PROJECT.replace("1.2.3", "1.2.4"))
    assert other["serialNumber"] != first["serialNumber"]
