# SPDX-License-Identifier: AGPL-3.0-or-later
"""What style sheets, XML files, manifests and robots.txt say of other places, and where."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.links.model import Placed
from notices.links.reading import css, documents, feeds, manifest, robots, svg, xml

SITEMAP = """\ufeff<?xml version="1.0" encoding="iso-8859-1"?>
<?xml-stylesheet title="no: href='no.xsl'" type="text/xsl" href="/sitemap.xsl?a=1&amp;b"?>
<!-- <url><loc>https://no.example/</loc></url> -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:other="urn:other"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
  xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">
  <loc>https://no.example/</loc>
  <url>
    <loc>
      https://example.org/å/?a=1&amp;b=2
    </loc>
    <other:loc>https://no.example/</other:loc><lastmod>2026-01-01</lastmod>
    <xhtml:link rel="alternate" hreflang="de"
      href="https://example.org/de/"/>
    <xhtml:link rel="amphtml" href="https://no.example/"/>
    <image:image><image:loc>https://example.org/a.png</image:loc>
      <image:title>https://no.example/</image:title></image:image>
    <video:video><video:thumbnail_loc>https://example.org/t.jpg</video:thumbnail_loc>
      <video:content_loc><![CDATA[https://example.org/v.mp4?a&b]]></video:content_loc></video:video>
  </url>
  <url><loc/></url>
</urlset>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="urn:o" xml:base="https://example.org/a/">
  <id>https://no.example/</id><icon>icon.png</icon><logo>/logo.png</logo>
  <generator uri="https://generator.example/">G</generator>
  <link rel="self" href="feed.xml"/><o:link href="no"/><link rel="next"/>
  <author><name>A</name><uri>me</uri></author>
  <entry xml:base="b/">
    <link rel="alternate" hreflang="sv" href="../post"/><link rel="enclosure" href="e.mp3"/>
    <content type="image/png" src="c.png"/><title>uri</title>
  </entry>
</feed>
"""
RSS = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel xml:base="/no/">
  <link>https://example.org/</link><atom:link rel="self" href="/rss.xml"/><title>link</title>
  <image><url>/logo.png</url><link>/home</link></image><url>no</url>
  <item><link> /one </link><guid>/g1</guid><enclosure url="/e.mp3" length="1"/>
    <comments>/one#comments</comments><source url="/other.xml">no</source></item>
  <item><guid isPermaLink="false">no</guid><guid isPermaLink="true">/g2</guid><link/></item>
</channel></rss>
"""
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" id="å" xmlns:x="http://www.w3.org/1999/xlink">
  <style>/* url(no) */
    a { fill: url(#one) }\r\n<![CDATA[ b > c { mask: url(two.svg#m) } ]]>&amp; d { x: url(three) }
  </style>
  <style type="text/plain">url(no)</style>
  <a hreflang="de" href="page.html" x:href="no"><text data-href="no" href="no">url(no)</text></a>
  <use xml:id="u"
    x:href="#å"/>
  <image href=" i.png "/><rect id="" style='fill: url("four")' fill="url(#five)" class="url(no)"/>
  <g xmlns="urn:other" href="no" fill="url(no)" id="g"/><path fill="red"/><script href="s.js"/>
</svg>
"""
SHEET = """@charset "no"; @import "a.css" layer(x) supports(background: url(no)) print;
@IMPORT URL( 'b.css' ) screen; @namespace svg url(http://no.example/);\r\n\f@import c url(no);
/* url(no) @import "no" */ a[href="url(no)"]::before { content: "url(no) \\"url(no)"; }
@media print { b { x: \\75rl(d\\20 e.png) uRL("f.png"), url(), url(""), curl(no), url /**/ (no) } }
c { background: image-set("g.png" 1x, url(h.png) 2x, "i" type("no")), foo("no");
  x: -webkit-image-set("j" 1x), cross-fade(url(k), src( "l" )), src(no); y: url(no no) }
@supports (x: url(no)) { d { --x: { a: [ url(m) ] } } } @document url(no) { e { x: url(n) } }
f { x: url(o"""
MANIFEST = """{
  "id": "/no", "name": "start_url", "start_url": "/\\u0061?b=\\"", "scope": "/no",
  "icons": [{"sizes": "src", "src": "i.png"}, {"src": "j.png"}, {"src": ["no"]}],
  "screenshots": [{"src": "s.png"}], "description": "/",
  "shortcuts": [{"name": "n", "url": "/u", "icons": [{"src": "k.png"}]}],
  "share_target": {"action": "/share", "params": {"url": "no"}},
  "protocol_handlers": [{"protocol": "web+a", "url": "/p?%s"}],
  "file_handlers": [{"action": "/open", "accept": {"text/plain": [".txt"]}}],
  "related_applications": [{"platform": "web", "url": "https://example.org/"}, {"id": "no"}],
  "x": {"start_url": "no", "icons": [{"src": "no"}]}
}
"""
ROBOTS = """\ufeff# Sitemap: https://no.example/
User-agent: *
Disallow: /sitemap: x
  SITEMAP :\thttps://example.org/a.xml # Sitemap: no\rSitemap:\r
Sitemaps: https://no.example/
Sitemap https://no.example/
sitemap:https://example.org/å.xml"""


def told(found: Iterable[Placed]) -> list[tuple[str, str, str, str]]:
    """Give the references without their places, and without what links alone have."""
    return [tuple(placed.reference[:4]) for placed in found]  # type: ignore[misc]


def at(text: str, found: Iterable[Placed]) -> list[str]:
    """Give the word of the text at each offset."""
    return [text[placed.offset :].split(maxsplit=1)[0] for placed in found]


def in_css(text: str) -> list[str]:
    """Give the addresses in a piece of CSS."""
    return [placed.reference.value for placed in css.references(text)]


def in_xml(text: str) -> list[Placed]:
    """Give what an XML file refers to, as the caller of the package asks for it."""
    return list(documents.references(xml.read(text)))


def in_svg(inside: str) -> list[tuple[str, str, str, str]]:
    """Give what an SVG file refers to."""
    return told(in_xml(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'))


def kind(text: str) -> str:
    """Give the kind of an XML file."""
    return documents.kind_of(xml.read(text))


def fault(text: str) -> tuple[int, int, str]:
    """Give the place of an XML file's fault, and what is said of it."""
    found = xml.read(text).fault
    assert found
    return found.line, found.column, found.message


def test_a_style_sheet_names_its_files() -> None:
    """Addresses count in any nesting, case and escape; comments, strings and conditions do not."""
    found = list(css.references(SHEET))
    values = ["a.css", "b.css", "d e.png", "f.png", *"g.png h.png i j k l m n o".split()]
    assert [placed.reference.value for placed in found] == values
    assert {placed.reference[:2] for placed in found[:2]} == {("style", "@import")}
    assert {placed.reference[:2] for placed in found[2:]} == {("style", "url()")}
    assert {placed.reference.use for placed in found} == {"resource"}


def test_an_address_in_css_has_a_place() -> None:
    """It is that of the url() or the string, whatever line ends stand before it."""
    found = [SHEET[placed.offset :] for placed in css.references(SHEET)]
    begins = ['"a.css"', "URL( 'b", "\\75rl(d", "uRL(", '"g.png"', "url(h", '"i"', '"j"', "url(k"]
    begins += ['src( "l"', "url(m", "url(n", "url(o"]
    assert all(text.startswith(begin) for text, begin in zip(found, begins, strict=True))


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\f", "\n\r", "é\n", "\0", "😀"])
def test_places_in_css_survive_line_ends(end: str) -> None:
    """CSS makes one sign of each kind of line end, and the offsets stay those of the file."""
    text = f"/*{end}*/{end}{end}a{{{end}x: url(a.png)}}{end}"
    (placed,) = css.references(text)
    assert text[placed.offset :].startswith("url(a.png)")


def test_one_reader_serves_for_attributes_too() -> None:
    """The declarations of style="" and the value of fill="" are lists of the same tokens."""
    (placed,) = css.references("color: red; background: url('a.png')", "td")
    assert placed.reference[:3] == ("td", "url()", "a.png")
    assert in_css("url(#a) none") == ["#a"]
    assert in_css("color: red; content: 'url(a)'") == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("@import url(a) layer(b);url(c)", ["a", "c"]),
        ("@import;url(a)", ["a"]),
        ("@import x 'a'; @import /**/ 'b'", ["b"]),
        ("@\\69mport 'a'", ["a"]),
        ("{@import 'a'}url(b)", ["a", "b"]),
        ("{@page url(a)}url(b)", ["b"]),
        ("url(a\\29 b)", ["a)b"]),
        ("url('a\\\nb')", ["ab"]),
        ('url("a', ["a"]),
        ("url(a'b)", []),
        ('url("a\nb")', []),
        ("/* url(a)", []),
        ("url(\\d800)", ["\ufffd"]),
        (f"x: {'1' * 5000}; url(a)", ["a"]),
        (f"url({'1' * 50}); x: {'1' * 5000}", ["1" * 50]),
        ("URL(A)", ["A"]),
        ("\N{LATIN SMALL LETTER DOTLESS I}mage-set('a')", []),
        ("image-set(('a'))", []),
        ("a)]}url(b)", ["b"]),
    ],
)
def test_css_is_read_as_browsers_read_it(text: str, values: list[str]) -> None:
    """Faults end where CSS Syntax 3 lets them end; what is no address is left out."""
    assert in_css(text) == values


def test_an_xml_file_is_elements_with_places() -> None:
    """Names have namespaces; texts, joined from their pieces, know where each sign stands."""
    text = (
        "<a xmlns='urn:a' xmlns:p='urn:p' p:b=\"1\"\n b = '2'>é &lt; <p:c/>\r\n<![CDATA[<x>]]></a>"
    )
    read = xml.read(text)
    outer, inner = read.elements
    assert (read.root, read.namespace, read.fault) == ("a", "urn:a", None)
    assert (inner.name, inner.namespace, inner.parent, read.parent(inner)) == (
        "c",
        "urn:p",
        0,
        outer,
    )
    assert read.parent(outer) is None
    assert outer.attributes == {"urn:p}b": "1", "b": "2"}
    assert text[read.offset_of(outer, "b") :].startswith("b = '2'")
    assert text[read.offset_of(outer, "urn:p}b") :].startswith('p:b="1"')
    assert read.offset_of(outer, "none") == 0
    assert outer.text == "é < \n<x>"
    assert [text[outer.place(n)] for n in range(8)] == ["é", " ", "&", " ", "\r", "<", "x", ">"]
    assert text[outer.place(5) - 9 :].startswith("<![CDATA[")
    assert text[inner.offset :].startswith("<p:c/>")


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("", 1, 1, "the file ends"),
        ("<a>", 1, 4, "the file ends"),
        ("<a>\n <b></c></a>", 2, 7, "the open element's, b"),
        ("<a>& b</a>", 1, 5, "&amp;"),
        ("<a>é&nbsp;</a>", 1, 5, "no such name"),
        ("<a b=c/>", 1, 6, "quotation marks"),
        ("<a b='' b=''/>", 1, 9, "twice"),
        ("<a/>\n<b/>", 2, 1, "outermost"),
        (" <?xml version='1.0'?><a/>", 1, 2, "before <?xml"),
        ("<a b:c=''/>", 1, 1, "prefix"),
        ("text", 1, 1, "only a tag"),
        ("<a><![CDATA[", 1, 13, "CDATA"),
        ("<a><!-- ", 1, 4, "comment"),
        ("<a>\0</a>", 1, 4, "no XML"),
        ("<!DOCTYPE a [\n<!ENTITY b 'c'>]><a>&b;</a>", 2, 12, "ENTITY"),
        ("<!DOCTYPE a [<!ENTITY % b SYSTEM 'c'>%b;]><a/>", 1, 37, "ENTITY"),
        ("<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>", 1, 34, "default for b"),
        (f"<!DOCTYPE a [<!ATTLIST a {'b CDATA #IMPLIED ' * 1001}>]><a/>", 1, 17034, "1,000 attrib"),
        ("<a>" * 1001, 1, 3001, "nests"),
        (f"<a xmlns='{'n' * 501}'/>", 1, 1, "namespace"),
    ],
)
def test_a_fault_of_xml_is_told(text: str, line: int, column: int, words: str) -> None:
    """Each has a line, a column and a sentence; nothing is raised, fetched or expanded."""
    found = fault(text)
    assert found[:2] == (line, column)
    assert words in found[2]


@pytest.mark.parametrize(
    "text",
    [
        "<a>&lt;&gt;&amp;&quot;&apos;&#233;</a>",
        "<!DOCTYPE a PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://no.example/'><a>&b;</a>",
        "<!DOCTYPE a [<!ATTLIST a b ID #IMPLIED><!ELEMENT a ANY>]><a b='c'/>",
        "<?xml version='1.0' encoding='utf-16'?><a>å</a>",
        f"{'<a>' * 1000}{'</a>' * 1000}",
        f"<a xmlns='{'n' * 500}'/>",
        "\ufeff<a/>\n",
        "<a>\ud800</a>",
    ],
)
def test_what_is_no_fault_of_xml(text: str) -> None:
    """XML's own entities, other declarations and a wrong encoding's name are read over."""
    assert xml.read(text).fault is None


def test_before_a_fault_all_is_read() -> None:
    """The elements above the fault are there, open ones with the text so far."""
    read = xml.read("<a><b>one</b><c>two</a>")
    assert [(element.name, element.text) for element in read.elements] == [
        ("a", ""),
        ("b", "one"),
        ("c", "two"),
    ]


def test_a_sitemap_lists_addresses() -> None:
    """Pages, their languages and media count; other vocabularies and comments do not."""
    found = in_xml(SITEMAP)
    assert told(found) == [
        ("xml-stylesheet", "href", "/sitemap.xsl?a=1&b", "resource"),
        ("url", "loc", "https://example.org/å/?a=1&b=2", "link"),
        ("link", "href", "https://example.org/de/", "link"),
        ("image", "loc", "https://example.org/a.png", "resource"),
        ("video", "thumbnail_loc", "https://example.org/t.jpg", "resource"),
        ("video", "content_loc", "https://example.org/v.mp4?a&b", "resource"),
        ("url", "loc", "", "link"),
    ]
    assert (found[2].reference.hreflang, found[2].reference.rel) == ("de", "alternate")
    assert at(SITEMAP, found) == [
        "<?xml-stylesheet",
        "https://example.org/å/?a=1&amp;b=2",
        'href="https://example.org/de/"/>',
        "https://example.org/a.png</image:loc>",
        "https://example.org/t.jpg</video:thumbnail_loc>",
        "https://example.org/v.mp4?a&b]]></video:content_loc></video:video>",
        "<loc/></url>",
    ]


def test_an_index_lists_sitemaps() -> None:
    """Only loc of sitemap counts in an index, and only loc of url in a sitemap."""
    text = "<sitemapindex xmlns='{}'><{}><loc>/a.xml</loc></{}></sitemapindex>"
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    index = text.format(namespace, "sitemap", "sitemap")
    assert told(in_xml(index)) == [("sitemap", "loc", "/a.xml", "link")]
    assert told(in_xml(text.format(namespace, "url", "url"))) == []


def test_an_atom_feed_has_addresses() -> None:
    """They are resolved against xml:base; rel and hreflang stay; ids and titles are no address."""
    found = in_xml(ATOM)
    assert told(found) == [
        ("feed", "icon", "https://example.org/a/icon.png", "resource"),
        ("feed", "logo", "https://example.org/logo.png", "resource"),
        ("generator", "uri", "https://generator.example/", "link"),
        ("link", "href", "https://example.org/a/feed.xml", "link"),
        ("author", "uri", "https://example.org/a/me", "link"),
        ("link", "href", "https://example.org/a/post", "link"),
        ("link", "href", "https://example.org/a/b/e.mp3", "resource"),
        ("content", "src", "https://example.org/a/b/c.png", "resource"),
    ]
    assert [placed.reference[4:] for placed in found[3:7]] == [
        ("", "self"),
        ("", ""),
        ("sv", "alternate"),
        ("", "enclosure"),
    ]
    assert [ATOM[placed.offset :][:8] for placed in found] == [
        *("icon.png", "/logo.pn", 'uri="htt', 'href="fe'),
        *("me</uri>", 'href="..', 'href="e.', 'src="c.p'),
    ]


@pytest.mark.parametrize(
    ("base", "address", "expected"),
    [
        ("", "a", "a"),
        ("https://example.org/b/c", "a", "https://example.org/b/a"),
        ("/b/c", "../a", "/a"),
        ("//example.org/b", "/a", "//example.org/a"),
        ("b/", "../../a", "b/../../a"),
        ("b/c?d#e", "a", "b/a"),
        ("b/c?d#e", "#a", "b/c?d#a"),
        ("b/c?d#e", "?a", "b/c?a"),
        ("b/", "/a", "/a"),
        ("b/", "https://example.org/", "https://example.org/"),
        ("https://example.org/", "mailto:a@example.org", "mailto:a@example.org"),
        ("https://[", "a", "a"),
        ("https://example.org/", "https://[", "https://["),
    ],
)
def test_a_base_may_be_relative_itself(base: str, address: str, expected: str) -> None:
    """Then the whole stays relative, and the way up is left to whoever knows the file's place."""
    assert feeds.joined(base, address) == expected


def test_an_rss_feed_has_addresses() -> None:
    """A guid is one unless it says no; Atom's link is known; RSS knows no xml:base."""
    found = in_xml(RSS)
    assert told(found) == [
        ("channel", "link", "https://example.org/", "link"),
        ("link", "href", "/rss.xml", "link"),
        ("image", "url", "/logo.png", "resource"),
        ("image", "link", "/home", "link"),
        ("item", "link", "/one", "link"),
        ("item", "guid", "/g1", "link"),
        ("enclosure", "url", "/e.mp3", "resource"),
        ("item", "comments", "/one#comments", "link"),
        ("source", "url", "/other.xml", "link"),
        ("item", "guid", "/g2", "link"),
    ]
    written = ["https://example.org/", 'href="', "/logo.png", "/home", "/one ", "/g1", 'url="/e']
    written += ["/one#comments", 'url="/other', "/g2"]
    assert all(
        RSS[placed.offset :].startswith(begin) for placed, begin in zip(found, written, strict=True)
    )


def test_a_picture_has_addresses() -> None:
    """Links, resources and CSS of SVG's own elements count; other vocabularies' do not."""
    found = in_xml(PICTURE)
    assert told(found) == [
        ("style", "url()", "#one", "resource"),
        ("style", "url()", "two.svg#m", "resource"),
        ("style", "url()", "three", "resource"),
        ("a", "href", "page.html", "link"),
        ("use", "xlink:href", "#å", "resource"),
        ("image", "href", "i.png", "resource"),
        ("rect", "url()", "four", "resource"),
        ("rect", "url()", "#five", "resource"),
        ("script", "href", "s.js", "resource"),
    ]
    assert at(PICTURE, found) == [
        *("url(#one)", "url(two.svg#m)", "url(three)", 'href="page.html"', 'x:href="#å"/>'),
        *('href="', "style='fill:", 'fill="url(#five)"', 'href="s.js"/>'),
    ]
    assert found[3].reference.hreflang == "de"


def test_a_picture_has_ids() -> None:
    """Each id has the place of its attribute; an empty one is none."""
    found = list(svg.ids(xml.read(PICTURE)))
    assert [name for name, _ in found] == ["å", "u", "g"]
    assert [PICTURE[offset:].partition(">")[0] for _, offset in found][1:] == [
        'xml:id="u"\n    x:href="#å"/',
        'id="g"/',
    ]


def test_gradients_filters_and_motion_are_resources() -> None:
    """What SVG fetches by href is told from what merely has such an attribute."""
    names = "feImage linearGradient mpath pattern radialGradient textPath".split()
    assert in_svg("".join(f"<{name} href='#a'/>" for name in names)) == [
        (name, "href", "#a", "resource") for name in names
    ]
    assert in_svg("<text href='#a'/><path marker-end='none' d='url(a)'/>") == []
    assert in_svg("<path marker-end='url(#m)'/>") == [("path", "url()", "#m", "resource")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SITEMAP, "sitemap"),
        ("<sitemapindex/>", "sitemap-index"),
        (ATOM, "atom"),
        ("<feed/>", "other"),
        (RSS, "rss"),
        (PICTURE, "svg"),
        ("<svg/>", "other"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", "xhtml"),
        ("<html/>", "other"),
        ("", "other"),
    ],
)
def test_a_root_tells_the_kind(text: str, expected: str) -> None:
    """Browsers know a picture, a page and a feed by namespace; a mere name is not enough."""
    assert kind(text) == expected


def test_style_sheets_of_any_xml_file_count() -> None:
    """The instruction counts before the first element only, and by its own name."""
    text = "<?xml-stylesheet href='a.css'?><?other href='no'?><a><?xml-stylesheet href='no'?></a>"
    assert told(in_xml(text)) == [("xml-stylesheet", "href", "a.css", "resource")]


def test_a_manifest_has_addresses() -> None:
    """Members count at their own place only, escapes are resolved, and an id is no address."""
    found = manifest.read(MANIFEST)
    assert found.fault is None
    assert told(found.references) == [
        ("manifest", "start_url", '/a?b="', "link"),
        ("icons", "src", "i.png", "resource"),
        ("icons", "src", "j.png", "resource"),
        ("screenshots", "src", "s.png", "resource"),
        ("shortcuts", "url", "/u", "link"),
        ("icons", "src", "k.png", "resource"),
        ("share_target", "action", "/share", "action"),
        ("protocol_handlers", "url", "/p?%s", "link"),
        ("file_handlers", "action", "/open", "link"),
        ("related_applications", "url", "https://example.org/", "link"),
    ]
    words = ['"/\\u0061', '"i.png"', '"j.png"', '"s.png"', '"/u"', '"k.png"', '"/share"']
    words += ['"/p?%s"', '"/open"', '"https://example.org/"']
    assert all(
        MANIFEST[placed.offset :].startswith(word)
        for placed, word in zip(found.references, words, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", (1, 1)),
        ('{\n "a": }', (2, 7)),
        ("[]", (1, 1)),
        ('{"a": "NaN",\n"b": NaN}', (2, 6)),
        ("[" * 100_000, (1, 1)),
        ('{"start_url": "/", }', (1, 20)),
        ("{'start_url': '/'}", (1, 2)),
    ],
)
def test_a_fault_of_a_manifest_is_told(text: str, place: tuple[int, int]) -> None:
    """Each has a line and a column, and no address is given."""
    found = manifest.read(text)
    assert found.references == ()
    assert found.fault
    assert (found.fault.line, found.fault.column) == place


@pytest.mark.parametrize(
    "text",
    [
        '{"icons": {"src": "a"}}',
        '{"icons": {"[]": {"src": "a"}}}',
        '{"icons": ["a"], "start_url": ["a"], "scope": 1}',
        '{"start_url": ""}',
        f'{{"start_url": {"1" * 5000}}}',
        "{}",
    ],
)
def test_a_manifest_of_another_shape_has_no_address(text: str) -> None:
    """A browser takes no notice of a member that is not of its type."""
    assert manifest.read(text) == manifest.Manifest()


def test_a_manifest_may_begin_with_a_mark() -> None:
    """A byte-order mark is no fault, and lone surrogates become signs that can be written."""
    text = '\ufeff{"start_url": "/\\ud800"}'
    (placed,) = manifest.read(text).references
    assert placed.reference.value == "/\ufffd"
    assert text[placed.offset :].startswith('"/\\ud800"')


def test_robots_name_sitemaps() -> None:
    """The line counts in any case and group; comments and look-alikes do not."""
    found = list(robots.references(ROBOTS))
    assert told(found) == [
        ("robots.txt", "Sitemap", "https://example.org/a.xml", "link"),
        ("robots.txt", "Sitemap", "https://example.org/å.xml", "link"),
    ]
    assert at(ROBOTS, found) == ["https://example.org/a.xml", "https://example.org/å.xml"]
    assert told(robots.references("Sitemap:\n#Sitemap: a\nDisallow: /sitemap: a\nsitemap a")) == []


def all_of_xml(text: str) -> list[int]:
    """Give all places in an XML file that are told of."""
    read = xml.read(text)
    every = [placed.offset for placed in documents.references(read)]
    every += [offset for _, offset in svg.ids(read)]
    every += [element.place(n) for element in read.elements for n in range(len(element.text))]
    return every


READERS: dict[str, tuple[Callable[[str], list[int]], list[str]]] = {
    "css": (lambda text: [placed.offset for placed in css.references(text)], [SHEET]),
    "xml": (all_of_xml, [SITEMAP, ATOM, RSS, PICTURE]),
    "manifest": (lambda text: [p.offset for p in manifest.read(text).references], [MANIFEST]),
    "robots": (lambda text: [placed.offset for placed in robots.references(text)], [ROBOTS]),
}
"""Each reader as a function from a text to offsets, and real input for it."""

NOISE = st.text(st.characters() | st.sampled_from("\\\"'(){}[]<>&;:,@#/*!?- \n\r\f\0\ud800"))


@pytest.mark.parametrize("name", READERS)
@given(text=NOISE)
def test_no_text_is_too_odd(name: str, text: str) -> None:
    """Whatever the text, nothing is raised, and each place lies in it."""
    reader, samples = READERS[name]
    for odd in (text, samples[0] + text, "url(a)" + text, "<a>" + text + "</a>", '{"a":' + text):
        assert all(0 <= offset < len(odd) for offset in reader(odd))


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
def test_no_damage_is_too_odd(name: str, data: st.DataObject) -> None:
    """Real input with a part cut out, doubled or replaced is read as well."""
    reader, samples = READERS[name]
    text = data.draw(st.sampled_from(samples))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + data.draw(NOISE | st.just(text[start:end] * 2)) + text[end:]
    assert all(0 <= offset < len(text) for offset in reader(text))


@given(gap=st.lists(st.sampled_from(["é", " ", "\n", "\r\n", "😀", "&amp;", "&#65;"])))
def test_places_in_xml_survive_entities(gap: list[str]) -> None:
    """What is shorter in the text than in the file moves no place."""
    before = "".join(gap)
    text = (
        f"<svg xmlns='{svg.SVG}'><style>{before}<![CDATA[{{}} @import 'a';]]></style>{before}</svg>"
    )
    for placed in in_xml(text):
        assert text[placed.offset :].startswith("'a'")


LARGE = 2_000_000
PATHOLOGICAL = {
    "css": [
        "url(a)" + "\\" * LARGE,
        "url(a)" + '"' + "a" * LARGE,
        "url(a)" + "/*" * (LARGE // 2),
        "url(a)" + "1" * LARGE,
        "url(" * 100_000,
        'url("' * 100_000,
        "url(a)" + "(" * 100_000,
        "url(a)" + "{a([" * 30_000,
        "url(a)" + '"\n' * 100_000,
        "@import 'a';" * 20_000,
    ],
    "xml": [
        "<" * LARGE,
        "<a>" * (LARGE // 3),
        "<a>é" + "&amp;" * (LARGE // 5),
        "<a " + "b" * LARGE,
        "<a b='" + "<" * LARGE,
        "<a><!--" + "-" * LARGE,
        "<?xml-stylesheet " + "a" * LARGE + "?><a/>",
        "<?xml-stylesheet " + "a='" * (LARGE // 3) + "?><a/>",
        "<a " + " ".join(f"b{n}='url(c)'" for n in range(100_000)) + "/>",
        f"<svg xmlns='{svg.SVG}'><style>" + "url(a)&amp;\r\n" * 20_000 + "</style></svg>",
        "<!DOCTYPE a [<!ELEMENT a " + "(" * LARGE,
        f"<feed xmlns='{feeds.ATOM}' xml:base='{'a/' * LARGE}'>" + "<link href='a'/>" * 20_000,
    ],
    "manifest": [
        "[" * LARGE,
        '{"a":' * (LARGE // 5),
        '"' + "\\" * LARGE,
        '{"a":' + "1" * LARGE + "}",
        '{"start_url": "' + "\\u0041" * (LARGE // 6) + '"}',
        '{"a": ["NaN", ' + "1," * (LARGE // 2) + " NaN]}",
    ],
    "robots": [":" * LARGE, "\r" * LARGE, "Sitemap:" + " " * LARGE + "a", "Sitemap:a#\n" * 100_000],
}


@pytest.mark.parametrize(
    ("name", "number"),
    [(name, n) for name, texts in PATHOLOGICAL.items() for n in range(len(texts))],
)
def test_the_worst_texts_end(
    name: str, number: int, record_property: Callable[[str, object], None]
) -> None:
    """Time is linear: two million signs of the worst kind are read (or refused) in seconds."""
    text = PATHOLOGICAL[name][number]
    began = time.perf_counter()
    offsets = READERS[name][0](text)
    record_property("seconds", round(time.perf_counter() - began, 2))
    assert all(0 <= offset < len(text) for offset in offsets)
