# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which e-mail addresses, hosts, telephone numbers and postal codes stand in a text?

Each is masked where it was found, so that nothing reads its digits again as a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote

from notices.languages import primary
from notices.particulars.model import Kind, Value

_IN_NAMES: Final = "0-9A-Za-zÀ-ɏͰ-ԯ-"
"""Letters of hosts and mailboxes; scripts without spaces would run on into the next word."""

_EMAIL: Final = re.compile(
    rf"(?<![{_IN_NAMES}.+%_])[{_IN_NAMES}.+%_]++@[{_IN_NAMES}]++(?:\.[{_IN_NAMES}]++)++"
)
_URL: Final = re.compile(
    r"""(?:\bhttps?://|(?<![\w.@/-])www\.)[^\s<>"'”’)\]\u3000-\uffff]+(?<![.,;:!?])""",
    re.IGNORECASE,
)
_TELEPHONE: Final = re.compile(
    rf"""[+(0](?<![{_IN_NAMES}_+.,:/][+(0])
    (?: (?<=\+)\s?[1-9]
      | (?<=\()0
      | (?<=0)(?!\d[.:]\d\d\s?[-–]\s?\d\d[.:]\d\d(?!\d))     # no opening hours: 08.00-16.00
    )
    (?:[ \xa0\u2009\u202f()./\-–]{{0,3}}\d){{5,15}}(?![{_IN_NAMES}_])
    """,
    re.VERBOSE,
)
_POSTAL_CODES: Final = (
    re.compile(
        rf"\d(?<![{_IN_NAMES}_.,:/+]\d)\d\d[ \xa0]\d\d"
        rf"(?![{_IN_NAMES}_:%§]|[ \xa0]?\d|[.,]\d)"
    ),
    re.compile(
        rf"[A-Z](?<![{_IN_NAMES}_][A-Z])[A-Z]{{0,2}}-(?:\d{{3}}[ \xa0]\d\d|\d{{4,5}})"
        rf"(?![{_IN_NAMES}_])"
    ),
)
_HOST: Final = re.compile(r"(?:https?:)?/*(?:[^/?#\s]*@)?([^/?#:\s]+)", re.IGNORECASE)
_SHORTEST_TELEPHONE: Final = 7
_SHORTEST_COMMON_END: Final = 6


def masked(text: str, lang: str) -> tuple[str, list[Value]]:
    """Give a text without its e-mail addresses and hosts, and these."""
    found: list[Value] = []
    if "@" in text:
        text = move(_EMAIL, text, found, "email", lambda address: address.lower().rstrip("."))
    if "://" in text or "www." in text.lower():
        text = move(_URL, text, found, "host", lambda url: host_of(url, lang))
    return text, found


def masked_numbers(text: str) -> tuple[str, list[Value]]:
    """Give a text without its telephone numbers and postal codes, and these."""
    found: list[Value] = []
    if "0" in text or "+" in text:
        text = move(_TELEPHONE, text, found, "telephone", telephone)
    for pattern in _POSTAL_CODES:
        text = move(pattern, text, found, "postal-code", lambda code: re.sub(r"\D", "", code))
    return text, found


def move(
    pattern: re.Pattern[str],
    text: str,
    values: list[Value],
    kind: Kind,
    key_of: Callable[[str], str],
) -> str:
    """Move what a pattern finds into values; where it has no key, it stays in the text."""

    def take(found: re.Match[str]) -> str:
        key = key_of(found[0])
        if not key:
            return found[0]
        values.append(Value(kind, key, found[0].strip(), found.start()))
        return blank(len(found[0]))

    return pattern.sub(take, text)


def blank(length: int) -> str:
    """Give a text of that length that says nothing."""
    return f";{' ' * (length - 1)}"


def telephone(written: str) -> str:
    """Give the digits of a telephone number, without what is dialled from some places only."""
    digits = re.sub(r"\D", "", written.replace("(0)", "")).lstrip("0")
    return digits if len(digits) + 1 >= _SHORTEST_TELEPHONE else ""


def same_telephone(one: str, other: str) -> bool:
    """Tell whether two keys are one number, with the country's code and without."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short)


def end_of_telephone(key: str) -> str:
    """Give the end of a key, which it shares with every key of the same number."""
    return key[-_SHORTEST_COMMON_END:]


def email_of(address: str) -> str:
    """Give the e-mail address of a ``mailto:`` link."""
    return unquote(address.partition(":")[2].partition("?")[0]).strip().lower()


def host_of(address: str, lang: str) -> str:
    """Give the host of a web address, without ``www.`` and without a label for the language."""
    found = _HOST.match(address)
    host = found[1].lower().rstrip(".,;:!") if found else ""
    host = host.removeprefix("www.")
    first, _, rest = host.partition(".")
    return rest if "." in rest and first in {lang.lower(), primary(lang)} else host
