# SPDX-License-Identifier: AGPL-3.0-or-later
"""The smallest sites that a stranger found wrong, each with what only looks like it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from notices import links
from notices.model import Finding

ADDRESS = "https://example.org"
HEAD = '<!doctype html>\n<html lang="{lang}">\n<title>t</title>\n'
NFD = unicodedata.normalize("NFD", "rätt")


def check(folder: Path, files: Mapping[str, str], base_url: str = "") -> list[Finding]:
    """Write files, and check them."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return links.check(folder, base_url)


def page(body: str, lang: str = "en") -> str:
    """Write a page."""
    return HEAD.format(lang=lang) + body + "\n"


def versions(lang: str, **addresses: str) -> str:
    """Write a page that names its versions; x_default stands for x-default."""
    lines = [
        f'<link rel="alternate" hreflang="{tag.replace("_", "-")}" href="{address}">'
        for tag, address in addresses.items()
    ]
    return page("\n".join(lines), lang)


PAIR = {
    "sv/index.html": versions("sv", sv="/sv/", en="/en/", x_default="/en/"),
    "en/index.html": versions("en", sv="/sv/", en="/en/", x_default="/en/"),
}


def replaced(path: str, old: str, new: str) -> Mapping[str, str]:
    """Give the pair with one thing changed."""
    assert old in PAIR[path]
    return {**PAIR, path: PAIR[path].replace(old, new, 1)}


def listing(*paths: str) -> str:
    """Write a sitemap."""
    entries = "".join(f"<url><loc>{ADDRESS}/{path}</loc></url>\n" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'


CASES: dict[str, tuple[Mapping[str, str], list[tuple[str, int, str]]]] = {
    "all is well": (PAIR, []),
    "a version on another host": (
        {
            **PAIR,
            "sv/index.html": PAIR["sv/index.html"].replace('"/en/"', '"https://x.org/en/"', 1),
        },
        [("sv/index.html", 5, "hreflang-differs")],
    ),
    "the page itself on another host": (
        replaced("sv/index.html", '"/sv/"', '"https://x.org/sv/"'),
        [("sv/index.html", 4, "hreflang-differs")],
    ),
    "x-default on another host": (
        replaced("sv/index.html", 'default" href="/en/"', 'default" href="https://x.org/"'),
        [("sv/index.html", 6, "hreflang-differs")],
    ),
    "all versions on another host": (
        {path: text.replace('"/', '"https://x.org/') for path, text in PAIR.items()},
        [("en/index.html", 4, "hreflang-incomplete"), ("sv/index.html", 4, "hreflang-incomplete")],
    ),
    "a language that always stands on another host": (
        {
            "sv/index.html": versions("sv", sv="/sv/", fi="https://x.fi/", x_default="/sv/"),
        },
        [],
    ),
    "an empty version": (
        replaced("sv/index.html", '"/en/"', '""'),
        [("sv/index.html", 5, "address-malformed")],
    ),
    "an empty canonical address": (
        {"a.html": page('<link rel="canonical" href="">')},
        [("a.html", 4, "address-malformed")],
    ),
    "no page for the root": (
        {"a.html": page('<a href="/">x</a>')},
        [("a.html", 4, "target-missing")],
    ),
    "a base that is none": (
        {"a.html": page('<base href="data:,x"><a href="a.html">x</a><a href="#q" id="q">y</a>')},
        [],
    ),
    "a base that is a program": (
        {"a.html": page('<base href="javascript:1"><a href="a.html">x</a>')},
        [("a.html", 4, "javascript-address")],
    ),
    "what a browser drops, beside another fault": (
        {
            "a.html": page(
                '<form action="a.html"><form action="gone.html"></form>\n<a href="b">x</a>'
            )
        },
        [("a.html", 5, "target-missing")],
    ),
    "alternates that are no translations": (
        {
            "a.html": page(
                '<link rel="alternate" type="application/atom+xml" hreflang="en" href="x.xml">'
                '<link rel="alternate stylesheet" hreflang="en" title="x" href="x.css">'
                '<link rel="alternate" media="print" hreflang="en" href="p.html">'
            ),
            "x.xml": '<feed xmlns="http://www.w3.org/2005/Atom"/>',
            "x.css": "",
            "p.html": page(""),
        },
        [],
    ),
    "tags of links to other hosts": (
        {
            "a.html": page(
                '<a href="https://x.org/" hreflang="sv">x</a>\n'
                '<a href="https://x.org/" hreflang="svenska">x</a>\n'
                '<a href="https://x.org/" hreflang="en-UK">x</a>\n'
                '<a href="https://x.org/" hreflang="swe">x</a>\n'
                '<a href="https://x.org/" hreflang="sms-Latn">x</a>\n'
            )
        },
        [
            ("a.html", 5, "hreflang-malformed"),
            ("a.html", 6, "hreflang-malformed"),
            ("a.html", 7, "hreflang-malformed"),
        ],
    ),
    "ids of pictures and forms": (
        {
            **PAIR,
            "sv/index.html": PAIR["sv/index.html"]
            + '<svg><clipPath id="c"/></svg><input id="q"><p id="x">',
            "en/index.html": PAIR["en/index.html"] + '<p id="x">',
        },
        [],
    ),
    "letters in two forms": (
        {"a.html": page(f'<p id="rätt"><a href="#{NFD}">x</a>')},
        [("a.html", 4, "fragment-missing")],
    ),
    "a sitemap that breaks off": (
        {**PAIR, "sitemap.xml": listing("sv/?a&b", "en/")},
        [("sitemap.xml", 2, "file-malformed")],
    ),
    "a sitemap of nothing": ({**PAIR, "sitemap.xml": ""}, [("sitemap.xml", 1, "file-malformed")]),
    "a sitemap that is none": (
        {**PAIR, "sitemap.xml": "<pages/>"},
        [("sitemap.xml", 1, "file-malformed")],
    ),
    "a redirect that leads nowhere": (
        {
            **PAIR,
            "old.html": page('<meta http-equiv="refresh" content="0; url=gone.html">'),
            "sitemap.xml": listing("sv/", "en/"),
        },
        [("old.html", 4, "target-missing")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_small_site(case: str, tmp_path: Path) -> None:
    """Each mistake is one finding, and what only looks like one is none."""
    files, expected = CASES[case]
    found = check(tmp_path, files, ADDRESS)
    assert [(one.path, one.line, one.code) for one in found] == expected, found


def test_the_repair_names_the_language_that_is_meant(tmp_path: Path) -> None:
    """A page that does not say its language is told the one that its versions call it."""
    text = PAIR["en/index.html"].replace(' lang="en"', "")
    (found,) = check(tmp_path, {**PAIR, "en/index.html": text}, ADDRESS)
    assert (found.code, '<html lang="en">' in found.fix) == ("page-language", True)


def test_a_page_is_not_blamed_for_what_others_say_of_it(tmp_path: Path) -> None:
    """Where others call it by two languages, its own is not said to be wrong."""
    said = {"sv": "/sv/", "en": "/en/", "fi": "/en/", "x_default": "/en/"}
    files = {f"{lang}/index.html": versions(lang, **said) for lang in ("sv", "en")}
    found = check(tmp_path, files, ADDRESS)
    assert found and "page-language" not in {one.code for one in found}


def test_two_forms_of_a_letter_are_explained(tmp_path: Path) -> None:
    """Two names that look alike are not just called different."""
    (found,) = check(tmp_path, {"a.html": page(f'<p id="rätt"><a href="#{NFD}">x</a>')})
    assert "composed" in found.message
