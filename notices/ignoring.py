# SPDX-License-Identifier: AGPL-3.0-or-later
"""``links.toml``: the addresses of other hosts that are not asked, why, and until when.

For pages that people can open and programs cannot. When nothing links there any more, or the day
has passed, the entry is a finding itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from notices.model import Finding
from notices.spelling import normalised
from notices.textfiles import read_list

LINKS_FILE: Final = "links.toml"
_TEXTS: Final = ("address", "reason")


@dataclass(frozen=True, slots=True)
class Ignored:
    """An address that is not asked, up to and with a day; one that ends in ``*`` is a beginning.

    ``path`` and ``line`` are where the editor wrote so.
    """

    address: str
    reason: str
    until: date
    path: str = LINKS_FILE
    line: int = 1

    def fits(self, address: str) -> bool:
        """Tell whether an address, as a page spells it, is meant."""
        spellings = (address, normalised(address))
        if self.address.endswith("*"):
            return any(spelling.startswith(self.address[:-1]) for spelling in spellings)
        return self.address in spellings or normalised(self.address) == spellings[1]


def read_ignored(file: Path, shown: str) -> tuple[tuple[Ignored, ...], list[Finding]]:
    """Read the ignore list of a content folder; a folder without the file ignores nothing."""
    fix = "give each [[ignore]] its address, its reason and the day until which it holds."
    entries, findings = read_list(file, shown, "ignore", "link-ignore-malformed", fix, _fault)
    ignored = tuple(
        Ignored(entry["address"].strip(), entry["reason"], entry["until"], shown, line)
        for line, entry in entries
    )
    return ignored, findings


def _fault(entry: Any) -> str:
    """Say what is wrong with an entry; nothing where it can be used."""
    if not isinstance(entry, dict):
        return "this is no entry of the list."
    for name in entry:
        if name not in (*_TEXTS, "until"):
            return f"'{name}' is not a part of an entry."
    for name in _TEXTS:
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            return f"the entry has no {name}."
    if type(entry.get("until")) is not date:
        return "the entry has no day until which it holds, such as until = 2027-06-30 (no quotes)."
    address = entry["address"].strip()
    if "*" in address[:-1]:
        return "a '*' can stand at the end of an address only."
    if not normalised(address.removesuffix("*")):
        return f"'{address}' does not begin as an address of another host: https://example.org/…"
    return ""


def applied(
    addresses: Iterable[str], ignored: Sequence[Ignored], today: date
) -> tuple[list[str], list[Finding]]:
    """Give the addresses that are to be asked today, and the findings about the list."""
    asked, findings = list(addresses), []
    left_out: set[str] = set()
    for one in ignored:
        fitting = [address for address in asked if one.fits(address)]
        if not fitting:
            code, message = "link-ignore-unmatched", f"no page links to '{one.address}'."
            fix = "remove the entry, or write the address as it stands on the page."
        elif one.until < today:
            code = "link-ignore-expired"
            message = f"'{one.address}' was to be ignored until {one.until.isoformat()}."
            fix = "open the address: if it works, remove the entry or set another day."
        else:
            left_out.update(fitting)
            continue
        findings.append(Finding(one.path, one.line, code, message, fix, "warning"))
    return [address for address in asked if address not in left_out], findings
