# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of a text: what each rule finds, its look-alikes, and the line of what it finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from notices import settings
from notices.checks import abbreviations, avoided, doubles, placeholders, quotes, spaces
from notices.model import Catalog, Fact, Finding, GlossaryEntry, Organisation
from notices.source import Reader
from notices.wording.tables import table
from tests.conftest import Site

FOLDER = Path(__file__).parent / "words"
ORGANISATION = Organisation(
    "organisation.toml",
    {name: Fact(name, {"": ("TODO  x ,y",)}, 1) for name in ("email", "name")},
)
GLOSSARIES = {
    "sv": {
        "region": GlossaryEntry(
            "region",
            "region",
            "",
            forms=("regionen",),
            avoid=("landsting", "landstinget"),
        ),
        **{word: GlossaryEntry(word, word, "") for word in ("EU", "PUA", "PUB", "SIP")},
    },
    "en": {
        "region": GlossaryEntry("region", "Region", "", avoid=("county council",)),
        **{word: GlossaryEntry(word, word, "") for word in ("EU", "SIP")},
    },
}
CHECKS = (placeholders, doubles, quotes, spaces, avoided, abbreviations)
SETTINGS = settings.from_file()


def found_in(text: str, lang: str) -> list[Finding]:
    """Check a text, without the facts, which only have to be passed over."""
    notice, _ = Reader(ORGANISATION).parse(f"# T\n\n{text}\n", f"{lang}/a.md", "a", lang)
    assert notice is not None
    catalog = Catalog(
        "content", "sv", {}, {"a": {lang: notice}}, ORGANISATION, glossaries=GLOSSARIES
    )
    found = [one for check in CHECKS for one in check.check(catalog, SETTINGS)]
    return [one for one in found if one.path != ORGANISATION.path]


def lines_of(name: str) -> Iterator[tuple[str, ...]]:
    """Read a file of texts."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(part.strip(" ") for part in line.split(" | "))


@pytest.mark.parametrize(("lang", "code", "text", "written"), [*lines_of("wrong.txt")])
def test_each_rule_finds_what_is_wrong(lang: str, code: str, text: str, written: str) -> None:
    """It finds that, no other rule finds anything, and the finding says what to do."""
    found = found_in(text, lang)
    assert {one.code for one in found} == {code}, found
    assert any(written in f"{one.message} {one.fix}" for one in found), found


@pytest.mark.parametrize(("lang", "text"), [*lines_of("right.txt")])
def test_look_alikes_are_accepted(lang: str, text: str) -> None:
    """None of the rules finds anything."""
    assert found_in(text, lang) == []


@pytest.mark.parametrize("code", sorted({code for _, code, *_ in lines_of("wrong.txt")}))
def test_each_rule_was_tried_in_three_languages(code: str) -> None:
    """Swedish and English, and one more where languages differ in what is wrong."""
    langs = {lang for lang, known, *_ in lines_of("wrong.txt") if known == code}
    assert langs >= {"sv", "en"}
    assert len(langs) > 2 or code == "term-avoided"


@pytest.mark.parametrize("name", ["right.txt", "wrong.txt"])
def test_each_rule_has_texts_in_swedish_and_in_english(name: str) -> None:
    """Below the comment that names it: what is wrong in one file, its look-alikes in the other."""
    _, *parts = re.split(r"^# (.+)$", (FOLDER / name).read_text(encoding="utf-8"), flags=re.M)
    told = {
        rule: {line.partition(" | ")[0] for line in lines.splitlines() if " | " in line}
        for rule, lines in zip(parts[::2], parts[1::2], strict=True)
    }
    for rule in ("placeholders", "doubled words", "quotes", "space", "words", "abbreviations"):
        langs = [langs for title, langs in told.items() if rule in title and langs]
        assert langs and all(found >= {"sv", "en"} for found in langs), rule


TEXTS = st.text(
    st.sampled_from("aAxX ÅéЯعא個.,;:!?()[]{}<>\"'«»”-_0123\n\t\xa0\u0301…")
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)


@given(TEXTS, st.sampled_from(["sv", "en", "fr", "ar", "tlh"]))
@hypothesis_settings(max_examples=150, deadline=None)
def test_no_text_is_too_strange(text: str, lang: str) -> None:
    """Whatever it holds, the checks end; each finding stands in the notice and says something."""
    for one in found_in(text.replace("\r", ""), lang):
        assert one.path == f"{lang}/a.md"
        assert one.line >= 1
        assert one.message
        assert one.fix


@pytest.mark.parametrize(
    "piece", ["a ", "[", "(", "'\"", "x,", "XX ", "AB", "a  b", "a:", "?", "A.a"]
)
def test_no_text_takes_a_time_with_its_square(piece: str) -> None:
    """A paragraph as long as any may be is checked in seconds; a square would take minutes."""
    lines = [piece * (1_000 // len(piece))] * 90
    found_in("\n".join(lines), "en")


NOTICE = """\
---
effective: 2026-03-01
---

