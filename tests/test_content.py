# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first site: every fact stands in both languages, in its section, and nothing is wrong.

The facts are those that the publisher's page states. For each section stand the words by which each
is recognised, in Swedish and in English.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from markupsafe import Markup

from notices import catalog, checks, settings
from notices.checks import avoided
from notices.codes import DIFFERENCES
from notices.model import Catalog
from notices.source import Reader
from tests.programs import needed_dictionaries

FACTS = {
    ("index", "introduction"): (
        ("nWise", "nWise"),
        ("känna dig trygg", "feel safe"),
        ("samlas in", "collected"),
        ("lagras", "stored"),
        ("analyseras", "analysed"),
        ("vilka rättigheter du har", "what rights you have"),
        ("hur du använder dem", "how you use them"),
    ),
    ("index", "who-you-are"): (
        ("Jag använder myMMX", "I use myMMX"),
        ("Min organisation köper myMMX", "My organisation buys myMMX"),
    ),
    ("index", "principles"): (
        ("bara in uppgifter som behövs", "only the data that is needed"),
        ("driva vår verksamhet", "run our business"),
        ("bara till det som de samlades in för", "only for what it was collected for"),
        ("raderar uppgifter som inte längre behövs", "erase data that is no longer needed"),
        ("strävar alltid efter en hög nivå", "always aim for a high level"),
    ),
    ("user", "in-short"): (
        ("Den som har förskrivit myMMX till dig ansvarar", "Whoever prescribed myMMX to you is"),
        ("nWise hanterar dem", "nWise handles it"),
        ("ditt namn, din SIP-adress och", "your name, your SIP address and"),
        ("om du har ett, ditt texttelefonnummer", "if you have one, your text telephone number"),
        ("ringa och ta emot samtal", "make and receive calls"),
        ("aktivt och giltigt", "active and valid"),
        ("inom 4 veckor", "within 4 weeks"),
        ("ändrade eller raderade", "changed or erased"),
        ("gratis en gång om året", "free of charge once a year"),
        ("Kontakta din förskrivare eller handläggare", "Contact your prescriber or case handler"),
    ),
    ("user", "parties"): (
        ("äger alltid dina personuppgifter", "always own your personal data"),
        ("Personuppgiftsansvarig (PUA)", "personuppgiftsansvarig, PUA"),
        ("Personuppgiftsbiträde (PUB)", "personuppgiftsbiträde, PUB"),
        ("åt den som har förskrivit myMMX", "for whoever prescribed myMMX"),
        ("region", "Region"),
        ("Arbetsförmedlingen", "Arbetsförmedlingen"),
        ("uppgifter i andra hand", "second-hand"),
        ("förskrivare på regioner", "prescribers at Regions"),
        ("hantera ärenden", "handle cases"),
    ),
    ("user", "data"): (
        ("personuppgiftsbiträde åt", "processor for"),
        ("förnamn och efternamn", "first name and last name"),
        ("SIP-adress", "SIP address"),
        ("texttelefonnummer, om du har ett", "text telephone number, if you have one"),
    ),
    ("user", "purposes"): (("ringa och ta emot samtal med", "make and receive calls with"),),
    ("user", "recipients"): (
        (
            "inte ut dina uppgifter till någon utomstående",
            "not give your data to any outside party",
        ),
        ("i Sverige och inom EU", "in Sweden and within the EU"),
        ("SIP-adress eller ditt texttelefonnummer", "SIP address or your text telephone number"),
        ("vanligt samtal", "ordinary call"),
    ),
    ("user", "retention"): (
        ("aktivt och giltigt", "active and valid"),
        ("3 år.", "3 years."),
        ("1, 2 eller 3 år", "1, 2 or 3 years"),
        ("förskrivare eller handläggare", "prescriber or case handler"),
        ("varje månad", "every month"),
        ("inom 4 veckor", "within 4 weeks"),
        ("inte längre ringa", "no longer make calls"),
        ("nytt konto", "new account"),
    ),
    ("user", "rights"): (
        ("ett namn som är fel", "a name that is wrong"),
        ("raderade", "erased"),
        ("registerutdrag", "registerutdrag"),
        ("gratis en gång om året", "free of charge once a year"),
        ("förskrivare eller handläggare", "prescriber or case handler"),
        ("Post- och telestyrelsen (PTS)", "Post- och telestyrelsen (PTS)"),
        ("Bildtelefoni och Texttelefoni", "Bildtelefoni and Texttelefoni"),
    ),
    ("user", "access-request"): (
        ("äger dina uppgifter", "own your data"),
        ("den köpande kunden, PUA", "the buying customer, PUA"),
        ("nWise, PUB", "nWise, PUB"),
        ("förenligt med", "compatible with"),
        ("delar dem inte", "do not share it"),
        ("marknadsföring eller reklam", "marketing or advertising"),
        ("Skriv till den som är personuppgiftsansvarig", "Write to your controller"),
        ("underskriven", "signed"),
        ("inte skickas med e-post", "cannot be sent by e-mail"),
        ("gratis en gång om året", "free once a year"),
        ("genom den som är personuppgiftsansvarig", "through the controller"),
        ("förskrivare på regionen", "prescriber at the Region"),
        ("handläggare på Arbetsförmedlingen", "case handler at Arbetsförmedlingen"),
        ("den som äger tjänsten", "the owner of the service"),
    ),
    ("buyer", "in-short"): (
        (
            "åt den köpande kunden, som personuppgiftsbiträde (PUB)",
            "buying customer, as processor (PUB)",
        ),
        ("namn, e-postadress, telefonnummer och", "name, e-mail address, telephone number and"),
        ("fakturaadress", "invoice address"),
        ("uppfylla avtal", "fulfil agreements"),
        ("ett avtal gäller", "agreement is in force"),
        ("i 7 år enligt bokföringslagen", "for 7 years under the Accounting Act"),
        ("ändrade eller raderade", "changed or erased"),
        ("gratis en gång om året", "free of charge once a year"),
        ("info@nwise.se", "info@nwise.se"),
    ),
    ("buyer", "parties"): (
        ("personuppgiftsbiträde (PUB) åt den kund som köper", "for the customer that buys"),
        ("tjänster och produkter", "services and products"),
    ),
    ("buyer", "data"): (
        ("den köpande kunden", "the buying customer"),
        ("Arbetsförmedlingen eller på en region", "Arbetsförmedlingen or of a Region"),
        ("förnamn och efternamn", "first name and last name"),
        ("e-postadress", "e-mail address"),
        ("telefonnummer", "telephone number"),
        ("fakturaadress", "invoice address"),
    ),
    ("buyer", "purposes"): (
        ("uppfylla avtal", "fulfil agreements"),
        ("offertförfrågningar", "requests for offers"),
        ("beställningar", "orders"),
        ("faktur", "invoice"),
        ("support", "support"),
        ("nyhetsbrev och e-post", "newsletter and e-mail"),
        ("hålla kontakten", "keep in contact"),
    ),
    ("buyer", "recipients"): (
        ("personuppgiftsbiträdesavtal", "personuppgiftsbiträdesavtal"),
        ("några få andra parter", "a few other parties"),
        ("inom EU, i Sverige", "within the EU, in Sweden"),
    ),
    ("buyer", "retention"): (
        ("ett avtal gäller", "agreement is in force"),
        ("kunden köper produkter", "customer buys products"),
        ("bokföringslagen", "bokföringslagen"),
        ("7 år", "7 years"),
    ),
    ("buyer", "rights"): (
        ("en e-postadress som är fel", "an e-mail address that is wrong"),
        ("raderade", "erased"),
        ("gratis en gång om året", "free of charge once a year"),
        ("nWise", "nWise"),
    ),
    ("buyer", "access-request"): (
        ("äger dina uppgifter", "own your data"),
        (
            "köpande kunden och personuppgiftsbiträdet (nWise, PUB)",
            "buying customer and the processor (nWise, PUB)",
        ),
        ("förenligt med", "compatible with"),
        ("delar dem inte", "do not share it"),
        ("marknadsföring eller reklam", "marketing or advertising"),
        ("Skriv till nWise", "Write to nWise"),
        ("underskriven", "signed"),
        ("inte skickas med e-post", "cannot be sent by e-mail"),
        ("gratis en gång om året", "free once a year"),
        ("nWise AB Att: DPO S:t Persgatan 21A 753 20 Uppsala",) * 2,
    ),
    ("buyer", "contact"): (
        ("info@nwise.se", "info@nwise.se"),
        ("frågor", "questions"),
        ("ändring, radering eller registerutdrag", "changes, erasure or extracts"),
        ("Bara en köpande kund", "Only a buying customer"),
        ("förskrivare eller handläggare", "prescriber or case handler"),
        ("skriftlig begäran", "written request"),
    ),
    ("user-letter", "introduction"): (
        ("begär ett registerutdrag", "ask for an extract"),
        ("Ni är personuppgiftsansvarig (PUA)", "You are the controller"),
        ("nWise är personuppgiftsbiträde (PUB)", "nWise is the processor"),
        ("bara emot en begäran som kommer genom er", "a request only if it comes through you"),
        ("gratis en gång om året", "free once a year"),
        ("SIP-adress", "SIP address"),
        ("texttelefonnummer, om jag har ett", "text telephone number, if I have one"),
        ("underskrift", "signature"),
    ),
    ("buyer-letter", "introduction"): (
        ("nWise AB Att: DPO S:t Persgatan 21A 753 20 Uppsala",) * 2,
        ("en kund som köper myMMX", "a customer that buys myMMX"),
        ("begär ett registerutdrag", "ask for an extract"),
        ("gratis en gång om året", "free once a year"),
        ("underskrift", "signature"),
    ),
}
POINTING_ON = (("user", "rights"), ("buyer", "rights"))


