# SPDX-License-Identifier: AGPL-3.0-or-later
"""What does lychee's answer about one address mean for a link to it?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Final, Literal
from urllib.parse import unquote

MAX_REDIRECTS: Final = 10
REFUSED: Final = 471
"""The gate's answer in place of a host's: a status code that no standard gives a meaning."""
UNREAD: Final = "unread"
"""In place of a part of lychee's report: the page could not be read to the end."""

_PERMANENT: Final = (301, 308)
_GONE: Final = (404, 410)
_CERTIFICATE: Final = re.compile(
    r"failed to verify TLS certificate: invalid peer certificate: (.+)"
)
_CERTIFICATES: Final = {
    "expired": "has expired",
    "notvalidyet": "is not valid yet",
    "notvalidforname": "is that of another host",
    "unknownissuer": "comes from an issuer that is not known",
    "revoked": "was revoked",
}
"""What lychee says of a certificate, without spaces and capitals, and what we say."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of an address, and why.

    ``to`` is where it has moved for good. ``then`` says what to do about its host: ask ``again``
    since this may pass, note that it is ``slow``, or ``leave`` it in peace.
    """

    state: Literal["fine", "broken", "moved", "unknown"]
    reason: str = ""
    to: str = ""
    then: Literal["", "again", "slow", "leave"] = ""


FINE: Final = Verdict("fine")


def no_answer(seconds: float) -> Verdict:
    """Give the verdict on an address that kept us waiting."""
    return Verdict("unknown", f"no answer within {seconds:g} seconds", then="slow")


@dataclass(frozen=True, slots=True)
class Context:
    """What else is known of a run of lychee.

    ``seconds`` is how long an answer was waited for, ``trouble`` what the gate did not let through,
    ``log`` what lychee wrote besides its report.
    """

    seconds: float
    trouble: Verdict | None = None
    log: str = ""


def of_answer(address: str, entry: Mapping[str, Any], context: Context) -> Verdict:
    """Judge an entry of lychee's report; ``address`` is the one that was asked, normalised.

    The entry's ``map`` is the part of the report that it comes from.
    """
    if entry["map"] == "excluded_map":
        return Verdict("unknown", "lychee, which asks other hosts for us, never asks this one")
    hops = [(hop["code"], hop["url"]) for hop in entry.get("redirects", {}).get("redirects", ())]
    if entry["map"] == "success_map":
        return _moved(address, hops)
    code = entry["status"].get("code")
    if code is not None and 300 <= code < 400 and len(hops) >= MAX_REDIRECTS:
        is_circle = len({address, *(url for _, url in hops)}) <= len(hops)
        times = f"more than {MAX_REDIRECTS} times"
        return Verdict("broken", f"it redirects {'in a circle' if is_circle else times}")
    if context.trouble and code in (None, REFUSED):
        verdict = context.trouble
    elif entry["map"] == "timeout_map":
        verdict = no_answer(context.seconds)
    elif entry["map"] == UNREAD:
        verdict = Verdict("unknown", "the page could not be read to its end")
    elif code is not None:
        verdict = _of_code(code)
    else:
        verdict = _of_text(address, entry["status"], context.log)
    if hops:
        return replace(verdict, reason=f"it redirects to {hops[-1][1]}: {verdict.reason}")
    return verdict


def _moved(address: str, hops: list[tuple[int, str]]) -> Verdict:
    """Follow the redirects for good, up to the first that is for now (RFC 9110, section 15.4)."""
    to = address
    for code, url in hops:
        if code not in _PERMANENT:
            break
        to = url
    return FINE if to == address else Verdict("moved", "it has moved for good", to)


def _of_code(code: int) -> Verdict:
    """Judge a status code (RFC 9110, section 15) that is no success."""
    try:
        reason = f"the host answers {code} {HTTPStatus(code).phrase}"
    except ValueError:
        reason = f"the host answers {code}"
    if code in _GONE:
        return Verdict("broken", reason)
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return Verdict("unknown", "the host asks to be left in peace (429)", then="leave")
    return Verdict("unknown", reason, then="again" if code >= 500 else "")


def _of_text(address: str, status: Mapping[str, Any], log: str) -> Verdict:
    """Judge what lychee says where there was no status code."""
    text = str(status.get("details") or status.get("text"))
    if "Cannot find fragment" in text:
        fragment = unquote(address.partition("#")[2])
        return Verdict("broken", f"the page has no anchor '{fragment}'")
    if found := _CERTIFICATE.search(log):
        words = found[1].replace(" ", "").lower()
        fault = next(
            (said for name, said in _CERTIFICATES.items() if name in words), "is not valid"
        )
        return Verdict("broken", f"the host's certificate {fault}")
    if "closed" in text or "reset" in text:
        return Verdict("unknown", "the host breaks the connection off", then="again")
    return Verdict("unknown", f"the connection failed ({text})", then="again")
