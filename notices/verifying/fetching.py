# SPDX-License-Identifier: AGPL-3.0-or-later
"""What does a host answer for one address? In bounded time and memory, and with some patience.

The standard library's client follows no redirect, decompresses nothing and stores no cookie: what
it gives is what the host said. A host that is busy (429 and 5xx; RFC 6585 section 4, RFC 9110
section 15.6) is asked again, after the time that it asks for (``Retry-After``, section 10.2.3).
"""

from __future__ import annotations

import contextlib
import email.utils
import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final, TypeVar
from urllib.parse import urljoin, urlsplit

Job = TypeVar("Job")
Result = TypeVar("Result")

_NAME: Final = "notices-verify"
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_NO_ANSWER: Final = (OSError, HTTPException, ValueError, OverflowError)
"""What goes wrong with an answer, or with an address that a host made up (a port above 65535)."""


class NoAnswerError(Exception):
    """There was no whole answer; the message says why, as a part of a sentence."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much patience there is with a host, and how much of it is asked at once."""

    answer_seconds: float = 20.0
    tries: int = 3
    pause_seconds: float = 1.0
    longest_pause_seconds: float = 30.0
    spare_bytes: int = 65_536
    connections: int = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered for ``url``; ``body`` is as it was sent."""

    url: str
    status: int
    headers: Message
    body: bytes

    def header(self, name: str) -> str:
        """Give all values of a header as one (RFC 9110, section 5.3); empty where it is absent."""
        return ", ".join(map(str, self.headers.get_all(name, [])))

    @property
    def digest(self) -> str:
        """The SHA-256 of the body, as hexadecimal digits."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def location(self) -> str:
        """The whole address that a redirect leads to; as it was sent where it is no address."""
        sent = self.header("Location")
        try:
            return urljoin(self.url, sent)
        except ValueError:
            return sent


class _Kept(threading.local):
    """A thread's own connections, by scheme and host: http and https are two of them."""

    def __init__(self) -> None:
        self.connections: dict[tuple[str, str], HTTPConnection] = {}


class Client:
    """Asks hosts, over one connection for each thread."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._tls = ssl.create_default_context()
        self._kept = _Kept()

    def get(
        self,
        url: str,
        expected_bytes: int = 0,
        headers: Mapping[str, str] | None = None,
        *,
        tries: int | None = None,
    ) -> Answer:
        """Ask for an address; raises NoAnswerError.

        An answer that is more than twice as long as expected is not read to its end.
        """
        tries = tries or self.limits.tries
        most = 2 * expected_bytes + self.limits.spare_bytes
        asked = {"User-Agent": _NAME, "Accept-Encoding": "identity", **(headers or {})}
        for number in range(1, tries + 1):
            is_last = number == tries
            try:
                answer = self._once(url, asked, most)
            except NoAnswerError:
                raise
            except _NO_ANSWER as error:
                if is_last or isinstance(error, ssl.SSLCertVerificationError):
                    raise NoAnswerError(_reason(error)) from error
                time.sleep(self.limits.pause_seconds)
                continue
            if answer.status not in _BUSY:
                return answer
            pause = _asked_pause(answer, self.limits.pause_seconds)
            if is_last or pause > self.limits.longest_pause_seconds:
                raise NoAnswerError(f"the host is in trouble or busy (status {answer.status})")
            time.sleep(pause)
        raise AssertionError("the last try gives or raises")

    def in_order(self, function: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
        """Give the function's result for each job, in the jobs' order, with several under way.

        What has not begun when somebody stops it never does.
        """
        pool = ThreadPoolExecutor(self.limits.connections)
        try:
            yield from pool.map(function, jobs)
        finally:
            pool.shutdown(cancel_futures=True)

    def _once(self, url: str, headers: Mapping[str, str], most: int) -> Answer:
        scheme, host = urlsplit(url)[:2]
        if kept := self._kept.connections.pop((scheme, host), None):
            try:
                return self._said(kept, url, headers, most)
            except (OSError, HTTPException, ValueError):
                pass  # the host has closed a connection that was idle: that is its right
        return self._said(self._connected(scheme, host), url, headers, most)

    def _connected(self, scheme: str, host: str) -> HTTPConnection:
        seconds = self.limits.answer_seconds
        if scheme == "https":
            connection: HTTPConnection = HTTPSConnection(host, timeout=seconds, context=self._tls)
        else:
            connection = HTTPConnection(host, timeout=seconds)
        connection.connect()
        return connection

    def _said(
        self, connection: HTTPConnection, url: str, headers: Mapping[str, str], most: int
    ) -> Answer:
        """Ask over a connection that is open, and keep it if it can be used again."""
        parts = urlsplit(url)
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        deadline = _Deadline(self.limits.answer_seconds)
        is_kept = False
        try:
            deadline.ends(connection.sock)
            connection.request("GET", path, headers=dict(headers))
            response = connection.getresponse()
            body = bytearray(most + 1)  # read() would obey a chunk of size -1, and never end
            del body[response.readinto(body) :]
            if deadline.is_over:
                raise TimeoutError
            if len(body) > most:
                raise NoAnswerError(f"the answer does not end within {most:,} bytes")
            if response.length:
                raise NoAnswerError("the answer breaks off before its end")
            is_kept = response.isclosed() and bool(connection.sock)
            return Answer(url, response.status, response.headers, bytes(body))
        except _NO_ANSWER as error:
            if deadline.is_over:
                seconds = f"{self.limits.answer_seconds:g}"
                raise NoAnswerError(f"no whole answer came within {seconds} seconds") from error
            raise
        finally:
            deadline.cancel()
            if is_kept:
                self._kept.connections[parts.scheme, parts.netloc] = connection
            else:
                connection.close()


class _Deadline:
    """Ends a conversation: a timeout of a socket begins anew with each byte of a slow host."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def ends(self, opened: socket.socket) -> None:
        """Begin to wait; a connection forgets its socket while an answer is still read from it."""
        self._socket = opened
        self._timer.start()

    def cancel(self) -> None:
        """Let the conversation be."""
        self._timer.cancel()

    def _end(self) -> None:
        self.is_over = True
        with contextlib.suppress(OSError):
            assert self._socket is not None
            self._socket.shutdown(socket.SHUT_RDWR)


def _asked_pause(answer: Answer, usual_seconds: float) -> float:
    """Give the seconds that a busy host asks to be left in peace."""
    wanted = answer.header("Retry-After").strip()
    if wanted.isascii() and wanted.isdigit():
        return float(wanted[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(wanted).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return usual_seconds


def _reason(error: Exception) -> str:
    """Say in words why there was no answer."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return f"no encrypted connection comes about ({error.reason or error})"
    if isinstance(error, TimeoutError):
        return "no answer came in time"
    if isinstance(error, socket.gaierror):
        return "there is no host of that name, or no network"
    if isinstance(error, OSError):
        return f"{error.strerror or error}"
    return f"the answer is not HTTP ({type(error).__name__})"
