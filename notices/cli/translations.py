# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands about translations: ``status``, ``diff``, ``reviewed``, ``language``, ``notice``."""

from __future__ import annotations

import sys

import click

from notices import checks, report
from notices.cli.options import SiteOptions, about_a_site, read, write_for_machine
from notices.codes import UNREAD
from notices.model import Catalog
from notices.settings import Settings

_LANGUAGE = click.argument("lang", metavar="LANGUAGE")
_NAMES = click.argument("names", metavar="[NOTICE[#SECTION]]...", nargs=-1)


def _read(settings: Settings) -> Catalog:
    """Read a site's content, and say what of it cannot be compared."""
    content = read(settings)
    codes = {*UNREAD, "outline-differs", "reviewed-malformed"}
    unread = [finding for finding in content.findings if finding.code in codes]
    if unread:
        click.echo(report.text(unread), err=True)
    return content


@click.command()
@about_a_site
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
)
def status(site: SiteOptions, form: str) -> None:
    """Show which translations are up to date, and how hard each section is to read."""
    from notices.review import status as of_translations

    settings = site.settings()
    content = _read(settings)
    if form == "text":
        click.echo(of_translations.as_text(content, settings.readability))
    else:
        write = {"json": of_translations.as_json, "html": of_translations.as_html}
        write_for_machine(write[form](content, settings.readability))


@click.command()
@about_a_site
@_LANGUAGE
@_NAMES
def diff(
    site: SiteOptions,
    lang: str,
    names: tuple[str, ...],
) -> None:
    """Show what has changed since a translation was checked.

    NOTICE means all of its sections, NOTICE#SECTION one of them, NOTICE# its title and
    introduction; without any of these, everything in the language is meant.
    """
    from rich.console import Console

    from notices.review import difference

    settings = site.settings()
    console = Console(highlight=False, soft_wrap=False)
    found, keys = False, []
    for one in difference.comparisons(_read(settings), settings, lang, names):
        difference.show(one, console)
        found = True
        if one.standing.state not in ("missing", "orphan"):
            keys.append(one.standing.key)
    if not found:
        click.echo(f"{' '.join([lang, *names])}: nothing has changed since it was checked.")
    if keys:
        command = settings.command(f"reviewed {lang} {' '.join(keys)}")
        click.echo(f"When both say the same:\n{command}")


@click.command()
@about_a_site
@_LANGUAGE
@_NAMES
@click.option("--all", "everything", is_flag=True, help="Mark every section of the language.")
def reviewed(
    site: SiteOptions,
    lang: str,
    names: tuple[str, ...],
    everything: bool,
) -> None:
    """Record that a translation says what its source says.

    NOTICE means all of its sections, NOTICE#SECTION one of them, NOTICE# its title and
    introduction.
    """
    from notices.review import marking

    if everything == bool(names):
        raise click.UsageError("Name what was checked (such as user#retention), or say --all.")
    settings = site.settings()
    content = _read(settings)
    marked = marking.mark(content, settings, lang, names, settings.today)
    click.echo("\n".join(marking.told(marked, lang)))
    keys = {one.key for one in marked.new}
    still = [
        finding
        for finding in checks.run(content, settings)
        if (about := finding.disagreement) and about.lang == lang and about.section in keys
    ]
    if still:
        click.echo(f"What was marked still does not agree:\n{report.text(still)}")
    sys.exit(1 if marked.missing or marked.orphans else 0)


@click.command()
@about_a_site
@click.argument("tag")
def language(tag: str, site: SiteOptions) -> None:
    """Add a draft language, ready to be translated."""
    from notices import drafting

    settings = site.settings()
    for line in drafting.add_language(tag, settings):
        click.echo(line)


@click.command()
@about_a_site
@click.argument("name")
def notice(name: str, site: SiteOptions) -> None:
    """Add a draft notice in every language, ready to be written."""
    from notices import drafting

    for line in drafting.add_notice(name, site.settings()):
        click.echo(line)
