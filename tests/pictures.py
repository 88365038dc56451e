# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./run pictures``: every page of the site in every mode, as files to look at in pictures/."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser

from notices import hooks, settings
from tests.chromium import started

FOLDER = settings.ROOT / "pictures"
WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")


def take(browser: Browser, site: Path, folder: Path) -> int:
    """Take the pictures of a site; give their number."""
    number = 0
    for page_file in sorted(site.rglob("*.html")):
        name = page_file.relative_to(site).with_suffix("").as_posix().replace("/", "-")
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = browser.new_page(
                    viewport={"width": width, "height": 900},
                    color_scheme=scheme,  # type: ignore[arg-type]
                )
                page.goto(page_file.as_uri())
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                number += 1
                page.close()
        page = browser.new_page()
        page.goto(page_file.as_uri())
        page.pdf(path=folder / f"{name}-print.pdf", format="A4", prefer_css_page_size=True)
        page.close()
        number += 1
    return number


def main() -> int:
    """Build the site, and take its pictures."""
    site = settings.for_site(settings.from_file())
    work = hooks.build(site)
    print("\n".join(work.summary()))
    if not work.is_done:
        return 1
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with started() as browser:
        number = take(browser, site.output, FOLDER)
    print(f"{number} pictures in {settings.shown(FOLDER)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
