# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dictionaries are found, used and refused; words are judged and suggested."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from notices import speller
from notices.prose import without_addresses
from notices.settings import ROOT
from notices.speller import DictionaryError, Speller
from notices.speller.dictionary import Dictionary
from tests.programs import needed_dictionaries

RULES = "SET UTF-8\nTRY abcdefghijklmnopqrstuvwxyzåäö\nSFX A Y 1\nSFX A 0 s .\n"
WORDS = "4\nord/A\nmöte/A\nStaden\nt.ex.\n"


def write(folder: Path, files: Mapping[str, tuple[str | bytes, str | bytes]]) -> Path:
    """Write dictionaries, by their names: rules and words."""
    folder.mkdir(exist_ok=True)
    for name, contents in files.items():
        for suffix, content in zip((".aff", ".dic"), contents, strict=True):
            raw = content if isinstance(content, bytes) else content.encode()
            (folder / f"{name}{suffix}").write_bytes(raw)
    return folder


def small(folder: Path, *own: str) -> Speller:
    """Give the speller of a dictionary with four words, and own words."""
    write(folder, {"sv_SE": (RULES, WORDS)})
    models = tuple((word, model) for word, _, model in (one.partition("/") for one in own) if model)
    return speller.made(folder / "sv_SE", frozenset(one.partition("/")[0] for one in own), models)


def swedish(lang: str = "sv") -> Speller:
    """Give the speller of Debian's Swedish dictionary, for the rules of a language."""
    folder = needed_dictionaries("sv")
    path = next(
        Path(one) / "sv_SE" for one in folder.split(":") if (Path(one) / "sv_SE.dic").exists()
    )
    return speller.made(path, frozenset(), (), lang)


@pytest.mark.parametrize(
    ("tag", "installed", "expected"),
    [
        ("sv", "sv_FI sv_SE", "sv_SE"),
        ("sv-FI", "sv_FI sv_SE", "sv_FI"),
        ("sv", "en_GB sv_FI", "sv_FI"),
        ("en", "en_AU en_GB en_US", "en_GB"),
        ("en", "en_AU en_US", "en_AU"),
        ("en-US", "en_GB en_US", "en_US"),
        ("pt-BR", "pt_BR pt_PT", "pt_BR"),
        ("pt", "pt_BR pt_PT", "pt_BR"),
        ("de", "de_AT de_CH de_DE", "de_DE"),
        ("nb", "nb_NO nn_NO", "nb_NO"),
        ("no", "nb_NO nn_NO", "nb_NO"),
        ("nn", "nb_NO", ""),
        ("ar", "ar", "ar"),
        ("fr", "fr fr_FR", "fr"),
        ("sr-Latn", "sr_Latn_RS sr_RS", "sr_Latn_RS"),
        ("sr", "sr_Latn_RS sr_RS", "sr_RS"),
        ("sr", "sr_Latn_RS", ""),
        ("fi", "sv_SE hyph_fi_FI x", ""),
    ],
)
def test_the_dictionary_of_a_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: str, installed: str, expected: str
) -> None:
    """That of the tag, of its likely region, or any of the language and its script."""
    write(tmp_path, dict.fromkeys(installed.split(), (RULES, WORDS)))
    monkeypatch.setenv("DICPATH", str(tmp_path))
    found = speller.find(tag)
    assert (found.name if found else "") == expected


def test_dictionaries_are_looked_for_where_hunspell_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In each folder of DICPATH, the first first; else in the usual ones, the user's among them."""
    first = write(tmp_path / "first", {"sv_SE": (RULES, WORDS)})
    second = write(tmp_path / "second", {"sv_SE": (RULES, WORDS), "fi": (RULES, WORDS)})
    monkeypatch.setenv("DICPATH", f"{tmp_path / 'none'}:{first}:{second}")
    assert speller.find("sv") == first / "sv_SE"
    assert speller.find("fi") == second / "fi"
    monkeypatch.delenv("DICPATH")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert speller.find("tlh") is None
    own = write(tmp_path / "hunspell", {"tlh": (RULES, WORDS)})
    assert speller.find("tlh") == own / "tlh"


