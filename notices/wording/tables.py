# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of words and signs beside this module, in TOML."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from notices.languages import primary

Value = TypeVar("Value")


@functools.lru_cache
def table(name: str) -> dict[str, Any]:
    """Read ``name.toml``."""
    file = Path(__file__).with_name(f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def in_language(by_tag: dict[str, Value], lang: str) -> Value | None:
    """Give what holds for a language, or for the language without its region."""
    return by_tag.get(lang, by_tag.get(primary(lang)))
