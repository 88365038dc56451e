# SPDX-License-Identifier: AGPL-3.0-or-later
"""Catalog → pages: what stands in the head, which links there are, and where they lead."""

from __future__ import annotations

from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from tests.conftest import SITES, Site, one

FILES = {
    "organisation.toml": 'name = "Bolaget AB"\naddress = ["Gatan 1", "123 45 Orten"]\n'
    'email = "a@b.example"\ntelephone = "+46 18 12 34 56"\n',
    "sv/index.md": "# Start\n\nVälkommen.\n\n## Vem? {#who}\n\n- [Använder](user.md)\n"
    "- [Köper](buyer.md)\n",
    "en/index.md": "# Welcome\n\nHello.\n\n## Who? {#who}\n\n- [Use](user.md)\n- [Buy](buyer.md)\n",
    "sv/user.md": "---\nslug: anvandare\neffective: 2026-03-01\n---\n\n# Användare\n\n"
    "Inledning.\n\n## Vem? {#who}\n\nSe [köpare](buyer.md#data).\n\n"
    "### När? {#when}\n\nNu. [Upp](#who)\n",
    "en/user.md": "---\nslug: users\neffective: 2026-03-01\n---\n\n# Users\n\n"
    "Introduction.\n\n## Who? {#who}\n\nSee [buyers](buyer.md#data) or "
    "[Swedish](../sv/user.md#when){hreflang=sv}.\n\n### When? {#when}\n\nNow. [Up](#who)\n",
    "sv/buyer.md": "# Köpare\n\n## Uppgifter {#data}\n\nText.\n",
    "en/buyer.md": "# Buyers\n\n## Data {#data}\n\nText.\n",
}
"""A site with everything that pages link to."""


@pytest.fixture
def built(site: Site) -> Site:
    """Give the site above, built without an address."""
    assert site.write(FILES).build().is_done
    return site


def links_of(site: Site, path: str) -> dict[str, str]:
    """Give the pages that a page links to inside the site, by the link's text."""
    found = {}
    for link in site.page(path).select("a[href]"):
        address = urljoin(f"https://x.example/{path}", str(link["href"]))
        if address.startswith("https://x.example/"):
            found[" ".join(link.text.split())] = address.removeprefix("https://x.example/")
    return found


def test_the_pages_are_where_they_should_be(built: Site) -> None:
    """Root, language front pages, notices under their slugs, and the page for lost readers."""
    assert sorted(built.files()) == [
        "404.html",
        "_headers",
        "build.json",
        "compare/sv-en/buyer/index.html",
        "compare/sv-en/index.html",
        "compare/sv-en/user/index.html",
        "en/404.html",
        "en/buyer.txt",
        "en/buyer/index.html",
        "en/index.html",
        "en/index.txt",
        "en/users.txt",
        "en/users/index.html",
        "favicon.svg",
        "index.html",
        "robots.txt",
        "sv/404.html",
        "sv/anvandare.txt",
        "sv/anvandare/index.html",
        "sv/buyer.txt",
        "sv/buyer/index.html",
        "sv/index.html",
        "sv/index.txt",
    ]


def test_every_link_inside_the_site_lands(built: Site) -> None:
    """Each relative link leads to a page that exists, and each fragment to an id on it."""
    pages = {path for path in built.files() if path.endswith(".html")}
    seen = 0
    for path in pages:
        for text, address in links_of(built, path).items():
            target, _, fragment = address.partition("#")
            file = target if target.endswith((".html", ".txt")) else f"{target}index.html"
            assert file in built.files(), (path, text, address)
            if fragment:
                assert built.page(file).find(id=unquote(fragment)), (path, text, address)
            seen += 1
    assert seen > 40


def test_links_in_the_text_lead_to_the_same_language(built: Site) -> None:
    """A Markdown link becomes a link to the page in the reader's language, unless it says else."""
    links = links_of(built, "en/users/index.html")
    assert links["buyers"] == "en/buyer/#data"
    assert links["Swedish"] == "sv/anvandare/#when"
    assert links["Up"] == "en/users/index.html#who"


def test_each_section_links_to_itself_in_the_other_language(built: Site) -> None:
    """The link names the section in the target language, and says which language that is."""
    section = one(built.page("sv/anvandare/index.html"), "section#when")
    link = one(section, ".links li a")
    assert (link["href"], link["lang"], link["hreflang"]) == ("../../en/users/#when", "en", "en")
    assert link.text == "English: When?"


