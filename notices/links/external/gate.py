# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one way from lychee to other hosts: a proxy (RFC 9110, section 7.3) that may say no.

lychee's own ``--exclude-all-private`` looks at the spelling of the first address only: not at
what a name resolves to, nor at where a host redirects to. Whoever opens the connections knows both.
So lychee gets this proxy for its requests. It connects to an address only after it has looked at
it, so no answer of a name server can change in between. It also says why a host could not be
reached, which lychee's report does not tell, and ends answers that are too large.
"""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Callable
from socketserver import StreamRequestHandler, ThreadingTCPServer
from types import TracebackType
from typing import Final
from urllib.parse import urlsplit

from notices.links.external.connecting import RefusedError, connected, credentials, upstream_of
from notices.links.external.verdicts import REFUSED, Verdict

_BLOCK_BYTES: Final = 1 << 16
_LINE_BYTES: Final = 1 << 16
_LAST: Final = b"Connection: close\r\n"


class Gate(ThreadingTCPServer):
    """A proxy on a port of this machine, open while it is entered.

    ``is_private`` judges a name or an address, ``seconds`` is how long silence is borne, and
    ``page_bytes`` the most that one connection may bring. ``trouble`` is the last reason for which
    something was not let through.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, is_private: Callable[[str], bool], seconds: float, page_bytes: int) -> None:
        super().__init__(("127.0.0.1", 0), _Passage)
        self.is_private = is_private
        self.seconds = seconds
        self.page_bytes = page_bytes
        self.trouble: Verdict | None = None

    @property
    def address(self) -> str:
        """The proxy's own address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Gate:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a connection that one of its ends broke off."""


class _Passage(StreamRequestHandler):
    """One connection: a request for a tunnel (https) or for a page (http), and what follows."""

    server: Gate

    def handle(self) -> None:
        """Let the request through, or answer it with REFUSED."""
        self.connection.settimeout(self.server.seconds)
        request, head = self.rfile.readline(_LINE_BYTES).decode("latin-1"), b""
        while (line := self.rfile.readline(_LINE_BYTES)).strip():
            head += line
        method, target, version = request.split()
        is_tunnel = method == "CONNECT"
        place = urlsplit(f"https://{target}" if is_tunnel else target)
        upstream = upstream_of(place)
        try:
            far = connected(place, upstream, self.server.is_private)
        except RefusedError as refused:
            self.server.trouble = refused.verdict
            self.wfile.write(f"HTTP/1.1 {REFUSED} Refused\r\nContent-Length: 0\r\n\r\n".encode())
            return
        with far:
            if not is_tunnel:
                head += _LAST
            if upstream:
                far.sendall(request.encode("latin-1") + head + credentials(upstream) + b"\r\n")
            elif is_tunnel:
                self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                path = target.partition("://")[2].partition("/")[2]
                far.sendall(f"{method} /{path} {version}\r\n".encode("latin-1") + head + b"\r\n")
            self._pass_on(far, is_tunnel=is_tunnel)

    def _pass_on(self, far: socket.socket, *, is_tunnel: bool) -> None:
        """Carry bytes both ways until one end closes, all is silent, or it gets too much.

        A page is the last on its connection, so that the next one's host is looked at again; both
        ends are told so.
        """
        left = self.server.page_bytes
        is_begun = is_tunnel
        with selectors.DefaultSelector() as ready:
            ready.register(far, selectors.EVENT_READ, self.connection)
            ready.register(self.connection, selectors.EVENT_READ, far)
            while events := ready.select(self.server.seconds):
                for key, _ in events:
                    here: socket.socket = key.fileobj  # type: ignore[assignment]
                    if not (block := here.recv(_BLOCK_BYTES)):
                        return
                    if here is far and not is_begun:
                        status, end, rest = block.partition(b"\n")
                        block, is_begun = status + end + (_LAST if end else b"") + rest, True
                    left -= len(block) if here is far else 0
                    if left < 0:
                        megabytes = f"{self.server.page_bytes / 1_000_000:.0f} MB"
                        reason = f"it is larger than the {megabytes} that are read of a page"
                        self.server.trouble = Verdict("unknown", reason)
                        return
                    key.data.sendall(block)
