# SPDX-License-Identifier: AGPL-3.0-or-later
"""Golden pages: what the theme makes of a site that uses everything, to the byte.

The stylesheet and its hash are left out, since it changes often and browser tests look at what it
does.
UPDATE_GOLDEN=1 writes the pages anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.conftest import SITES, Site, matters

GOLDEN = Path(__file__).parent / "golden"
PAGES = (
    "index.html",
    "404.html",
    "en/404.html",
    "sv/index.html",
    "sv/data/index.html",
    "en/the-data/index.html",
    "sv/letter/index.html",
    "compare/sv-en/data/index.html",
    "en/the-data.txt",
    "sv/index.txt",
    "sitemap.xml",
    "robots.txt",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_as_it_was(site: Site, path: str) -> None:
    """Every byte of a page but its style is what somebody once read and found good."""
    site.content = SITES / "golden"
    site.address = "https://example.org/privacy"
    assert matters(site.build().findings) == []
    page = re.sub(r"<style>.*</style>", "<style></style>", site.files()[path].decode(), flags=re.S)
    page = re.sub(r"'sha256-[^']+'", "'sha256-…'", page)
    golden = GOLDEN / path.replace("/", "-")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text(encoding="utf-8")
