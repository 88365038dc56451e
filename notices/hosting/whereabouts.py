# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where does a site stand: on which host, below which path, and on what of a machine?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from notices.settings import Settings, SettingsError
from notices.spelling import normalised

_LISTEN: Final = re.compile(r"(?:[0-9.]+|\[[0-9A-Fa-f:.]+\]|localhost):([0-9]{1,5})")
_HOST: Final = re.compile(r"[a-z0-9_-]+(?:[.][a-z0-9_-]+)*[.]?|\[[0-9a-f:.]+\]")
"""A name (RFC 1123, section 2.1, and underscores), or an address of IPv6 in brackets."""
_NOT_A_PATH: Final = re.compile(r"//|\ufffd")
"""Nothing between two slashes, or % signs that are no letters: servers tidy such a path up."""
_NOT_IN_A_NAME: Final = re.compile(r"[\x00-\x1f\x7f\"'`$\\{}]")
"""Signs that mean something in the configuration of a server."""
_MOST_PORTS: Final = 65535


@dataclass(frozen=True, slots=True)
class Machine:
    """What the operator says of a machine; a server's configuration is made for it.

    ``root`` is the folder that holds the site, ``listen`` an address and port (``127.0.0.1:8080``)
    instead of those that the site's address implies. ``certificate`` and ``key`` are files for TLS.
    """

    root: Path
    logs: Path
    listen: str = ""
    certificate: Path | None = None
    key: Path | None = None
    has_brotli: bool = True

    def __post_init__(self) -> None:
        paths = {
            "--root": self.root,
            "--logs": self.logs,
            "--certificate": self.certificate,
            "--key": self.key,
        }
        for option, path in paths.items():
            if path and (not path.is_absolute() or _NOT_IN_A_NAME.search(str(path))):
                raise SettingsError(
                    f"{option}: '{path}' must be a whole path, such as /srv/notice, without "
                    "quotes, braces, $ and \\."
                )
        if self.root == self.root.parent:
            raise SettingsError(
                f"--root: '{self.root}' is all that this machine holds, and everybody could read "
                "it; write the folder of the site, such as /srv/notice/current."
            )
        if bool(self.certificate) != bool(self.key):
            raise SettingsError("--certificate and --key belong together; name both files.")
        port = _LISTEN.fullmatch(self.listen)
        if self.listen and (not port or not 0 < int(port[1]) <= _MOST_PORTS):
            raise SettingsError(
                f"--listen: '{self.listen}' is no address and port; write 127.0.0.1:8080 or "
                "[::1]:8080."
            )


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A site's public place. ``path`` is '' or begins with a slash and ends in none.

    ``path`` is written in letters, as servers compare it, and ``public_path`` as links write it.
    """

    address: str
    host: str
    port: int
    is_secure: bool
    path: str
    public_path: str

    @property
    def origin(self) -> str:
        """The address of the whole host (RFC 6454)."""
        return self.address.removesuffix(self.public_path)


def of_site(settings: Settings) -> Whereabouts:
    """Take a site's address apart; raises SettingsError where it has none."""
    if not settings.site_url:
        raise SettingsError(
            "The site's public address is needed: name it with --site-url "
            "https://example.org/privacy, or set SITEURL in the settings."
        )
    address = normalised(settings.site_url).rstrip("/")
    parts = urlsplit(address)
    path = unquote(parts.path)
    if _NOT_IN_A_NAME.search(path) or _NOT_A_PATH.search(path):
        raise SettingsError(
            f"{settings.site_url}: no server can be configured for a path with quotes, braces, "
            "$, \\, two slashes in a row or control characters; choose another."
        )
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    if not _HOST.fullmatch(host):
        raise SettingsError(
            f"{settings.site_url}: '{host}' is no name of a host; write it with letters, digits, "
            "hyphens and dots, such as https://example.org."
        )
    return Whereabouts(address, host, port, is_secure, path, parts.path)
