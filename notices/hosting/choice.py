# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which language does a reader want, by the header Accept-Language (RFC 9110, section 12.5.4)?

Servers have no better tool than regular expressions, so there is one for each step of the weights
from 1 over 0.9 to 0.001: the first that fits gives the language that is wanted most, and a language
of weight 0 fits none. Of languages in one step the first is taken. Who wants none of the site's
languages, or any (``*``), gets the page for all.

The expressions are the same for PCRE and RE2. No two repetitions that can take the same sign stand
next to each other, so that a header of any length and form is read in linear time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

_WHOLE: Final = "(?:; *q=1(?:[.]0*)? *)?"
_STEPS: Final = (*(f"[.]{tenth}" for tenth in range(9, 0, -1)), "[.]0[1-9]", "[.]00[1-9]")
_WEIGHTS: Final = (_WHOLE, *(f"; *q=0{step}[0-9]* *" for step in _STEPS))


def wanted(tags: Iterable[str]) -> Iterator[str]:
    """Give the expressions whose group 1 is the language that is wanted most; the first counts.

    They are to be matched without regard to case.
    """
    known = tuple(tags)
    ranges = "|".join([*(f"{tag}(?:-[a-z0-9]+)*" for tag in known), *_shortened(known)])
    for weight in _WEIGHTS:
        yield f"(?:^|,) *({ranges}) *{weight}(?:,|$)"


def meant(tags: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give expressions for what ``wanted`` found, each with the tag of the site that it means."""
    known = tuple(tags)
    for tag in sorted(known, key=lambda tag: -tag.count("-")):
        yield f"^{tag}(?:-|$)", tag
    for short, tag in _shortened(known).items():
        yield f"^{short}$", tag


def _shortened(tags: tuple[str, ...]) -> dict[str, str]:
    """Give what tags of several parts begin with, and the first tag that does.

    Who wants ``pt`` is content with a site's ``pt-BR``.
    """
    own = {tag.lower() for tag in tags}
    found: dict[str, str] = {}
    for tag in tags:
        parts = tag.split("-")
        for length in range(1, len(parts)):
            short = "-".join(parts[:length])
            if short.lower() not in own:
                found.setdefault(short, tag)
    return found
