# SPDX-License-Identifier: AGPL-3.0-or-later
"""The section that sums a notice up says nothing that the sections it links to do not."""
# ruff: noqa: E501  (a notice reads better with each line on a line)

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from notices.model import Finding
from tests.conftest import Site

NOTICE = """\
# Your data

An introduction.

## In short {{#in-short}}

{lines}

## How long? {{#retention}}

An account is valid for 3 years, until 15 March 2030. Data is erased within 4 weeks, and every month.

Write to <info@example.org> or call 018-12 34 56, box 753 20 Uppsala, by SIP. See www.example.org.

### And then? {{#after}}

After 2 weeks we write.

## Which data? {{#data}}

Your name, and 17 numbers. PTS decides.
"""


def found(site: Site, lines: str, *, lang: str = "en", notice: str = NOTICE) -> list[Finding]:
    """Give the findings about a summary of these lines."""
    site.source_language = lang
    site.write({f"{lang}/user.md": notice.format(lines=lines)})
    return site.findings()


def codes(site: Site, lines: str) -> list[tuple[str, int]]:
    """Give code and line of the findings about a summary of these lines."""
    return [(finding.code, finding.line) for finding in found(site, lines)]


@pytest.mark.parametrize(
    ("said", "exceeding"),
    [
        ("valid for 3 years", "valid for 5 years"),
        ("valid for three years", "valid for five years"),
        ("valid for 36 months", "valid for 3 months"),
        ("valid for 3 years, really 3 years", "valid for 3 years and 3 days"),
        ("until 2030-03-15", "until 2030-03-16"),
        ("until 15 March 2030", "until 1 May 2030"),
        ("erased within 28 days", "erased within 29 days"),
        ("erased every month", "erased every week"),
        ("write to info@example.org", "write to other@example.org"),
        ("call 018 12 34 56", "call 018 12 34 57"),
        ("to 753 20 Uppsala", "to 753 21 Uppsala"),
        ("by SIP", "by SMS"),
        ("see www.example.org", "see www.example.com"),
        ("erased after 4 weeks", "erased after 17 numbers"),
        ("then within 2 weeks", "then within 3 weeks"),
    ],
)
def test_a_line_states_what_its_section_states(site: Site, said: str, exceeding: str) -> None:
    """In other words, too, and what stands in a section inside it; but nothing else."""
    line = "- The account is {} as [we say of how long](user.md#retention)."
    assert codes(site, line.format(said)) == []
    assert codes(site, line.format(exceeding)) == [("summary-exceeds", 7)]


def test_a_date_may_be_told_in_numbers(site: Site) -> None:
    """The three together are one value of the section."""
    line = "- It is valid until (day) {}, (month) 3, 2030: [how long](#retention)."
    assert codes(site, line.format(15)) == []
    assert set(codes(site, line.format(16))) == {("summary-exceeds", 7)}


def test_a_finding_says_where_both_places_are(site: Site) -> None:
    """The line's own words at their line, the section at its heading, and what to do."""
    lines = "- Kept for 3 years: [how long](#retention).\n- Kept\n  for 9 years: [how](#retention)."
    (finding,) = found(site, lines)
    assert (finding.path, finding.line, finding.severity) == ("content/en/user.md", 9, "error")
    assert finding.message == (
        "'9 years' is said here, and nothing like it in user#retention (content/en/user.md:11), "
        "to which the line links."
    )
    assert "link to the section that says this" in finding.fix


@pytest.mark.parametrize(
    "line",
    [
        "- Kept 3 years.",
        "- Kept 3 years, see [the law](https://example.org/).",
        "- Kept 3 years, see [this summary](#in-short).",
        "- Kept 3 years, see [this notice](user.md).",
        "Kept 3 years.",
        "Read [how long](#retention).\n\nAll of it is free.",
        "1. Kept",
        "| A |\n|---|\n| Kept |",
        "Kept\n:   3 years",
        "!!! note\n    Kept 3 years.",
        "> Kept 3 years.",
    ],
)
def test_a_line_links_to_its_section(site: Site, line: str) -> None:
    """Whatever form the line has, and a link to somewhere else is none."""
    first = 9 if "\n\n" in line or "|" in line else 8 if "!!!" in line else 7
    assert codes(site, line) == [("summary-link-missing", first)]


