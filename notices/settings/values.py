# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is what a settings file says what this project understands?

The settings are Pelican's own names where Pelican has one, and ``NOTICES_…`` otherwise.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from notices.codes import SEVERITIES, nearest
from notices.model import Severity
from notices.settings.settings import ROOT, Readability, Settings, SettingsError
from notices.spelling import normalised


def from_values(values: Mapping[str, Any], file: Path) -> Settings:
    """Make Settings of a settings file's names and values; raises SettingsError."""
    base = file.parent
    known = (
        "NOTICES_SOURCE_LANGUAGE",
        "NOTICES_SEVERITIES",
        "NOTICES_TRANSLATIONS",
        "NOTICES_ASK_PRIVATE_HOSTS",
        "NOTICES_CHOOSE_LANGUAGE",
        "NOTICES_COMPARE",
        "NOTICES_READABILITY",
    )
    for name in values:
        if name.startswith("NOTICES_") and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"the names are {', '.join(known)}."
            raise SettingsError(f"{file}: {name} is no setting of this project; {hint}")

    def folder(name: str, default: str) -> Path:
        value = values.get(name, default)
        if not isinstance(value, str | Path) or not str(value):
            raise SettingsError(f"{file}: {name} must be the path of a folder.")
        return (base / value).resolve()

    source_language = values.get("NOTICES_SOURCE_LANGUAGE")
    if source_language is not None and not isinstance(source_language, str):
        raise SettingsError(f'{file}: NOTICES_SOURCE_LANGUAGE must be a language tag such as "sv".')
    theme = folder("THEME", "theme")
    if not (theme / "templates").is_dir():
        raise SettingsError(f"{file}: THEME: {theme} is no theme; it has no folder 'templates'.")
    overrides = values.get("THEME_TEMPLATES_OVERRIDES") or ()
    if isinstance(overrides, str) or not isinstance(overrides, Iterable):
        raise SettingsError(f"{file}: THEME_TEMPLATES_OVERRIDES must be a list of folders.")

    def choice(name: str, default: bool) -> bool:
        value = values.get(name, default)
        if not isinstance(value, bool):
            raise SettingsError(f"{file}: {name} must be True or False.")
        return value

    return Settings(
        content=folder("PATH", "content"),
        output=folder("OUTPUT_PATH", "output"),
        theme=theme,
        translations=folder("NOTICES_TRANSLATIONS", str(ROOT / "translations")),
        source_language=source_language,
        site_url=site_url(values.get("SITEURL") or "", f"{file}: SITEURL"),
        severities={**SEVERITIES, **_severities(values.get("NOTICES_SEVERITIES", {}), file)},
        readability=_readability(values.get("NOTICES_READABILITY", {}), file),
        template_overrides=tuple((base / override).resolve() for override in overrides),
        asks_private_hosts=choice("NOTICES_ASK_PRIVATE_HOSTS", False),
        compares=choice("NOTICES_COMPARE", True),
        chooses_language=choice("NOTICES_CHOOSE_LANGUAGE", False),
        file=file,
    )


def _severities(value: object, file: Path) -> dict[str, Severity]:
    if not isinstance(value, Mapping):
        raise SettingsError(f'{file}: NOTICES_SEVERITIES must be {{"code": "error", …}}.')
    for code, severity in value.items():
        if code not in SEVERITIES:
            hint = nearest(str(code))
            raise SettingsError(
                f"{file}: NOTICES_SEVERITIES: no finding has the code '{code}'; {hint}"
            )
        if severity not in ("error", "warning"):
            raise SettingsError(
                f'{file}: NOTICES_SEVERITIES: \'{code}\' must be "error" or "warning".'
            )
    return cast(dict[str, Severity], dict(value))


def _readability(value: object, file: Path) -> Readability:
    names = [field.name for field in fields(Readability)]
    if not isinstance(value, Mapping):
        raise SettingsError(f'{file}: NOTICES_READABILITY must be {{"notice": 40, …}}.')
    for name, limit in value.items():
        if name not in names:
            raise SettingsError(
                f"{file}: NOTICES_READABILITY: '{name}' is none of {', '.join(names)}."
            )
        is_number = isinstance(limit, int | float) and not isinstance(limit, bool)
        if limit is not None and not (is_number and 0 < limit < math.inf):
            raise SettingsError(
                f"{file}: NOTICES_READABILITY: '{name}' must be a number above 0, or None where "
                "nothing is too hard."
            )
    return Readability(**value)


def site_url(address: object, name: str = "--site-url") -> str:
    """Check a site's public address and give it without its last slash; raises SettingsError."""
    if not address:
        return ""
    if not isinstance(address, str):
        raise SettingsError(f"{name} must be a text: the site's address between quotes.")
    try:
        parts = urlsplit(address)
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        valid = False
    else:
        valid = bool(valid) and not (parts.query or parts.fragment or parts.username)
    valid = valid and bool(normalised(address))
    if not valid or any(sign.isspace() or sign in '<>"\\^`{|}' for sign in address):
        raise SettingsError(
            f"{name}: '{address}' is not the address of a site; write it as https://example.org "
            "or https://example.org/privacy."
        )
    return address.rstrip("/")
