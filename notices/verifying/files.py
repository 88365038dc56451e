# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does a host serve a file of the release as it is: its bytes, its type, and compressed, too?"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote, urlsplit

import brotli

from notices import addresses, policy
from notices.hosting.headers import CONTENT_TYPES
from notices.model import Finding
from notices.spelling import is_same
from notices.verifying.expecting import Expected
from notices.verifying.fetching import Answer, Client
from notices.verifying.gathering import CONFIGURE, about
from notices.verifying.header_strength import allows_style, flaws

ENCODINGS: Final = ("gzip", "br")
_LENIENT: Final = {"text/xml": "application/xml"}
_NAMES_ITSELF: Final = frozenset({"application/xml", "application/json", "image/svg+xml"})
"""Types whose files say or know their encoding, so that the header need not."""
_PUBLISH: Final = "publish again; if it stays so, see that the host serves the release's folder."


@dataclass(frozen=True, slots=True)
class Judge:
    """What all answers of the host at ``url`` are judged by.

    ``styles`` are those of all pages, ``redirects`` where readers of retired addresses may be sent.
    ``encodings`` are those in which the host sends its front page. No file has more than
    ``largest_bytes``.
    """

    url: str
    client: Client
    headers: Mapping[str, str]
    styles: Collection[str]
    redirects: Mapping[str, str]
    largest_bytes: int
    encodings: tuple[str, ...] = ()

    def url_of(self, address: str) -> str:
        """Give the whole of an address that is relative to the site's root."""
        return addresses.absolute(self.url, address)

    def file(self, file: Expected, content: bytes | None) -> Iterator[Finding]:
        """Judge how one file is served; ``content`` is that of a page. Raises NoAnswerError."""
        answer = self.client.get(file.url, file.size)
        if 300 <= answer.status < 400:
            yield from self._redirected(file, answer)
            return
        if answer.status != HTTPStatus.OK:
            yield about(
                file.url,
                "published-missing",
                f"'{file.path}' of the release is not found here (status {answer.status}).",
                _PUBLISH,
            )
            return
        if not _holds(answer, file):
            fact = f"what is served is not '{file.path}' of the release."
            yield about(file.url, "published-changed", fact, _PUBLISH)
            return
        yield from self.answer(answer)
        yield from _type(file, answer)
        if content is not None and not allows_style(answer, policy.styles(content)):
            yield about(
                file.url,
                "style-refused",
                "the host's Content-Security-Policy forbids the page's own style.",
                "send the policy that ./run host prints, or that stands in '_headers'.",
            )
        if file.is_text:
            for encoding in self.encodings:
                yield from self._compressed(file, encoding)

    def answer(self, answer: Answer) -> Iterator[Finding]:
        """Judge what every answer has to say, whatever it is about."""
        for flaw in flaws(answer, self.headers, self.styles):
            yield about(answer.url, flaw.code, flaw.fact, CONFIGURE)
        if answer.header("Set-Cookie"):
            name = answer.header("Set-Cookie").partition("=")[0]
            yield about(
                answer.url,
                "published-cookie",
                f"the host sets a cookie ('{name}').",
                "turn off what sets it; the site needs none.",
            )

    def _redirected(self, file: Expected, answer: Answer) -> Iterator[Finding]:
        to = answer.location
        address = unquote(file.url.removeprefix(f"{self.url}/"))
        meant = self.redirects.get(address)
        if meant is not None and is_same(to.partition("#")[0], self.url_of(meant)):
            return
        where = f"another host: '{to}'" if is_away(to, self.url) else f"'{to}'"
        yield about(
            file.url,
            "published-redirect",
            f"readers of '{file.path}' are sent to {where}.",
            "remove the redirect from the host's configuration.",
        )

    def _compressed(self, file: Expected, encoding: str) -> Iterator[Finding]:
        answer = self.client.get(file.url, file.size, {"Accept-Encoding": encoding})
        given = answer.header("Content-Encoding").lower()
        if answer.status != HTTPStatus.OK or not given:
            return
        fault = ""
        if given != encoding:
            fault = f"asked for as {encoding}, it comes as {given}."
        elif not _holds(answer, file):
            fault = f"sent as {encoding}, it is another text than sent plainly."
        elif "accept-encoding" not in answer.header("Vary").lower():
            fault = f"sent as {encoding}, it comes without 'Vary: Accept-Encoding'."
        if fault:
            yield about(file.url, "published-compression", fault, CONFIGURE)


def is_away(target: str, url: str) -> bool:
    """Tell whether an address is on another host, or is none at all."""
    try:
        return urlsplit(target).hostname != urlsplit(url).hostname
    except ValueError:
        return True


def _holds(answer: Answer, file: Expected) -> bool:
    """Tell whether an answer is the file, whatever its compression."""
    return hashlib.sha256(decoded(answer, 2 * file.size)).hexdigest() == file.digest


def decoded(answer: Answer, most_bytes: int) -> bytes:
    """Undo an answer's compression; nothing where that cannot be, or is larger than it may be."""
    encoding = answer.header("Content-Encoding").lower()
    try:
        if encoding in ("", "identity"):
            return answer.body
        if encoding == "gzip":
            return zlib.decompressobj(wbits=31).decompress(answer.body, most_bytes + 1)
        if encoding == "br":
            plain = brotli.Decompressor().process(answer.body, output_buffer_limit=most_bytes + 1)
            return bytes(plain)
    except (zlib.error, brotli.error):
        pass
    return b""


def _type(file: Expected, answer: Answer) -> Iterator[Finding]:
    wanted = CONTENT_TYPES.get(file.suffix, "")
    said = answer.header("Content-Type")
    if _normal(said) == _normal(wanted) if wanted else not said.startswith("text/html"):
        return
    what = f"'{said}'" if said else "nothing"
    yield about(
        file.url,
        "published-type",
        f"a file ending in '{file.suffix}' is called {what}"
        + (f", not '{wanted}'." if wanted else "."),
        CONFIGURE,
    )


def _normal(content_type: str) -> str:
    """Write a media type (RFC 9110, section 8.3.1) in one way."""
    words = content_type.lower().replace('"', "").replace(" ", "")
    essence = _LENIENT.get(words.partition(";")[0], words.partition(";")[0])
    return essence if essence in _NAMES_ITSELF else words.replace("text/xml", essence)
