# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which site does a command mean? The options that all commands about a site share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from notices import catalog, report
from notices import settings as site_settings
from notices.model import Catalog, Finding
from notices.settings import Settings, SettingsError

FOLDER: Final = click.Path(path_type=Path, file_okay=False)
FILE: Final = click.Path(path_type=Path, dir_okay=False, exists=True)
PATIENCE: Final = click.IntRange(0, 86_400)
"""Seconds, up to a day: "inf" and "nan" would be numbers, too."""

in_a_format: Final = click.option(
    "--format",
    "form",
    type=click.Choice(["text", *report.FOR_MACHINES]),
    default="text",
    show_default=True,
    help="How to write the findings.",
)


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What was typed of the site that is meant."""

    content: Path | None
    source_language: str | None
    settings_file: Path | None

    def settings(self, unnamed_file: Path = site_settings.DEFAULT_FILE, **more: Any) -> Settings:
        """Read the settings of the site, from a file that need not be named; SettingsError."""
        if self.content is not None and not self.content.is_dir():
            raise SettingsError(f"--content: there is no folder {self.content}.")
        made = site_settings.for_site(
            site_settings.from_file((self.settings_file or unnamed_file).resolve()),
            content=self.content,
            source_language=self.source_language,
            is_described=self.settings_file is not None,
            **more,
        )
        if not made.content.is_dir():
            raise SettingsError(f"There is no content folder {made.shown_content}; see --content.")
        return made


def about_a_site(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which gets them as ``site``."""

    @click.option("--content", type=FOLDER, help="The content folder, if not content/.")
    @click.option("--source-language", metavar="TAG", help="The language translated from.")
    @click.option(
        "--settings",
        "settings_file",
        type=FILE,
        help="The settings file, if not pelicanconf.py.",
    )
    @functools.wraps(command)
    def with_site(
        content: Path | None, source_language: str | None, settings_file: Path | None, **more: Any
    ) -> Any:
        return command(site=SiteOptions(content, source_language, settings_file), **more)

    return with_site


def read(settings: Settings) -> Catalog:
    """Read a site's content, drafts too; raises NoContentError."""
    return catalog.load(settings.content, settings.shown_content, settings.source_language)


def write(findings: Sequence[Finding], form: str) -> None:
    """Write findings to standard output, in one of the formats of ``in_a_format``."""
    if form in report.FOR_MACHINES:
        write_for_machine(report.FOR_MACHINES[form](findings))
    elif findings:
        click.echo(report.text(findings))


def write_for_machine(text: str) -> None:
    """Write for a machine: always UTF-8, and whatever a file's name may hold."""
    if text:
        click.echo(text.encode("utf-8", "backslashreplace"))
