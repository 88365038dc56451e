# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words stand for one number together: twenty-four, seven (7), 4:30 p.m.?"""

from __future__ import annotations

import re
from typing import Final

from notices.particulars.model import Span
from notices.particulars.tokens import in_the_day
from notices.particulars.wordlist import Word

_TOGETHER: Final = re.compile(
    r"(?P<tens>T-?[wo])|(?P<clock>n(?:[c-]n)?z)|(?P<told_twice>n\([wT]\)|[wTo]\(n\))"
)


def joined(
    letters: str, words: list[Word], spans: list[Span]
) -> tuple[str, list[Word], list[Span]]:
    """Give the words with each such group made one: their letters, themselves, their places."""
    if not _TOGETHER.search(letters):
        return letters, words, spans
    kept_words, kept_spans, done = [], [], 0
    for found in _TOGETHER.finditer(letters):
        start, end = found.span()
        first, last = words[start], words[end - 1]
        kept_words += words[done:start]
        kept_spans += spans[done:start]
        if found["tens"]:
            kept_words.append(Word("w", first.number + last.number))
            kept_spans.append((spans[start][0], spans[end - 1][1]))
        elif found["clock"]:
            group = [in_the_day(w, last) if w.letter == "n" else w for w in words[start : end - 1]]
            if len(group) > 1 and first.number > words[end - 2].number:
                group[0] = first  # 11-2 pm begins in the morning
            kept_words += group
            kept_spans += spans[start : end - 1]
        elif first.number == words[start + 2].number:
            kept_words.append(first)
            kept_spans.append((spans[start][0], spans[end - 1][1]))
        else:
            kept_words += words[start:end]
            kept_spans += spans[start:end]
        done = end
    kept_words += words[done:]
    kept_spans += spans[done:]
    return "".join([word.letter for word in kept_words]), kept_words, kept_spans