def test_a_dictionary_is_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words without rules are none, and a name is taken as it is."""
    monkeypatch.setenv("DICPATH", str(write(tmp_path, {"sv_FI": (RULES, WORDS)})))
    (tmp_path / "fi.dic").write_text(WORDS)
    assert speller.find("fi") is None
    assert speller.find("fi", "sv_FI") == tmp_path / "sv_FI"
    assert speller.find("sv", "sv_SE") is None


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("sv", "hunspell-sv"),
        ("sv-FI", "hunspell-sv"),
        ("en", "hunspell-en-gb"),
        ("en-US", "hunspell-en-us"),
        ("de", "hunspell-de-de"),
        ("nb", "hunspell-no"),
        ("no", "hunspell-no"),
        ("pt-BR", "hunspell-pt-br"),
        ("fi", ""),
        ("zh-Hant", ""),
    ],
)
def test_the_package_of_a_language(tag: str, expected: str) -> None:
    """Debian names them after the language, but for some; there is none for Finnish."""
    assert speller.package(tag) == expected


BROKEN: dict[str, tuple[str | bytes, str | bytes, str]] = {
    "nothing": ("", "", "has not the form"),
    "no words": (RULES, "", "has not the form"),
    "no number": (RULES, "ord\nord\n", "has not the form"),
    "words for zero": (RULES, "0\n", "should have 0"),
    "half of the words": (RULES, "9\nord\nmöte\n", "it has 3 words, and should have 9"),
    "a monstrous number": (RULES, "99999999999\nord\n", "has not the form"),
    "bytes": (bytes(range(256)), bytes(range(256)), "has not the form"),
    "cut within a letter": (RULES, WORDS.encode()[:10] + b"\xc3", "not in its encoding"),
    "another encoding": (RULES, WORDS.encode("latin-1"), "not in its encoding, UTF-8"),
    "an unknown encoding": ("SET KLINGON-7\n", WORDS, "'KLINGON-7' is not known"),
    "no encoding of texts": ("SET hex\n", WORDS, "'hex' is not known"),
    "an encoding of names": ("SET undefined\n", WORDS, "'undefined' is not known"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_dictionary_is_refused(tmp_path: Path, kind: str) -> None:
    """Each kind with its reason; hunspell would take it for one that knows no word."""
    rules, words, reason = BROKEN[kind]
    write(tmp_path, {"sv_SE": (rules, words)})
    with pytest.raises(DictionaryError, match=reason):
        speller.made(tmp_path / "sv_SE", frozenset(), ())


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder in a dictionary's place, and one that has gone."""
    with pytest.raises(DictionaryError, match="No such file"):
        speller.made(tmp_path / "sv_SE", frozenset(), ())
    write(tmp_path, {"sv_SE": (RULES, WORDS)})
    (tmp_path / "sv_SE.dic").unlink()
    (tmp_path / "sv_SE.dic").mkdir()
    with pytest.raises(DictionaryError, match="a folder"):
        speller.made(tmp_path / "sv_SE", frozenset(), ())


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cut=st.integers(0, len(RULES)), words=st.binary(max_size=60), word=st.text(max_size=70))
def test_any_files_are_refused_or_used(tmp_path: Path, cut: int, words: bytes, word: str) -> None:
    """Whatever they hold, and whatever is asked, there is an answer or the one error."""
    write(tmp_path, {"sv_SE": (RULES[:cut], b"2\nord\n" + words)})
    try:
        made = speller.made(tmp_path / "sv_SE", frozenset({"eget"}), (("foo", "ord"),))
    except DictionaryError:
        return
    assert not made.unknown("ord")
    made.unknown(word.replace("\0", ""))
    made.suggestions(word.replace("\0", "")[:12])


def test_a_dictionary_of_another_encoding(tmp_path: Path) -> None:
    """What it cannot write, it does not know."""
    rules = RULES.replace("UTF-8", "ISO8859-1").encode("latin-1")
    write(tmp_path, {"sv_SE": (rules, WORDS.encode("latin-1"))})
    made = speller.made(tmp_path / "sv_SE", frozenset({"слово"}), (("слово", "ord"),))
    assert not made.unknown("möte")
    assert made.unknown("мир") == "мир"
    assert not made.unknown("слово")
    assert made.strange == {"ord"}
    rules = RULES.replace("UTF-8", "microsoft-cp1251").partition("TRY")[0].encode()
    write(tmp_path, {"bg_BG": (rules, "1\nслово\n".encode("cp1251"))})
    assert not speller.made(tmp_path / "bg_BG", frozenset(), ()).unknown("слово")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("ord", "orp"),
        ("ords", "ordz"),
        ("Ord", "oRD"),
        ("ORD", "OrD"),
        ("Staden", "staden"),
        ("mo\u0308te", "mo\u0308ten"),
        ("mö\u00adte", "mö\u00adt"),
        ("ord-möte", "ord-möt"),
        ("ord\u2011möte", "möt\u2011ord"),
        ("SIP-möte", "Sip-möte"),
        ("SIP:s", "Sip:s"),
        ("SIP’erna", "Sip’erna"),
        ("PDFs", "Pdfs"),
        ("T4a", "Ta"),
        ("å", "åå"),
        ("nWise", "nwise"),
        ("nWises", "nWisen"),
        ("nWise’s", "NWise"),
        ("nWise-möte", "nWisemöte"),
        ("wiki", "WiKi"),
        ("d'Arc", "dArc"),
        ("D’arc-möte", "d’Arcc"),
        ("Wiki", "wikin"),
        ("ord.pdf", "pdf"),
        ("kurs", "kursen"),
        ("distansmötes", "distansmöten"),
        ("a" * 70 + ".b", "a" * 70),
    ],
)
def test_words_are_judged(tmp_path: Path, right: str, wrong: str) -> None:
    """By the dictionary, the own words, and the parts of a word; what is right has a look-alike."""
    made = small(tmp_path, "nWise", "wiki", "kurs", "d’Arc", "d’arc", "distansmöte/möte")
    assert made.unknown(right) == ""
    assert made.unknown(wrong) != ""


