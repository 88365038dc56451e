# SPDX-License-Identifier: AGPL-3.0-or-later
"""A running ``./run serve``, and what it says in its terminal."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notices import settings

SECONDS = 15
"""How long one waits for a word of it, or for its end."""


class Preview:
    """A preview of the folder ``content`` in a folder; ``address`` ends without a slash.

    Give the port of an earlier one to take its place.
    """

    def __init__(self, folder: Path, *options: str, port: str = "0") -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "notices", "serve", "--port", port]
            + ["--content", "content", *options],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(settings.ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        try:
            self.address = self.wait_for("The site is at ").split()[4].rstrip("/")
        except BaseException:
            self.process.kill()
            raise

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def wait_for(self, said: str) -> str:
        """Read the terminal until it says something; give that line."""
        seen = ""
        while said not in (line := self._lines.get(timeout=SECONDS)):
            seen += line
        assert "Traceback" not in seen
        return line

    def end(self) -> int:
        """End it as Ctrl-C does; give its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)


@contextmanager
def previewed(folder: Path, *options: str, port: str = "0") -> Iterator[Preview]:
    """Run a preview, and see that it ends well."""
    running = Preview(folder, *options, port=port)
    try:
        yield running
    finally:
        code = running.end()
    assert code == 0
