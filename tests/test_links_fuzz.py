# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever the files of a finished site hold: the link checker ends, and says where."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from notices import hooks, links, settings
from notices.links.folder import Folder
from notices.links.reading import page
from notices.links.reading.decoding import text_of
from notices.links.resolving import Resolver
from notices.model import Finding

FUZZED = hypothesis_settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

# --- what a file may hold

NAMES = st.sampled_from(
    "a area base blockquote body br button div form h1 head html iframe img input label li link "
    "map math meta noscript object option p plaintext pre q script select source span style svg "
    "table td template textarea title tr track use video xmp foreignObject desc image mi "
    "annotation-xml frameset linK".split()
)
ATTRIBUTES = st.sampled_from(
    "action aria-labelledby cite class content data fill for form headers href hreflang http-equiv "
    "id imagesrcset itemref lang list name ping poster rel src srcdoc srcset style usemap "
    "xlink:href HREF ID".split()
)
ADDRESSES = st.sampled_from(
    [
        *(
            "",
            "#",
            "#a",
            "#%C3%A5",
            "#å",
            "?a",
            "./",
            "../",
            "../../x",
            "index.html#a",
            "en/",
            "/sv/",
        ),
        *(
            "//example.org/",
            "https://site.invalid/",
            "http://[",
            "http://a b/",
            "\\\\x",
            "a\\b",
            "%",
        ),
        *(
            "%FF",
            "%2e%2e/%2e%2e/",
            "%00",
            "a%2Fb",
            "javascript:x",
            "mailto:a@b",
            "mailto:",
            "tel:+1",
        ),
        *(
            "tel:" + "1" * 50 + "x",
            "htp:x",
            "x" * 300,
            "\ufeff",
            "\u202e",
            "#:~:text=a,b",
            "data:,x",
        ),
        *("0;url=./", "0;url='x", "00;x", "en", "sv-SE", "x-default", "alternate", "canonical"),
        *("stylesheet", "refresh", "noindex", "a b  c", "a 1x, b (,) 2x,, c", "url(x)", "a{b:url("),
        *(
            "@import 'x';",
            "<a href=x>",
            "<p id=a>",
            "1" * 5_000,
            "İ",
            "ſ",
            "K",
            "e\u0301",
            "\U0001f600",
        ),
    ]
)
ODD = st.sampled_from(
    [
        *(
            "<",
            ">",
            "</",
            "<!",
            "<!--",
            "-->",
            "--!>",
            "<!-->",
            "<![CDATA[",
            "]]>",
            "<?",
            "?>",
            "&",
        ),
        *(
            "&amp;",
            "&#0;",
            "&#x110000;",
            "&#xD800;",
            "&#" + "9" * 5_000 + ";",
            "&notit;",
            "&copy=",
            '"',
        ),
        *(
            "'",
            "=",
            "/",
            "\0",
            "\r",
            "\n",
            "\r\n",
            "\f",
            "\x0b",
            "\u2028",
            "\x85",
            "\ufeff",
            "\ufffe",
        ),
        *(
            "<a href=",
            "<a href='",
            '<a href="',
            "</script",
            "</style x>",
            "</title>",
            "</template>",
        ),
        *("</svg>", "</p>", "</br>", "<!DOCTYPE html>", '<meta charset="utf-16">', "<a/href=x/>"),
        *('<meta charset="iso-2022-jp">', "<plaintext>", "<base href=", "\\", "url(", "\\75rl(x)"),
    ]
)


@st.composite
def tags(draw: st.DrawFn) -> str:
    """Write a tag as careless people do, perhaps with text and its end."""
    name = draw(NAMES)
    written = [f"<{name}"]
    for attribute in draw(st.lists(ATTRIBUTES, max_size=4)):
        value = draw(ADDRESSES)
        quote = draw(st.sampled_from(['"', "'", ""]))
        written.append(
            f"{draw(st.sampled_from([' ', '/', chr(10), '']))}{attribute}={quote}{value}{quote}"
        )
    written.append(draw(st.sampled_from([">", ">", "/>", " >", "", ">x</" + name + ">"])))
    return "".join(written)


