# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each finding on words quotes them at their line, wherever in a notice they stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Final

import pytest

from tests.conftest import Site
from tests.programs import needed_dictionaries

WRONG: Final = {
    "sv": {
        "placeholder-left": ("Här står TODO nu", "TODO"),
        "word-doubled": ("Här står ord ord nu", "ord ord"),
        "quotes-straight": ('Här står "ord" nu', '"ord"'),
        "space-missing": ("Här står ett,två nu", "ett,två"),
        "space-extra": ("Här står ett  två nu", "ett  två"),
        "term-avoided": ("Här står landsting nu", "landsting"),
        "abbreviation-unexplained": ("Här står Q{} nu", "Q{}"),
        "word-unknown": ("Här står zq{} nu", "zq{}"),
        "sentence-long": ("Här {} står" + " ord" * 30, "Här {} står ord"),
    },
    "en": {
        "placeholder-left": ("There is TODO here", "TODO"),
        "word-doubled": ("There is word word here", "word word"),
        "quotes-straight": ('There is "word" here', '"word"'),
        "space-missing": ("There is one,two here", "one,two"),
        "space-extra": ("There is one  two here", "one  two"),
        "term-avoided": ("There is county council here", "county council"),
        "abbreviation-unexplained": ("There is Q{} here", "Q{}"),
        "word-unknown": ("There is zq{} here", "zq{}"),
        "sentence-long": ("There {} is" + " word" * 30, "There {} is word"),
    },
}
"""Words that a rule is about, and what its finding quotes; ``{}`` is other letters each time."""
GLOSSARIES: Final = {
    "sv": '[region]\nterm = "region"\navoid = ["landsting"]\nexplanation = "En del av landet."\n',
    "en": '[region]\nterm = "region"\navoid = ["county council"]\nexplanation = "A part of it."\n',
}
WRAPPED: Final = {
    "sv": "En region är en rad\nsom bryts.",
    "en": "A region is a line\nthat is wrapped.",
}
PLACES: Final = """\
{wrapped}
{}.

- {}
- {}

| a | b |
|---|---|
| a | {} |
| {} | b |

[a](b.md) {}

[a](b.md#todo) {}

[{}](b.md)

*mot*{{lang=fr}} {}

[[email]] {}

!!! note "A"

    {}

region
:   {}

> {}

**{}**

## {} {{#a}}

{wrapped}
{}
"""
UNMEASURED: Final = ("| ", "## ")
"""How lines begin that are no running text, so that no sentence of theirs is too long."""


def letters() -> Iterator[str]:
    """Give letters of which no two are alike."""
    for number in count(25):
        yield "".join(chr(ord("A") + int(digit)) for digit in f"{number * 7:o}")


def written(lang: str, code: str) -> tuple[str, dict[int, str]]:
    """Give a notice with wrong words at each place, and what is to be quoted, by the line."""
    wrong, quote = WRONG[lang][code]
    lines, quotes, other = ["# A", ""], {}, letters()
    for line in PLACES.replace("{wrapped}", WRAPPED[lang]).splitlines():
        own = next(other).lower() if code != "abbreviation-unexplained" else next(other)
        lines.append(line.format(wrong.format(own)))
        is_told = code != "sentence-long" or not line.startswith(UNMEASURED)
        if "{}" in line and is_told:
            quotes[len(lines)] = quote.format(own)
    return "\n".join((*lines, "")), quotes


@pytest.mark.parametrize("lang", WRONG)
@pytest.mark.parametrize("code", WRONG["sv"])
def test_words_are_quoted_at_their_line(
    site: Site, lang: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In wrapped lines, lists, tables, headings, notes, quotations, in and behind links."""
    if code == "word-unknown":
        monkeypatch.setenv("DICPATH", needed_dictionaries("sv", "en"))
    site.source_language = lang
    text, quotes = written(lang, code)
    site.write(
        {
            "organisation.toml": 'email = "a@b.example"\n',
            f"{lang}/a.md": text,
            f"{lang}/b.md": "# B\n\n## B {#todo}\n",
            f"{lang}/glossary.toml": GLOSSARIES[lang],
        }
    )
    found = {one.line: one for one in site.findings(words=True) if one.code == code}
    assert found.keys() == quotes.keys()
    for line, quote in quotes.items():
        assert quote in found[line].message, found[line]
