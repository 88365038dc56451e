# SPDX-License-Identifier: AGPL-3.0-or-later
"""axe-core with every rule it has: what does it call a violation, what should a person look at?

Rules that are off by default (AAA contrast, target size, the experimental ones) are on. Left out
are those that axe-core itself calls deprecated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RUN = """() => axe.run({
  resultTypes: ["violations", "incomplete"],
  rules: Object.fromEntries(axe.getRules().filter((rule) => !rule.tags.includes("deprecated"))
    .map((rule) => [rule.ruleId, {enabled: true}])),
}).then((found) => ["violations", "incomplete"].flatMap((kind) => found[kind].flatMap((rule) =>
  rule.nodes.map((node) => [kind, rule.id, node.target.flat().join(" "), node.html,
    [...node.any, ...node.all, ...node.none].map((one) => one.message).join("; ")]))))"""


@dataclass(frozen=True, slots=True)
class Met:
    """What axe-core says of one element."""

    is_violation: bool
    rule: str
    selector: str
    html: str
    message: str

    def __str__(self) -> str:
        kind = "violation" if self.is_violation else "needs review"
        return f"{kind} {self.rule}: {self.html[:160]} ({self.selector}): {self.message}"


@dataclass(frozen=True, slots=True)
class Explained:
    """What axe-core cannot tell by itself, and why it is no barrier.

    ``rule`` is the rule's id, ``html`` a regular expression for the whole of the element's start
    tag, ``message`` a part of what axe-core says, and ``mode`` a mode of ours, or empty for all.
    """

    rule: str
    html: str
    message: str
    reason: str
    mode: str = ""

    def fits(self, met: Met, mode: str) -> bool:
        """Tell whether it explains what was met. A violation is never explained."""
        start = met.html.split(">", 1)[0] + ">"
        return (
            not met.is_violation
            and met.rule == self.rule
            and self.mode in ("", mode)
            and self.message in met.message
            and re.fullmatch(self.html, start) is not None
        )


TOO_SHORT = "too short to determine if it is actual text"
EXPLAINED = (
    Explained(
        "color-contrast",
        "<span>",
        "partially obscured",
        "the line to sign on takes the room that a letter leaves, and has no ground of its own; the"
        " contrast of the words is computed by the tests of paper",
        "print",
    ),
    Explained(
        "color-contrast",
        '<td class="number">',
        TOO_SHORT,
        "a number of one figure in the editors' table; its colours are those of the other cells",
    ),
    Explained(
        "color-contrast",
        '<t[hd] (scope="col"|class="number")>',
        "partially obscured",
        "the editors' table scrolls inside its frame; what is scrolled away has the same colours",
    ),
    Explained(
        "identical-links-same-purpose",
        '<a href="/(arabic/ar|plain/en)/" hreflang="(ar|en)">',
        "Check that links have the same purpose",
        "nobody translated the interface of these test sites, which the build says; until then the"
        " links to all front pages are in English, each under the name of its language",
    ),
)
"""What axe-core leaves to people, and what they found. One that nothing needs fails the test."""


def load(page: Page) -> None:
    """Put axe-core into a page, once for each time that a page is loaded."""
    page.evaluate(AXE_SCRIPT)


def run(page: Page) -> list[Met]:
    """Ask axe-core, which was loaded, about the page as it is shown now."""
    return [Met(kind == "violations", *rest) for kind, *rest in page.evaluate(RUN)]