def test_many_languages_fold_into_one(site: Site) -> None:
    """With more than three other languages the links stand in one <details>."""
    for tag in ("sv", "en", "de", "fi", "nb"):
        site.write({f"{tag}/user.md": "# T\n\n## A {#a}\n"})
    site.build()
    section = one(site.page("sv/user/index.html"), "section#a")
    assert len(section.select(".links details a")) == 4
    (site.content / "nb" / "user.md").unlink()
    (site.content / "nb").rmdir()
    site.build()
    section = one(site.page("sv/user/index.html"), "section#a")
    assert not section.select("details")
    assert len(section.select(".links li a")) == 3


def test_sections_nest_as_their_headings_do(built: Site) -> None:
    """An h3's section stands inside the h2's."""
    page = built.page("sv/anvandare/index.html")
    assert one(page, "section#who > section#when > h3").text == "När?"
    contents = [str(link["href"]) for link in page.select("nav.contents a")]
    assert contents == ["#who", "#when"]
    assert one(page, "nav.contents ol ol a").text == "När?"


def test_the_root_has_every_notice_in_every_language(built: Site) -> None:
    """One click takes any reader to their text, in their language."""
    doors = built.page("index.html").select("section.door")
    assert [(door["lang"], one(door, "h2").text) for door in doors] == [
        ("sv", "Svenska"),
        ("en", "English"),
    ]
    assert [link.text for link in doors[0].select("a")] == ["Start", "Användare", "Köpare"]
    assert [str(link["href"]) for link in doors[1].select("a")] == ["en/", "en/users/", "en/buyer/"]


def test_the_front_page_offers_the_choice(built: Site) -> None:
    """The editor's list of notices is the choice; nothing is listed twice."""
    page = built.page("sv/index.html")
    assert [link.text for link in page.select("ul.choices a")] == ["Använder", "Köper"]
    assert [str(link["href"]) for link in page.select("ul.choices a")] == ["anvandare/", "buyer/"]


def test_a_notice_that_the_front_page_forgets_is_listed_there(built: Site) -> None:
    """No page is out of a reader's reach."""
    built.write({"sv/cookies.md": "# Kakor\n", "en/cookies.md": "# Cookies\n"})
    built.build()
    assert links_of(built, "sv/index.html")["Kakor"] == "sv/cookies/"
    assert links_of(built, "en/index.html")["Cookies"] == "en/cookies/"


def test_a_folder_without_a_front_page_gets_one(site: Site) -> None:
    """It lists the notices, and has a title."""
    site.write({"sv/user.md": "# Användare\n", "sv/a.md": "# A\n"}).build()
    assert links_of(site, "sv/index.html")["Användare"] == "sv/user/"
    assert one(site.page("sv/index.html"), "h1").text == "Så hanterar vi personuppgifter"
    assert one(site.page("sv/index.html"), "title").text == "Så hanterar vi personuppgifter"


def test_the_date_is_written_in_the_pages_language(built: Site) -> None:
    """The effective date by Babel, the words around it from the catalog."""
    swedish = one(built.page("sv/anvandare/index.html"), ".effective")
    english = one(built.page("en/users/index.html"), ".effective")
    assert " ".join(swedish.text.split()) == "Gäller från och med 1 mars 2026"
    assert " ".join(english.text.split()) == "In force from March 1, 2026"
    assert one(english, "time")["datetime"] == "2026-03-01"
    assert not built.page("en/buyer/index.html").select(".effective")


def test_the_contact_block_says_what_the_organisation_states(built: Site) -> None:
    """Name, lines of the address, e-mail and telephone; nothing where nothing is stated."""
    block = one(built.page("sv/index.html"), "footer.contact address")
    assert list(block.stripped_strings) == [
        "Bolaget AB",
        "Gatan 1",
        "123 45 Orten",
        "a@b.example",
        "+46 18 12 34 56",
    ]
    assert [str(link["href"]) for link in block.select("a")] == [
        "mailto:a@b.example",
        "tel:+4618123456",
    ]
    (built.content / "organisation.toml").unlink()
    built.build()
    assert not built.page("sv/index.html").select("footer.contact")


# The head


def head(page: BeautifulSoup) -> dict[str, str]:
    """Give the links of a page's head, by rel and hreflang."""
    return {
        " ".join([*link["rel"], str(link.get("hreflang", ""))]).strip(): str(link["href"])
        for link in page.select("head link")
    }


