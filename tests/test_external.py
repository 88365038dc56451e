# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links to other hosts: real servers on this machine's addresses, asked by the real lychee."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from zlib import DEFLATED, Z_FULL_FLUSH, compressobj

import pytest

from notices.ignoring import Ignored, read_ignored
from notices.links.external import NotInstalledError, check, lychee, private
from notices.links.external.asking import ask
from notices.links.external.hosts import Limits
from notices.links.external.verdicts import Verdict
from notices.links.model import Place
from notices.model import Finding

TOO_LONG: Final = "a" * 64
"""No name server has to be asked to know that this is no part of a host's name (RFC 1035)."""
TODAY: Final = date(2026, 6, 1)
QUICK: Final = Limits(answer_seconds=2, page_bytes=8_000_000)
BOMB: Final = compressobj(9, DEFLATED, -15)
MEGABYTE_PACKED: Final = BOMB.compress(bytes(1 << 20)) + BOMB.flush(Z_FULL_FLUSH)
PAGE: Final = "<h1 id=here>Here</h1><a name='då'></a>".encode()
MEGABYTE: Final = b"<p>abc</p>\n" * 90_000
REDIRECTS: Final = {
    "/301": (301, "/fine"),
    "/308": (308, "/fine"),
    "/302": (302, "/fine"),
    "/303": (303, "/fine"),
    "/307": (307, "/fine"),
    "/301-302": (301, "/302"),
    "/302-301": (302, "/301"),
    "/301-301": (301, "/301"),
    "/301-404": (301, "/404"),
    "/301-anchor": (301, "/fine#here"),
    "/loop": (301, "/loop"),
    "/long": (302, "/long/1"),
}


