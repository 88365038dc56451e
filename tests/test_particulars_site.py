# SPDX-License-Identifier: AGPL-3.0-or-later
"""Particulars of real and hostile texts: nothing by mistake, every change, and in time."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices import catalog, settings
from notices.model import Notice, Section
from notices.particulars import Difference, differences, read

SITE = settings.from_file()
CATALOG = catalog.load(SITE.content, SITE.shown_content, SITE.source_language)
PAIRS = [
    (source, section, translation, own)
    for in_languages in CATALOG.notices.values()
    for source, translation in [(in_languages["sv"], in_languages["en"])]
    for section, own in zip(
        (source.opening, *source.sections),
        (translation.opening, *translation.sections),
        strict=True,
    )
]
DIGITS = re.compile(r"\d+(?![^<]*>)")
ITEM = re.compile(r"<(li|dt)>(.*?)(?=</\1>)")


def compared(pair: tuple[Notice, Section, Notice, Section]) -> list[Difference]:
    """Compare a section with its translation."""
    source, section, translation, own = pair
    return differences(read(section, source, source.lang), read(own, translation, translation.lang))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0].name}-{pair[1].anchor}")
def test_the_real_site_has_no_differences(
    pair: tuple[Notice, Section, Notice, Section],
) -> None:
    """Each section and opening says what its source says."""
    assert compared(pair) == []
    assert compared((pair[2], pair[3], pair[0], pair[1])) == []


def changed(pattern: re.Pattern[str]) -> list[tuple[int, bool, int, int]]:
    """List where a pattern is found: in which pair, on which side, from where to where."""
    return [
        (number, in_source, *found.span())
        for number, (_, section, _, own) in enumerate(PAIRS)
        for in_source, body in ((True, section.body), (False, own.body))
        for found in pattern.finditer(body)
    ]


def body_of(number: int, in_source: bool) -> str:
    """Give the body of one side of a pair."""
    _, section, _, own = PAIRS[number]
    return section.body if in_source else own.body


def with_change(place: tuple[int, bool, int, int], words: str) -> list[Difference]:
    """Compare a pair whose text on one side has other words in one place."""
    number, in_source, start, end = place
    source, section, translation, own = PAIRS[number]
    if in_source:
        section = replace(section, body=section.body[:start] + words + section.body[end:])
    else:
        own = replace(own, body=own.body[:start] + words + own.body[end:])
    return compared((source, section, translation, own))


@given(place=st.sampled_from(changed(DIGITS)), chance=st.integers(10**6, 10**7 - 1))
def test_each_changed_number_is_one_difference(
    place: tuple[int, bool, int, int], chance: int
) -> None:
    """Whichever number of the real site changes in one language, that and no other is told."""
    number, in_source, start, end = place
    body = body_of(number, in_source)
    new = str(chance)[: end - start]
    found = with_change(place, new)
    assert len(found) == (new != body[start:end])
    for one in found:
        assert one.source
        assert one.translation
        assert new in (one.source if in_source else one.translation)
        assert body[start:end] in (one.translation if in_source else one.source)


@given(place=st.sampled_from(changed(ITEM)))
def test_each_item_in_one_language_only_is_a_difference(
    place: tuple[int, bool, int, int],
) -> None:
    """Whichever list item of the real site one language lacks, an item of the other is quoted."""
    _, in_source, *_ = place
    (found,) = [one for one in with_change(place, "") if one.kind == "list"]
    assert (found.translation if in_source else found.source) != ""
    assert (found.source if in_source else found.translation) == ""
    assert abs(found.translation_count - found.source_count) == 1


def test_most_items_without_a_twin_are_named() -> None:
    """Of items much alike a neighbour may be named; the last one is not simply taken."""
    named = inner = 0
    for number, in_source, start, end in changed(ITEM):
        _, section, _, own = PAIRS[number]
        mine, theirs = (section, own) if in_source else (own, section)
        which = [found.start() for found in ITEM.finditer(mine.body)].index(start)
        twins = [re.sub(r"<[^>]*>", " ", found[2]).split() for found in ITEM.finditer(theirs.body)]
        one = with_change((number, in_source, start, end), "")[0]
        quoted = (one.translation if in_source else one.source).split()
        named += quoted[:3] == twins[which][:3]
        inner += which + 1 < len(twins)
    assert inner > 30
    assert named > 0.6 * len(changed(ITEM))


@given(place=st.sampled_from(changed(re.compile(r"[\w.]+@[\w.]+"))))
def test_each_changed_email_address_is_one_difference(
    place: tuple[int, bool, int, int],
) -> None:
    """An address that moved in one language only."""
    (found,) = with_change(place, "other@example.org")
    assert found.kind == "email"
    assert "other@example.org" in (found.translation, found.source)


@given(place=st.sampled_from(changed(re.compile(r'(?<=href=")notice:\d+'))))
def test_each_changed_link_is_one_difference(place: tuple[int, bool, int, int]) -> None:
    """A link that becomes one to another site is missing, if it was the only one; a host is new."""
    number, in_source, start, end = place
    source, _, translation, _ = PAIRS[number]
    notice, body = source if in_source else translation, body_of(number, in_source)
    ways = [notice.links[int(found)].written for found in re.findall(r'"notice:(\d+)"', body)]
    way = notice.links[int(body[start:end].partition(":")[2])].written
    found = with_change(place, "https://example.org/")
    expected = ["link", "host"] if ways.count(way) == 1 else ["host"]
    assert [one.kind for one in found] == expected


@given(place=st.sampled_from(changed(re.compile(r"\b[A-Z]{3}\b"))))
def test_each_abbreviation_that_is_gone_is_one_difference(
    place: tuple[int, bool, int, int],
) -> None:
    """SIP, PTS, PUA, PUB and DPO, unless the text has the same one elsewhere."""
    number, in_source, start, end = place
    body = body_of(number, in_source)
    found = with_change(place, "x")
    assert len(found) == (len(re.findall(rf"\b{body[start:end]}\b", body)) == 1)
    assert {one.kind for one in found} <= {"abbreviation"}


MANY = 20_000
HOSTILE = [
    *("1", ",", "1,", "1, ", "1 000 ", "0 ", "+1", "0-", "a.", "a@", "A", "AA ", "two ", "two-"),
    *("one or ", "twenty-", "every ", "once a ", "www.", "http://", "1 May ", "May ", "1.", "1/1/"),
    *(
        "2018-",
        "(",
        "1(",
        "123 45 ",
        "SE-",
        "a1",
        "1a",
        "'1",
        " last",
        "-full",
        "three and a half ",
    ),
    *("<li>1</li>", "<tr><td>1</td></tr>", "<sup>1</sup>", "<code>1</code>", "三年間", "&lt;"),
]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("piece", HOSTILE)
def test_long_hostile_texts_take_no_time(piece: str, lang: str) -> None:
    """No pattern goes back over what it has read, so time grows with the text and no faster."""
    section = Section("a", 2, "", piece * MANY, 1)
    notice = Notice("user", lang, f"{lang}/user.md", section, (), ())
    other = replace(section, body="<ul><li>4 weeks in 1 SIP, a@example.org</li></ul>08-123 45 67")
    begun = time.perf_counter()
    long = read(section, notice, lang)
    short = read(other, notice, "sv")
    differences(long, short)
    differences(short, long)
    assert differences(long, long) == []
    assert time.perf_counter() - begun < 4


@given(st.text(alphabet="1,-–. (a)0+@:/%år tvåonceweek\n<>&;A\u00a0٣三", max_size=200))
def test_any_text_is_the_same_as_itself(text: str) -> None:
    """Nothing that can be written raises, or differs from itself."""
    section = Section("a", 2, "", text.replace("<", "&lt;").replace(">", "&gt;"), 1)
    notice = Notice("user", "sv", "sv/user.md", section, (), ())
    for lang in ("sv", "en", "fi", "ja"):
        found = read(section, notice, lang)
        assert differences(found, found) == []
