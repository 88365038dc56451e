# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./run serve``: builds in memory, serves on this machine only, builds anew after each change."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

import click

from notices import addresses, report
from notices.folder import NoContentError
from notices.preview import pages, panel
from notices.preview.builder import Builder
from notices.preview.edition import Edition
from notices.preview.watcher import Watcher
from notices.settings import Settings, SettingsError
from notices.theme import ThemeError

HOST: Final = "127.0.0.1"
EVENTS: Final = "/_preview/events"
_NAMES: Final = frozenset({HOST, "localhost", "::1"})
"""What this machine is called by a browser on it. Another name that leads here is somebody else's,
who would read drafts through their own page (DNS rebinding). The port does not matter: a tunnel has
another one, and no page chooses the name that its browser sends.
"""
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".pdf": "application/pdf",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
_KEEP_ALIVE_SECONDS: Final = 15.0


class Preview:
    """The site as last read. ``version`` changes with every edition, and between two starts.

    ``trouble`` says what keeps a new edition from being made; the last one is still shown then.
    """

    def __init__(self, read_settings: Callable[[], Settings], watcher: Watcher) -> None:
        self._read_settings = read_settings
        self._watcher = watcher
        self._number = 0
        self._start = time.time_ns()
        self._builder = Builder()
        self._told: set[str] = set()
        self.address = ""
        self.edition: Edition | None = None
        self.trouble = ""
        self.changed = threading.Condition()

    @property
    def version(self) -> str:
        """Name the edition that is shown."""
        return f"{self._start}.{self._number}"

    def build(self) -> None:
        """Read the site anew, drafts too and in spite of findings, and tell what is wrong."""
        started = time.monotonic()
        edition, trouble = None, ""
        try:
            settings = replace(self._read_settings(), site_url=self.address)
            self._watcher.follow(settings)
            edition = self._builder.edition(settings)
        except (SettingsError, NoContentError, ThemeError, OSError) as error:
            trouble = str(error)
        except Exception as error:  # a preview outlives whatever an editor types
            trouble = f"{type(error).__name__}: {error}"
        with self.changed:
            self.edition = edition or self.edition
            self.trouble = trouble
            self._number += 1
            self._told.clear()
            self.changed.notify_all()
        if edition is None:
            self.tell(trouble)
            return
        if edition.findings:
            click.echo(report.text(edition.findings))
        number = sum(path.endswith(".html") for path in edition.files())
        seconds = time.monotonic() - started
        click.echo(f"{number} pages, {report.counted(edition.findings)}, {seconds:.2f} s.")

    def tell(self, trouble: str) -> None:
        """Say in the terminal, once until the next reading, why pages are not as the files are."""
        with self.changed:
            is_news = trouble not in self._told
            self._told.add(trouble)
        if is_news:
            lines = "\n".join(map(report.seen, trouble.split("\n")))
            click.echo(f"{lines}\nThe last pages are still shown.")


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else a body waits until the browser has confirmed its head

    def do_GET(self) -> None:
        try:
            path = unquote(urlsplit(self.path).path)
        except ValueError:  # http://[
            self._send(400, ".txt", b"This is no address.\n")
            return
        preview = self.server.preview
        with preview.changed:
            edition, trouble, version = preview.edition, preview.trouble, preview.version
        if not self._is_for_this_machine():
            self._send(421, ".txt", b"This is the preview of a site, on 127.0.0.1 alone.\n")
        elif path == EVENTS:
            self._tell_events()
        elif path.startswith(pages.ROOT) and (
            found := pages.answer(path, edition, trouble, version)
        ):
            self._send(200, *found)
        else:
            self._send_page(path.lstrip("/"), edition, trouble, version)

    do_HEAD = do_GET  # noqa: N815

    def _is_for_this_machine(self) -> bool:
        """Tell whether the request names this machine (421: RFC 9110, section 15.5.20)."""
        try:
            return urlsplit(f"//{self.headers['Host']}").hostname in _NAMES
        except ValueError:
            return False

    def _send_page(self, path: str, edition: Edition | None, trouble: str, version: str) -> None:
        files = edition.files() if edition else frozenset()
        file = addresses.file_of(path)
        if edition and file not in files and f"{path}/index.html" in files:
            self._send(302, ".html", b"", location=f"/{quote(path)}/")
            return
        own = addresses.not_found_in(path.partition("/")[0])
        shown = file if file in files else own if own in files else addresses.NOT_FOUND
        content = None
        try:
            if edition:
                content, fault = edition.file(shown), edition.fault(shown)
                trouble = trouble or fault
        except (ThemeError, OSError) as error:
            trouble = str(error)
        if trouble:
            self.server.preview.tell(trouble)
        kind = Path(shown).suffix
        if content is None or edition is None:
            kind, content = ".html", pages.alone(edition, trouble, version)
        elif kind == ".html":
            content = panel.on(content, edition, trouble, file, version)
        self._send(200 if file in files else 404, kind, content)

    def _send(self, status: int, kind: str, body: bytes, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", _TYPES.get(kind, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _tell_events(self) -> None:
        """Send the version now and after each build (server-sent events, WHATWG HTML 9.2)."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 500\n\n")
        preview, told = self.server.preview, ""
        while True:
            with preview.changed:
                if told == preview.version:
                    preview.changed.wait(_KEEP_ALIVE_SECONDS)
                news, told = preview.version != told, preview.version
            self.wfile.write(f"data: {told}\n\n".encode() if news else b": still here\n\n")
            self.wfile.flush()

    def handle(self) -> None:
        """Answer a connection, until its reader goes to another page."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the terminal for findings."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, preview: Preview) -> None:
        self.preview = preview
        super().__init__((HOST, port), _Handler)


def serve(read_settings: Callable[[], Settings], port: int) -> None:
    """Serve until interrupted. Raises SettingsError for settings or a port that cannot be used."""
    watcher = Watcher(read_settings())
    preview = Preview(read_settings, watcher)
    try:
        server = _Server(port, preview)
    except OSError as error:
        raise SettingsError(
            f"--port: {port} cannot be used ({error.strerror}); try another, such as "
            f"--port {port + 1 if 0 < port < 65535 else 8001}."
        ) from error
    preview.address = f"http://{HOST}:{server.server_port}"
    preview.build()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"The site is at {preview.address}/ (Ctrl-C ends it).")
    try:
        while True:
            watcher.wait()
            preview.build()
    except KeyboardInterrupt:
        click.echo("\nThe preview has ended.")
    finally:
        watcher.stop()
        server.shutdown()
