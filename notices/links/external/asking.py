# SPDX-License-Identifier: AGPL-3.0-or-later
"""What has become of the pages at these addresses?

Hosts are asked side by side, and the pages of one host in turn (``hosts``).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import ada_url

from notices.links.external import lychee, private
from notices.links.external.connecting import NO_SUCH_HOST, PRIVATE
from notices.links.external.hosts import RESERVED_NAME, Asker, Limits
from notices.links.external.verdicts import Verdict
from notices.spelling import normalised

_NO_ADDRESS: Final = Verdict("broken", "no browser can make out a host in it")
_OFFLINE: Final = Verdict("unknown", "no host at all was found, so this machine may be offline")


def ask(
    addresses: Sequence[str],
    limits: Limits | None = None,
    is_private: Callable[[str], bool] = private.is_private,
) -> Mapping[str, Verdict]:
    """Give a verdict on each absolute address; raises lychee.NotInstalledError.

    ``is_private`` tells of a name or an address whether nothing is to be sent there.
    """
    limits = limits or Limits()
    spelled = {address: normalised(address) for address in addresses}
    hosts: dict[str, dict[str, list[str]]] = {}
    for address in dict.fromkeys(filter(None, spelled.values())):
        host = str(ada_url.URL(address).hostname)
        of_page = hosts.setdefault(host, {}).setdefault(address.partition("#")[0], [])
        if "#" in address:
            of_page.append(address)
    asker = Asker(
        lychee.find(),
        limits,
        is_private,
        time.monotonic() + limits.seconds_for(sum(map(len, hosts.values()))),
        threading.Event(),
    )
    found: dict[str, Verdict] = {"": _NO_ADDRESS}
    pool = ThreadPoolExecutor(limits.hosts_at_once)
    try:
        for of_host in pool.map(asker.host, hosts, hosts.values()):
            found |= of_host
    finally:
        asker.stopped.set()
        pool.shutdown(cancel_futures=True)
    given = {address: found[spelling] for address, spelling in spelled.items()}
    lost = [pages for pages in hosts.values() if all(found[one] == NO_SUCH_HOST for one in pages)]
    heard = set(given.values()) - {NO_SUCH_HOST, RESERVED_NAME, PRIVATE, _NO_ADDRESS}
    if len(lost) < 2 or heard:
        return given
    return {one: _OFFLINE if said == NO_SUCH_HOST else said for one, said in given.items()}