COMPOUNDS = [
    line.split(" | ")
    for line in (ROOT / "tests/words/compounds.txt").read_text("utf-8").splitlines()
    if " | " in line and not line.startswith("#")
]


@pytest.mark.parametrize(("kind", "word"), COMPOUNDS)
def test_swedish_compounds(kind: str, word: str) -> None:
    """By Debian's dictionary and the s of longer compounds, also at the beginning of a sentence."""
    made = swedish()
    assert bool(made.unknown(word)) == (kind == "wrong")
    assert kind == "wrong" or not made.unknown(word.capitalize())


def test_the_rule_of_compounds_is_one_language_s() -> None:
    """Another language's words are its dictionary's alone; a region makes no difference."""
    assert not swedish("sv-FI").unknown("registerutdragsbegäran")
    for lang in ("en", "nb", ""):
        assert swedish(lang).unknown("registerutdragsbegäran")
    assert swedish().unknown("registerutdragSbegäran")


def test_a_compound_is_suggested() -> None:
    """One whose s is missing, or whose part is misspelt."""
    assert swedish().suggestions("registerutdragbegäran") == ("registerutdragsbegäran",)
    assert swedish().suggestions("personuppgiftsincidentraport") == (
        "personuppgiftsincidentrapport",
    )


@pytest.mark.parametrize(
    "word", [*(word for _, word in COMPOUNDS), "s" * 60, "uppgifts" * 7, "as" * 30, "s" * 61]
)
def test_the_dictionary_is_asked_few_times(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At most twice for each letter; what is longer than a word is not tried."""
    asked: set[str] = set()
    knows = Dictionary.knows

    def noted(dictionary: Dictionary, part: str) -> bool:
        asked.add(part)
        return knows(dictionary, part)

    monkeypatch.setattr(Dictionary, "knows", noted)
    swedish().unknown(word)
    assert len(asked) <= (2 * len(word) if len(word) <= 60 else 1)


def test_the_part_that_is_unknown_is_told(tmp_path: Path) -> None:
    """Of a word with hyphens it is one; a sign behind a word may belong to it."""
    made = small(tmp_path)
    assert made.unknown("ord-möt") == "möt"
    assert made.unknown("t.ex", ".") == ""
    assert made.unknown("möt", ".") == "möt"


def test_own_words_follow_their_model(tmp_path: Path) -> None:
    """A model that is no word by itself is known as strange."""
    assert small(tmp_path, "a/ord", "b/nix").strange == {"nix"}
    assert small(tmp_path, "a/ord").unknown("as") == ""
    assert small(tmp_path).unknown("distansmötes") == "distansmötes", "own words are not shared"


def test_the_same_words_give_the_same_speller(tmp_path: Path) -> None:
    """So that no word is asked twice; another version of the dictionary is read anew."""
    one = small(tmp_path, "a")
    assert speller.made(tmp_path / "sv_SE", frozenset({"a"}), ()) is one
    write(tmp_path, {"sv_SE": (RULES, "1\nannat-och-längre\n")})
    assert speller.made(tmp_path / "sv_SE", frozenset({"a"}), ()).unknown("ord") == "ord"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("rod", ["ord"]),
        ("möe", ["möte"]),
        ("mötte", ["möte"]),
        ("mäte", ["möte"]),
        ("staden", ["Staden"]),
        ("stadn", ["Staden"]),
        ("NWISE", ["nWise"]),
        ("ordmöte", ["ord-möte"]),
        ("xyz", []),
        ("x" * 50, []),
        ("", []),
    ],
)
def test_words_are_suggested(tmp_path: Path, word: str, expected: list[str]) -> None:
    """What is one slip away, and own words in another case."""
    assert list(small(tmp_path, "nWise").suggestions(word)) == expected


def test_addresses_are_no_words() -> None:
    """Of the web, of e-mail and of files; what a stroke joins are two words."""
    for address in ("a@b.se", "https://x.se/y", "www.x.se", "x.se/y", "a/b/c", "a/b/", "a/b.md"):
        blank = "\ufffc" * len(address)
        assert without_addresses(f"se {address} här") == f"se {blank} här"
    for text in ("och/eller", "och/eller.", "(och/eller).", "t.ex.", "slut.Nästa", "å/ä"):
        assert without_addresses(text) == text


@pytest.mark.parametrize(
    ("variables", "outcome"), [({"CI": "true"}, pytest.fail), ({}, pytest.skip)]
)
def test_ci_has_the_dictionaries(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], outcome: Any
) -> None:
    """Tests that need one fail there without it; a person's are skipped."""
    monkeypatch.delenv("CI", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("notices.speller.find", lambda lang: None)
    with pytest.raises(outcome.Exception, match="no dictionary of 'sv'"):
        needed_dictionaries("sv")
