# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which sections does somebody mean who types ``en user#retention``?"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from notices.model import Catalog
from notices.review.standings import Standing, standings
from notices.settings import SettingsError


def chosen(catalog: Catalog, lang: str, names: Sequence[str]) -> list[Standing]:
    """Give the sections meant by ``user``, ``user#retention`` or ``user#`` (its opening).

    No names mean every section, those without a source too. Raises SettingsError for a language,
    notice or section that there is not.
    """
    if lang not in catalog.translations:
        reason = f"there is no language '{lang}'"
        if lang == catalog.source_language:
            reason = f"'{lang}' is the language that the others are translated from"
        known = ", ".join(catalog.translations) or "none"
        raise SettingsError(f"{reason}; the translations are: {known}.")
    everything = standings(catalog)[lang]
    if not names:
        return list(everything)
    found: dict[str, Standing] = {}
    for name in names:
        meant = {one.key: one for one in everything if name in (one.key, one.name)}
        if not meant:
            raise SettingsError(_unknown(catalog, everything, name))
        found |= meant
    return list(found.values())


def _unknown(catalog: Catalog, everything: Sequence[Standing], written: str) -> str:
    name, _, anchor = written.partition("#")
    anchors = [one.anchor for one in everything if one.name == name and one.anchor]
    if any(one.name == name for one in everything):
        near = difflib.get_close_matches(anchor, anchors, 1)
        every = f"it has {', '.join(anchors)}." if anchors else "it has no sections with ids."
        hint = f"did you mean {name}#{near[0]}?" if near else every
        return f"'{name}' has no section '{anchor}' in {catalog.source_language}; {hint}"
    known = list(dict.fromkeys(one.name for one in everything))
    near = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
    return f"there is no notice '{name}' in {catalog.source_language}; {hint}"
