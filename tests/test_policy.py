# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each page loads its own style and its site's images, and nothing else may be loaded."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from notices import catalog, hooks, policy
from notices.review import status
from notices.settings import ROOT, Readability
from tests.conftest import SITES, Site, one
from tests.test_checks import SOURCE, TRANSLATION


def source_of(style: str) -> str:
    """Hash a style as a browser does."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


@pytest.fixture
def built(site: Site) -> Site:
    """Give a pair of texts, built."""
    assert site.write({"sv/user.md": SOURCE, "en/user.md": TRANSLATION}).build().is_done
    return site


def test_every_page_says_its_own_policy_first(built: Site) -> None:
    """In the head after the charset, with the hash of the bytes between its style's tags."""
    for path, content in built.files().items():
        if path.endswith(".html"):
            text = content.decode()
            (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
            assert "\r" not in style
            assert (
                '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="'
                f"default-src 'none'; style-src {source_of(style)}; img-src 'self'; "
                "base-uri 'none'; form-action 'none'\">\n"
            ) in text, path
            assert policy.MARKER not in text


def test_the_host_is_told_all_styles_of_the_site_and_more(built: Site) -> None:
    """The header names the style of every page, and alone says who may show the site in a frame."""
    files = built.files()
    styles = {
        s for path, page in files.items() if path.endswith(".html") for s in policy.styles(page)
    }
    assert len(styles) == 4, "of the root, the front pages, the notices and the comparisons"
    assert files["_headers"].decode() == (
        "/*\n  Cache-Control: no-cache\n"
        f"  Content-Security-Policy: default-src 'none'; style-src {' '.join(sorted(styles))}; "
        "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\n"
        "  Cross-Origin-Embedder-Policy: require-corp\n"
        "  Cross-Origin-Opener-Policy: same-origin\n"
        "  Cross-Origin-Resource-Policy: same-origin\n"
        "  Permissions-Policy: camera=(), geolocation=(), microphone=()\n"
        "  Referrer-Policy: no-referrer\n"
        "  Strict-Transport-Security: max-age=63072000\n"
        "  X-Content-Type-Options: nosniff\n"
        "/*.txt\n  Content-Type: text/plain; charset=utf-8\n"
        "/*.xml\n  Content-Type: application/xml\n"
        "/*.svg\n  Content-Type: image/svg+xml\n"
        "/*.json\n  Content-Type: application/json\n"
    )
    assert not any(b"frame-ancestors" in page for path, page in files.items() if path[-1] == "l")


@pytest.mark.parametrize("content", [SITES / "golden", ROOT / "content"], ids=["golden", "real"])
def test_no_element_has_a_style_or_script_of_its_own(site: Site, content: Path) -> None:
    """Such as the policy would refuse: on a site that uses everything, and on this one."""
    site.content = content
    assert site.build().is_done
    pages = [path for path in site.files() if path.endswith(".html")]
    assert len(pages) > 5
    for path in pages:
        page = site.page(path)
        assert not page.select("[style], script, iframe, object, embed, base, form"), path
        assert not [
            name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")
        ]


@pytest.mark.parametrize(
    ("head", "sources"),
    [
        ("<style>a{}</style>\n<STYLE media=all>b{}</STYLE >", [source_of("a{}"), source_of("b{}")]),
        ("<style>a{}</style><style>a{}</style>", [source_of("a{}")]),
        ("<style>\na>b{content:'ö'}\n</style>", [source_of("\na>b{content:'ö'}\n")]),
        ("<style></style>", [source_of("")]),
        ("<styled>a{}</styled>", ["'none'"]),
        ("", ["'none'"]),
    ],
)
def test_another_theme_has_other_styles(site: Site, head: str, sources: list[str]) -> None:
    """Two style elements, one with signs that HTML escapes elsewhere, an empty one, or none."""
    theme = site.folder / "theme" / "templates"
    theme.mkdir(parents=True)
    (theme.parent / "static").mkdir()
    text = '<html lang="{{ language.tag }}"><meta charset="utf-8">\r\n'
    text += f'<meta http-equiv="Content-Security-Policy" content="{{{{ policy }}}}">\r\n{head}'
    for name in ("home", "index", "notice", "404"):
        (theme / f"{name}.html").write_text(text, encoding="utf-8", newline="\r\n")
    for name in ("robots.txt", "sitemap.xml", "plain.html"):
        (theme / name).write_text("", encoding="utf-8")
    site.write({"sv/user.md": SOURCE, "favicon.svg": ""})
    work = hooks.build(replace(site.settings, theme=theme.parent), lenient=True)
    assert work.is_done
    meta = one(site.page("sv/user/index.html"), "meta[http-equiv]")
    assert f"; style-src {' '.join(sources)}; img-src" in str(meta["content"])


def test_line_ends_count_as_browsers_read_them() -> None:
    """A parser makes one of each kind of line end before it takes the hash."""
    assert policy.styles(b"<style>a{}\r\nb{}\rc{}</style>") == (source_of("a{}\nb{}\nc{}"),)


def test_a_text_that_looks_like_a_policy_stays_as_it_is() -> None:
    """Only the first place that a template left open is filled, and only a meta is loosened."""
    page = policy.stated(f"<meta content=\"{policy.MARKER}\"><p>default-src 'none'".encode())
    assert page.endswith(b"form-action 'none'\"><p>default-src 'none'")
    assert policy.loosened(page) == page


def test_the_preview_alone_runs_a_script(built: Site) -> None:
    """What it serves allows the script that it puts in; nothing that is built does."""
    page = built.files()["sv/user/index.html"]
    assert b"script-src" not in page
    own = policy.styles(page)
    served = policy.loosened(page)
    assert policy.for_preview(own).encode() in served
    assert served.replace(policy.for_preview(own).encode(), policy.for_page(own).encode()) == page


def test_the_table_of_translations_has_a_policy(built: Site) -> None:
    """`./run status --format html` writes a page, too."""
    page = status.as_html(catalog.load(Path(built.content), "content", "sv"), Readability())
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert f"style-src {source_of(style)};" in page
