# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./run bench``: this project beside stock Pelican and beside lychee, as whole commands.

At the end, when a page is seen on a slow connection, and a saved text in the preview.

Each command is started several times in turn, and the fastest run of each is what counts: the
others had to share the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from notices import catalog, settings
from notices.review import marking
from notices.settings import ROOT
from tests import bench_links, bench_paint, bench_preview, corpus

NOTICES = 50
RUNS = 5
OWN = [sys.executable, "-P", "-m", "notices"]
SITE = ["--content", "content", "--source-language", "sv"]

STOCK = """\
PATH = "content"
OUTPUT_PATH = "stock"
ARTICLE_PATHS = []
PAGE_PATHS = [""]
PATH_METADATA = r"(?P<lang>[^/]+)/(?P<slug>[^/]+)\\.md"
PAGE_URL = PAGE_LANG_URL = "{lang}/{slug}/"
PAGE_SAVE_AS = PAGE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
DEFAULT_LANG = "sv"
TIMEZONE = "UTC"
THEME = "simple"
PLUGINS = []
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""


def _seconds(command: list[str], folder: Path) -> float:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


def compare_with_pelican(folder: Path) -> None:
    """Build and check a site of 400 pages, and print a table."""
    corpus.write(folder / "content", NOTICES)
    (folder / "stock.py").write_text(STOCK, encoding="utf-8")
    commands = {
        "stock Pelican, build": [sys.executable, "-m", "pelican", "-s", "stock.py"],
        "notices, build with all checks": [*OWN, "build", *SITE, "--output", "own"],
        "notices, check alone": [*OWN, "check", *SITE],
        "notices, check of the real site": [*OWN, "check"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            times[name].append(_seconds(command, folder))
    pages = {name: len(list((folder / name).rglob("*.html"))) for name in ("stock", "own")}
    print(
        f"{NOTICES} notices x {len(corpus.LANGUAGES)} languages, {corpus.SECTIONS} sections each;"
    )
    print(f"pages written: {pages['stock']} by stock Pelican, {pages['own']} by notices.\n")
    print(f"{'':34}{'fastest':>9}{'median':>9}")
    for name, taken in times.items():
        ranked = sorted(taken)
        print(f"{name:34}{ranked[0]:8.2f}s{ranked[len(ranked) // 2]:8.2f}s")
    stock, build = (min(times[name]) for name in list(commands)[:2])
    print(f"\nThe build takes {build / stock:.2f} of stock Pelican's time.")


def _review(content: Path) -> None:
    read = catalog.load(content, "content", "sv")
    made = settings.for_site(settings.from_file(), content=content)
    for lang in read.translations:
        marked = marking.mark(read, made, lang, (), date(2026, 3, 1))
        assert marked.new and not marked.missing, "the corpus is translated"


def grow(folder: Path) -> None:
    """Check sites that double in size, with reviews kept, and print the time for each text."""
    languages = corpus.MANY_LANGUAGES
    print(f"\nA check of notices x {len(languages)} languages, all sections reviewed:\n")
    print(f"{'notices':>8}{'texts':>8}{'MB':>7}{'fastest':>10}{'ms a text':>11}")
    for notices in (75, 150, 300):
        site = folder / str(notices)
        corpus.write(site / "content", notices, languages)
        _review(site / "content")
        files = list((site / "content").rglob("*.md"))
        megabytes = sum(file.stat().st_size for file in files) / 1e6
        fastest = min(_seconds([*OWN, "check", *SITE], site) for _ in range(2))
        per_text = 1000 * fastest / len(files)
        print(f"{notices:8}{len(files):8}{megabytes:7.1f}{fastest:9.1f}s{per_text:11.2f}")


def main() -> int:
    """Measure, and print tables."""
    folder = Path(tempfile.mkdtemp(prefix="notices-bench-"))
    try:
        compare_with_pelican(folder)
        grow(folder)
        bench_links.compare(folder / "links")
        bench_paint.measure(folder / "paint")
        bench_preview.measure(folder / "preview")
    finally:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
