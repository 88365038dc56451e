# SPDX-License-Identifier: AGPL-3.0-or-later
"""Was every translation checked against what its source says now?

A section that is missing, or that has no source, is the question of ``outline``.
"""

from __future__ import annotations

from collections.abc import Iterator

from notices.model import Catalog, Finding
from notices.review.records import REVIEWS_FILE
from notices.review.standings import Standing, standings
from notices.settings import Settings


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Report each section of each translation that is not known to be current."""
    for lang, of_lang in standings(catalog).items():
        if lang in catalog.reviews:
            for standing in of_lang:
                yield from _section(catalog, settings, lang, standing)
        elif lang not in catalog.drafts and any(one.translation for one in of_lang):
            record = f"{catalog.folder}/{lang}/{REVIEWS_FILE}"
            if any(finding.path == record for finding in catalog.findings):
                continue  # it has a record, which cannot be read
            yield Finding(
                record,
                1,
                "reviews-not-kept",
                f"no record says which texts in '{lang}' were checked against their source.",
                "when all of them have been, begin one:\n"
                f"{settings.command(f'reviewed {lang} --all')}",
            )


def _section(
    catalog: Catalog, settings: Settings, lang: str, standing: Standing
) -> Iterator[Finding]:
    source = catalog.source(standing.name)
    if source is None or standing.source is None or standing.translation is None:
        return
    if standing.is_draft:
        return
    what = f"'{standing.anchor}'" if standing.anchor else "the opening (title and introduction)"
    theirs = f"{source.lang} ({source.path}:{standing.source.line})"
    on = standing.review.on.isoformat() if standing.review else ""
    told = {
        "outdated": (
            "section-outdated",
            f"{what} may be out of date: {theirs} has changed since the two were checked on {on}.",
        ),
        "altered": (
            "section-altered",
            f"{what} has changed since it was checked against {theirs} on {on}.",
        ),
        "never reviewed": ("section-unreviewed", f"{what} was never checked against {theirs}."),
    }.get(standing.state)
    if told:
        look = (
            "read both side by side"
            if standing.state == "never reviewed"
            else "see what has changed, and put it right"
        )
        yield Finding(
            catalog.notices[standing.name][lang].path,
            standing.translation.line,
            *told,
            f"{look}; then note that both say the same:\n"
            f"{settings.command(f'diff {lang} {standing.key}')}\n"
            f"{settings.command(f'reviewed {lang} {standing.key}')}",
        )
