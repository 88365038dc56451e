# SPDX-License-Identifier: AGPL-3.0-or-later
"""A section as blocks, sentences and words."""

from __future__ import annotations

from notices.prose import Stretch, blocks
from tests.conftest import Site

SECTION = """\
# Titel

Skriv till [[email]] om
*controller*{lang=en}.

- Ett  led med `kod`
- [Ett](user.md) till

Begrepp
:   Vad det är.

| a | b |
|---|---|
| c | d |
"""


def test_blocks(site: Site) -> None:
    """Each block has its kind, its text as written, and what in it is in no or another language."""
    site.write({"organisation.toml": 'email = "a@example.org"\n', "sv/user.md": SECTION})
    found = blocks(site.catalog().notices["user"]["sv"].opening, "sv")
    assert [(block.kind, block.text) for block in found] == [
        ("heading", "Titel"),
        ("paragraph", "Skriv till [[email]] om controller."),
        ("item", "Ett  led med kod"),
        ("item", "Ett till"),
        ("term", "Begrepp"),
        ("item", "Vad det är."),
        ("cell", "a"),
        ("cell", "b"),
        ("cell", "c"),
        ("cell", "d"),
    ]
    assert found[1].stretches == (Stretch(11, 20), Stretch(24, 34, "en"))
    assert found[2].stretches == (Stretch(13, 16),)


def test_a_blank_is_a_stretch_in_no_language(site: Site) -> None:
    """What is filled in by hand keeps the words beside it apart; blanks alone say nothing."""
    site.write({"sv/user.md": "# Titel\n\n____\n\nJag, ____, bor i ____\n"})
    _, line = blocks(site.catalog().notices["user"]["sv"].opening, "sv")
    assert (line.kind, line.text) == ("lines", "Jag, ____, bor i ____")
    assert line.stretches == (Stretch(5, 9), Stretch(17, 21))
