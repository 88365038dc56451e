# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be wrong with a Catalog before anything is built; one module for each question.

A check takes the Catalog and the Settings and yields Findings. It prints nothing, stops at
nothing, and knows no other check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from notices import waivers
from notices.checks import (
    abbreviations,
    addresses,
    agreement,
    aliases,
    avoided,
    brand,
    contrast,
    doubles,
    effective,
    freshness,
    glossary,
    headings,
    interface,
    links,
    outline,
    placeholders,
    quotes,
    readability,
    security,
    spaces,
    spelling,
    summary,
)
from notices.model import Catalog, Finding
from notices.settings import Settings

Check = Callable[[Catalog, Settings], Iterator[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    headings.check,
    outline.check,
    freshness.check,
    agreement.check,
    effective.check,
    glossary.check,
    summary.check,
    readability.check,
    placeholders.check,
    doubles.check,
    quotes.check,
    spaces.check,
    avoided.check,
    abbreviations.check,
    spelling.check,
    links.check,
    addresses.check,
    aliases.check,
    interface.check,
    brand.check,
    contrast.check,
    security.check,
)


def run(catalog: Catalog, settings: Settings) -> list[Finding]:
    """Give all findings about a Catalog, those met while reading it among them: judged, sorted."""
    findings = [*catalog.findings]
    for check in CHECKS:
        findings += check(catalog, settings)
    return settings.judged(waivers.applied(findings, catalog, settings.today), catalog)
