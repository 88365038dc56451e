# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of a glossary's explanations, which stand on the pages as those of the notices do."""

from __future__ import annotations

from typing import Final

import pytest

from notices.model import Finding
from notices.remembering import Memory
from tests.conftest import Site
from tests.programs import needed_dictionaries

GLOSSARY: Final = '''\
# TODO: nobody reads what stands here.
[todo]
term = "{term}"
long = "{long}"
lang = "{other}"
forms = ["{avoided}er"]
explanation = "{fine}"

[region]
term = "region"
forms = ["xyzzy"]
avoid = ["{avoided}"]
explanation = """
{own}
{explanation}"""
'''
OTHERS: Final = {
    "sv": {
        "term": "SIP",
        "long": "Session Initiation Protocol",
        "other": "en",
        "avoided": "landsting",
        "fine": "En teknik för samtal.",
        "own": "En region hette förr landsting.",
    },
    "en": {
        "term": "PTS",
        "long": "Post- och telestyrelsen",
        "other": "sv",
        "avoided": "county council",
        "fine": "An authority.",
        "own": "A region was once called a county council.",
    },
}
WORDS: Final = {
    "sv": {
        "placeholder-left": ("Det är [namn].", "[namn]", "Det är [sic] så."),
        "word-doubled": ("Det är är så.", "är är", "Det är, är det sagt."),
        "quotes-straight": (r"Det är \"så\".", '"så"', "Det är ”så”."),
        "space-missing": ("Det är ja,nej.", "ja,nej", "Det är 1,5 och ja, nej."),
        "space-extra": ("Det är ja , nej.", "ja , nej", "Det är ja, nej."),
        "abbreviation-unexplained": ("Det är QXZ.", "QXZ", "Det är SIP."),
        "word-unknown": ("Det är hjälpmdel.", "hjälpmdel", "Det är xyzzy och hjälpmedel."),
        "sentence-long": (f"Det{' och det' * 13}.", "Det och det", f"Det{' och det' * 12}."),
    },
    "en": {
        "placeholder-left": ("It is [name].", "[name]", "It is [sic] so."),
        "word-doubled": ("It is is so.", "is is", "What it is, is known."),
        "quotes-straight": (r"It is \"so\".", '"so"', "It is “so”."),
        "space-missing": ("It is yes,no.", "yes,no", "It is 1,000 and yes, no."),
        "space-extra": ("It is yes , no.", "yes , no", "It is yes, no."),
        "abbreviation-unexplained": ("It is QXZ.", "QXZ", "It is PTS."),
        "word-unknown": ("They recieve it.", "recieve", "They receive xyzzy."),
        "sentence-long": (f"It{' and it' * 13}.", "It and it", f"It{' and it' * 12}."),
    },
}
"""What a rule catches in an explanation, the words it quotes, and what it accepts there."""


def found(site: Site, lang: str, **words: str) -> list[Finding]:
    """Check a site whose only notice says nothing but the words that its glossary explains."""
    site.source_language = lang
    told = {**OTHERS[lang], **words}
    notice = f"# T\n\n*{told['term']}*{{lang={told['other']}}} region.\n"
    site.write({f"{lang}/a.md": notice, f"{lang}/glossary.toml": GLOSSARY.format(**told)})
    return site.findings(words=True)


@pytest.mark.parametrize("code", WORDS["sv"])
@pytest.mark.parametrize("lang", WORDS)
def test_each_rule_reads_explanations(
    site: Site, lang: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It finds what is wrong, at its line; it accepts what looks like it, and the other keys."""
    if code == "word-unknown":
        monkeypatch.setenv("DICPATH", needed_dictionaries("sv", "en"))
    caught, quote, accepted = WORDS[lang][code]
    (finding,) = found(site, lang, explanation=caught)
    assert (finding.code, finding.path) == (code, f"content/{lang}/glossary.toml")
    assert (finding.line, quote in finding.message) == (15, True), finding
    assert found(site, lang, explanation=accepted) == []


@pytest.mark.parametrize("lang", WORDS)
def test_an_entry_may_explain_what_it_avoids(site: Site, lang: str) -> None:
    """Its own words tell what a thing was called; another explanation has the preferred word."""
    word = OTHERS[lang]["avoided"]
    assert found(site, lang, explanation=f"({word}.)") == []
    (finding,) = found(site, lang, explanation="So.", fine=f"Ett {word}.")
    assert (finding.code, finding.line) == ("term-avoided", 7)
    assert finding.fix.startswith("write 'region'")


def test_what_a_term_is_short_for_is_read(site: Site) -> None:
    """In its own language, at its line."""
    (finding,) = found(site, "sv", explanation="Så.", long="Protocol of of Sessions")
    assert (finding.code, finding.line) == ("word-doubled", 4)


def test_a_name_of_a_fact_waits_for_words(site: Site) -> None:
    """A glossary is plain text: readers would see the brackets."""
    (finding,) = found(site, "sv", explanation="Skriv till [[name]] & <alla>.")
    assert (finding.code, finding.line) == ("placeholder-left", 15)
    assert "[[name]] & <alla>" in finding.message


@pytest.mark.parametrize("lang", WORDS)
def test_only_the_sentences_of_a_glossary_are_judged(site: Site, lang: str) -> None:
    """It is no text to be read as a whole: however long its words are, its LIX is not told."""
    explanation = "Personuppgiftsansvariga organisationer. " * 10
    assert found(site, lang, explanation=explanation) == []


def test_a_copy_of_the_source_is_not_judged(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """An explanation that waits for its translation is in no words of its own; one that has it is.

    Words of another language cannot be marked, so no finding says that they should be.
    """
    monkeypatch.setenv("DICPATH", needed_dictionaries("sv", "en"))
    site.source_language = "en"
    entry = '[region]\nterm = "region"\nexplanation = "{}"\n'
    english = entry.format("A part of the country that decides on the health care of its people.")
    swedish = entry.format("En del av landet, som har en assistive plikt.")
    site.write({f"{lang}/a.md": "# Region\n" for lang in ("sv", "en")})
    site.write({"en/glossary.toml": english, "sv/glossary.toml": english})
    assert [one for one in site.findings(words=True) if one.code == "word-unknown"] == []
    site.write({"sv/glossary.toml": swedish})
    (finding,) = (one for one in site.findings(words=True) if one.code == "word-unknown")
    assert (finding.line, "'assistive'" in finding.message) == (3, True)
    assert "lang=" not in finding.fix


def test_the_preview_reads_a_glossary_again(site: Site) -> None:
    """A mended explanation, or one moved to another line, is not taken for the old one."""
    memory = Memory()
    lines = []
    for own in ("Så.", "Så.\nSå.", "Så."):
        with memory.round():
            lines.append([one.line for one in found(site, "sv", own=own, explanation="ord ord")])
    assert lines == [[15], [16], [15]]
    with memory.round():
        assert found(site, "sv", explanation="ord") == []
