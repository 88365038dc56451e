# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the front matter of a notice says: the few lines of YAML between two ``---`` lines.

Keys and values are taken from YAML's nodes and not from constructed objects, so that each fault
has its line, doubled keys are seen, and nothing but text is ever made of what an editor wrote.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import yaml

from notices.model import Finding

KEYS: Final = ("title", "slug", "effective", "template", "draft")
_FENCE: Final = "---"
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST: Final = 4_000
"""In characters; what nests deeper than there is room in these ends the YAML library's process."""
_NO_SPACE: Final = re.compile(r"[ ]*[\w-]*[^\S ]+[\w-]*[ ]*:|[ ]*[\w-]+[ ]*:[ ]*[^\S ]")
"""A white space other than the ordinary one, around the name of an entry."""
_MISPLACED: Final = re.compile(rf"\s*-{{3,}}[ \t]*\n+(?=(?:{'|'.join(KEYS)})[ \t]*:)")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_YES_OR_NO: Final = ("true", "false")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The front matter's values, each with the line of the file where it stands."""

    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    effective: date | None = None


def split(text: str) -> tuple[str | None, str | None, int]:
    """Part front matter from Markdown: the YAML (None without any), the rest, its first line.

    Front matter opens on the first line and ends at the next line of three hyphens. After an
    opening that nothing closes there is no rest (None).
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return None, text, 1
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1
    return "\n".join(lines[1:]), None, 1


def read(text: str, shown: str) -> tuple[Metadata, str, int, list[Finding]]:
    """Read a file's front matter: what it says, the Markdown after it, that Markdown's first line.

    The findings name the line in the file, not in the front matter.
    """
    front, body, first_line = split(text)
    if front is None:
        misplaced = []
        if found := _MISPLACED.match(text):
            line = text[: found.end()].count("\n") + 1
            message = "this looks like metadata, and would be shown as text."
            fix = "put a line of three hyphens at the very top of the file, and one below it all."
            misplaced.append(Finding(shown, line, "metadata-malformed", message, fix))
        return Metadata(), text, 1, misplaced
    if body is None:
        fix = "close the metadata with a line of three hyphens, or remove the one that opens it."
        message = "the metadata that opens on this line is never closed."
        return Metadata(), "", 1, [Finding(shown, 1, "metadata-malformed", message, fix)]
    metadata = Metadata()
    findings: list[Finding] = []
    if fault := _fault_of_form(front):
        line, message, fix = fault
        return (
            metadata,
            body,
            first_line,
            [Finding(shown, line, "metadata-malformed", message, fix)],
        )
    try:
        node = yaml.compose(front, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = min((mark.line if mark else 0) + 2, first_line - 1)
        fix = (
            "write each entry as 'name: value' on a line of its own; put a value that holds a "
            "colon or another sign between double quotes."
        )
        message = "the metadata between the '---' lines cannot be read."
        return (
            metadata,
            body,
            first_line,
            [Finding(shown, line, "metadata-malformed", message, fix)],
        )
    if node is None:
        return metadata, body, first_line, []
    if not isinstance(node, yaml.MappingNode):
        fix = f"write entries as 'name: value'; the names are {', '.join(KEYS)}."
        message = "the text between the '---' lines is no metadata."
        line = node.start_mark.line + 2
        return (
            metadata,
            body,
            first_line,
            [Finding(shown, line, "metadata-malformed", message, fix)],
        )
    effective = None
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 2
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
        faults = list(_faults(key, value_node, metadata, shown, line))
        findings += faults
        if faults:
            continue
        value = value_node.value.strip()
        if key == "effective":
            effective = date.fromisoformat(value)
        metadata.values[key] = value
        metadata.lines[key] = line
    return Metadata(metadata.values, metadata.lines, effective), body, first_line, findings


def _fault_of_form(front: str) -> tuple[int, str, str] | None:
    """Say what makes a front matter none before YAML is asked: the line, the fact, the repair."""
    if len(front) > _LONGEST:
        message = f"more than {_LONGEST:,} characters stand between the '---' lines."
        return 1, message, f"keep the entries that a notice has ({', '.join(KEYS)})."
    for number, line in enumerate(front.split("\n"), start=2):
        if _NO_SPACE.match(line):
            message = "a tab or another sign that only looks like a space stands in this line."
            return number, message, "delete the space and type it anew, as in 'slug: users'."
    return None


def _faults(
    key: str, value: yaml.Node, before: Metadata, shown: str, line: int
) -> Iterator[Finding]:
    if key not in KEYS:
        near = difflib.get_close_matches(key, KEYS, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"the names are {', '.join(KEYS)}."
        yield Finding(
            shown, line, "metadata-unknown", f"'{key}' is no entry of the metadata.", hint
        )
    elif key in before.values:
        message = f"'{key}' is said twice (before on line {before.lines[key]})."
        yield Finding(shown, line, "metadata-doubled", message, "keep one of the two lines.")
    elif (
        not isinstance(value, yaml.ScalarNode)
        or not value.value.strip()
        or "\n" in value.value.strip()
        or value.style in ("|", ">")
    ):
        message = f"'{key}' has no plain text as its value."
        yield Finding(shown, line, "metadata-malformed", message, f"write '{key}: value'.")
    elif key == "effective" and not _is_day(value.value.strip()):
        yield Finding(
            shown,
            line,
            "date-impossible",
            f"'{value.value}' is not a day of the calendar.",
            "write the date as year-month-day, such as 2026-03-01.",
        )
    elif key == "draft" and value.value.strip() not in _YES_OR_NO:
        message = f"'draft: {value.value.strip()}' does not tell whether this is a draft."
        fix = "write 'draft: true', or remove the line from a text that may be published."
        yield Finding(shown, line, "metadata-malformed", message, fix)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
