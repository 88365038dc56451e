# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/accessibility.md is true: its tests exist, its criteria are WCAG 2.2's, each once."""

from __future__ import annotations

import ast
import re

import pytest

from notices import settings

A = """1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1
2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1
3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2""".split()
AA = """1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7
2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3""".split()
AAA = "1.4.6 1.4.8 2.2.3 2.4.9 2.4.10 2.4.13 2.5.5 3.1.3 3.1.4 3.1.5".split()
"""WCAG 2.2: all of A and AA, and of AAA those that this site promises."""


def faults(text: str, tests: set[str]) -> list[str]:
    """Give what is untrue in the page: criteria twice, unknown or left out, tests that are none."""
    rows = re.findall(r"^\| (\d+\.\d+\.\d+) [^|]+ \| (A{1,3}) \|", text, re.M)
    expected = [
        (number, level) for level, all_ in (("A", A), ("AA", AA), ("AAA", AAA)) for number in all_
    ]
    found = [f"twice: {row[0]}" for row in set(rows) if rows.count(row) > 1]
    found += [f"left out: {row[0]}" for row in expected if row not in rows]
    found += [
        f"no such criterion, or another level: {row[0]}" for row in rows if row not in expected
    ]
    named = set(re.findall(r"`(test_\w+)`", text))
    return found + [f"no such test: {name}" for name in sorted(named - tests)]


def all_tests() -> set[str]:
    """Give the name of every test function."""
    return {
        node.name
        for file in (settings.ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_what_the_page_says_is_so() -> None:
    """Every criterion of A and AA once, with its level; every named test is one."""
    text = (settings.ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    assert faults(text, all_tests()) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("| 1.4.3 ", "| 1.4.14 ", "left out: 1.4.3"),
        ("| 1.4.3 ", "| 1.4.14 ", "no such criterion, or another level: 1.4.14"),
        ("| 4.1.2 Name, role, value | A |", "| 4.1.2 Name, role, value | AA |", "left out: 4.1.2"),
        ("| 1.4.2 Audio control | A |", "| 1.4.1 Audio control | A |", "twice: 1.4.1"),
        (
            "`test_targets_are_large`",
            "`test_targets_are_huge`",
            "no such test: test_targets_are_huge",
        ),
    ],
)
def test_what_is_untrue_is_found(old: str, new: str, expected: str) -> None:
    """The instrument works, for each kind of untruth."""
    text = (settings.ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    assert old in text
    assert expected in faults(text.replace(old, new), all_tests())
