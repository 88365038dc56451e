# SPDX-License-Identifier: AGPL-3.0-or-later
"""What in a page, as Chromium shows it, is a barrier to a reader?

Each module asks one question of a page that is open in the browser. Its functions give the faults
in words, nothing where there is none, and leave the page as it was: ``(page) -> list[str]``.
The tests of the finished pages ask them, and so does the test that takes away rules of the style.
What has to be found out inside the page stands in a ``.js`` file beside the module.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

FOLDER = Path(__file__).parent


@cache
def script(name: str) -> str:
    """Give a script of this folder as one function, with what all of them share before it."""
    shared, own = ((FOLDER / f"{one}.js").read_text(encoding="utf-8") for one in ("shared", name))
    return f"(wanted) => {{\n{shared}\nreturn ({own.rstrip().rstrip(';')})(wanted);\n}}"


def ask(page: Page, name: str, wanted: Any = None) -> Any:
    """Run a script of this folder in a page, and give what it found."""
    return page.evaluate(script(name), wanted)
