# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same configurations at other places: the root of a host, a path in letters, behind TLS."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from notices import verifying
from notices.delivery import release
from notices.hosting import caddy, headers, nginx
from notices.hosting.whereabouts import Machine
from notices.model import Aliases, Catalog
from notices.settings import Settings
from tests.conftest import Site
from tests.hosting import summed
from tests.programs import needed
from tests.servers import Answer, command, free_port, get, parsed, running, surroundings

Write = Callable[[Catalog, Settings, Machine], str]

SERVERS = {"nginx": nginx.written, "caddy": caddy.written}
FILES = {
    "index.html": "root",
    "404.html": "lost",
    "sv/index.html": "sv",
    "sv/404.html": "lost sv",
    "pt-BR/404.html": "lost pt-BR",
    ".git/config": "secret",
    ".well-known/security.txt": "Contact: mailto:security@example.org\n",
}
SECURITY = 'security_contact = "mailto:security@example.org"\nsecurity_expires = "2027-01-01"\n'
READER = "127.0.0.77"


@pytest.fixture
def published(site: Site) -> Site:
    """Give a site with a language whose tag has two parts, and a folder with its release."""
    site.write({"sv/user.md": "# T\n", "pt-BR/user.md": "# T\n", "organisation.toml": SECURITY})
    for path, text in FILES.items():
        file = site.folder / "root" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return site


def printed(server: str, site: Site, machine: Machine) -> str:
    """Write a configuration, with a retired address."""
    content = replace(site.catalog(), aliases=Aliases(addresses={"sv/x/": "sv/user/"}))
    return SERVERS[server](content, replace(site.settings, chooses_language=True), machine)


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("path", ["", "/f%C3%B6r%20oss/a.b", "/~x/(y)+"])
def test_a_site_may_stand_anywhere(published: Site, server: str, path: str) -> None:
    """At the root of its host, or below a path with letters, spaces and signs of expressions."""
    published.address = f"https://example.org{path}"
    port = free_port()
    machine = Machine(published.folder / "root", published.folder, f"127.0.0.1:{port}")
    with running(server, published.folder, printed(server, published, machine), port):

        def seen(asked: str, **said: str) -> tuple[int, str]:
            found = get(port, path + asked, said)
            return found.status, found["Location"] or found.body.decode()

        assert seen("/") == (200, "root")
        assert seen("/sv/") == (200, "sv")
        assert seen("/sv/nothing") == (404, "lost sv")
        assert seen("/pt-BR/nothing") == (404, "lost pt-BR")
        assert seen("/pt/nothing") == (404, "lost")
        assert seen("/.git/config") == (404, "lost")
        assert seen("/sv/x") == (301, f"{path}/sv/user/")
        assert seen("/", **{"Accept-Language": "pt"}) == (302, f"{path}/pt-BR/")
        assert seen("/", **{"Accept-Language": "PT-br;q=0.2,sv;q=0"}) == (302, f"{path}/pt-BR/")
        assert seen("/", **{"Accept-Language": "pt-PT"}) == (200, "root")
        assert get(port, "/.well-known/security.txt").body.startswith(b"Contact")
        other = path.lower().replace("r", "%72").replace("a", "%61").replace("(", "%28")
        assert get(port, f"{other}/sv/").body == b"sv", "an address is the same in other escapes"
        if path:
            assert seen("") == (301, f"{path}/")
            assert get(port, "/sv/").status == 404


@pytest.mark.parametrize("server", SERVERS)
def test_a_path_with_escapes_is_verified(site: Site, server: str) -> None:
    """What is printed for such a site has no finding, retired addresses included."""
    path = "/p%C3%A5/x%20y"
    site.address = f"https://example.org{path}"
    site.write({"sv/user.md": "# Dina\n", "en/user.md": "# Your\n"})
    site.write({"aliases.toml": '[addresses]\n"/sv/för länge/" = "/sv/user/"\n'})
    assert site.build().is_done
    summed(site.output)
    port = free_port()
    machine = Machine(site.output, site.folder, f"127.0.0.1:{port}")
    text = SERVERS[server](site.catalog(), site.settings, machine)
    with running(server, site.folder, text, port):
        url = f"http://127.0.0.1:{port}{path}"
        made = verifying.of_site(release.read(site.output), url)
    assert made.findings == []
    assert made.compared == made.files > 10


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Make a certificate that nobody vouches for, and its key."""
    files = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subprocess.run(
        [
            *(needed("openssl"), "req", "-x509", "-newkey", "ec"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"),
            *("-subj", "/CN=example.org", "-addext", "subjectAltName=DNS:example.org"),
            *("-out", str(files[0]), "-keyout", str(files[1])),
        ],
        check=True,
        capture_output=True,
    )
    return files


def over_tls(port: int, path: str) -> Answer:
    """Ask for a path over TLS."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", port), 10, (READER, 0)) as plain,
        trusting.wrap_socket(plain, server_hostname="example.org") as opened,
    ):
        opened.sendall(
            f"GET {path} HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n".encode()
        )
        found = b""
        while part := opened.recv(65536):
            found += part
    return parsed(found)


