# SPDX-License-Identifier: AGPL-3.0-or-later
"""What ``pelicanconf.py`` may say to this project, validated.

The settings are Pelican's own names where Pelican has one, and ``NOTICES_…`` otherwise. What they
say of severities is the choice of the site that they describe: a folder given with ``--content``
is another site, and is judged by the defaults in ``codes.py``, unless the settings were named, too.
"""

from __future__ import annotations

import difflib
import os
import runpy
import shlex
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

from notices.codes import SEVERITIES, nearest
from notices.model import Catalog, Finding, Severity
from notices.spelling import normalised

ROOT: Final = Path(__file__).resolve().parent.parent
DEFAULT_FILE: Final = ROOT / "pelicanconf.py"


class SettingsError(Exception):
    """The settings cannot be used; the message says which, why, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One site's settings. ``site_url`` is the public address without a slash at its end, or ''.

    ``compares`` says that there are pages with each translation beside its source, and
    ``chooses_language`` that a host sends who comes to the root to a language that they read.
    ``is_of_another`` says that the site whose pages are checked is not the one that the settings
    describe. ``options`` are those of the command line that told which site is meant. ``today`` is
    the day in UTC on which the site is checked, or that of SOURCE_DATE_EPOCH
    (reproducible-builds.org).
    """

    content: Path
    output: Path
    theme: Path
    translations: Path
    source_language: str | None = None
    site_url: str = ""
    severities: Mapping[str, Severity] = field(default_factory=lambda: dict(SEVERITIES))
    template_overrides: tuple[Path, ...] = ()
    shown_content: str = "content"
    asks_private_hosts: bool = False
    compares: bool = True
    chooses_language: bool = False
    is_of_another: bool = False
    options: str = ""
    file: Path = DEFAULT_FILE
    today: date = field(default_factory=lambda: _today())

    @property
    def sources(self) -> tuple[Path, ...]:
        """Name the files and folders of which the site is made, the content first."""
        folders = (self.content, self.theme, self.translations, *self.template_overrides)
        return (*folders, self.file)

    def command(self, words: str) -> str:
        """Give a command about this site as one would type it from where one stands."""
        door = shown(ROOT / "run")
        return f"{'./run' if door == 'run' else shlex.quote(door)} {words}{self.options}"

    def judged(self, findings: Iterable[Finding], catalog: Catalog | None) -> list[Finding]:
        """Give each finding the site's severity for its code, sorted; a draft blocks nothing.

        What readers get does not depend on a draft: that a translation is missing for them is as
        severe as if there were no draft of it.
        """
        languages = catalog.languages.values() if catalog else ()
        drafts = tuple(
            f"{folder}/{language.tag}/"
            for language in languages
            if language.draft
            for folder in (self.shown_content, shown(self.translations))
        )
        texts = {
            f"{self.shown_content}/{path}" for path in (catalog.draft_texts if catalog else ())
        }

        def blocks_nothing(finding: Finding) -> bool:
            if finding.path in texts and finding.code != "notice-missing":
                return True
            return bool(drafts) and finding.path.startswith(drafts)

        judged = [
            replace(
                finding,
                severity="warning" if blocks_nothing(finding) else self.severities[finding.code],
            )
            for finding in findings
        ]
        return sorted(set(judged))


def source_date() -> datetime | None:
    """Give the moment of SOURCE_DATE_EPOCH in UTC, or None where it is not set.

    Raises SettingsError.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(float(epoch), UTC) if epoch else None
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(
            f"SOURCE_DATE_EPOCH: '{epoch}' is no number of seconds since 1970; leave it out or set "
            "it as git log -1 --format=%ct prints it."
        ) from error


def _today() -> date:
    return (source_date() or datetime.now(UTC)).date()


def from_file(file: Path = DEFAULT_FILE) -> Settings:
    """Read a settings file (Python, as Pelican's are); raises SettingsError."""
    modules, path = set(sys.modules), list(sys.path)
    try:
        values = runpy.run_path(str(file))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror}).") from error
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


