# SPDX-License-Identifier: AGPL-3.0-or-later
"""Can this host be connected to, may it be, and by which way?"""

from __future__ import annotations

import socket
from base64 import b64encode
from collections.abc import Callable
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from notices.links.external.verdicts import Verdict

PRIVATE: Final = Verdict("unknown", "it is in a private network, where nothing is asked")
NO_SUCH_HOST: Final = Verdict("broken", "there is no such host")

_CONNECT_SECONDS: Final = 5.0
_PORTS: Final = {"http": 80, "https": 443}
_UNKNOWN_NAME: Final = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


class RefusedError(Exception):
    """There is no connection, and the verdict says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


def connected(
    address: SplitResult, upstream: SplitResult | None, is_private: Callable[[str], bool]
) -> socket.socket:
    """Connect to the host of an address, or to the proxy before it; raises RefusedError.

    The name is looked up once, and what was looked at is what is connected to. Where a proxy stands
    before the host the proxy looks names up, so one that is not known here is left to it.
    """
    host, port = address.hostname or "", address.port or _PORTS[address.scheme]
    if is_private(host):
        raise RefusedError(PRIVATE)
    try:
        places = _places(host, port)
    except RefusedError:
        if not upstream:
            raise
        places = []
    if any(is_private(place) for place in places):
        raise RefusedError(PRIVATE)
    if upstream:
        port = upstream.port or _PORTS["http"]
        places = _places(upstream.hostname or "", port)
    verdict = NO_SUCH_HOST
    for place in places:
        try:
            return socket.create_connection((place, port), _CONNECT_SECONDS)
        except ConnectionRefusedError:
            verdict = Verdict("unknown", "the host refuses the connection", then="again")
        except OSError as error:
            reason = f"the host cannot be reached ({error.strerror or error})"
            verdict = Verdict("unknown", reason, then="slow")
    raise RefusedError(verdict)


def _places(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a name that no name server takes
        raise RefusedError(NO_SUCH_HOST) from error
    except socket.gaierror as error:
        if error.errno in _UNKNOWN_NAME:
            raise RefusedError(NO_SUCH_HOST) from error
        reason = f"its host cannot be looked up ({error.strerror})"
        raise RefusedError(Verdict("unknown", reason, then="again")) from error
    return [str(place[0]) for *_, place in found]


def upstream_of(address: SplitResult) -> SplitResult | None:
    """Give the proxy that the environment wants between this machine and a host."""
    proxies = getproxies()
    proxy = proxies.get(address.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(address.hostname or ""):
        return None
    return urlsplit(proxy if "://" in proxy else f"http://{proxy}")


def credentials(upstream: SplitResult) -> bytes:
    """Give the line with which a request shows a proxy its name and password (RFC 7617)."""
    if upstream.username is None:
        return b""
    pair = f"{unquote(upstream.username)}:{unquote(upstream.password or '')}"
    return b"Proxy-Authorization: Basic " + b64encode(pair.encode()) + b"\r\n"
