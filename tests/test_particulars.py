# SPDX-License-Identifier: AGPL-3.0-or-later
"""What two texts must say alike: for each rule a pair that does and a pair that does not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from notices.model import Link, Notice, Section
from notices.particulars import Difference, Particulars, amounts, differences, read, tokens

FOLDER = Path(__file__).parent / "particulars"
WORDS = Path(amounts.__file__).parent / "words"

Told = tuple[str, str, str]
"""A difference's kind, and its words in the source and in the translation."""


def particulars(html: str, lang: str = "sv", links: tuple[Link, ...] = ()) -> Particulars:
    """Read a section of which only the body is given."""
    section = Section(anchor="a", level=2, title="", body=html, line=1)
    return read(section, Notice("user", lang, f"{lang}/user.md", section, (), links), lang)


def compared(source: str, translation: str, langs: tuple[str, str] = ("sv", "en")) -> list[Told]:
    """Compare two bodies."""
    found = differences(particulars(source, langs[0]), particulars(translation, langs[1]))
    return [(one.kind, one.source, one.translation) for one in found]


def pairs(name: str) -> Iterator[tuple[str, ...]]:
    """Read a file of pairs: each line begins with its language, or with what it is."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    for block in text.split("\n\n")[1:]:
        lines = [line.partition(": ") for line in block.strip().splitlines()]
        yield tuple(part for name, _, told in lines for part in (name, told))


@pytest.mark.parametrize("pair", [*pairs("same.txt"), *pairs("other-languages.txt")], ids=str)
def test_the_same_in_other_words_is_no_difference(pair: tuple[str, ...]) -> None:
    """Sentences that say the same do so in either direction."""
    lang, text, other_lang, other_text = pair
    assert compared(text, other_text, (lang, other_lang)) == []
    assert compared(other_text, text, (other_lang, lang)) == []


@pytest.mark.parametrize(
    "pair", [*pairs("different.txt"), *pairs("other-languages-different.txt")], ids=str
)
def test_each_difference_is_told_once_with_the_words_of_both(pair: tuple[str, ...]) -> None:
    """One changed value is one difference, in either direction."""
    lang, text, other_lang, other_text, _, told = pair
    kind, words, other_words = (part.strip() for part in f"{told} ".split("|"))
    assert compared(text, other_text, (lang, other_lang)) == [(kind, words, other_words)]
    assert compared(other_text, text, (other_lang, lang)) == [(kind, other_words, words)]


def test_there_are_enough_pairs() -> None:
    """Rules about language are as good as the sentences that they were tried on."""
    assert len([*pairs("same.txt")]) > 200
    assert len([*pairs("different.txt")]) >= 45


ENTRIES = (
    "conjunctions one perhaps_one neighbours half modifiers working doubtful ordinal_endings "
    "passed_over tails numbers perhaps_numbers tens ordinals units stems rates clock abbreviations"
).split()
RATES = "times every every_with_ordinal every_other per per_after_times count sure perhaps".split()


@pytest.mark.parametrize("file", sorted(WORDS.glob("*.toml")), ids=lambda file: str(file.stem))
def test_word_lists_hold_only_what_is_read(file: Path) -> None:
    """A mistyped entry of a word list would be passed over in silence."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    assert set(table) <= set(ENTRIES)
    assert set(table["rates"]) <= set(RATES)
    assert set(table["abbreviations"]) <= {"none", "same", "spelt"}
    rates = table["rates"]
    for meanings in (table["units"], table.get("stems", {}), rates["sure"], rates["perhaps"]):
        assert set(meanings) <= set(amounts.UNITS)
    assert tokens.lexer(file.stem).list.fluent


# Lists and tables

ITEMS = {
    "sv": ("ditt förnamn och efternamn", "din SIP-adress", "ditt telefonnummer, om du har ett"),
    "en": ("your first name and last name", "your SIP address", "your telephone number, if any"),
}
WRITTEN = {
    "list": ("<ul>", "<li>", "</li>", "</ul>"),
    "table": ("<table><tbody>", "<tr><td>", "</td></tr>", "</tbody></table>"),
    "terms": ("<dl>", "<dt>", "</dt><dd>Text.</dd>", "</dl>"),
}


def written(kind: str, items: list[str]) -> str:
    """Write items as a list or table."""
    start, item_start, item_end, end = WRITTEN[kind]
    return start + "".join(f"{item_start}{item}{item_end}" for item in items) + end


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("place", range(3))
def test_the_item_without_a_twin_is_named(kind: str, place: int) -> None:
    """An item or row that one language lacks is quoted, wherever in the list it stands."""
    whole = particulars(written(kind, [*ITEMS["sv"]]))
    fewer = [item for number, item in enumerate(ITEMS["en"]) if number != place]
    kind_of_difference = "table" if kind == "table" else "list"
    (found,) = differences(whole, particulars(written(kind, fewer), "en"))
    assert (found.kind, found.translation, found.translation_count, found.source_count) == (
        kind_of_difference,
        "",
        2,
        3,
    )
    assert found.source.startswith(ITEMS["sv"][place])
    assert differences(whole, particulars(written(kind, [*ITEMS["en"]]), "en")) == []


def test_an_added_item_says_its_numbers_too() -> None:
    """What stands in an item that one side lacks is not told once more by itself."""
    added = [*ITEMS["en"][:1], "your age, for 5 years (see info@example.org)", *ITEMS["en"][1:]]
    found = differences(
        particulars(written("list", [*ITEMS["sv"]])), particulars(written("list", added), "en")
    )
    quoted = "your age, for 5 years (see info@example.org)"
    assert found == [Difference("list", quoted, "", 4, 3)]


