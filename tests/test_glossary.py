# SPDX-License-Identifier: AGPL-3.0-or-later
"""Glossaries: how they are read, compared and shown, and which words carry their language."""

from __future__ import annotations

import html
import re
import time
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices import report
from notices.languages import sort_key
from notices.model import Catalog, GlossaryEntry, Language, Notice, Organisation, Section
from notices.render.terms import Terms
from notices.source.safety import sanitised
from notices.terms import Vocabulary
from tests.conftest import Site, one

PUA = """\
[controller]
term = "PUA"
long = "personuppgiftsansvarig"
forms = ["personuppgiftsansvariga"]
explanation = "Den som bestämmer."
"""
PUA_IN_ENGLISH = """\
[controller]
term = "PUA"
long = "personuppgiftsansvarig"
lang = "sv"
explanation = "The controller."
"""


def found(written: str, *terms: str, lang: str = "sv") -> list[str]:
    """Give what of a text is a use of some terms."""
    entries = [GlossaryEntry(f"e{number}", term, "x") for number, term in enumerate(terms)]
    return [written[use.start : use.end] for use in Vocabulary(entries, lang).uses(written)]


# Which words are uses


@pytest.mark.parametrize(
    ("text", "term", "uses"),
    [
        ("Din SIP-adress", "SIP", ["SIP"]),
        ("PTS:s och PTS’s", "PTS", ["PTS", "PTS"]),
        (
            "Registerutdrag och registerutdrag",
            "registerutdrag",
            ["Registerutdrag", "registerutdrag"],
        ),
        ("Post- och\ntelestyrelsen", "Post- och telestyrelsen", ["Post- och\ntelestyrelsen"]),
        ("ett&nbsp;ord", "ett ord", ["ett&nbsp;ord"]),
        ("R&amp;D", "R&D", ["R&amp;D"]),
        ("register\u00adutdrag", "registerutdrag", ["register\u00adutdrag"]),
        ("a\u030aterkalla", "återkalla", ["a\u030aterkalla"]),
        ("這地址是", "地址", ["地址"]),
        ("registerutdragsbegäran", "registerutdrag", []),
        ("de sip och Sip", "SIP", []),
        ("&amp;", "amp", []),
        ("हिन्दीयत", "हिन्दी", []),
        ("på <em>ett</em> ord", "på ett", []),
        ("<code>SIP</code> <pre>SIP</pre>", "SIP", []),
        ('<img alt="SIP">', "SIP", []),
        ('<em lang="fi">SIP</em>', "SIP", []),
    ],
)
def test_a_use_is_a_whole_word(text: str, term: str, uses: list[str]) -> None:
    """Beside a hyphen or an ending's colon it is one, in a compound, in code or a tag it is not."""
    assert found(text, term) == uses


def test_the_longest_term_is_meant() -> None:
    """Where two begin at one place, and where the longer one breaks off."""
    assert found("ett ord till, ett ord", "ett ord", "ett ord till") == ["ett ord till", "ett ord"]


# The file


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[a]\nterm = "x"', 1, "'a' has no explanation."),
        ('[a]\nterm = ""\nexplanation = "y"', 2, "'term' is empty."),
        ('[a]\nterm = 3\nexplanation = "y"', 2, "'term' is no text."),
        ('[a]\nterm = "x"\nexplanation = "a\\u0000b"', 3, "an invisible control character"),
        ('[a]\nterm = "(x)"\nexplanation = "y"', 2, "begins with no letter or digit"),
        ('[a]\nterm = "x"\nexplanation = "y"\nforms = "x"', 4, "'forms' is no list"),
        ('[a]\nterm = "x"\nexplanation = "y"\nforms = [1]', 4, "'forms' is no list"),
        ('[a]\nterm = "x"\nexplanation = "y"\nlang = "svenska"', 4, "no language tag"),
        ('[a]\nterm = "x"\nexplanation = "y"\nlang = []', 4, "no language tag"),
        ('[A_b]\nterm = "x"\nexplanation = "y"', 1, "'A_b' cannot be the id"),
        ('x = 3\n[a]\nterm = "x"\nexplanation = "y"', 1, "'x' belongs to no word."),
        (
            '[a]\nterm = "x"\nexplanation = "y"\n[b]\nterm = "X"\nexplanation = "z"',
            4,
            "'a' (line 1)",
        ),
        ('[a]\nterm = "x\nexplanation = "y"', 2, "not valid TOML"),
        (f'[a]\nterm = "{"x" * 201}"\nexplanation = "y"', 2, "too long"),
    ],
)
def test_a_malformed_glossary(site: Site, text: str, line: int, said: str) -> None:
    """Each fault is found at its line."""
    site.write({"sv/a.md": "# T\n\nx\n", "sv/glossary.toml": text})
    (finding,) = site.findings()
    assert (finding.code, finding.line) == ("glossary-malformed", line)
    assert said in finding.message


