# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the preview puts into pages: the right things, escaped, and nothing that is published."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from notices import checks, policy, settings
from notices.preview import beside, listing, pages, panel, server
from notices.preview.edition import Edition
from notices.preview.watcher import Watcher
from notices.render import Renderer
from notices.tokens import read_tokens
from tests.conftest import SITES, Site, one

EVIL = "<script>alert(1)</script>"
SV = """\
# Titel

Inledning.

## Hur länge? {#retention}

I 4 veckor. Se [mer](user.md#nowhere) och [annat](other.md).

## Vem? {#who}

Vi.
"""
EN = """\
# Title

Introduction.

## How long? {#retention}

For 4 weeks. See [more](user.md#retention) and [other](user.md).

## Who? {#who}

We.
"""


def edition(site: Site, stale: frozenset[str] = frozenset()) -> Edition:
    """Read a site as the preview does."""
    read, made = site.catalog(), site.settings
    return Edition(read, made, tuple(checks.run(read, made)), Renderer(read, made), stale)


def shown(read: Edition, path: str, trouble: str = "") -> BeautifulSoup:
    """Give a page of a preview."""
    page = read.file(path)
    assert page is not None
    return BeautifulSoup(panel.on(page, read, trouble, path, "1"), "html.parser")


def without_desk(page: bytes) -> bytes:
    """Take out of a page what the preview put in."""
    pieces = re.escape(panel.OPENS) + b".*?" + re.escape(panel.CLOSES)
    bare = re.sub(pieces, b"", page, flags=re.DOTALL)
    own = policy.styles(bare)
    return bare.replace(policy.for_preview(own).encode(), policy.for_page(own).encode(), 1)


@pytest.fixture
def pair(site: Site) -> Site:
    """Give a notice with two dead links in its source, and its translation, both reviewed."""
    return site.write({"sv/user.md": SV, "en/user.md": EN}).review()


# Nothing of it is published


@pytest.mark.parametrize("name", ["golden", "arabic", "plain"])
def test_without_the_desk_a_page_is_the_one_that_is_built(site: Site, name: str) -> None:
    """Byte for byte, every page of every kind; and the desk was in each."""
    folder = SITES / name
    site.source_language = {"golden": "sv", "arabic": "ar", "plain": "en"}[name]
    site.write(
        {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in folder.rglob("*")
            if file.is_file()
        }
    )
    read = edition(site)
    seen = {}
    for path in sorted(read.files()):
        content = read.file(path)
        assert content is not None
        if path.endswith(".html"):
            with_desk = panel.on(content, read, "", path, "1")
            assert b'id="_desk"' in with_desk
            content = without_desk(with_desk)
        seen[path] = content
    assert site.build(lenient=True).is_done
    built = {path: content for path, content in site.files().items() if path in seen}
    assert built == seen
    ours = (b"_desk", b'"desk', b"desk-", b"_preview")
    assert not any(word in content for content in site.files().values() for word in ours)


def test_an_empty_site_has_nothing_to_say(site: Site) -> None:
    """One quiet line, no mark, no message."""
    page = shown(edition(site.write({"sv/user.md": "# Titel\n\nText.\n"})), "sv/user/index.html")
    assert "No findings" in one(page, "#_desk > details > summary").text
    assert not page.select(".desk-mark, [role=alert], #_desk-own")


# What is said, and where


def test_findings_lead_to_their_sections_and_back(pair: Site) -> None:
    """Severity in words, the code, the fact, the repair, the place; a mark behind the heading."""
    page = shown(edition(pair), "sv/user/index.html")
    found = page.select("#_desk-own > li")
    assert ["link-" in one(item, ".desk-what a").text for item in found] == [True, True]
    assert {one(item, ".desk-severity").text for item in found} == {"Error"}
    assert "content/sv/user.md:7" in found[0].text
    assert [link["href"] for link in page.select("#_desk-own .desk-place a")] == ["#retention"] * 2
    mark = one(page, "main .desk-mark")
    assert mark.get_text(" ", strip=True) == "2 findings"
    before = mark.find_previous_sibling()
    assert before is not None and before.name == "h2" and before.text == "Hur länge?"
    assert one(page, one(mark, "a")["href"]) is found[0]  # type: ignore[arg-type]
    explained = BeautifulSoup(pages.explained("1"), "html.parser")
    for link in page.select("#_desk .desk-what a"):
        assert explained.find(id=str(link["href"]).partition("#")[2])


