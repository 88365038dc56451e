# SPDX-License-Identifier: AGPL-3.0-or-later
"""What are the particulars of one section?"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from notices.model import Link, Notice, Section
from notices.particulars import abbreviations, addresses, dates, grammar
from notices.particulars.markup import Linked, Page, read_section
from notices.particulars.model import Particulars, Value
from notices.particulars.tokens import lexer

_DIGIT: Final = re.compile("[0-9]")
_OTHER_DIGIT: Final = re.compile(r"(?![0-9])\d")
_WHERE_DIGITS_ARE: Final = re.compile(
    "[\u0660-\u1fff\ua620-\uabff\uff10-\uff19\U00010000-\U0010ffff]"
)
"""The blocks of Unicode with digits of other scripts, which are quickly looked for."""

_FILES: Final = "files/"
_NOTICE: Final = re.compile(r"notice:(\d+)")


def read(section: Section, notice: Notice, lang: str) -> Particulars:
    """Read the particulars of a section of a notice, by the words of that language."""
    page = read_section(section)
    words = lexer(lang)
    names = [value for linked in page.links for value in _linked(linked, notice, lang)]
    text = _digits(page.text)
    for start, end in page.code:
        if end > start:
            text = text[:start] + addresses.blank(end - start) + text[end:]
    names += abbreviations.spelt(text, words.list)
    text, found = addresses.masked(text, lang)
    names += [value for value in found if not _on_link(value, page)]
    text = _passed_over(text, words.list.passed_over)
    figures: list[Value] = []
    if _DIGIT.search(text):
        text, figures = dates.masked(text, lang)
        text, found = addresses.masked_numbers(text)
        figures += [value for value in found if value.kind == "postal-code"]
        names += [value for value in found if value.kind == "telephone"]
    if said := words.words(text):
        spans = words.spans(text)
        letters = "".join([word.letter for word in said])
        names += abbreviations.read(page.text, letters, said, spans)
        figures += grammar.read(page.text, letters, said, spans)
    return Particulars(
        lang=lang,
        fluent=words.list.fluent,
        text=page.text,
        figures=tuple(figures),
        names=tuple(names),
        items=tuple(page.items),
        rows=tuple(page.rows),
    )


def _digits(text: str) -> str:
    """Give a text with the digits of every script as 0 to 9."""
    if text.isascii() or not _WHERE_DIGITS_ARE.search(text):
        return text
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def _passed_over(text: str, phrases: tuple[str, ...]) -> str:
    """Blank out what says nothing by its numbers: 24/7."""
    lowered = text.lower()
    for phrase in phrases:
        if phrase in lowered:
            text = re.sub(
                re.escape(phrase), addresses.blank(len(phrase)), text, flags=re.IGNORECASE
            )
    return text


def _on_link(value: Value, page: Page) -> bool:
    """Tell whether a host is the words of a link, which has a host itself."""
    return value.kind == "host" and any(
        linked.span[0] <= value.start < linked.span[1] for linked in page.links
    )


def _linked(linked: Linked, notice: Notice, lang: str) -> list[Value]:
    """Give what an address in the HTML says: another section, a file, somebody to reach."""
    address, start = linked.address, linked.span[0]
    if internal := _NOTICE.fullmatch(address):
        number = int(internal[1])
        return (
            [_internal(notice.links[number], notice, linked)] if number < len(notice.links) else []
        )
    scheme = address.partition(":")[0].lower()
    if scheme == "mailto":
        email = addresses.email_of(address)
        return [Value("email", email, email, start)] if email else []
    if scheme == "tel":
        number_called = addresses.telephone(address)
        written = address.partition(":")[2]
        return [Value("telephone", number_called, written, start)] if number_called else []
    return [Value("host", addresses.host_of(address, lang), address, start)]


def _internal(link: Link, notice: Notice, linked: Linked) -> Value:
    start = linked.span[0]
    if linked.is_picture or link.path.startswith(_FILES):
        kind = "picture" if linked.is_picture else "document"
        return Value("file", kind, link.path or link.written, start)
    name = link.path.rpartition("/")[2].removesuffix(".md") if link.path else notice.name
    return Value("link", f"{name}#{link.anchor}", link.written, start)
