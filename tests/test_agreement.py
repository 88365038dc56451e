# SPDX-License-Identifier: AGPL-3.0-or-later
"""Facts compared across languages: each difference at its line in both files, and waivers."""
# ruff: noqa: E501  (a table reads better with each case on a line)

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from notices import checks
from notices.checks import agreement
from tests.conftest import Site

SOURCE = """\
# Dina uppgifter

Vi svarar inom två veckor.

## Uppgifter {#data}

Vi har

- ditt namn
- din e-postadress
- ditt telefonnummer

| Uppgift | Varför |
|---------|--------|
| Namn    | Avtal  |
| Adress  | Brev   |

## Kontakt {#contact}

Skriv till <info@example.org>, se [dina uppgifter](user.md#data).
"""
TRANSLATION = """\
# Your data

We answer within two weeks.

## Data {#data}

We have

- your name
- your e-mail address
- your telephone number

| Data    | Why      |
|---------|----------|
| Name    | Contract |
| Address | Letters  |

## Contact {#contact}

Write to <info@example.org>, see [your data](user.md#data).
"""


def pair(site: Site, old: str = "", new: str = "", lang: str = "en") -> Site:
    """Write a notice and its translation, with one thing changed in one of them."""
    texts = {"sv": SOURCE, "en": TRANSLATION}
    assert old in texts[lang]
    texts[lang] = texts[lang].replace(old, new)
    return site.write({f"{tag}/user.md": text for tag, text in texts.items()})


def test_a_pair_that_agrees_has_no_findings(site: Site) -> None:
    """The look-alike of everything below."""
    assert pair(site).findings(differences=True) == []


@pytest.mark.parametrize(
    ("lang", "old", "new", "code", "line", "theirs", "said"),
    [
        ("en", "two weeks", "three weeks", "period-differs", 3, 3, "'three weeks' is here, and 'två veckor' in sv"),
        ("sv", "två veckor", "tre veckor", "period-differs", 3, 3, "'two weeks' is here, and 'tre veckor' in sv"),
        ("en", "your name\n", "your name\n- your shoe size\n", "list-differs", 10, 5, "4 list items are here and 3 in sv"),
        ("sv", "ditt namn\n", "ditt namn\n- din skostorlek\n", "list-differs", 5, 10, "only there seems to be 'din skostorlek'."),
        ("en", "| Letters  |\n", "| Letters  |\n| Age | Offers |\n", "table-differs", 17, 5, "4 table rows are here and 3 in sv"),
        ("en", "info@example.org", "hello@example.org", "email-differs", 20, 20, "'hello@example.org' is here"),
        ("sv", "info@example.org", "nytt@example.org", "email-differs", 20, 20, "'info@example.org' is here, and 'nytt@example.org' in sv"),
        ("en", "[your data](user.md#data)", "your data", "link-differs", 18, 20, "and nothing like it in this section here."),
        ("en", "We have\n", "We have, since 2018,\n", "number-differs", 7, 5, "'2018' is here, and nothing like it in this section of sv"),
        ("en", "We have\n", "We have (PTS)\n", "abbreviation-differs", 7, 5, "'PTS' is here"),
    ],
)  # fmt: skip
def test_a_difference_is_found_at_its_line_in_both(
    site: Site, lang: str, old: str, new: str, code: str, line: int, theirs: int, said: str
) -> None:
    """The message quotes both sides; the source's line is in it."""
    (found,) = pair(site, old, new, lang).findings(differences=True)
    assert (found.code, found.path, found.line) == (code, "content/en/user.md", line)
    assert f"content/sv/user.md:{theirs})" in found.message
    assert said in found.message
    assert found.severity == "warning"


def test_a_section_in_one_language_only_is_another_finding(site: Site) -> None:
    """It is missing, and what it would have to say is not counted besides."""
    found = pair(site, TRANSLATION[TRANSLATION.index("## Contact") :], "").places()
    assert found == [("section-missing", "en/user.md", 5)]


def test_the_sources_own_words_are_another_finding(site: Site) -> None:
    """A section that is not translated agrees with itself."""
    site.write({"sv/user.md": SOURCE, "fi/user.md": SOURCE})
    assert {code for code, _, _ in site.places()} == {"section-untranslated"}