HTML = st.lists(st.one_of(tags(), tags(), ODD, ADDRESSES, st.text(max_size=5)), max_size=25).map(
    "".join
)
ENCODINGS = st.sampled_from(
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 windows-1252 iso2022_jp gb18030 hz".split()
)
BYTES = st.one_of(
    st.binary(max_size=200),
    st.builds(lambda text, encoding: text.encode(encoding, "replace"), HTML, ENCODINGS),
)
OTHERS = st.sampled_from(
    "robots.txt manifest.json x.css x.svg sitemap.xml x.xml x.atom x.webmanifest sv/x.xhtml".split()
)
FILE_NAMES = st.one_of(
    st.sampled_from(
        "index.html en/index.html sv/index.html sv/a.html en/a.html A.html index.htm".split()
    ),
    st.binary(min_size=1, max_size=8)
    .map(lambda name: os.fsdecode(re.sub(rb"[/\0]", b"", name) + b".html"))
    .filter(lambda name: not name.startswith(".")),
)


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files below a folder."""
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def checked(folder: Path) -> list[Finding]:
    """Check a folder twice, and see that each finding stands somewhere in its file."""
    found = links.check(folder)
    assert found == links.check(folder), "the same files have the same findings"
    for finding in found:
        file = folder / finding.path
        text = text_of(file.read_bytes()) if file.is_file() else ""
        lines = re.split(r"\r\n|\r|\n", text)
        assert 1 <= finding.line <= len(lines), finding
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1, finding
        assert "\n" not in finding.message + finding.fix
    return found


def checked_files(files: Mapping[str, bytes]) -> list[Finding]:
    """Check files in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        return checked(written(Path(folder), files))


@FUZZED
@given(BYTES, FILE_NAMES)
@example(b"<meta http-equiv=refresh content='" + b"1" * 5_000 + b";x'>", "index.html")
@example(b"<a href=&#" + b"1" * 5_000 + b";>", "index.html")
@example(b"<a href=b.html#x><p id=x><p id=x>", "\udcff.html")
@example(b'<link rel=canonical href="http://">', "index.html")
@example(b'<link rel=canonical href="http://e.org/x.html">', "e.org/x.html")
@example(b'<link rel=canonical href="https://e.org/x.html">', "x.html")
def test_a_page_of_anything(data: bytes, name: str) -> None:
    """Any bytes are a page: nothing is raised, and every finding has its place."""
    checked_files({name: data, "x.txt": b""})


@FUZZED
@given(st.dictionaries(FILE_NAMES, HTML.map(str.encode), max_size=4))
def test_pages_of_careless_html(files: Mapping[str, bytes]) -> None:
    """Pages of HTML that nobody would write, which refer to each other."""
    checked_files(files)


@FUZZED
@given(OTHERS, BYTES, BYTES)
def test_other_files_of_anything(name: str, data: bytes, html: bytes) -> None:
    """Any bytes are a style sheet, a picture, a sitemap, a feed or a manifest."""
    checked_files({name: data, "index.html": html})


# --- pages as they are, broken


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Give the files of the project's own site."""
    output = tmp_path_factory.mktemp("finished") / "site"
    made = settings.for_site(
        settings.from_file(), output=output, address="https://example.org/privacy"
    )
    assert hooks.build(made).is_done
    return {
        file.relative_to(output).as_posix(): file.read_bytes()
        for file in sorted(output.rglob("*"))
        if file.is_file()
    }


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Flip, delete, double, move or cut off some bytes."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        if not changed:
            break
        start = chance.randrange(len(changed))
        end = start + chance.choice([1, 1, 1, 4, 30, 500])
        match chance.randrange(6):
            case 0:
                changed[start] ^= 1 << chance.randrange(8)
            case 1:
                del changed[start:end]
            case 2:
                changed[start:start] = changed[start:end]
            case 3:
                changed[start:start] = chance.choice(
                    [b"<", b">", b'"', b"'", b"&", b"\0", b"--", b"/"]
                )
            case 4:
                other = chance.randrange(len(changed))
                changed[other:other] = changed[start:end]
            case _:
                if chance.random() < 0.1:
                    del changed[start:]
    return bytes(changed)


