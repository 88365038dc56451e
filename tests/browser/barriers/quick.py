# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questions that take milliseconds each, by name: so many pages and modes can be asked them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from playwright.sync_api import Page

from tests.browser.barriers import ask

TARGET = 44
"""CSS pixels, WCAG 2.5.5."""

Question = Callable[[Page], list[str]]


def _is_on_paper(page: Page) -> bool:
    return bool(page.evaluate("matchMedia('print').matches"))


def _on_screen(name: str, wanted: object, page: Page) -> list[str]:
    """Ask what makes no sense of paper, where nothing is pressed, and fonts are in points."""
    return [] if _is_on_paper(page) else [str(fault) for fault in ask(page, name, wanted)]


def reflow(page: Page) -> list[str]:
    """1.4.4, 1.4.10, 1.4.12: what scrolls sideways, is cut off or covered."""
    return [str(fault) for fault in ask(page, "reflow")]


def contrast(page: Page) -> list[str]:
    """1.4.6, 1.4.1: what cannot be told from its background, which link from the text."""
    return [str(fault) for fault in ask(page, "contrast")]


def order(page: Page) -> list[str]:
    """1.3.2: what stands elsewhere than it is read."""
    return [str(fault) for fault in ask(page, "order")]


def still(page: Page) -> list[str]:
    """2.2.2, 2.2.3, 2.3.3: what moves or acts by itself."""
    return [str(fault) for fault in ask(page, "still")]


def words(page: Page) -> list[str]:
    """2.4.2, 2.4.6, 2.4.10: titles and headings."""
    return [str(fault) for fault in ask(page, "words")]


def presentation(page: Page) -> list[str]:
    """1.4.8: lines and paragraphs."""
    return _on_screen("presentation", None, page)


def focus(page: Page) -> list[str]:
    """2.4.7, 2.4.11 to 2.4.13: where the keyboard is."""
    return _on_screen("focus", None, page)


targets: Question = partial(_on_screen, "targets", TARGET)
"""2.5.5: what is too small to be hit. The window has to be as tall as the page."""

QUESTIONS: dict[str, Question] = {
    "reflow": reflow,
    "contrast": contrast,
    "order": order,
    "still": still,
    "words": words,
    "presentation": presentation,
    "focus": focus,
    "targets": targets,
}


def faults(page: Page, *names: str) -> list[str]:
    """Ask some of the questions, or all; each fault says which found it."""
    return [f"{name}: {one}" for name in names or QUESTIONS for one in QUESTIONS[name](page)]