def test_the_head_below_a_path(site: Site) -> None:
    """Canonical and alternates are absolute, links between pages stay relative."""
    site.address = "https://a.example/privacy"
    site.write(FILES).build()
    page = site.page("en/users/index.html")
    assert one(page, "html")["lang"] == "en"
    assert one(page, "html")["dir"] == "ltr"
    assert one(page, "title").text == "Users – Bolaget AB"
    assert one(page, 'meta[name="description"]')["content"] == "Introduction."
    assert head(page) == {
        "canonical": "https://a.example/privacy/en/users/",
        "alternate sv": "https://a.example/privacy/sv/anvandare/",
        "alternate en": "https://a.example/privacy/en/users/",
        "alternate x-default": "https://a.example/privacy/",
        "alternate": "../users.txt",
        "privacy-policy": "../",
        "icon": "../../favicon.svg",
    }
    assert "Sitemap: https://a.example/privacy/sitemap.xml" in site.files()["robots.txt"].decode()


def test_the_head_without_an_address(built: Site) -> None:
    """Every address is relative, there is no sitemap, and the closing line says so."""
    assert head(built.page("en/users/index.html")) == {
        "canonical": "./",
        "alternate sv": "../../sv/anvandare/",
        "alternate en": "./",
        "alternate x-default": "../../",
        "alternate": "../users.txt",
        "privacy-policy": "../",
        "icon": "../../favicon.svg",
    }
    assert "Sitemap" not in built.files()["robots.txt"].decode()
    assert "no site address" in built.build().summary()[-1]


def test_the_sitemap_lists_each_page_with_its_alternates(site: Site) -> None:
    """Every page that search engines may show, with the same alternates as in its head."""
    site.address = "https://a.example"
    site.write(FILES).build()
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    names["x"] = "http://www.w3.org/1999/xhtml"
    listed = {}
    for url in ElementTree.fromstring(site.files()["sitemap.xml"]).findall("s:url", names):
        address = str(url.findtext("s:loc", namespaces=names))
        listed[address.removeprefix("https://a.example/")] = {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", names)
        }
    pages = {
        path.removesuffix("index.html")
        for path in site.files()
        if path.endswith("index.html") and not path.startswith("compare/")
    }
    assert set(listed) == pages
    for address, alternates in listed.items():
        assert alternates == {
            key.removeprefix("alternate "): href
            for key, href in head(site.page(f"{address}index.html")).items()
            if key.startswith("alternate ")
        }


def test_a_lost_reader_finds_home_from_any_depth(site: Site) -> None:
    """With an address the page's links begin at the host's root, and it is not indexed."""
    site.address = "https://a.example/privacy"
    site.write(FILES).build()
    page = site.page("404.html")
    assert [str(link["href"]) for link in page.select(".door a")] == [
        "/privacy/sv/",
        "/privacy/en/",
    ]
    assert one(page, 'meta[name="robots"]')["content"] == "noindex"
    assert [one(door, "h2").text for door in page.select(".door")] == ["Svenska", "English"]


def test_a_lost_reader_is_met_in_the_language_of_the_address(site: Site) -> None:
    """The page of each language speaks it, names it first, and is as little found by others."""
    site.address = "https://a.example/privacy"
    site.write(FILES).build()
    for lang, title, hrefs in (
        ("sv", "Sidan finns inte", ["/privacy/sv/", "/privacy/en/"]),
        ("en", "Page not found", ["/privacy/en/", "/privacy/sv/"]),
    ):
        page = site.page(f"{lang}/404.html")
        assert one(page, "html")["lang"] == lang
        assert one(page, "h1").text == title
        assert [str(link["href"]) for link in page.select(".door a")] == hrefs
        assert one(page, ".brand")["href"] == f"/privacy/{lang}/"
        assert one(page, 'meta[name="robots"]')["content"] == "noindex"
        assert not page.select('link[rel="alternate"], link[rel="canonical"]')
        assert f"{lang}/404" not in site.files()["sitemap.xml"].decode()


def test_pages_ask_for_nothing_from_elsewhere(built: Site) -> None:
    """No script, no inline style, no frame, no subresource but the site's own icon."""
    for path in (path for path in built.files() if path.endswith(".html")):
        page = built.page(path)
        assert not page.find(["script", "iframe", "object", "embed", "img", "base"])
        assert not page.select("[style], [onclick], [onload]")
        assert not page.select('[src], link[rel="stylesheet"]')
        assert b"@import" not in built.files()[path]
        assert b"url(" not in built.files()[path]


