# SPDX-License-Identifier: AGPL-3.0-or-later
"""What does a site say of itself? Its ``build.json``, by which it is known to be ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from notices.filenames import BUILD_RECORD

_GENERATOR: Final = "notices"
_COMMIT_DIGITS: Final = 12


def written(record: Mapping[str, Any]) -> bytes:
    """Write a record as one of ours."""
    made = {**record, "generator": _GENERATOR}
    return f"{json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True)}\n".encode()


def parsed(content: bytes) -> dict[str, Any]:
    """Read a record, whoever wrote it; raises ValueError for what is none."""
    try:
        record = json.loads(content)
    except RecursionError as error:
        raise ValueError(f"{BUILD_RECORD} is nested too deep") from error
    if not isinstance(record, dict):
        raise ValueError(f"{BUILD_RECORD} holds no record")
    return record


def is_ours(record: Mapping[str, Any]) -> bool:
    """Tell whether this program made the site."""
    return record.get("generator") == _GENERATOR


def commit_of(said: Mapping[str, Any]) -> str:
    """Give what a commit's name begins with, of which a site was made; empty where none is named.

    A record may be anybody's: what is no plain word is no commit, and a terminal might obey it.
    """
    source = said.get("source")
    commit = source.get("commit") if isinstance(source, dict) else None
    return commit[:_COMMIT_DIGITS] if isinstance(commit, str) and commit.isalnum() else ""
