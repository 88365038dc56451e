# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./run verify``: a host that serves a release right has no finding; each fault is one."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from string import ascii_lowercase
from urllib.parse import urlsplit

import brotli
import pytest
from click.testing import CliRunner, Result

from notices import cli, codes, settings, verifying
from notices.delivery import release as releases
from notices.hosting import headers
from notices.model import Finding
from notices.verifying import UnreachableError
from notices.verifying.fetching import Client, Limits, NoAnswerError
from tests.conftest import Site
from tests.hosting import Asked, Change, Host, Reply, serving, summed
from tests.programs import needed

QUICK = Limits(answer_seconds=5, tries=2, pause_seconds=0.01, longest_pause_seconds=0.05)

PAGE = "en/user/"
TEXT = "en/user.txt"
FOLDER = "compare/sv-en/user"
ICON = (settings.ROOT / "theme" / "static" / "favicon.svg").read_bytes()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a release of a small site in two languages, made once."""
    site = Site(tmp_path_factory.mktemp("verify"))
    site.address = "https://example.org"
    site.write({"sv/user.md": "# Dina uppgifter\n", "en/user.md": "# Your data\n"})
    assert site.build().is_done
    release = site.folder / "release"
    shutil.copytree(site.output, release)
    record = json.loads((release / "build.json").read_text(encoding="utf-8"))
    record["source"] = {"commit": "1234567890abcdef"}
    (release / "build.json").write_text(json.dumps(record), encoding="utf-8")
    (release / "en" / "404.html").write_bytes((release / "404.html").read_bytes() + b"<!-- en -->")
    for file in [*release.rglob("*.html"), *release.rglob("*.txt")]:
        content = file.read_bytes()
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(content, mtime=0))
        file.with_name(f"{file.name}.br").write_bytes(brotli.compress(content, quality=1))
    summed(release)
    return release


@pytest.fixture
def release(built: Path, tmp_path: Path) -> Path:
    """Give a copy of the release that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "release"))


@pytest.fixture
def host(release: Path) -> Iterator[Host]:
    """Give a host that serves the release as it should be."""
    with serving(Host(release)) as host:
        yield host


def verified(host: Host, release: Path, **more: object) -> list[Finding]:
    """Compare what the host serves with a release."""
    read = releases.read(release)
    made = verifying.of_site(read, host.address, **{"limits": QUICK, **more})  # type: ignore[arg-type]
    return list(made.findings)


def found(host: Host, release: Path, **more: object) -> list[tuple[str, str]]:
    """Give each finding as its code and its address, relative to the site's root."""
    return [
        (one.code, re.sub("page-[0-9a-f]{12}$", "page", one.path.removeprefix(host.address)[1:]))
        for one in verified(host, release, **more)
    ]


# A host that does everything right


def test_a_host_that_serves_the_release_right_has_no_finding(host: Host, release: Path) -> None:
    """Every file is compared, and the technical ones need not be served."""
    made = verifying.of_site(releases.read(release), host.address, limits=QUICK)
    assert made.findings == []
    assert made.compared == made.files > 10
    assert {PAGE, TEXT, "sv/", "", "sitemap.xml", "robots.txt", "build.json"} <= set(host.asked)
    assert not {"_headers", "SHA256SUMS", "404.html", "en/user/index.html.gz"} & set(host.asked)


def test_a_site_below_a_path_is_compared_there(release: Path) -> None:
    """Addresses begin at the path, and nothing above it is asked for."""
    with serving(Host(release, base="/a/privacy")) as host:
        assert found(host, release) == []


@pytest.mark.parametrize(
    "policy",
    [
        "default-src 'none'; style-src {styles}; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'",
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'; upgrade-insecure-requests",
        "frame-ancestors 'none', default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'",
    ],
)
def test_a_policy_may_be_said_in_several_ways(host: Host, release: Path, policy: str) -> None:
    """By the styles' hashes, for all releases, stricter, or in two halves."""
    said = (release / "_headers").read_text(encoding="utf-8")
    styles = said.partition("style-src ")[2].partition(";")[0]
    host.change = with_header("Content-Security-Policy", policy.format(styles=styles))
    assert found(host, release) == []