# Dina uppgifter

En inledning med *controller*{lang=en}
och annat.

## Ett {#one}

Vi har *en*{lang=sv} *sak*{lang=en} en [sak](user.md#one) och
en till: att
att vi [[email]] ,och mer.

- Först
- Sedan [infoga namn]

| a | b |
|---|---|
| c | TODO |

![Plan ???](../files/plan.png)

## TODO {#two}

Text. Mitt namn: ____, GDPR.

Se GDPR.
"""


def test_each_finding_stands_at_the_line_of_its_words(site: Site) -> None:
    """In titles, lists, tables and pictures, whatever is marked up before."""
    site.write(
        {
            "organisation.toml": 'email = "a@example.org"\n',
            "files/plan.png": b"\x89PNG",
            "sv/user.md": NOTICE,
        }
    )
    found = {(one.code, one.line) for one in site.findings(words=True)}
    assert found == {
        ("word-doubled", 13),
        ("space-extra", 14),
        ("placeholder-left", 17),
        ("placeholder-left", 21),
        ("placeholder-left", 23),
        ("placeholder-left", 25),
        ("abbreviation-unexplained", 27),
    }


def test_what_else_readers_see_waits_for_words_too(site: Site) -> None:
    """Facts and glossaries, at the line of the words; one that is complete is accepted."""
    site.write(
        {
            "organisation.toml": 'name = "[Company name]"\nmotto = "–"\nplace = "Stad"\n'
            'address = [\n  "Gatan",\n  "TODO",\n]\n',
            "sv/glossary.toml": '[a]\nterm = "ord"\nexplanation = "TODO"\n\n'
            '[b]\nterm = "text"\nexplanation = "Det hela."\n',
            "sv/user.md": "# Titel\n\nEtt ord, en text.\n",
        }
    )
    found = [(one.code, one.path, one.line) for one in site.findings(words=True)]
    assert found == [
        ("placeholder-left", "content/organisation.toml", 1),
        ("placeholder-left", "content/organisation.toml", 2),
        ("placeholder-left", "content/organisation.toml", 6),
        ("placeholder-left", "content/sv/glossary.toml", 3),
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ('""', "the fact 'motto' is empty."),
        ('"  "', "the fact 'motto' is empty."),
        ("[]", "the fact 'motto' is empty."),
        ('["Ett", ""]', "the fact 'motto' is empty."),
        ('{ sv = "Ett", en = "" }', "the fact 'motto' is empty in 'en'."),
        ('{ lang = "en", text = "" }', "the fact 'motto' is empty."),
    ],
)
def test_an_empty_fact_is_told_once(site: Site, value: str, said: str) -> None:
    """In so many words, whatever form it has; it is no placeholder besides."""
    site.write({"organisation.toml": f"motto = {value}\n", "sv/user.md": "# Titel\n"})
    (found,) = site.findings(words=True)
    assert (found.code, found.line, found.message) == ("organisation-malformed", 1, said)
    assert found.fix == "write what it says, or remove it."
    site.write({"organisation.toml": 'motto = { sv = "Ett", en = "One" }\n'})
    assert site.findings(words=True) == []


def test_a_published_site_waits_for_no_words() -> None:
    """What is a warning while one works stops the site that is published."""
    published = settings.from_file(settings.ROOT / "publishconf.py")
    assert published.severities["placeholder-left"] == "error"
    assert SETTINGS.severities["placeholder-left"] == "warning"


def test_a_longer_term_may_hold_an_avoided_word(site: Site) -> None:
    """The longest word of the glossary is the one that is meant; the page shows no avoided word."""
    site.write(
        {
            "sv/glossary.toml": '[a]\nterm = "ombud"\navoid = ["biträde"]\nexplanation = "Någon."\n'
            '[b]\nterm = "personligt biträde"\nexplanation = "Någon annan."\n',
            "sv/user.md": "# Titel\n\nEtt personligt biträde, ett ombud & ett biträde.\n",
        }
    )
    (found,) = site.findings(words=True)
    assert found.code == "term-avoided"
    assert found.fix == "write 'ombud'."
    assert "& ett biträde" in found.message
    site.build()
    assert "Någon." in site.page("sv/user/index.html").text
    assert site.page("sv/user/index.html").text.count("biträde") == 4


@pytest.mark.parametrize(
    ("avoid", "message"),
    [
        ('["ombudet"]', "'ombudet' is to be avoided in 'a', and is explained in 'b' (line 5)."),
        ('["ord"]', "'ord' is to be avoided in 'a', and is explained in 'a' (line 1)."),
        ('["sak", "ting"]', ""),
        ('["bud"]', "'bud' is to be avoided in 'b', and is avoided in 'a' (line 1)."),
        ('"sak"', "'avoid' is no list of words."),
        ('[""]', "'avoid' is no list of words."),
        ("[1]", "'avoid' is no list of words."),
    ],
)
def test_a_glossary_does_not_contradict_itself(site: Site, avoid: str, message: str) -> None:
    """What one entry avoids no entry explains, and no other avoids."""
    site.write(
        {
            "sv/glossary.toml": f'[a]\nterm = "ord"\navoid = {avoid}\nexplanation = "X."\n[b]\n'
            'term = "ombud"\nforms = ["ombudet"]\navoid = ["bud"]\nexplanation = "Y."\n',
            "sv/user.md": "# Titel\n\nEtt ord, ett ombud.\n",
        }
    )
    found = site.findings()
    assert [one.message for one in found if one.code == "glossary-malformed"] == (
        [message] if message else []
    )


def test_an_abbreviation_is_told_once_in_a_notice(site: Site) -> None:
    """In each notice at its first place, with the lines that the glossary lacks."""
    site.write(
        {
            "sv/a.md": "# A\n\nOm GDPR.\n\n## B {#b}\n\nMer om GDPR.\n",
            "sv/b.md": "# B\n\nOm GDPR.\n",
        }
    )
    found = site.findings(words=True)
    assert [(one.path, one.line) for one in found] == [
        ("content/sv/a.md", 3),
        ("content/sv/b.md", 3),
    ]
    assert found[0].fix.startswith("write into content/sv/glossary.toml: [gdpr]")


def test_a_name_in_capitals_is_no_abbreviation(site: Site) -> None:
    """Nobody can say what it is short for; the site's own words hold it."""
    site.write({"sv/a.md": "# A\n\nBetala till SEB och UC.\n", "sv/words.txt": "SEB\n"})
    (finding,) = site.findings(words=True)
    assert "'UC' is an abbreviation" in finding.message
    assert finding.fix.endswith("If it is a name, write it into content/sv/words.txt.")


def test_a_sections_last_word_has_its_own_line(site: Site) -> None:
    """The same word may stand before it, in another company."""
    site.write({"sv/a.md": "# A\n\nLäs mer här.\n\nVill du veta mer ?\n"})
    assert [one.line for one in site.findings(words=True)] == [5]


def test_the_lists_are_in_small_letters_and_sorted_by_language() -> None:
    """Words are compared in small letters; a capital would never be found."""
    doubles = table("doubles")
    for words in (doubles["any_word"], *doubles["words"].values(), *table("placeholders").values()):
        assert all(word == word.casefold() for word in words)
    for marks in table("quotation")["marks"].values():
        assert len(marks) == 4


def test_what_is_not_translated_yet_is_judged_where_it_was_written(site: Site) -> None:
    """A copy is in no words of its language; what somebody has translated is."""
    codes = {"abbreviation-unexplained", "placeholder-left", "quotes-straight"}
    copied = 'Vi skriver "så här" om ABCD till var och en som frågar oss, TODO, och sedan inte mer.'
    site.write(
        {f"{lang}/a.md": f"# T {lang}\n\n## A {{#a}}\n\n{copied}\n" for lang in ("sv", "fi")}
    )

    def found() -> set[tuple[str, str]]:
        return {(one.code, one.path) for one in site.findings(words=True) if one.code in codes}

    assert found() == {(code, "content/sv/a.md") for code in codes}
    site.write({"fi/a.md": '# T fi\n\n## A {#a}\n\nMe kirjoitamme "näin" ABCD, TODO.\n'})
    assert found() == {(code, f"content/{lang}/a.md") for code in codes for lang in ("sv", "fi")}
