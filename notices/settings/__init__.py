# SPDX-License-Identifier: AGPL-3.0-or-later
"""What ``pelicanconf.py`` may say to this project, validated."""

from notices.settings.reading import for_pages, for_site, from_file
from notices.settings.settings import (
    DEFAULT_FILE,
    ROOT,
    Readability,
    Settings,
    SettingsError,
    shown,
    source_date,
)
from notices.settings.values import from_values, site_url

__all__ = [
    "DEFAULT_FILE",
    "ROOT",
    "Readability",
    "Settings",
    "SettingsError",
    "for_pages",
    "for_site",
    "from_file",
    "from_values",
    "shown",
    "site_url",
    "source_date",
]