@cache
def content() -> Catalog:
    """Read the real content."""
    made = settings.for_site(settings.from_file())
    return catalog.load(made.content, made.shown_content, made.source_language)


def text_of(name: str, lang: str, section: str) -> str:
    """Give a section's text, as a reader reads it."""
    notice = content().notices[name][lang]
    if section == "introduction":
        html = f"{notice.title} {notice.introduction}"
    else:
        (found,) = (s for s in notice.sections if s.anchor == section)
        html = f"{found.title} {found.body}"
    plain = Markup(html.replace("<", " <")).striptags()  # noqa: S704
    return " ".join(plain.split())


@pytest.mark.parametrize("place", FACTS, ids="-".join)
@pytest.mark.parametrize(("lang", "index"), [("sv", 0), ("en", 1)])
def test_every_fact_stands_in_its_section(place: tuple[str, str], lang: str, index: int) -> None:
    """Each fact is found in its own section, in both languages."""
    text = re.sub(r"\s+([,.)])", r"\1", text_of(place[0], lang, place[1])).replace("( ", "(")
    for words in FACTS[place]:
        assert words[index] in text


@pytest.mark.parametrize("place", POINTING_ON, ids="-".join)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_rights_point_on(place: tuple[str, str], lang: str) -> None:
    """The section on rights links to the one on requests."""
    notice = content().notices[place[0]][lang]
    (section,) = (s for s in notice.sections if s.anchor == place[1])
    links = [notice.links[int(n)] for n in re.findall(r'href="notice:(\d+)"', section.body)]
    assert [link.anchor for link in links] == ["access-request"]


