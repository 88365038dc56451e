# SPDX-License-Identifier: AGPL-3.0-or-later
"""One Markdown file → Notice: what is a section or a link, and on which line it stands."""

from __future__ import annotations

import re

import markdown
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from notices.model import Notice, Organisation
from notices.source.converter import Converter
from notices.source.elements import Elements
from notices.source.metadata import Metadata
from notices.source.notice import _Cut
from notices.source.safety import sanitised
from tests.conftest import Site


def read(site: Site, text: str) -> Notice:
    """Read a text as a notice that has another beside it."""
    site.write({"sv/user.md": text, "sv/other.md": "# Annan\n\n## Del {#part}\n"})
    return site.catalog().notices["user"]["sv"]


HEADINGS = """\
---
slug: a
---

Titel
=====

Inledning med `## Kod {#code}`.

```
## Hur länge? {#retention}
```

    ## Hur länge? {#retention}

## Vem? {#who} ##

Setext {#setext}
----------------

## Hur länge? {#retention}

### Med `kod` och *mer* {#code}

text
## Utan tomrad {#tight}
"""


def test_headings_have_the_line_of_their_source(site: Site) -> None:
    """ATX and setext headings are found where they stand, look-alikes in code are not."""
    notice = read(site, HEADINGS)
    found = [(section.anchor, section.level, section.line) for section in notice.sections]
    assert notice.title == "Titel"
    assert notice.opening.line == 5
    assert found == [
        ("who", 2, 16),
        ("setext", 2, 18),
        ("retention", 2, 21),
        ("code", 3, 23),
        ("tight", 2, 26),
    ]


LINKS = """\
# T

`[a](other.md)` and \\[a](other.md) and [a](other.md).

```
[b](other.md#part)
```

A link [across
lines](other.md#part) and [by
reference][ref].

| table | cell |
|---|---|
| [b](other.md#part) | x |

> quoted [over two
> lines](other.md)

- item

    [deep *in a* list](other.md#part "title")

[with `code` in it](other.md) [short]

[ref]: other.md
[short]: other.md#part
"""


def test_links_have_the_line_of_their_source(site: Site) -> None:
    """Inline and reference links are found where they are used, also across lines and in cells."""
    notice = read(site, LINKS)
    assert [link.line for link in notice.links] == [3, 9, 10, 15, 17, 22, 24, 24]
    assert site.places() == []


def test_markdown_that_a_notice_needs(site: Site) -> None:
    """Lists, definition lists, tables, abbreviations and boxes become plain HTML."""
    notice = read(
        site,
        "# T\n\n1. a\n2. b\n\nPUA\n:   ansvarig\n\n| a | b |\n|---|--:|\n| c | d |\n\n"
        '!!! note "Observera"\n    Text\n\nMan säger EU.\n\n*[EU]: Europeiska unionen\n',
    )
    soup = BeautifulSoup(notice.introduction, "html.parser")
    assert [item.text for item in soup.select("ol > li")] == ["a", "b"]
    assert soup.select_one("dl > dt + dd")
    assert [cell["class"] for cell in soup.select("td[class]")] == [["align-end"]]
    assert soup.select_one('div.note[role="note"] > p.note-title')
    assert [abbr["title"] for abbr in soup.select("abbr")] == ["Europeiska unionen"]
    assert site.places() == []


def test_abbreviations_do_not_leak_into_the_next_notice(site: Site) -> None:
    """One converter serves all notices, and each starts afresh."""
    site.write(
        {
            "sv/a.md": "# A\n\nEU\n\n*[EU]: Europeiska unionen\n",
            "sv/b.md": "# B\n\nEU\n",
        }
    )
    notices = site.catalog().notices
    assert "abbr" in notices["a"]["sv"].introduction
    assert "abbr" not in notices["b"]["sv"].introduction


def test_facts_are_inserted_as_text(site: Site) -> None:
    """A fact's value is text wherever it stands, whatever signs it holds."""
    site.write(
        {
            "organisation.toml": 'email = "a@b.example"\nodd = "<b>&amp; *x* [y](z) [[email]]"\n'
            'address = ["Gatan 1", "123 45 Orten"]\nname = "AB"\n'
        }
    )
    notice = read(
        site,
        "# Hos [[name]]\n\n[[odd]], `[[email]]` och [[[email]]](mailto:[[email]]).\n\n"
        "[[name]]\n[[address]]\n",
    )
    soup = BeautifulSoup(notice.introduction, "html.parser")
    assert notice.title == "Hos AB"
    assert "<b>&amp; *x* [y](z) [[email]], [[email]] och a@b.example." in soup.text
    assert [link["href"] for link in soup.select("a")] == ["mailto:a@b.example"]
    address = soup.select_one("p.address")
    assert address and list(address.stripped_strings) == ["AB", "Gatan 1", "123 45 Orten"]
    assert site.places() == []


