# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small host of a release that does everything right, and that a test can make wrong."""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from notices.delivery.sums import listed
from notices.filenames import SUMS
from notices.hosting import headers

TOUCHED = "Mon, 02 Mar 2026 10:00:00 GMT"


@dataclass
class Reply:
    """What is answered; ``breaks_off`` promises more bytes than come."""

    status: int
    headers: dict[str, str]
    body: bytes = b""
    breaks_off: bool = False


@dataclass(frozen=True)
class Asked:
    """What was asked, with the address relative to the site's root."""

    address: str
    headers: dict[str, str]

    @property
    def encoding(self) -> str:
        """The compressed form that was asked for."""
        return self.headers.get("accept-encoding", "")


Change = Callable[[Asked, Reply], Reply | None]


@dataclass
class Host:
    """Serves a folder. ``change`` may give another reply; None ends the connection."""

    folder: Path
    base: str = ""
    change: Change = lambda asked, reply: reply
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def reply(self, asked: Asked) -> Reply:
        """Answer as a host should."""
        name = asked.address
        said = {**headers.of_site(), "Last-Modified": TOUCHED, "Vary": "Accept-Encoding"}
        file = self.folder / name / "index.html" if name[-1:] in ("", "/") else self.folder / name
        if (self.folder / name / "index.html").is_file() and name and not name.endswith("/"):
            return Reply(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"{self.base}/{name}/"})
        is_hidden = any(part.startswith(".") for part in name.split("/"))
        status = HTTPStatus.OK
        if is_hidden or not file.is_file():
            own = self.folder / name.split("/")[0] / "404.html"
            file = own if own.is_file() else self.folder / "404.html"
            status = HTTPStatus.NOT_FOUND
        body = file.read_bytes()
        said["ETag"] = f'"{hashlib.sha256(body).hexdigest()}"'
        said["Content-Type"] = headers.CONTENT_TYPES[file.suffix]
        if asked.headers.get("if-none-match") == said["ETag"]:
            return Reply(HTTPStatus.NOT_MODIFIED, said)
        for encoding, ending in (("gzip", ".gz"), ("br", ".br")):
            packed = file.with_name(file.name + ending)
            if encoding in asked.encoding and packed.is_file():
                return Reply(status, {**said, "Content-Encoding": encoding}, packed.read_bytes())
        return Reply(status, said, body)


def handler_of(host: Host) -> type[http.server.BaseHTTPRequestHandler]:
    """Make what the standard library's server calls for each request."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            address = path.removeprefix(f"{unquote(host.base)}/")
            said = {name.lower(): value for name, value in self.headers.items()}
            host.asked.append(address)
            asked = Asked(address, said)
            usual = host.reply(asked)
            if path == unquote(host.base):
                usual = Reply(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"{host.base}/"})
            reply = host.change(asked, usual)
            if reply is None:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            length = len(reply.body) * (2 if reply.breaks_off else 1)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(reply.body)
            self.close_connection = self.close_connection or reply.breaks_off

        def handle(self) -> None:
            with contextlib.suppress(OSError):
                super().handle()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    return Handler


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over a client that goes away."""


@contextmanager
def serving(host: Host, certificate: Path | None = None) -> Iterator[Host]:
    """Start the host on a free port of this machine; with a certificate, over TLS."""
    server = _Server(("127.0.0.1", 0), handler_of(host))
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    scheme = "https" if certificate else "http"
    host.address = f"{scheme}://127.0.0.1:{server.server_port}{host.base}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


def summed(folder: Path) -> None:
    """Write ``SHA256SUMS`` anew, after a change of a release."""
    sums = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.name != SUMS
    }
    (folder / SUMS).write_bytes(listed(sums))
