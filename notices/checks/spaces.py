# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is a space missing between two words, or one too many?

Only what is surely wrong is told: signs of punctuation also stand within words (*S:t*, *EU:s*,
*bil(ar)*), numbers, names of files and programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notices.languages import primary
from notices.letters import NO_SPACES
from notices.model import Catalog, Finding, Notice
from notices.prose import Passage, passages, without_addresses
from notices.remembering import remembered
from notices.settings import Settings
from notices.wording import Remark, findings, quoted
from notices.wording.placeholders import is_counted

_SPACE: Final = r"[ \t\xa0\u202f]"
_EXTRA: Final = re.compile(
    # two in a row, but not two at which no line breaks
    rf"(?<=\S)(?P<two>(?=[^\n]?[ \t]){_SPACE}{{2,}}+)(?=\S)"
    # before punctuation that ends something
    rf"|(?<=[^\s(\[]){_SPACE}(?P<before>(?!\?{{3}})[,;،؛!?؟)]|:(?![-()DP])|\.(?![\d_.]))"
    # within a bracket
    rf"|\((?P<after>{_SPACE}++)(?=[^\s)])"
)
_APART: Final[dict[str, str]] = dict.fromkeys(("br", "fr"), ";:!?»")
"""The signs before which a language puts a space."""

_LETTER: Final = rf"(?:(?![{NO_SPACES}])[^\W\d_])"
"""Of a script that puts spaces between words."""
_MISSING: Final = re.compile(
    # ord,ord
    rf"(?<={_LETTER})(?P<comma>[,;،؛؟])(?={_LETTER}{{2}})"
    # 500kr, 5years
    rf"|(?<![\w.,:/-])(?P<number>\d++)(?=(?P<unit>{_LETTER}{{2,}}+)(?![-\d]))"
    # slut.Ny, slut!Ny, (slut).Ny
    rf"|(?P<last>{_LETTER}{{3}}|[)”»])(?P<end>[.!?])(?=(?P<next>{_LETTER}++))"
    # följande:namn
    rf"|(?<!{_LETTER})(?P<told>{_LETTER}{{4,40}}):(?=(?P<telling>{_LETTER}{{4,}}+))"
    # ord(en parentes)ord
    rf"|(?P<word>{_LETTER}{{3}})?\((?=(?P<inside>[^()\n]{{2,300}})\)(?P<after>{_LETTER}{{2}})?)"
)
_ANY_MISSING: Final = re.compile(r"[,;،؛؟.!?:)”»]\w|\w\(|\d[^\W\d_]")
"""What a text must hold for it to lack a space; looked for first, since most texts do not."""
_LETTERS: Final = re.compile(rf"{_LETTER}++")
_OF_NAMES: Final = frozenset({"com", "io", "js", "net", "org"})
"""What a capital and a dot before it make a name of: ASP.Net."""
_SCHEMES: Final = frozenset({"data", "http", "https", "mailto"})
_ENDINGS: Final = ("innen", "inner")
"""German writes *Nutzer:innen*."""
_LONGEST_ENDING: Final = 7
"""In letters. A bracket within a word holds an ending, *bil(ar)*, where it holds no more."""


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Look at the spaces of each text."""
    yield from findings(catalog, settings, "space-missing", _missing)
    yield from findings(catalog, settings, "space-extra", _extra)


@remembered
def _extra(notice: Notice) -> tuple[Remark, ...]:
    return tuple(one for passage in passages(notice) for one in _extra_in(passage))


@remembered
def _missing(notice: Notice) -> tuple[Remark, ...]:
    return tuple(one for passage in passages(notice) for one in _missing_in(passage))


def _extra_in(passage: Passage) -> Iterator[Remark]:
    text = passage.own.text
    apart = _APART.get(primary(passage.own.lang), "")
    for found in _EXTRA.finditer(text):
        sign = found["before"]
        start, end = found.span()
        if found["two"]:
            message, instead = "there is a space too many", " "
        elif not sign:
            message, instead = "there is a space after the bracket", "("
        elif sign in apart or _is_ratio(text, start, end) or _is_dotted_name(text, start, end):
            continue
        else:
            message, instead = f"there is a space before '{sign}'", sign
            if sign in ".,;،؛" and text[end : end + 1].isalpha():
                instead += " "
        yield _remark(passage, start, end, message, instead)


def _is_ratio(text: str, start: int, end: int) -> bool:
    """Tell whether a colon stands apart between two numbers: 1 : 25 000."""
    return text[start - 1].isdigit() and text[end : end + 2].strip()[:1].isdigit()


def _is_dotted_name(text: str, start: int, end: int) -> bool:
    """Tell *.net* and *.htaccess* from the end of a sentence and another: *slut .Ny*."""
    following = _LETTERS.match(text, end) if text[end - 1] == "." else None
    return following is not None and not _begins_sentence(text[start - 1], following[0])


def _missing_in(passage: Passage) -> Iterator[Remark]:
    if not _ANY_MISSING.search(passage.own.text):
        return
    text = without_addresses(passage.own.text)
    for found in _MISSING.finditer(text):
        if found["comma"]:
            yield _lacking(passage, found.end("comma"), f"after '{found['comma']}'")
        elif found["number"]:
            if is_counted(found["unit"].casefold(), passage.own.lang):
                yield _lacking(passage, found.end("number"), f"after '{found['number']}'")
        elif found["end"]:
            if _begins_sentence(found["last"], found["next"]):
                yield _lacking(passage, found.end("end"), f"after '{found['end']}'")
        elif found["told"]:
            if _is_told(found["told"], found["telling"]):
                yield _lacking(passage, found.end("told") + 1, "after ':'")
        else:
            inside = found["inside"]
            is_aside = " " in inside.strip() or inside.isupper()
            if found["word"] and (is_aside or len(inside) > _LONGEST_ENDING):
                yield _lacking(passage, found.end("word"), "before the bracket")
            if found["after"] and is_aside:
                yield _lacking(passage, found.start("after"), "after the bracket")


def _begins_sentence(last: str, following: str) -> bool:
    """Tell ``slut.Ny`` from Node.js, example.Com and ASP.Net."""
    return (
        (last.islower() or not last.isalpha())
        and len(following) > 1
        and following[0].isupper()
        and following[1:].islower()
        and following.lower() not in _OF_NAMES
    )


def _is_told(word: str, following: str) -> bool:
    """Tell ``följande:namn`` from mailto:info, NATO:erna and Nutzer:innen."""
    return (
        not word.isupper()
        and word.lower() not in _SCHEMES
        and not following.lower().startswith(_ENDINGS)
    )


def _lacking(passage: Passage, at: int, where: str) -> Remark:
    return _remark(passage, at, at, f"there is no space {where}", " ")


def _remark(passage: Passage, start: int, end: int, message: str, instead: str) -> Remark:
    return Remark(
        passage,
        start,
        end,
        f"{message}: '{quoted(passage, start, end)}'.",
        f"write '{quoted(passage, start, end, instead)}'.",
    )
