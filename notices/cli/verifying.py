# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command about the public site: ``verify``."""

from __future__ import annotations

import functools
import sys
import time
from dataclasses import replace
from pathlib import Path

import click

from notices import report
from notices.cli.options import (
    FOLDER,
    PATIENCE,
    SiteOptions,
    about_a_site,
    in_a_format,
    read,
    write,
)
from notices.folder import NoContentError
from notices.settings import Settings, SettingsError, shown, site_url

_RELEASE = "release"


@click.command()
@click.argument("url", metavar="URL")
@click.option(
    "--release",
    "folder",
    type=FOLDER,
    help="The release to compare with, if not release/, which ./run publish leaves.",
)
@in_a_format
@click.option(
    "--allow-missing-headers",
    is_flag=True,
    help="Only warn of what no pages branch can do: headers, a 404 page for each language.",
)
@click.option(
    "--wait",
    "wait_seconds",
    metavar="SECONDS",
    type=PATIENCE,
    default=0,
    help="How long the host may go on serving another release.",
)
@about_a_site
def verify(
    site: SiteOptions,
    url: str,
    folder: Path | None,
    form: str,
    allow_missing_headers: bool,
    wait_seconds: float,
) -> None:
    """Compare what is published at URL with a release, and see that it is served right.

    What the content has and the release has not, such as drafts, must not be public.
    """
    from notices import verifying
    from notices.delivery import release as releases

    settings = site.settings()
    address = site_url(url, "URL")
    if not address:
        raise SettingsError("URL is empty; write the address of the site: https://example.org.")
    started = time.monotonic()
    try:
        release = releases.read(folder or settings.output.with_name(_RELEASE))
        made = verifying.of_site(
            release,
            address,
            unwanted=_planned(settings),
            wait_seconds=wait_seconds,
            progress=functools.partial(report.progress_bar, work="Comparing"),
        )
    except (releases.ReleaseError, verifying.UnreachableError) as error:
        raise click.ClickException(str(error)) from error
    findings = settings.judged(made.findings, None)
    if allow_missing_headers:
        findings = [
            replace(one, severity="warning") if one.code in verifying.OF_THE_HOST else one
            for one in findings
        ]
    write(findings, form)
    click.echo(
        f"{address}: {made.compared} of {made.files} files compared with {shown(release.folder)}, "
        f"{report.counted(findings)}, {time.monotonic() - started:.2f} s.",
        err=True,
    )
    sys.exit(1 if report.has_errors(findings) else 0)


def _planned(settings: Settings) -> frozenset[str]:
    """Give the files that the content would make, drafts too; none where it cannot be read."""
    from notices.render import Renderer

    try:
        return Renderer(read(settings), settings).paths()
    except NoContentError:
        return frozenset()
