# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said of a site's words: each rule finds what it is for and accepts what looks like it."""

from __future__ import annotations

import pytest

from notices import report, speller
from notices.checks import spelling
from notices.model import Finding
from notices.remembering import Memory
from notices.settings import ROOT
from notices.speller import Speller
from tests.conftest import Site
from tests.programs import needed_dictionaries
from tests.test_speller import RULES, write

FACTS = 'name = "nWise AB"\naddress = ["Ågatan 1"]\nemail = "xyzzy@example.org"\n'


@pytest.fixture
def real(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Give a site on a machine with real dictionaries for Swedish and English."""
    monkeypatch.setenv("DICPATH", needed_dictionaries("sv", "en"))
    return site


@pytest.fixture
def small(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Give a site on a machine with a Swedish dictionary of few words."""
    write(site.folder / "dictionaries", {"sv_SE": (RULES, "3\nord/A\nmöte/A\nett\n")})
    monkeypatch.setenv("DICPATH", str(site.folder / "dictionaries"))
    return site


def found(site: Site) -> list[Finding]:
    """Give the findings about spelling, and see that nothing else than words is wrong."""
    assert site.findings() == []
    codes = {"word-unknown", "spelling-not-checked", "words-malformed"}
    return [finding for finding in site.findings(words=True) if finding.code in codes]


def quoted(site: Site) -> list[str]:
    """Give the first word that each finding quotes."""
    return [finding.message.split("'")[1] for finding in found(site)]


@pytest.mark.parametrize(
    ("caught", "accepted", "meant"),
    [
        ("Din handlägare svarar.", "Din handläggare svarar.", "handläggare"),
        ("Den personuppgiftansvarige", "Den personuppgiftsansvarige", "personuppgiftsansvarige"),
        ("En kasalåda säljs.", "En kassalåda säljs.", "kassalåda"),
        ("Din arbets givare vet.", "Din arbetsgivare vet.", "arbetsgivare"),
        ("Kontoret i uppsala.", "Kontoret i Uppsala.", "Uppsala"),
        ("Ditt SIP-konnto.", "Ditt SIP-konto, din SIP-adress.", "SIP-konto"),
        ("Hälsso- och sjukvård.", "Hälso- och sjukvård, post- och telestyrelsen.", "Hälso"),
        ("Vi anvnder den.", "Vi använder t.ex. den, S:t Storgatan och EU:s regler.", "använder"),
        ("Ett *extrract*{lang=en}.", "Ett *extract*{lang=en}.", "extract"),
        ("Din regisstrering.", "Se `regisstrering`, regisstrering@x.se, x.se/regisstrering.", ""),
        ("Öppet mån–freq.", "Öppet mån–fre kl. 8–16, lörd. 10–14, tfn 1, dnr KS 1.", ""),
        ("Enligt mom och dnrr.", "Enligt 5 § mom. 3, AB (publ), 90 dgr.", ""),
        ("Abc och def.", "PUA, PUA:s, PUA:er, 3G, b och x1y2z.", ""),
    ],
)
def test_swedish(real: Site, caught: str, accepted: str, meant: str) -> None:
    """Each rule, by the Swedish dictionary."""
    real.write({"en/a.md": "# T\n\n## A {#a}\n"})
    real.write({"sv/a.md": f"# Ord\n\n## Om {{#a}}\n\n{accepted}\n"})
    assert found(real) == []
    real.write({"sv/a.md": f"# Ord\n\n## Om {{#a}}\n\n{caught}\n"})
    first, *_ = found(real)
    assert (first.code, first.severity, first.line) == ("word-unknown", "warning", 5)
    assert meant in first.fix


@pytest.mark.parametrize(
    ("caught", "accepted", "meant"),
    [
        ("We recieve it.", "We receive it.", "receive"),
        ("Your adress is kept.", "Your address is kept.", "address"),
        ("A thirdparty asks.", "A third-party asks.", "third-party"),
        ("An office in london.", "An office in London.", "London"),
        ("The user’s acount.", "The user’s account, the users’ accounts, don’t.", "account"),
        ("One organizaton.", "One organization, one organisation.", "organization"),
        ("A well-knwon one.", "A well-known one.", "well-known"),
        ("Your *registerutdragg*{lang=sv}.", "Your *registerutdrag*{lang=sv}.", "registerutdrag"),
        ("The worrd.", "See `worrd`, www.worrd.se, worrd.pdf, [[name]].", "word"),
        ("We dont sell it.", "We don’t sell it; kept 3 yrs, Acme Inc. and reg. 4.", "don’t"),
        ("Civc duty.", "Civic duty.", "'Civic'"),
        ("Xyz.", "DPO, DPO’s, PDFs, 4G, i and 1st.", ""),
    ],
)
def test_english(real: Site, caught: str, accepted: str, meant: str) -> None:
    """Each rule, by the English dictionary."""
    real.source_language = "en"
    real.write({"sv/a.md": "# T\n", "organisation.toml": 'name = "Xyzzy"\n'})
    real.write({"en/a.md": f"# Words\n\n{accepted}\n"})
    assert found(real) == []
    real.write({"en/a.md": f"# Words\n\n{caught}\n"})
    (first,) = found(real)
    assert (first.code, first.line) == ("word-unknown", 3)
    assert meant in first.fix


def test_every_own_word_of_the_real_site_is_used() -> None:
    """That there are enough of them, ``tests/test_content.py`` knows."""
    for lang in ("sv", "en"):
        folder = ROOT / "content" / lang
        own, _ = speller.read_words(folder / speller.WORDS_FILE, "words.txt")
        texts = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.md"))
        for word in own or ():
            assert word.text in texts


def test_a_word_has_one_finding(small: Site) -> None:
    """At the line of its first place, with the number of the others; each notice has its own."""
    small.write({"sv/a.md": "# Ord\n\n`orrd`\nett orrd\n\n## Ett {#a}\n\nOrd, orrd.\n\norrd-ord\n"})
    small.write({"sv/b.md": "# Ord\n\norrd\n"})
    said = [(one.path, one.line, one.message) for one in found(small)]
    assert said == [
        (
            "content/sv/a.md",
            4,
            "'orrd' is no word that the dictionary knows, and once more in this file.",
        ),
        ("content/sv/a.md", 10, "'orrd' in 'orrd-ord' is no word that the dictionary knows."),
        ("content/sv/b.md", 3, "'orrd' is no word that the dictionary knows."),
    ]
    assert found(small)[0].fix == (
        "write 'ord', or, if 'orrd' is right, add it to content/sv/words.txt."
    )


def test_a_genitive_or_capital_of_an_unknown_word_is_told_with_it(small: Site) -> None:
    """One word of words.txt accepts them all."""
    small.write({"sv/a.md": "# Ord\n\nett Foo’s Foo; ett bar, Bar.\n"})
    one, other = found(small)
    assert "once more" in one.message
    assert "once more" in other.message
    assert one.fix == "correct it, or, if it is right, add 'Foo' to content/sv/words.txt."
    small.write({"sv/words.txt": "Foo\nbar\n"})
    assert found(small) == []


def test_headings_pictures_tables_and_letters_are_read(small: Site) -> None:
    """Whatever readers see is judged."""
    small.write(
        {
            "files/a.png": b"\x89PNG",
            "sv/a.md": "# Axx\n\n## Bxx {#a}\n\n- cxx\n\n| dxx |\n|---|\n| exx |\n\n"
            "![fxx](../files/a.png)\n\nGxx: ____\n",
        }
    )
    assert quoted(small) == ["Axx", "Bxx", "cxx", "dxx", "exx", "fxx", "Gxx"]


def test_own_words_are_known(small: Site) -> None:
    """Those of words.txt, the glossary, the facts and the brand; not those of addresses."""
    text = "# Ord\n\nFoo, nWise, nWises, Ågatan, Mark, region, regioner, foo-möte, baren, xyzzy.\n"
    small.write({"sv/a.md": text})
    unknown = ["Foo", "nWise", "nWises", "Ågatan", "Mark", "region", "regioner", "foo", "baren"]
    assert sorted(quoted(small)) == sorted([*unknown, "xyzzy"])
    small.write(
        {
            "sv/words.txt": "# Ord\n\nfoo  # ett ord\nbaren\n",
            "organisation.toml": FACTS,
            "brand.toml": 'name = "Mark"\n',
            "sv/glossary.toml": '[r]\nterm = "region"\nforms = ["regioner"]\nexplanation = "a"\n',
        }
    )
    assert quoted(small) == ["xyzzy"]


def test_words_of_another_language_are_that_ones_own(small: Site) -> None:
    """A stretch is judged by the words of its language; in no language of the site, not at all."""
    write(small.folder / "dictionaries", {"en_GB": (RULES, "2\nword\ntitle\n")})
    text = "# Ord\n\nett *wordy*{lang=en} *wordy*{lang=en-GB} *mot*{lang=fr}\n"
    small.write({"sv/a.md": text, "en/a.md": "# title\n\nword\n"})
    (finding,) = found(small)
    assert "'wordy' is no word" in finding.message
    assert "content/en/words.txt" in finding.fix
    small.write({"sv/words.txt": "wordy\n"})
    assert quoted(small) == ["wordy"]
    small.write({"en/words.txt": "wordy\n"})
    assert quoted(small) == []


@pytest.mark.parametrize(
    ("stretch", "unknown"), [("*wo**rd***{lang=en}", []), ("*wo**rdy***{lang=en}", ["wordy"])]
)
def test_emphasis_within_a_word_parts_no_word(
    small: Site, stretch: str, unknown: list[str]
) -> None:
    """Nor does it in a stretch of another language."""
    write(small.folder / "dictionaries", {"en_GB": (RULES, "2\nword\ntitle\n")})
    small.write({"sv/a.md": f"# Ord\n\nett {stretch}\n", "en/a.md": "# title\n\nword\n"})
    assert quoted(small) == unknown


def test_a_word_of_another_language_of_the_site_is_told_as_one(small: Site) -> None:
    """It may be a misspelling all the same, so that all else that can be done is told, too."""
    write(small.folder / "dictionaries", {"en_GB": (RULES, "3\nword\ntitle\nof\n")})
    small.write({"sv/a.md": "# Ord\n\nett word ett of\n", "en/a.md": "# title\n\nword\n"})
    other, one = found(small)
    assert one.fix == (
        "if it is a word of 'en', say so: *word*{lang=en}; "
        "else write 'ord', or, if 'word' is right, add it to content/sv/words.txt."
    )
    assert "{lang=" not in other.fix


def test_a_third_language_from_right_to_left(small: Site) -> None:
    """Arabic is looked up in a dictionary of Arabic."""
    rules = "SET UTF-8\nTRY ابةجدهوزحطيكلمنسعفصقرشت\n"
    write(small.folder / "dictionaries", {"ar": (rules, "2\nبيانات\nكلمة\n")})
    small.write({"sv/a.md": "# Ord\n", "ar/a.md": "# بيانات\n\nكلمة كلمه\n"})
    (finding,) = found(small)
    assert (finding.place, finding.message.split("'")[1]) == ("content/ar/a.md:3", "كلمه")
    assert "كلمة" in finding.fix


def test_what_is_not_translated_yet_is_not_judged(small: Site) -> None:
    """A section or an introduction in the words of its source is found as such."""
    write(small.folder / "dictionaries", {"en_GB": (RULES, "2\nword\ntitle\n")})
    same = "Ett ord som möte är ett ord och inte ett möte som är ord.\n"
    small.write({"sv/words.txt": "som\när\noch\ninte\n"})
    for begin in ("## Ett {#a}\n\n", ""):
        small.write({"sv/a.md": f"# Ord\n\n{begin}{same}", "en/a.md": f"# title\n\n{begin}{same}"})
        codes = {one.code for one in small.findings(words=True)}
        assert codes == {"section-untranslated"}


@pytest.mark.parametrize(("number", "is_one"), [(19, False), (20, True)])
def test_a_text_in_another_language_has_one_finding(small: Site, number: int, is_one: bool) -> None:
    """Where many words are unknown, and most of them."""
    letters = "bcdfghjklmnpqrstvwxz"
    strange = " ".join(f"foo{letters[at]}" for at in range(number))
    small.write({"sv/a.md": f"# Ord\n\n{strange} ett möte\n"})
    findings = found(small)
    assert len(findings) == (1 if is_one else number)
    if is_one:
        assert findings[0].line == 3
        assert findings[0].message.startswith("20 different words, such as 'foob', 'fooc'")
    known = [f"ord{letter}" for letter in letters]
    small.write({"sv/words.txt": "\n".join(known)})
    small.write({"sv/a.md": f"# Ord\n\n{strange} {' '.join(known)}\n"})
    assert len(found(small)) == number, "these are less than half of the words"


def test_more_than_a_hundred_unknown_words_have_one_finding(small: Site) -> None:
    """However many known ones there are beside them; a text without end is given up at once."""
    signs = "bcdfghjklm"
    strange = [f"x{one}{two}y" for one in signs for two in signs]
    known = [f"k{one}{two}{three}" for one in signs for two in signs for three in signs]
    small.write({"sv/words.txt": "\n".join(known)})
    small.write({"sv/a.md": f"# Ord\n\n{' '.join(strange)}\n\n{' '.join(known)}\n"})
    findings = found(small)
    assert len(findings) == 100
    assert sum("write '" in one.fix for one in findings) == 0
    small.write({"sv/b.md": f"# Ord\n\n{' '.join(strange)} xyzz\n\n{' '.join(known)}\n"})
    assert "more than 100 different words" in found(small)[-1].message


def test_suggestions_are_for_the_first(small: Site) -> None:
    """Twenty words of a language are enough to look for; the others are named all the same."""
    wrong = [f"möt{letter}" for letter in "abcdfghijklmnopqrstuvwxyz"]
    small.write({"sv/words.txt": "\n".join(f"ordet{one}" for one in "abcdfghijklmnopqrstuvwxyz")})
    known = " ".join(f"ordet{one}" for one in "abcdfghijklmnopqrstuvwxyz")
    small.write({"sv/a.md": f"# Ord\n\n{' '.join(wrong)} {known}\n"})
    assert ["write '" in one.fix for one in found(small)] == [True] * 20 + [False] * 5


def test_a_language_without_a_dictionary_says_so_once(small: Site) -> None:
    """It names Debian's package where there is one, or how to do without."""
    small.write({"sv/a.md": "# Ord\n", "sv/b.md": "# Ord\n"})
    small.write(
        {"is/a.md": "# Orrð\n", "is/b.md": "# Orrð\n", "fi/a.md": "# S\n", "fi/b.md": "# S\n"}
    )
    finnish, icelandic = found(small)
    assert icelandic.place == "content/is/language.toml:1"
    assert icelandic.severity == "warning"
    assert icelandic.message == (
        "the spelling of 'is' was not checked: hunspell needs a dictionary, and none was found."
    )
    assert icelandic.fix == (
        "install one (Debian: apt install hunspell-is), or write dictionary = false here."
    )
    assert finnish.fix == "install one, or write dictionary = false here."
    for lang in ("is", "fi"):
        small.write({f"{lang}/language.toml": "dictionary = false\n"})
    assert found(small) == []


def test_a_language_names_its_dictionary(small: Site) -> None:
    """By its name; one that is not there is a finding, and so is what can be no name."""
    write(small.folder / "dictionaries", {"sv_FI": (RULES, "2\nvillatomt\nx\n")})
    small.write({"sv/a.md": "# villatomt\n"})
    assert quoted(small) == ["villatomt"]
    small.write({"sv/language.toml": 'dictionary = "sv_FI"\n'})
    assert found(small) == []
    small.write({"sv/language.toml": 'dictionary = "sv_NO"\n'})
    (finding,) = found(small)
    assert "no dictionary 'sv_NO' was found" in finding.message
    assert finding.fix.startswith("correct the name, or install one")


@pytest.mark.parametrize("value", ["true", '""', '"../x"', '"a/b"', "1", '["sv_SE"]'])
def test_what_can_be_no_dictionary(small: Site, value: str) -> None:
    """A name or false is what the file may say."""
    small.write(
        {"sv/a.md": "# Ord\n", "sv/language.toml": f"draft = false\ndictionary = {value}\n"}
    )
    (finding,) = small.findings()
    assert (finding.code, finding.line) == ("language-malformed", 2)
    assert 'must be the name of a dictionary such as "sv_FI", or false' in finding.message


def test_a_broken_dictionary_is_said(small: Site) -> None:
    """The file and what is wrong with it; the site is built all the same."""
    write(small.folder / "dictionaries", {"sv_SE": (RULES, "999\nord\n")})
    small.write({"sv/a.md": "# Orrd\n"})
    (finding,) = found(small)
    assert finding.code == "spelling-not-checked"
    assert "sv_SE.dic cannot be used: it has 2 words, and should have 999" in finding.message
    assert small.build().is_done


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("två ord\n", 1, "'två ord' stands in the place of a word"),
        ("# x\n\nord!\n", 3, "'ord!'"),
        ("123\n", 1, "'123'"),
        ("/möte\n", 1, "nothing stands"),
        ("foo/\n", 1, "nothing stands"),
        ("foo/två ord\n", 1, "'två ord'"),
        ("foo/a/b\n", 1, "'a/b'"),
        ("x" * 61 + "\n", 1, "'" + "x" * 60 + "'"),
        ("a\u202eb\n", 1, "stands in the place"),
        ("foo\nbar\nfoo/möte\n", 3, "'foo' stands on line 1, too"),
        ("foo\nfoo\n", 2, "'foo' stands on line 1, too"),
        ("foo/nix\n", 1, "the dictionary has no word 'nix' that 'foo' could follow"),
    ],
)
def test_lines_that_are_no_words(small: Site, text: str, line: int, words: str) -> None:
    """Each fault at its line; the other lines count."""
    small.write({"sv/a.md": "# ett\n\nmåndagsord\n", "sv/words.txt": f"{text}måndagsord\n"})
    (finding,) = found(small)
    assert (finding.place, finding.code) == (f"content/sv/words.txt:{line}", "words-malformed")
    assert finding.severity == "error"
    assert words in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# inget\n",
        "foo/möte # som ett möte\r\nt.ex.\n",
        "S:t\nd’Arc\nnätläkare\n",
        "می\u200cخواهم\n",
    ],
)
def test_lines_that_are_words(small: Site, text: str) -> None:
    """Comments, models, signs within a word, and any script."""
    small.write({"sv/a.md": "# ett\n", "sv/words.txt": text})
    assert found(small) == []