class Handler(BaseHTTPRequestHandler):
    """A host with every fault: the path says which."""

    server: Host

    def do_GET(self) -> None:
        """Answer as the path says."""
        path = self.path.partition("?")[0]
        self.server.asked[self.path] += 1
        if path in REDIRECTS:
            code, to = REDIRECTS[path]
            self.answer(code, b"", Location=to)
        elif path.startswith("/long/"):
            self.answer(302, b"", Location=f"/long/{int(path[6:]) + 1}")
        elif path == "/elsewhere":
            self.answer(302, b"", Location=self.path.partition("?")[2])
        elif path in ("/429", "/429/2", "/429/3600"):
            self.answer(429, b"", **{"Retry-After": path[5:] or "soon"})
        elif path[1:].isdigit():
            self.answer(int(path[1:]), b"")
        elif path == "/hang":
            self.server.closed.wait(9)
        elif path != "/cut":
            kind = {"/paper": "application/pdf"}.get(path, "text/html; charset=utf-8")
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_body(path)

    def send_body(self, path: str) -> None:
        """Send a page, or one without an end."""
        if path == "/bomb":
            self.send_header("Content-Encoding", "gzip")
        count = {"/bomb": 4000, "/huge": 110, "/endless": 10**9, "/drip": 10**9}.get(path, 1)
        block = {
            "/bomb": MEGABYTE_PACKED,
            "/huge": MEGABYTE,
            "/endless": MEGABYTE,
            "/drip": b" ",
        }.get(path, PAGE)
        if path not in ("/bomb", "/endless"):
            self.send_header("Content-Length", str(count * len(block)))
        self.end_headers()
        if path == "/bomb":
            self.wfile.write(b"\x1f\x8b\x08" + bytes(7))
        for _ in range(count):
            self.wfile.write(block)
            if path == "/drip":
                time.sleep(0.2)

    def answer(self, code: int, body: bytes, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Be silent."""


class Host(ThreadingHTTPServer):
    """A host, and how often it was asked for each path."""

    daemon_threads = True

    def __init__(self, address: str) -> None:
        super().__init__((address, 0), Handler)
        self.asked: Counter[str] = Counter()
        self.closed = threading.Event()
        self.root = f"http://{address}:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Be silent: whoever asks may go away in the middle of an answer."""


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Host]]:
    """Give hosts, each with an address of its own; they are asked directly, without a proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    started: list[Host] = []

    def start() -> Host:
        host = Host(f"127.0.0.{len(started) + 2}")
        threading.Thread(target=host.serve_forever, args=(0.02,), daemon=True).start()
        started.append(host)
        return host

    yield start
    for host in started:
        host.closed.set()
        host.shutdown()
        host.server_close()


ANSWERS: Final = {
    "/fine": ("fine", "", ""),
    "/fine#here": ("fine", "", ""),
    "/fine#då": ("fine", "", ""),
    "/fine#nowhere": ("broken", "the page has no anchor 'nowhere'", ""),
    "/fine#!/a/script/reads/this": ("fine", "", ""),
    "/fine#:~:text=Here": ("fine", "", ""),
    "/paper#page=3": ("fine", "", ""),
    "/404": ("broken", "the host answers 404 Not Found", ""),
    "/404#here": ("broken", "the host answers 404 Not Found", ""),
    "/410": ("broken", "the host answers 410 Gone", ""),
    "/301": ("moved", "it has moved for good", "/fine"),
    "/301#here": ("moved", "it has moved for good", "/fine#here"),
    "/301#nowhere": ("broken", "the page has no anchor 'nowhere'", ""),
    "/301-anchor": ("moved", "it has moved for good", "/fine"),  # lychee drops the anchor
    "/308": ("moved", "it has moved for good", "/fine"),
    "/302": ("fine", "", ""),
    "/302#here": ("fine", "", ""),
    "/303": ("fine", "", ""),
    "/307": ("fine", "", ""),
    "/301-302": ("moved", "it has moved for good", "/302"),
    "/302-301": ("fine", "", ""),
    "/301-301": ("moved", "it has moved for good", "/fine"),
    "/301-404": ("broken", "it redirects to {}/404: the host answers 404 Not Found", ""),
    "/loop": ("broken", "it redirects in a circle", ""),
    "/long": ("broken", "it redirects more than 10 times", ""),
    "/401": ("unknown", "the host answers 401 Unauthorized", ""),
    "/403": ("unknown", "the host answers 403 Forbidden", ""),
    "/405": ("unknown", "the host answers 405 Method Not Allowed", ""),
    "/451": ("unknown", "the host answers 451 Unavailable For Legal Reasons", ""),
    "/500": ("unknown", "the host answers 500 Internal Server Error", ""),
    "/cut": ("unknown", "the host breaks the connection off", ""),
    "/huge": ("fine", "", ""),
    "/huge#here": ("unknown", "it is larger than the 8 MB that are read of a page", ""),
    "/endless#here": ("unknown", "it is larger than the 8 MB that are read of a page", ""),
    "/fine?a=1&b=2&copy=3": ("fine", "", ""),
    "/fine?'single'\"double\"<b>": ("fine", "", ""),
    "/(fine)[1]{2}": ("fine", "", ""),
    "/two words": ("fine", "", ""),
    "/åäö/日本?ö=ä": ("fine", "", ""),
    "/fine%20%C3%A5": ("fine", "", ""),
}


def test_each_answer_has_its_verdict(hosts: Callable[[], Host]) -> None:
    """One command judges every kind of answer, and no host is asked more than it takes."""
    host, silent, slow = hosts(), hosts(), hosts()
    shy, shy_for_a_while, shy_for_long = hosts(), hosts(), hosts()
    quiet = "no answer within 2 seconds"
    wanted = {
        host.root + path: Verdict(state, reason.format(host.root), to and host.root + to)  # type: ignore[arg-type]
        for path, (state, reason, to) in ANSWERS.items()
    }
    wanted |= {
        f"{silent.root}/hang": Verdict("unknown", quiet),
        f"{slow.root}/drip": Verdict("fine"),
        f"{slow.root}/drip#here": Verdict("unknown", quiet),
        "http://127.0.0.9:1/": Verdict("unknown", "the host refuses the connection"),
        f"http://{TOO_LONG}.se/": Verdict("broken", "there is no such host"),
        f"https://räksmörgås.{TOO_LONG}.se/å": Verdict("broken", "there is no such host"),
        "http://a.test/": Verdict("broken", "there is no such host, its name is for examples only"),
        "https://": Verdict("broken", "no browser can make out a host in it"),
    }
    peace = "the host asks to be left in peace (429)"
    for other, path in ((shy, "/429"), (shy_for_a_while, "/429/2"), (shy_for_long, "/429/3600")):
        wanted[other.root + path] = Verdict("unknown", peace)
        wanted[f"{other.root}/fine"] = Verdict(
            "unknown", f"not asked, as for another page there: {peace}"
        )
    begun = time.monotonic()
    found = ask(list(wanted), QUICK, private.none)
    assert {one: replace(verdict, then="") for one, verdict in found.items()} == wanted
    assert time.monotonic() - begun < 20
    assert all(other.asked.total() == 1 for other in (shy, shy_for_a_while, shy_for_long, silent))
    followed = {path for path, _ in REDIRECTS.items()} | {"/fine", "/404"}
    assert {path for path, times in host.asked.items() if times > 2} <= followed
    assert "/fine?a=1&b=2&copy=3" in host.asked


def test_a_private_host_is_not_asked(hosts: Callable[[], Host]) -> None:
    """However its address is spelled, a host of this machine or its network gets no request."""
    host = hosts()
    port = host.root.rpartition(":")[2]
    names = ("127.0.0.2", "0x7f.2", "2130706434", "[::ffff:127.0.0.2]", "0177.0.0.2", "127.0.0.2.")
    found = ask([f"http://{name}:{port}/fine" for name in names], QUICK)
    assert {verdict.reason for verdict in found.values()} == {
        "it is in a private network, where nothing is asked"
    }
    assert {verdict.state for verdict in found.values()} == {"unknown"}
    assert not host.asked


def test_a_name_that_leads_to_a_private_host_is_not_asked(hosts: Callable[[], Host]) -> None:
    """What counts is where the name leads, not that it looks public."""
    host = hosts()
    port = host.root.rpartition(":")[2]
    (found,) = ask(
        [f"http://localhost:{port}/fine"], QUICK, lambda one: one.startswith(("127.", "::"))
    ).values()
    assert found == Verdict("unknown", "it is in a private network, where nothing is asked")
    assert not host.asked


@pytest.mark.parametrize("path", ["/elsewhere", "/elsewhere#here"])
def test_a_redirect_into_a_private_network_is_not_followed(
    hosts: Callable[[], Host], path: str
) -> None:
    """A public host cannot send the checker to a private one."""
    public, inside = hosts(), hosts()
    base, _, anchor = path.partition("#")
    address = f"{public.root}{base}?{inside.root}/fine" + (f"#{anchor}" if anchor else "")
    is_inside = inside.server_address[0]
    (found,) = ask([address], QUICK, lambda one: one == is_inside).values()
    assert found.state == "unknown"
    assert found.reason == (
        f"it redirects to {inside.root}/fine: it is in a private network, where nothing is asked"
    )
    assert public.asked
    assert not inside.asked


@pytest.mark.parametrize(
    ("host", "expected"),
    {
        "example.org": False,
        "93.184.216.34": False,
        "[2606:4700::1111]": False,
        "[::ffff:8.8.8.8]": False,
        "localhost": True,
        "a.localhost.": True,
        "printer.local": True,
        "wiki.internal": True,
        "wiki": True,
        "10.1.2.3": True,
        "169.254.169.254": True,
        "100.64.0.1": True,
        "0.0.0.0": True,  # noqa: S104
        "224.0.0.1": True,
        "[::1]": True,
        "[fe80::1%eth0]": True,
        "fc00::1": True,
        "[::ffff:7f00:1]": True,
        "[64:ff9b::a00:1]": True,
        "[2002:7f00:1::]": True,
        "[::127.0.0.1]": True,
        "[fec0::1]": True,
    }.items(),
)
def test_private_hosts_are_known_by_their_spelling(host: str, expected: bool) -> None:
    """Ranges that are not for the public, also inside of other addresses; names that are not."""
    assert private.is_private(host) is expected


def children() -> set[str]:
    """Give the names of the processes that this one has started (proc_pid_stat(5))."""
    names = set()
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            said, _, numbers = file.read_text().rpartition(")")
            if int(numbers.split()[1]) == os.getpid():
                names.add(said.partition("(")[2])
    return names


def test_the_deadline_ends_it(hosts: Callable[[], Host]) -> None:
    """When the time for all is over, lychee is gone, and what was answered before is kept."""
    silent, host = hosts(), hosts()
    hanging = [f"{silent.root}/hang?{number}" for number in range(9)]
    begun = time.monotonic()
    limits = Limits(answer_seconds=20, all_seconds=1.5)
    found = ask([f"{host.root}/fine", *hanging], limits, private.none)
    assert time.monotonic() - begun < 4
    assert found[f"{host.root}/fine"] == Verdict("fine")
    assert {found[one].reason for one in hanging} == {"the time for all links was over"}
    assert "lychee" not in children()


@pytest.fixture
def secure(hosts: Callable[[], Host], tmp_path: Path) -> Callable[[str, Path], Host]:
    """Give a host that speaks https, and write its certificate, which is for a name or address."""

    def start(subject: str, certificate: Path) -> Host:
        key = tmp_path / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
            + ["-nodes", "-subj", "/CN=host", "-addext", f"subjectAltName={subject}"]
            + ["-addext", "basicConstraints=critical,CA:FALSE"]
            + ["-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        host = hosts()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        host.socket = context.wrap_socket(host.socket, server_side=True)
        host.root = host.root.replace("http:", "https:")
        return host

    return start


@pytest.mark.parametrize(
    ("subject", "is_trusted", "expected"),
    [
        ("IP:127.0.0.2", True, {Verdict("fine")}),
        (
            "IP:127.0.0.2",
            False,
            {Verdict("broken", "the host's certificate comes from an issuer that is not known")},
        ),
        (
            "DNS:example.net",
            True,
            {Verdict("broken", "the host's certificate is that of another host")},
        ),
    ],
)
def test_certificates_are_looked_at(
    secure: Callable[[str, Path], Host],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    subject: str,
    is_trusted: bool,
    expected: set[Verdict],
) -> None:
    """A host of https is asked like any other; one that nobody vouches for is broken."""
    certificate = tmp_path / "certificate.pem"
    host = secure(subject, certificate)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    found = ask([f"{host.root}/fine", f"{host.root}/fine#here"], QUICK, private.none)
    assert set(found.values()) == expected
    assert bool(host.asked) == (expected == {Verdict("fine")})


def test_https_does_not_lead_into_a_private_network(
    hosts: Callable[[], Host],
    secure: Callable[[str, Path], Host],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is encrypted cannot be read on its way; where it goes is seen all the same."""
    certificate = tmp_path / "certificate.pem"
    public, inside = secure("IP:127.0.0.2", certificate), hosts()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    is_inside = inside.server_address[0]
    for target in (inside.root, inside.root.replace("http:", "https:")):
        address = f"{public.root}/elsewhere?{target}/fine"
        (found,) = ask([address], QUICK, lambda one: one == is_inside).values()
        assert "private network" in found.reason
    assert public.asked
    assert not inside.asked


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is limited on Linux")
def test_a_page_that_unpacks_to_gigabytes(hosts: Callable[[], Host]) -> None:
    """It ends lychee, and not the machine; the other verdicts stand."""
    host = hosts()
    found = ask([f"{host.root}/bomb#here", f"{host.root}/fine#here"], QUICK, private.none)
    assert [verdict.state for verdict in found.values()] == ["unknown", "fine"]
    assert "too much for the memory" in found[f"{host.root}/bomb#here"].reason


