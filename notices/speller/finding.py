# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which hunspell dictionary of this machine is that of a language?

A dictionary is two files of one name, such as ``sv_SE.aff`` and ``sv_SE.dic``. They stand in the
folders of ``DICPATH`` (hunspell(1)) where that is set, and there alone; else in the usual ones.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Final

import langcodes

from notices.languages import canonical, is_language, primary, same_language, script

_USUAL: Final = (
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "~/Library/Spelling",
)
_REGIONS: Final = {"en": "GB"}
"""Where the likely region of Unicode CLDR is not the one whose spelling we take first."""
_ALSO: Final = {"no": "nb"}
"""Tags that name a language by more than one of its written forms."""
_OWN_PACKAGES: Final = frozenset(
    "af an ar be bg bn bo br bs ca cs da dz el es eu fr gd gl gu gug he hi hr hu id is it kk kmr ko"
    " lo lt lv ml mn ne nl oc pl ro ru si sk sl sr sv sw te th tr uk uz vi".split()
)
"""Languages for which Debian has a package that is named after them."""
_PACKAGES: Final = {
    **{tag: tag.lower() for tag in ("de-AT", "de-CH", "en-AU", "en-CA", "en-US", "en-ZA", "pt-PT")},
    **dict.fromkeys(("nb", "nn", "no"), "no"),
    "de": "de-de",
    "en": "en-gb",
    "ku": "kmr",
    "pt": "pt-br",
}
"""What Debian's package of any other language is called after ``hunspell-``."""


def find(tag: str, name: str = "") -> Path | None:
    """Give a language's dictionary as a path without ``.dic``, or None where there is none.

    A ``name`` (``sv_FI``) is looked for as it is. Without one, the dictionary of the tag itself
    comes first, then that of the region where the language is most at home, then any other of the
    same language and script, by name.
    """
    found: dict[str, Path] = {}
    for folder in _folders():
        for file in _dictionaries(folder):
            found.setdefault(file.name, file)
    if name:
        return found.get(name)
    tags = ((_tag(one), one) for one in sorted(found))
    fitting = [(other, one) for other, one in tags if other and _fits(other, tag)]
    fitting.sort(key=lambda pair: (pair[0] != tag, pair[0] != _likely(tag), pair[1]))
    return found[fitting[0][1]] if fitting else None


def package(tag: str) -> str:
    """Name Debian's package with a language's dictionary, or nothing where none is known."""
    language = primary(tag)
    name = _PACKAGES.get(tag) or _PACKAGES.get(language) or language
    return f"hunspell-{name}" if name != language or language in {*_OWN_PACKAGES, "no"} else ""


def _folders() -> list[Path]:
    if named := os.environ.get("DICPATH"):
        return [Path(one) for one in named.split(os.pathsep) if one]
    of_user = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    usual = (*_USUAL, f"{of_user}/hunspell")
    return [Path(os.path.expanduser(one)) for one in usual]  # noqa: PTH111  (Path's raises)


def _dictionaries(folder: Path) -> list[Path]:
    try:
        files = {file.name for file in folder.iterdir()}
    except OSError:
        return []
    names = (name.removesuffix(".dic") for name in files if name.endswith(".dic"))
    return [folder / name for name in names if f"{name}.aff" in files]


@functools.lru_cache(1024)
def _tag(name: str) -> str:
    """Give the language tag that a dictionary is named after, or nothing."""
    tag = name.partition(".")[0].replace("_", "-")
    return canonical(tag) if is_language(tag) else ""


def _fits(dictionary: str, tag: str) -> bool:
    wanted = _ALSO.get(primary(tag), tag)
    is_language_of = same_language(dictionary, tag) or same_language(dictionary, wanted)
    return is_language_of and script(dictionary) == script(wanted)


@functools.lru_cache(256)
def _likely(tag: str) -> str:
    """Give language and region, the latter by Unicode CLDR where the tag does not say it."""
    known = langcodes.Language.get(_ALSO.get(tag, tag))
    language = known.language or tag
    region = known.territory or _REGIONS.get(language) or known.maximize().territory
    return f"{language}-{region}" if region else language
