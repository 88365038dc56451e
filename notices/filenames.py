# SPDX-License-Identifier: AGPL-3.0-or-later
"""What are the files of a site and its release called that no notice is made into?"""

from __future__ import annotations

from typing import Final

INDEX: Final = "index.html"
"""What a host shows for the folder that it is in."""

ICON: Final = "favicon.svg"
"""What browsers show beside a page's title."""

ROBOTS: Final = "robots.txt"
SITEMAP: Final = "sitemap.xml"

HEADERS: Final = "_headers"
REDIRECTS: Final = "_redirects"
"""Read by some hosts of static sites, at the root."""

BUILD_RECORD: Final = "build.json"
"""By this file a folder is known to be a site that this program built."""

SUMS: Final = "SHA256SUMS"
BILL: Final = "bom.cdx.json"
"""A release's list of files, and its bill of materials (so called as CycloneDX recommends)."""

GZIP: Final = ".gz"
BROTLI: Final = ".br"
"""What stands behind the name of a file that is another's compressed form."""

RELEASES: Final = "releases"
CURRENT: Final = "current"
"""Where several releases are kept: the folder that holds them, and the link beside it to the one
that readers get."""