def is_unknown(name: str) -> bool:
    """Tell whether a name server answers that there is no such host."""
    try:
        socket.getaddrinfo(name, 80)
    except socket.gaierror as error:
        return error.errno == socket.EAI_NONAME
    return False


def test_a_name_that_nobody_knows(hosts: Callable[[], Host]) -> None:
    """Name servers say that there is no such host; without one, nothing can be told."""
    if not is_unknown("no-such-host.arpa"):
        pytest.skip("no name server says so here")
    host = hosts()
    found = ask(["https://no-such-host.arpa/", f"{host.root}/fine"], QUICK, private.none)
    assert found["https://no-such-host.arpa/"] == Verdict("broken", "there is no such host")


def test_a_machine_without_a_network_breaks_no_link() -> None:
    """If no host is found at all it is hardly the hosts' fault."""
    names = (f"http://{TOO_LONG}.se/", f"https://{TOO_LONG}.eu/", "http://a.test/")
    found = ask(names, QUICK, private.none)
    assert found["http://a.test/"].state == "broken"
    reason = "no host at all was found, so this machine may be offline"
    found = {one: said for one, said in found.items() if one != "http://a.test/"}
    assert set(found.values()) == {Verdict("unknown", reason)}
    (alone,) = ask([f"http://{TOO_LONG}.se/"], QUICK, private.none).values()
    assert alone.state == "broken"


