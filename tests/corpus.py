# SPDX-License-Identifier: AGPL-3.0-or-later
"""A generated content folder of any size, the same each time, for the benchmark.

Its languages say the same, each in words of its own: those of one language with a tag at the end.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("sv", "da", "de", "en", "es", "fi", "fr", "nb")
MANY_LANGUAGES = (*LANGUAGES, *"bg cs el et hr hu it lt lv nl pl pt".split())
SECTIONS = 12
_LONGEST_SENTENCE = 10
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
        own = sorted({f"{word}{lang}" for word in _WORDS})
        (folder / lang / "words.txt").write_text("\n".join(own), encoding="utf-8")


def batched(words: list[str], size: int) -> Iterator[list[str]]:
    """Cut words into sentences of that size at most."""
    for start in range(0, len(words), size):
        yield words[start : start + size]


def _notice(number: int, notices: int, lang: str, chance: random.Random) -> str:
    def prose(words: int) -> str:
        chosen = [""]
        while len(chosen) <= words:
            chosen += chance.sample([one for one in _WORDS if one != chosen[-1]], 1)
        tagged = [word if word.isdigit() else f"{word}{lang}" for word in chosen[1:]]
        sentences = batched(tagged, _LONGEST_SENTENCE)
        return " ".join(" ".join(one).capitalize() + "." for one in sentences)

    # Stock Pelican takes a title from metadata alone.
    parts = [f"---\ntitle: Notice {number}\n---\n\n# Notice {number} ({lang})\n"]
    parts.append(f"{prose(30)}\n")
    for section in range(SECTIONS):
        one = f"notice-{(number + section) % notices:03}.md#section-{section * 5 % SECTIONS}"
        two = f"notice-{(number * 7 + section) % notices:03}.md#section-{section}"
        parts.append(
            f"## {prose(5)[:-1]} {{#section-{section}}}\n\n"
            f"{prose(40)} [{prose(3)[:-1]}]({one}).\n\n"
            f"- {prose(8)}\n- {prose(9)} **{prose(2)}**\n"
            f"- {prose(7)}\n\n"
            f"{prose(35)} [{prose(2)[:-1]}]({two}).\n"
        )
    return "\n".join(parts)
