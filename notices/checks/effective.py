# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is the day from which a notice holds one that somebody can have meant?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from notices.model import Catalog, Finding
from notices.settings import Settings

_FIRST: Final = date(1990, 1, 1)
"""Older than any page of the World Wide Web."""
_AHEAD: Final = timedelta(days=366)


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Report days that lie far ahead, or before there were such pages."""
    for by_lang in catalog.notices.values():
        for notice in by_lang.values():
            day = notice.effective
            if day and not _FIRST <= day <= min(settings.today, date.max - _AHEAD) + _AHEAD:
                yield Finding(
                    notice.path,
                    notice.effective_line,
                    "date-implausible",
                    f"the notice is to hold from {day.isoformat()}, which nobody can have meant.",
                    "write the day from which it holds: in the past, or at most a year ahead.",
                )