def test_a_proxy_of_the_environment_is_used(
    hosts: Callable[[], Host], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only a proxy leads out, it is asked, and it alone knows the names of hosts."""
    proxy = hosts()
    monkeypatch.setenv("http_proxy", proxy.root)
    known_to_the_proxy = f"http://{TOO_LONG}.se/fine"
    assert ask([known_to_the_proxy], QUICK) == {known_to_the_proxy: Verdict("fine")}
    assert proxy.asked == {known_to_the_proxy: 1}


def test_lychee_may_be_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The message says what is missing, and on a line of its own how to get it."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotInstalledError) as caught:
        check({}, (), TODAY)
    command = ".venv/bin/python -m pip install --require-hashes -r requirements-external.txt"
    assert command in [line.strip() for line in str(caught.value).splitlines()]


def test_lychee_may_fail(tmp_path: Path) -> None:
    """What it wrote last is the reason."""
    program = tmp_path / "lychee"
    program.write_text("#!/bin/sh\necho 'no idea' >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    found = lychee.run(program, ["http://a.se/"], proxy="", seconds=1, is_over=bool)
    assert found.failure == "no idea"


def listed(findings: list[Finding]) -> list[tuple[str, str, str, int, int]]:
    """Give of each finding what a table shows."""
    return [(one.code, one.severity, one.path, one.line, one.column) for one in findings]


def test_a_host_that_is_weary_of_us_is_left_in_peace(hosts: Callable[[], Host]) -> None:
    """After two answers that did not come, the host's other pages are not asked."""
    host = hosts()
    pages = [f"{host.root}/hang?{number}" for number in range(4)]
    begun = time.monotonic()
    found = ask([*pages, f"{host.root}/fine"], Limits(answer_seconds=1), private.none)
    assert time.monotonic() - begun < 4
    assert [found[page].reason for page in pages] == [
        *["no answer within 1 seconds"] * 2,
        *["not asked, as for another page there: no answer within 1 seconds"] * 2,
    ]
    assert host.asked.keys() == {"/hang?0", "/hang?1"}


def test_each_place_has_its_finding(hosts: Callable[[], Host]) -> None:
    """An address is asked once, however many pages link to it; other schemes are let be."""
    host = hosts()
    places = {
        f"{host.root}/404": [Place("en/a.html", 3, 7), Place("sv/a.html", 4, 8)],
        f"{host.root}/301": [Place("en/a.html", 5, 1)],
        f"{host.root}/403": [Place("en/a.html", 6, 1)],
        f"{host.root}/fine": [Place("en/a.html", 7, 1)],
        "mailto:a@example.org": [Place("en/a.html", 8, 1)],
        "../b.html": [Place("en/a.html", 9, 1)],
    }
    found = check(places, (), TODAY, limits=QUICK, is_private=private.none)
    assert listed(found) == [
        ("external-broken", "error", "en/a.html", 3, 7),
        ("external-broken", "error", "sv/a.html", 4, 8),
        ("external-moved", "warning", "en/a.html", 5, 1),
        ("external-unknown", "warning", "en/a.html", 6, 1),
    ]
    assert found[0].url == f"{host.root}/404"
    assert found[2].fix.endswith(f"link to {host.root}/fine")
    assert host.asked["/404"] == 1


def test_ignored_addresses_are_not_asked(hosts: Callable[[], Host]) -> None:
    """An entry holds for its address, or for all that begin so, up to and with its day."""
    host = hosts()
    places = {f"{host.root}/{code}": [Place("a.html", code, 1)] for code in (403, 404, 405, 410)}
    ignored = (
        Ignored(f"{host.root}/403", "so", TODAY, "content/links.toml", 1),
        Ignored(f"{host.root}/404*", "so", TODAY, "content/links.toml", 5),
        Ignored(f"{host.root}/405", "so", date(2026, 5, 31), "content/links.toml", 9),
        Ignored(f"{host.root}/41", "so", TODAY, "content/links.toml", 13),
    )
    found = check(places, ignored, TODAY, limits=QUICK, is_private=private.none)
    assert listed(found) == [
        ("link-ignore-expired", "warning", "content/links.toml", 9, 0),
        ("link-ignore-unmatched", "warning", "content/links.toml", 13, 0),
        ("external-unknown", "warning", "a.html", 405, 1),
        ("external-broken", "error", "a.html", 410, 1),
    ]
    assert set(host.asked) == {"/405", "/410"}


WHOLE: Final = """
[[ignore]]
address = "https://example.org/login*"
reason = "For people only."
until = 2027-06-30
"""


def test_the_ignore_list_is_read(tmp_path: Path) -> None:
    """Entries have their lines; no file is an empty list."""
    file = tmp_path / "links.toml"
    assert read_ignored(file, "links.toml") == ((), [])
    file.write_text(WHOLE, encoding="utf-8")
    (one,), findings = read_ignored(file, "content/links.toml")
    assert not findings
    assert (one.until, one.path, one.line) == (date(2027, 6, 30), "content/links.toml", 2)
    assert one.fits("https://EXAMPLE.org/login?a")
    assert not one.fits("https://example.org/")


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ('reason = "For people only."\n', "", 2),
        ('"For people only."', '" "', 2),
        ("2027-06-30", '"2027-06-30"', 2),
        ("2027-06-30", "2027-06-30T10:00:00", 2),
        ("https://example.org/login*", "example.org", 2),
        ("https://example.org/login*", "mailto:a@example.org", 2),
        ("https://example.org/login*", "https://*", 2),
        ("https://example.org/login*", "https://*.example.org/", 2),
        ("reason", "because", 2),
        ("[[ignore]]", "[[waiver]]", 1),
        ("[[ignore]]", "[ignore]", 1),
        ("[[ignore]]", "ignore = [1]\n[x]", 1),
        ("https", '"https', 3),
    ],
)
def test_malformed_entries_are_findings(tmp_path: Path, before: str, after: str, line: int) -> None:
    """An entry without a reason, a day or an address ignores nothing."""
    file = tmp_path / "links.toml"
    file.write_text(WHOLE.replace(before, after), encoding="utf-8")
    ignored, findings = read_ignored(file, "content/links.toml")
    assert not ignored
    assert [(one.code, one.line) for one in findings] == [("link-ignore-malformed", line)]
