# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places to publish in, for tests: a folder, a real sshd on this machine, a bare repository."""

from __future__ import annotations

import getpass
import json
import os
import shlex
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import MappingProxyType

from notices.delivery import release
from notices.delivery.places.folder import Folder
from notices.delivery.places.remote import Remote
from notices.delivery.release import Release
from tests.programs import needed
from tests.servers import free_port, wait_for

PAGES = {"index.html": "<p>Start</p>\n", "sv/a.html": "<p>Ett</p>\n", "_headers": "/*\n"}


def small_release(
    folder: Path,
    pages: Mapping[str, str | bytes],
    name: str = "release",
    says: Mapping[str, object] = MappingProxyType({}),
) -> Release:
    """Make a release of a few files, as a build would have left them."""
    site = folder / f"{name}.site"
    for path, text in {**PAGES, **pages}.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    (site / "build.json").write_text(json.dumps({"generator": "notices", "lenient": False}))
    record = {"source": {"commit": "0123456789abcdef"}, **says}
    (folder / "content").mkdir(exist_ok=True)
    return release.make(site, folder / name, [folder / "content"], record)


def whole(root: Path) -> Release:
    """Give the release that readers of a folder get, each of its files compared with its list."""
    return release.checked(root / "current")


def text_of(root: Path) -> str:
    """Give the text that tells the releases of a test apart."""
    return (root / "current/sv/a.html").read_text()


@contextmanager
def sshd(folder: Path, *, one_connection: bool = False) -> Iterator[str]:
    """Run a real sshd for this user; give the command that reaches it as the host ``there``.

    To share ``one_connection`` spares each user the half second in which keys are exchanged.
    """
    program = needed("sshd")
    needed("rsync")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # it wants that of root
    for key in ("host", "user"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True
        )
    port = free_port()
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\n"
        f"AuthorizedKeysFile {folder}/user.pub\nStrictModes no\nUsePAM no\n"
        "PasswordAuthentication no\nPermitRootLogin prohibit-password\nMaxStartups 100\n"
    )
    public = (folder / "host.pub").read_text()
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {public}")
    (folder / "ssh_config").write_text(
        f"Host there\nHostName 127.0.0.1\nPort {port}\nUser {getpass.getuser()}\n"
        f"IdentityFile {folder}/user\nIdentitiesOnly yes\nBatchMode yes\n"
        f"UserKnownHostsFile {folder}/known_hosts\nStrictHostKeyChecking yes\n"
    )
    with (folder / "sshd.log").open("wb") as log:
        server = subprocess.Popen(
            [program, "-D", "-e", "-f", folder / "sshd_config"],
            stdin=subprocess.DEVNULL,
            stderr=log,
        )
        try:
            wait_for(port, server, folder)
            ssh = ["ssh", "-F", str(folder / "ssh_config")]
            with _shared(ssh, folder / "shared") if one_connection else nullcontext():
                yield shlex.join(ssh)
        finally:
            server.kill()
            server.wait()


@contextmanager
def _shared(ssh: list[str], path: Path) -> Iterator[None]:
    """Keep a connection open that all others go through."""
    with (path.parent / "ssh_config").open("a") as file:
        file.write(f"ControlPath {path}\n")
    master = subprocess.Popen(
        [*ssh, "-M", "-N", "there"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 10
        while not path.exists() and time.monotonic() < until:
            time.sleep(0.02)
        yield
    finally:
        master.kill()
        master.wait()


def there(root: Path) -> Remote:
    """Give a folder of this machine as one that is reached by ssh."""
    return Remote("there", str(root))


def here(root: Path) -> Folder:
    """Give a folder of this machine."""
    return Folder(root)