def test_an_unknown_fact_has_its_line(site: Site) -> None:
    """A misspelt fact is found, one in code is not; the fix names the right one."""
    site.write({"organisation.toml": 'email = "a@b.example"\n'})
    read(site, "# T\n\n`[[emial]]`\n\nSkriv till [[emial]].\n")
    (finding,) = site.findings()
    assert (finding.code, finding.line) == ("fact-unknown", 5)
    assert finding.fix.startswith("did you mean [[email]]?")


def test_a_fact_may_differ_by_language(site: Site) -> None:
    """A fact that is given by language must have the language in which it is used."""
    site.write(
        {
            "organisation.toml": 'land = { sv = "Sverige", en = "Sweden" }\n',
            "sv/user.md": "# T\n\n[[land]]\n",
            "en/user.md": "# T\n\n[[land]]\n",
            "de/user.md": "# T\n\n[[land]]\n",
        }
    )
    notices = site.catalog().notices["user"]
    assert "Sverige" in notices["sv"].introduction
    assert "Sweden" in notices["en"].introduction
    assert site.places() == [("fact-unknown", "de/user.md", 3)]


@pytest.mark.parametrize(
    "text",
    [
        'website = "javascript:alert(1)"',
        "email = 5",
        'email = ""',
        'email = [""]',
        "email = []",
        'email = {images = "x"}',
        'telephone = "-"',
        'telephone = "+46 "',
        'website = "https://[x"',
        'website = "https://x:port/"',
    ],
)
def test_a_fact_that_is_no_text(site: Site, text: str) -> None:
    """A fact is a text, a list of lines, or one of these by language."""
    site.write({"organisation.toml": f"# Fakta\n\n{text}\n", "sv/user.md": "# T\n"})
    assert site.places() == [("organisation-malformed", "organisation.toml", 3)]


def test_a_hundred_thousand_facts_have_their_lines(site: Site) -> None:
    """In time that is in proportion to them."""
    text = "".join(f'fact{number} = "x"\n' for number in range(100_000))
    site.write({"organisation.toml": f"{text}email = 5\n", "sv/user.md": "# T\n"})
    assert site.places() == [("organisation-malformed", "organisation.toml", 100_001)]


@pytest.mark.parametrize(
    ("header", "said"), [("a", "is given twice"), ("å", "key part"), ("b c", "']' at the end")]
)
def test_a_broken_header_has_its_repair(site: Site, header: str, said: str) -> None:
    """What stands in square brackets stands there once, and is plain."""
    site.write({"sv/glossary.toml": f'[a]\nterm = "T"\n\n[{header}]\n', "sv/user.md": "# T\n"})
    (finding,) = site.findings()
    assert (finding.code, finding.line) == ("glossary-malformed", 4)
    assert said in finding.message
    assert "once in square brackets" in finding.fix


def test_broken_toml_has_its_line(site: Site) -> None:
    """A fault of syntax is found at its line."""
    site.write({"organisation.toml": 'a = "b"\nc = “d”\n', "sv/user.md": "# T\n"})
    assert site.places() == [("organisation-malformed", "organisation.toml", 2)]


def test_template_syntax_in_content_is_text(site: Site) -> None:
    """Nothing in content is evaluated."""
    notice = read(site, "# {{ 7 * 7 }}\n\n{% include 'base.html' %} {{ brand }}\n")
    assert notice.title == "{{ 7 * 7 }}"
    assert "{% include 'base.html' %} {{ brand }}" in notice.introduction


@pytest.mark.parametrize(
    ("braces", "name"),
    [
        ("{.big}", "class"),
        ("{#x onclick=alert(1)}", "onclick"),
        ("{style='color:red'}", "style"),
        ("{id}", "id"),
    ],
)
def test_braces_may_set_little(site: Site, braces: str, name: str) -> None:
    """Anything but id, lang and hreflang between braces is found, and not published."""
    notice = read(site, f"# T\n\nEn **fet**{braces} text.\n")
    (finding,) = site.findings()
    assert (finding.code, finding.line) == ("attribute-unknown", 3)
    assert finding.message.startswith(f"'{name}' ")
    assert "onclick" not in notice.introduction
    assert "style" not in notice.introduction


def test_braces_set_ids_and_languages(site: Site) -> None:
    """What may be set is set."""
    notice = read(site, "# T\n\n*registerutdrag*{lang=sv #term}\n")
    assert notice.introduction == '<p><em id="term" lang="sv">registerutdrag</em></p>'
    assert [(anchor.id, anchor.line) for anchor in notice.opening.anchors] == [("term", 3)]


def test_escaped_braces_are_text(site: Site) -> None:
    """The repair that the finding suggests works."""
    notice = read(site, "# T\n\nEn **fet**\\{.big} text.\n")
    assert "{.big}" in notice.introduction
    assert site.places() == []


def test_an_e_mail_link_is_the_same_in_every_build(site: Site) -> None:
    """Python-Markdown's own would be made of random entities."""
    notice = read(site, "# T\n\n<a@b.example>\n")
    assert notice.introduction == '<p><a href="mailto:a@b.example">a@b.example</a></p>'


