# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Caddy serves the site: a whole Caddyfile."""

from __future__ import annotations

import re
from typing import Final

from notices.hosting import configuring
from notices.hosting.whereabouts import Machine
from notices.model import Catalog
from notices.settings import Settings

_TEMPLATE: Final = "Caddyfile.jinja"
_INDENT: Final = re.compile(r"^(?: {4})+", re.MULTILINE)
"""Caddy wants tabs (``caddy fmt``), and the template is read like all else here."""


def written(catalog: Catalog, settings: Settings, machine: Machine) -> str:
    """Write the Caddyfile; raises SettingsError for a site without an address."""
    bind, _, port = machine.listen.rpartition(":")
    spaced = configuring.filled(
        _TEMPLATE, catalog, settings, machine, _quoted, bind=bind.strip("[]"), port=port
    )
    return _INDENT.sub(lambda spaces: "\t" * (len(spaces[0]) // 4), spaced)


def _quoted(text: object) -> str:
    """Write a text as one word of a Caddyfile."""
    escaped = str(text).replace('"', '\\"')
    return f'"{escaped}"'