@pytest.mark.parametrize(
    "line",
    [
        "This is what matters most:\n\n- Kept [3 years](#retention).",
        "- Kept [3 years](#retention), as PTS [decides](user.md#data).",
        "1. Kept [3 years](#retention)\n    - and erased within 4 weeks",
        "| A | B |\n|---|---|\n| Kept | [3 years](#retention) |",
        "How long?\n:   [3 years](#retention)",
        "How long?\nHow?\n:   [3 years](#retention)",
        "!!! note\n    Kept [3 years](#retention).",
        "> Kept [3 years](#retention).",
        "After 2 weeks we [write](#after).",
    ],
)
def test_lines_come_in_many_forms(site: Site, line: str) -> None:
    """An introduction without facts needs no link, and several sections may say it together."""
    assert codes(site, line) == []


def test_an_inner_section_is_not_the_one_around_it(site: Site) -> None:
    """What the section around it says is beyond it."""
    assert codes(site, "- After 3 years we [write](#after).") == [("summary-exceeds", 7)]


def test_what_stands_in_sections_of_the_summary_is_of_it(site: Site) -> None:
    """A heading does not free the lines below it, nor can they vouch for each other."""
    lines = "- Kept [3 years](#retention).\n\n### More {#more}\n\n"
    assert codes(site, f"{lines}- Kept [3 years](#retention).") == []
    assert codes(site, f"{lines}- Kept [9 years](#retention).\n- Kept [9 years](#more).") == [
        ("summary-exceeds", 11),
        ("summary-link-missing", 12),
    ]


def test_a_line_may_link_to_another_notice(site: Site) -> None:
    """To a section of it, or to the whole of one that has none, as a letter."""
    site.write({"en/letter.md": "---\ntemplate: letter\n---\n\n# Letter\n\nWithin 5 days: ____\n"})
    site.write({"en/other.md": "# Other\n\n## S {#s}\n\nIn 6 days.\n"})
    assert codes(site, "- [A letter](letter.md), 5 days.\n- [Six days](other.md#s).") == []
    assert codes(site, "- [A letter](letter.md), 6 days.\n- [Five days](other.md#s).") == [
        ("summary-exceeds", 7),
        ("summary-exceeds", 8),
    ]


def test_a_broken_link_is_one_finding(site: Site) -> None:
    """Nobody can say what the section would say that is not there."""
    assert codes(site, "- Kept [9 years](#retentoin).\n- Kept [9 years](usr.md#retention).") == [
        ("link-anchor-missing", 7),
        ("link-file-missing", 8),
    ]


def test_the_summary_opens_the_notice(site: Site) -> None:
    """Behind another section it is none; the introduction is no section."""
    first = NOTICE.format(lines="- Kept [3 years](#retention).")
    before, summary, rest = first.partition(
        "## In short {#in-short}\n\n- Kept [3 years](#retention)."
    )
    site.source_language = "en"
    site.write({"en/user.md": f"{before}{rest}\n{summary}\n"})
    (finding,) = site.findings()
    assert (finding.code, finding.severity) == ("summary-late", "warning")


