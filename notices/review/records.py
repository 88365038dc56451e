# SPDX-License-Identifier: AGPL-3.0-or-later
"""``reviewed.toml``: which texts were last checked against each other, a line for each section.

The lines are sorted, and each stands by itself, so that git can merge two versions by keeping the
lines of both (``.gitattributes`` asks it to). A section may then have two reviews, and the one that
fits its texts counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from notices.model import Finding, Review
from notices.review.words import NORMALISATION
from notices.textfiles import read_toml

REVIEWS_FILE: Final = "reviewed.toml"
_HEADER: Final = """\
# Which text was last checked against which. ./run reviewed writes this file; nobody types it.
reviewed = [
"""
_KEY: Final = re.compile(r"[^#\s\"\\]+#[^#\s\"\\]*")
_DIGEST: Final = re.compile(r"(\d{1,3}):[0-9a-f]{16}")
_ENTRY: Final = re.compile(r"^[ \t]*\{", re.MULTILINE)


Reviews = Mapping[str, tuple[Review, ...]]
"""The reviews of one language, by notice."""


def read_reviews(file: Path, shown: str) -> tuple[Reviews | None, list[Finding]]:
    """Read a language's reviews; None where it has not begun to keep any."""
    if not file.exists():
        return None, []
    table, findings, text = read_toml(file, shown, "reviewed-malformed")
    if findings:
        return {}, findings
    entries = table.get("reviewed")
    if set(table) != {"reviewed"} or not isinstance(entries, list):
        return {}, [_malformed(shown, 1, "holds something else than the one list 'reviewed'.")]
    lines = [text.count("\n", 0, found.start()) + 1 for found in _ENTRY.finditer(text)]
    if len(lines) != len(entries):
        lines = [1] * len(entries)
    reviews: dict[str, list[Review]] = {}
    for entry, line in zip(entries, lines, strict=True):
        if fault := _fault(entry):
            findings.append(_malformed(shown, line, fault))
        else:
            name, _, anchor = entry.pop("section").partition("#")
            reviews.setdefault(name, []).append(Review(name, anchor, **entry, line=line))
    return {name: tuple(of_notice) for name, of_notice in reviews.items()}, findings


def _fault(entry: Any) -> str:
    """Say what is wrong with an entry; nothing where it is a review."""
    names = {"section": str, "source": str, "translation": str, "on": date}
    if not isinstance(entry, dict) or set(entry) != set(names):
        return "this line is no review."
    for name, kind in names.items():
        if type(entry[name]) is not kind:
            return f"'{name}' is no {'day' if kind is date else 'text'}."
    if not _KEY.fullmatch(entry["section"]):
        return f"'{entry['section']}' is no section; one reads notice#section."
    for name in ("source", "translation"):
        found = _DIGEST.fullmatch(entry[name])
        if not found:
            return f"'{entry[name]}' is not what {name} reads like."
        if int(found[1]) != NORMALISATION:
            return "this review was made by another version of this program."
    return ""


def _malformed(shown: str, line: int, message: str) -> Finding:
    fix = "take the file from its last good version; or remove the line, and check the text again."
    return Finding(shown, line, "reviewed-malformed", message, fix)


def write_reviews(file: Path, reviews: Iterable[Review]) -> None:
    """Write a language's reviews in their order, whole or not at all; raises OSError."""
    ordered = sorted(set(map(_line, reviews)))
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.write_text(f"{_HEADER}{''.join(ordered)}]\n", encoding="utf-8", newline="\n")
    unfinished.replace(file)


def _line(review: Review) -> str:
    return (
        f'    {{ section = "{review.key}", source = "{review.source}", '
        f'translation = "{review.translation}", on = {review.on.isoformat()} }},\n'
    )
