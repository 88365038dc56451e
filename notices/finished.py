# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with the pages of the last build?"""

from __future__ import annotations

import json

from notices import links
from notices.delivery.staging import BUILD_RECORD
from notices.model import Finding
from notices.settings import Settings, SettingsError, shown, site_url


def of_last_build(settings: Settings) -> list[Finding]:
    """Check the output folder as readers meet it; raises SettingsError where nothing was built."""
    record = settings.output / BUILD_RECORD
    folder = shown(settings.output)
    try:
        address = json.loads(record.read_text(encoding="utf-8")).get("site_url")
    except (OSError, ValueError, AttributeError) as error:
        command = settings.command("build")
        raise SettingsError(
            f"--built: {folder} holds no site; build one first: {command}"
        ) from error
    found = links.check(settings.output, site_url(address, f"{shown(record)}: site_url"))
    return [links.moved(finding, folder) for finding in found]