def test_each_language_is_held_to_its_own_sections(site: Site) -> None:
    """A section that is not translated yet is read in the source language."""
    source = "# T\n\n## Kort {#in-short}\n\n- Efter [tre år](#a).\n\n## A {#a}\n\nI 3 år sparas allt som vi har om dig, utan några undantag, och sedan raderas det vi har för gott.\n"
    own = "# T\n\n## Short {#in-short}\n\n- After [three years](#a).\n\n## A {#a}\n\nAll is kept for 3 years.\n"
    site.write({"sv/user.md": source, "en/user.md": own}).review()
    assert site.findings() == []
    site.write({"en/user.md": own.replace("kept for 3", "kept for 4")}).review()
    assert [finding.code for finding in site.findings()] == ["summary-exceeds"]
    copied = own.split("## A")[0] + "## A" + source.split("## A")[1]
    site.write({"en/user.md": copied}).review()
    assert {finding.code for finding in site.findings()} == {"section-untranslated"}
    site.write({"en/user.md": own.split("## A")[0]})
    assert "summary-exceeds" not in {finding.code for finding in site.findings()}


def test_a_language_without_a_word_list_is_trusted(site: Site) -> None:
    """Small numbers may be words there; large ones and addresses are compared."""
    text = "# T\n\n## L {{#in-short}}\n\n- {}: [kauan](#a).\n\n## A {{#a}}\n\nKolme vuotta, 140 henkeä.\n"
    site.source_language = "fi"
    site.write({"fi/user.md": text.format("3 vuotta, 140 henkeä")})
    assert site.findings() == []
    site.write({"fi/user.md": text.format("3 vuotta, 150 henkeä")})
    assert [finding.code for finding in site.findings()] == ["summary-exceeds"]


def test_a_shouted_line_may_be_said_quietly(site: Site) -> None:
    """Words in capitals are no abbreviations in a line of capitals, and would be one elsewhere."""
    notice = NOTICE + "\n## Loud {{#loud}}\n\nEU UK SHOUTED ALL\n"
    assert found(site, "- The EU and UK [shout](#loud).", notice=notice) == []
    assert len(found(site, "- The EU and US [shout](#loud).", notice=notice)) == 1


SUBJECTS = ("We keep your name", "The account is valid", "It is erased", "PTS decides on SIP")
UNITS = ("years", "weeks", "days", "persons", "kronor", "percent")
NUMBERS = st.integers(13, 9_999)
FACTS = st.tuples(st.sampled_from(SUBJECTS), NUMBERS, st.sampled_from(UNITS))


def sentence(subject: str, number: int, unit: str) -> str:
    """Say one fact."""
    return f"{subject} for {number} {unit} by info@example.org."


@given(facts=st.lists(FACTS, min_size=1, max_size=6), place=st.integers(0, 5), other=NUMBERS)
@hypothesis(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_sentence_may_be_copied_and_no_number_changed(
    site: Site, facts: list[tuple[str, int, str]], place: int, other: int
) -> None:
    """Each sentence of a section sums it up; one with another number does not."""
    subject, number, unit = facts[place % len(facts)]
    notice = "# T\n\n## S {{#in-short}}\n\n{lines}\n\n## A {{#a}}\n\n" + " ".join(
        sentence(*fact) for fact in facts
    )
    line = "- {} [How it is](#a)."
    assert found(site, line.format(sentence(subject, number, unit)), notice=notice) == []
    told = {number for _, number, _ in facts}
    alike = {n * k for n in told for k in (1, 7)} | {n // 7 for n in told if n % 7 == 0}
    if other not in alike:
        changed = found(site, line.format(sentence(subject, other, unit)), notice=notice)
        assert [finding.code for finding in changed] == ["summary-exceeds"]


EMPTY = {**dict.fromkeys(range(900), ""), 899: "\n"}
"""An empty line now and then, as a long list needs one."""


def test_a_long_summary_takes_time_in_proportion(site: Site) -> None:
    """5,000 lines, each too much, and as many without a link."""
    numbers = range(5_000)
    started = time.monotonic()
    lines = "".join(
        f"- Kept for {number} years, [so long](#retention).\n{EMPTY[number % 900]}"
        for number in numbers
    )
    assert len(found(site, lines)) > 4_900
    lines = "".join(f"- Kept for {number} years.\n{EMPTY[number % 900]}" for number in numbers)
    assert len(found(site, lines)) == 5_000
    assert time.monotonic() - started < 30
