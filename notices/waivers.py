# SPDX-License-Identifier: AGPL-3.0-or-later
"""``waivers.toml``: the differences between two texts that are meant, and until when.

A waiver is for one difference, in the very words that its finding quotes. When these words change,
or the day has passed, it waives nothing any more and is a finding itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from notices.codes import DIFFERENCES
from notices.model import Catalog, Disagreement, Finding, Waiver
from notices.textfiles import read_list

WAIVERS_FILE: Final = "waivers.toml"
_TEXTS: Final = ("code", "language", "section", "reason")
_QUOTES: Final = ("translation", "source")


def read_waivers(file: Path, shown: str) -> tuple[tuple[Waiver, ...], list[Finding]]:
    """Read the waivers of a content folder; a folder without the file waives nothing."""
    fix = 'write it as "A difference that is meant" in docs/editing.md shows.'
    entries, findings = read_list(file, shown, "waiver", "waiver-malformed", fix, _fault)
    waivers = []
    for line, entry in entries:
        about = Disagreement(
            entry["language"],
            entry["section"],
            *(" ".join(entry.get(quote, "").split()) for quote in _QUOTES),
        )
        waivers.append(Waiver(entry["code"], about, entry["reason"], entry["until"], line))
    return tuple(waivers), findings


def _fault(entry: Any) -> str:
    """Say what is wrong with an entry; nothing where it is a waiver."""
    if not isinstance(entry, dict):
        return "this is no waiver."
    for name in entry:
        if name not in (*_TEXTS, *_QUOTES, "until"):
            return f"'{name}' is not an entry of a waiver."
    for name in _TEXTS:
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            return f"the waiver has no {name}."
    if type(entry.get("until")) is not date:
        return "the waiver has no day until which it holds, such as until = 2027-06-30 (no quotes)."
    if not all(isinstance(entry.get(quote, ""), str) for quote in _QUOTES):
        return "what a waiver quotes stands between quotation marks."
    if not any(entry.get(quote, "").strip() for quote in _QUOTES):
        return "the waiver quotes neither the translation nor the source."
    if entry["code"] not in DIFFERENCES:
        return f"a finding '{entry['code']}' cannot be waived; {', '.join(DIFFERENCES)} can."
    return ""


def applied(findings: Iterable[Finding], catalog: Catalog, today: date) -> list[Finding]:
    """Leave out the findings that are waived today, and add those about the waivers.

    A waiver is for one difference: where two are quoted in the same words, the other one stays.
    """
    shown = f"{catalog.folder}/{WAIVERS_FILE}"
    found = list(findings)
    about_waivers = []
    known = {(finding.code, finding.disagreement) for finding in found}
    for waiver in catalog.waivers:
        about = waiver.about
        fitting = [
            finding
            for finding in found
            if finding.disagreement == about and finding.code == waiver.code
        ]
        is_over = waiver.until < today
        what = f"'{waiver.code}' in {about.lang}, {about.section}"
        if fitting and not is_over:
            found.remove(fitting[0])
        elif is_over and (waiver.code, about) in known:
            about_waivers.append(
                Finding(
                    shown,
                    waiver.line,
                    "waiver-expired",
                    f"the waiver of {what}, held until {waiver.until.isoformat()}.",
                    "make the texts say the same, or decide anew and set another day.",
                )
            )
        elif not catalog.is_draft(about.section.partition("#")[0], about.lang):
            about_waivers.append(
                Finding(
                    shown,
                    waiver.line,
                    "waiver-unmatched",
                    f"no finding has this code, language, section and words ({what}).",
                    "remove the waiver if the texts agree; else take all four from the finding.",
                )
            )
    return found + about_waivers
