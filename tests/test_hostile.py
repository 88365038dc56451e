# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hostile content: nothing of it acts, loads, leads out or breaks out, and every build ends.

``tests/fuzz`` has the kinds of input and says what a site may hold; ``./run fuzz`` looks for more.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from notices import settings
from tests.conftest import Site
from tests.fuzz import oracle
from tests.fuzz.targets import SOUND, TARGETS, Place

FUZZ = settings.ROOT / "tests" / "fuzz"
TRIED = hypothesis_settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
TOKENS = [
    re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), token)
    for line in (FUZZ / "tokens.dict").read_bytes().splitlines()
    for token in [line.strip()[1:-1].replace(b'\\"', b'"').replace(b"\\\\", b"\\")]
]
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from([*TOKENS, b"\n", b"\n\n", b" ", b"a", b"="]),
        st.text(max_size=4).map(lambda text: text.encode("utf-8", "surrogatepass")),
    ),
    max_size=40,
).map(b"".join)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Give the site whose files are exchanged one by one."""
    return Place(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("target", TARGETS)
def test_whatever_an_editor_writes(place: Place, target: str) -> None:
    """For signs of every language that we read, in any order: the published site is harmless."""

    @TRIED
    @given(HOSTILE)
    def tried(data: bytes) -> None:
        place.attempt(target, data)

    tried()


@pytest.mark.parametrize("target", TARGETS)
def test_inputs_that_once_did_harm(place: Place, target: str) -> None:
    """Each saved input is published without harm."""
    files = sorted((FUZZ / "corpus" / target).iterdir())
    assert files, "each target has an input to begin with"
    for file in files:
        place.attempt(target, file.read_bytes())


@pytest.mark.skipif(sys.platform != "linux", reason="atheris has wheels for Linux alone")
def test_a_short_look_by_the_fuzzer(tmp_path: Path) -> None:
    """Coverage-guided, with a fixed seed and number of runs: it finds nothing, and it does look."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "tests.fuzz", "--runs=40"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(settings.ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done 40 runs" in done.stderr


HARMS = {
    "a script": (b"<p>", b"<script>alert(1)</script><p>"),
    "a script's address": (b'<a class="brand" href="', b'<a class="brand" href="javascript:x'),
    "a handler": (b"<main ", b"<main onclick='x' "),
    "an inline style": (b"<main ", b"<main style='color:red' "),
    "a style": (b"</head>", b"<style>p{color:red}</style></head>"),
    "a frame": (b"<p>", b"<iframe src='x'></iframe><p>"),
    "a form": (b"<p>", b"<form><p>"),
    "a refresh": (b"</head>", b"<meta http-equiv='refresh' content='0;url=x'></head>"),
    "another host's picture": (b"<p>", b"<img src='//evil.example/x.png' alt=''><p>"),
    "another host's style": (
        b"</head>",
        b"<link rel='stylesheet' href='https://evil.example'></head>",
    ),
    "a way out of its place": (b'<div class="body">', b"</div></section></div></article><p>x</p>"),
    "the end of the page": (b"</main>", b"</main><main></main>"),
    "another folder's text": (b"<p>", b"<p>" + oracle.CANARY),
    "a computed text": (b"<p>", b"<p>" + oracle.COMPUTED),
}


@pytest.mark.parametrize("harm", HARMS)
def test_the_oracle_sees_harm(place: Place, harm: str) -> None:
    """What is to see that a site is harmless fails for each harm that could be done."""
    files = place.publish()
    oracle.check(files, place.known)
    page = files["sv/users/index.html"]
    was, becomes = HARMS[harm]
    assert was in page
    with pytest.raises(AssertionError):
        oracle.check({"index.html": page.replace(was, becomes, 1)}, place.known)


@pytest.mark.parametrize("path", ["../index.html", "/index.html", "a/../../b.html", "a\\b.html"])
def test_the_oracle_sees_a_way_out_of_the_folder(place: Place, path: str) -> None:
    """A page elsewhere than in the output is seen."""
    with pytest.raises(AssertionError):
        oracle.check({path: b""}, place.known)


