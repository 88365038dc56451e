# SPDX-License-Identifier: AGPL-3.0-or-later
"""What does docs/findings.md say of each code?

Below the heading of a code stand what is wrong and why it matters, the examples, and the repair
(``**How to mend it:** …``). An example is a fenced block below a line that names its file
(``In `content/sv/user.md`:``; below ``site/`` it is one of a finished site) or says that it is a
finding (``It is printed as:``).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from notices.settings import ROOT

FILE: Final = ROOT / "docs" / "findings.md"

_REPAIR: Final = "**How to mend it:**"
_FENCED: Final = r"^(?P<fence>`{3,})[^\n]*\n(?P<text>.*?)^(?P=fence)$"
_HEADING: Final = re.compile(rf"{_FENCED}|^#{{1,6}} (?P<words>[^\n]*)$", re.MULTILINE | re.DOTALL)
_EXAMPLE: Final = re.compile(
    rf"^(?:In `(?P<path>[^`\n]+)`|It is printed as):\n+{_FENCED}", re.MULTILINE | re.DOTALL
)
_CODE: Final = re.compile(r"`([a-z-]+)`")
_WRAPPED: Final = re.compile(r"(?<!\n)\n(?!\n)")
_SENTENCE: Final = re.compile(r".+?[.:](?=\s|$)")


class Example(NamedTuple):
    """The text of a file, by its path from the project's folder; or (no path) a printed finding."""

    path: str
    text: str


class Explanation(NamedTuple):
    """What is said of one code. ``markdown`` is all of it but the heading."""

    about: str
    examples: tuple[Example, ...]
    repair: str
    markdown: str

    @property
    def summary(self) -> str:
        """The first sentence: what is wrong."""
        found = _SENTENCE.match(self.about)
        return found[0] if found else self.about


def read() -> dict[str, Explanation]:
    """Read what is said of each code, in the order of the file; raises OSError."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> dict[str, Explanation]:
    """Cut a text into the parts of codes. What a part lacks is empty."""
    headings = [found for found in _HEADING.finditer(text) if found["words"]]
    ends = [*(found.start() for found in headings[1:]), len(text)]
    return {
        code[1]: _explanation(text[heading.end() : end].strip())
        for heading, end in zip(headings, ends, strict=True)
        if (code := _CODE.fullmatch(heading["words"]))
    }


def _explanation(part: str) -> Explanation:
    found = list(_EXAMPLE.finditer(part))
    about, end = (part[: found[0].start()], found[-1].end()) if found else (part, 0)
    return Explanation(
        about=_unwrapped(about.partition(_REPAIR)[0]),
        examples=tuple(Example(example["path"] or "", example["text"]) for example in found),
        repair=_unwrapped(part[end:].partition(_REPAIR)[2]),
        markdown=part,
    )


def _unwrapped(text: str) -> str:
    return _WRAPPED.sub(" ", text.strip())
