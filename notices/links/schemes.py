# SPDX-License-Identifier: AGPL-3.0-or-later
"""May an address that is none of the web be one, and is it written as its scheme wants?"""

from __future__ import annotations

import difflib
import re
from typing import Final
from urllib.parse import unquote

import ada_url

from notices.links.model import Target
from notices.links.resolving import tidy

_KNOWN: Final = frozenset(
    "mailto tel sms data blob about cid geo xmpp sip sips irc ircs news ftp ftps sftp "
    "ssh git svn webcal magnet bitcoin whatsapp tg signal skype facetime facetime-audio maps "
    "market itms-apps intent android-app ios-app matrix urn feed view-source".split()
)
"""Schemes that a page may name; most stand in IANA's list (RFC 7595)."""

_OF_SITES: Final = "web+"
"""What a site may open with a page of its own (HTML, section 8.10.3)."""

_LOCAL_PART: Final = re.compile(
    r"""[^\s"(),:;<>@\[\\\]]+|"(?:[^"\\]|\\.)+\"""",
)
_SHORT: Final = 6
"""Numbers of so few digits, such as 112, have no international form."""

_HEADER: Final = re.compile(r"[A-Za-z0-9-]+=[^=&]*")
_NUMBER: Final = re.compile(r"\+[-.()]*[0-9][-.()0-9]*|[-.()]*[*#A-Fa-f0-9][-.()*#A-Fa-f0-9]*")
_PARAMETER: Final = re.compile(r"[A-Za-z0-9-]+(?:=[^;=]+)?")


def fault(value: str, target: Target) -> tuple[str, str, str] | None:
    """Say what is wrong with an address of another scheme: code, message and repair."""
    rest = tidy(value).partition(":")[2]
    match target.scheme:
        case "javascript" | "vbscript":
            return (
                "javascript-address",
                "this link is a program, and does nothing for readers whose browser runs none.",
                "link to a page instead.",
            )
        case "mailto":
            if reason := _fault_of_mail(rest):
                return (
                    "mailto-malformed",
                    f"'{value}' opens no letter: {reason}",
                    "write it as mailto:name@example.org.",
                )
        case "tel":
            if reason := _fault_of_number(rest):
                return (
                    "tel-malformed",
                    f"'{value}' cannot be dialled: {reason}",
                    "write it as tel:+46812345678, with the country's code and no spaces.",
                )
        case scheme if scheme not in _KNOWN and not scheme.startswith(_OF_SITES):
            near = difflib.get_close_matches(scheme[:20], ("https", "http", "mailto", "tel"), 1)
            return (
                "scheme-unknown",
                f"'{value}' begins with '{scheme}:', which no reader's browser can open.",
                f"did you mean '{near[0]}:'?"
                if near
                else "put the file into the site and link to it there, or remove the link.",
            )
    return None


def _fault_of_mail(rest: str) -> str:
    """Check what follows ``mailto:`` (RFC 6068, section 2)."""
    written, mark, headers = rest.partition("#")[0].partition("?")
    if re.search(r"\s|%(?![0-9A-Fa-f]{2})", rest):
        return "it holds a space, or a % that stands for nothing."
    if rest.startswith("//"):
        return "no slashes stand before an e-mail address."
    if not written and not re.search(r"(?:^|&)to=[^&]", headers, re.IGNORECASE):
        return "nobody is named."
    for address in written.split(",") if written else ():
        local, at, host = unquote(address).rpartition("@")
        if not at or not _LOCAL_PART.fullmatch(local) or local.startswith(".") or ".." in local:
            return f"'{unquote(address)}' is no e-mail address."
        if not _is_host(host):
            return f"'{host}' is no name of a host."
    if mark and not all(_HEADER.fullmatch(header) for header in headers.split("&")):
        return "what follows the question mark is not name=value."
    return ""


def _is_host(host: str) -> bool:
    if host.startswith("[") and host.endswith("]"):
        return True
    try:
        name = ada_url.URL(f"https://{host}/").hostname
    except ValueError:
        return False
    labels = name.removesuffix(".").split(".")
    return all(re.fullmatch(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)", label) for label in labels)


def _fault_of_number(rest: str) -> str:
    """Check what follows ``tel:`` (RFC 3966, section 3)."""
    number, *parameters = rest.replace("%23", "#").split(";")
    if re.search(r"\s", rest):
        return "it holds a space."
    if not _NUMBER.fullmatch(number):
        return f"'{number}' is no telephone number."
    if not all(_PARAMETER.fullmatch(parameter) for parameter in parameters):
        return "what follows the semicolon is not name=value."
    is_short = len(re.sub(r"\D", "", number)) <= _SHORT
    if not (number.startswith("+") or is_short) and not any(
        p.startswith("phone-context=") for p in parameters
    ):
        return "it has no country code (such as +46), so it can be dialled in one country only."
    return ""