def test_every_item_without_a_twin_is_named() -> None:
    """Two rows more are two differences; a list on one side only is one for each item."""
    items = [f"row {number}" for number in (10, 20, 30, 40)]
    source = particulars(written("table", [items[0], items[2]]))
    found = differences(source, particulars(written("table", items), "en"))
    assert [(one.translation, one.source) for one in found] == [("row 20", ""), ("row 40", "")]
    found = differences(particulars(""), particulars(written("table", items), "en"))
    assert [one.translation for one in found] == items


def test_long_items_are_quoted_by_their_first_words() -> None:
    """A quote is some words, not a paragraph."""
    found = differences(particulars("<ul><li>" + "långa ord " * 40 + "</li></ul>"), particulars(""))
    assert found[0].source == "långa ord " * 6 + "…"


# Links and files


def link(path: str, anchor: str = "") -> Link:
    """Make a link as the reader of notices does."""
    return Link(f"{path}#{anchor}", path, anchor, "", 1)


def linking(*links: Link, lang: str = "sv", tag: str = '<a href="notice:{}">x</a>') -> Particulars:
    """Read a section with those links."""
    return particulars("".join(tag.format(number) for number in range(len(links))), lang, links)


def test_links_to_notices_are_a_set() -> None:
    """Order, language folder and the way to one's own notice make no difference."""
    source = linking(link("sv/user.md", "rights"), link("sv/buyer.md"), link("", "data"))
    translation = linking(
        link("", "rights"), link("en/user.md", "data"), link("en/buyer.md"), link("en/buyer.md")
    )
    assert differences(source, translation) == []


def test_a_link_elsewhere_is_told_with_both_addresses() -> None:
    """Another section, another notice, or none."""
    source = linking(link("sv/user.md", "rights"))
    for other in (link("en/user.md", "data"), link("en/buyer.md", "rights")):
        assert differences(source, linking(other)) == [
            Difference("link", other.written, "sv/user.md#rights")
        ]
    assert differences(source, linking()) == [Difference("link", "", "sv/user.md#rights")]


def test_pictures_and_documents_are_counted() -> None:
    """A file may have another name in each language, but not be missing."""
    image = '<img src="notice:{}" alt="x">'
    source = linking(link("files/a-sv.png"), tag=image)
    assert differences(source, linking(link("files/a-en.png"), tag=image)) == []
    assert differences(source, linking(link("files/a-en.png"))) == [
        Difference("file", "files/a-en.png", "files/a-sv.png", 1, 1)
    ]
    both = linking(link("files/b.png"), link("files/a-sv.png"), tag=image)
    assert differences(source, both) == [Difference("file", "files/b.png", "", 2, 1)]


def test_hosts_are_counted() -> None:
    """The same host twice is more than once, on whatever page."""
    one, two = '<a href="https://imy.se/{}">x</a>', '<a href="https://pts.se/">x</a>'
    assert compared(one + two, two + one) == []
    assert compared(one, one + one) == [("host", "", "https://imy.se/{}")]
    assert compared("Se www.imy.se.", "See www.pts.se.") == [("host", "www.imy.se", "www.pts.se")]


# What is no number


@pytest.mark.parametrize(
    "html",
    [
        "<code>v1.2</code>",
        '<a href="https://example.org/2024/3">x</a>',
        '<ol start="4"></ol>',
        '<a href="notice:7">x</a>',
        'x<img src="notice:0" alt="3">',
        "OBS, OK",
        "&lt;x&gt; &amp; y",
        "may once a the one every per",
        "var en ett om i sex",
    ],
)
def test_what_says_no_number_says_none(html: str) -> None:
    """Markup, code and addresses hold digits that a translation need not have."""
    assert [value for value in particulars(html).figures if not value.optional] == []


def test_two_languages_in_one_script_or_two() -> None:
    """Abbreviations are compared where both languages could write them."""
    assert compared("SIP", "x", ("sv", "en")) == [("abbreviation", "SIP", "")]
    assert compared("SIP", "x", ("sv", "sr-Latn")) == [("abbreviation", "SIP", "")]
    assert compared("SIP", "x", ("sv", "sr")) == []


def test_a_region_has_the_words_of_its_language() -> None:
    """British and American English need no file of their own."""
    assert compared("two weeks", "14 days", ("en-GB", "en-US")) == []
    assert compared("two weeks", "three weeks", ("en-GB", "en-US")) == [
        ("period", "two weeks", "three weeks")
    ]


def test_a_language_that_nobody_knows_is_compared_by_its_digits() -> None:
    """Neither a word list nor CLDR knows the artificial language tlh."""
    assert compared("Sparas i 4 veckor.", "4 Hogh", ("sv", "tlh")) == []
    assert compared("Sparas i 4 veckor.", "5 Hogh", ("sv", "tlh")) == [("period", "4 veckor", "5")]


def test_two_languages_without_word_lists() -> None:
    """Small numbers may be words in both; others may not differ."""
    langs = ("fi", "de")
    assert compared("4 viikkoa", "vier Wochen", langs) == []
    assert compared("4 viikkoa", "5 Wochen", langs) == [("period", "4 viikkoa", "5 Wochen")]
    assert compared("30 viikkoa", "Wochen", langs) == [("period", "30 viikkoa", "")]


def test_the_nearest_value_is_taken_for_the_twin() -> None:
    """Of several changed values each is told with the one in its place."""
    source = "4 veckor här. " + "ord " * 20 + "3 år där."
    translation = "5 weeks here. " + "word " * 20 + "2 years there."
    assert compared(source, translation) == [
        ("period", "4 veckor", "5 weeks"),
        ("period", "3 år", "2 years"),
    ]
