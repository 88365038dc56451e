# SPDX-License-Identifier: AGPL-3.0-or-later
"""The links part of ``./run bench``: this project's checker beside lychee, on the same tree.

lychee asks whether files and fragments are there; this project's checker asks everything else
too. Memory is the sum of what all processes of a command hold at its fullest, each shared page
counted once (proportional set size).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from notices.settings import ROOT

PAGES = 2000
SECTIONS = 20
LINKS_IN_SECTION = 3
SHARE_WITH_FRAGMENT = 0.8
RUNS = 5
_WORDS = (
    "the controller keeps personal data about people who use a service for as long as an "
    "agreement is in force and erases it"
).split()


class Measured(NamedTuple):
    """What one run took."""

    seconds: float
    megabytes: float


def write_tree(folder: Path, pages: int) -> None:
    """Write pages with 60 links each, most with fragments, all of which land."""
    chance = random.Random(1)

    def prose(words: int) -> str:
        return " ".join(chance.choices(_WORDS, k=words))

    for number in range(pages):
        parts = [
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f"<title>Page {number}</title>\n</head>\n<body>\n<h1>Page {number}</h1>\n"
        ]
        for section in range(SECTIONS):
            parts.append(f'<section>\n<h2 id="section-{section}">{prose(5)}</h2>\n')
            for _ in range(LINKS_IN_SECTION):
                fragment = f"#section-{chance.randrange(SECTIONS)}"
                anchor = fragment if chance.random() < SHARE_WITH_FRAGMENT else ""
                parts.append(
                    f'<p>{prose(20)} <a href="../page-{chance.randrange(pages):05}/{anchor}">'
                    f"{prose(3)}</a> {prose(15)}.</p>\n"
                )
            parts.append("</section>\n")
        parts.append("</body>\n</html>\n")
        file = folder / f"page-{number:05}" / "index.html"
        file.parent.mkdir(parents=True)
        file.write_text("".join(parts), encoding="utf-8")


def _held(group: int) -> float:
    """Give the memory of a process group in megabytes."""
    kilobytes = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) == group:
                rollup = (process / "smaps_rollup").read_text(encoding="ascii")
                kilobytes += int(rollup.split("\nPss:")[1].split()[0])
        except (OSError, IndexError):
            continue
    return kilobytes / 1000


def _run(command: list[str], *, is_watched: bool) -> Measured:
    """Start a command; watching its memory costs time, so each run tells one of the two."""
    started = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        most = 0.0
        while is_watched and process.poll() is None:
            most = max(most, _held(process.pid))
            time.sleep(0.02)
    assert process.returncode == 0, command
    return Measured(time.perf_counter() - started, most)


def compare(folder: Path) -> None:
    """Check the same trees with both, and print tables."""
    tree = folder / "tree"
    write_tree(tree, PAGES)
    own = [sys.executable, "-P", "-m", "notices", "links"]
    commands = {
        "notices, every check": [*own, str(tree)],
        "lychee, offline with fragments": [
            *(str(Path(sys.executable).with_name("lychee")), "--offline", "--no-progress"),
            *("--include-fragments=anchor-only", "--index-files", "index.html"),
            *("--root-dir", str(tree), str(tree)),
        ],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            times[name].append(_run(command, is_watched=False).seconds)
    print(f"\nLinks of {PAGES} pages, {SECTIONS * LINKS_IN_SECTION} on each:\n")
    print(f"{'':34}{'fastest':>9}{'median':>9}{'memory':>9}")
    for name, taken in times.items():
        ranked = sorted(taken)
        megabytes = _run(commands[name], is_watched=True).megabytes
        print(f"{name:34}{ranked[0]:8.2f}s{ranked[RUNS // 2]:8.2f}s{megabytes:6.0f} MB")
    print(f"\n{'pages':>8}{'fastest':>10}{'ms a page':>11}")
    for pages in (PAGES // 2, PAGES, PAGES * 2, PAGES * 4):
        grown = folder / str(pages)
        write_tree(grown, pages)
        fastest = min(_run([*own, str(grown)], is_watched=False).seconds for _ in range(3))
        print(f"{pages:8}{fastest:9.2f}s{1000 * fastest / pages:11.2f}")