def test_a_fact_of_the_organisation_is_found_where_it_is_named(site: Site) -> None:
    """An address that moved in one language only, written as a fact in both."""
    site.write({"organisation.toml": 'email = { sv = "a@b.example", en = "c@d.example" }\n'})
    for lang, text in (("sv", "Skriv\ntill [[email]]."), ("en", "Write\n\nto [[email]].")):
        site.write({f"{lang}/user.md": f"# T\n\n## A {{#a}}\n\n{text}\n"})
    (found,) = site.findings(differences=True)
    assert (found.code, found.line) == ("email-differs", 7)
    assert "'c@d.example' is here, and 'a@b.example' in sv (content/sv/user.md:6)" in found.message


def test_a_third_language_is_compared_too(site: Site) -> None:
    """Without a list of its words, what can be told is told, and nothing else."""
    finnish = TRANSLATION.replace("within two weeks", "kahden viikon kuluessa")
    pair(site).write({"fi/user.md": finnish})
    assert site.findings(differences=True) == []
    site.write({"fi/user.md": finnish.replace("kahden", "3")})
    (found,) = site.findings(differences=True)
    assert (found.path, found.line) == ("content/fi/user.md", 3)


@pytest.mark.parametrize(
    ("source", "translation", "differs"),
    [
        ("2026-03-01", "2026-03-01", False),
        ("2026-03-01", "2026-03-02", True),
        ("2026-03-01", "", True),
        ("", "2026-03-01", True),
    ],
)
def test_texts_are_in_force_from_the_same_day(
    site: Site, source: str, translation: str, differs: bool
) -> None:
    """A day at the top of one of them only is a difference, too."""
    for lang, day, text in (("sv", source, SOURCE), ("en", translation, TRANSLATION)):
        front = f"---\neffective: {day}\n---\n" if day else ""
        site.write({f"{lang}/user.md": front + text})
    found = [finding.code for finding in site.findings(differences=True)]
    assert found == (["effective-differs"] if differs else [])


def test_many_notices_are_compared_by_many_workers(site: Site) -> None:
    """Enough of them to be shared give what one alone gives."""
    for number in range(70):
        site.write({f"sv/n{number}.md": SOURCE.replace("user.md", f"n{number}.md")})
        english = TRANSLATION.replace("two weeks", f"{number + 20} weeks")
        site.write({f"en/n{number}.md": english.replace("user.md", f"n{number}.md")})
    found = list(agreement.check(site.catalog(), site.settings))
    assert len(found) == 70
    assert {(finding.code, finding.line) for finding in found} == {("period-differs", 3)}


# Waivers

WAIVER = """\
[[waiver]]
code = "period-differs"
language = "en"
section = "user#"
translation = "three  weeks"
source = "två veckor"
reason = "English letters travel farther."
until = 2026-06-30
"""


def waived(site: Site, waiver: str = WAIVER, today: date = date(2026, 6, 30)) -> list[str]:
    """Give the codes of what is found on a day, with a waiver."""
    pair(site, "two weeks", "three weeks").write({"waivers.toml": waiver})
    made = replace(site.settings, today=today)
    found = checks.run(site.catalog(), made)
    return [finding.code for finding in found if finding.code != "reviews-not-kept"]


def test_a_waiver_holds_until_its_day(site: Site) -> None:
    """That day included; then it is a finding, and so is what it waived."""
    assert waived(site) == []
    found = waived(site, today=date(2026, 7, 1))
    assert found == ["period-differs", "waiver-expired"]


def test_a_renewed_waiver_leaves_an_expired_one(site: Site) -> None:
    """In whichever order they stand."""
    old, new = WAIVER, WAIVER.replace("2026", "2027")
    for waivers in (f"{old}{new}", f"{new}{old}"):
        assert waived(site, waivers, date(2026, 7, 1)) == ["waiver-expired"]


def test_a_very_long_number_is_quoted_in_part(site: Site) -> None:
    """A finding stays a line that one can read."""
    (found,) = pair(site, "two weeks", "two weeks 1" + "0" * 19_000).findings(differences=True)
    assert len(found.message) < 300


def test_a_waiver_is_for_its_very_words(site: Site) -> None:
    """When one side changes, the decision has to be made again."""
    found = waived(site, WAIVER.replace("three  weeks", "four weeks"))
    assert found == ["period-differs", "waiver-unmatched"]


