# SPDX-License-Identifier: AGPL-3.0-or-later
"""How hard texts are to read; every figure here was counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from notices import checks
from notices.model import Finding
from notices.readability import lix, long_words, of_notice, reading_ease, running
from notices.readability.syllables import count
from notices.settings import Readability, SettingsError, for_site, from_file, from_values
from notices.settings.settings import DEFAULT_FILE
from tests.conftest import Site
from tests.test_cli import conf

CODES = ("notice-hard-to-read", "section-hard-to-read", "sentence-long")

SWEDISH = """\
# Dina personuppgifter hos oss

Vi finns.

## Hur länge sparas uppgifterna? {#retention}

Vi sparar dina uppgifter i
4 veckor. Du kan t.ex. begära *a certified copy*{lang=en} gratis av [[email]].

- ditt namn
- din e-postadress

Personuppgiftsbiträde
:   Vi.

| Personuppgifter | Lagringstid |
|---|---|
| registerutdrag | kalendermånader |

`personuppgiftsansvarig`

Underskrift: ____
"""
# Introduction: Vi finns.                                   2 words, 1 sentence, none long.
# Vi sparar dina UPPGIFTER i 4 veckor.                      7 words, 1 long
# Du kan t.ex. begära … gratis av ….                        6 words
# ditt namn                                                 2 words
# din E-POSTADRESS                                          2 words, 1 long
# Vi.                                                       1 word
#                                       The section:       18 words, 5 sentences, 2 long.
# The heading, the term, the table, the code, the line of a form, what is in English, and the fact
# are not counted.

ENGLISH = """\
# Your data

