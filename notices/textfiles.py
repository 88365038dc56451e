# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a text or TOML file of an editor is read: every fault becomes a finding at its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from notices.filebytes import LARGEST, exists, read_bytes
from notices.model import Finding
from notices.remembering import remembered
from notices.snapshots import is_broken

_FORBIDDEN = (
    (
        re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]"),
        "control-character",
        "holds an invisible control character ({}).",
        "delete it; retype the words around it if you cannot see it.",
    ),
    (
        re.compile(r"^(?:<{7}|\|{7}|>{7})(?: |$)", re.MULTILINE),
        "merge-unfinished",
        "this line ({}) is git's mark of two versions that do not agree.",
        "keep the one or the other, or the best of both, and remove git's marks.",
    ),
)
"""What no text may hold, the code of its finding, and what is said of it."""
_KEY = re.compile(r"""[ \t]*\[{0,2}(?:["'](?P<quoted>[^"']+)["']|(?P<bare>[\w-]+))[ \t]*[.=\]]""")
_LONG_NAME = re.compile(
    r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){40}"""
)
"""A name of more parts than any has; tomllib takes a time with the square of them."""
_TYPED = re.compile("[“”„‟«»‘’‚‛\u00a0\u2007\u202f]")
"""What writing programs put in the place of the signs that are typed."""
_TYPED_FOR = (
    "a quotation mark is curly, and not the straight one of a keyboard",
    "a space in this line only looks like one",
)
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_text(file: Path, shown: str, largest: int = LARGEST) -> tuple[str | None, list[Finding]]:
    """Read a UTF-8 text file of so many bytes at most, with every kind of line end made one.

    Gives None where there is nothing to go on with; a byte-order mark is reported and dropped.
    """
    raw = read_bytes(file, shown, largest)
    text, findings = (None, (raw,)) if isinstance(raw, Finding) else _decoded(raw, shown)
    if text is None:
        is_broken(file, shown)
    return text, [*findings]


@remembered
def _decoded(raw: bytes, shown: str) -> tuple[str | None, tuple[Finding, ...]]:
    findings = []
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
        fix = "save the file as 'UTF-8', not 'UTF-8 with BOM'."
        findings.append(
            Finding(shown, 1, "byte-order-mark", "the file begins with a byte-order mark.", fix)
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        fix = "save the file with the encoding UTF-8."
        line = _lines_before(raw, error.start)
        message = "is not UTF-8 text: this line holds a character in some other encoding."
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            message = "is not UTF-8 text, but UTF-16, which some programs call 'Unicode'."
        return None, (*findings, Finding(shown, line, "file-unreadable", message, fix))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for pattern, code, message, fix in _FORBIDDEN:
        if found := pattern.search(text):
            line = text.count("\n", 0, found.start()) + 1
            sign = found[0].strip() if found[0].isprintable() else f"U+{ord(found[0]):04X}"
            return None, (*findings, Finding(shown, line, code, message.format(sign), fix))
    return text, tuple(findings)


def _lines_before(raw: bytes, offset: int) -> int:
    """Give the line (from 1) on which an offset lies, whatever the line ends are."""
    return len(re.findall(rb"\r\n|\r|\n", raw[:offset])) + 1


def read_toml(file: Path, shown: str, code: str) -> tuple[dict[str, Any], list[Finding], str]:
    """Read a TOML file: its table, the findings (of the given code), and its text for lines.

    Nobody may change the table.
    """
    text, findings = read_text(file, shown)
    if text is None:
        return {}, findings, ""
    table, fault = _parsed(text, shown, code)
    if fault:
        is_broken(file, shown)
        findings.append(fault)
    return table, findings, text


@remembered
def _parsed(text: str, shown: str, code: str) -> tuple[dict[str, Any], Finding | None]:
    if found := _LONG_NAME.search(text):
        line = text.count("\n", 0, found.start()) + 1
        fix = 'give it a name of one part: name = "value".'
        return {}, Finding(shown, line, code, "this name has more than 40 parts.", fix)
    try:
        return tomllib.loads(text), None
    except (ValueError, RecursionError) as error:  # tomllib's own error, or a monstrous number
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        reason = _TOML_LINE.sub("", str(error)).strip()
        if reason == "Cannot overwrite a value":
            reason = "the name on this line (or the one before it) is given twice"
        fix = 'write each entry as name = "value", with straight quotes; a day as 2027-06-30.'
        if text.split("\n")[line - 1 :][:1] and text.split("\n")[line - 1].lstrip().startswith("["):
            fix = "name each once in square brackets, with letters a to z, digits and hyphens only."
        if reason.startswith("Cannot declare"):
            reason = "the name in square brackets on this line is given twice"
        if typed := _TYPED.search(text.split("\n")[line - 1] if line else ""):
            reason = f"{_TYPED_FOR[typed[0].isspace()]} (it is U+{ord(typed[0]):04X})"
        return {}, Finding(shown, line, code, f"is not valid TOML: {reason}.", fix)


def read_list(
    file: Path, shown: str, name: str, code: str, fix: str, fault_of: Callable[[Any], str]
) -> tuple[list[tuple[int, dict[str, Any]]], list[Finding]]:
    """Read a TOML file that is a list of ``[[name]]``: the entries, with their lines, and findings.

    ``fault_of`` says what is wrong with an entry, and nothing where it can be used; ``code`` and
    ``fix`` are those of a finding about one. A folder without the file has an empty list.
    """
    if not exists(file):
        return [], []
    table, findings, text = read_toml(file, shown, code)
    entries = table.get(name, [])
    if set(table) - {name} or not isinstance(entries, list):
        message = f"holds something else than a list of [[{name}]]."
        return [], [*findings, Finding(shown, 1, code, message, fix)]
    lines = [
        number
        for number, line in enumerate(text.split("\n"), start=1)
        if line.replace(" ", "").startswith(f"[[{name}]]")
    ]
    if len(lines) != len(entries):
        lines = [1] * len(entries)
    sound = []
    for line, entry in zip(lines, entries, strict=True):
        if fault := fault_of(entry):
            findings.append(Finding(shown, line, code, fault, fix))
        else:
            sound.append((line, entry))
    return sound, findings


def lines_of_keys(text: str) -> dict[str, int]:
    """Give the line on which each key of a TOML text is first set, or heads its own table."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _KEY.match(line):
            lines.setdefault(found["quoted"] or found["bare"], number)
    return lines
