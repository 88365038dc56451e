# SPDX-License-Identifier: AGPL-3.0-or-later
"""Digests: what changes them, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices.model import Notice, Organisation
from notices.review.changes import compared
from notices.review.words import digest, words
from notices.source import Reader

ORGANISATION = Organisation("organisation.toml")


def read(text: str, name: str = "user", lang: str = "sv") -> Notice:
    """Read a text as a notice."""
    notice, _ = Reader(ORGANISATION).parse(text, f"content/{lang}/{name}.md", name, lang)
    assert notice is not None
    return notice


def of(text: str) -> str:
    """Give the digest of a section with this text."""
    notice = read(f"# T\n\n## A {{#a}}\n\n{text}\n")
    return digest(notice.sections[0], notice)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ett två tre fyra.", "Ett två\ntre   fyra."),
        ('"Ja", sa hon.', "”Ja”, sa hon."),
        ('"Ja", sa hon.', "«\u202fJa\u202f», sa hon."),
        ("it's", "it’s"),
        ("Ett\N{NO-BREAK SPACE}två", "Ett två"),
        ("per\N{SOFT HYPHEN}son", "person"),
        ("a\u030angar", "\u00e5ngar"),
        ("- ett\n- två", "* ett\n\n* två"),
        ("Ett **två**", "Ett två"),
        ("[rätt](user.md#a)", "[rätt](#a)"),
        ("[a@b.example](mailto:a@b.example)", "<a@b.example>"),
        ("*ord*{lang=en}", "*ord*"),
        ("non\u2011breaking", "non-breaking"),
        ('"x"', "'x'"),
        ("‘x’ it's", '"x" it’s'),
        ("4-veckorsperiod", "**4**-veckorsperiod"),
        ("**GDPR**:s regler", "GDPR:s regler"),
        ("![A floor\nplan](../files/a.png)", "![A floor plan](../files/a.png)"),
        ("![“plan”](../files/a.png)", "!['plan'](../files/a.png)"),
        ('[x](user.md "En titel")', '[x](user.md "En\n    titel")'),
        ("個人情報の\n保存期間は", "個人情報の保存期間は"),
        ("ข้อมูลส่วน\nบุคคล", "ข้อมูลส่วนบุคคล"),
        ("1. ett\n2. två", "1. ett\n1. två"),
    ],
)
def test_what_does_not_count(one: str, other: str) -> None:
    """White space, wrapping, kinds of quotation mark, emphasis, ways to write the same link."""
    assert of(one) == of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("inom 4 veckor", "inom 5 veckor"),
        ("4 veckor", "4 veckor."),
        ("ett två", "etttvå"),
        ("Ja", "ja"),
        ('"Ja"', "Ja"),
        ("10 000", "1 0000"),
        ("[rätt](user.md#a)", "[rätt](buyer.md#a)"),
        ("[rätt](https://a.example/1)", "[rätt](https://a.example/2)"),
        ("[rätt](user.md)", "rätt"),
        ("ett\n\ntvå", "ett två"),
        ("- ett\n- två", "ett\n\ntvå"),
        ("![plan](../files/a.png)", "![plan](../files/b.png)"),
        ("![plan](../files/a.png)", "![karta](../files/a.png)"),
        ("[[email]]", "[[phone]]"),
        ("[x](mailto:a@b.example)", "[x](mailto:b@b.example)"),
        ("|A|B|\n|-|-|\n|1||", "|A|B|\n|-|-|\n||1|"),
        ("SIP\n\n*[SIP]: ett", "SIP\n\n*[SIP]: två"),
        ("- ett\n    - två\n- tre", "- ett\n- två\n- tre"),
        ("- ett\n\n    två", "- ett\n\ntvå"),
        ("> ett\n>\n> två", "> ett\n\ntvå"),
        ('!!! note "N"\n    ett\n\n    två', '!!! note "N"\n    ett\n\ntvå'),
        ("3. ett\n4. två", "5. ett\n6. två"),
        ("- ett\n- två", "1. ett\n2. två"),
        ("個人", "個 人 x"),
    ],
)
def test_what_counts(one: str, other: str) -> None:
    """Words, numbers, signs, blocks and where links lead."""
    assert of(one) != of(other)


def test_a_title_counts_and_its_rank_does_not() -> None:
    """The rank is compared by another check."""

    def titled(heading: str) -> str:
        notice = read(f"# T\n\n## S {{#s}}\n\n{heading}\n\nText.\n")
        return digest(notice.sections[1], notice)

    assert titled("## A {#a}") == titled("### A {#b}") != titled("## B {#a}")


def test_the_opening_has_a_digest() -> None:
    """A title and an introduction are reviewed as a section is."""

    def opening(text: str) -> str:
        notice = read(text)
        return digest(notice.opening, notice)

    assert opening("# T\n\nText.\n\n## A\n") == opening("# T\n\nText.\n\n## B\n")
    assert opening("# T\n\nText.\n") != opening("# U\n\nText.\n")


def test_a_digest_says_its_version() -> None:
    """Other rules are told apart from a changed text."""
    version, _, digits = of("x").partition(":")
    assert version == "1"
    assert len(digits) == 16


TEXTS = st.lists(st.sampled_from("ett två, tre. 4 [[email]] (fem) *sex* sju".split()), min_size=1)


@given(TEXTS, st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rewrapping_never_counts(text: list[str], data: st.DataObject) -> None:
    """However the lines of a paragraph are wrapped, it is the same text."""
    spaces = data.draw(st.lists(st.sampled_from(" \n"), min_size=len(text), max_size=len(text)))
    wrapped = "".join(word + space for word, space in zip(text, spaces, strict=True)).strip()
    assert of(wrapped) == of(" ".join(text))


@given(TEXTS, TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_changes_lose_nothing(old: list[str], new: list[str]) -> None:
    """What is marked as removed, and what as added, make up both texts."""
    texts = []
    for written in (old, new):
        notice = read(f"# T\n\n{' '.join(written)}\n")
        texts.append(words(notice.opening, notice))
    lines = compared(*texts)

    def told(*kinds: str) -> str:
        return "".join(
            piece.text for line in lines for piece in line if piece.change in kinds
        ).replace(" ", "")

    for kind, text in zip(("removed", "added"), texts, strict=True):
        assert told("same", kind) == "".join(word.shown for word in text).replace(" ", "")
