# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing active and nothing from elsewhere comes out of a notice, whatever went in."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices.model import Organisation
from notices.source.converter import Converter
from notices.source.elements import Elements
from notices.source.metadata import Metadata
from notices.source.notice import _Cut
from tests.conftest import Site

ALLOWED_ATTRIBUTES = {
    "alt", "class", "href", "hreflang", "id", "lang", "role", "scope", "src", "start", "title",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Text\n<script>alert(1)</script>", 4),
        ("<!-- dold -->", 3),
        ("a\n\n<div onclick='x'>b</div>", 5),
        ("<img src=x onerror=alert(1)>", 3),
        ("- a\n- b <b>c</b>", 4),
        ("| a |\n|---|\n| <i>b</i> |", 5),
        ("<svg/onload=alert(1)>", 3),
        ("<script\nsrc=x>", 3),
        ("<!--\n\növer flera stycken\n\n-->", 3),
        ("<?php x ?>", 3),
        ("<iframe src=//evil.example", 3),
        ("`<b>` är kod, men <b> är det inte", 3),
    ],
)
def test_html_is_found_where_it_stands(site: Site, text: str, line: int) -> None:
    """Raw HTML is a finding at its line, and in the page at most the text that it is."""
    site.write({"sv/user.md": f"# T\n\n{text}\n"})
    found = site.places()
    assert found[0] == ("raw-html", "sv/user.md", line)
    assert {code for code, _, _ in found} == {"raw-html"}
    notice = site.catalog().notices["user"]["sv"]
    soup = BeautifulSoup(notice.introduction, "html.parser")
    assert not soup.find(["script", "div", "img", "svg", "iframe", "b", "i"])


@pytest.mark.parametrize(
    "text",
    ["3 < 5 och 5 > 3", "\\<b> är text", "`<b>`", "```\n<script>\n```", "&lt;b&gt;", "a <3 b"],
)
def test_signs_that_are_no_html(site: Site, text: str) -> None:
    """Look-alikes are text, and no finding."""
    site.write({"sv/user.md": f"# T\n\n{text}\n"})
    assert site.places() == []


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#106;avascript&colon;alert(1)",
        "&#x01;javascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "vbscript:x",
        "data:text/html,<b>",
        "<javascript:alert(1)>",
    ],
)
def test_active_addresses_in_any_disguise(site: Site, address: str) -> None:
    """An address that would run a program is found as a browser would read it, and is left out."""
    site.write({"sv/user.md": f"# T\n\nSe [här]({address}) nu.\n"})
    assert ("active-content", "sv/user.md", 3) in site.places()
    assert "href" not in site.catalog().notices["user"]["sv"].introduction


def test_active_addresses_by_reference(site: Site) -> None:
    """The definition of a reference is no hiding place."""
    site.write({"sv/user.md": "# T\n\n[här][x]\n\n[x]: javascript:alert(1)\n"})
    assert site.places() == [("active-content", "sv/user.md", 3)]


@pytest.mark.parametrize(
    "address",
    [
        "//other.example/x",
        "/sv/user/",
        "ftp://a.example",
        "\\\\a.example",
        "../../x.md",
        "#",
        "x:y",
    ],
)
def test_addresses_that_cannot_be_checked(site: Site, address: str) -> None:
    """Rooted, protocol-relative, escaping and odd addresses are findings."""
    site.write({"sv/user.md": f"# T\n\n[x]({address})\n"})
    assert site.places() == [("link-malformed", "sv/user.md", 3)]


@pytest.mark.parametrize(
    "address", ["https://a.example/?y=1&z#å", "mailto:a@b.example", "tel:+461"]
)
def test_ordinary_addresses(site: Site, address: str) -> None:
    """Links to other sites, e-mail and telephone are let through."""
    site.write({"sv/user.md": f"# T\n\n[x]({address})\n"})
    assert site.places() == []
    soup = BeautifulSoup(site.catalog().notices["user"]["sv"].introduction, "html.parser")
    assert [a["href"] for a in soup.select("a")] == [address]


def test_images_are_the_sites_own(site: Site) -> None:
    """A picture of the site is published; another site's, or one without text, is found."""
    site.write(
        {
            "files/plan.png": b"\x89PNG",
            "sv/user.md": "# T\n\n![Plan](../files/plan.png)\n\n![x](https://a.example/x.png)\n\n"
            "![](../files/plan.png)\n\n![x](../files/none.png)\n",
        }
    )
    assert site.places() == [
        ("link-malformed", "sv/user.md", 5),
        ("image-without-text", "sv/user.md", 7),
        ("link-file-missing", "sv/user.md", 9),
    ]


def test_a_language_name_is_text(site: Site) -> None:
    """What an editor writes in language.toml is escaped like everything else."""
    site.write(
        {
            "sv/user.md": "# T\n",
            "en/user.md": "# T\n",
            "en/language.toml": 'name = "<script>alert(1)</script>"\n',
        }
    )
    site.build()
    for path in ("index.html", "sv/user/index.html", "404.html"):
        assert not site.page(path).find("script")


PIECES = """< > " ' & script onload= javascript: ( ) [ ] ! { } # = style <svg <a href src // `
https://evil.example | data: &#106; &Tab; ![ ]( [x]: \\ notice:0 href="notice:0" <!-- --> ]]>
[[email]] *[ ]: é <script> onclick="alert(1)" ``` !!! note""".split()
HOSTILE = st.lists(st.sampled_from([*PIECES, " ", "\n", "\n\n", "```\n"]), max_size=25).map("".join)


@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(HOSTILE)
def test_nothing_active_survives(text: str) -> None:
    """For any text: only allow-listed attributes and schemes, nothing fetched from another host."""
    converter = Converter()
    root = converter.convert(f"# T\n\n{text}\n\n## H {{#h}}\n\n{text}")
    elements = Elements(converter, root, "x.md", 1, "sv", Organisation(""))
    notice = _Cut(converter, elements).notice(root, "x", "sv", "x.md", Metadata())
    html = notice.title + notice.introduction
    html += "".join(section.title + section.body for section in notice.sections)
    for element in BeautifulSoup(html, "html.parser").find_all(True):
        assert element.name not in ("script", "style", "iframe", "object", "svg", "form", "base")
        assert set(element.attrs) <= ALLOWED_ATTRIBUTES
        address = str(element.get("href", "https:"))
        assert address.partition(":")[0] in ("http", "https", "mailto", "tel", "notice")
        assert str(element.get("src", "notice:0")).startswith("notice:")