# A host that does one thing wrong


def at(address: str, reply: Callable[[Reply], Reply | None], encoding: str = "") -> Change:
    """Change what is answered at one address, where one compressed form is asked for."""

    def change(asked: Asked, usual: Reply) -> Reply | None:
        is_meant = asked.address == address and encoding in asked.encoding
        return reply(usual) if is_meant else usual

    return change


def with_header(name: str, value: str, address: str | None = None) -> Change:
    """Send another value of a header, or (empty) none."""

    def change(asked: Asked, usual: Reply) -> Reply:
        if address not in (None, asked.address):
            return usual
        kept = {key: said for key, said in usual.headers.items() if key != name}
        return replace(usual, headers={**kept, name: value} if value else kept)

    return change


def on_unknown(reply: Callable[[Reply], Reply | None], folder: str = "") -> Change:
    """Change what lost readers are answered."""

    def change(asked: Asked, usual: Reply) -> Reply | None:
        return reply(usual) if asked.address.startswith(f"{folder}no-such-page-") else usual

    return change


def sent_to(target: str) -> Callable[[Reply], Reply]:
    """Redirect."""
    return lambda usual: Reply(HTTPStatus.FOUND, {**usual.headers, "Location": target})


def other_words(usual: Reply) -> Reply:
    """Answer with another page."""
    return replace(usual, body=usual.body.replace(b"<html", b"<html class='new'", 1))


def without_validators(usual: Reply) -> Reply:
    """Leave out what tells a file from another."""
    kept = {
        name: said for name, said in usual.headers.items() if name not in ("ETag", "Last-Modified")
    }
    return replace(usual, headers=kept)


def public(*wanted: str) -> Change:
    """Let something be found that is not the site's."""

    def change(asked: Asked, usual: Reply) -> Reply:
        return Reply(HTTPStatus.OK, usual.headers, b"found") if asked.address in wanted else usual

    return change


def other_release(asked: Asked, usual: Reply) -> Reply:
    """Serve a release of another commit, in which every page is another."""
    if asked.address == "build.json":
        body = json.dumps({"generator": "notices", "source": {"commit": "fedcba"}}).encode()
        return replace(usual, body=body)
    return other_words(usual)


