# SPDX-License-Identifier: AGPL-3.0-or-later
"""The settings for the public site: those of pelicanconf.py, and the address readers use."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403

NOTICES_SEVERITIES = {
    **NOTICES_SEVERITIES,  # noqa: F405
    "notice-missing": "error",
    "placeholder-left": "error",
    "section-missing": "error",
    "section-outdated": "error",
    "section-untranslated": "error",
}

SITEURL = os.environ.get("SITE_URL", "")  # such as https://example.org/privacy
