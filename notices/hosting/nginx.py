# SPDX-License-Identifier: AGPL-3.0-or-later
"""How nginx serves the site: a whole configuration, for Debian's ``sites-available``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from notices.hosting import configuring, whereabouts
from notices.hosting.whereabouts import Machine
from notices.model import Catalog
from notices.settings import Settings

_TEMPLATE: Final = "nginx.conf.jinja"
_CERTBOT: Final = Path("/etc/letsencrypt/live")


def written(catalog: Catalog, settings: Settings, machine: Machine) -> str:
    """Write the configuration of nginx; raises SettingsError for a site without an address.

    For a public https site whose certificate is not named, it is where certbot puts it.
    """
    site = whereabouts.of_site(settings)
    if site.is_secure and not machine.listen and not machine.certificate:
        folder = _CERTBOT / site.host
        certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
        machine = replace(machine, certificate=certificate, key=key)
    return configuring.filled(_TEMPLATE, catalog, settings, machine, _quoted, types_of=_types_of)


def _quoted(text: object) -> str:
    r"""Write a text as one word of nginx's configuration, where ``\`` and ``"`` have a meaning."""
    escaped = str(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _types_of(types: dict[str, str]) -> dict[str, str]:
    """Give the endings of each type, which nginx wants without its charset."""
    found: dict[str, str] = {}
    for ending, kind in types.items():
        name = kind.partition(";")[0]
        found[name] = f"{found.get(name, '')} {ending[1:]}".strip()
    return found
