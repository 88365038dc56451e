# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line: each command reads its options, calls one function, and prints.

Exit 0: clean; 1: findings of severity error; 2: wrong use, or it could not run.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import Final, NoReturn

import click

from notices.cli import links, site, translations, verifying
from notices.folder import NoContentError
from notices.settings import SettingsError
from notices.theme import ThemeError

_COULD_NOT_RUN: Final = 2


class _Commands(click.Group):
    """Lists the commands in the order in which one meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Publish privacy notices in several languages from Markdown.

    Start any of these as ./run COMMAND. The content is in content/; README.md tells the rest.
    """


for _command in (
    site.build,
    site.check,
    links.links,
    verifying.verify,
    translations.status,
    translations.diff,
    translations.reviewed,
    site.serve,
    translations.language,
):
    commands.add_command(_command)


def main() -> NoReturn:
    """Run the command line; whatever goes wrong is said in words, never as a traceback."""
    from notices.delivery.staging import OutputError

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # whatever a file is called, it can be printed
            stream.reconfigure(errors="backslashreplace")
    expected = (SettingsError, NoContentError, OutputError, ThemeError)
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
