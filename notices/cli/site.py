# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands about a site as a whole: ``build``, ``check``, ``serve``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from notices import checks, report, selection
from notices.cli.options import FOLDER, SiteOptions, about_a_site, in_a_format, read, write
from notices.settings import shown


@click.command()
@about_a_site
@click.option("--output", type=FOLDER, help="Where to put the site, if not output/.")
@click.option("--site-url", metavar="URL", help="The public address, such as https://example.org.")
@click.option("--lenient", is_flag=True, help="Build in spite of errors, for trying out a folder.")
def build(
    site: SiteOptions,
    output: Path | None,
    site_url: str | None,
    lenient: bool,
) -> None:
    """Check everything and build the site into output/."""
    from notices import hooks  # Pelican takes a third of a second to import

    settings = site.settings(output=output, address=site_url)
    work = hooks.build(settings, lenient=lenient, progress=report.progress_bar)
    if work.findings:
        click.echo(report.text(work.findings))
    click.echo("\n".join(work.summary()))
    sys.exit(0 if work.is_done and not report.has_errors(work.findings) else 1)


@click.command()
@about_a_site
@in_a_format
@click.option(
    "--only", "codes", metavar="CODE", multiple=True, help="Show this code; may be given again."
)
@click.option("--built", is_flag=True, help="Check the pages of the last build, too.")
@click.option(
    "--published",
    type=click.Path(path_type=Path, exists=True),
    help="Say, too, which addresses and anchors of this release would be lost.",
)
@click.option(
    "--path", "paths", metavar="PATH", multiple=True, help="Show this file or folder; likewise."
)
def check(
    site: SiteOptions,
    form: str,
    built: bool,
    published: Path | None,
    codes: tuple[str, ...],
    paths: tuple[str, ...],
) -> None:
    """Check the content, without building."""
    settings = site.settings()
    has_code = selection.of_codes(codes)
    content = read(settings)
    found = checks.run(content, settings)
    if built:
        from notices import finished

        found = settings.judged([*found, *finished.of_last_build(settings)], content)
    if published:
        from notices.delivery import promises

        lost = promises.dropped(promises.read(published), content, compares=settings.compares)
        found = settings.judged([*found, *lost], content)
    is_below = selection.below_paths(paths, found, settings)
    findings = [finding for finding in found if has_code(finding) and is_below(finding)]
    write(findings, form)
    left_out = len(found) - len(findings)
    rest = f"; {left_out} more left out" if left_out else ""
    checked = settings.shown_content + (f" and {shown(settings.output)}" if built else "")
    click.echo(f"{checked}: {report.counted(findings)}{rest}.", err=True)
    sys.exit(1 if report.has_errors(findings) else 0)


@click.command()
@about_a_site
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on; 0 takes any free one.",
)
def serve(site: SiteOptions, port: int) -> None:
    """Show the site in a browser, anew after each change."""
    from notices.preview import server

    server.serve(lambda: site.settings(), port)
