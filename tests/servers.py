# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real servers on loopback, and requests to them as bytes: nothing tidies these up."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.programs import needed

_PATIENCE_S = 10.0

NGINX_MAIN = """\
load_module modules/ngx_http_brotli_static_module.so;
daemon off;
{user}
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/main-error.log;
events {{ worker_connections 1024; }}
http {{
    # As Debian's nginx.conf: what a site's own file does not say is taken from here.
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log {folder}/main-access.log;
    sendfile on;
    gzip on;
    client_body_temp_path {folder}/temp;
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
    # Lets a test say where it comes from.
    set_real_ip_from 127.0.0.0/8;
    real_ip_header X-Test-Reader;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What a server said: its status, its headers (names in small letters), its body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def __getitem__(self, name: str) -> str:
        """Give a header's values, as one text; empty where there is none."""
        return ", ".join(value for key, value in self.headers if key == name.lower())


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the test's output for the test."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as a host without rules does; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    """Give a port on which nobody listens."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def asked(port: int, data: bytes, *, reader: str = "127.0.0.1") -> bytes:
    """Send bytes and give all that comes back until the server is silent."""
    found = b""
    with socket.create_connection(
        ("127.0.0.1", port), timeout=_PATIENCE_S, source_address=(reader, 0)
    ) as opened:
        try:
            opened.sendall(data)
            while part := opened.recv(65536):
                found += part
        except ConnectionError:
            pass  # it would not hear us out
    return found


def get(
    port: int,
    path: str,
    headers: Mapping[str, str] | None = None,
    *,
    method: str = "GET",
    reader: str = "127.0.0.1",
) -> Answer:
    """Ask for a path, sent as it is written."""
    said = {"Host": "example.org", "Connection": "close", **(headers or {})}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    data = "".join(f"{line}\r\n" for line in [*lines, ""])
    return parsed(asked(port, data.encode("utf-8", "surrogateescape"), reader=reader))


def parsed(data: bytes) -> Answer:
    """Take an answer apart."""
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = tuple(
        (line.partition(":")[0].lower(), line.partition(":")[2].strip()) for line in lines
    )
    if ("transfer-encoding", "chunked") in headers:
        body = b"".join(_chunks(body))
    return Answer(int(first.split(" ")[1]), headers, body)


def _chunks(data: bytes) -> Iterator[bytes]:
    while data:
        size, _, data = data.partition(b"\r\n")
        yield data[: int(size, 16)]
        data = data[int(size, 16) + 2 :]


def nginx_files(folder: Path, site: str) -> Path:
    """Write the main file around a site's own, as Debian has it."""
    (folder / "site.conf").write_text(site, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(NGINX_MAIN.format(folder=folder, user=user), encoding="utf-8")
    return main


def command(server: str, folder: Path, site: str, *, only_check: bool = False) -> list[str]:
    """Give the command that starts a server with a site's configuration, or checks that."""
    if server == "nginx":
        main = nginx_files(folder, site)
        check = ["-t"] if only_check else []
        return [needed("nginx"), *check, "-e", f"{folder}/start.log", "-c", str(main)]
    file = folder / "Caddyfile"
    file.write_text(site, encoding="utf-8")
    verb = "validate" if only_check else "run"
    return [needed("caddy"), verb, "--config", str(file), "--adapter", "caddyfile"]


def surroundings(folder: Path) -> dict[str, str]:
    """Give the environment in which servers leave nothing outside of a folder."""
    return {
        **os.environ,
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
    }


@contextmanager
def running(server: str, folder: Path, site: str, port: int) -> Iterator[None]:
    """Let a server run with a site's configuration, and end it whatever happens."""
    with (folder / "started.log").open("wb") as log:
        started = subprocess.Popen(
            command(server, folder, site), stdout=log, stderr=log, env=surroundings(folder)
        )
        try:
            wait_for(port, started, folder)
            yield
        finally:
            started.terminate()
            try:
                started.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


def wait_for(port: int, started: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until a program listens; if it does not, its logs in a folder say why."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end and started.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    said = "\n".join(log.read_text(errors="replace") for log in folder.glob("*.log"))
    raise AssertionError(f"the server did not start:\n{said}")
