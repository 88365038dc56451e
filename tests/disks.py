# SPDX-License-Identifier: AGPL-3.0-or-later
"""File systems that tests mount: small ones, full ones, and folders that are seen twice."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(place: Path, *words: str) -> Iterator[Path]:
    """Mount what mount(8) is told to on a folder, until the block ends.

    Where the system lets nobody mount (a container without CAP_SYS_ADMIN), the test is skipped.
    """
    if os.geteuid() != 0:
        pytest.skip("only root may mount")
    done = subprocess.run(["mount", *words, str(place)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    """Mount a small disk: ``options`` are those of tmpfs, such as ``size=400k``."""
    folder.mkdir(exist_ok=True)
    with mounted(folder, "-t", "tmpfs", "-o", options, "tmpfs") as disk:
        yield disk
