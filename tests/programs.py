# SPDX-License-Identifier: AGPL-3.0-or-later
"""Programs that tests start: a person without one skips them, in CI it is a failure."""

from __future__ import annotations

import os
import shutil

import pytest

_PLACES = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"


def needed(name: str) -> str:
    """Give the path of a program of ``tasks.TEST_PROGRAMS``."""
    found = shutil.which(name, path=_PLACES)
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{name} is not installed")
    assert found is not None
    return found