TEMPLATES = (
    "{{ settings }} {% include 'base.html' %} {# x #} {{ 7 * 191 }} %(name)s ${HOME} [[email]]"
)


def test_template_syntax_is_text(site: Site) -> None:
    """In a notice, a fact, a title, a word that is explained: it is shown as it was typed."""
    site.write(
        {
            "sv/user.md": f"# {TEMPLATES.replace('[[email]]', '')}\n\n\\{{{{ x }}}} [[motto]]\n\n"
            "The {{ x }} decides.\n",
            "organisation.toml": f'email = "a@b.example"\nmotto = "{TEMPLATES}"\n',
            "sv/glossary.toml": f'[x]\nterm = "decides"\nexplanation = "{TEMPLATES}"\n',
            "brand.toml": f'name = "{TEMPLATES}"\n',
        }
    )
    site.build(lenient=True)
    page = site.page("sv/user/index.html")
    assert TEMPLATES in page.get_text(" "), "a fact's value is never looked through for facts"
    assert page.get_text().count("{{ settings }}") >= 4
    assert "1337" not in str(page)
    assert "Settings(" not in str(page)


def test_nothing_from_outside_the_content(site: Site) -> None:
    """By links, pictures, includes and symbolic links: what is beside the content stays there."""
    secret = site.folder / "secret.md"
    secret.write_text("# CANARY\n\nemail = 'CANARY'\n", encoding="utf-8")
    site.write(
        {
            "sv/user.md": "# T\n\n[a](../../secret.md) ![a](../../secret.md) "
            "[b](../files/../../secret.md) [c](file:///etc/hosts) [d](%2e%2e/%2e%2e/secret.md)\n\n"
            "--8<-- \"../../secret.md\"\n\n{!../../secret.md!}\n\n<!--#include file='x' -->\n",
            "files/plan.png": "x",
        }
    )
    for name in ("sv/a.md", "files/b.pdf", "organisation.toml", "sv/glossary.toml", "brand.toml"):
        (site.content / name).symlink_to(secret)
    site.build(lenient=True)
    files = site.files()
    assert len(files) > 5
    assert not any(b"CANARY" in content for content in files.values())


def test_what_the_words_of_the_interface_may_not_do(site: Site) -> None:
    """HTML in a catalog is text, and a placeholder of a thousand million signs fills no memory."""
    shutil.copytree(settings.ROOT / "translations", site.folder / "translations")
    site.translations = site.folder / "translations"
    site.write({"sv/user.md": "---\neffective: 2026-01-01\n---\n# T\n\n## A {#a}\n"})
    file = site.translations / "sv" / "LC_MESSAGES" / "messages.po"
    text = file.read_text(encoding="utf-8")
    text = text.replace('"Innehåll"', '"<script>alert(1)</script>\\"onclick=\\"x"')
    text = text.replace("från och med %(date)s", "%(date)999999999s %(date.__class__)s")
    file.write_text(text, encoding="utf-8")
    assert [one.code for one in site.findings()] == ["interface-malformed"]
    assert site.build(lenient=True).is_done
    page = site.page("sv/user/index.html")
    assert not page.find("script")
    assert not page.select("[onclick]")
    assert "<script>alert(1)</script>" in page.get_text()
    assert page.find("span", lang="en"), "the word that cannot be shown comes in English"


def test_every_kind_of_file_is_tried() -> None:
    """A file that the catalog reads, and that no target writes, would be forgotten here."""
    from notices import catalog

    named = {path.rpartition("/")[2] for path, _ in TARGETS.values()}
    special = {*catalog._ROOT_FILES, *catalog._LANGUAGE_FILES} - {"README.md"}
    assert special <= named
    assert {path for path in SOUND if path.endswith(".toml")} <= {
        path for path, _ in TARGETS.values()
    } | {"en/glossary.toml"}