def test_ids_of_the_theme_never_meet_those_of_sections(built: Site) -> None:
    """Every id of a page is unique, and the theme's begin with an underscore."""
    text = "# T\n\n" + "".join(
        f"## {name} {{#{name}}}\n\n" for name in ("main", "contents", "contact")
    )
    built.write({"sv/user.md": text, "en/user.md": text}).build()
    for path in (path for path in built.files() if path.endswith(".html")):
        ids = [str(element["id"]) for element in built.page(path).select("[id]")]
        assert len(ids) == len(set(ids))


# Missing translations


def test_a_missing_translation_shows_the_source_where_the_site_allows_it(site: Site) -> None:
    """With its true lang, a notice in the reader's language, links to their pages, no hreflang."""
    site.severities["notice-missing"] = "warning"
    files = {path: text for path, text in FILES.items() if path != "en/user.md"}
    assert site.write(files).build().is_done
    page = site.page("en/user/index.html")
    assert one(page, "html")["lang"] == "en"
    assert one(page, ".introduction")["lang"] == "sv"
    assert {str(body["lang"]) for body in page.select("section .body")} == {"sv"}
    assert one(page, ".untranslated").text.startswith("This text has not been translated")
    assert links_of(site, "en/user/index.html")["köpare"] == "en/buyer/#data"
    assert "alternate en" not in head(page)
    assert head(page)["canonical"] == "../../sv/anvandare/"
    assert "alternate en" not in head(site.page("sv/anvandare/index.html"))
    listed = one(site.page("index.html"), '.door[lang="en"] a[href="en/user/"]')
    assert (listed.text, listed["lang"]) == ("Användare", "sv")


def test_a_missing_section_stands_in_its_place_in_the_source_language(site: Site) -> None:
    """So the ids are the same in both languages, and links to it land."""
    site.severities["section-missing"] = "warning"
    site.write(FILES)
    site.write({"en/user.md": "# Users\n\nIntroduction.\n\n## When? {#when}\n\nNow.\n"})
    site.severities["section-level"] = "warning"
    assert site.build().is_done
    page = site.page("en/user/index.html")
    assert [str(section["id"]) for section in page.select(".text section")] == ["who", "when"]
    missing = one(page, "section#who")
    assert one(missing, ".untranslated")
    assert one(missing, "h2")["lang"] == "sv"
    assert not one(page, "section#when").select(".untranslated")


def test_an_arabic_notice_runs_from_right_to_left(site: Site) -> None:
    """The page says so, and so does each link in a language that runs otherwise."""
    site.content = SITES / "arabic"
    site.source_language = "ar"
    assert site.build().is_done
    page = site.page("ar/privacy/index.html")
    assert (one(page, "html")["lang"], one(page, "html")["dir"]) == ("ar", "rtl")
    links = page.select(".links li a, .languages a[lang]")
    assert links
    assert {(str(link["lang"]), str(link["dir"])) for link in links} == {("en", "ltr")}
    english = site.page("en/privacy/index.html").select(".links li a")
    assert {(str(link["lang"]), str(link["dir"])) for link in english} == {("ar", "rtl")}


def test_another_organisations_plain_markdown(site: Site) -> None:
    """English, German and Japanese without ids or metadata: built as it is, with equal ids."""
    site.content = SITES / "plain"
    site.source_language = "en"
    assert site.build().is_done
    ids = {
        lang: [
            str(section["id"])
            for section in site.page(f"{lang}/privacy/index.html").select(".text section")
        ]
        for lang in ("en", "de", "ja")
    }
    assert (
        ids["en"]
        == ids["de"]
        == ids["ja"]
        == [
            "which-data-do-we-keep",
            "how-long",
            "backups",
            "your-rights",
        ]
    )
    assert links_of(site, "ja/privacy/index.html")["権利"] == "ja/privacy/index.html#your-rights"


def test_a_link_into_a_file_keeps_its_fragment(site: Site) -> None:
    """A page of a PDF document is named after the sign #."""
    site.write({"files/a.pdf": b"%PDF", "sv/user.md": "# T\n\n[x](../files/a.pdf#page=3)\n"})
    assert site.build().is_done
    link = one(site.page("sv/user/index.html"), ".introduction a")
    assert link["href"] == "../../files/a.pdf#page=3"


def test_a_notice_without_its_source_is_linked_only_where_it_is(site: Site) -> None:
    """No page links to a page that is not made, whatever the site allows."""
    site.severities["notice-extra"] = "warning"
    site.write({"sv/user.md": "# T\n", "en/user.md": "# T\n", "en/more.md": "# M\n"})
    site.write({"en/index.md": "# I\n\n[m](more.md)\n"})
    assert site.build().is_done
    files = site.files()
    assert "sv/index.html" in files
    for path in (path for path in files if path.endswith(".html")):
        for address in links_of(site, path).values():
            target = address.partition("#")[0]
            is_file = target.endswith((".html", ".txt"))
            assert (target if is_file else f"{target}index.html") in files


