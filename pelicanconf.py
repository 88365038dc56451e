# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site's settings, as any Pelican user knows them; docs/architecture.md says what each does."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # so that `pelican content` finds the package

from notices import codes

# The site
PATH = "content"
OUTPUT_PATH = "output"
SITEURL = ""  # publishconf.py sets the public address
NOTICES_SOURCE_LANGUAGE = "sv"

# How severe this site takes a finding, where it differs from notices/codes.py. A translation may be
# late while one works on it; publishconf.py publishes none that is.
NOTICES_SEVERITIES = {
    **dict.fromkeys(codes.DIFFERENCES, "error"),
    "heading-without-id": "error",
    "notice-missing": "warning",
    "origin-other": "error",
    "page-too-large": "error",
    "section-missing": "warning",
    "section-outdated": "warning",
    "section-untranslated": "warning",
}

# How hard a text may be to read: LIX of a notice and of a section, words of a sentence.
NOTICES_READABILITY = {"notice": 40, "section": 50, "sentence": 25}

# The machinery: the plugin does all the work, Pelican's own generators find nothing to do
PLUGINS = ["notices"]
THEME = "theme"
TIMEZONE = "UTC"
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
READERS = {"rst": None, "html": None, "htm": None}
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
