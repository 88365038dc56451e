# SPDX-License-Identifier: AGPL-3.0-or-later
"""``reviewed.toml``: which texts were last checked against each other, a line for each section.

The lines are sorted, and each stands by itself, so that git can merge two versions by keeping the
lines of both (``.gitattributes`` asks it to). A section may then have two reviews, and the one that
fits its texts counts.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from notices.filebytes import exists
from notices.model import Finding, Review
from notices.remembering import remembered
from notices.review.words import NORMALISATION
from notices.settings import SettingsError
from notices.textfiles import read_toml

REVIEWS_FILE: Final = "reviewed.toml"
_HEADER: Final = """\
# Which text was last checked against which. ./run reviewed writes this file; nobody types it.
reviewed = [
"""
_KEY: Final = re.compile(r"[^#]+#.*")
_DIGEST: Final = re.compile(r"(\d{1,3}):[0-9a-f]{16}")
_ENTRY: Final = re.compile(r"^[ \t]*\{", re.MULTILINE)


Reviews = Mapping[str, tuple[Review, ...]]
"""The reviews of one language, by notice."""


def read_reviews(file: Path, shown: str) -> tuple[Reviews | None, list[Finding]]:
    """Read a language's reviews; None where it keeps none, or none that can be read."""
    if not exists(file):
        return None, []
    table, findings, text = read_toml(file, shown, "reviewed-malformed")
    if findings:
        return None, findings
    reviews, faults = _reviews(table, text, shown)
    return reviews, [*faults]


@remembered
def _reviews(
    table: dict[str, Any], text: str, shown: str
) -> tuple[Reviews | None, tuple[Finding, ...]]:
    entries = table.get("reviewed")
    if set(table) != {"reviewed"} or not isinstance(entries, list):
        return None, (_malformed(shown, 1, "holds something else than the one list 'reviewed'."),)
    findings = []
    lines = [text.count("\n", 0, found.start()) + 1 for found in _ENTRY.finditer(text)]
    if len(lines) != len(entries):
        lines = [1] * len(entries)
    reviews: dict[str, list[Review]] = {}
    for entry, line in zip(entries, lines, strict=True):
        if fault := _fault(entry):
            findings.append(_malformed(shown, line, fault))
        else:
            name, _, anchor = entry["section"].partition("#")
            rest = {key: value for key, value in entry.items() if key != "section"}
            reviews.setdefault(name, []).append(Review(name, anchor, **rest, line=line))
    return {name: tuple(of_notice) for name, of_notice in reviews.items()}, tuple(findings)


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


def change_reviews(
    file: Path, shown: str, change: Callable[[list[Review]], Iterable[Review]]
) -> None:
    """Give a language's reviews to a function, and write what it gives; whole, or not at all.

    Two who do so at once wait for each other. Raises SettingsError for a record that cannot be
    read, OSError for one that cannot be written.
    """
    with _alone(file.parent):
        reviews, findings = read_reviews(file, shown)
        if findings:
            first = findings[0]
            raise SettingsError(
                f"{first.place}: {first.message} Nothing was changed.\n    Fix: {first.fix}"
            )
        old = [review for of_notice in (reviews or {}).values() for review in of_notice]
        lines = sorted(set(map(_line, change(old))))
        if reviews is None or lines != sorted(set(map(_line, old))):
            _write(file, f"{_HEADER}{''.join(lines)}]\n")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep others who change the records of a folder waiting."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _write(file: Path, text: str) -> None:
    """Write a file in one step, under a name that nobody can have prepared."""
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=file.parent, prefix=".", delete=False
        ) as unfinished:
            written = Path(unfinished.name)
            try:
                unfinished.write(text)
                unfinished.flush()
                os.fsync(unfinished.fileno())
                written.chmod(0o644)
                written.replace(file)
            except BaseException:
                written.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error


def _line(review: Review) -> str:
    key = json.dumps(review.key, ensure_ascii=False)  # a JSON string is one of TOML, too
    return (
        f'    {{ section = {key}, source = "{review.source}", '
        f'translation = "{review.translation}", on = {review.on.isoformat()} }},\n'
    )
