# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pelican: the one module that imports it. Its handlers stand in the order in which they run.

Pelican's own readers and generators have nothing to do here (see ``pelicanconf.py``): a generator
of ours reads and renders the notices in one pass. Blinker keeps weak references, so handlers are
functions of the module. SystemExit is how a handler stops Pelican: any other exception would be
shown as a traceback.
"""

from __future__ import annotations

import atexit
import logging
from pathlib import Path
from typing import Any, Final

import click
import pelican
from pelican import signals
from pelican.generators import Generator
from pelican.settings import read_settings

from notices import report
from notices import settings as site_settings
from notices.build import Build, BuildStoppedError
from notices.delivery.staging import OutputError
from notices.folder import NoContentError
from notices.parallel import WorkerEndedError
from notices.settings import Settings, SettingsError

_OWN_BUILD: Final = "NOTICES_BUILD"
"""Where ``build`` below hands its Build to the handlers, among Pelican's settings."""

_PLAIN: Final = "NOTICES_PLAIN_PELICAN"
"""Set there when Pelican was started by itself, and so has to be ended by exit."""


def build(
    settings: Settings,
    *,
    lenient: bool = False,
    progress: report.Progress = report.no_progress,
) -> Build:
    """Build a site through Pelican. Raises NoContentError, OutputError and SettingsError."""
    work = Build(settings, lenient, progress)
    console_is_quiet, pelican.console.quiet = pelican.console.quiet, True
    try:
        with _Complaints(work):
            values = read_settings(
                str(settings.file),
                override={
                    "PATH": str(settings.content),
                    "OUTPUT_PATH": str(settings.output),
                    "SITEURL": settings.site_url,
                    _OWN_BUILD: work,
                },
            )
            if not any(getattr(p, "__name__", p) == "notices" for p in values["PLUGINS"] or ()):
                raise SettingsError(f'{settings.file}: PLUGINS must name "notices".')
            pelican.Pelican(values).run()
    except BuildStoppedError:
        pass
    finally:
        work.close()
        pelican.console.quiet = console_is_quiet
    return work


class _Complaints(logging.Handler):
    """Turns Pelican's warnings and errors into findings: nothing is skipped in silence."""

    def __init__(self, work: Build) -> None:
        super().__init__(logging.WARNING)
        self._work = work

    def emit(self, record: logging.LogRecord) -> None:
        self._work.add(
            "pelican-complaint",
            self._work.settings.file,
            f"Pelican says: {' '.join(record.getMessage().split())}",
            "see what pelicanconf.py sets, and which plugins it names.",
        )

    def __enter__(self) -> None:
        logging.getLogger("pelican").addHandler(self)

    def __exit__(self, *exception: object) -> None:
        logging.getLogger("pelican").removeHandler(self)


def connect() -> None:
    """Connect the handlers to Pelican's signals."""
    signals.initialized.connect(stage)
    signals.get_generators.connect(notices_generator)
    signals.finalized.connect(publish)


def stage(running: Any) -> None:
    """Let Pelican write into a staging folder, whoever started it and with whatever options."""
    work = running.settings.get(_OWN_BUILD)
    if work is None:
        work = _build_of_plain_pelican(running)
        atexit.register(work.close)
        _Complaints(work).__enter__()
        running.settings[_OWN_BUILD] = work
    try:
        folder = work.open()
    except OutputError as error:
        _stop(running, work, error)
    running.output_path = running.settings["OUTPUT_PATH"] = str(folder)


def _build_of_plain_pelican(running: Any) -> Build:
    """Make the Build for ``pelican content``, from Pelican's settings."""
    try:
        values = {key: running.settings[key] for key in running.settings if key.isupper()}
        settings = site_settings.from_values(values, Path.cwd() / "pelicanconf.py")
    except SettingsError as error:
        click.echo(str(error), err=True)
        raise SystemExit(2) from error
    running.settings[_PLAIN] = True
    return Build(site_settings.for_site(settings))


def notices_generator(running: Any) -> type[Generator]:
    """Offer the generator that reads and renders the notices."""
    return NoticesGenerator


class NoticesGenerator(Generator):  # type: ignore[misc]
    """All notices in all languages, in one pass."""

    def generate_context(self) -> None:
        """Read and check the content."""
        work: Build = self.settings[_OWN_BUILD]
        try:
            work.read()
        except (BuildStoppedError, NoContentError, WorkerEndedError) as error:
            _stop(self, work, error)

    def generate_output(self, writer: object) -> None:
        """Write the pages into the staging folder."""
        work: Build = self.settings[_OWN_BUILD]
        try:
            work.write()
        except (BuildStoppedError, OutputError, WorkerEndedError) as error:
            _stop(self, work, error)


def publish(running: Any) -> None:
    """Put the finished site in the place of the old one."""
    work: Build = running.settings[_OWN_BUILD]
    try:
        work.finish()
    except (BuildStoppedError, OutputError, WorkerEndedError) as error:
        _stop(running, work, error)
    if _PLAIN in running.settings:
        work.close()
        _tell(work)


def _stop(running: Any, work: Build, error: Exception) -> None:
    """End the run: by the exception where ``build`` above waits for it, else by exit."""
    if _PLAIN not in running.settings:
        raise error
    work.close()
    if not isinstance(error, BuildStoppedError):
        click.echo(str(error), err=True)
        raise SystemExit(2)
    _tell(work)
    raise SystemExit(1)


def _tell(work: Build) -> None:
    if work.findings:
        click.echo(report.text(work.findings))
    click.echo("\n".join(work.summary()))
