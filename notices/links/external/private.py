# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which hosts are nobody's business but their own network's?

A link checker that runs inside an organisation could be made to ask the machines there, by an
address on a page or by a redirect of a public host. So these are not asked unless somebody says so.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

_NAMES: Final = (".localhost", ".local", ".internal", ".home.arpa")
"""Names that no public host has (RFC 6761, RFC 6762, RFC 8375; ICANN on ``internal``)."""
_NAT64: Final = ip_network("64:ff9b::/96")
"""IPv6 addresses that a translator turns into the IPv4 address in their last four bytes."""


def is_private(host: str) -> bool:
    """Tell whether a host is inside of a private network, as far as its spelling shows.

    ``host`` is a name or an address of IPv4 or IPv6, with or without brackets, as a browser spells
    it (``127.0.0.1``, not ``0x7f.1``). Names without a dot belong to the local network.
    """
    bare = host.strip("[]").partition("%")[0].rstrip(".").lower()
    try:
        address = ip_address(bare)
    except ValueError:
        return "." not in bare or bare.endswith(_NAMES)
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64 or int(address) >> 32 == 0:  # the latter are "IPv4-compatible"
            inner = ip_address(int(address) & 0xFFFFFFFF)  # type: ignore[assignment]
        if inner is not None:
            return is_private(str(inner))
        if address.is_site_local:
            return True
    return address.is_multicast or not address.is_global


def none(_: str) -> bool:
    """Tell that a host may be asked, whichever it is."""
    return False
