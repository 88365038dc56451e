# SPDX-License-Identifier: AGPL-3.0-or-later
"""``aliases.toml``: where a page or section is now that once stood at another address or anchor.

An editor writes what the browser shows behind the site's own address. ``checks/aliases.py`` asks
whether what is written fits the site.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from notices.aliases import spelling
from notices.aliases.spelling import MalformedError
from notices.filebytes import exists
from notices.model import Aliases, Finding, key_of
from notices.textfiles import read_toml

ALIASES_FILE: Final = "aliases.toml"
CODE: Final = "alias-malformed"

_TABLES: Final = ("addresses", "anchors", "gone")
_HEADER: Final = re.compile(r"""[ \t]*\[[ \t]*["']?([^"'\]\s]+)["']?[ \t]*\]""")
_KEY: Final = re.compile(
    r"""[ \t]*(?:"(?P<basic>[^"]*)"|'(?P<literal>[^']*)'|(?P<bare>[\w-]+))[ \t]*="""
)


def read_aliases(
    file: Path, shown: str, tags: Collection[str] = ()
) -> tuple[Aliases, list[Finding]]:
    """Read the aliases of a content folder; one without the file has retired nothing.

    ``tags`` are the site's languages: an address with the site's own before it begins at one.
    """
    if not exists(file):
        return Aliases(shown), []
    table, findings, text = read_toml(file, shown, CODE)
    if findings:
        fix = 'write each line as "/sv/old/" = "/sv/new/", with straight quotes around both.'
        return Aliases(shown), [
            replace(one, fix=fix) if "not valid TOML" in one.message else one for one in findings
        ]
    return _Reading(shown, table, text, tags).aliases()


class _Reading:
    """Reads one table; what is wrong with an entry is a finding, and the entry left out."""

    def __init__(
        self, shown: str, table: Mapping[str, Any], text: str, tags: Collection[str]
    ) -> None:
        self._shown = shown
        self._table = table
        self._tags = tags
        self._written_on = dict(_lines(text))
        self._lines: dict[str, int] = {}
        self._findings: list[Finding] = []

    def aliases(self) -> tuple[Aliases, list[Finding]]:
        """Give what can be used, and what is wrong."""
        for name, value in self._table.items():
            if name not in _TABLES or not isinstance(value, dict):
                near = difflib.get_close_matches(name, _TABLES, 1, 0.5)
                fix = f"did you mean a line [{near[0]}]?" if near else ""
                fix = fix or "put it below a line [addresses], [anchors] or [gone]."
                line = self._written_on.get(("", name), 1)
                self._add(line, f"'{name}' has no meaning here.", fix)
        addresses = dict(self._entries("addresses", self._address))
        anchors: dict[str, dict[str, str]] = {}
        for key, target in self._entries("anchors", self._anchor):
            name, _, anchor = key.partition("#")
            anchors.setdefault(name, {})[anchor] = target
        gone = dict(self._entries("gone", self._gone))
        return Aliases(self._shown, addresses, anchors, gone, self._lines), self._findings

    def _entries(
        self, kind: str, read: Callable[[str, str], tuple[str, str]]
    ) -> Iterator[tuple[str, str]]:
        """Give the sound entries of a table, in the order of the file."""
        entries = self._table.get(kind)
        spelled = {_on_disk(name): line for name, line in self._lines.items()}
        for written, value in entries.items() if isinstance(entries, dict) else ():
            line = self._written_on.get((kind, written), 1)
            try:
                if not isinstance(value, str):
                    fix = f'write "{written}" = "…", with quotes around both.'
                    raise MalformedError(f"what '{written}' is to be is no text.", fix)
                name, target = read(written, value)
                if earlier := spelled.get(_on_disk(name)):
                    message = f"'{written}' stands on line {earlier}, too."
                    raise MalformedError(message, "keep one of the two.")
            except MalformedError as fault:
                self._add(line, fault.message, fault.fix)
            else:
                self._lines[name] = spelled[_on_disk(name)] = line
                yield name, target

    def _add(self, line: int, message: str, fix: str) -> None:
        self._findings.append(Finding(self._shown, line, CODE, message, fix))

    # What an entry says

    def _address(self, written: str, value: str) -> tuple[str, str]:
        retired, fragment = spelling.address(written, self._tags)
        if fragment:
            fix = 'write "notice#old" = "new" below [anchors], such as "user#old" = "retention".'
            raise MalformedError(f"'{written}' names an anchor, and those are the notice's.", fix)
        target, fragment = spelling.address(value, self._tags)
        return retired, f"{target}#{fragment}" if fragment else target

    def _anchor(self, written: str, value: str) -> tuple[str, str]:
        name, anchor = spelling.key(written)
        before, mark, after = value.strip().rpartition("#")
        if mark and before not in ("", name):
            raise MalformedError(
                f"'{value}' is in another notice, and an old link would still open '{name}'.",
                f"let a section of '{name}' say where that is now, with a link, and write its id "
                "here.",
            )
        return key_of(name, anchor), spelling.anchor_of(after)

    def _gone(self, written: str, reason: str) -> tuple[str, str]:
        if not reason.strip():
            fix = f'write "{written}" = "why nothing stands in for it".'
            raise MalformedError(f"'{written}' is let go without a reason.", fix)
        if "/" not in written:
            return key_of(*spelling.key(written)), reason
        is_beginning = written.strip().endswith("/*")
        plain = written.strip()[:-1] if is_beginning else written
        address, fragment = spelling.address(plain, self._tags)
        if fragment:
            raise MalformedError(
                f"'{written}' names an anchor, and those are the notice's.",
                f'write the notice\'s name before the anchor, such as "user#{fragment}".',
            )
        return f"{address}*" if is_beginning else address, reason


def _on_disk(name: str) -> str:
    """Give what two addresses have in common that differ in letter case alone."""
    return name.casefold() if "/" in name else name


def _lines(text: str) -> Iterator[tuple[tuple[str, str], int]]:
    """Give the line of each entry, by its table and name; of a table by no table and its name."""
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            table = header[1]
            yield ("", table), number
        elif key := _KEY.match(line):
            yield (table, key["basic"] or key["literal"] or key["bare"] or ""), number
