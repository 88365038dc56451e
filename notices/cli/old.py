# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line: each command reads its options, calls one function, and prints.

Exit 0: clean; 1: findings of severity error; 2: wrong use, or it could not run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from notices import catalog, checks, report, selection
from notices import settings as site_settings
from notices.model import Catalog
from notices.settings import Settings, SettingsError
from notices.theme import ThemeError

_COULD_NOT_RUN: Final = 2
_FOLDER: Final = click.Path(path_type=Path, file_okay=False)


class _Commands(click.Group):
    """Lists the commands in the order in which one meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Publish privacy notices in several languages from Markdown.

    Start any of these as ./run COMMAND. The content is in content/; README.md tells the rest.
    """


def _about_a_site(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of every command that reads content."""
    options = (
        click.option("--content", type=_FOLDER, help="The content folder, if not content/."),
        click.option("--source-language", metavar="TAG", help="The language translated from."),
        click.option(
            "--settings",
            "settings_file",
            type=click.Path(path_type=Path, dir_okay=False, exists=True),
            default=site_settings.DEFAULT_FILE,
            help="The settings file, if not pelicanconf.py.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _site(
    content: Path | None,
    source_language: str | None,
    settings_file: Path,
    **more: Any,
) -> Settings:
    if content is not None and not content.is_dir():
        raise SettingsError(f"--content: there is no folder {content}.")
    settings = site_settings.from_file(settings_file.resolve())
    site = site_settings.for_site(
        settings, content=content, source_language=source_language, **more
    )
    if not site.content.is_dir():
        raise SettingsError(f"There is no content folder {site.shown_content}; see --content.")
    return site


def _read(settings: Settings) -> Catalog:
    return catalog.load(settings.content, settings.shown_content, settings.source_language)


@commands.command()
@_about_a_site
@click.option("--output", type=_FOLDER, help="Where to put the site, if not output/.")
@click.option("--site-url", metavar="URL", help="The public address, such as https://example.org.")
@click.option("--lenient", is_flag=True, help="Build in spite of errors, for trying out a folder.")
def build(
    content: Path | None,
    source_language: str | None,
    settings_file: Path,
    output: Path | None,
    site_url: str | None,
    lenient: bool,
) -> None:
    """Check everything and build the site into output/."""
    from notices import hooks  # Pelican takes a third of a second to import

    settings = _site(content, source_language, settings_file, output=output, address=site_url)
    work = hooks.build(settings, lenient=lenient, progress=report.progress_bar)
    if work.findings:
        click.echo(report.text(work.findings))
    click.echo("\n".join(work.summary()))
    sys.exit(0 if work.is_done and not report.has_errors(work.findings) else 1)


@commands.command()
@_about_a_site
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *report.FOR_MACHINES]),
    default="text",
    show_default=True,
    help="How to write the findings.",
)
@click.option(
    "--only", "codes", metavar="CODE", multiple=True, help="Show this code; may be given again."
)
@click.option(
    "--path", "paths", metavar="PATH", multiple=True, help="Show this file or folder; likewise."
)
def check(
    content: Path | None,
    source_language: str | None,
    settings_file: Path,
    form: str,
    codes: tuple[str, ...],
    paths: tuple[str, ...],
) -> None:
    """Check everything without building."""
    settings = _site(content, source_language, settings_file)
    has_code = selection.of_codes(codes)
    found = checks.run(_read(settings), settings)
    is_below = selection.below_paths(paths, found, settings)
    findings = [finding for finding in found if has_code(finding) and is_below(finding)]
    if form in report.FOR_MACHINES:
        _write(report.FOR_MACHINES[form](findings))
    elif findings:
        click.echo(report.text(findings))
    left_out = len(found) - len(findings)
    rest = f"; {left_out} more left out" if left_out else ""
    click.echo(f"{settings.shown_content}: {report.counted(findings)}{rest}.", err=True)
    sys.exit(1 if report.has_errors(findings) else 0)


def _write(text: str) -> None:
    """Write for a machine: always UTF-8, and whatever a file's name may hold."""
    if text:
        click.echo(text.encode("utf-8", "backslashreplace"))


@commands.command()
@_about_a_site
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on; 0 takes any free one.",
)
def serve(
    content: Path | None, source_language: str | None, settings_file: Path, port: int
) -> None:
    """Show the site in a browser, anew after each change."""
    from notices.preview import server

    server.serve(lambda: _site(content, source_language, settings_file), port)


@commands.command()
@_about_a_site
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
)
def status(
    content: Path | None, source_language: str | None, settings_file: Path, form: str
) -> None:
    """Show which translations are up to date, section by section."""
    from notices.review import status as of_translations

    settings = _site(content, source_language, settings_file)
    read = _read(settings)
    write = {
        "text": of_translations.as_text,
        "json": of_translations.as_json,
        "html": of_translations.as_html,
    }
    click.echo(write[form](read))


_LANGUAGE = click.argument("lang", metavar="LANGUAGE")
_NAMES = click.argument("names", metavar="NOTICE[#SECTION]", nargs=-1)


@commands.command()
@_about_a_site
@_LANGUAGE
@_NAMES
def diff(
    content: Path | None,
    source_language: str | None,
    settings_file: Path,
    lang: str,
    names: tuple[str, ...],
) -> None:
    """Show what a source has changed since its translation was checked.

    NOTICE means all of its sections, NOTICE#SECTION one of them, NOTICE# its title and
    introduction; without any of these, everything in the language is meant.
    """
    from rich.console import Console

    from notices.review import difference

    settings = _site(content, source_language, settings_file)
    found = list(difference.differences(_read(settings), settings, lang, names))
    console = Console(highlight=False, soft_wrap=False)
    for one in found:
        difference.show(one, console)
    if not found:
        click.echo(f"{' '.join([lang, *names])}: nothing has changed since it was checked.")
        return
    keys = " ".join(one.standing.key for one in found if one.standing.state != "missing")
    if keys:
        click.echo(f"When both say the same: {settings.command(f'reviewed {lang} {keys}')}")


@commands.command()
@_about_a_site
@_LANGUAGE
@_NAMES
@click.option("--all", "everything", is_flag=True, help="Mark every section of the language.")
def reviewed(
    content: Path | None,
    source_language: str | None,
    settings_file: Path,
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
    settings = _site(content, source_language, settings_file)
    marked = marking.mark(_read(settings), settings, lang, names, date.today())
    click.echo("\n".join(marking.told(marked, settings, lang)))
    sys.exit(1 if marked.missing else 0)


@commands.command()
@_about_a_site
@click.argument("tag")
def language(
    tag: str, content: Path | None, source_language: str | None, settings_file: Path
) -> None:
    """Add a draft language, ready to be translated."""
    from notices import drafting

    settings = _site(content, source_language, settings_file)
    for line in drafting.add_language(tag, settings):
        click.echo(line)


def main() -> NoReturn:
    """Run the command line; whatever goes wrong is said in words, never as a traceback."""
    from notices.delivery.staging import OutputError

    expected = (SettingsError, catalog.NoContentError, OutputError, ThemeError)
    try:
        sys.exit(commands(prog_name="./run", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(_COULD_NOT_RUN)
    except (click.Abort, KeyboardInterrupt):
        _fail("Stopped.")
    except expected as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename or 'The system'}: {error.strerror or error}.")
    except Exception as error:
        if os.environ.get("NOTICES_DEBUG"):
            raise
        _fail(
            f"Something that should not happen did: {type(error).__name__}: {error}\n"
            "Please report it, with what NOTICES_DEBUG=1 ./run … prints."
        )


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(_COULD_NOT_RUN)
