# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Python-Markdown would pass over in silence is a finding; what it reads well is none."""

from __future__ import annotations

import pytest

from tests.conftest import Site


def places(site: Site, text: str) -> list[tuple[str, int]]:
    """Give the findings about a text that stands below a title."""
    site.write({"sv/user.md": f"# T\n\n{text}\n"})
    return [(code, line) for code, _, line in site.places()]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Vi hanterar:\n- namn\n", 4),
        ("Vi hanterar:\n* namn\n", 4),
        ("Vi hanterar:\n1. namn\n", 4),
        ("• namn\n• adress", 3),
        ("-\u00a0namn", 3),
        ("Tabell:\n| A | B |\n|---|---|\n| 1 | 2 |", 5),
        ("- a\n  - b\n- d", 4),
        ("1. a\n\n   mer\n\n2. d", 5),
        ("- a\n\n  mer", 5),
        ("1. ett\n\n3. tre", 5),
        ("1. ett\n3. tre", 4),
        ("1986. Ett år\n\n14. mars", 5),
        ("| A | B |\n|---|---|\n| 1 | 2 | bort |", 5),
        ("Kvar.\n\n[Obs]: Viktigt", 5),
        ('[Källa]: <https://x.se> "hela lagen"', 3),
        ("A[^1]\n\n[^1]: https://lagen.nu", 3),
        ("[dina rättigheter][rigths]", 3),
        ("![Plan][plan]", 3),
        ("[text] (user.md) och [text](user.md", 3),
        ("- punkt {#li}", 3),
        ("**a**{#b} och **c** {#d}", 3),
        ("## A{#a}", 3),
        ("## Vad {#x} är {#b} ?", 3),
        ("1. a\n\n    mer\n2. b\n3. c", 6),
        ("Term 1\n:   a\nTerm 2\n:   b", 5),
        ("٣. بند ثالث\n٤. بند رابع", 3),
        ("Stycke som slutar så. {#para}", 3),
        ("- punkt {lang=de}", 3),
        ("1) a\n2) b", 3),
        ("Den 3. maj\n\n1. a\n3. b", 6),
        ("- en månad\n- två\n\nTiden är\n- en månad\nlång.", 7),
        ("Text [^1] mer.\n\n[^1]: En lång not.", 3),
        ("[text] (https://example.org)", 3),
        ("rad ett\\\nrad två", 3),
        ("~~bort~~", 3),
        ("##Rubrik", 3),
    ],
)
def test_what_would_be_lost_or_changed(site: Site, text: str, line: int) -> None:
    """Each is found at its line."""
    assert ("markdown-unread", line) in places(site, text)


@pytest.mark.parametrize(
    "text",
    [
        "Vi hanterar:\n\n- namn\n- adress\n    - gata\n    - ort\n\n    mer om ort",
        "1. ett\n2. två\n\n3. tre\n\n    mer\n\n4. fyra",
        "1. ett\n1. två\n1. tre",
        "3. tre\n4. fyra",
        "1986\\. Ett år",
        "Från 14. mars gäller\n3 år, t.ex. S:t Persgatan 21A – 753 20\noch så vidare (a) [b] c.",
        "| A | B |\n|---|---|\n| 1 | 2 \\| 3 |",
        "[länk][x] och [x]\n\n[x]: user.md",
        "\\[text\\][a] och \\[^1] och \\{#b}",
        "`[a][b]`, `{#x}` och\n\n    - kod\n    [a][b]",
        "Term\n:   förklaring",
        "En rad  \nmed radbrytning * och - i *kursiv* text",
        "https://sv.wikipedia.org/wiki/GDPR_(lag) och 5*3 {a, b}",
        "- **Loggar** - 7 dagar\n- Skriv till <a@b.de> - nu.\n- Version 2 *ny* 1. januari",
        "## 1. Vem är det? {#who}\n\n**1. Omfattning**\n\n### - Streck {#d}",
        "| A | B |\n|---|---|\n| 1. januari | - inget |",
        "Term 1\n:   a\n\nTerm 2\n:   b",
        "bis zum\n1\\. Januar und\n\\- einen Monat",
        "Stycke som slutar så.\n{#para}",
        "Nummer #1 är bäst",
        f"{'9' * 5000}. en siffra för mycket",
        "om x<y och a<b",
        "„… \\[sic][Anm. d. Red.]“",
    ],
)
def test_what_is_read_as_meant(site: Site, text: str) -> None:
    """Ordinary Markdown has no finding."""
    assert places(site, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[`a`](nope.md)\n\ntext\n\n[`b`](nope.md)", [3, 7]),
        ("Ett [ord] två\ntre [`GDPR`](nope.md)", [4]),
        ("Skriv \\[x](nope.md) så.\n\n[x](nope.md)", [5]),
        ("[regler]: nope.md\n\nSe [regler] här.", [5]),
        ("[x](nope.md)\n\n- [x](nope.md)\n\n> [x](nope.md)", [3, 5, 7]),
    ],
)
def test_links_that_look_alike_have_their_own_lines(
    site: Site, text: str, expected: list[int]
) -> None:
    """Each use is found where it stands, and none hides another."""
    found = places(site, text)
    assert found == [("link-file-missing", line) for line in expected]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Exempel t.ex. så.\n\n| A |\n|---|\n| **c**{x} |", "attribute-unknown", 7),
        ("Se www.notebook.se nu.\n\n*a*{.note}", "attribute-unknown", 5),
        ("Skriv \\<b> så\n\n<b>x", "raw-html", 5),
        ("x <br> y\n\na <b c", "raw-html", 5),
    ],
)
def test_short_signs_are_found_where_they_are_meant(
    site: Site, text: str, code: str, line: int
) -> None:
    """A look-alike before does not take the finding's line."""
    assert places(site, text)[-1] == (code, line)


