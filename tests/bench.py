# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./run bench``: this project beside stock Pelican, on the same Markdown, as whole commands.

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
from pathlib import Path

from notices.settings import ROOT
from tests import corpus

NOTICES = 50
RUNS = 5

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


def main() -> int:
    """Measure, and print a table."""
    folder = Path(tempfile.mkdtemp(prefix="notices-bench-"))
    try:
        corpus.write(folder / "content", NOTICES)
        (folder / "stock.py").write_text(STOCK, encoding="utf-8")
        own = [sys.executable, "-P", "-m", "notices"]
        site = ["--content", "content", "--source-language", "sv"]
        commands = {
            "stock Pelican, build": [sys.executable, "-m", "pelican", "-s", "stock.py"],
            "notices, build with all checks": [*own, "build", *site, "--output", "own"],
            "notices, check alone": [*own, "check", *site],
            "notices, check of the real site": [*own, "check"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                times[name].append(_seconds(command, folder))
        pages = {name: len(list((folder / name).rglob("*.html"))) for name in ("stock", "own")}
    finally:
        shutil.rmtree(folder)
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
    return 0


if __name__ == "__main__":
    sys.exit(main())
