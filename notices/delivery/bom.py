# SPDX-License-Identifier: AGPL-3.0-or-later
"""With what was a release made? Its software bill of materials (CycloneDX 1.6, ECMA-424).

Listed are the packages that the lock file pins, in its versions. Serial number and time are made
of what is listed and of the commit, so that the same release has the same bill.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Final

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_REQUIREMENT: Final = re.compile(r"^([A-Za-z0-9._-]+)(?!.*\bextra\b)")


def written(project: Path, commit_time: datetime | None) -> bytes:
    """Write the bill of this program: what it names in pyproject.toml, and what its lock file pins.

    ``commit_time`` is that of the source, in UTC, or None where it is not known. Raises OSError
    where one of the two files is missing.
    """
    about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (project / "requirements.txt").read_text(encoding="utf-8")
    pins = sorted((_normal(name), version) for name, version in _PIN.findall(lock))
    components = {name: _component(name, version) for name, version in pins}
    program = Component(
        name=about["name"],
        version=about["version"],
        type=ComponentType.APPLICATION,
        bom_ref=about["name"],
        licenses=[LicenseFactory().make_from_string(about["license"])],
    )
    listed = f"{about['name']} {about['version']} {commit_time} {pins}"
    bom = Bom(components=components.values(), serial_number=uuid.uuid5(uuid.NAMESPACE_URL, listed))
    bom.metadata.component = program
    bom.register_dependency(program, _named(about["dependencies"], components))
    for name, component in components.items():
        bom.register_dependency(component, _named(_requirements(name), components))
    if commit_time is not None:
        bom.metadata.timestamp = commit_time
    return JsonV1Dot6(bom).output_as_string(indent=2).encode() + b"\n"


def _component(name: str, version: str) -> Component:
    purl = PackageURL("pypi", name=name, version=version)
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=purl.to_string(),
        purl=purl,
        licenses=_licenses(name),
    )


def _licenses(name: str) -> list[License]:
    """Give what an installed package says of its licence, as a name or an SPDX expression."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    expression = next((said[key] for key in ("License-Expression", "License") if key in said), "")
    return [LicenseFactory().make_from_string(expression)] if 0 < len(expression) < 80 else []


def _requirements(name: str) -> list[str]:
    """Give what an installed package asks for, as it writes it."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def _named(requirements: Iterable[str], components: Mapping[str, Component]) -> list[Component]:
    """Give the components that requirements name (PEP 508), without those of extras."""
    names = {_normal(found[1]) for found in map(_REQUIREMENT.match, requirements) if found}
    return [components[name] for name in sorted(names & components.keys())]


def _normal(name: str) -> str:
    """Write a package's name as the registry compares it (PyPA, name normalization)."""
    return re.sub(r"[-_.]+", "-", name).lower()