def test_a_misspelt_key_is_guessed(site: Site) -> None:
    """The repair names the key that was probably meant."""
    text = '[a]\nterm = "x"\nexplanation = "y"\nfroms = ["z"]\n'
    (finding,) = site.write({"sv/a.md": "# T\n", "sv/glossary.toml": text}).findings()
    assert finding.fix == "did you mean 'forms'?"


def test_an_abbreviation_and_a_word_may_be_spelt_alike(site: Site) -> None:
    """Capitals make another term; the same form twice in one entry is no fault."""
    text = """\
[a]
term = "IT"
forms = ["IT"]
explanation = "x"
[b]
term = "it"
explanation = "y"
"""
    assert site.write({"sv/a.md": "# T\n\nIT it\n", "sv/glossary.toml": text}).places() == []


# The glossaries beside each other


def test_glossaries_hold_the_same_entries(site: Site) -> None:
    """What one lacks is found there, whichever it is."""
    other = PUA.replace("controller", "other").replace("PUA", "x").replace("personupp", "p")
    site.write({
        "sv/a.md": "# T\n\nPUA\n", "sv/glossary.toml": PUA,
        "en/a.md": "# T in English\n\nx\n", "en/glossary.toml": other,
    })  # fmt: skip
    missing = [(f.code, f.path, f.message.split("'")[1]) for f in site.findings()]
    assert missing == [
        ("glossary-entry-missing", "content/en/glossary.toml", "controller"),
        ("glossary-entry-missing", "content/sv/glossary.toml", "other"),
    ]


@pytest.mark.parametrize(("with_one", "without"), [("sv", "en"), ("en", "sv")])
def test_a_language_without_a_glossary_is_said_once(
    site: Site, with_one: str, without: str
) -> None:
    """However many entries the other has."""
    more = '[b]\nterm = "bo"\nexplanation = "y"\n'
    site.write({f"{lang}/a.md": f"# T {lang}\n\nPUA bo\n" for lang in ("sv", "en")})
    site.write({f"{with_one}/glossary.toml": PUA + more})
    assert site.places() == [("glossary-entry-missing", f"{without}/glossary.toml", 1)]


def test_a_glossary_that_cannot_be_read_lacks_nothing(site: Site) -> None:
    """That says it all."""
    site.write({"sv/a.md": "# T\n\nPUA\n", "sv/glossary.toml": PUA})
    site.write({"en/a.md": "# T en\n", "en/glossary.toml": "[a"})
    assert [code for code, _, _ in site.places()] == ["glossary-malformed"]


def test_a_word_that_no_notice_says(site: Site) -> None:
    """It is a warning, unless some language's notice has it, or one of its forms."""
    site.write({"sv/a.md": "# T\n\nInget.\n", "sv/glossary.toml": PUA})
    site.write({"en/a.md": "# T en\n\nNothing.\n", "en/glossary.toml": PUA_IN_ENGLISH})
    (finding,) = site.findings()
    assert (finding.code, finding.severity) == ("glossary-unused", "warning")
    assert finding.path == "content/sv/glossary.toml"
    site.write({"sv/a.md": "# T\n\nDen personuppgiftsansvariga.\n"})
    assert site.places() == []


# The pages


def built(site: Site, **files: str) -> BeautifulSoup:
    """Build a site with a glossary in two languages, and give the Swedish page of a notice."""
    site.write({
        "sv/glossary.toml": PUA, "en/glossary.toml": PUA_IN_ENGLISH,
        "sv/a.md": files["sv"], "en/a.md": files["en"],
    })  # fmt: skip
    work = site.build()
    assert work.is_done, report.text(work.findings)
    return site.page("sv/a/index.html")


