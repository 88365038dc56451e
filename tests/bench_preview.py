# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long from saving a text until it is seen in the browser? ``./run serve``, in Chromium.

Each edit adds a paragraph to another section, of a notice that is open. Time runs from the moment
when the file is closed to the frame in which the page shows the paragraph, and the frame after it
has begun: by then it was painted. Both are read from the clock of this machine.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from notices import addresses, catalog
from notices.settings import ROOT
from tests import chromium, corpus

EDITS = 20
SITES = {"the real site": 150, "400 texts": 500}
"""The most that it may take, in milliseconds (the median)."""
_PATIENCE_SECONDS = 60
_WATCHING = """
(() => {
  window.seen = {};
  const look = () => {
    const text = document.querySelector("main")?.textContent ?? "";
    for (const [word] of text.matchAll(/Xword[a-z]+/g)) {
      if (!(word in window.seen)) {
        window.seen[word] = 0;
        requestAnimationFrame(() => { window.seen[word] = Date.now(); });
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()
"""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """Start ``./run serve`` on the content of a folder; give its address."""
    said = folder / "said.txt"
    with said.open("wb") as terminal:
        started = subprocess.Popen(
            [sys.executable, "-P", "-m", "notices", "serve", "--port", "0"]
            + ["--content", "content", "--source-language", "sv"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=terminal,
            stderr=terminal,
        )
    try:
        end = time.monotonic() + _PATIENCE_SECONDS
        while "The site is at " not in (text := said.read_text(encoding="utf-8")):
            if started.poll() is not None or time.monotonic() > end:
                sys.exit(f"The preview did not start:\n{text}")
            time.sleep(0.05)
        yield text.partition("The site is at ")[2].split()[0].rstrip("/")
    finally:
        started.terminate()
        started.wait()


def _word(number: int) -> str:
    return "Xword" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


def _edit(page: Page, content: Path, place: tuple[str, str, int], word: str) -> float:
    """Add a paragraph below a line of a notice, and wait for it: milliseconds."""
    lang, name, line = place
    file = content / lang / f"{name}.md"
    lines = file.read_text(encoding="utf-8").split("\n")
    text = "\n".join([*lines[:line], "", f"`{word}`.", *lines[line:]])  # code has no misspellings
    file.write_text(text, encoding="utf-8")
    saved = time.time()
    seen = page.wait_for_function(
        "word => window.seen?.[word]", arg=word, timeout=1000 * _PATIENCE_SECONDS
    )
    return float(seen.json_value()) - 1000 * saved


def _measured(browser: Browser, folder: Path) -> tuple[int, list[float]]:
    """Edit a site, section by section: the number of its texts, and milliseconds."""
    content = folder / "content"
    read = catalog.load(content, "content", "sv")
    places = [
        (lang, name, section.line)
        for name, by_lang in read.notices.items()
        for lang, notice in by_lang.items()
        for section in notice.sections
    ]
    chance = random.Random(0)
    chance.shuffle(places)
    # From the last line of a file to the first: what is added moves no section that is to come.
    chosen = sorted(places[:EDITS], key=lambda place: (place[0], place[1], -place[2]))
    taken = []
    with _serving(folder) as address:
        context = browser.new_context()
        context.add_init_script(_WATCHING)
        page = context.new_page()
        for number, place in enumerate(chosen):
            page.goto(f"{address}/{addresses.of_notice(read, place[1], place[0])}")
            time.sleep(0.5 + chance.random() / 10)  # an editor thinks; no clock beats in time
            taken.append(_edit(page, content, place, _word(number)))
        context.close()
    return sum(map(len, read.notices.values())), taken


def measure(folder: Path) -> None:
    """Edit the real site and one of 400 texts, and print a table."""
    if not chromium.EXECUTABLE:
        print("\nChromium is missing, so no preview was looked at: apt install chromium")
        return
    folders = {name: folder / str(number) for number, name in enumerate(SITES)}
    real, large = folders.values()
    shutil.copytree(ROOT / "content", real / "content")
    corpus.write(large / "content", 50)
    print(
        f"\nFrom a saved file to the new text in the browser, {EDITS} edits of as many sections:\n"
    )
    print(f"{'site':16}{'texts':>7}{'fastest':>11}{'median':>11}{'slowest':>11}{'goal':>11}")
    with chromium.started() as browser:
        for name, goal in SITES.items():
            texts, taken = _measured(browser, folders[name])
            figures = (min(taken), statistics.median(taken), max(taken), goal)
            print(f"{name:16}{texts:7}" + "".join(f"{figure:8.0f} ms" for figure in figures))


def main() -> int:
    """Measure, and print a table."""
    folder = Path(tempfile.mkdtemp(prefix="notices-bench-"))
    try:
        measure(folder)
    finally:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
