# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command about finished pages, whoever made them: ``links``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from notices import report
from notices import settings as site_settings
from notices.cli.options import FILE, FOLDER, in_a_format, write
from notices.languages import is_language
from notices.settings import SettingsError, shown, site_url


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--base-url", metavar="URL", help="The address at which DIR is published.")
@in_a_format
@click.option("--external", is_flag=True, help="Ask other hosts, too, whether links land.")
@click.option("--languages", metavar="TAGS", default="", help="The site's languages: sv,en.")
@click.option(
    "--settings",
    "settings_file",
    type=FILE,
    help="The settings file that says how severe a finding is.",
)
def links(
    folder: Path,
    base_url: str | None,
    form: str,
    external: bool,
    languages: str,
    settings_file: Path | None,
) -> None:
    """Check every link and anchor of a folder of finished pages.

    It may be any folder of HTML. Without --base-url, the pages' own canonical addresses say where
    it is published.
    """
    from notices import links as of_finished_pages

    if external:
        from notices.links import external as other_hosts

        try:
            other_hosts.lychee.find()  # before the work begins
        except other_hosts.NotInstalledError as error:
            raise click.ClickException(str(error)) from error
    tags = tuple(tag.strip() for tag in languages.split(",") if tag.strip())
    for tag in tags:
        if not is_language(tag):
            raise SettingsError(f"--languages: '{tag}' is no language; write tags such as sv,en.")
    if not folder.is_dir():
        raise SettingsError(f"There is no folder {folder}.")
    settings = site_settings.for_pages(folder, settings_file)
    checked = of_finished_pages.of_folder(folder, site_url(base_url, "--base-url"), tags)
    if not checked.page_count:
        raise SettingsError(f"{shown(folder)} holds no pages (.html); name the folder of the site.")
    found = of_finished_pages.check_site(checked)
    if external:
        found += other_hosts.of_site(checked, settings)
    findings = settings.judged(found, None)
    write(findings, form)
    address = checked.resolver.base_url if checked.is_address_known else "an unknown address"
    pages = f"{checked.page_count} page{'' if checked.page_count == 1 else 's'}"
    click.echo(f"{shown(folder)}: {pages} at {address}, {report.counted(findings)}.", err=True)
    sys.exit(1 if report.has_errors(findings) else 0)