def test_an_untranslated_introduction_is_marked_as_such(site: Site) -> None:
    """It is the source's text, and says so; so does the link to an untranslated section."""
    long = "Den här meningen har fler än fyrtio bokstäver och är inte översatt."
    site.write(
        {
            "sv/user.md": f"# Titel\n\n{long}\n\n## A {{#a}}\n\n{long}\n",
            "en/user.md": f"# Titel\n\n{long}\n\n## A {{#a}}\n\n{long}\n",
        }
    )
    site.build()
    page = site.page("en/user/index.html")
    assert one(page, ".introduction")["lang"] == "sv"
    assert len(page.select(".untranslated")) == 2
    assert not site.page("sv/user/index.html").select(".links li")


def test_robots_txt_is_plain_text(site: Site) -> None:
    """Nothing in it is escaped as if it were HTML."""
    site.address = "https://a.example/x&y"
    site.write({"sv/user.md": "# T\n"}).build()
    assert b"Sitemap: https://a.example/x&y/sitemap.xml" in site.files()["robots.txt"]


# Translations that are late


def late(site: Site) -> Site:
    """Give a site whose source has changed in one section since the translation was checked."""
    site.write({"sv/user.md": "# T\n\nI.\n\n## Ett {#a}\n\nEtt.\n\n## Två {#b}\n\nTvå.\n"})
    site.write({"en/user.md": "# T\n\nI.\n\n## One {#a}\n\nOne.\n\n## Two {#b}\n\nTwo.\n"})
    site.review().severities["section-outdated"] = "warning"
    return site.write({"sv/user.md": "# T\n\nI.\n\n## Ett {#a}\n\n1.\n\n## Två {#b}\n\nTvå.\n"})


def test_a_late_section_says_so_above_its_text(site: Site) -> None:
    """In the reader's language, with a link to the same section in the source's."""
    assert late(site).build().is_done
    page = site.page("en/user/index.html")
    (note,) = page.select("section .outdated")
    assert note.parent is not None
    assert note.parent["id"] == "a"
    assert note.find_next_sibling().name == "h2"  # type: ignore[union-attr]
    assert note.get_text().startswith(
        "The original has been changed since this text was translated."
    )
    link = one(note, "a")
    assert (link["href"], link["lang"], link["hreflang"]) == ("../../sv/user/#a", "sv", "sv")
    assert link.get_text() == "Svenska: Ett"


def test_which_language_prevails_is_said_once(site: Site) -> None:
    """At the top of a notice with a late section, and nowhere else."""
    late(site).build()
    (note,) = site.page("en/user/index.html").select(".introduction + .outdated")
    assert "the original applies" in note.get_text()
    assert one(note, "a")["href"] == "../../sv/user/"
    assert not site.page("sv/user/index.html").select(".outdated")
    site.review().build()
    assert not site.page("en/user/index.html").select(".outdated")


def test_a_late_opening_says_so(site: Site) -> None:
    """A title and introduction are a section like any other."""
    late(site).review()
    site.write({"sv/user.md": "# T\n\nJ.\n\n## Ett {#a}\n\n1.\n\n## Två {#b}\n\nTvå.\n"})
    site.build()
    (note,) = site.page("en/user/index.html").select(".outdated")
    assert one(note, "a")["href"] == "../../sv/user/"
    assert note.find_next_sibling()["class"] == ["introduction"]  # type: ignore[index]


def test_a_late_section_stops_a_build_unless_a_site_allows_it(site: Site) -> None:
    """By default nothing goes out that is known to be old."""
    late(site).severities.clear()
    assert not site.build().is_done


def test_a_picture_in_a_heading_is_words_in_a_link(site: Site) -> None:
    """The contents and the links of a section say what it shows."""
    text = "# T\n\n## S ![bild](../files/a.png) {#s}\n\nText.\n"
    site.write({"sv/user.md": text, "en/user.md": text.replace("bild", "image")})
    site.write({"files/a.png": b"\x89PNG"}).build()
    page = site.page("sv/user/index.html")
    assert one(page, ".contents a").get_text() == "S bild"
    assert one(page, ".links li a").get_text() == "English: S image"
    assert [image["src"] for image in page.select("img")] == ["../../files/a.png"]