FAULTS: Mapping[str, tuple[Change, list[tuple[str, str]]]] = {
    "a page is gone": (
        at(PAGE, lambda usual: replace(usual, status=HTTPStatus.GONE)),
        [("published-missing", PAGE)],
    ),
    "a page was changed": (at(PAGE, other_words), [("published-changed", PAGE)]),
    "a page is sent as if it were compressed": (
        with_header("Content-Encoding", "br", PAGE),
        [("published-changed", PAGE)],
    ),
    "the old release is served": (other_release, [("published-outdated", "")]),
    "the record is nested without end": (
        at("build.json", lambda usual: replace(usual, body=b"[" * 50_000)),
        [("published-changed", "build.json")],
    ),
    "a page leads to another host": (
        at(PAGE, sent_to("https://example.net/")),
        [("published-redirect", PAGE)],
    ),
    "a page leads to what is no address": (
        at(PAGE, sent_to("https://[example.net/#here")),
        [("published-redirect", PAGE)],
    ),
    "a page leads elsewhere": (at(PAGE, sent_to("/sv/")), [("published-redirect", PAGE)]),
    "a folder without its slash is not found": (
        at(FOLDER, lambda usual: replace(usual, status=HTTPStatus.NOT_FOUND)),
        [("published-redirect", FOLDER)],
    ),
    "a folder without its slash leads away": (
        at(FOLDER, sent_to("https://example.net/compare/sv-en/user/")),
        [("published-redirect", FOLDER)],
    ),
    "a folder without its slash leads to what is no address": (
        at(FOLDER, sent_to("https://[example.net/")),
        [("published-redirect", FOLDER)],
    ),
    "a folder without its slash leads in a circle": (
        at(FOLDER, sent_to("/compare/sv-en/user")),
        [("published-redirect", FOLDER)],
    ),
    "a text is called a page": (
        with_header("Content-Type", "text/html; charset=utf-8", TEXT),
        [("published-type", TEXT)],
    ),
    "a text does not say its encoding": (
        with_header("Content-Type", "text/plain", TEXT),
        [("published-type", TEXT)],
    ),
    "a compressed page is an old one": (
        at(PAGE, lambda usual: replace(usual, body=gzip.compress(b"old")), "gzip"),
        [("published-compression", PAGE)],
    ),
    "a compressed page is damaged": (
        at(PAGE, lambda usual: replace(usual, body=usual.body[:50]), "br"),
        [("published-compression", PAGE)],
    ),
    "a compressed page could be given to anybody": (
        with_header("Vary", "", PAGE),
        [("published-compression", PAGE)] * 2,
    ),
    "a file is sent anew to who has it": (
        at("favicon.svg", lambda usual: replace(usual, status=HTTPStatus.OK, body=ICON)),
        [("published-validator", "favicon.svg")],
    ),
    "nothing says whether a file has changed": (
        at("favicon.svg", without_validators),
        [("published-validator", "favicon.svg")],
    ),
    "a cookie is set": (
        with_header("Set-Cookie", "session=1; Secure", PAGE),
        [("published-cookie", PAGE)],
    ),
    "an unknown address is a page": (
        on_unknown(lambda usual: replace(usual, status=HTTPStatus.OK)),
        [("not-found-status", "no-such-page")],
    ),
    "lost readers see the host's own page": (
        on_unknown(lambda usual: replace(usual, body=b"nginx")),
        [("not-found-page", "no-such-page")],
    ),
    "lost readers of a language see the page of all": (
        on_unknown(lambda usual: replace(usual, body=b"Sidan finns inte"), "en/"),
        [("not-found-page", "en/no-such-page")],
    ),
    "a header is missing": (
        with_header("X-Content-Type-Options", ""),
        [("header-missing", "")],
    ),
    "a header is missing at one address": (
        with_header("Referrer-Policy", "", TEXT),
        [("header-missing", TEXT)],
    ),
    "a header is weaker": (
        with_header("Referrer-Policy", "no-referrer, origin"),
        [("header-weaker", "")],
    ),
    "features are not forbidden": (
        with_header("Permissions-Policy", "camera=(self), geolocation=(), microphone=()"),
        [("header-weaker", "")],
    ),
    "the policy allows scripts": (
        with_header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
        [("header-weaker", "")],
    ),
    "the policy allows frames": (
        with_header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
            "form-action 'none'",
        ),
        [("header-weaker", "")],
    ),
    "the policy is that of an old release": (
        with_header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'sha256-b2xk'; img-src 'self'; base-uri 'none'; "
            "form-action 'none'; frame-ancestors 'none'",
        ),
        [("header-weaker", ""), ("style-refused", "")],
    ),
    "the repository is public": (
        public(".git/HEAD", "organisation.toml"),
        [("published-private", ".git/HEAD"), ("published-private", "organisation.toml")],
    ),
    "a folder is listed": (public("compare/"), [("published-private", "compare/")]),
    "a page does not answer": (at(PAGE, lambda usual: None), [("published-unanswered", PAGE)]),
    "a page is always in trouble": (
        at(PAGE, lambda usual: replace(usual, status=HTTPStatus.BAD_GATEWAY)),
        [("published-unanswered", PAGE)],
    ),
    "a page breaks off": (
        at(PAGE, lambda usual: replace(usual, breaks_off=True), "identity"),
        [("published-unanswered", PAGE)],
    ),
    "a page does not end": (
        at(PAGE, lambda usual: replace(usual, body=usual.body * 10 + bytes(99_999)), "identity"),
        [("published-unanswered", PAGE)],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_no_other(host: Host, release: Path, fault: str) -> None:
    """The host does one thing wrong."""
    host.change, expected = FAULTS[fault]
    assert found(host, release) == expected


CODES = {code for code in codes.SEVERITIES if code.startswith(("published-", "not-found-"))}
CODES |= {"header-missing", "header-weaker", "style-refused"}


def test_each_code_has_a_fault_here() -> None:
    """Pages that the release does not have are asked for below."""
    assert {code for _, said in FAULTS.values() for code, _ in said} == CODES - {"published-extra"}


def test_what_a_host_does_everywhere_is_one_finding(host: Host, release: Path) -> None:
    """It stands at the first address, and says at how many more it is so."""
    host.change = with_header("X-Content-Type-Options", "")
    (finding,) = verified(host, release)
    assert finding.path == f"{host.address}/"
    assert re.search(r"is missing\. So at \d\d more\.$", finding.message)


def test_an_old_release_is_named_by_its_commit(host: Host, release: Path) -> None:
    """Both commits are said, and what else is public is still asked."""
    host.change = lambda asked, usual: public(".git/HEAD")(asked, other_release(asked, usual))
    finding, other = verified(host, release)
    assert "(of commit fedcba) than this one (of commit 1234567890ab)" in finding.message
    assert (finding.place, other.code) == (host.address, "published-private")


def test_a_host_is_given_time_to_take_the_new_release(host: Host, release: Path) -> None:
    """With --wait, the old release is a finding only when the time is over."""
    times: list[float] = []

    def change(asked: Asked, usual: Reply) -> Reply:
        times.append(time.monotonic())
        return other_release(asked, usual) if time.monotonic() - times[0] < 0.3 else usual

    host.change = change
    assert found(host, release, wait_seconds=0.4) == []


def test_a_retired_address_may_lead_to_its_successor(host: Host, release: Path) -> None:
    """A host may redirect where the release has a page that does the same, and nowhere else."""
    (release / "en" / "old").mkdir()
    (release / "en" / "old" / "index.html").write_text("<title>Moved</title>", encoding="utf-8")
    (release / "_redirects").write_text("/en/old/ /en/user/#rights 301\n", encoding="utf-8")
    summed(release)
    host.change = at("en/old/", sent_to("/en/user/#rights"))
    assert found(host, release) == []
    host.change = at("en/old/", sent_to("/sv/user/"))
    assert found(host, release) == [("published-redirect", "en/old/")]


@pytest.mark.parametrize("spelt", ["/p%C3%A5/x%20y/~z", "/p%c3%a5/x%20y/%7ez"])
def test_a_path_may_have_escapes(release: Path, spelt: str) -> None:
    """A host may spell them in its redirects as it likes; another path is another address."""
    path = "/p%C3%A5/x%20y/~z"
    record = json.loads((release / "build.json").read_text(encoding="utf-8"))
    record["site_url"] = f"https://example.org{path}"
    (release / "build.json").write_text(json.dumps(record), encoding="utf-8")
    (release / "en" / "old").mkdir()
    (release / "en" / "old" / "index.html").write_text("<title>Moved</title>", encoding="utf-8")
    line = f"/en/old/ {path}/en/user/#rights 301\n"
    (release / "_redirects").write_text(line, encoding="utf-8")
    summed(release)
    with serving(Host(release, base=path)) as host:

        def redirected(asked: Asked, usual: Reply) -> Reply:
            if asked.address == "en/old/":
                return sent_to(f"{spelt}/en/user/#rights")(usual)
            return sent_to(f"{spelt}/{FOLDER}/")(usual) if asked.address == FOLDER else usual

        host.change = redirected
        assert found(host, release) == []
        host.change = at(FOLDER, sent_to(f"/p%c3%a4/x%20y/~z/{FOLDER}/"))
        assert found(host, release) == [("published-redirect", FOLDER)]


# What the release does not have


def test_what_the_release_does_not_have_is_not_public(host: Host, release: Path) -> None:
    """Drafts, and what a sitemap lists that is still served."""
    drafts = {"fi/user/index.html", "fi/user.txt", "en/user/index.html"}
    assert found(host, release, unwanted=drafts) == []
    seen = public("fi/user/", "en/gone/")
    sitemap = (release / "sitemap.xml").read_bytes()
    entry = b"<url><loc>https://example.org/en/gone/</loc></url>"
    odd = b"<url><loc>https://example.org///[odd/</loc></url>"
    body = sitemap.replace(b"</urlset>", entry + odd + b"</urlset>")

    def change(asked: Asked, usual: Reply) -> Reply | None:
        is_map = asked.address == "sitemap.xml" and usual.status == HTTPStatus.OK
        return replace(usual, body=body, headers=said(usual)) if is_map else seen(asked, usual)

    def said(usual: Reply) -> dict[str, str]:
        return {name: text for name, text in usual.headers.items() if name != "Content-Encoding"}

    host.change = change
    assert found(host, release, unwanted=drafts) == [
        ("published-extra", "en/gone/"),
        ("published-extra", "fi/user/"),
        ("published-changed", "sitemap.xml"),
    ]


def test_pages_of_earlier_releases_are_not_public(built: Path, tmp_path: Path) -> None:
    """Those that stand beside the release, and what it says was promised, tell which there were."""
    now, before = (tmp_path / "releases" / name for name in ("2", "1"))
    shutil.copytree(built, now)
    shutil.copytree(built, before)
    (before / "en" / "gone.txt").write_text("gone", encoding="utf-8")
    record = json.loads((now / "build.json").read_text(encoding="utf-8"))
    record["addresses"] = {"en/user/": [], "en/promised/": []}
    (now / "build.json").write_text(json.dumps(record), encoding="utf-8")
    summed(now)
    summed(before)
    (tmp_path / "current").symlink_to("releases/2")
    with serving(Host(now)) as host:
        assert found(host, tmp_path / "current") == []
        host.change = public("en/gone.txt", "en/promised/")
        assert found(host, tmp_path / "current") == [
            ("published-extra", "en/gone.txt"),
            ("published-extra", "en/promised/"),
        ]


# Hosts in trouble


def test_a_busy_host_is_asked_again(host: Host, release: Path) -> None:
    """After 503 and 429 the second try counts, when the host asks for no long pause."""
    for pause in ("0", "", "Mon, 02 Mar 2026 10:00:00 GMT", "soon"):
        seen: set[str] = set()

        def change(asked: Asked, usual: Reply, seen: set[str] = seen, pause: str = pause) -> Reply:
            if asked.address in seen:
                return usual
            seen.add(asked.address)
            return Reply(HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": pause})

        host.change = change
        assert found(host, release) == [], pause


def test_a_host_that_wants_an_hour_of_peace_is_left_in_it(host: Host, release: Path) -> None:
    """It is not waited for longer than the limit, nor asked before."""
    host.change = at(
        PAGE, lambda usual: Reply(HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "3600"})
    )
    assert found(host, release) == [("published-unanswered", PAGE)]
    assert host.asked.count(PAGE) == 1


def test_a_host_without_answers_is_given_up(host: Host, release: Path) -> None:
    """After ten addresses without an answer no more are asked, and it is said how many were not."""
    host.change = lambda asked, usual: usual if asked.address == "build.json" else None
    made = verifying.of_site(releases.read(release), host.address, limits=QUICK)
    assert {one.code for one in made.findings} == {"published-unanswered"}
    assert 10 <= len(made.findings) <= 20
    assert made.compared == 1 < made.files


@pytest.mark.parametrize(
    ("spoken", "reason"),
    [
        (b"", "without an answer|closed connection|Remote end"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "is not HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234", "breaks off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n12", "is not HTTP"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + bytes(70_000), "does not end within 65,"),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200, "is not HTTP"),
    ],
)
def test_what_is_no_answer_is_said_in_words(spoken: bytes, reason: str) -> None:
    """A host that speaks something else, stops too early or too late."""
    with speaking(lambda: iter([spoken])) as address, pytest.raises(NoAnswerError, match=reason):
        Client(QUICK).get(address)


