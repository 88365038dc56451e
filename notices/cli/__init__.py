# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line: each command reads its options, calls one function, and prints.

Exit 0: clean; 1: findings of severity error; 2: wrong use, or it could not run.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from io import TextIOWrapper
from typing import Final, NoReturn

import click

from notices import report
from notices.cli import hosting, links, publishing, site, translations, verifying
from notices.folder import NoContentError
from notices.parallel import WorkerEndedError
from notices.settings import SettingsError
from notices.theme import ThemeError

_COULD_NOT_RUN: Final = 2
_STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_STREAMS: Final = (0, 1, 2)


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
    translations.notice,
    hosting.host,
    publishing.publish,
    publishing.rollback,
):
    commands.add_command(_command)


def main() -> NoReturn:
    """Run the command line; whatever goes wrong is said in words, never as a traceback."""
    from notices.delivery import DeliveryError
    from notices.delivery.staging import OutputError

    _fill_closed_streams()
    _stop_in_order()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # whatever a file is called, it can be printed
            stream.reconfigure(errors="backslashreplace")
    expected = (
        SettingsError,
        NoContentError,
        OutputError,
        ThemeError,
        DeliveryError,
        WorkerEndedError,
    )
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


def _fill_closed_streams() -> None:
    """Open what the shell closed (``>&-``): no file of ours may come to be standard output."""
    for number in _STREAMS:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _stop_in_order() -> None:
    """Let SIGTERM and a closed terminal do what Ctrl-C does, unless they are ignored (nohup)."""
    for number in _STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


def _fail(message: str) -> NoReturn:
    with contextlib.suppress(OSError):
        click.echo("\n".join(map(report.seen, message.split("\n"))), err=True)
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:  # Python would try again at its end, and complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(_COULD_NOT_RUN)