def test_too_many_words_are_not_read(small: Site) -> None:
    """A dictionary belongs elsewhere."""
    signs = [chr(one) for one in range(0x4E00, 0x4E00 + 10_001)]
    small.write({"sv/a.md": "# ett\n", "sv/words.txt": "\n".join(signs)})
    (finding,) = found(small)
    assert (finding.line, finding.code) == (10_001, "words-malformed")


def test_what_was_judged_is_remembered(small: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notice is read anew when it has changed, and all are when the own words have."""
    small.write({"sv/a.md": "# Ord\n\nabxx\n", "sv/b.md": "# Ord\n\ncdxx\n"})
    memory = Memory()
    catalog, made = small.catalog(), small.settings
    asked: list[str] = []
    unknown = Speller.unknown

    def counted(self: Speller, word: str, sign: str = "") -> str:
        asked.append(word)
        return unknown(self, word, sign)

    monkeypatch.setattr(Speller, "unknown", counted)
    for number in (4, 0):
        asked.clear()
        with memory.round():
            assert len(list(spelling.check(catalog, made))) == 2
        assert len(asked) == number


def test_an_endless_word_is_shown_in_part(small: Site) -> None:
    """No message is longer than a person reads."""
    small.write({"sv/a.md": f"# Ord\n\n{'x' * 15_000}\n"})
    assert len(report.text(found(small))) < 600
