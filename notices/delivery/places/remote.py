# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder of another machine, by rsync over ssh.

It needs there: rsync, flock, and a shell with the file commands of GNU or busybox (``sha256sum``,
``mv -T``, ``stat -c``).

One connection holds the lock and takes every step but the copying. So a publisher whose connection
drops has no lock, and no means to switch any more. rsync has a connection of its own; the folder
that it fills has a name that nobody uses again.
"""

from __future__ import annotations

import math
import os
import shlex
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from notices.delivery.places.place import PlaceError, busy, nothing_yet, publisher
from notices.delivery.places.shelf import LOCK, NEW_LINK, Releases
from notices.delivery.places.shell import REFUSED, Shell, ShellError, ssh
from notices.delivery.release import Release
from notices.delivery.sums import listed
from notices.filenames import CURRENT, RELEASES, SUMS

_RSYNC: Final = (
    "rsync",
    "--recursive",
    "--checksum",
    "--perms",
    "--chmod=D0755,F0644",
    "-s",
    "--timeout=120",
)
_PROGRAMS: Final = ("rsync", "sha256sum", "flock")
_FILES_AT_ONCE: Final = 100

_OPEN: Final = f"""
refuse() {{ echo "$1"; return {REFUSED}; }}
enter() {{
    for program in {" ".join(_PROGRAMS)}
    do command -v $program >/dev/null || refuse "$program is missing there. Install it" || return
    done
    if [ -e "$place" ] && ! [ -d "$place" ]
    then refuse "$place is no folder. Name another" || return
    fi
    mkdir -p -- "$place" && cd -- "$place" || return
    if [ "$(pwd -P)" = "$(cd && pwd -P)" ]
    then refuse "$place is your home. Name a folder in it" || return
    fi
    if [ -L {RELEASES}/{LOCK} ]
    then refuse "{RELEASES}/{LOCK} is a link, and would be written to. Remove it" || return
    fi
    if [ -e {CURRENT} ] && ! [ -L {CURRENT} ]
    then refuse "{CURRENT} is no link that this program made. Move it away" || return
    fi
    if ! [ -f {RELEASES}/{LOCK} ]
    then
        if [ "$(ls -A | grep -vx {RELEASES})" ] || [ "$(ls -A {RELEASES} 2>/dev/null)" ]
        then refuse "$place holds files that this program did not put there. Name another" || return
        fi
    fi
    mkdir -p {RELEASES} && cd {RELEASES} && ( : >>{LOCK} )
}}
enter"""

_TAKE: Final = f"""
take() {{
    waited=0
    until flock -n 9
    do
        [ $waited -lt $patience ] || refuse "$(cat {LOCK})" || return
        sleep 1; waited=$((waited + 1))
    done
}}
exec 9<>{LOCK}; take"""


@dataclass(frozen=True, slots=True)
class Remote:
    """``DEST/releases/<id>`` and the link ``DEST/current`` at ``host``: ``user@host`` or a name.

    A numeric address of IPv6 has brackets, as rsync wants it and ssh does not.
    ``path`` begins with a slash.
    """

    host: str
    path: str

    @property
    def name(self) -> str:
        """What one types."""
        return f"{self.host}:{self.path}"

    @contextmanager
    def opened(self, wait_seconds: float, *, may_begin: bool = True) -> Iterator[Releases]:
        """Hold the lock of the folder for as long as the connection lasts."""
        with Shell(self.host.replace("[", "").replace("]", "")) as shell:
            path, patience = shlex.quote(self.path), math.ceil(wait_seconds)
            if not may_begin:
                try:
                    shell.run(f"[ -d {path}/{RELEASES} ]")
                except ShellError as error:
                    raise nothing_yet(self.name) from error
            shell.run(f"place={path}; patience={patience}{_OPEN}")
            try:
                shell.run(_TAKE)
            except ShellError as error:
                raise busy(self.name, error.said) from error
            shell.run(f'echo {shlex.quote(publisher())}", there process $$" >{LOCK}')
            yield Releases(_RemoteShelf(self, shell))


class _RemoteShelf:
    """The steps of ``shelf.Shelf``, in a shell that stands in ``releases``."""

    def __init__(self, place: Remote, shell: Shell) -> None:
        self.name = place.name
        self._place = place
        self._shell = shell

    def names(self) -> Sequence[str]:
        return self._shell.run("ls -A").decode(errors="replace").splitlines()

    def link(self) -> str | None:
        said = self._shell.run(f"if [ -L ../{CURRENT} ]; then readlink ../{CURRENT}; fi")
        return said.decode(errors="replace").removesuffix("\n") or None

    def read(self, name: str, path: str) -> bytes:
        file = shlex.quote(f"{name}/{path}")
        said = self._shell.run(f"if [ -f {file} ] && ! [ -L {file} ]; then echo; cat {file}; fi")
        if not said:
            raise ValueError(f"{path} is no file")
        return said[1:]

    def time_of(self, name: str, path: str) -> int:
        return int(self._shell.run(_words("stat", "-c", "%Y", "--", f"{name}/{path}")))

    def receive(self, release: Release, name: str, like: str | None) -> None:
        self._shell.run(_words("mkdir", "--", name))
        known = [f"--link-dest=../{like}"] if like else []
        where = f"{self._place.host}:{self._place.path}/{RELEASES}/{name}/"
        command = [*_RSYNC, *known, "--", f"{release.folder.absolute()}/", where]
        environment = {**os.environ, "RSYNC_RSH": shlex.join(ssh()), "LC_ALL": "C"}
        try:
            done = subprocess.run(  # noqa: S603  (no shell; the words are the operator's)
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
        except OSError as error:
            raise PlaceError(
                f"rsync cannot be started ({error.strerror}). Install it: apt install rsync"
            ) from error
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if line.strip()]
            said = "; ".join(lines[:3]) or f"rsync ended with code {done.returncode}"
            raise PlaceError(
                f"{self.name}: the release could not be copied{self._room(release)} ({said}). "
                "Mend that, and publish again."
            )

    def _room(self, release: Release) -> str:
        """Say whether the disk is full: rsync at the other end often has no time to."""
        size_bytes = sum((release.folder / path).stat().st_size for path in release.sums)
        free_kb = int(self._shell.run("df -Pk . | tail -n 1").split()[3])
        is_full = free_kb * 1000 < size_bytes
        return f", since the disk is full there, with {free_kb} kB left" if is_full else ""

    def faults(self, name: str, sums: Mapping[str, str]) -> Sequence[str]:
        try:
            if self.read(name, SUMS) != listed(sums):
                return [f"{SUMS} was changed"]
        except ValueError as error:
            return [str(error)]
        others = len(sums) + 1
        said = self._shell.run(
            f"( cd {name} && {{ sha256sum -c {SUMS} 2>/dev/null | grep -v ': OK$'; "
            "find . ! -type d | wc -l; find . -type f | wc -l; } )"
        )
        *found, entries, plain = said.decode(errors="replace").split("\n")[:-1]
        if not found and not int(entries) == int(plain) == others:
            found.append(f"it has {int(entries)} files and not {others}")
        return found

    def stamp(self, name: str, paths: Iterable[str], seconds: int) -> None:
        when = datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%d%H%M.%S")
        files = [shlex.quote(f"{name}/{path}") for path in paths]
        for start in range(0, len(files), _FILES_AT_ONCE):
            some = " ".join(files[start : start + _FILES_AT_ONCE])
            self._shell.run(f"TZ=UTC0 touch -t {when} -- {some}")

    def settle(self, name: str) -> None:
        self._shell.run(f"find {name} -exec sync {{}} +")

    def rename(self, name: str, new: str) -> None:
        self._shell.run(f"mv {name} {new} && sync .")

    def point(self, name: str) -> None:
        link = f"../{NEW_LINK}"
        make = f"rm -rf {link} && ln -s {RELEASES}/{name} {link}"
        self._shell.run(f"{make} && mv -T {link} ../{CURRENT} && sync ..")

    def remove(self, name: str) -> None:
        self._shell.run(_words("rm", "-rf", "--", name))


def _words(*words: str) -> str:
    return shlex.join(words)