def from_values(values: Mapping[str, Any], file: Path) -> Settings:
    """Make Settings of a settings file's names and values; raises SettingsError."""
    base = file.parent
    known = (
        "NOTICES_SOURCE_LANGUAGE",
        "NOTICES_SEVERITIES",
        "NOTICES_TRANSLATIONS",
        "NOTICES_ASK_PRIVATE_HOSTS",
        "NOTICES_CHOOSE_LANGUAGE",
        "NOTICES_COMPARE",
    )
    for name in values:
        if name.startswith("NOTICES_") and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"the names are {', '.join(known)}."
            raise SettingsError(f"{file}: {name} is no setting of this project; {hint}")

    def folder(name: str, default: str) -> Path:
        value = values.get(name, default)
        if not isinstance(value, str | Path) or not str(value):
            raise SettingsError(f"{file}: {name} must be the path of a folder.")
        return (base / value).resolve()

    source_language = values.get("NOTICES_SOURCE_LANGUAGE")
    if source_language is not None and not isinstance(source_language, str):
        raise SettingsError(f'{file}: NOTICES_SOURCE_LANGUAGE must be a language tag such as "sv".')
    theme = folder("THEME", "theme")
    if not (theme / "templates").is_dir():
        raise SettingsError(f"{file}: THEME: {theme} is no theme; it has no folder 'templates'.")
    overrides = values.get("THEME_TEMPLATES_OVERRIDES") or ()
    if isinstance(overrides, str) or not isinstance(overrides, Iterable):
        raise SettingsError(f"{file}: THEME_TEMPLATES_OVERRIDES must be a list of folders.")

    def choice(name: str, default: bool) -> bool:
        value = values.get(name, default)
        if not isinstance(value, bool):
            raise SettingsError(f"{file}: {name} must be True or False.")
        return value

    return Settings(
        content=folder("PATH", "content"),
        output=folder("OUTPUT_PATH", "output"),
        theme=theme,
        translations=folder("NOTICES_TRANSLATIONS", str(ROOT / "translations")),
        source_language=source_language,
        site_url=site_url(values.get("SITEURL") or "", f"{file}: SITEURL"),
        severities={**SEVERITIES, **_severities(values.get("NOTICES_SEVERITIES", {}), file)},
        template_overrides=tuple((base / override).resolve() for override in overrides),
        asks_private_hosts=choice("NOTICES_ASK_PRIVATE_HOSTS", False),
        compares=choice("NOTICES_COMPARE", True),
        chooses_language=choice("NOTICES_CHOOSE_LANGUAGE", False),
        file=file,
    )


def _severities(value: object, file: Path) -> dict[str, Severity]:
    if not isinstance(value, Mapping):
        raise SettingsError(f'{file}: NOTICES_SEVERITIES must be {{"code": "error", …}}.')
    for code, severity in value.items():
        if code not in SEVERITIES:
            hint = nearest(str(code))
            raise SettingsError(
                f"{file}: NOTICES_SEVERITIES: no finding has the code '{code}'; {hint}"
            )
        if severity not in ("error", "warning"):
            raise SettingsError(
                f'{file}: NOTICES_SEVERITIES: \'{code}\' must be "error" or "warning".'
            )
    return cast(dict[str, Severity], dict(value))


def site_url(address: object, name: str = "--site-url") -> str:
    """Check a site's public address and give it without its last slash; raises SettingsError."""
    if not address:
        return ""
    if not isinstance(address, str):
        raise SettingsError(f"{name} must be a text: the site's address between quotes.")
    try:
        parts = urlsplit(address)
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        valid = False
    else:
        valid = bool(valid) and not (parts.query or parts.fragment or parts.username)
    valid = valid and bool(normalised(address))
    if not valid or any(sign.isspace() or sign in '<>"\\^`{|}' for sign in address):
        raise SettingsError(
            f"{name}: '{address}' is not the address of a site; write it as https://example.org "
            "or https://example.org/privacy."
        )
    return address.rstrip("/")


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
    (its severities, and a source language that the folder lacks) does not hold for it. Severities
    do where ``is_described`` says that somebody named these settings for it.
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
        changed = replace(changed, content=content.resolve(), severities=severities)
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


def shown(path: Path) -> str:
    """Give a path as the person at the keyboard would type it: from the folder they stand in."""
    near = os.path.relpath(path)
    return path.as_posix() if near.startswith("../../..") else Path(near).as_posix()