def test_a_finding_of_the_opening_leads_to_the_top(site: Site) -> None:
    """And its mark stands before the title, behind which a letter's style wants its address."""
    site.write({"sv/user.md": "# Titel\n\n[x](nowhere.md)\n"})
    page = shown(edition(site), "sv/user/index.html")
    assert one(page, "#_desk-own .desk-place a")["href"] == "#"
    after = one(page, ".desk-mark").find_next_sibling()
    assert after is not None and after.name == "h1"


def test_a_translation_shows_its_source_s_findings_beside_its_own(pair: Site) -> None:
    """They are folded, as are those of the rest of the site."""
    pair.write({"sv/more.md": "# Mer\n\n[x](nowhere.md)\n"})
    page = shown(edition(pair), "en/user/index.html")
    own = page.select("#_desk-own .desk-place code")
    assert own and all(place.text.startswith("content/en/user.md:") for place in own)
    assert len(page.select("#_desk-twins > li")) == 2
    assert "content/sv/more.md:3" in one(page, "#_desk-others").text
    folded = page.select("#_desk details details")
    assert folded and not any(fold.has_attr("open") for fold in folded)


def test_a_comparison_is_the_translation_s(pair: Site) -> None:
    """Its findings lead to the sections of that page, which are marked; the source's are folded."""
    read = edition(pair)
    page = shown(read, "compare/sv-en/user/index.html")
    own = page.select("#_desk-own > li")
    assert [item.id for item in own] == [
        item.id for item in shown(read, "en/user/index.html").select("#_desk-own > li")
    ]
    assert {link["href"] for link in page.select("#_desk-own .desk-place a")} == {"#retention"}
    assert one(page, "#retention .desk-mark a")["href"] == f"#{own[0]['id']}"
    assert len(page.select("#_desk-twins > li")) == 2
    assert one(page, ".desk-states .desk-quiet").text == "3 current"


def test_a_finding_keeps_its_id_when_lines_move(pair: Site) -> None:
    """So the page can tell what is new; two that are alike have two."""
    first = [entry.id for entry in listing.listed(edition(pair))]
    pair.write({"sv/user.md": SV.replace("Inledning.", "Inledning.\n\nOch mer.")}).review()
    assert [entry.id for entry in listing.listed(edition(pair))] == first
    pair.write({"sv/user.md": SV.replace("Vi.", "Vi. [annat](other.md)")}).review()
    now = [entry.id for entry in listing.listed(edition(pair))]
    assert set(first) < set(now) and len(set(now)) == len(now) > len(first)


def test_the_bar_tells_the_state_of_each_translation(pair: Site) -> None:
    """In words and figures: of the notice, or of the site on pages that show none."""
    pair.write({"sv/user.md": SV.replace("4 veckor", "5 veckor"), "sv/more.md": "# Mer\n\nMer.\n"})
    read = edition(pair)
    for path in ("sv/user/index.html", "en/user/index.html"):
        row = one(shown(read, path), ".desk-states > li")
        assert one(row, ".desk-quiet").text == "1 outdated, 2 current"
        assert one(row, "a")["href"] == "/_preview/beside/en/user/"
    row = one(shown(read, "index.html"), ".desk-states > li")
    assert one(row, ".desk-quiet").text == "1 outdated, 1 missing, 2 current"
    assert one(row, "a")["href"] == "/_preview/beside/en/"
    listed = BeautifulSoup(pages.language(read, "en", "1") or b"", "html.parser")
    assert len(listed.select(".desk-notices > li")) == 2


