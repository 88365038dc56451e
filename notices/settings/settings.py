# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the settings of one site are, and the day on which it is checked."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from notices.codes import SEVERITIES
from notices.model import Catalog, Finding, Severity

ROOT: Final = Path(__file__).resolve().parent.parent.parent
DEFAULT_FILE: Final = ROOT / "pelicanconf.py"


class SettingsError(Exception):
    """The settings cannot be used; the message says which, why, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Readability:
    """How hard a text may be to read; None where nothing is too hard.

    ``notice`` and ``section`` are in LIX, ``sentence`` in words.
    """

    notice: float | None = 40
    section: float | None = 50
    sentence: float | None = 25


@dataclass(frozen=True, slots=True)
class Settings:
    """One site's settings. ``site_url`` is the public address without a slash at its end, or ''.

    ``compares`` says that there are pages with each translation beside its source, and
    ``chooses_language`` that a host sends who comes to the root to a language that they read.
    ``is_of_another`` says that the site whose pages are checked is not the one that the settings
    describe. ``options`` are those of the command line that told which site is meant. ``today`` is
    the day in UTC on which the site is checked, or that of SOURCE_DATE_EPOCH
    (reproducible-builds.org).
    """

    content: Path
    output: Path
    theme: Path
    translations: Path
    source_language: str | None = None
    site_url: str = ""
    severities: Mapping[str, Severity] = field(default_factory=lambda: dict(SEVERITIES))
    readability: Readability = Readability()
    template_overrides: tuple[Path, ...] = ()
    shown_content: str = "content"
    asks_private_hosts: bool = False
    compares: bool = True
    chooses_language: bool = False
    is_of_another: bool = False
    options: str = ""
    file: Path = DEFAULT_FILE
    today: date = field(default_factory=lambda: _today())

    @property
    def folders(self) -> tuple[Path, ...]:
        """Name the folders of which the site is made, the content first."""
        return (self.content, self.theme, self.translations, *self.template_overrides)

    @property
    def sources(self) -> tuple[Path, ...]:
        """Name these folders and the settings file."""
        return (*self.folders, self.file)

    def command(self, words: str) -> str:
        """Give a command about this site as one would type it from where one stands."""
        door = shown(ROOT / "run")
        return f"{'./run' if door == 'run' else shlex.quote(door)} {words}{self.options}"

    def judged(self, findings: Iterable[Finding], catalog: Catalog | None) -> list[Finding]:
        """Give each finding the site's severity for its code, sorted; a draft blocks nothing.

        What readers get does not depend on a draft: that a translation is missing for them is as
        severe as if there were no draft of it.
        """
        languages = catalog.languages.values() if catalog else ()
        drafts = tuple(
            f"{folder}/{language.tag}/"
            for language in languages
            if language.draft
            for folder in (self.shown_content, shown(self.translations))
        )
        texts = {
            f"{self.shown_content}/{path}" for path in (catalog.draft_texts if catalog else ())
        }

        def blocks_nothing(finding: Finding) -> bool:
            if finding.path in texts and finding.code != "notice-missing":
                return True
            return bool(drafts) and finding.path.startswith(drafts)

        judged = [
            replace(
                finding,
                severity="warning" if blocks_nothing(finding) else self.severities[finding.code],
            )
            for finding in findings
        ]
        return sorted(set(judged))


def source_date() -> datetime | None:
    """Give the moment of SOURCE_DATE_EPOCH in UTC, or None where it is not set.

    Raises SettingsError.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(float(epoch), UTC) if epoch else None
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(
            f"SOURCE_DATE_EPOCH: '{epoch}' is no number of seconds since 1970; leave it out or set "
            "it as git log -1 --format=%ct prints it."
        ) from error


def _today() -> date:
    return (source_date() or datetime.now(UTC)).date()


def shown(path: Path) -> str:
    """Give a path as the person at the keyboard would type it: from the folder they stand in."""
    near = os.path.relpath(path)
    return path.as_posix() if near.startswith("../../..") else Path(near).as_posix()
