# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which facts of the organisation does every page show, and in which language is each?"""

from __future__ import annotations

from typing import Final

from notices import languages
from notices.model import Catalog, Language

FACTS: Final = ("name", "address", "email", "telephone", "website")
"""Those of ``organisation.toml`` that the theme shows, where they are stated."""


def lines(catalog: Catalog, lang: str) -> dict[str, tuple[str, ...]]:
    """Give the lines of each fact on the pages of a language."""
    return {name: catalog.organisation.lines(name, lang) for name in FACTS}


def languages_of(catalog: Catalog) -> dict[str, Language | None]:
    """Give the language of each fact that is in one on every page; None where it is the page's."""
    found: dict[str, Language | None] = dict.fromkeys(FACTS)
    for name in FACTS:
        fact = catalog.organisation.facts.get(name)
        if fact and fact.lang:
            found[name] = catalog.languages.get(fact.lang) or languages.described(fact.lang)
    return found
