# SPDX-License-Identifier: AGPL-3.0-or-later
"""What hosts are told: by ``./run host``, ``_headers``, ``_redirects``, and the language chosen."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from notices.cli import commands
from notices.filenames import REDIRECTS
from notices.folder import PUBLISHED_KINDS
from notices.hosting import choice, headers, nginx, redirects, static_hosts, whereabouts
from notices.hosting.whereabouts import Machine
from notices.model import Aliases
from notices.render import Renderer
from tests.conftest import Site

FILES = {"sv/user.md": "# T\n", "en/user.md": "---\nslug: you\n---\n\n# T\n"}
ROOT = ("--root", "/srv/notice/current")
ADDRESS = ("--site-url", "https://example.org/privacy")


def printed(*words: str) -> tuple[int, str]:
    """Run ``host`` here; give its exit code, and what it says or what stops it."""
    options = ("--content", "content", "--source-language", "sv")
    done = CliRunner().invoke(commands, ["host", *words, *options])
    return done.exit_code, done.output if done.exit_code in (0, 2) else str(done.exception)


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_a_configuration_is_printed(site: Site, server: str) -> None:
    """For the site's languages and address, alone on standard output; drafts are not in it."""
    site.write({**FILES, "fi/user.md": "# T\n", "fi/language.toml": "draft = true\n"})
    code, text = printed(server, *ROOT, *ADDRESS)
    assert code == 0
    assert "(sv|en)" in text
    assert '"/srv/notice/current' in text
    assert f"/var/log/{server}/notice-access.log" in text
    assert "Accept-Language" not in text and "accept_language" not in text
    code, text = printed(server, *ROOT, *ADDRESS, "--choose-language", "--logs", "/var/other")
    assert "Accept-Language" in text and "/var/other/notice-access.log" in text


def test_the_printed_text_is_what_the_tests_start(site: Site) -> None:
    """Nothing is added to it, and nothing taken away."""
    site.address = ADDRESS[1]
    site.write(FILES)
    machine = Machine(Path(ROOT[1]), Path("/var/log/nginx"))
    assert printed("nginx", *ROOT, *ADDRESS) == (
        0,
        nginx.written(site.catalog(), site.settings, machine),
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nginx", *ROOT), "The site's public address is needed"),
        (("nginx", *ADDRESS), "--root"),
        (("apache", *ROOT, *ADDRESS), "apache"),
        (("nginx", "--root", "here", *ADDRESS), "--root: 'here' must be a whole path"),
        (("nginx", "--root", "/", *ADDRESS), "is all that this machine holds"),
        (("caddy", "--root", "/a$b", *ADDRESS), "--root: '/a$b' must be"),
        (("caddy", "--root", '/a"b', *ADDRESS), "--root: '/a\"b' must be"),
        (("caddy", "--root", "/a\nb", *ADDRESS), "must be a whole path"),
        (("nginx", *ROOT, *ADDRESS, "--logs", "logs"), "--logs: 'logs' must be"),
        (("nginx", *ROOT, *ADDRESS, "--key", "/k"), "--certificate and --key belong together"),
        (("nginx", *ROOT, *ADDRESS, "--listen", "80"), "--listen: '80' is no address and port"),
        (("nginx", *ROOT, *ADDRESS, "--listen", "a b:80"), "is no address and port"),
        (("nginx", *ROOT, *ADDRESS, "--listen", "[::1]:0"), "is no address and port"),
        (("nginx", *ROOT, *ADDRESS, "--listen", "[::1]:70000"), "is no address and port"),
        (("nginx", *ROOT, "--site-url", "https://a.example/%22;"), "no server can be configured"),
        (("nginx", *ROOT, "--site-url", "https://a.example//b"), "two slashes in a row"),
        (("nginx", *ROOT, "--site-url", "https://a.example/%2F"), "two slashes in a row"),
        (("nginx", *ROOT, "--site-url", "https://a.example/%FF"), "no server can be configured"),
        (("nginx", *ROOT, "--site-url", "https://a;b.example"), "'a;b.example' is no name of"),
        (("caddy", *ROOT, "--site-url", "https://*.example"), "'*.example' is no name of a host"),
        (("nginx", *ROOT, "--site-url", "https://a$b.example"), "is no name of a host"),
        (("nginx", *ROOT, "--site-url", "https://a.example/a%0Ab"), "no server can be configured"),
    ],
)
def test_wrong_use_is_explained(site: Site, words: tuple[str, ...], said: str) -> None:
    """In a sentence that says what to write."""
    site.write(FILES)
    code, text = printed(*words)
    assert code != 0
    assert said in text


def test_an_address_is_taken_apart_as_browsers_do(site: Site) -> None:
    """Names of hosts in ASCII, paths in letters for servers and escaped for links."""
    site.address = "https://Bücher.example:8443/f%C3%B6r/"
    found = whereabouts.of_site(site.settings)
    assert (found.host, found.port, found.path) == ("xn--bcher-kva.example", 8443, "/för")
    assert (found.public_path, found.origin) == (
        "/f%C3%B6r",
        "https://xn--bcher-kva.example:8443",
    )
    site.address = "http://[::1]"
    found = whereabouts.of_site(site.settings)
    assert (found.host, found.port, found.path, found.is_secure) == ("[::1]", 80, "", False)


