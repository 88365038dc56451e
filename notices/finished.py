# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with the pages of the last build?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from notices import links, parallel, weight
from notices.delivery import record
from notices.filenames import BUILD_RECORD
from notices.model import Finding
from notices.settings import Settings, SettingsError, shown, site_url


def of_last_build(settings: Settings) -> list[Finding]:
    """Check the output folder as readers meet it; raises SettingsError where nothing was built."""
    file = settings.output / BUILD_RECORD
    folder = shown(settings.output)
    try:
        address = record.parsed(file.read_bytes()).get("site_url")
    except (OSError, ValueError) as error:
        command = settings.command("build")
        raise SettingsError(
            f"--built: {folder} holds no site; build one first: {command}"
        ) from error
    found = links.check(settings.output, site_url(address, f"{shown(file)}: site_url"))
    moved = [links.moved(finding, folder) for finding in found]
    return [*moved, *weight.findings(_weights(settings.output), folder)]


def _weights(output: Path) -> Iterator[weight.Weight]:
    def weigh(file: Path) -> weight.Weight | None:
        return weight.weigh(file.relative_to(output).as_posix(), file.read_bytes())

    yield from filter(None, parallel.in_order(weigh, sorted(output.rglob("*.html"))))
