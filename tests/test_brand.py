# SPDX-License-Identifier: AGPL-3.0-or-later
"""`brand.toml`: name, colours and logo of an organisation, in every page and nowhere else."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices import brand, report, tokens
from notices import settings as site_settings
from notices.logo import LogoError, read_logo
from notices.model import Brand
from notices.theme import stylesheet
from tests.conftest import Site, one

ORGANISATION = 'name = "Bolaget AB"\nemail = "info@example.org"\n'
NOTICE = {"sv/user.md": "# Titel\n\nText.\n", "organisation.toml": ORGANISATION}
PATH = '<path d="M0 0h9" fill="currentColor"/>'
DRAWING = '<svg viewBox="0 0 48 24">{}</svg>'


def styled(site: Site) -> str:
    """Give the tokens layer of a notice's page."""
    style = one(site.page("sv/user/index.html"), "style").string or ""
    found = re.search(r"@layer tokens\{(.*?)\}\n?@layer base", style, re.DOTALL)
    assert found
    return found[1]


def test_without_the_file_the_theme_has_its_own_look(site: Site) -> None:
    """The organisation's name, no logo, the theme's icon, not a token more."""
    assert site.write(NOTICE).build().is_done
    page = site.page("sv/user/index.html")
    assert one(page, "a.brand").text == "Bolaget AB"
    assert not page.select(".logo, svg")
    theme = site.settings.theme
    assert site.files()["favicon.svg"] == (theme / "static" / "favicon.svg").read_bytes()
    assert styled(site).count("@media") == 1


def test_name_logo_and_colours_are_on_every_page(site: Site) -> None:
    """Name in masthead and title, the logo hidden from speech, colours below the theme's."""
    text = (
        'name = "Märket"\n'
        f"logo = '''\n{DRAWING.format(PATH)}\n'''\n"
        '[light]\naccent = "#114488"\npage = "36rem"\n[dark]\naccent = "#aaccff"\n'
    )
    work = site.write({**NOTICE, "brand.toml": text}).build()
    assert work.is_done and not [f for f in work.findings if f.severity == "error"]
    page = site.page("sv/user/index.html")
    assert one(page, "a.brand").text == "Märket"
    assert "Märket" in one(page, "title").text
    assert "Bolaget AB" in one(page, ".contact").text
    assert str(one(page, "a.brand svg")) == (
        '<svg aria-hidden="true" class="logo" height="28" viewbox="0 0 48 24" width="56">'
        '<path d="M0 0h9" fill="currentColor"></path></svg>'
    )
    assert styled(site).endswith(
        ":root{--page:36rem}@media (prefers-color-scheme:light){:root{--accent:#114488}}"
        "@media (prefers-color-scheme:dark){:root{--accent:#aaccff}}"
    )
    icon = ElementTree.fromstring(site.files()["favicon.svg"])
    assert icon.tag == "{http://www.w3.org/2000/svg}svg"
    assert icon.get("viewBox") == "0 0 48 24"


