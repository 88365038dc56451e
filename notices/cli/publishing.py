# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands that change what readers get: ``publish``, ``rollback``."""

from __future__ import annotations

import shlex
import sys
from typing import Final, NoReturn

import click

from notices import report
from notices.cli.options import PATIENCE, SiteOptions, about_a_site
from notices.settings import ROOT

_SETTINGS: Final = ROOT / "publishconf.py"

_waiting: Final = click.option(
    "--wait",
    "wait_seconds",
    metavar="SECONDS",
    type=PATIENCE,
    default=0,
    help="Wait so long for another who is publishing there.",
)


@click.command()
@click.argument("dest")
@about_a_site
@click.option("--site-url", metavar="URL", help="The public address, such as https://example.org.")
@click.option("--uncommitted", is_flag=True, help="Publish what is not in git, too.")
@_waiting
def publish(
    dest: str, site: SiteOptions, site_url: str | None, uncommitted: bool, wait_seconds: float
) -> None:
    """Check everything, build the site and bring it to its readers.

    DEST is a folder (its link "current" is what a web server shows), user@host:/path (the same
    there, by rsync over ssh), or git:REMOTE#BRANCH (a branch that a host shows). The settings are
    those of publishconf.py.
    """
    from notices import hooks
    from notices.delivery import places, publishing

    settings = site.settings(_SETTINGS, address=site_url)
    place = places.parsed(dest, publishing.reserved(settings))
    source = publishing.source_of(settings, uncommitted=uncommitted)
    work = hooks.build(settings, progress=report.progress_bar)
    if work.findings:
        click.echo(report.text(work.findings))
    click.echo("\n".join(work.summary()))
    if not work.is_done or report.has_errors(work.findings):
        _nothing_published()
    made = publishing.released(settings, source)
    catalog = work.catalog
    assert catalog is not None, "a build that is done has read the content"
    outcome = publishing.deliver(
        made, place, wait_seconds, lambda before: publishing.broken(before, catalog, settings)
    )
    if outcome.findings:
        click.echo(report.text(outcome.findings))
    there = outcome.published
    if there is None:
        _nothing_published()
    if there.is_new:
        click.echo(f"Published at {place.name}: release {there.id}{there.source}.")
    else:
        click.echo(f"{place.name} has this already: release {there.id}{there.source}.")
    if there.remark:
        click.echo(there.remark, err=True)
    click.echo(f"Compare it with what readers get: ./run verify {settings.site_url}")
    click.echo(f"Take it back: ./run rollback {shlex.quote(place.name)}")


@click.command()
@click.argument("dest")
@_waiting
def rollback(dest: str, wait_seconds: float) -> None:
    """Give readers the release before the current one; again, and it is the one before that."""
    from notices.delivery import places

    place = places.parsed(dest)
    with place.opened(wait_seconds, may_begin=False) as opened:
        was = opened.current()
        now = opened.go_back()
    assert was is not None, "go_back() raises where there is none"
    click.echo(f"Rolled back at {place.name}: release {now.id}{now.source}.")
    click.echo(f"Withdrawn: release {was.id}{was.source}.")
    click.echo(f"When it is mended: ./run publish {shlex.quote(place.name)}")


def _nothing_published() -> NoReturn:
    click.echo("Nothing was published: mend the errors above, and publish again.", err=True)
    sys.exit(1)