def test_broken_pages_of_the_real_site(finished: Mapping[str, bytes], tmp_path: Path) -> None:
    """The project's own pages with bytes flipped, deleted, doubled and moved."""
    chance = random.Random(4)
    written(tmp_path, finished)
    assert checked(tmp_path) == []
    read = [path for path in finished if not path.startswith("files/")]
    for _ in range(150):
        changed = {path: mutated(finished[path], chance) for path in chance.sample(read, 2)}
        checked(written(tmp_path, changed))
        written(tmp_path, {path: finished[path] for path in changed})


def test_nothing_depends_on_the_order_of_sets(
    finished: Mapping[str, bytes], tmp_path: Path
) -> None:
    """Texts hash differently in every process, and the findings are the same."""
    chance = random.Random(5)
    for number in range(12):
        broken = {
            path: mutated(mutated(data, chance), chance).replace(b'id="', b'id="x', number)
            for path, data in finished.items()
        }
        written(tmp_path / str(number), broken)
    code = (
        "import sys; from pathlib import Path; from notices import links\n"
        "print([links.check(folder) for folder in sorted(Path(sys.argv[1]).iterdir())])"
    )
    shown = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            env={**os.environ, "PYTHONPATH": str(settings.ROOT), "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(shown) == 1
    assert shown.pop().count(b"Finding(") > 50


# --- both readers of pages agree

PLAIN_TEXT = st.text("ab <&>\"'é\n/=-", max_size=8)
VALUES = st.text("ab/.#?%é :&<>'\";=\n", max_size=8)
PHRASING = {
    "a": ("href", "name", "id", "hreflang", "ping"),
    "q": ("cite",),
    "span": ("id", "style", "aria-labelledby"),
    "label": ("for",),
    "button": ("formaction", "popovertarget"),
    "img": ("src", "srcset", "usemap"),
    "br": ("id",),
    "input": ("list", "src"),
    "svg": ("id", "fill"),
    "video": ("src", "poster"),
    "object": ("data",),
    "iframe": ("src", "srcdoc"),
}
FLOW = {
    **PHRASING,
    "div": ("id", "style"),
    "section": ("id",),
    "blockquote": ("cite",),
    "form": ("action", "id"),
    "map": ("name",),
    "template": ("id",),
    "script": ("src",),
    "style": ("id",),
    "textarea": ("form", "id"),
    "p": ("id",),
    "noscript": (),
    "pre": ("id",),
    "table": ("id", "background"),
    "h2": ("id",),
}
VOID = {"img", "br", "input"}
RAW = {"script", "style", "textarea"}
ALONE = {"a", "button", "form", "label"}
"""None of these stands inside of another."""


@st.composite
def elements(draw: st.DrawFn, names: Mapping[str, tuple[str, ...]] = FLOW, depth: int = 0) -> str:
    """Write a well-formed element, with others inside where it may have any."""
    name = draw(st.sampled_from(sorted(names)))
    start = f"<{draw(cased(name))}{draw(attributes(names[name]))}>"
    end = f"</{draw(cased(name))}{draw(st.sampled_from(['', ' ']))}>"
    if name in VOID:
        return start
    if name in RAW:
        text = draw(st.sampled_from(["", "a{b:url(x)}", "<a href=y>", "<!-- ", "@import 'z';"]))
        return f"{start}{text}{end}"
    if name == "svg":
        inside = draw(
            st.sampled_from(['<use href="#a"/>', "<a xlink:href=b></a>", "<path id=p />", ""])
        )
        return f"{start}{inside}<![CDATA[<a href=no>]]>{end}"
    if name == "table":
        return f"{start}<tr><td headers='a b' id=c>{draw(PLAIN_TEXT.map(escape))}</td></tr>{end}"
    without = {"iframe", name} | (ALONE if name in ALONE else set())
    if name in PHRASING or name in ("p", "h2", "pre"):
        without |= FLOW.keys() - PHRASING.keys()
    inner = {key: names[key] for key in names if key not in without or key == name == "div"}
    children = st.one_of(
        PLAIN_TEXT.map(escape),
        st.just("<!-- <a href=no> -->"),
        elements(inner, depth + 1) if inner and depth < 3 and name != "iframe" else st.just("x"),
    )
    return f"{start}{''.join(draw(st.lists(children, max_size=3)))}{end}"


def cased(name: str) -> st.SearchStrategy[str]:
    """Write a name in small letters, or with capitals."""
    return st.sampled_from([name, name, name.upper(), name.title()])


@st.composite
def attributes(draw: st.DrawFn, names: tuple[str, ...]) -> str:
    """Attributes in any order, each quoted in one of the ways that there are."""
    written = ""
    for name in draw(
        st.lists(st.sampled_from([*names, "class", "data-x"]), unique=True, max_size=3)
    ):
        value = draw(VALUES)
        space = draw(st.sampled_from([" ", "\n ", "\t"]))
        equals = draw(st.sampled_from(["=", " = "]))
        match draw(st.sampled_from("\"'0")):
            case '"':
                quoted = f'"{escape(value, quote=False).replace(chr(34), "&quot;")}"'
            case "'":
                quoted = f"'{escape(value, quote=False).replace(chr(39), '&#39;')}'"
            case _:
                quoted = re.sub(r"[\s\"'=<>`&]", "", value) or "x"
        written += f"{space}{draw(cased(name))}{equals}{quoted}"
    return written + draw(st.sampled_from(["", " "]))


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Write a well-formed page."""
    lang = draw(st.sampled_from(["", " lang=sv", ' lang="en-GB"', " LANG='x'"]))
    head = draw(
        st.sampled_from(
            [
                "",
                '<base href="/x/"><title><a href=no></title>',
                "<link rel='alternate canonical' hreflang=en href=a><style>a{b:url(c)}</style>",
                '<meta name=robots content="noindex"><meta http-equiv=refresh content="3; url=b">',
            ]
        )
    )
    body = "".join(draw(st.lists(elements(), max_size=5)))
    return f"<!DOCTYPE html>\n<html{lang}><head>{head}</head><body>{body}</body></html>\n"


@hypothesis_settings(FUZZED, max_examples=400)
@given(pages())
def test_both_readers_of_pages_agree(text: str) -> None:
    """The tree and the scan say the same of a well-formed page, and the scan knows the places."""
    tree, scan = page.read(text), page.read_with_offsets(text)
    for name in ("references", "ids", "id_references"):
        assert [one for one, _ in getattr(tree, name)] == [one for one, _ in getattr(scan, name)]
    for name in ("names", "maps", "base", "lang", "is_indexable", "refresh_delay"):
        assert getattr(tree, name) == getattr(scan, name)
    for reference, offset in scan.references:
        attribute = text[offset : offset + 12].lower()
        if reference.attribute in ("url()", "@import"):
            assert attribute.startswith(("style", "fill", "url(", "'z'", "srcdoc"))
        else:
            assert attribute.startswith((reference.attribute, "srcdoc"))
    assert all(text[offset : offset + 2].lower() == "id" for _, offset in scan.ids)
    for id_reference, offset in scan.id_references:
        assert text[offset:].lower().startswith(id_reference.attribute)


# --- addresses

SEGMENTS = st.sampled_from(
    (
        "a b å %C3%A5 %c3%a5 %61 .. %2e%2E . %2f %5c \\ // e\u0301 \u00e9 index.html A %FF %00 "
        "? # : @"
    ).split()
)
PATHS = st.one_of(
    st.lists(SEGMENTS, max_size=8).map("/".join), st.lists(SEGMENTS, max_size=4).map("".join)
)
WRITTEN = st.one_of(
    PATHS,
    st.text(max_size=20),
    st.builds(
        "{}{}".format, st.sampled_from(["http:", "//", "/", "\\", "https://e.org/x/"]), PATHS
    ),
)
BASES = st.one_of(
    st.sampled_from(["", "/", "../..", "//other.org", "https://e.org/x/a/", "b", "http://[", "?q"]),
    WRITTEN,
)
PARTS = st.binary(min_size=1, max_size=5).filter(
    lambda part: not re.search(rb"[/\0]", part) and part not in (b".", b"..")
)
FILES = st.lists(PARTS, min_size=1, max_size=3).map(lambda parts: os.fsdecode(b"/".join(parts)))


def resolver_of(*files: str, base_url: str = "https://e.org/x/") -> Resolver:
    """Give the resolver of a folder with these files."""
    return Resolver(Folder(Path("/nowhere"), files, {}), base_url)


@hypothesis_settings(FUZZED, max_examples=1_000)
@given(WRITTEN, BASES)
def test_an_address_leads_to_a_file_or_to_none(value: str, base: str) -> None:
    """Whatever is written leads to a file of the folder or to none, and never above it."""
    files = ("index.html", "a/index.html", "a/b", "b/a/å.html", "a/e\u0301", "A")
    resolver = resolver_of(*files)
    target = resolver.resolve(value, resolver.base_of("a/index.html", base))
    if target.state == "file":
        assert target.path in files
        again = resolver.resolve(resolver.url_of(target.path), "https://e.org/x/")
        assert (again.state, again.path) == ("file", target.path)
    assert target == resolver.resolve(value, resolver.base_of("a/index.html", base))


@hypothesis_settings(FUZZED, max_examples=500)
@given(FILES, st.sampled_from(["https://e.org/x/", "http://site.invalid/"]))
@example("\udcff", "https://e.org/")
@example("%FF", "https://e.org/")
@example("a?b#c/index.html", "https://e.org/")
@example("a:b", "https://e.org/")
@example("\\", "https://e.org/")
@example(" ", "https://e.org/")
def test_the_address_of_a_file_leads_to_it(path: str, base_url: str) -> None:
    """Whatever a file is called, its own address leads to it."""
    resolver = resolver_of(path, base_url=base_url)
    target = resolver.resolve(resolver.url_of(path), base_url)
    assert (target.state, target.path) == ("file", path)


@given(WRITTEN)
def test_links_out_of_a_folder(value: str) -> None:
    """What is beside the folder is not found, whatever symbolic links are in it."""
    with tempfile.TemporaryDirectory() as outer:
        folder = written(Path(outer) / "site", {"a/index.html": b""})
        written(Path(outer), {"b": b"", "a": b"", "index.html": b"", "A": b""})
        (folder / "b").symlink_to("../b")
        (folder / "e\u0301").symlink_to("..")
        (folder / "a" / "å").symlink_to(".")
        site = links.of_folder(folder, "https://e.org/x/")
        target = site.resolver.resolve(value, "https://e.org/x/a/")
        assert target.state != "file" or target.path == "a/index.html"


# --- a lot of it: each of these took minutes once, or all the memory there is


def nested(times: int) -> str:
    """Write frames inside of each other's ``srcdoc``, deeper than Python calls functions."""
    text = "<a>"
    for _ in range(times):
        text = text.replace("&", "&amp;").replace(" ", "&#32;").replace(">", "&gt;")
        text = f"<iframe srcdoc={text}>"
    return text


MANY = 100_000
LARGE: Mapping[str, tuple[Callable[[], str], Mapping[str, int]]] = {
    "open elements": (lambda: "<div>" * 1_000_000 + "<a href=x>", {"target-missing": 1}),
    "nested elements": (
        lambda: "<b>" * 500_000 + "<a href=x>" + "</b>" * 500_000,
        {"target-missing": 1},
    ),
    "items in open elements": (lambda: "<div>" * 19_000 + "<li></li>" * 300_000, {}),
    "hidden depth": (lambda: "<div>" * 50_000 + "<p></p>" * 7_000 + "<!--" + "</" * 99_000, {}),
    "attributes": (
        lambda: "<p " + " ".join(f"a{n}" for n in range(40_000)) + "><a href=x>",
        {"target-missing": 1},
    ),
    "attributes, again": (lambda: f"<p {' '.join(map(str, range(19_000)))}></p>" * 10, {}),
    "open pictures": (lambda: "<svg>" * 200_000 + "</math>" * 100_000, {}),
    "a long attribute": (lambda: f'<a href="{"x" * 5_000_000}">', {"address-malformed": 1}),
    "an open attribute": (lambda: '<a href="' + "x" * 5_000_000, {}),
    "an open comment": (lambda: "<a href=x><!--" + "x-" * 2_000_000, {"target-missing": 1}),
    "open brackets": (lambda: "<" * 5_000_000, {}),
    "open declarations": (lambda: "<!" * 2_000_000, {}),
    "quotes": (lambda: "<p " + '"' * 5_000_000, {}),
    "ampersands": (lambda: "<a title='" + "&" * 2_000_000 + "' href=x>", {"target-missing": 1}),
    "line ends": (lambda: "\r" * 2_000_000 + "<a href=x>", {"target-missing": 1}),
    "links": (lambda: "\n".join(f"<a href=p{n}>" for n in range(MANY)), {"target-missing": MANY}),
    "sound links": (lambda: "<a id=a>" + "<a href=#a>" * MANY, {}),
    "anchors": (
        lambda: "".join(f"<a href=#a{n}>" for n in range(MANY)),
        {"fragment-missing": MANY},
    ),
    "doubled ids": (lambda: "<p id=a>" * MANY, {"id-doubled": MANY - 1}),
    "references to ids": (
        lambda: "".join(f"<p aria-owns=a{n}>" for n in range(MANY)),
        {"id-reference-missing": MANY},
    ),
    "versions": (
        lambda: "<html lang=en>" + "<link rel=alternate hreflang=en href=index.html>" * MANY,
        {"hreflang-incomplete": 1},
    ),
    "names of itself": (
        lambda: (
            "<html lang=en>"
            + "".join(f"<link rel=alternate hreflang=en-x-{n} href=?{n}>" for n in range(5_000))
            + "".join(f"<a hreflang=en-x-{n} href=?>" for n in range(5_000))
        ),
        {"hreflang-incomplete": 1},
    ),
    "candidates": (lambda: f'<img srcset="{"x 1x, " * 50_000}y">', {"target-missing": 2}),
    "CSS": (lambda: f'<p style="{"a:url(x);" * 500_000}">', {"file-unread": 1}),
    "a long base": (
        lambda: (
            f'<base href="/{"b/" * 500_000}">' + "".join(f"<a href=x{n}>" for n in range(10_000))
        ),
        {"target-missing": 10_000},
    ),
    "marks above and below": (
        lambda: '<a href="a' + "\u0301\u0316" * 500_000 + '">',
        {"target-missing": 1},
    ),
    "frames in frames": (lambda: nested(500), {}),
    "a long number": (lambda: f'<a href="tel:{"1" * 500_000}x">', {"tel-malformed": 1}),
    "a long language": (
        lambda: f'<html lang="{"en-" * 500_000}">' + "<a hreflang=en href=?>" * 1_000,
        {"hreflang-differs": 1_000},
    ),
    "texts": (
        lambda: "word " * 100_000 + "".join(f'<a href="#:~:text=lost{n}">' for n in range(5_000)),
        {"text-fragment-missing": 5_000},
    ),
    "text in open elements": (
        lambda: "<div>" * 500_000 + '<a href="#:~:text=lost">',
        {"text-fragment-missing": 1},
    ),
}


def counted(folder: Path) -> Mapping[str, int]:
    """Count the findings by their codes."""
    return Counter(finding.code for finding in links.check(folder))


@pytest.mark.parametrize("kind", LARGE)
def test_a_large_page(kind: str, tmp_path: Path) -> None:
    """A page of a great many of anything is read to its end, or is said not to be."""
    text, expected = LARGE[kind]
    assert counted(written(tmp_path, {"index.html": text().encode()})) == expected


def test_what_is_larger_still(tmp_path: Path) -> None:
    """Files that would take minutes are a finding each, and so is what comes after many links."""
    for name, size in {
        "a.html": 65_000_000,
        "x.css": 20_000_000,
        "sitemap.xml": 50_000_000,
    }.items():
        with (tmp_path / name).open("wb") as opened:
            opened.truncate(size)
    many = b"<a href=#>" * 500_000
    assert counted(written(tmp_path, {"many.html": many + b"<a href=x>"})) == {"file-unread": 4}


def test_redirects_one_after_the_other(tmp_path: Path) -> None:
    """A chain of 5,000 redirects has an end, and a circle of them is one finding."""
    to = "<meta http-equiv=refresh content='0;url={}.html'>"
    chain = {f"{number}.html": to.format(number + 1).encode() for number in range(5_000)}
    first = "".join(f"<a href={number}.html#a>" for number in range(5_000)).encode()
    last = b"<p id=a>"
    assert counted(written(tmp_path, {**chain, "5000.html": last, "index.html": first})) == {
        "fragment-missing": 5_000
    }
    found = links.check(written(tmp_path, {"5000.html": to.format(0).encode(), "index.html": b""}))
    assert [(one.code, one.path) for one in found] == [("redirect-loop", "0.html")]


def test_many_versions_of_a_page(tmp_path: Path) -> None:
    """A hundred pages may name each other; 2,000 that only one of them names are a finding each."""
    default = "<link rel=alternate hreflang=x-default href=en-x-0.html>"
    names = [f"en-x-{number}" for number in range(100)]
    shown = "".join(f"<link rel=alternate hreflang={name} href={name}.html>" for name in names)
    for name in names:
        written(tmp_path, {f"{name}.html": f"<html lang={name}>{shown}{default}".encode()})
    assert counted(tmp_path) == {}
    names = [f"hub/en-x-{number}" for number in range(1, 2_000)]
    spoke = "<link rel=alternate hreflang=en-x-0 href=/hub/en-x-0.html>"
    hub = "".join(f"<link rel=alternate hreflang={name[4:]} href=/{name}.html>" for name in names)
    own = "<html lang={0}><link rel=alternate hreflang={0} href={0}.html>"
    for name in names:
        page = own.format(name[4:]) + spoke + default
        written(tmp_path, {f"{name}.html": page.encode()})
    page = own.format("en-x-0") + hub + default
    found = counted(written(tmp_path, {"hub/en-x-0.html": page.encode()}))
    assert found == {"hreflang-incomplete": 1_999}


# --- folders


def test_links_that_lead_astray(tmp_path: Path) -> None:
    """Symbolic links in circles and out of the folder, devices and pipes are never read."""
    pages = {"index.html": b"<a href=root/etc/passwd><a href=up/up/index.html><a href=zero.html>"}
    site = written(tmp_path / "site", {**pages, "sub/a.txt": b""})
    out = {"root": "/", "zero.html": "/dev/zero", "proc": "/proc", "beside.html": "../beside.html"}
    circles = {"loop": "loop", "one": "two", "two": "one", "up": ".", "sub/up": ".."}
    for name, target in {**out, **circles, "none": "n" * 255}.items():
        (site / name).symlink_to(target)
    for pipe in ("pipe.html", "robots.txt", "sitemap.xml"):
        os.mkfifo(site / pipe)
    written(tmp_path, {"beside.html": b"<a href=x>"})
    assert counted(site) == {"symbolic-link": len(out) + len(circles) + 1}


def test_many_symbolic_links(tmp_path: Path) -> None:
    """Thousands of them that lead nowhere are a finding each; links through them are none more."""
    for number in range(2_000):
        (tmp_path / f"l{number}").symlink_to("nowhere")
    text = "".join(f"<a href=l{n}/x><a href=p{n}>" for n in range(2_000))
    assert counted(written(tmp_path, {"index.html": text.encode()})) == {
        "symbolic-link": 2_000,
        "target-missing": 2_000,
    }


def test_deep_folders(tmp_path: Path) -> None:
    """A page 500 folders deep is read; folders deeper than a path may be long are a finding."""
    deep = "a/" * 500
    top = f"<a href={deep}><a href={'b/' * 100_000}>"
    files = {"index.html": top.encode(), f"{deep}index.html": b"<a href=../../x>"}
    assert counted(written(tmp_path, files)) == {"target-missing": 2}
    folder = os.open(tmp_path / deep, os.O_RDONLY)
    for _ in range(2_000):
        os.mkdir("b", dir_fd=folder)
        inner = os.open("b", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    found = counted(tmp_path)
    subprocess.run(["rm", "-r", tmp_path / "a"], check=True)  # too deep for Python to remove
    assert found == {"target-missing": 2, "file-unread": 1}


def test_files_that_vanish(tmp_path: Path) -> None:
    """A file that is taken away while the site is checked is a finding; so is one made a folder."""
    files = {"a.html": b"<a href=b.html#x>", "b.html": b"", "c.html": b"<a href=x>", "d.css": b""}
    site = links.of_folder(written(tmp_path, files))
    for gone in ("b.html", "c.html", "d.css"):
        (tmp_path / gone).unlink()
    (tmp_path / "c.html").mkdir()
    found = links.check_site(site)
    assert {one.path for one in found if one.code == "file-unread"} == {"b.html", "c.html", "d.css"}
    assert len(found) == 3
