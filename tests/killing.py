# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs work in forks of the test's warm process, which can be killed or disturbed at any point."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from notices.delivery.staging import OutputError, Staging

FILE_EVENTS = frozenset(
    "open os.chmod os.link os.mkdir os.remove os.rename os.rmdir os.scandir os.symlink os.utime "
    "shutil.rmtree fcntl.flock ctypes.dlsym".split()
)
"""Python tells of these before it does them (docs.python.org, audit events table)."""

REFUSED = 3
"""The exit code of a fork whose work ended with an OutputError."""

INTERRUPTED = 130
"""That of a fork which Ctrl-C ended."""


def rounds(usually: int) -> int:
    """Give how many kills are asked for: NOTICES_KILLS=1000 for a long run."""
    return int(os.environ.get("NOTICES_KILLS", usually))


def chance() -> random.Random:
    """Give a source of chance whose seed a failing test shows."""
    seed = int(os.environ.get("NOTICES_SEED", time.time_ns()))
    print(f"NOTICES_SEED={seed}")
    return random.Random(seed)


def fork(work: Callable[[], object], said: Path) -> int:
    """Start work in a process group of its own; what it says, and a traceback, go to a file."""
    gc.freeze()  # what is not looked through for garbage need not be copied
    pid = os.fork()
    if pid:
        gc.unfreeze()
        return pid
    code = 1
    try:
        os.setsid()
        words = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(words, 1)
        os.dup2(words, 2)
        sys.stdout = os.fdopen(1, "w")
        sys.stderr = os.fdopen(2, "w", buffering=1)
        work()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except OutputError as error:
        print(error, file=sys.stderr)
        code = REFUSED
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
        os._exit(code)


def ended(pid: int) -> int:
    """Wait for a fork; gives its exit code, or minus the number of the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def kill(pid: int, *, group: bool = False) -> int:
    """End a fork as the system does that has no more memory, alone or with its own forks."""
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if group else os.kill)(pid, signal.SIGKILL)
    return ended(pid)


def disturbed(number: int, disturb: Callable[[], object], work: Callable[[], object]) -> None:
    """Do work, and disturb it right before its file operation of this number, from 1."""
    left = number

    def count(event: str, _: object) -> None:
        nonlocal left
        if event in FILE_EVENTS:
            left -= 1
            if left == 0:
                disturb()

    sys.addaudithook(count)  # stays as long as the process
    work()
    if left > 0:
        os._exit(0)


def die() -> None:
    """End this process at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def put(output: Path, files: Mapping[str, bytes]) -> None:
    """Make these files the site at a place, by the steps of every build."""
    staging = Staging(output, output.parent / "content")
    try:
        staging.open()
        for path, content in files.items():
            staging.write(path, content)
        staging.switch({"version": 2})
    finally:
        staging.close()


def mend(output: Path) -> None:
    """Do what the next build does before it reads anything, and when it ends."""
    staging = Staging(output, output.parent / "content")
    try:
        staging.open()
    finally:
        staging.close()


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder; nothing for a folder that is not there."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def without_capabilities() -> None:
    """Let root be refused what any other person is refused (capabilities(7))."""
    if os.geteuid() == 0:
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        assert ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()) == 0