def test_paper_wins_over_the_brand() -> None:
    """Its layer stands after that of the tokens: later layers overrule (CSS Cascade 5, 6.4.4)."""
    made = site_settings.from_file()
    text = stylesheet(made, ("text",), Brand("", light={"accent": "#114488"}))
    assert text.startswith("@layer tokens,base,text,print;")
    assert text.index("#114488") < text.index("@layer base{")
    assert re.search(r"@media print \{\s*:root \{[^}]*--accent: #000;", text)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('name = "', 1, "not valid TOML"),
        ("name = 3\n", 1, "'name' is no text"),
        ('\nname = " "\n', 2, "'name' is no text"),
        ('\nname = "a\\u0000b"\n', 2, "some are invisible"),
        ('name = "\\u0017policy\\u0017"\n', 1, "some are invisible"),
        (f'name = "{"x" * 101}"\n', 1, "is longer than 100 characters"),
        ("logo = []\n", 1, "'logo' is no text"),
        ('logo = "files/logo.svg"\n', 1, "is no drawing but 'files/logo.svg'"),
        ('colour = "red"\n', 1, "'colour' is no entry of a brand"),
        ('light = "red"\n', 1, "'light' is no table"),
        ("[[dark]]\n", 1, "'dark' is no table"),
        ('[light]\n\nacent = "#123"\n', 3, "the theme has no token 'acent'"),
        ('[light]\naccent = "#114488"\n\n[dark]\nacent = "#fff"\n', 5, "no token 'acent'"),
        ("[light]\naccent = 3\n", 2, "'accent' in [light] is no value"),
        ('[light]\naccent = ""\n', 2, "is no value"),
        ('[light]\naccent = "red;}*{color:red"\n', 2, "is no value"),
        ('[light]\naccent = "url(x)"\n', 2, "is no value"),
        ("[light]\naccent = \"image-set('x')\"\n", 2, "is no value"),
        ('[light]\n"a b" = "red"\n', 2, "'a b' in [light] is no value"),
        (f'[light]\naccent = "{"(" * 100_000}"\n', 2, "is no value"),
        ('[light]\naccent = "var(--ink)"\n', 2, "is no value"),
        ('[light]\npage = "40"\n', 2, "'page' is a measure, and '40' is none"),
        ('[light]\nround = "0"\npage = "#123"\n', 3, "is a measure, and '#123' is none"),
        ('[light]\ntouch = "2rem"\n', 2, "'touch' is not for a brand to set: what can be pressed"),
        ('[light]\nmeasure = "90rem"\n', 2, "'measure' is not for a brand to set: lines have"),
        ('[light]\ngap = "clamp(1rem, 2vw, 2rem)"\npage = "red"\n', 3, "is a measure"),
        ('[light]\naccent = "oklch(40% 0.2 20)"\n', 2, "is no value that a token may have"),
        ('[light]\naccent = "calc(1px + 2px)"\n', 2, "is a colour, and 'calc(1px + 2px)' is none"),
        ('[light]\naccent = "#11448880"\n', 2, "is none that can be judged"),
        ("name = 'x'\nlogo = '<svg>'\n", 2, "not well-formed"),
        ("logo = '''\n<svg viewBox='0 0 1 1'>\n<path></g>\n</svg>'''\n", 3, "not well-formed"),
        ("logo = '''<svg viewBox='0 0 1 1'>\n<path></g>\n</svg>'''\n", 2, "not well-formed"),
    ],
)
def test_what_cannot_be_used_is_a_finding_at_its_line(
    site: Site, text: str, line: int, said: str
) -> None:
    """And is left out of the pages, which stay well-formed in a preview."""
    (found,) = site.write({**NOTICE, "brand.toml": text}).findings()
    assert (found.code, found.path, found.line) == ("brand-malformed", "content/brand.toml", line)
    assert said in found.message
    assert found.fix.endswith((".", "?"))
    assert "did you mean accent?" in found.fix or "acent" not in text
    assert site.build(lenient=True).is_done
    assert "url(" not in styled(site) and "*{color" not in styled(site)


def test_an_unreadable_file_is_a_finding(site: Site) -> None:
    """NUL, other encodings, git's marks, a hundred thousand entries: each at its place."""
    for text in (b"name = 'a\x00'", b"name = '\xff'", b"<<<<<<< ours\n"):
        assert len(site.write({**NOTICE, "brand.toml": text}).findings()) == 1
    entries = "\n".join(f'a{number} = "#123"' for number in range(100_000))
    for many in (entries, f"[light]\n{entries}"):
        (found,) = site.write({**NOTICE, "brand.toml": many}).findings()
        assert "more than 100 entries" in found.message


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<script>x()</script>", "<script>"),
        ("<style>a{}</style>", "<style>"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<use href='#a'/>", "<use>"),
        ("<image href='x.png'/>", "<image>"),
        ("<text>x</text>", "<text>"),
        ("<svg viewBox='0 0 1 1'/>", "<svg>"),
        ("<animate attributeName='x'/>", "<animate>"),
        ("<h:p xmlns:h='http://www.w3.org/1999/xhtml'>x</h:p>", "xhtml"),
        ("<path onclick='x()'/>", "onclick"),
        ("<path style='fill:red'/>", "style"),
        ("<path href='#a'/>", "href"),
        ("<g xmlns:l='http://www.w3.org/1999/xlink' l:href='x'/>", "href"),
        ("<path fill='url(https://example.org/a#b)'/>", "lead out"),
        ("<path fill='url(#none)'/>", "'#none'"),
        ("<path fill='ur\\6c(x)'/>", "lead out"),
        ("<path fill='image-set(x)'/>", "lead out"),
        ("<path id='a b'/>", "'a b'"),
        ("<g>" * 20 + "</g>" * 20, "deep"),
        ("<g>" * 4_000 + "</g>" * 4_000, "deep"),
        ("<g>" * 5_000 + "</g>" * 5_000, "longer"),
        ("<path d='" + "M0 0h9 " * 700 + "'/>", "bytes"),
    ],
)
def test_a_logo_holds_nothing_but_a_drawing(inner: str, said: str) -> None:
    """No script, style, text or reference, and nothing that makes each page heavy."""
    with pytest.raises(LogoError, match=re.escape(said)):
        read_logo(DRAWING.format(inner))


