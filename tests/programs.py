# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tests need of a machine: a person without it skips them, in CI it is a failure."""

from __future__ import annotations

import os
import shutil

import pytest

from notices import speller

_PLACES = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"


def needed(name: str) -> str:
    """Give the path of a program of ``tasks.TEST_PROGRAMS``."""
    found = shutil.which(name, path=_PLACES)
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{name} is not installed")
    assert found is not None
    return found


def needed_dictionaries(*langs: str) -> str:
    """Give the folders of real dictionaries of ``tasks.TEST_DICTIONARIES``, for ``DICPATH``."""
    folders = []
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("DICPATH", raising=False)
        for lang in langs:
            found = speller.find(lang)
            if not found:
                (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no dictionary of '{lang}'")
            folders.append(str(found.parent))
    return os.pathsep.join(folders)