def test_many_findings_elsewhere_are_not_all_listed(site: Site) -> None:
    """The panel says how many more there are, and how to see them."""
    links = "".join(f"[x](nowhere{number}.md)\n\n" for number in range(panel.MOST + 5))
    site.write({"sv/user.md": "# Titel\n\nText.\n", "sv/more.md": f"# Mer\n\n{links}"})
    page = shown(edition(site), "sv/user/index.html")
    assert len(page.select("#_desk-others > li")) == panel.MOST
    assert "There are 5 more" in one(page, "#_desk").text
    assert f"{panel.MOST + 5} findings" in one(shown(edition(site), "index.html"), ".desk-to").text


def test_the_desk_has_the_theme_s_colours_and_not_the_brand_s() -> None:
    """Those of tokens.css, light and dark; a brand's cannot make the desk unreadable."""
    style = Path(panel.__file__).with_name("desk.css").read_text(encoding="utf-8")
    light, dark = style.split("@media (prefers-color-scheme: dark)")[:2]
    tokens = read_tokens(settings.ROOT / "theme")
    for text, values in ((light, tokens.light), (dark.split("\n}\n")[0], tokens.dark)):
        for name in ("paper", "sheet", "ink", "quiet", "accent", "wash", "line"):
            assert f"--{name}: {values[name].value};" in text


# What is broken


def test_a_stale_file_is_told_of_over_its_last_good_page(pair: Site) -> None:
    """In an alert; on its own page and those beside it, and not on others."""
    pair.write({"sv/more.md": "# Mer\n\nMer.\n"})
    read = replace(edition(pair), stale=frozenset({"content/sv/user.md"}))
    for path in ("sv/user/index.html", "en/user/index.html"):
        said = one(shown(read, path), "[role=alert]").text
        assert "content/sv/user.md:7" in said
        assert "last good one" in said
    assert not shown(read, "sv/more/index.html").select("[role=alert]")
    assert not shown(edition(pair), "sv/user/index.html").select("[role=alert]")


def test_trouble_is_told_of_on_every_page(pair: Site) -> None:
    """Settings or a theme that cannot be read."""
    read = edition(pair)
    for path in ("sv/user/index.html", "index.html"):
        assert "no <b> way" in one(shown(read, path, "no <b> way"), "[role=alert]").text


def test_a_page_that_never_was_good_says_why(site: Site) -> None:
    """Its address has no page; what is shown there names the file."""
    site.write({"sv/user.md": b"\xff\xfe", "sv/more.md": "# Mer\n\nMer.\n"})
    read = edition(site)
    page = read.file("404.html")
    assert page is not None
    at_address = BeautifulSoup(panel.on(page, read, "", "sv/user/index.html", "1"), "html.parser")
    assert "content/sv/user.md:1" in one(at_address, "[role=alert]").text
    elsewhere = BeautifulSoup(panel.on(page, read, "", "sv/other/index.html", "1"), "html.parser")
    assert not elsewhere.select("[role=alert]")


def test_before_anything_could_be_read_the_desk_has_a_page_of_its_own() -> None:
    """With what is in the way, escaped."""
    for path in ("/_preview/beside/en/", "/_preview/nothing"):
        answer = pages.answer(path, None, f"conf.py: {EVIL}", "1")
        assert answer is not None and EVIL.encode() not in answer.content
        assert EVIL in BeautifulSoup(answer.content, "html.parser").text


# What editors type is text


def test_nothing_that_is_typed_is_obeyed(site: Site) -> None:
    """Not in a heading, a link, a fact, a file's name; and the language of quotes is said."""
    site.write(
        {
            "sv/user.md": f"# T {EVIL}\n\n## Se {EVIL} {{#who}}\n\n[x](<{EVIL}.md>) [[{EVIL}]]\n",
            "en/user.md": f'# Title\n\n## See {EVIL} {{#who}}\n\n[x]("onclick=x)\n',
            f"sv/{EVIL.replace('/', '')}.md": "# x\n",
            "sv/\u202eevil.txt": "x",
        }
    )
    read = edition(site)
    assert any("script" in finding.path for finding in read.findings)
    for path in ("sv/user/index.html", "en/user/index.html", "index.html"):
        page = shown(read, path, trouble=f"trouble {EVIL}")
        assert [tag.get("src") for tag in page.select("script")] == ["/_preview/desk.js"]
        assert not page.select("[onclick]")
        assert "\u202e" not in one(page, "#_desk").text
    view = beside.page(read, EVIL, "1", "en", "user")
    soup = BeautifulSoup(view or b"", "html.parser")
    assert [tag.get("src") for tag in soup.select("script")] == ["/_preview/desk.js"]
    assert EVIL in soup.text


