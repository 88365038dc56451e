# SPDX-License-Identifier: AGPL-3.0-or-later
"""``brand.toml``: how does an organisation look, where it wants otherwise than the theme?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import tinycss2

from notices.filebytes import exists
from notices.logo import LogoError, read_logo
from notices.model import Brand, Finding
from notices.textfiles import lines_of_keys, read_toml
from notices.tokens import Tokens

BRAND_FILE: Final = "brand.toml"
MODES: Final = ("light", "dark")
_CODE: Final = "brand-malformed"
_FUNCTIONS: Final = frozenset("rgb rgba hsl hsla calc clamp min max".split())
_KINDS: Final = frozenset(
    "ident literal hash string number dimension percentage whitespace function".split()
)
_LONGEST: Final = 300
_LONGEST_NAME: Final = 100
_MOST: Final = 100
"""No theme has so many tokens."""


def read_brand(file: Path, shown: str) -> tuple[Brand, list[Finding]]:
    """Read the brand of a content folder; without the file, the theme's own look holds.

    What is malformed is a finding and is left out: whatever the Brand holds can be published.
    """
    if not exists(file):
        return Brand(shown), []
    table, findings, text = read_toml(file, shown, _CODE)
    if sum(len(one) if isinstance(one, dict) else 1 for one in table.values()) > _MOST:
        fix = "keep name, logo and the tokens that differ from the theme's."
        fault = f"holds more than {_MOST} entries; no brand has so many."
        return Brand(shown), [*findings, Finding(shown, 1, _CODE, fault, fix)]
    read: dict[str, Any] = {}
    lines: dict[str, int] = {}
    places = lines_of_keys(text)
    for name, value in table.items():
        line = places.get(name, 1)
        fault, fix = "", ""
        if name in MODES:
            read[name], faults = _colours(name, value, text, shown, lines)
            findings += faults
        elif name == "name" and isinstance(value, str) and value.strip():
            read[name] = " ".join(value.split())
            if not read[name].isprintable() or len(read[name]) > _LONGEST_NAME:
                fault = f"'name' is longer than {_LONGEST_NAME} characters, or some are invisible."
                fix = "write the name as it stands above each page, by hand and not pasted."
                del read[name]
        elif name == "logo" and isinstance(value, str):
            try:
                read["logo"], read["icon"] = read_logo(value)
            except LogoError as error:
                line += error.line - 1 + _begins_below(text, line)
                fault = str(error)
                fix = "save it as 'plain' or 'optimised' SVG; docs/theming.md says what it may be."
        elif name in ("name", "logo"):
            fault, fix = f"'{name}' is no text.", f'write {name} = "…", or leave it out.'
        else:
            fault = f"'{name}' is no entry of a brand."
            fix = "the entries are name and logo, and below [light] and [dark] the theme's tokens."
        if fault:
            findings.append(Finding(shown, line, _CODE, fault, fix))
    return Brand(shown, **read, lines=lines), findings


def _begins_below(text: str, line: int) -> bool:
    """Tell whether a long text begins on the line below its name (TOML drops that line end)."""
    return text.split("\n")[line - 1].rstrip().endswith(("'''", '"""'))


def _colours(
    mode: str, table: object, text: str, shown: str, lines: dict[str, int]
) -> tuple[dict[str, str], list[Finding]]:
    start = lines_of_keys(text).get(mode, 1)
    places = lines_of_keys("\n".join(text.split("\n")[start - 1 :]))
    if not isinstance(table, dict):
        fix = f'write [{mode}] on a line of its own, and accent = "#0a4d50" below it.'
        return {}, [Finding(shown, start, _CODE, f"'{mode}' is no table of tokens.", fix)]
    values, findings = {}, []
    for name, value in table.items():
        line = start - 1 + places.get(name, 1)
        safe = _value(value)
        if re.fullmatch(r"[a-z][a-z0-9-]*", name) and safe:
            values[name], lines[f"{mode}.{name}"] = safe, line
        else:
            message = f"'{name}' in [{mode}] is no value that a token may have."
            fix = f'write a colour by its digits, or a plain measure: {name} = "#0a4d50".'
            findings.append(Finding(shown, line, _CODE, message, fix))
    return values, findings


def _value(value: object) -> str:
    """Give a value as CSS that ends nothing but itself and asks for nothing; '' for any other."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return ""
    nodes = tinycss2.parse_component_value_list(value, skip_comments=True)
    return str(tinycss2.serialize(nodes)).strip() if _is_plain(nodes) else ""


def _is_plain(nodes: list[Any]) -> bool:
    return all(
        node.type in _KINDS
        and (node.type != "literal" or node.value in (",", "/", "+", "-", "*"))
        and (
            node.type != "function" or (node.lower_name in _FUNCTIONS and _is_plain(node.arguments))
        )
        for node in nodes
    )


def style(brand: Brand, tokens: Tokens) -> str:
    """Write the brand's tokens as CSS, to stand below the theme's own.

    A token that is the same in light and dark, such as a measure, holds for both.
    """
    varying = tokens.dark.keys() | brand.dark.keys()
    for_both = {name: value for name, value in brand.light.items() if name not in varying}
    light = {name: value for name, value in brand.light.items() if name in varying}
    return "".join(
        (
            *_rule(for_both, ""),
            *_rule(light, "light"),
            *_rule(brand.dark, "dark"),
        )
    )


def _rule(values: Mapping[str, str], scheme: str) -> Iterator[str]:
    if values:
        entries = ";".join(f"--{name}:{value}" for name, value in values.items())
        rule = f":root{{{entries}}}"
        yield f"@media (prefers-color-scheme:{scheme}){{{rule}}}" if scheme else rule