@pytest.mark.parametrize(
    "drawing",
    [
        "",
        "x",
        "<p/>",
        "<svg/>",
        "<svg viewBox='0 0 0 1'/>",
        "<svg viewBox='0 0 nan 1'/>",
        "<svg viewBox='0 0 inf 1'/>",
        "<svg viewBox='0 0 99 1'/>",
        "<svg viewBox='0 0 1 1'><path id='a'/><path id='a'/></svg>",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg viewBox='0 0 1 1'>&a;</svg>",
    ],
)
def test_a_logo_is_a_drawing_with_measures(drawing: str) -> None:
    """Without them it would have the size of the window."""
    with pytest.raises(LogoError):
        read_logo(drawing)


def test_what_a_drawing_program_saves_is_written_anew() -> None:
    """Ids get a prefix, and so do references to them; remarks, titles and classes go."""
    inline, icon = read_logo(
        "<?xml version='1.0'?>\n<!-- made with care -->\n"
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:p='http://example.org/p' version='1.1' "
        "viewBox='0,0 10 10' width='10mm' id='svg1' p:zoom='3'>"
        "<title>Ours</title><metadata>x</metadata><p:view/>"
        "<defs><linearGradient id='main'><stop offset='0' stop-color='rgb(1,2,3)'/>"
        "</linearGradient></defs><g class='a'>\n<rect width='1' height='2' "
        "fill=' url( #main ) ' transform='translate(1 2)'/></g></svg>"
    )
    assert inline == (
        '<svg class="logo" width="28" height="28" viewBox="0,0 10 10" aria-hidden="true"><defs>'
        '<linearGradient id="_logo-main"><stop offset="0" stop-color="rgb(1,2,3)"/>'
        '</linearGradient></defs><g><rect width="1" height="2" fill="url(#_logo-main)" '
        'transform="translate(1 2)"/></g></svg>'
    )
    assert icon.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" color="gray" viewBox="0,0 10 10"><defs>'
    )
    ElementTree.fromstring(icon)


TAGS = st.sampled_from(["g", "path", "defs", "script", "title", "use", "x:y", "svg", "stop"])
NAMES = st.sampled_from(["d", "fill", "id", "onload", "style", "href", "viewBox", "class"])
VALUES = st.text("\"'<>&#()urlM0 \\a;:/", max_size=12) | st.just("url(#a)")


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.just(""),
        lambda inner: st.builds(
            lambda tag, attributes, inside: ElementTree.tostring(
                ElementTree.Element(tag, attributes), encoding="unicode"
            ).replace(" />", f">{inside}</{tag}>"),
            TAGS,
            st.dictionaries(NAMES, VALUES, max_size=2),
            inner,
        ),
        max_leaves=6,
    )
)
def test_whatever_a_logo_is_made_of_it_stays_a_drawing(inner: str) -> None:
    """What is accepted holds only what the lists allow, and reads as the same XML."""
    try:
        inline, _ = read_logo(DRAWING.format(inner))
    except LogoError:
        return
    root = ElementTree.fromstring(inline)
    for element in root.iter():
        assert element.tag in {"svg", "g", "path", "defs", "stop"}
        assert not element.attrib.keys() & {"onload", "style", "href"}
        assert not (element.get("id") or "_").strip("_").startswith("a")
        for value in element.attrib.values():
            assert "url(" not in value.replace("url(#_logo-", "")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20) | st.text("#()a1f;{}/*\"'\\! ,%-", max_size=12))
def test_whatever_a_value_is_the_style_sheet_stays_whole(value: str) -> None:
    """A value ends neither its declaration nor its rule, and asks for nothing."""
    safe = brand._value(value)
    theme = Path(site_settings.ROOT) / "theme"
    text = brand.style(Brand("", light={"accent": safe}), tokens.read_tokens(theme))
    if safe:
        import tinycss2

        (rule,) = tinycss2.parse_stylesheet(text)
        (root,) = tinycss2.parse_rule_list(rule.content)
        (entry,) = tinycss2.parse_declaration_list(root.content)
        assert (entry.type, entry.name) == ("declaration", "--accent")
        assert "url" not in {node.type for node in entry.value}


def test_the_page_on_theming_is_true(site: Site) -> None:
    """Its example builds without a finding, it names every token, and quotes what is printed."""
    text = (site_settings.ROOT / "docs" / "theming.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"   ```toml\n(.*?)   ```", text, re.DOTALL)
    assert site.write({**NOTICE, "brand.toml": textwrap.dedent(example)}).findings() == []
    assert site.build().is_done
    assert one(site.page("sv/user/index.html"), "a.brand svg.logo")
    for name in tokens.read_tokens(site_settings.ROOT / "theme").light:
        assert f"`{name}`" in text, name
    site.write({"brand.toml": '[light]\naccent = "#2a8f94"\n'})
    assert textwrap.indent(report.text(site.findings()[:1]), "   ") in text