def test_the_first_use_leads_to_the_glossary_and_back(site: Site) -> None:
    """Not the one in a heading or a link; the text of the way back is understood alone."""
    text = "# PUA\n\n## PUA {#a}\n\n[PUA](a.md#a), PUA, PUA.\n"
    page = built(site, sv=text, en=text.replace("# PUA", "# The PUA"))
    (link,) = page.select("a.term")
    assert (link["id"], link["href"]) == ("_use-controller", "#_term-controller")
    assert not link.find_parent(["a", "h1", "h2", "nav"])
    section = one(page, "section.glossary")
    assert one(section, "#_term-controller dt").get_text() == "PUA (personuppgiftsansvarig)"
    assert "Den som bestämmer." in section.get_text()
    assert one(section, ".back a")["href"] == "#_use-controller"
    assert one(section, ".back a").get_text() == "Tillbaka till PUA i texten"
    assert not page.select("[title]")


def test_all_languages_list_the_same(site: Site) -> None:
    """A word that one language does without has its ids there, too, and no way back."""
    page = built(site, sv="# T\n\nUtan ordet.\n", en="# T en\n\nThe PUA.\n")
    assert not page.select("a.term, .back")
    assert one(page, "#_term-controller dt")["id"] == "_use-controller"
    assert one(site.page("en/a/index.html"), "a.term")["lang"] == "sv"


def test_no_glossary_without_a_use(site: Site) -> None:
    """A notice that needs no explanation ends as it did; nor does another template have one."""
    site.write({f"{lang}/b.md": f"# PUA {lang}\n\nPUA.\n" for lang in ("sv", "en")})
    built(site, sv="# T\n\nInget.\n", en="# T en\n\nNothing.\n")
    assert not site.page("sv/a/index.html").select(".glossary")
    assert site.page("sv/b/index.html").select(".glossary")


def test_choices_hold_no_links(site: Site) -> None:
    """Each is one link that can be pressed anywhere; its words carry their language."""
    choice = "# T {0}\n\n- [Ett {0}](b.md)\n\n    PUA\n\n- [Två {0}](b.md)\n"
    site.write({f"{lang}/b.md": f"# B {lang}\n" for lang in ("sv", "en")})
    page = built(site, sv=choice.format("sv"), en=choice.format("en"))
    assert not page.select("a.term, .glossary")
    assert one(site.page("en/a/index.html"), ".choices span[lang=sv]").get_text() == "PUA"


def test_a_word_of_a_postal_address_is_explained(site: Site) -> None:
    """A fact of the organisation is text like any other."""
    site.write({"organisation.toml": 'name = "Att: PUA"\n'})
    page = built(site, sv="# A sv\n\n[[name]]\n[[name]]\n", en="# A en\n\n[[name]]\n[[name]]\n")
    assert one(page, ".address a.term").get_text() == "PUA"
    assert one(page, ".glossary dt").get_text() == "PUA (personuppgiftsansvarig)"


def test_a_part_of_a_compound_is_a_word_of_its_language(site: Site) -> None:
    """A voice that changes its language within a word is not understood."""
    page = "# The PUA\n\nA PUA-word, an-PUA and PUA - so - PUA.\n"
    built(site, sv="# T\n\nPUA.\n", en=page)
    body = one(site.page("en/a/index.html"), ".introduction")
    assert [word.get_text() for word in body.select("p [lang=sv]")] == ["PUA", "PUA"]
    assert not one(body, "a.term").get("lang")


def test_words_in_another_language_carry_it_everywhere(site: Site) -> None:
    """In headings, the contents and labels; once, where the editor has said so, too."""
    page = "# The PUA\n\n## A PUA {#a}\n\n*PUA*{lang=sv}, PUA and PUA.\n"
    swedish = built(site, sv="# T\n\n## En PUA {#a}\n\nPUA.\n", en=page)
    english = site.page("en/a/index.html")
    for selector in ("h1", "h2:not([id])", ".contents a", ".permalink"):
        assert one(english.main, f"{selector} [lang=sv]").get_text() == "PUA"  # type: ignore[arg-type]
    text = one(english, ".body")
    assert len(text.select("[lang=sv]")) == 3
    assert not text.select("[lang=sv] [lang]")
    assert one(swedish, ".links [lang=en] [lang=sv]").get_text() == "PUA"
    assert not swedish.select("h2 [lang], .body [lang], .term[lang]")