def test_a_list_of_notices_is_a_choice(site: Site) -> None:
    """A list in which every item opens with a link to a notice is marked, another is not."""
    notice = read(
        site,
        "# T\n\n- [A](user.md)\n\n    mer\n\n- [B](other.md)\n\nText.\n\n"
        "* [A](user.md)\n* Se [B](other.md)\n",
    )
    soup = BeautifulSoup(notice.introduction, "html.parser")
    assert [ul.has_attr("class") for ul in soup.select("ul")] == [True, False]


def test_text_nested_too_deep_is_reported(site: Site) -> None:
    """Thousands of lists inside each other end in a finding, not in a crash."""
    site.write({"sv/user.md": "# T\n\n" + "- " * 3000 + "x\n"})
    assert site.places() == [("text-tangled", "sv/user.md", 3)]


SIGNS = "ab \n\n#*_`-+:|!<>[]()&;.1={}\\~\"'^\t"
PIECES = ["    ", "[x](user.md)", "## H {#h}\n", "> ", "| a |\n|---|\n", "***", "&amp;", "[r]: u\n"]
PIECES += ["![", "```\n", "!!! note\n    ", "*[AB]: c\n", "AB", "https://a.b", "<a@b.c>", "[r]"]
MARKDOWN = st.lists(st.sampled_from([*SIGNS, *PIECES]), max_size=40).map("".join)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(MARKDOWN)
@example("[a][r]\n\n[r]: user.md")
@example("T\n=\n\nterm\n :  x")
def test_leaving_out_idle_patterns_changes_nothing(text: str) -> None:
    """A converter that tries only the patterns with a sign in the text gives the same as all."""
    lean, full = Converter(), Converter()
    full._patterns = [(pattern, ("",)) for pattern, _ in full._patterns]
    full._blocks = [(block, ("",)) for block, _ in full._blocks]
    assert lean.html(*lean.convert(text)) == full.html(*full.convert(text))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(MARKDOWN)
def test_every_link_and_heading_is_found_on_a_line_that_holds_it(text: str) -> None:
    """Lines are looked up for any text without an exception, inside the file."""
    converter = Converter()
    root = converter.convert(text)
    elements = Elements(converter, root, "x.md", 1, "sv", Organisation(""))
    notice = _Cut(converter, elements).notice(root, "x", "sv", "x.md", Metadata())
    last = text.count("\n") + 1
    assert all(1 <= link.line <= last for link in notice.links)
    assert all(1 <= section.line <= last for section in notice.sections)


def test_the_converter_agrees_with_python_markdown(site: Site) -> None:
    """On ordinary text our converter is the library: the same HTML, white space aside."""
    text = "A *b* **c** [d](https://e.example)\n\n- f\n- g\n\n> h\n\n1. i\n\n## J\n\n`k`\n"
    converter = Converter()
    ours = converter.html(*converter.convert(text))
    theirs = markdown.markdown(text)
    assert BeautifulSoup(sanitised(ours), "html.parser").get_text("|", strip=True) == BeautifulSoup(
        theirs, "html.parser"
    ).get_text("|", strip=True)


def test_a_wording_names_the_facts(site: Site) -> None:
    """What an editor wrote does not change with the organisation's address."""
    site.write({"organisation.toml": 'name = "A & B"\nemail = "a@b.example"\nat = ["X 1", "Y"]\n'})
    section_text = "[[name]]\n[[at]]\n\n[[[email]]](mailto:[[email]])\n"
    notice = read(site, f"# [[name]]\n\n## Where [[name]] is {{#a}}\n\n{section_text}")
    assert notice.title == "A &amp; B"
    assert notice.opening.wording == "<h1>[[name]]</h1>"
    (section,) = notice.sections
    assert "A &amp; B<br>X 1<br>Y" in section.body
    assert section.wording.split("</h2>") == [
        "<h2>Where [[name]] is",
        '<p class="address">[[name]]<br>[[at]]</p><p><a href="mailto:[[email]]">[[email]]</a></p>',
    ]
    plain = read(site, "# T\n\n## A {#a}\n\nText.\n").sections[0]
    assert (plain.named, plain.wording) == ("", "<h2>A</h2><p>Text.</p>")


def test_facts_of_equal_value_are_told_apart(site: Site) -> None:
    """Each address is that of the fact that it names, or of none."""
    site.write({"organisation.toml": 'email = "a@b.example"\ndpo = "a@b.example"\n'})
    links = "[x](mailto:[[email]]) [y](mailto:[[dpo]]) <a@b.example>"
    (section,) = read(site, f"# T\n\n## A {{#a}}\n\n{links}\n").sections
    assert section.body.count('href="mailto:a@b.example"') == 3
    assert re.findall('href="([^"]*)"', section.wording) == [
        "mailto:[[email]]",
        "mailto:[[dpo]]",
        "mailto:a@b.example",
    ]


def test_braces_do_not_move_words(site: Site) -> None:
    """A second pair of braces on the line is text, in its place."""
    notice = read(site, "# T\n\n*opt-in*{lang=en} krävs \\{inte} för {reklam}.\n")
    words = BeautifulSoup(notice.introduction, "html.parser").get_text()
    assert words == "opt-in krävs {inte} för {reklam}."
