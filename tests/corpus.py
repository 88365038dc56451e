# SPDX-License-Identifier: AGPL-3.0-or-later
"""A generated content folder of any size, the same each time, for the benchmark.

Its languages say the same: the words of one language, each section with the tag of its own.
"""

from __future__ import annotations

import random
from pathlib import Path

LANGUAGES = ("sv", "da", "de", "en", "es", "fi", "fr", "nb")
MANY_LANGUAGES = (*LANGUAGES, *"bg cs el et hr hu it lt lv nl pl pt".split())
SECTIONS = 12
_WORDS = (
    "the controller keeps personal data about people who use a service for as long as an "
    "agreement is in force and erases it within 30 units of the date on which it expired"
).split()


def write(folder: Path, notices: int, languages: tuple[str, ...] = LANGUAGES) -> None:
    """Write that many notices in each language, with links with fragments between them."""
    for lang in languages:
        (folder / lang).mkdir(parents=True)
        chance = random.Random(0)
        for number in range(notices):
            text = _notice(number, notices, lang, chance)
            (folder / lang / f"notice-{number:03}.md").write_text(text, encoding="utf-8")


def _notice(number: int, notices: int, lang: str, chance: random.Random) -> str:
    # Stock Pelican takes a title from metadata alone.
    parts = [f"---\ntitle: Notice {number}\n---\n\n# Notice {number} ({lang})\n"]
    parts.append(f"{lang}: {_prose(30, chance)}\n")
    for section in range(SECTIONS):
        one = f"notice-{(number + section) % notices:03}.md#section-{section * 5 % SECTIONS}"
        two = f"notice-{(number * 7 + section) % notices:03}.md#section-{section}"
        parts.append(
            f"## {_prose(5, chance)[:-1]} {{#section-{section}}}\n\n"
            f"{lang}: {_prose(40, chance)} See [another notice]({one}).\n\n"
            f"- {_prose(8, chance)}\n- {_prose(9, chance)} **{_prose(2, chance)}**\n"
            f"- {_prose(7, chance)}\n\n"
            f"{_prose(35, chance)} Or [this one]({two}).\n"
        )
    return "\n".join(parts)


def _prose(words: int, chance: random.Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."