def test_quotes_carry_their_language(site: Site) -> None:
    """A finding is English; what it quotes of two texts is in theirs."""
    site.write(
        {
            "sv/user.md": "# A\n\n## B {#b}\n\nI 4 veckor.\n",
            "en/user.md": "# A\n\n## B {#b}\n\nNo.\n",
        }
    )
    page = shown(edition(site), "en/user/index.html")
    assert any(quote.text == "4 veckor" for quote in page.select('#_desk bdi[lang="sv"]'))


# The server


@contextmanager
def served(site: Site) -> Iterator[int]:
    """Serve a preview of a site from this process; give its port."""
    watcher = Watcher(site.settings)
    preview = server.Preview(lambda: site.settings, watcher)
    running = server._Server(0, preview)
    preview.address = f"http://{server.HOST}:{running.server_port}"
    preview.build()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield running.server_port
    finally:
        running.shutdown()
        running.server_close()
        watcher.stop()
        thread.join()


def asked(port: int, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Ask a preview for a path; give status and text."""
    connection = http.client.HTTPConnection(server.HOST, port, timeout=10)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_only_this_machine_is_answered(pair: Site) -> None:
    """A page of another host whose name leads here (DNS rebinding) learns nothing."""
    with served(pair) as port:
        paths = ("/sv/user/", "/_preview/desk.js", "/_preview/beside/en/user/", "/nowhere")
        for path in paths:
            for host in ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}"):
                assert asked(port, path, {"Host": host})[0] == 421
            assert asked(port, path, {"Host": ""})[0] == 421
            for host in (f"localhost:{port}", "127.0.0.1:9999", f"127.0.0.1:{port}"):
                assert asked(port, path, {"Host": host})[0] == (404 if path == "/nowhere" else 200)
        assert asked(port, "/_preview/events", {"Host": "evil.example"})[0] == 421


def test_a_request_that_is_none_is_refused(pair: Site, capfd: pytest.CaptureFixture[str]) -> None:
    """And nothing is said of it in the terminal; who asks for heads gets no news."""
    with served(pair) as port:
        for target in ("http://[", "http://[x]/"):
            assert asked(port, target, {"Host": "localhost"})[0] == 400
        for target in ("/%00", "/../../etc/passwd", "/%ff%fe/", "/" + "a" * 60_000, "*"):
            assert asked(port, target)[0] == 404
        connection = http.client.HTTPConnection(server.HOST, port, timeout=10)
        connection.request("HEAD", server.EVENTS)
        assert connection.getresponse().status == 200
        assert connection.sock is None, "the answer is at its end"
    assert "Traceback" not in capfd.readouterr().err


def test_no_terminal_obeys_what_a_preview_says(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error of a settings file may hold anything; it is said once, and lines stay lines."""
    site.write({"sv/user.md": "# T\n"})
    watcher = Watcher(site.settings)
    watcher.stop()
    running = server.Preview(lambda: site.settings, watcher)
    running.tell("it says:\n\x1b]0;owned\x07")
    running.tell("it says:\n\x1b]0;owned\x07")
    said = capsys.readouterr().out
    assert said == "it says:\n\\x1b]0;owned\\x07\nThe last pages are still shown.\n"


def test_a_file_s_name_that_is_no_text_is_told_of(pair: Site) -> None:
    """It is shown with an escape: a page cannot hold its bytes."""
    Path(os.fsdecode(os.fsencode(pair.content / "sv") + b"/\xff.md")).write_text("# x\n")
    read = edition(pair)
    assert "\\udcff.md" in shown(read, "sv/user/index.html").text
    assert beside.page(read, "", "1", "en", "user")


def test_the_desk_answers_for_what_there_is(pair: Site) -> None:
    """And with the 404 page for all else; no path leads out of its few files."""
    with served(pair) as port:
        for path in ("findings", "beside/en/", "beside/en/user/", "desk.css", "desk.js"):
            assert asked(port, f"/_preview/{path}")[0] == 200
        for path in ("panel.py", "panel.html", "../conf.py", "%2e%2e/x", "beside/sv/user/"):
            assert asked(port, f"/_preview/{path}")[0] == 404
        for path in ("beside/en/nowhere/", "beside/xx/", "beside/en/user/more/", ""):
            assert asked(port, f"/_preview/{path}")[0] == 404


# Side by side


def view(site: Site, name: str = "user", lang: str = "en") -> BeautifulSoup:
    """Give the side-by-side view of a notice."""
    page = beside.page(edition(site), "", "1", lang, name)
    assert page is not None
    return BeautifulSoup(page, "html.parser")


def git(site: Site, *words: str) -> None:
    """Let git do something with the content."""
    known = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *known, *words], cwd=site.content, check=True, capture_output=True)