def test_each_published_kind_has_a_type() -> None:
    """No host guesses at a picture or document."""
    assert headers.MEDIA_TYPES.keys() == PUBLISHED_KINDS


# Retired addresses


def test_a_page_retires_with_its_plain_text(site: Site) -> None:
    """And with its address without the slash; what is an address today is not redirected."""
    site.write(FILES)
    content = replace(
        site.catalog(),
        aliases=Aliases(
            addresses={
                "sv/old/": "sv/user/#a b",
                "sv/older.txt": "sv/",
                "en/you/x/": "en/",
                "sv/user.txt/": "sv/user/",
                "sv/user/": "sv/",
                "sv/": "en/",
            }
        ),
    )
    assert redirects.of_site(content, site.settings) == {
        "sv/old/": "sv/user/#a%20b",
        "sv/old": "sv/user/#a%20b",
        "sv/old.txt": "sv/user.txt",
        "sv/older.txt": "sv/",
        "en/you/x/": "en/",
        "en/you/x": "en/",
    }


def test_static_hosts_get_redirects_only_where_there_are_any(site: Site) -> None:
    """A file that says nothing is not there; with an alias, or a choice, it is."""
    site.write(FILES)
    settings = site.settings
    assert REDIRECTS not in Renderer(site.catalog(), settings).paths()
    assert static_hosts.of_redirects(site.catalog(), settings) == ""
    content = replace(site.catalog(), aliases=Aliases(addresses={"sv/för/": "sv/user/"}))
    assert static_hosts.of_redirects(content, settings) == (
        "/sv/f%C3%B6r/ /sv/user/ 301\n"
        "/sv/f%C3%B6r.txt /sv/user.txt 301\n"
        "/sv/f%C3%B6r /sv/user/ 301\n"
    )
    files = dict(Renderer(content, settings).files())
    assert files["_redirects"].decode() == static_hosts.of_redirects(content, settings)
    assert "_redirects" in Renderer(content, settings).paths()
    site.address = "https://example.org/privacy"
    chosen = replace(site.settings, chooses_language=True)
    assert static_hosts.of_redirects(site.catalog(), chosen) == (
        "/ /privacy/sv/ 302! Language=sv\n/ /privacy/en/ 302! Language=en\n"
    )
    files = dict(Renderer(site.catalog(), chosen).files())
    assert files["_redirects"].startswith(b"/ /privacy/sv/")


# The choice of a language


def chosen(header: str, tags: tuple[str, ...]) -> str:
    """Choose as servers do, with Python's expressions."""
    for expression in choice.wanted(tags):
        if found := re.search(expression, header, re.IGNORECASE):
            return next(
                tag for one, tag in choice.meant(tags) if re.search(one, found[1], re.IGNORECASE)
            )
    return ""


@pytest.mark.parametrize(
    ("header", "tags", "lang"),
    [
        ("pt", ("en", "pt-BR", "pt-PT"), "pt-BR"),
        ("pt-PT,pt;q=0.9", ("en", "pt-BR", "pt-PT"), "pt-PT"),
        ("pt-AO", ("pt-BR", "pt"), "pt"),
        ("PT-br", ("pt", "pt-BR"), "pt-BR"),
        ("zh-Hant-TW", ("zh-Hans", "zh-Hant"), "zh-Hant"),
        ("zh", ("zh-Hans", "zh-Hant"), "zh-Hans"),
        ("zh-TW", ("zh-Hans",), ""),
        ("sr;q=0.8, sr-Latn", ("sr-Cyrl", "sr-Latn"), "sr-Latn"),
    ],
)
def test_tags_of_several_parts_are_told_apart(
    header: str, tags: tuple[str, ...], lang: str
) -> None:
    """The longest that fits is meant; a shorter one is content with what begins so."""
    assert chosen(header, tags) == lang


WEIGHTS = st.integers(0, 1000)


@given(
    st.lists(
        st.tuples(st.sampled_from(["sv", "en-GB", "EN", "fi", "*", "svx"]), WEIGHTS), max_size=6
    )
)
def test_the_weights_are_honoured(wanted: list[tuple[str, int]]) -> None:
    """The first of the highest step among the site's languages, and never one of weight 0."""
    header = ", ".join(f"{tag};q={weight / 1000:.3f}" for tag, weight in wanted)

    def step(weight: int) -> tuple[int, ...]:
        """Give the size of a weight and, of those from 0.1 on, its first digit."""
        size = len(str(weight))
        return size, weight // 100 if size > 2 else 0

    ours = [
        (step(weight), -at, tag[:2].lower())
        for at, (tag, weight) in enumerate(wanted)
        if weight and tag[:2].lower() in ("sv", "en") and tag != "svx"
    ]
    assert chosen(header, ("sv", "en")) == (max(ours)[2] if ours else "")


@given(st.text(alphabet="svenq;=,.0159 -*/\t", max_size=60))
def test_whatever_a_header_holds_a_language_of_the_site_is_chosen(header: str) -> None:
    """Or none: nothing of the header itself comes into an address."""
    assert chosen(header, ("sv", "en")) in ("", "sv", "en")
