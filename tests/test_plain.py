# SPDX-License-Identifier: AGPL-3.0-or-later
"""A notice as plain text: every word of its page, in lines that any tool can show."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from notices.render import Renderer, columns, plain
from notices.source.safety import sanitised
from tests.conftest import SITES, Site, matters, one

WORD = re.compile(r"\w+")


def as_text(written: str) -> str:
    """Write HTML as plain text with every address as it stands, but for those within the page."""
    return plain.text(written, lambda href: "" if href.startswith("#") else href)


def is_within(words: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether words stand among others, in their order."""
    rest = iter(others)
    return all(word in rest for word in words)


# Elements


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("<h1>Title</h1><p>Text.</p>", "Title\n=====\n\nText.\n"),
        ("<h2>日本</h2>", "日本\n----\n"),
        ("<h3>A</h3><h4>B</h4>", "A\n~\n\nB\n~\n"),
        ("<ul>\n<li>one</li>\n<li>two</li>\n</ul><p>x</p>", "- one\n- two\n\nx\n"),
        (
            '<ol start="9"><li>one</li><li><p>two</p><p>more</p></li></ol>',
            "9. one\n10. two\n\n    more\n",
        ),
        ("<ul><li>one<ol><li>in</li></ol></li><li></li></ul>", "- one\n  1. in\n-\n"),
        ("<ul><li><p>one</p></li><li><p>two</p></li></ul>", "- one\n\n- two\n"),
        (
            "<dl><dt>A</dt><dt>B</dt><dd>Both.</dd><dt>C</dt><dd>Own.</dd></dl>",
            "A\nB\n    Both.\n\nC\n    Own.\n",
        ),
        ("<blockquote><p>one</p><p>two</p></blockquote>", "> one\n>\n> two\n"),
        (
            '<p>x</p><div class="note"><p class="note-title">Note</p><p>one</p><p>two</p></div>'
            "<p>y</p>",
            "x\n\n    Note\n    one\n\n    two\n\ny\n",
        ),
        ('<p class="address">Street 1<br>\nTown</p>', "Street 1\nTown\n"),
        ("<pre><code>a  b\n  c &lt;d&gt;\n</code></pre>", "    a  b\n      c <d>\n"),
        ("<p>un<em>der</em> &amp; m<sup>2</sup></p>", "under & m2\n"),
        ('<p>Name: <span class="blank"></span></p>', f"Name: {'_' * 24}\n"),
        ("<p>a\u00adb c\u00a0d</p>", "ab c\u00a0d\n"),
        ("<p>a &lt;b> c</p>", "a <b> c\n"),
        ("", "\n"),
    ],
)
def test_each_kind_of_text_is_told_by_signs(written: str, wanted: str) -> None:
    """Headings are underlined, items marked, terms and quotes indented."""
    assert as_text(written) == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ('<a href="https://a.example/x">the page</a>', "the page <https://a.example/x>"),
        ('<a href="https://a.example/">https://a.example/</a>', "https://a.example/"),
        ('<a href="https://a.example/">a.example</a>', "a.example"),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
        ('<a href="mailto:a@b.example">write</a>', "write <a@b.example>"),
        (
            '<a href="mailto:a@b.example?subject=x">write</a>',
            "write <mailto:a@b.example?subject=x>",
        ),
        ('<a href="tel:+4618123456">+46 (0)18 12 34 56</a>', "+46 (0)18 12 34 56"),
        ('<a href="tel:+4618123456">call</a>', "call <+4618123456>"),
        ('<a href="#rights">your rights</a>', "your rights"),
        ('<a href="https://a.example/"></a>', "<https://a.example/>"),
        ("<a>nothing</a>", "nothing"),
        ('<img alt="A plan" src="plan.png">', "A plan <plan.png>"),
        ('<a href="/x"><img alt="A plan" src="plan.png"></a>', "A plan </x>"),
        ('<a href="/a b&gt;">x</a>', "x </a%20b%3E>"),
    ],
)
def test_a_link_is_its_words_and_its_address(written: str, wanted: str) -> None:
    """But once where the words are the address, or the place is in the same text."""
    assert as_text(f"<p>{written}</p>") == f"{wanted}\n"


