# SPDX-License-Identifier: AGPL-3.0-or-later
"""What has probably taken the place of an address or anchor that is there no more?

A guess for an editor, who knows; it is never acted upon.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence

from notices import addresses

Site = Mapping[str, Collection[str]]
"""The anchors of a site by the address at which they stand."""


def part_of(address: str) -> str:
    """Give the part of a site that an address is in: a language, two side by side, or files."""
    first, slash, rest = address.partition("/")
    if first == addresses.COMPARISONS and "/" in rest:
        return f"{first}/{rest.partition('/')[0]}/"
    return f"{first}/" if slash else ""


def of_address(address: str, before: Site, now: Site) -> str:
    """Guess it of an address: what is new, in the same part, and most like it; or nothing.

    A page that got another address has most anchors in common with the one that was there.
    """
    anchors = set(before[address])
    part = part_of(address)

    def in_common(other: str) -> float:
        shared = anchors & set(now[other])
        return len(shared) / len(anchors | set(now[other])) if shared else 0.0

    alike = [
        one for one in now if part_of(one) == part and one.endswith("/") == address.endswith("/")
    ]
    new = [one for one in alike if one not in before]
    best = max(new, key=in_common, default="")
    if best and in_common(best):
        return best
    if len(new) == 1 and not anchors and not now[best]:
        return best
    names = [[one.removeprefix(part) for one in group] for group in (new, alike)]
    near = (difflib.get_close_matches(address.removeprefix(part), group, 1) for group in names)
    return next((f"{part}{found[0]}" for found in near if found), "")


def of_anchor(anchor: str, before: Sequence[str], now: Sequence[str]) -> str:
    """Guess it of an anchor: a new one like it, or the only new one; else one beside it."""
    new = [one for one in now if one not in before]
    if near := difflib.get_close_matches(anchor, new, 1):
        return near[0]
    if len(new) == 1:
        return new[0]
    at = before.index(anchor)
    beside = (*reversed(before[:at]), *before[at:])
    return next((one for one in beside if one in now), "")
