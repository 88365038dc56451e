# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a screen reader meets, as an outline that a person has read: tests/golden/outline/.

JavaScript is off. UPDATE_GOLDEN=1 writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

import langcodes
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from notices import languages
from tests.browser.barriers import tree
from tests.browser.barriers.modes import opened

GOLDEN = Path(__file__).parents[1] / "golden" / "outline"


def test_every_page_reads_as_it_did(browser: Browser, readers: list[str]) -> None:
    """Headings, landmarks and link names of the real site and the Arabic one, on a phone."""
    met = {}
    with opened(browser, width=320, java_script_enabled=False) as page:
        for address in readers:
            path = address.split("/", 3)[3]
            if path.startswith(("real/", "arabic/")):
                page.goto(address)
                name = path.removesuffix(".html").removesuffix("/index").replace("/", "-")
                met[f"{name}.txt"] = tree.outline(tree.read(page))
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        for file in GOLDEN.glob("*.txt"):
            file.unlink()
        for name, text in met.items():
            (GOLDEN / name).write_text(text, encoding="utf-8")
    assert met == {file.name: file.read_text(encoding="utf-8") for file in GOLDEN.glob("*.txt")}


def test_a_link_is_understood_by_itself(browser: Browser, readers: list[str]) -> None:
    """On each page one name leads to one place, and no name is empty or general (2.4.9)."""
    found = []
    with opened(browser) as page:
        for address in readers:
            if address.endswith(("/arabic/404.html", "/plain/404.html")) or "/golden/" in address:
                continue  # an interface without its words, see barriers/axe.py; words of no sense
            page.goto(address)
            # A menu that is closed holds links, too.
            page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
            found += [f"{address}: {one}" for one in tree.unclear_links(tree.read(page))]
    assert not found, "\n".join(found)


def faults_of_language(address: str, source: str) -> list[str]:
    """3.1.1, 3.1.2: languages that are none, and links that do not say where they change them."""
    page = BeautifulSoup(source, "html.parser")
    faults = [
        f"no language: {one.name} {one['lang']}"
        for one in page.select("[lang]")
        if not langcodes.tag_is_valid(str(one["lang"])) or not one["lang"]
    ]
    own = str(page.html["lang"]) if page.html and page.html.has_attr("lang") else ""
    if not own:
        faults.append("the page has no language")
    host = address.split("/", 3)[2]
    for link in page.select("a[href]"):
        aim = urljoin(address, str(link["href"])).split("#")[0]
        if aim == address or not aim.startswith(f"http://{host}/") or aim.endswith(".txt"):
            continue
        with urllib.request.urlopen(aim) as answer:
            other = BeautifulSoup(answer.read(4000), "html.parser").html
        if other and other.get("lang") != own and link.get("hreflang") != other.get("lang"):
            faults.append(f"it leads to another language, and does not say so: {link}")
        inherited = next(str(one["lang"]) for one in (link, *link.parents) if one.has_attr("lang"))
        words = link.get_text(" ", strip=True)
        for tag in (str(link.get("hreflang", "")),) if link.has_attr("hreflang") else ():
            locale = languages.locale(tag)
            name = locale.get_language_name() if locale else None
            if (
                words.casefold() == (name or tag).casefold()
                and inherited.split("-")[0] != tag.split("-")[0]
            ):
                faults.append(f"a language's name without its lang: {link}")
    return faults


def test_every_change_of_language_is_said(readers: list[str]) -> None:
    """Each lang is a real language; a link says which language it leads to, if it is another."""
    found = []
    for address in readers:
        if "/golden/" in address:
            continue  # its editor wrote a link named “English”, and no lang
        with urllib.request.urlopen(address) as answer:
            faults = faults_of_language(address, answer.read().decode())
        found += [f"{address}: {one}" for one in faults]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("<html lang=xxxx>", "no language"),
        ("<html>", "the page has no language"),
        ("<html lang=de><a href='../en/'>About us</a>", "it leads to another language"),
        ("<html lang=de><a href='../en/' hreflang=en>English</a>", "a language's name without"),
    ],
)
def test_a_missing_language_is_found(served: dict[str, str], broken: str, expected: str) -> None:
    """The instrument works, for each thing that may be missing."""
    faults = faults_of_language(f"{served['plain']}/de/x.html", broken)
    assert [one for one in faults if one.startswith(expected)]


def test_unclear_links_are_found(browser: Browser, served: dict[str, str]) -> None:
    """Two places of one name, a general name, no name."""
    with opened(browser) as page:
        page.goto(served["plain"])
        page.set_content(
            "<a href=//a>One</a><a href=//b>One</a><a href=//c>Läs mer</a><a href=//d></a>"
        )
        assert len(tree.unclear_links(tree.read(page))) == 3


def test_the_outline_shows_levels_languages_and_landmarks(browser: Browser) -> None:
    """What is read aloud, and in which language; hidden things are not."""
    with opened(browser, java_script_enabled=False) as page:
        page.set_content(
            "<html lang=sv><title>t</title><main><h2>Ett <em lang=en>one</em></h2><p>två"
            "<a href=//x lang=en>two</a><a href=//y hidden>x</a><p lang=en>words</main>"
        )
        lines = tree.outline(tree.read(page)).splitlines()
    assert lines == [
        "page: t [sv]",
        "  main",
        "    heading 2: Ett one",
        "      words: one [en]",
        "    link: two [en]",
        "    words: words [en]",
    ]
