# SPDX-License-Identifier: AGPL-3.0-or-later
"""How lychee is started, and what it reports.

Nothing of the user's is to change what it does: it runs in an empty folder with an environment of
its own. Two of its features are not used. Its cache keeps status codes only: of an address that has
moved it says ``OK (cached)`` the next time, and no more where to. Its retries wait as long as a
host's ``Retry-After`` says, up to an hour, and ``--timeout`` does not hold for that.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from notices.links.external.verdicts import MAX_REDIRECTS, UNREAD

_PAGE: Final = "addresses.html"
_MEMORY_BYTES: Final = 512 << 20
_LOOK_SECONDS: Final = 0.2
_PARTS: Final = ("success_map", "error_map", "timeout_map", "excluded_map")
_OPTIONS: Final = (
    *("--format", "json", "--verbose", "--no-progress", "--no-ignore", "--mode", "plain"),
    *("--include-fragments=anchor-only", "--max-redirects", str(MAX_REDIRECTS)),
    *("--max-retries", "0", "--threads", "2"),
    *("--host-concurrency", "1"),  # the anchors of one page then need one request
)
_KEPT: Final = ("SSL_CERT_FILE", "SSL_CERT_DIR")


class NotInstalledError(Exception):
    """lychee is missing; the message says how to get it."""

    def __init__(self) -> None:
        super().__init__(
            "Links to other hosts are asked by the program lychee, which is not installed. "
            "Install it with:\n"
            "    .venv/bin/python -m pip install --require-hashes -r requirements-external.txt"
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What lychee says: an entry of its JSON for each address, by its position, and its log.

    Each entry has a ``map`` besides, the part of the report it stands in: UNREAD where it stands in
    none, as lychee does with pages that it could not read to the end. ``failure`` says why there is
    no report, ``is_late`` that it took too long.
    """

    entries: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    log: str = ""
    failure: str = ""
    is_late: bool = False


def find() -> Path:
    """Find the program beside the running Python, else on the PATH; raises NotInstalledError."""
    beside = Path(sys.executable).with_name("lychee")
    found = str(beside) if beside.is_file() else shutil.which("lychee")
    if not found:
        raise NotInstalledError
    return Path(found)


def run(
    program: Path,
    addresses: Sequence[str],
    *,
    proxy: str,
    seconds: int,
    is_over: Callable[[], bool],
) -> Report:
    """Ask addresses through a proxy; wait ``seconds`` for each answer, and until ``is_over``.

    The addresses are normalised, so that none holds a line break. Each stands on a line of its own
    since lychee's report gives that line, and the address in a spelling of its own.
    """
    with TemporaryDirectory(prefix="notices-links-") as folder:
        lines = "\n".join(f'<a href="{escape(address)}">-</a>' for address in addresses)
        Path(folder, _PAGE).write_text(lines, encoding="utf-8")
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        proxies = dict.fromkeys(("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY"), proxy)
        with subprocess.Popen(  # noqa: S603
            [program, *_OPTIONS, "--timeout", str(seconds), _PAGE],
            cwd=folder,
            env={"PATH": os.defpath, "HOME": folder, **kept, **proxies},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            try:
                _limit_memory(process.pid)
                while True:
                    try:
                        said, log = process.communicate(timeout=_LOOK_SECONDS)
                        return _read(said, log, process.returncode, len(addresses))
                    except subprocess.TimeoutExpired:
                        if is_over():
                            return Report(is_late=True)
            finally:
                process.kill()


def _limit_memory(process: int) -> None:
    """Let a page that unpacks to gigabytes end lychee, and not the machine."""
    if sys.platform == "linux":
        resource.prlimit(process, resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.prlimit(process, resource.RLIMIT_CORE, (0, 0))


def _read(said: str, log: str, code: int, count: int) -> Report:
    try:
        parts = json.loads(said)
        entries = {
            entry["span"]["line"] - 1: {**entry, "map": part}
            for part in _PARTS
            for of_page in parts[part].values()
            for entry in of_page
        }
    except (ValueError, LookupError, TypeError, AttributeError):
        return Report(failure=_failure(log, code))
    unread = {"map": UNREAD, "status": {}}
    return Report({number: entries.get(number, unread) for number in range(count)}, log)


def _failure(log: str, code: int) -> str:
    if code == -signal.SIGABRT:
        return "the page is too much for the memory that it may use"
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    return lines[-1] if lines else f"it ended with code {code}"