def test_the_sections_are_those_of_the_facts() -> None:
    """The same ids in both languages, in the same order, and no section besides."""
    for name, by_lang in content().notices.items():
        expected = [section for notice, section in FACTS if notice == name]
        for notice in by_lang.values():
            ids = [section.anchor for section in notice.sections]
            assert ids == [section for section in expected if section != "introduction"]


def test_the_real_site_has_no_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither errors nor warnings, nor a misspelling."""
    monkeypatch.setenv("DICPATH", needed_dictionaries("sv", "en"))
    made = settings.for_site(settings.from_file())
    assert checks.run(content(), made) == []


@pytest.mark.parametrize(
    ("lang", "text", "instead"),
    [
        ("sv", "Ditt landsting ansvarar.", "write 'region'"),
        ("sv", "Landstingen ansvarar.", "write 'region'"),
        ("en", "Your county council decides.", "write 'Region'"),
    ],
)
def test_a_word_of_old_is_not_to_return(lang: str, text: str, instead: str) -> None:
    """The glossary names the word that notices of today have, which is accepted."""
    for words, number in ((text, 1), ("Region Uppsala, regionen, the Regions.", 0)):
        notice, _ = Reader(content().organisation).parse(f"# T\n\n{words}\n", "a.md", "a", lang)
        assert notice is not None
        read = replace(content(), notices={"a": {lang: notice}})
        found = [*avoided.check(read, settings.for_site(settings.from_file()))]
        assert [one.fix[: len(instead)] for one in found] == [instead] * number


LATE = ("notice-missing", "section-missing", "section-outdated", "section-untranslated")


@pytest.mark.parametrize(
    ("file", "severity"), [("pelicanconf", "warning"), ("publishconf", "error")]
)
def test_what_is_late_is_seen_and_not_published(file: str, severity: str) -> None:
    """A warning while one works, an error for the public site; a difference is one in both."""
    made = settings.from_file(settings.ROOT / f"{file}.py")
    assert {made.severities[code] for code in LATE} == {severity}
    assert {made.severities[code] for code in DIFFERENCES} == {"error"}