def test_a_table_is_in_columns_where_they_fit() -> None:
    """And else a line for each cell, with the words above its column."""
    head = "<thead><tr><th>Data</th><th>Kept</th></tr></thead>"
    narrow = f"<table>{head}<tbody><tr><td>名前</td><td>3 years</td></tr></tbody></table>"
    assert as_text(narrow) == "Data  Kept\n----  -------\n名前  3 years\n"
    long = "so long " * 12
    wide = f"<table>{head}<tbody><tr><td>Name</td><td>{long}</td></tr><tr><td>A</td></tr></table>"
    assert as_text(wide) == (
        "Data: Name\nKept: so long so long so long so long so long so long so long so\n"
        "    long so long so long so long so long\n\nData: A\nKept:\n"
    )
    assert as_text("<table><tr><td>a</td><td>b</td></tr></table>") == "a  b\n"


def test_japanese_breaks_where_japanese_may() -> None:
    """A sign takes two columns; no line begins with a full stop or ends with a bracket."""
    lines = columns.wrapped("最後の本を返すまで（三十日間）です。" * 5, 20)
    assert "".join(lines) == "最後の本を返すまで（三十日間）です。" * 5
    assert max(map(cell_len, lines)) <= 20
    assert not any(line[0] in "）。" or line[-1] == "（" for line in lines)


def test_no_line_breaks_within_an_address() -> None:
    """Longer than a line, it has one of its own; nor does a no-break space break."""
    address = "https://a.example/" + "x" * 80 + "/日本語"
    assert f"<{address}>" in as_text(f'<p>{"word " * 13}<a href="{address}">a link</a> more</p>')
    assert "4\u00a0weeks" in as_text(f"<p>{'x' * 66} 4\u00a0weeks</p>").splitlines()[1]


# Any text

words = st.text(st.sampled_from("abcåäö日本語ي،.()-<&1 "), min_size=1, max_size=30)
TAGS = ("em", "strong", 'a href="https://a.example/"', "span")
inline = st.recursive(
    words.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.builds(
        lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", st.sampled_from(TAGS), inner
    ),
    max_leaves=4,
)


