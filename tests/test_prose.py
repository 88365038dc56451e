# SPDX-License-Identifier: AGPL-3.0-or-later
"""A section as blocks, sentences and words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.prose import Block, Stretch, blocks, sentences, words
from tests.conftest import Site

SECTION = """\
# Titel

Skriv till [[email]] om
*controller*{lang=en}.

- Ett  led med `kod`
- [Ett](user.md) till

Begrepp
:   Vad det är.

| a | b |
|---|---|
| c | d |
"""


def test_blocks(site: Site) -> None:
    """Each block has its kind, its text as written, and what in it is in no or another language."""
    site.write({"organisation.toml": 'email = "a@example.org"\n', "sv/user.md": SECTION})
    found = blocks(site.catalog().notices["user"]["sv"].opening, "sv")
    assert [(block.kind, block.text) for block in found] == [
        ("heading", "Titel"),
        ("paragraph", "Skriv till [[email]] om controller."),
        ("item", "Ett  led med kod"),
        ("item", "Ett till"),
        ("term", "Begrepp"),
        ("item", "Vad det är."),
        ("cell", "a"),
        ("cell", "b"),
        ("cell", "c"),
        ("cell", "d"),
    ]
    assert found[1].stretches == (Stretch(11, 20), Stretch(24, 34, "en"))
    assert found[2].stretches == (Stretch(13, 16),)


def split(text: str, lang: str = "sv") -> list[str]:
    """Give the sentences of a text, each as its words."""
    return [
        " ".join(word.text for word in one) for one in sentences(Block("paragraph", text, lang))
    ]


SENTENCES = {
    "sv": {
        "Vi sparar t.ex. PTS uppgifter. Sedan inte.": 2,
        "Vi sparar namn m.m. Vi raderar dem.": 2,
        "Vi sparar namn m.m. i 4 veckor.": 1,
        "Vi sparar bl.a. s.k. loggar, adresser osv. Dr. Ek vet mer.": 2,
        "S:t Persgatan finns i EU:s lag. Se PUA:s svar.": 2,
        "Vi svarar kl. 9.30 och enligt § 5. Ring oss.": 2,
        "Se nr. 5 och art. 6. Sedan slutar det.": 2,
        "Det är e-post. nWise svarar på den.": 2,
        "Vi vet det … ungefär. Eller inte… Kanske.": 3,
        "”Varför?” frågade hon.": 1,
        "Får vi det!? Ja. (Vi får.) ”Alltid.” – Aldrig.": 5,
        "Det kostar 3,5 % av 1 000 kr. 50 personer betalar.": 1,
        "Det gäller till den 1 jan. 2026. Sedan inte.": 2,
        "1. Skriv till oss. 2. Vänta. A. Berg svarar.": 3,
        "Vi är 5. Det räcker. Vi slutar 2026. Maj blir bra.": 4,
        "Se bilaga A. Den är lång.": 2,
        "Anna K. Berg svarar.": 1,
        "Vi kan t. ex. Skatteverkets regler m. m. Det räcker.": 2,
        "Skriv till a.b@example.org. Se https://example.org/a.b?c=d. Slut.": 3,
        "Ett utan slut": 1,
        "…": 0,
    },
    "en": {
        "We keep e.g. GDPR requests. Not more.": 2,
        "Ask Mr. Smith, i.e. the owner. He knows.": 2,
        "See No. 5. We say no. No. 6 is gone.": 3,
        "It is in Annex A. We sent it.": 2,
        "Ask Anna K. Berg or J. K. Smith.": 1,
        "We call at 4 p.m. We write later.": 2,
        "We keep names, addresses etc. for a year.": 1,
        "I don't. It's the users’ own. Do you?": 3,
        "We use your iPhone. iPhone data stays there.": 2,
        "Section 1.2.3 holds. It says so.": 2,
    },
    "de": {
        "Es gilt ab dem 1. März 2026. Dann nicht.": 2,
        "Der 3. Abschnitt gilt z.B. Kindern. Siehe Absatz 4. Er sagt es.": 3,
        "Wir speichern z. B. Namen usw. Das reicht.": 2,
    },
    "da": {"Det gælder den 1. marts 2026. Se f.eks. Datatilsynet.": 2},
    "fi": {"Se alkaa 1. maaliskuuta 2026. Esim. Kela tietää.": 2},
    "el": {"Τι είναι; Αυτό. Δηλ. Αυτό; ναι.": 3},
    "ar": {"ما هذا؟ هذه بياناتك. لا۔ نعم، هي لك.": 4},
    "hi": {"यह है। वह हिन्दी है॥ ठीक।": 3},
    "hy": {"Սա է։ Այո։": 2},
    "am": {"ይህ ነው። አዎ።": 2},
    "ja": {"これは本です。はい！「そう。」次？": 4},
    "my": {"ဒါက။ ဟုတ်။": 2},
    "tlh": {"x.y. Kahless. Qapla’!": 2},
}


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [(lang, text, count) for lang, texts in SENTENCES.items() for text, count in texts.items()],
)
def test_sentences(lang: str, text: str, count: int) -> None:
    """Each text has as many sentences as a reader counts."""
    assert len(split(text, lang)) == count, split(text, lang)


@pytest.mark.parametrize(
    ("text", "words_of_it"),
    [
        ("S:t Persgatan 21A, EU:s", "S:t|Persgatan|21A|EU:s"),
        ("Post- och e-post", "Post|och|e-post"),
        ("don't o’clock, users’ 'so'", "don't|o’clock|users|so"),
        ("1 000 och 10\u00a0000,50 och 1\u202f000", "1 000|och|10\u00a0000,50|och|1\u202f000"),
        ("753 20 Uppsala", "753|20|Uppsala"),
        ("3,5 1.2.3 2026-03-01 9.30 24/7", "3,5|1.2.3|2026-03-01|9.30|24/7"),
        ("§ 5, 50 %, 3–4 år", "5|50|3|4|år"),
        ("+46 18-12 34 56", "+46 18-12 34 56"),
        ("3:e 2nd 30-dagarsperiod", "3:e|2nd|30-dagarsperiod"),
        ("a.b+c@sub.example.org.", "a.b+c@sub.example.org"),
        ("(https://example.org/a_b?c=d).", "https://example.org/a_b?c=d"),
        ("www.example.org, example.org/privacy", "www.example.org|example.org/privacy"),
        ("och/eller", "och|eller"),
        ("____ ... – § !", ""),
        ("person\u00aduppgift", "person\u00aduppgift"),
        ("a\u030angar", "a\u030angar"),
        ("हिन्दी में", "हिन्दी|में"),
        ("می‌شود", "می‌شود"),
        ("個人情報の、保存", "個人情報の|保存"),
        ("ข้อมูลส่วนบุคคล ไทย", "ข้อมูลส่วนบุคคล|ไทย"),
        ("PTSは", "PTS|は"),
    ],
)
def test_words(text: str, words_of_it: str) -> None:
    """Each word is one, however it is written."""
    found = [word.text for word in words(Block("paragraph", text, "sv"))]
    assert "|".join(found) == words_of_it


def test_kinds_of_words() -> None:
    """A number is in digits, perhaps with an ending; a compound with one is a word."""
    found = words(Block("paragraph", "Den 3:e 30-dagarsperiod 1 000 a@b.example", "sv"))
    assert [word.kind for word in found] == ["word", "number", "word", "number", "address"]


def test_what_is_in_no_or_another_language_is_no_word() -> None:
    """Facts and other languages are passed over; with one a sentence may begin or end."""
    text = "Skriv till [[email]]. [[name]] svarar the owner. Sedan"
    marked = (Stretch(11, 20), Stretch(22, 30), Stretch(38, 47, "en"))
    found = sentences(Block("paragraph", text, "sv", marked))
    assert [[word.text for word in one] for one in found] == [
        ["Skriv", "till"],
        ["svarar"],
        ["Sedan"],
    ]


TEXTS = st.text(st.sampled_from("aA1b2.,:;!?… \n-–'’”()/@+%§\u00ad\u030a\ufffc東の。क।ด؟wht.ex"))
TAGS = st.sampled_from(["sv", "en", "de", "el", "ja", "ar", "tlh"])


@given(TEXTS | st.text(), TAGS)
def test_words_stand_in_their_text(text: str, lang: str) -> None:
    """Words are inside the text, in order, and none over another; sentences hold each once."""
    block = Block("paragraph", text, lang)
    found = words(block)
    end = 0
    for word in found:
        assert end <= word.start < word.end
        assert text[word.start : word.end] == word.text
        end = word.end
    assert [word for one in sentences(block) for word in one] == found
    assert all(sentences(block))


@pytest.mark.parametrize(
    "piece",
    ["a", "a.", "a. ", "A. A. ", "1", "1 000", "1-", "a@", "a-.", "+1 ", "!", "! ", ".)", "www.",
     "http://!", "a.bc/!", "a:b’", "\u00ad", "東", "東。", "\ufffc", "t.ex. ", "(", "_", "  "],
)  # fmt: skip
def test_time_grows_with_the_text_alone(piece: str) -> None:
    """Half a megabyte of whatever takes a second at the very most; with its square, hours."""
    block = Block("paragraph", piece * (500_000 // len(piece)), "sv")
    begin = time.process_time()
    sentences(block)
    assert time.process_time() - begin < 4


@given(st.lists(st.integers(0, 20), max_size=8).map(sorted))
def test_own_text_keeps_its_places(cuts: list[int]) -> None:
    """Every sign stands where it stood; those of a stretch are blank."""
    text = "abcdefghijklmnopqrstuvwxyz"
    stretches = tuple(Stretch(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False))
    own = Block("paragraph", text, "sv", stretches).own_text
    blank = {at for one in stretches for at in range(one.start, one.end)}
    assert own == "".join("\ufffc" if at in blank else sign for at, sign in enumerate(text))


def test_a_blank_is_a_stretch_in_no_language(site: Site) -> None:
    """What is filled in by hand keeps the words beside it apart; blanks alone say nothing."""
    site.write({"sv/user.md": "# Titel\n\n____\n\nJag, ____, bor i ____\n"})
    _, line = blocks(site.catalog().notices["user"]["sv"].opening, "sv")
    assert (line.kind, line.text) == ("lines", "Jag, ____, bor i ____")
    assert line.stretches == (Stretch(5, 9), Stretch(17, 21))