def test_the_direction_is_said_where_it_differs(site: Site) -> None:
    """Latin letters amid Arabic; not Swedish amid English."""
    site.write({
        "sv/glossary.toml": PUA, "ar/glossary.toml": PUA_IN_ENGLISH,
        "sv/a.md": "# T\n\nPUA\n", "ar/a.md": "# عنوان\n\nكلمة PUA هنا.\n",
    })  # fmt: skip
    site.build(lenient=True)
    assert one(site.page("ar/a/index.html"), "a.term")["dir"] == "ltr"


def test_what_is_not_translated_is_not_linked(site: Site) -> None:
    """A section in the source language keeps its words; the ids stay the same."""
    site.severities = {"section-missing": "warning", "notice-missing": "warning"}
    site.write({"sv/b.md": "# B\n\nPUA.\n"})
    built(site, sv="# T\n\n## A {#a}\n\nPUA.\n", en="# T en\n\nNothing.\n")
    for path in ("en/a/index.html", "en/b/index.html"):
        page = site.page(path)
        assert not page.select("a.term")
        assert one(page, "dt#_use-controller > [lang=sv]").get_text() == "PUA"


def test_an_entry_that_a_translation_lacks_is_the_sources(site: Site) -> None:
    """It is shown in the language that it is in, as a missing section is."""
    site.severities = {"glossary-entry-missing": "warning"}
    site.write({"sv/a.md": "# T\n\nPUA.\n", "sv/glossary.toml": PUA, "en/a.md": "# T en\n\nPUA.\n"})
    assert site.build().is_done
    assert one(site.page("en/a/index.html"), "#_term-controller dd")["lang"] == "sv"


def test_words_stand_in_the_order_of_the_readers_alphabet() -> None:
    """Accents do not count, but letters that end an alphabet do."""
    words = ["zon", "Ålder", "ärende", "adress", "édition", "Ö", "EU"]
    assert sorted(words, key=lambda word: sort_key(word, "sv")) == [
        "adress", "édition", "EU", "zon", "Ålder", "ärende", "Ö",
    ]  # fmt: skip
    assert sorted(words, key=lambda word: sort_key(word, "en"))[:3] == ["adress", "Ålder", "ärende"]


# Facts


def test_a_fact_says_its_language(site: Site) -> None:
    """In a text and at the foot of a page its element has it, in an attribute it is plain."""
    site.write({
        "organisation.toml": 'attention = { lang = "en", text = "Att: DPO" }\n'
        'address = { lang = "sv", text = ["Gatan 1 & 2", "Orten"] }\nname = "Ab"\n',
        "sv/a.md": "# Till [[attention]]\n\n[[name]]\n[[attention]]\n[[address]]\n\n"
        '[x](https://example.org "[[attention]]")\n',
        "en/a.md": "# To [[attention]]\n\n[[name]]\n[[attention]]\n[[address]]\n\n"
        '[x](https://example.org "[[attention]]")\n',
    })  # fmt: skip
    work = site.build()
    assert work.is_done, report.text(work.findings)
    swedish, english = site.page("sv/a/index.html"), site.page("en/a/index.html")
    assert one(swedish, "h1 [lang=en]").get_text() == "Att: DPO"
    marked = '<span lang="en">Att: DPO</span>'
    assert str(one(swedish, "p.address")) == (
        f'<p class="address">Ab<br/>{marked}<br/>Gatan 1 &amp; 2<br/>Orten</p>'
    )
    assert str(one(english, "p.address [lang]")) == (
        '<span lang="sv">Gatan 1 &amp; 2<br/>Orten</span>'
    )
    assert one(swedish, "a[title]")["title"] == "Att: DPO"
    assert swedish.title and swedish.title.get_text() == "Till Att: DPO – Ab"