We keep your data for 4 weeks. You can ask for an extract, e.g. by e-mail. Write to us.
"""
# We keep your da-ta for 4 weeks.                           7 words, 7 syllables without the number
# You can ask for an ex-TRACT, e.-g. by e-mail.             9 words, 12 syllables, 1 long
# Write to us.                                              3 words, 3 syllables
#                                       In all:            19 words, 3 sentences, 22 syllables, of
#                                                          18 words in letters, 1 long.


def test_figures_in_swedish(site: Site) -> None:
    """LIX is words to a sentence, and long words among a hundred."""
    site.write({"organisation.toml": 'email = "a@b.example"\n', "sv/user.md": SWEDISH})
    notice = site.catalog().notices["user"]["sv"]
    (section,) = notice.sections
    text = running(section, "sv")
    assert [len(one.words) for one in text] == [7, 6, 2, 2, 1]
    assert long_words(text) == ["uppgifter", "e-postadress"]
    assert lix(text) == 14.7  # 18 / 5 + 100 * 2 / 18
    assert lix(running(notice.opening, "sv")) == 2.0  # 2 / 1 + 0
    assert lix(of_notice(notice)) == 13.3  # 20 / 6 + 100 * 2 / 20


def test_figures_in_english(site: Site) -> None:
    """Reading ease falls with the words of a sentence and the syllables of a word."""
    site.write({"en/user.md": ENGLISH})
    site.source_language = "en"
    text = of_notice(site.catalog().notices["user"]["en"])
    assert [len(one.words) for one in text] == [7, 9, 3]
    assert lix(text) == 11.6  # 19 / 3 + 100 * 1 / 19
    assert reading_ease(text) == 97.0  # 206.835 - 1.015 * 19 / 3 - 84.6 * 22 / 18


def test_figures_of_a_letter(site: Site) -> None:
    """Its running text counts; the lines to be filled in do not."""
    letter = "---\ntemplate: letter\n---\n\n# Begäran\n\nJag begär ett utdrag.\n\nMitt namn: ____\n"
    site.write({"sv/user.md": letter})
    text = of_notice(site.catalog().notices["user"]["sv"])
    assert [one.text for one in text] == ["Jag begär ett utdrag"]
    assert lix(text) == 4.0  # 4 / 1 + 0; utdrag has 6 letters


def test_what_has_no_figures(site: Site) -> None:
    """A text without words has none, nor has one whose words stand without spaces."""
    site.write({"sv/user.md": "# Bara rubrik\n", "ja/user.md": "# 題\n\n個人情報の保存期間。\n"})
    for notice in site.catalog().notices["user"].values():
        assert (lix(of_notice(notice)), reading_ease(of_notice(notice))) == (None, None)
    site.write({"sv/user.md": "# Tal\n\n2026. 1 000.\n"})
    text = of_notice(site.catalog().notices["user"]["sv"])
    assert (lix(text), reading_ease(text)) == (1.0, None)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("data", 2),
        ("People’s", 2),
        ("organisation", 5),
        ("anonymised", 4),
        ("behaviours", 3),
        ("centre", 2),
        ("programme", 2),
        ("paediatric", 4),
        ("e-mail", 2),
        ("30-day", 1),
        ("GDPR", 4),
        ("WCAG", 6),
        ("e.g", 2),
        ("nonexistably", 5),
        ("zorked", 1),
        ("zorted", 2),
        ("zorble", 2),
        ("Zorch’s", 2),
        ("co\u00adoperate", 4),
        ("2026", 0),
    ],
)
def test_syllables(word: str, syllables: int) -> None:
    """By the dictionary, else by the rules that the module states."""
    assert count(word) == syllables


def found(site: Site) -> list[Finding]:
    """Give what is found to be hard to read."""
    return [one for one in site.findings(words=True) if one.code in CODES]


def of(*lengths: int, word: str = "ord") -> str:
    """Write sentences of so many words."""
    return " ".join(f"Vi{f' {word}' * (length - 1)}." for length in lengths)


@pytest.mark.parametrize("lang", ["sv", "en", "ar"])
def test_a_long_sentence(site: Site, lang: str) -> None:
    """One of 26 words is too long, and stands at its line; one of 25 is not."""
    site.source_language = lang
    site.write({f"{lang}/user.md": f"# T\n\n{of(25, 24)}\n{of(3)}\n{of(26)}\n{of(25)}\n"})
    (finding,) = found(site)
    assert (finding.code, finding.severity) == ("sentence-long", "warning")
    assert finding.message.startswith("a sentence of 26 words, and 25 is this site's limit: 'Vi ")
    site.write({f"{lang}/user.md": f"# T\n\n{of(25)}\n\n- {of(25)}\n- {of(25)}\n"})
    assert found(site) == []


def test_sentences_that_begin_alike_have_lines_of_their_own(site: Site) -> None:
    """The second of three is told apart from the others."""
    alike = "Vi sparar alla dina egna ord"
    text = f"{alike} nu.\n\n{alike} {'och ' * 25} så.\n\n{alike} igen.\n"
    site.write({"sv/user.md": f"# T\n\n## A {{#a}}\n\n{text}\n"})
    (finding,) = found(site)
    assert finding.line == 7
    assert "'Vi sparar alla dina egna ord och och…'" in finding.message


def test_a_hard_section_and_a_hard_notice(site: Site) -> None:
    """Over the limit each has a finding, that says how hard it is and why; at the limit none.

    Two sentences of ten words, of which six are long: 10 + 60.
    """
    easy, hard = of(20, 20, 20), ("Vi har ett ord" + " personuppgifter" * 6 + ". ") * 2
    text = f"# T\n\n{easy}\n\n## A {{#a}}\n\n{hard}\n"
    site.write({"sv/user.md": text})
    (finding,) = found(site)
    assert (finding.code, finding.line) == ("section-hard-to-read", 5)
    assert finding.message == (
        "'a' has LIX 70.0, and 50 is this site's limit: its sentences have 10.0 words on average, "
        "the longest 10 ('Vi har ett ord personuppgifter personuppgifter personuppgifter "
        "personuppgifter…'), and 60 of 100 words have more than six letters (personuppgifter)."
    )
    site.write({"sv/user.md": f"# T\n\n{hard}\n"})
    assert [(one.code, one.line) for one in found(site)] == [
        ("notice-hard-to-read", 1),
        ("section-hard-to-read", 1),
    ]
    at_the_limit = ("Vi har ett ord till nu" + " personuppgifter" * 4 + ". ") * 2  # 10 + 40
    site.write({"sv/user.md": f"# T\n\n{easy}\n\n## A {{#a}}\n\n{at_the_limit}\n"})
    assert found(site) == []


@pytest.mark.parametrize(
    ("lang", "caught", "accepted"),
    [
        (
            "sv",
            "Personuppgiftsansvariga behandlar personuppgifter enligt förordningen. ",
            "Den som ansvarar för dina uppgifter följer lagen. ",
        ),
        (
            "en",
            "Controllers process personal information according to the regulation. ",
            "The one who is responsible for your data follows the law. ",
        ),
    ],
)
def test_the_same_in_hard_and_in_easy_words(
    site: Site, lang: str, caught: str, accepted: str
) -> None:
    """Five times one sentence: what it says is no matter, only how.

    In Swedish 5 + 400 / 5 and 8 + 200 / 8, in English 8 + 600 / 8 and 11 + 200 / 11.
    """
    site.source_language = lang
    site.write({f"{lang}/user.md": f"# T\n\n{accepted * 5}\n"})
    assert (found(site), figure(site, lang)) == ([], {"sv": 33.0, "en": 29.2}[lang])
    site.write({f"{lang}/user.md": f"# T\n\n{caught * 5}\n"})
    assert {one.code for one in found(site)} == {"notice-hard-to-read", "section-hard-to-read"}
    assert figure(site, lang) == {"sv": 85.0, "en": 83.0}[lang]


def figure(site: Site, lang: str) -> float | None:
    """Give the LIX of the only notice."""
    return lix(of_notice(site.catalog().notices["user"][lang]))


def test_few_words_are_not_judged(site: Site) -> None:
    """Nineteen long words tell nothing, and twenty do."""
    words = "personuppgifter " * 18
    site.write({"sv/user.md": f"# T\n\n{words} personuppgifter.\n"})
    assert found(site) == []
    site.write({"sv/user.md": f"# T\n\n{words} personuppgifter personuppgifter.\n"})
    assert {one.code for one in found(site)} == {"notice-hard-to-read", "section-hard-to-read"}


def test_a_copy_of_the_source_is_judged_once(site: Site) -> None:
    """Where it was written; a translation is judged by itself."""
    hard = "# T\n\n" + "Vi hanterar personuppgifter enligt dataskyddsförordningen. " * 5
    site.write({"sv/user.md": hard, "en/user.md": hard})
    assert {one.path for one in found(site)} == {"content/sv/user.md"}
    site.write({"en/user.md": "# T\n\n" + "Processors handle information responsibly. " * 5})
    assert {one.path for one in found(site)} == {"content/sv/user.md", "content/en/user.md"}


def test_a_site_sets_its_limits(site: Site) -> None:
    """For the site that its settings describe, and for no other; None is no limit."""
    site.write({"sv/user.md": f"# T\n\n{of(12, 12)}\n"})
    file = Path(
        conf(site, "NOTICES_READABILITY = {'sentence': 11, 'section': 11.5, 'notice': None}")
    )
    made = for_site(from_file(file))
    codes = [one.code for one in checks.run(site.catalog(), made) if one.code in CODES]
    assert sorted(codes) == ["section-hard-to-read", "sentence-long"]
    other = site.folder / "other"
    for is_described, limit in ((False, 25), (True, 11)):
        changed = for_site(made, content=other, is_described=is_described)
        assert changed.readability.sentence == limit
    assert for_site(made, content=site.content).readability == made.readability


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (40, "must be {"),
        ({"notices": 40}, "'notices' is none of notice, section, sentence"),
        ({"notice": 0}, "'notice' must be a number above 0, or None"),
        ({"notice": True}, "'notice' must be"),
        ({"section": "50"}, "'section' must be"),
        ({"section": float("inf")}, "'section' must be"),
        ({"sentence": -1}, "'sentence' must be"),
    ],
)
def test_limits_that_make_no_sense(value: object, said: str) -> None:
    """Each is told with what to write instead."""
    with pytest.raises(SettingsError, match="NOTICES_READABILITY") as raised:
        from_values({"NOTICES_READABILITY": value}, DEFAULT_FILE)
    assert said in str(raised.value)


def test_what_no_setting_says_is_the_default() -> None:
    """A key that is left out is as if nothing were set."""
    made = from_values({"NOTICES_READABILITY": {"notice": None}}, DEFAULT_FILE)
    assert made.readability == Readability(notice=None, section=50, sentence=25)


def test_many_long_sentences_are_not_all_looked_up(site: Site) -> None:
    """The first hundred of a notice have their line; the rest stand at their section's."""
    site.write({"sv/user.md": "# T\n\n## A {#a}\n\n" + f"{of(26)}\n\n" * 120})
    lines = [one.line for one in found(site) if one.code == "sentence-long"]
    assert lines == [3] + [5 + 2 * number for number in range(100)]  # equal findings are one