def test_a_waiver_is_for_one_difference(site: Site) -> None:
    """A second one in the same words has to be decided on as well; each has its line."""
    twice = "Vi svarar inom två veckor.\n\nAnnars inom två veckor till."
    english = "We answer within three weeks.\n\nElse within three more weeks."
    pair(site).write({"sv/user.md": SOURCE.replace("Vi svarar inom två veckor.", twice)})
    english = english.replace("three more weeks", "three weeks")
    site.write({"en/user.md": TRANSLATION.replace("We answer within two weeks.", english)})
    site.write({"waivers.toml": WAIVER.replace("2026", "2099")})
    assert [(one.code, one.line) for one in site.findings(differences=True)] == [
        ("period-differs", 5)
    ]
    site.write({"waivers.toml": WAIVER.replace("2026", "2099") * 2})
    assert site.findings(differences=True) == []


def test_the_place_is_that_of_the_value(site: Site) -> None:
    """Not that of the same sign in an address, a list's number or a later sentence."""
    text = "# T\n\n## A 3 {{#a3}}\n\n[x](user.md#a3) har 3 rum.\n\n3. Ett {}\n4. Två 3 hus\n"
    english = text.replace("har", "has").replace("Ett", "One").replace("Två", "Two")
    site.write({"sv/user.md": text.format(7), "en/user.md": english.format(8)})
    (found,) = site.findings(differences=True)
    assert (found.line, "content/sv/user.md:7)" in found.message) == (7, True)
    site.write({"en/user.md": english.format(7).replace("3 rum", "4&nbsp;000 rum")})
    (found,) = site.findings(differences=True)
    assert (found.line, "content/sv/user.md:5)" in found.message) == (5, True)


def test_a_waiver_that_nothing_needs_is_a_finding(site: Site) -> None:
    """At its line."""
    pair(site).write({"waivers.toml": f"# Meant.\n\n{WAIVER}"})
    assert site.places() == [("waiver-unmatched", "waivers.toml", 3)]


def test_a_waiver_for_a_draft_waits(site: Site) -> None:
    """A build leaves drafts out, and their waivers are not in the way."""
    pair(site, "two weeks", "three weeks").write({"waivers.toml": WAIVER})
    site.write({"en/language.toml": "draft = true\n"})
    assert site.build().findings == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "period-differs"\n', "", "has no code"),
        ('code = "period-differs"\n', 'code = "raw-html"\n', "cannot be waived"),
        ('reason = "English letters travel farther."\n', "", "has no reason"),
        ('reason = "English letters travel farther."\n', 'reason = " "\n', "has no reason"),
        ("until = 2026-06-30\n", "", "has no day"),
        ("until = 2026-06-30\n", 'until = "2026-06-30"\n', "has no day"),
        ("until = 2026-06-30\n", "until = 2026-06-30T00:00:00\n", "has no day"),
        ("until", "unitl", "'unitl' is not an entry"),
        ('translation = "three  weeks"\nsource = "två veckor"\n', "", "quotes neither"),
        ('"three  weeks"', "3", "between quotation marks"),
        ("[[waiver]]", "[waiver]", "something else than a list of [[waiver]]"),
        ("[[waiver]]", "[[waivers]]", "something else than a list of [[waiver]]"),
        ("[[waiver]]", "[[waiver]", "not valid TOML"),
    ],
)
def test_a_waiver_that_is_none(site: Site, old: str, new: str, said: str) -> None:
    """Is a finding at its line, and waives nothing."""
    pair(site, "two weeks", "three weeks").write({"waivers.toml": WAIVER.replace(old, new)})
    codes = {finding.code: finding for finding in site.findings(differences=True)}
    assert set(codes) == {"period-differs", "waiver-malformed"}
    assert codes["waiver-malformed"].line == 1
    assert said in codes["waiver-malformed"].message


@pytest.mark.parametrize(
    ("epoch", "day"), [("0", date(1970, 1, 1)), ("1767225600", date(2026, 1, 1))]
)
def test_the_day_may_be_given(
    site: Site, monkeypatch: pytest.MonkeyPatch, epoch: str, day: date
) -> None:
    """SOURCE_DATE_EPOCH, so that a build gives the same on any day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert site.settings.today == day