def test_the_foot_of_a_page_says_the_language_of_an_address(site: Site) -> None:
    """Where it is not the page's; a fact without a language is as it was."""
    site.write({
        "organisation.toml": 'name = "Ab"\naddress = { lang = "sv", text = ["G 1", "O"] }\n',
        "sv/a.md": "# T\n", "en/a.md": "# T en\n",
    })  # fmt: skip
    site.build()
    lines = one(site.page("en/a/index.html"), "address").select("span")
    assert [(line.get("lang"), line.get_text()) for line in lines] == [
        (None, "Ab"), ("sv", "G 1"), ("sv", "O"),
    ]  # fmt: skip
    assert not one(site.page("sv/a/index.html"), "address").select("[lang]")


@pytest.mark.parametrize(
    "value",
    ['{ lang = "xx-yy", text = "a" }', '{ lang = 3, text = "a" }', '{ lang = "en", text = "" }',
     '{ lang = "en", text = 3 }', '{ lang = "en" }', '{ text = "a" }', '"a\\u0013b"'],
)  # fmt: skip
def test_a_fact_in_no_language(site: Site, value: str) -> None:
    """Half of such a table, or another thing than a text, is malformed."""
    site.write({"sv/a.md": "# T\n", "organisation.toml": f"x = {value}\n"})
    assert site.places() == [("organisation-malformed", "organisation.toml", 1)]


# Anything at all

WORDS = ("SIP", "sip", "ett ord", "ett", "R&D", "地址", "över")
PIECES = st.sampled_from(
    [*WORDS, " ", "\n", "&", "<", "-", ":s", "x", "\u00ad", "\u00a0", "<em>", "</em>", "<br>",
     '<em lang="en">', '<a href="https://e.org">', "</a>", "<p>", "</p>", "<h3>", "</h3>",
     "<code>", "</code>", '<p class="address">', "<ul>", "<li>", "</li>", "</ul>"]
)  # fmt: skip


def terms() -> Terms:
    """Give the terms of a small site."""
    entries = {
        f"e{number}": GlossaryEntry(f"e{number}", word, "x", lang="en" if number % 2 else "")
        for number, word in enumerate(WORDS)
    }
    opening = Section("", 1, "T", f"<p>{html.escape(' '.join(WORDS))}</p>", 1)
    notice = Notice("a", "sv", "a.md", opening, (), ())
    catalog = Catalog(
        "c", "sv", {"sv": Language("sv", "Svenska")}, {"a": {"sv": notice}}, Organisation("o")
    )
    return Terms(replace(catalog, glossaries={"sv": entries}))


TERMS = terms()
PAGE = TERMS.catalog.notices["a"]["sv"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(PIECES | st.text(max_size=5), max_size=30), max_size=3))
def test_links_change_no_text(parts: list[list[str]]) -> None:
    """The words stay, an entry has one link at most, and no link stands in another."""
    page = TERMS.on_page(PAGE, "sv")
    before = [sanitised("".join(pieces)) for pieces in parts]
    after = [str(page.linked(written, "sv")) for written in before]
    soup = BeautifulSoup("".join(after), "html.parser")
    assert [re.sub("<[^<>]*>", "", one) for one in after] == [
        re.sub("<[^<>]*>", "", one) for one in before
    ]
    links = soup.select("a.term")
    assert len({link["id"] for link in links}) == len(links)
    assert not soup.select("a a, h3 a.term, code a.term, code span")
    assert not soup.select("[lang=en] [lang=en]:not(em)")
    for written in after:
        assert sanitised(re.sub(' class="term"| dir="ltr"', "", written)) == re.sub(
            ' class="term"| dir="ltr"', "", written
        )  # well-formed


def test_a_thousand_entries_take_no_time() -> None:
    """Time grows with the text, not with text times entries."""
    text = "<p>" + "ord ett till och ett annat ord999 slut. " * 5_000 + "</p>"
    entries = [GlossaryEntry(f"e{n}", f"ord ett till {n}", "x") for n in range(1_000)]
    vocabulary = Vocabulary([*entries, GlossaryEntry("z", "ord999", "x")], "sv")
    started = time.process_time()
    assert len(list(vocabulary.uses(text))) == 5_000
    assert time.process_time() - started < 2
