# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words of a text wait for others: ``[insert name]``, ``TODO``, ``XXX``, lorem ipsum?

The words that say so, in many languages, are in ``placeholders.toml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from notices.languages import primary
from notices.particulars import wordlist
from notices.wording.tables import table

_FOUND: Final = re.compile(
    r"(?P<note>(?<!\w)(?:TODO|FIXME|TBD)(?!\w))"
    r"|(?P<sure>(?i:(?<!\w)lorem\s+ipsum(?!\w))|[?؟]{3,}+|\{\{[^{}\n]{1,100}\}\}"
    r"|(?<!\w)(?:19|20)XX(?!\w)|\[[●•_?*]\]|(?<=\w[ \xa0])\[[Xx]\]"
    # a form of the day between brackets, [DD/MM/YYYY]; (insert date)
    r"|\[[DMYÅJTVPK]{1,4}(?:[-/. ][DMYÅJTVPK]{1,4}){2}\]|\((?i:insert|infoga)\s[^()\n]{2,100}\))"
    # XXX, but neither the form of a number (ÅÅMMDD-XXXX) nor an address (example.xxx)
    r"|(?<!\w)(?<![^\W\d]-)(?<!\w\.)(?P<crosses>X{2,}+|x{3,}+)(?!\w)(?!-x)"
    r"|(?P<bracket>\[[^\[\]\n]{2,100}\]|<[^<>\n]{2,100}>|\{[^{}\n]{2,100}\})"
)
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*|…|\.{3}")
_LAST_WORD: Final = re.compile(r"(?P<end>^|[.!?:]\s+)?(?P<word>\w+)\.?\s+$")
_NEXT_WORD: Final = re.compile(r"\s+([^\W\d_]+|[€£%])")
_CONTEXT_LETTERS: Final = 40
_SURE_CROSSES: Final = 4
"""No Roman numeral has as many."""
_TODO_IS_A_WORD: Final = frozenset({"an", "ast", "ca", "es", "eu", "ext", "gl", "lad", "pt"})


def placeholders(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Give where each placeholder of a text in a language begins and ends."""
    for found in _FOUND.finditer(text):
        if found["note"]:
            is_one = found[0] != "TODO" or primary(lang) not in _TODO_IS_A_WORD
        elif found["crosses"]:
            is_one = _is_unknown(text, lang, *found.span())
        else:
            is_one = bool(found["sure"]) or _waits(found["bracket"])
        if is_one:
            yield found.span()


@functools.lru_cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("placeholders")[name])


def _waits(bracket: str) -> bool:
    """Tell [insert name] and [date] from [1], [sic] and [the controller]."""
    words = [word.casefold() for word in _WORD.findall(bracket)]
    if len(words) > 1 and not _words("orders").isdisjoint((words[0], words[-1])):
        return True
    known = _words("names") | _words("among") | {"…", "..."}
    return known.issuperset(words) and not _words("names").isdisjoint(words)


def _is_unknown(text: str, lang: str, start: int, end: int) -> bool:
    """Tell XXX and *XX days* from a Roman numeral: Ludwig XX, chapter XXX."""
    if text[start] == "x" or end - start >= _SURE_CROSSES:
        return True
    if end - start == 2:
        following = _NEXT_WORD.match(text, end, end + _CONTEXT_LETTERS)
        return following is not None and is_counted(following[1].casefold(), lang)
    last = _LAST_WORD.search(text[max(start - _CONTEXT_LETTERS, 0) : start])
    if not last:
        return True
    is_name = last["word"][0].isupper() and last["end"] is None
    return not is_name and last["word"].casefold() not in _words("numbered")


def is_counted(word: str, lang: str) -> bool:
    """Tell whether a word is a unit of time or of money."""
    known = wordlist.of(lang).words.get(word)
    return (known is not None and known.letter == "u") or word in _words("money")
