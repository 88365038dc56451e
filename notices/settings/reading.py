# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which settings hold for a site: what its file says, and the command line.

What the settings say of severities and readability is the choice of the site that they describe: a
folder given with ``--content`` is another site, and is judged by the defaults, unless the settings
were named, too.
"""

from __future__ import annotations

import runpy
import shlex
import sys
from dataclasses import replace
from pathlib import Path

from notices.codes import SEVERITIES
from notices.settings.settings import DEFAULT_FILE, Readability, Settings, SettingsError, shown
from notices.settings.values import from_values, site_url


def from_file(file: Path = DEFAULT_FILE) -> Settings:
    """Read a settings file (Python, as Pelican's are); raises SettingsError."""
    modules, path = set(sys.modules), list(sys.path)
    try:
        if file.exists() and not file.is_file():  # a pipe would be waited for
            raise SettingsError(f"{file}: cannot be read: it is no ordinary file.")
        values = runpy.run_path(str(file))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror}).") from error
    except SettingsError:
        raise
    except (Exception, SystemExit) as error:
        line = getattr(error, "lineno", None) or _line_in(error, file)
        raise SettingsError(f"{file}:{line}: {type(error).__name__}: {error}") from error
    finally:
        sys.path[:] = path
        for name in sys.modules.keys() - modules:  # a file that this one imports is read anew, too
            if Path(getattr(sys.modules[name], "__file__", None) or ".").parent == file.parent:
                del sys.modules[name]
    return from_values({key: values[key] for key in values if key.isupper()}, file)


def _line_in(error: BaseException, file: Path) -> int:
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == str(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def for_site(
    settings: Settings,
    *,
    content: Path | None = None,
    source_language: str | None = None,
    output: Path | None = None,
    address: str | None = None,
    is_described: bool = False,
) -> Settings:
    """Apply what the command line says; raises SettingsError.

    Another folder than the settings' own is another site: what the settings choose for theirs
    (its severities and readability, and a source language that the folder lacks) does not hold for
    it. The first two do where ``is_described`` says that somebody named these settings for it.
    """
    options = ""
    if content is not None:
        options += f" --content {shlex.quote(shown(content))}"
    if source_language is not None:
        options += f" --source-language {shlex.quote(source_language)}"
    if settings.file != DEFAULT_FILE:
        options += f" --settings {shlex.quote(shown(settings.file))}"
    changed = replace(settings, options=options)
    if content is not None and content.resolve() != settings.content:
        severities = settings.severities if is_described else dict(SEVERITIES)
        readability = settings.readability if is_described else Readability()
        changed = replace(
            changed, content=content.resolve(), severities=severities, readability=readability
        )
        if not (content / (settings.source_language or "")).is_dir():
            changed = replace(changed, source_language=None)
    if source_language is not None:
        changed = replace(changed, source_language=source_language)
    if output is not None:
        changed = replace(changed, output=output.absolute())
    if address is not None:
        changed = replace(changed, site_url=site_url(address))
    return replace(changed, shown_content=shown(changed.content))


def for_pages(folder: Path, file: Path | None) -> Settings:
    """Read the settings by which a folder of finished pages is judged; raises SettingsError.

    Another folder than that of the site's own pages is judged by the defaults, unless somebody
    named the settings.
    """
    made = from_file((file or DEFAULT_FILE).resolve())
    made = replace(made, shown_content=shown(made.content))
    if file is None and folder.resolve() != made.output:
        return replace(made, severities=dict(SEVERITIES), is_of_another=True)
    return made
