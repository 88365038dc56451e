# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./run pictures``: every page in every mode, as files to look at in pictures/, on one sheet.

Reduced motion has no pictures of its own: nothing on a page moves, so they would be the same.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from html import escape
from pathlib import Path

from playwright.sync_api import Browser

from notices import hooks, settings
from tests.browser.barriers.modes import DOUBLED, SPACED, WIDTHS, ZOOMED, opened, set_mode
from tests.chromium import started
from tests.conftest import SITES
from tests.servers import served

FOLDER = settings.ROOT / "pictures"
NO_STYLE = "document.querySelectorAll('style').forEach((one) => one.remove())"
SITE_FOLDERS = {"real": (settings.ROOT / "content", None), "arabic": (SITES / "arabic", "ar")}


def build(folder: Path, host: str) -> bool:
    """Build the real site and the Arabic one of the tests into a folder."""
    for name, (content, lang) in SITE_FOLDERS.items():
        made = settings.for_site(
            settings.from_file(),
            content=content,
            source_language=lang,
            output=folder / name,
            address=f"{host}/{name}",
        )
        work = hooks.build(replace(made, output=folder / name))
        print("\n".join(work.summary()))
        if not work.is_done:
            return False
    return True


def on_screen(browser: Browser, address: str, folder: Path) -> None:
    """Take the pictures of a page on screens: schemes and widths, then what readers may change."""
    with opened(browser) as page:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for mode in ("light", "dark", "forced", "forced-dark"):
                set_mode(page, mode)
                page.screenshot(path=folder / f"{width}-{mode}.png", full_page=True)
        set_mode(page, "light")
        page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
        page.screenshot(path=folder / "zoomed-400.png", full_page=True)
        for name, style in (("spaced", SPACED), ("letters-200", DOUBLED)):
            for width in (320, 1280) if name == "spaced" else (1280,):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address)
                page.add_style_tag(content=style)
                page.screenshot(path=folder / f"{width}-{name}.png", full_page=True)
        page.goto(address)
        page.evaluate(NO_STYLE)
        page.screenshot(path=folder / "no-style.png", full_page=True)


def on_paper(browser: Browser, address: str, folder: Path) -> None:
    """Print a page, and take a picture of each sheet where poppler is installed."""
    with opened(browser) as page:
        page.goto(address)
        page.emulate_media(media="null")
        page.pdf(path=folder / "print.pdf", format="A4", prefer_css_page_size=True)
    if shutil.which("pdftoppm"):
        command = ["pdftoppm", "-r", "60", "-png", "print.pdf", "sheet"]
        subprocess.run(command, cwd=folder, check=True)


def contact_sheet(folder: Path) -> str:
    """Write the page on which all pictures stand, small, each a link to itself."""
    rows = []
    for one in sorted({file.parent for file in folder.rglob("*.png")}):
        name = one.relative_to(folder).as_posix()
        shots = "".join(
            f'<a href="{name}/{file.name}"><img loading="lazy" src="{name}/{file.name}" alt="">'
            f"<br>{escape(file.stem)}</a>"
            for file in sorted(one.glob("*.png"))
        )
        paper = f'<a href="{name}/print.pdf">PDF</a>'
        rows.append(f"<h2>{escape(name)} {paper}</h2><div>{shots}</div>")
    style = (
        "body { font: 14px sans-serif } div { display: flex; flex-wrap: wrap; gap: 1em }"
        "img { height: 320px; max-width: 320px; object-fit: contain; object-position: top;"
        "border: 1px solid #888 }"
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title>'
        f"<style>{style}</style><h1>Pictures</h1>{''.join(rows)}</html>\n"
    )


def main() -> int:
    """Build the sites, and take their pictures."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    site = FOLDER / "site"
    site.mkdir(parents=True)
    with served(site) as host, started() as browser:
        if not build(site, host):
            return 1
        for file in sorted(site.rglob("*.html")):
            path = file.relative_to(site)
            folder = FOLDER / path.with_suffix("").as_posix().replace("/", "-")
            folder.mkdir()
            on_screen(browser, f"{host}/{path.as_posix()}", folder)
            on_paper(browser, f"{host}/{path.as_posix()}", folder)
    (FOLDER / "index.html").write_text(contact_sheet(FOLDER), encoding="utf-8")
    number = len(list(FOLDER.rglob("*.png")))
    print(f"{number} pictures, all on {settings.shown(FOLDER / 'index.html')}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
