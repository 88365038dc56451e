# SPDX-License-Identifier: AGPL-3.0-or-later
"""A POSIX shell on another machine, over one ssh connection that lasts as long as the work does.

What the shell holds (a lock) is let go when the connection ends, however it ends: it reads its
commands from the connection, and finds no more of them.
"""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Final

from notices.delivery.places.place import PlaceError

_PATIENCE: Final = ("-o", "ConnectTimeout=30", "-o", "ServerAliveInterval=15")
_SHOWN_LINES: Final = 3
_MOST_BYTES: Final = 50_000_000
"""What is read of one answer: a release's list of files is the longest, and far shorter."""

REFUSED: Final = 3
"""The exit code of commands that say themselves what to do."""


class ShellError(PlaceError):
    """A command on the other machine failed; ``said`` is what it printed."""

    def __init__(self, host: str, said: str, code: int) -> None:
        advice = "" if code == REFUSED else " Mend that there, and start this again."
        super().__init__(f"{host}: {_end_of(said) or f'a command failed ({code})'}.{advice}")
        self.said = said


def ssh() -> list[str]:
    """Give the command that reaches other machines; ssh takes the first value of an option."""
    chosen = _chosen()
    return [*chosen, *_PATIENCE] if Path(chosen[0]).name == "ssh" else chosen


def _chosen() -> list[str]:
    """Give the command that somebody has chosen: rsync's variable says which (rsync(1))."""
    try:
        return shlex.split(os.environ.get("RSYNC_RSH", "")) or ["ssh"]
    except ValueError as error:
        raise PlaceError(f"RSYNC_RSH: {error}. Write a command there, such as ssh.") from error


class Shell:
    """A shell at ``host``; a context manager. All that it is asked may raise PlaceError."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as the shell)
        try:
            self._process = subprocess.Popen(  # noqa: S603  (the operator's own command and host)
                [*ssh(), host, "exec sh"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                bufsize=0,
            )
        except OSError as error:
            self._said.close()
            raise PlaceError(
                f"{ssh()[0]} cannot be started ({error.strerror}). Install an ssh client (Debian: "
                "apt install openssh-client), or mend RSYNC_RSH."
            ) from error
        try:
            self.run("umask 022; LC_ALL=C; export LC_ALL")
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def __enter__(self) -> Shell:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the connection; the shell ends with it."""
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._said.close()

    def run(self, script: str) -> bytes:
        """Run commands in the shell itself and give what they print; raises ShellError.

        They cannot read what is sent after them; what they print is told apart by a mark.
        """
        mark = secrets.token_hex(8)
        pipe_in, pipe_out = self._process.stdin, self._process.stdout
        assert pipe_in is not None and pipe_out is not None
        text = f"echo {mark}\n{{ {script}\n}} </dev/null 2>&1\nprintf '{mark} %s\\n' \"$?\"\n"
        try:
            pipe_in.write(text.encode())
        except OSError as error:
            raise self._ended() from error
        heard = bytearray()
        while not heard.endswith(b"\n") or f"{mark} ".encode() not in heard:
            more = os.read(pipe_out.fileno(), 1 << 16)
            if not more:
                raise self._ended()
            heard += more
            if len(heard) > _MOST_BYTES:
                self._process.kill()
                raise PlaceError(
                    f"{self._host}: what is printed there has no end. See what the user's shell "
                    "does when it starts (~/.bashrc)."
                )
        printed, _, code = (
            bytes(heard).partition(f"{mark}\n".encode())[2].rpartition(f"{mark} ".encode())
        )
        if not code.strip().isdigit():
            raise PlaceError(
                f"{self._host}: what answers there is no shell. See that the user may log in, and "
                "that no command is laid down for this key (~/.ssh/authorized_keys)."
            )
        if int(code):
            raise ShellError(self._host, printed.decode(errors="replace"), int(code))
        return printed

    def _ended(self) -> PlaceError:
        """Say that the connection is gone, and what ssh said of it."""
        self._process.wait()
        self._said.seek(0)
        said = _end_of(self._said.read().decode(errors="replace"))
        return PlaceError(
            f"{self._host}: the connection ended{f' ({said})' if said else ''}. See that "
            f"'{shlex.join([*_chosen(), self._host])}' works, then start this again."
        )


def _end_of(said: str) -> str:
    """Give the last lines of what was printed, as a part of a sentence."""
    lines = [line.strip() for line in said.split("\n") if line.strip()]
    return "; ".join(lines[-_SHOWN_LINES:])