def test_headings_after_indented_code_with_an_empty_line(site: Site) -> None:
    """Code that looks like the heading does not take its line."""
    text = "    ## R {#a}\n\n    text\n\n## R {#a}\n\nx\n\n## R {#a}"
    assert places(site, text) == [("anchor-doubled", 11)]


def test_an_empty_heading(site: Site) -> None:
    """A heading without words is an error."""
    assert ("heading-empty", 5) in places(site, "x\n\n##\n\ntext")


def test_a_headings_language_stays(site: Site) -> None:
    """`lang` on a heading is kept, in the heading and in links made of it."""
    assert places(site, "## Heading {#a lang=en}\n") == []
    (section,) = site.catalog().notices["user"]["sv"].sections
    assert section.title == '<span lang="en">Heading</span>'


def test_metadata_in_the_wrong_place(site: Site) -> None:
    """Front matter after an empty line, or between longer fences, is not shown as text."""
    for text in ("\n---\nslug: xx\n---\n\n# T\n", "----\nslug: xx\n----\n\n# T\n"):
        site.write({"sv/user.md": text})
        assert "metadata-malformed" in {code for code, _, _ in site.places()}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://", "no whole address"),
        ("mailto:", "no whole address"),
        ("www.x.se", "does not exist"),
        ("info@x.se", "does not exist"),
    ],
)
def test_addresses_that_are_not_whole(site: Site, address: str, said: str) -> None:
    """What a person would type, and how to write it."""
    site.write({"sv/user.md": f"# T\n\n[x]({address})\n"})
    (finding,) = site.findings()
    assert said in finding.message
    assert "https://" in finding.fix or "mailto:" in finding.fix


def test_a_fact_as_a_links_text_takes_three_brackets(site: Site) -> None:
    """Two would show the name in brackets."""
    site.write({"organisation.toml": 'email = "a@b.example"\n'})
    assert places(site, "[[email]](mailto:[[email]])") == [("fact-unknown", 3)]
    assert places(site, "[[[email]]](mailto:[[email]])") == []


def test_facts_in_a_title_of_the_metadata(site: Site) -> None:
    """They are written there as well, and unknown ones found."""
    site.write({"organisation.toml": 'name = "AB & Co"\n'})
    site.write({"sv/user.md": "---\ntitle: Hos [[name]]\n---\n\nx\n"})
    assert site.catalog().notices["user"]["sv"].title == "Hos AB &amp; Co"
    site.write({"sv/user.md": "---\ntitle: Hos [[nmae]]\n---\n\nx\n"})
    assert [code for code, _, _ in site.places()] == ["fact-unknown"]


def test_an_escaped_fact_is_text(site: Site) -> None:
    """The repair that the findings suggest works."""
    site.write({"organisation.toml": 'email = "a@b.example"\n'})
    assert places(site, "Skriv \\[[email]] eller \\[\\[email]].") == []
    text = site.catalog().notices["user"]["sv"].introduction
    assert text == "<p>Skriv [[email]] eller [[email]].</p>"


def test_an_address_keeps_its_lines(site: Site) -> None:
    """A line of nothing but facts makes its paragraph an address, other words in it or not."""
    site.write({"organisation.toml": 'name = "AB"\naddress = ["Gatan 1", "Orten"]\n'})
    assert places(site, "[[name]]\nAtt: DPO\n[[address]]") == []
    text = site.catalog().notices["user"]["sv"].introduction
    assert text == '<p class="address">AB<br>Att: DPO<br>Gatan 1<br>Orten</p>'
    assert places(site, "Skriv till [[name]]\noch vänta.") == []
    assert "<br>" not in site.catalog().notices["user"]["sv"].introduction


def test_a_telephone_number_is_dialled_without_its_trunk_zero(site: Site) -> None:
    """What is shown is as written, what is dialled is a number (RFC 3966)."""
    site.write({"organisation.toml": 'telephone = "+49 (0)30 1234-567"\n', "sv/user.md": "# T\n"})
    site.build()
    link = site.page("sv/user/index.html").select_one("footer a")
    assert link
    assert (link["href"], link.text) == ("tel:+49301234567", "+49 (0)30 1234-567")