def test_a_host_without_a_name_is_no_answer() -> None:
    """Nobody has the name, or nobody could be asked."""
    with pytest.raises(NoAnswerError, match="no host of that name, or no network"):
        Client(QUICK).get("http://no-such-host.invalid/")


@pytest.mark.parametrize("piece", [b"", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\na"])
def test_a_slow_host_is_not_waited_for(piece: bytes) -> None:
    """An answer that comes byte by byte has to be whole in time, whatever its bytes are."""
    limits = replace(QUICK, answer_seconds=0.3, tries=1)

    def slowly() -> Iterator[bytes]:
        yield piece
        while True:
            time.sleep(0.1)
            yield b"x" if piece else b""

    started = time.monotonic()
    with speaking(slowly) as address, pytest.raises(NoAnswerError, match=r"within 0\.3 s|in time"):
        Client(limits).get(address)
    assert time.monotonic() - started < 2


@contextmanager
def speaking(spoken: Callable[[], Iterator[bytes]]) -> Iterator[str]:
    """Answer each connection with these bytes, whatever is asked, then close it."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection, contextlib.suppress(OSError):
                    connection.recv(4096)
                    for piece in spoken():
                        connection.sendall(piece)

        threading.Thread(target=speak, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)


def test_many_files_are_asked_for_a_few_at_once(tmp_path: Path) -> None:
    """However many files there are, no more than so many are asked for at once."""
    most, now, lock = 0, 0, threading.Lock()
    release = tmp_path / "release"
    release.mkdir()
    (release / "404.html").write_text("lost", encoding="utf-8")
    (release / "index.html").write_text("<title>Home</title>", encoding="utf-8")
    (release / "build.json").write_text('{"generator": "notices"}', encoding="utf-8")
    for number in range(300):
        (release / f"{number}.txt").write_text(f"{number}", encoding="utf-8")
    summed(release)

    def change(asked: Asked, usual: Reply) -> Reply:
        nonlocal most, now
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.001)
        with lock:
            now -= 1
        return usual

    with serving(Host(release, change=change)) as host:
        made = verifying.of_site(releases.read(release), host.address, limits=QUICK)
    assert (list(made.findings), made.compared) == ([], 302)
    assert 1 < most <= QUICK.connections


# Encrypted hosts


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a certificate of this machine, with its key, that nobody has signed."""
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test"
    subprocess.run(
        [needed("openssl"), *words.split(), "-addext", "subjectAltName=IP:127.0.0.1"]
        + ["-keyout", str(file), "-out", str(file.with_suffix(".crt"))],
        check=True,
        capture_output=True,
    )
    file.write_bytes(file.read_bytes() + file.with_suffix(".crt").read_bytes())
    return file


def test_readers_are_led_to_the_encrypted_site(
    release: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over TLS, HSTS is asked for, and what plain http answers, each at its usual port."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(Host(release), certificate) as secure, serving(Host(release)) as plain:
        for host, kind in ((secure, HTTPSConnection), (plain, HTTPConnection)):
            monkeypatch.setattr(kind, "default_port", urlsplit(host.address).port)
            host.address = host.address.rpartition(":")[0]
        plain.change = at("", sent_to(f"{secure.address}/"))
        assert found(secure, release) == []
        plain.change = lambda asked, usual: usual
        (finding,) = verified(secure, release)
        assert (finding.code, finding.path) == ("published-redirect", f"{plain.address}/")
        plain.change = at("", sent_to(f"{secure.address}/"))
        secure.change = with_header("Strict-Transport-Security", "max-age=300")
        assert found(secure, release) == [("header-weaker", "")]


def test_what_is_asked_without_the_s_is_asked_on_a_connection_of_its_own(
    release: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both addresses of a host often have the same name and no port."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(Host(release), certificate) as host:
        client = Client(QUICK)
        assert client.get(f"{host.address}/").status == HTTPStatus.OK
        with pytest.raises(NoAnswerError):
            client.get(f"{host.address}/".replace("https:", "http:"))


def test_where_readers_would_type_the_address() -> None:
    """Without the ``s``, on the usual ports alone."""
    assert verifying._plain("https://example.org/privacy") == "http://example.org/privacy"
    assert verifying._plain("https://example.org:443") == "http://example.org"
    assert verifying._plain("https://example.org:8443") == ""
    assert verifying._plain("http://example.org") == ""


def test_a_certificate_that_nobody_signed_is_no_answer(release: Path, certificate: Path) -> None:
    """It is said so, and not asked again."""
    with (
        serving(Host(release), certificate) as host,
        pytest.raises(UnreachableError, match=r"certificate is not accepted .self.signed"),
    ):
        found(host, release)


# A host that means harm


POLICY = headers.of_site()["Content-Security-Policy"]
NONSENSE = ",".join(f"{''.join(name)}-src" for name in itertools.product(ascii_lowercase, repeat=3))
NONSENSE = NONSENSE[:60_000]


def sitemap_of(entries: Iterable[str]) -> bytes:
    """List these addresses."""
    listed = "".join(f"<url><loc>{entry}</loc></url>" for entry in entries)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()


@pytest.mark.parametrize(
    "change",
    [
        with_header("Strict-Transport-Security", f"max-age={'9' * 5_000}"),
        with_header("Content-Security-Policy", f"{NONSENSE},{POLICY}"),
        with_header("Retry-After", "9" * 5_000),
        at(PAGE, sent_to("http://[")),
        at(PAGE, sent_to("//127.0.0.1:99999/")),
        at("en/user", sent_to("http://[")),
        at("en/user", sent_to("//127.0.0.1:99999/")),
        at("en/user", sent_to("/\x1b]0;owned")),
        at("build.json", lambda usual: replace(usual, body=b"[" * 60_000)),
        at("sitemap.xml", lambda usual: replace(usual, body=b"<a>" * 20_000)),
    ],
    ids=range(10),
)
def test_what_a_hostile_host_says_is_a_finding_at_most(
    host: Host, release: Path, change: Change
) -> None:
    """Numbers, addresses and records that no honest host would send are soon judged."""
    host.change = change
    started = time.monotonic()
    findings = verified(host, release)
    assert time.monotonic() - started < 5
    assert all(len(one.message) < 1_200 for one in findings)


@pytest.mark.parametrize("size", [b"-1", b"-99999", b"ffffffffffff"])
def test_a_body_without_an_end_takes_no_memory(size: bytes) -> None:
    """Not even in a chunk whose size is below nothing, which Python would read to its end."""
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + size + b"\r\n"
        while True:
            yield bytes(1 << 20)
            sent += 1 << 20

    with speaking(endless) as address, pytest.raises(NoAnswerError):
        Client(replace(QUICK, answer_seconds=0.5, tries=1)).get(address)
    assert sent < 50 << 20


def test_a_sitemap_of_a_hostile_host(host: Host, release: Path) -> None:
    """Of its addresses a thousand are asked for, no long ones, and none of another host."""
    entries = [f"{host.address}/old/{number}" for number in range(1_100)]
    entries += [f"{host.address}//[x", f"{host.address}/{'y' * 3_000}", "http://127.0.0.2:9/"]
    host.change = at("sitemap.xml", lambda usual: replace(usual, body=sitemap_of(entries)))
    codes_found = {code for code, _ in found(host, release)}
    assert codes_found == {"published-changed"}
    asked = [one for one in host.asked if one.startswith(("old/", "y", "/["))]
    assert 990 < len(asked) <= 1_000
    assert not any(one.startswith("y") for one in asked)


def test_a_host_that_is_silent_at_what_it_lists_is_left_in_peace(host: Host, release: Path) -> None:
    """Each silence may last until the time is over: not all of them are waited for."""
    listed = sitemap_of(f"{host.address}/old/{number}" for number in range(900))

    def change(asked: Asked, usual: Reply) -> Reply | None:
        if asked.address == "sitemap.xml":
            return replace(usual, body=listed)
        return None if asked.address.startswith("old/") else usual

    host.change = change
    found(host, release)
    assert 50 <= sum(one.startswith("old/") for one in host.asked) < 150


# The command


def run(*words: str) -> Result:
    """Run a command as the terminal would."""
    return CliRunner().invoke(cli.commands, ["verify", *words], prog_name="./run")


def test_the_command_says_what_was_compared(host: Host, release: Path) -> None:
    """Exit 0, and a closing line."""
    done = run(host.address, "--release", str(release))
    assert (done.exit_code, done.stdout) == (0, "")
    assert re.fullmatch(
        rf"{host.address}: (\d+) of \1 files compared with .*release, no findings, \S+ s.\n",
        done.stderr,
    )


def test_the_command_writes_findings(host: Host, release: Path) -> None:
    """Exit 1; the place is the address, for people and for machines."""
    host.change = at(PAGE, other_words)
    done = run(f"{host.address}/", "--release", str(release))
    assert done.exit_code == 1
    assert done.stdout.startswith(f"{host.address}/{PAGE}: published-changed: ")
    for form in ("json", "sarif", "github", "junit"):
        written = run(host.address, "--release", str(release), "--format", form)
        assert written.exit_code == 1
        assert "published-changed" in written.stdout
    (one,) = json.loads(run(host.address, "--release", str(release), "--format", "json").stdout)
    assert one["url"] == f"{host.address}/{PAGE}"


def test_what_a_pages_branch_cannot_do_can_be_allowed(host: Host, release: Path) -> None:
    """Missing headers become warnings; changed pages do not."""
    host.change = with_header("Permissions-Policy", "")
    assert run(host.address, "--release", str(release)).exit_code == 1
    words = (host.address, "--release", str(release), "--allow-missing-headers")
    done = run(*words)
    assert (done.exit_code, "header-missing (warning)" in done.stdout) == (0, True)
    host.change = at(PAGE, other_words)
    assert run(*words).exit_code == 1


def test_drafts_of_the_content_must_not_be_public(host: Host, release: Path, site: Site) -> None:
    """The command asks for what the content has and the release has not."""
    site.write({"fi/language.toml": "draft = true\n", "fi/user.md": "# Tietosi\n"})
    site.write({"sv/user.md": "# Dina uppgifter\n"})
    words = (host.address, "--release", str(release), "--content", str(site.content))
    assert run(*words, "--source-language", "sv").exit_code == 0
    host.change = public("fi/user/")
    done = run(*words, "--source-language", "sv")
    assert f"{host.address}/fi/user/: published-extra: " in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["http://127.0.0.1:1"], "Connection refused. See that the address is right"),
        (["example.org"], "is not the address of a site"),
        ([""], "URL is empty"),
        (["http://127.0.0.1:1", "--release", "nowhere"], "nowhere is no release (No such file"),
    ],
)
def test_the_command_that_cannot_run_says_why(release: Path, words: list[str], said: str) -> None:
    """Exit 2, with a sentence and no traceback."""
    if "--release" not in words:
        words = [*words, "--release", str(release)]
    command = [sys.executable, "-P", "-m", "notices", "verify", *words]
    done = subprocess.run(
        command, cwd=release, env={"PYTHONPATH": str(settings.ROOT)}, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