def test_what_the_source_changed_is_marked(pair: Site) -> None:
    """As insertions and deletions; the command names the section, and the last one the notice."""
    git(pair, "init", "-q")
    git(pair, "add", ".")
    git(pair, "commit", "-qm", "x")
    pair.write({"sv/user.md": SV.replace("I 4 veckor", "I 5 långa veckor")})
    soup = view(pair)
    part = one(soup, "#_part-retention")
    assert part.has_attr("open")
    assert "4" in one(part, "del").text
    assert "5 långa" in one(part, "ins").text
    source, translation = part.select(".desk-side [dir]")
    assert (source["lang"], translation["lang"]) == ("sv", "en")
    assert "For 4 weeks" in translation.text
    assert re.search(
        r"run reviewed en user#retention( --.*)?$", one(part, ".desk-command code").text
    )
    assert not one(soup, "#_part-who").has_attr("open")
    assert re.search(
        r"run reviewed en user( --.*)?$", one(soup, ".desk-end .desk-command code").text
    )
    assert not soup.select("main .desk-side a, button")


def test_without_a_history_the_view_says_so(pair: Site) -> None:
    """The words are not marked, and one is told why."""
    pair.write({"sv/user.md": SV.replace("I 4 veckor", "I 5 veckor")})
    part = one(view(pair), "#_part-retention")
    assert "not in a git repository" in one(part, ".desk-note").text
    assert not part.select("ins, del")


def test_a_commit_that_comes_later_is_seen(pair: Site) -> None:
    """The history is remembered for one commit alone."""
    git(pair, "init", "-q")
    pair.write({"sv/user.md": SV.replace("Vi.", "Vi själva.")})
    git(pair, "add", ".")
    git(pair, "commit", "-qm", "x")
    assert one(view(pair), "#_part-who .desk-note").text
    git(pair, "commit", "-q", "--amend", "-m", "y", "--allow-empty")
    pair.write({"sv/user.md": SV})
    git(pair, "commit", "-qam", "z")
    pair.write({"sv/user.md": SV.replace("Vi.", "Vi själva.")})
    assert one(view(pair), "#_part-who ins").text


def test_what_is_missing_or_has_no_source_cannot_be_reviewed(site: Site) -> None:
    """The view says what to do instead; where all is current, it says that."""
    site.write({"sv/user.md": SV, "en/user.md": "# Title\n\nText.\n\n## New {#new}\n\nNew.\n"})
    site.review()
    soup = view(site)
    assert "Translate it" in one(soup, "#_part-who").text
    assert "no such section" in one(soup, "#_part-new").text
    assert not soup.select(".desk-command")
    site.write({"en/user.md": EN}).review()
    assert "nothing to do" in one(view(site), ".desk-end").text


def test_findings_stand_below_their_section(pair: Site) -> None:
    """Those of both texts; what the state says is not said twice."""
    pair.write({"sv/user.md": SV.replace("4 veckor", "5 veckor")})
    soup = view(pair)
    codes = [link.text for link in one(soup, "#_part-retention").select(".desk-what a")]
    assert "link-file-missing" in codes or any(code.startswith("link-") for code in codes)
    assert "period-differs" in codes
    assert "section-outdated" not in codes
    assert not one(soup, "#_part-who").select(".desk-what")
