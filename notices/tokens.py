# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which tokens has a theme: the colours, letters and measures in ``static/css/tokens.css``?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import tinycss2

TOKENS_FILE: Final = Path("static", "css", "tokens.css")


@dataclass(frozen=True, slots=True)
class Token:
    """A token's value, as CSS writes it, and the line on which the theme sets it."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """A theme's tokens by name, without the hyphens before it.

    ``light`` are those that always hold, ``dark`` those that differ for readers who want it dark.
    """

    light: Mapping[str, Token] = field(default_factory=dict)
    dark: Mapping[str, Token] = field(default_factory=dict)


def read_tokens(theme: Path) -> Tokens:
    """Read a theme's tokens; a theme without the file, or with one that is no text, has none."""
    try:
        text = (theme / TOKENS_FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Tokens()
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    light = dict(_of_root(rules))
    dark: dict[str, Token] = {}
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            condition = tinycss2.serialize(rule.prelude).lower()
            if "prefers-color-scheme" in condition and "dark" in condition:
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True)
                dark.update(_of_root(inner))
    return Tokens(light, dark)


def _of_root(rules: list[Any]) -> Iterator[tuple[str, Token]]:
    for rule in rules:
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for entry in tinycss2.parse_blocks_contents(rule.content, skip_comments=True):
                if entry.type == "declaration" and entry.name.startswith("--"):
                    value = tinycss2.serialize(entry.value).strip()
                    yield entry.name[2:], Token(value, entry.source_line)