def spoilt_handshakes(port: int) -> None:
    """Begin to speak TLS, and go on in other ways than it wants."""
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_2
    old.set_ciphers("AES256-SHA256")
    for data in (b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x00\x05hello", b""):
        with socket.create_connection(("127.0.0.1", port), 10, (READER, 0)) as opened:
            opened.sendall(data)
    with (
        socket.create_connection(("127.0.0.1", port), 10, (READER, 0)) as opened,
        pytest.raises(OSError),
    ):
        old.wrap_socket(opened, server_hostname="example.org")


@pytest.mark.parametrize("server", SERVERS)
def test_a_site_is_served_over_tls(
    published: Site, server: str, certificate: tuple[Path, Path]
) -> None:
    """With the certificate that is named; a handshake that fails tells no log who tried."""
    published.address = "https://example.org/privacy"
    port = free_port()
    logs = published.folder / "logs"
    logs.mkdir()
    machine = Machine(published.folder / "root", logs, f"127.0.0.1:{port}", *certificate)
    with running(server, logs, printed(server, published, machine), port):
        answer = over_tls(port, "/privacy/sv/")
        assert (answer.status, answer.body) == (200, b"sv")
        assert answer["Strict-Transport-Security"] == "max-age=63072000"
        spoilt_handshakes(port)
        time.sleep(0.1)
    said = "\n".join(file.read_text() for file in logs.glob("*.log"))
    assert "127.0.0.0" in said
    assert READER not in said


@pytest.mark.parametrize(
    ("server", "line", "other"),
    [
        ("nginx", r" emerg;", " error;"),
        ("nginx", r"notice-access.log\" notice;", 'notice-access.log" combined;'),
        ("caddy", r"request>remote_ip ip_mask {[^{}]*}", ""),
        ("caddy", r"request>headers delete", ""),
    ],
)
def test_logs_would_tell_but_for_a_line(
    published: Site, server: str, line: str, other: str
) -> None:
    """Each line that keeps a reader out of the logs is needed."""
    published.address = "https://example.org"
    port = free_port()
    (published.folder / "root" / "loop").symlink_to("loop")
    logs = published.folder / "logs"
    logs.mkdir()
    machine = Machine(published.folder / "root", logs, f"127.0.0.1:{port}")
    text, count = re.subn(line, other, printed(server, published, machine))
    assert count
    with running(server, logs, text, port):
        get(port, "/loop", {"Referer": f"https://{READER}/"}, reader=READER)
        time.sleep(0.1)
    assert READER in "\n".join(file.read_text() for file in logs.glob("*.log"))


@pytest.mark.parametrize("server", SERVERS)
def test_a_public_configuration_is_valid(
    published: Site, server: str, certificate: tuple[Path, Path]
) -> None:
    """What is printed without --listen: on the ports of the web, and for Caddy without files."""
    published.address = "https://example.org/privacy"
    machine = Machine(published.folder / "root", published.folder)
    if server == "nginx":
        machine = replace(machine, certificate=certificate[0], key=certificate[1])
    text = printed(server, published, machine)
    if server == "nginx":  # other ports, since only root may have these, and not every host IPv6
        ports = ["80", "[::]:80", "443 ssl http2", "[::]:443 ssl http2"]
        assert re.findall(r"listen (.*);", text) == ports
        text = re.sub(r"listen \[::\].*;", "", text)
        text = re.sub(r"listen (80|443)", lambda _: f"listen 127.0.0.1:{free_port()}", text)
    else:
        assert "\nhttps://example.org {" in text
        file = published.folder / "Caddyfile"
        file.write_text(text)
        tidy = subprocess.run([needed("caddy"), "fmt", str(file)], capture_output=True, check=True)
        assert tidy.stdout.decode() == text
    done = subprocess.run(
        command(server, published.folder, text, only_check=True),
        env=surroundings(published.folder),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    broken = command(server, published.folder, f"{text}\n}}", only_check=True)
    spoilt = subprocess.run(broken, env=surroundings(published.folder), capture_output=True)
    assert spoilt.returncode != 0, "a configuration that is none would be found"


def test_who_comes_without_tls_is_sent_on(published: Site, certificate: tuple[Path, Path]) -> None:
    """By nginx, to the site's own host whatever host was asked for. (Caddy does so by itself.)"""
    published.address = "https://example.org/privacy"
    machine = Machine(published.folder / "root", published.folder, "", *certificate)
    text = re.sub(r"listen \[::\].*;", "", printed("nginx", published, machine))
    plain, secure = free_port(), free_port()
    text = text.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{secure} ")
    with running("nginx", published.folder, text, plain):
        for asked in ("/privacy/sv/?a=b", "//evil.example/", "http://evil.example/privacy/sv/"):
            answer = get(plain, asked, {"Host": "evil.example"}, reader=READER)
            assert answer.status == 301
            assert re.match(r"https://example\.org/", answer["Location"]), answer
        assert get(plain, "/.well-known/acme-challenge/x").status == 404
        assert over_tls(secure, "/privacy/sv/").body == b"sv"
    assert READER not in "".join(file.read_text() for file in published.folder.glob("*.log"))


@pytest.mark.parametrize("server", SERVERS)
def test_a_site_without_tls_promises_none(published: Site, server: str) -> None:
    """No HSTS is sent over http (RFC 6797, section 7.2); all else is."""
    published.address = "http://example.org"
    text = printed(server, published, Machine(Path("/srv/a"), Path("/var/log/a")))
    for name in headers.of_site():
        assert (name in text) == (name != "Strict-Transport-Security"), name
    assert "443" not in text and "ssl" not in text
    published.address = "https://example.org:8443"
    text = printed(server, published, Machine(Path("/srv/a"), Path("/var/log/a")))
    assert "Strict-Transport-Security" in text and "8443" in text
    assert server != "nginx" or "/etc/letsencrypt/live/example.org/privkey.pem" in text


@pytest.mark.parametrize("server", SERVERS)
def test_a_site_may_do_without_brotli(published: Site, server: str) -> None:
    """A server without the module takes the configuration, too."""
    published.address = "https://example.org"
    machine = Machine(Path("/srv/a"), Path("/var/log/a"), has_brotli=False)
    assert not re.search(r"brotli|precompressed.*br", printed(server, published, machine))
    text = printed(server, published, replace(machine, has_brotli=True))
    assert re.search(r"brotli_static|precompressed br", text)
