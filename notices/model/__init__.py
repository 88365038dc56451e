# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a notice is made of: frozen data that every other module speaks in.

A *lang* is always a BCP 47 tag (RFC 5646) as the folder in ``content/`` spells it. A *path* is a
file as an editor would type it (``content/sv/user.md``), a *line* counts from 1.
"""

from notices.model.finding import (
    Disagreement,
    Finding,
    Severity,
    Waiver,
)
from notices.model.notice import (
    FRONT_PAGE,
    LETTER,
    Anchor,
    Link,
    Notice,
    Section,
    key_of,
)
from notices.model.site import (
    Aliases,
    Brand,
    Catalog,
    Fact,
    GlossaryEntry,
    Language,
    Organisation,
    OwnWord,
    Review,
)

__all__ = [
    "FRONT_PAGE",
    "LETTER",
    "Aliases",
    "Anchor",
    "Brand",
    "Catalog",
    "Disagreement",
    "Fact",
    "Finding",
    "GlossaryEntry",
    "Language",
    "Link",
    "Notice",
    "Organisation",
    "OwnWord",
    "Review",
    "Section",
    "Severity",
    "Waiver",
    "key_of",
]
