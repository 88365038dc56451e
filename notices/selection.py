# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which of the findings does somebody ask to see: of which codes, in which files and folders?"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from notices.codes import SEVERITIES, nearest
from notices.model import Finding
from notices.settings import Settings, SettingsError, shown

Choice = Callable[[Finding], bool]


def of_codes(codes: Sequence[str]) -> Choice:
    """Choose the findings of these codes, or all where none is given; raises SettingsError."""
    for code in codes:
        if code not in SEVERITIES:
            raise SettingsError(f"--only: no finding has the code '{code}'; {nearest(code)}")
    return lambda finding: not codes or finding.code in codes


def below_paths(paths: Sequence[str], findings: Iterable[Finding], settings: Settings) -> Choice:
    """Choose the findings in these files or below these folders, or all where none is given.

    A path is as somebody types it from where they stand. It may hold the content folder, and need
    not exist where a finding names it: a notice that is missing has a path, too. Raises
    SettingsError.
    """
    named = {_place(finding.path) for finding in findings}
    wanted: set[Path] = set()
    for path in paths:
        places = {_place(path), Path(os.path.realpath(path))}
        if not Path(path).exists() and not places & named:
            raise SettingsError(f"--path: there is no file or folder {path}{_hint(path, settings)}")
        if not any(_is_near(place, root) for place in places for root in _roots(settings)):
            raise SettingsError(
                f"--path: {path} lies neither in the content folder "
                f"({settings.shown_content}), nor among the interface catalogs "
                f"({shown(settings.translations)}), nor in the last build "
                f"({shown(settings.output)})."
            )
        wanted |= places
    return lambda finding: (
        not paths or any(_place(finding.path).is_relative_to(place) for place in wanted)
    )


def _place(path: str) -> Path:
    """Give a path in one form; the file itself may be a symbolic link, and stays one."""
    return Path(os.path.realpath(Path(path).absolute().parent)) / Path(path).name


def _roots(settings: Settings) -> tuple[Path, ...]:
    return settings.content, settings.translations, settings.output


def _is_near(place: Path, root: Path) -> bool:
    """Tell whether a path lies in a folder, or holds it."""
    return place.is_relative_to(root) or root.is_relative_to(place)


def _hint(path: str, settings: Settings) -> str:
    known = [shown(file) for root in _roots(settings) for file in root.rglob("*")]
    near = difflib.get_close_matches(path, known, 1)
    return f"; did you mean {near[0]}?" if near else "."