def element(tag: str, inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
    """Put texts into an element each, of one kind."""
    name = tag.split()[0]
    return inner.map(lambda texts: "".join(f"<{tag}>{text}</{name}>" for text in texts))


def several(inner: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """Give one to three of them."""
    return st.lists(inner, min_size=1, max_size=3)


paragraphs = st.one_of(
    element("p", several(inline)), element("h2", several(inline)), element("pre", several(words))
)
blocks = st.recursive(
    paragraphs,
    lambda inner: st.one_of(
        element("ul", several(element("li", several(st.one_of(inline, inner))))),
        element("ol", several(element("li", several(inner)))),
        element("blockquote", several(inner)),
        element('div class="note"', several(inner)),
        element(
            "dl",
            several(
                st.tuples(element("dt", several(inline)), element("dd", several(inner))).map(
                    "".join
                )
            ),
        ),
        element("table", several(element("tr", several(element("td", several(inline)))))),
    ),
    max_leaves=8,
)


@given(several(blocks).map("".join))
def test_every_word_of_a_text_is_there_in_its_order(written: str) -> None:
    """Whatever stands in what; lines are 72 columns wide but where a word is wider by itself."""
    html = sanitised(written)
    made = as_text(html)
    shown = BeautifulSoup(html, "html.parser").get_text(" ")
    signs = (sign for sign in made if sign.isalnum())
    assert is_within((sign for sign in shown if sign.isalnum()), signs)
    assert made.endswith("\n")
    assert not made.endswith("\n\n")
    assert "\n\n\n" not in made
    if "<pre" not in html:
        for line in made.splitlines():
            assert line == line.rstrip(" ")
            own = re.sub(r"^(?:> |- |\d+\. | +)*", "", line)
            assert cell_len(line) <= plain.WIDTH or len(columns.wrapped(own, 1)) == 1
    assert as_text(html) == made


# A site

FILES = {
    "organisation.toml": 'name = "Bolaget AB"\nemail = "a@b.example"\n',
    "sv/index.md": "# Start\n\n[Läs](user.md)\n",
    "en/index.md": "# Welcome\n\n[Read](user.md)\n",
    "sv/user.md": "---\nslug: anvandare\neffective: 2026-03-01\n---\n\n# Användare\n\n"
    "Se [slutet](#end) eller [start](index.md).\n\n## Slut {#end}\n\nSlut.\n",
    "en/user.md": "---\nslug: users\neffective: 2026-03-01\n---\n\n# Users\n\n"
    "See [the end](#end) or [the start](index.md).\n\n## End {#end}\n\nEnd.\n",
    "sv/more.md": "# Mer\n",
    "en/more.md": "# More\n",
}


def test_each_notice_has_its_text_beside_its_page(site: Site) -> None:
    """Named in the page's head and linked at its end; lists of notices have none."""
    assert matters(site.write(FILES).build().findings) == []
    for page, href in (("sv/anvandare/", "../anvandare.txt"), ("en/", "index.txt")):
        made = site.page(f"{page}index.html")
        assert one(made, 'link[type="text/plain"]')["href"] == href
        assert one(made, 'link[type="text/plain"]')["rel"] == ["alternate"]
        assert one(made, f'main a[href="{href}"]')["type"] == "text/plain"
    (site.content / "en" / "index.md").unlink()
    (site.content / "sv" / "index.md").unlink()
    site.write({"sv/user.md": "# A\n", "en/user.md": "# A\n"}).build()
    assert "sv/index.txt" not in site.files()
    for path in ("sv/index.html", "index.html", "404.html", "compare/sv-en/user/index.html"):
        assert not site.page(path).select('[type="text/plain"]')
    assert b"index.txt" not in site.files()["sv/user.txt"]


def test_a_whole_text(site: Site) -> None:
    """Absolute addresses where the site has one, and where its page and other languages are."""
    site.address = "https://a.example/privacy"
    assert site.write(FILES).build().is_done
    assert site.files()["sv/anvandare.txt"].decode() == (
        "\ufeffAnvändare\n=========\n\nSe slutet eller start <https://a.example/privacy/sv/>.\n\n"
        "Gäller från och med 1 mars 2026\n\nSlut\n----\n\nSlut.\n\n"
        "Kontakt\n-------\n\nBolaget AB\na@b.example\n\n--------------------\n\n"
        "Texten som webbsida: <https://a.example/privacy/sv/anvandare/>\n\n"
        "Texten på andra språk:\n\n- English: <https://a.example/privacy/en/users.txt>\n"
    )
    assert b".txt" not in site.files()["sitemap.xml"]


def test_without_an_address_links_are_seen_from_the_text(site: Site) -> None:
    """It stands one folder above its page; a front page names what it forgets, as there."""
    site.write(FILES).build()
    text = site.files()["en/users.txt"].decode()
    assert "the start <./>" in text
    assert "web page: <users/>" in text
    assert "Svenska: <../sv/anvandare.txt>" in text
    front = site.files()["en/index.txt"].decode()
    assert "Read <users/>" in front
    assert "- More <more/>" in front


def test_what_is_late_or_missing_is_said_in_words(site: Site) -> None:
    """As on the page, with the address of the original."""
    site.severities |= {"section-outdated": "warning", "notice-missing": "warning"}
    site.write(FILES).review()
    site.write({"sv/user.md": FILES["sv/user.md"].replace("Slut.", "Slut!")})
    (site.content / "en" / "more.md").unlink()
    assert site.build().is_done
    text = " ".join(site.files()["en/users.txt"].decode().split())
    late = "has been changed since this text was translated. Read the original: Svenska: Slut "
    assert f"{late}<../sv/anvandare/#end> End --- End." in text
    missing = site.files()["en/more.txt"].decode("utf-8-sig")
    assert missing.startswith("This text has not been translated yet. It is shown in the")
    assert "Mer\n===" in missing


@pytest.mark.parametrize(("name", "source"), [("golden", "sv"), ("arabic", "ar"), ("plain", "en")])
def test_every_word_of_a_page_is_in_its_text(site: Site, name: str, source: str) -> None:
    """In whatever language and direction; no mark of direction is put in."""
    site.content, site.source_language = SITES / name, source
    files = dict(Renderer(site.catalog(), site.settings).files())
    texts = [path for path in files if path.endswith(".txt") and path != "robots.txt"]
    assert texts
    for path in texts:
        made = files[path].decode()
        page = path.replace("index.txt", "").replace(".txt", "/") + "index.html"
        shown = BeautifulSoup(files[page].decode(), "html.parser")
        parts = shown.select(".introduction, .effective, .text h2, .text h3, .body, .contact")
        text = " ".join(part.get_text(" ") for part in parts)
        signs = [sign for sign in text if sign.isalnum()]
        assert len(signs) > 50
        assert is_within(signs, (sign for sign in made if sign.isalnum()))
        assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069\r]", made)
        assert not re.search(r"\n\n\Z|[ \t]$", made, re.M)
