# SPDX-License-Identifier: AGPL-3.0-or-later
"""When does a reader on a slow connection see something? First contentful paint, in Chromium.

The real site is served from this machine with gzip or brotli, and DevTools' network emulation
(``Network.emulateNetworkConditions``) holds each answer back for 400 ms from its request, and lets
400 kbit/s through either way. That is one round trip and the bytes. It is not the setting up of a
connection: a first visit to a host takes a round trip for TCP and another for TLS 1.3 (RFC 8446),
and whatever its name takes to look up. Nor does the emulation know of TCP's windows: that a page
needs no second round trip is known by its size (``notices/weight.py``), and not by this.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Mapping
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
from playwright.sync_api import Browser

from notices import addresses, hooks, settings
from tests import chromium

ROUND_TRIP_MS = 400
KBIT_PER_SECOND = 400
RUNS = 5
ENCODED = {"gzip": partial(gzip.compress, compresslevel=9, mtime=0), "br": brotli.compress}
TYPES = {".html": "text/html; charset=utf-8", ".svg": "image/svg+xml"}
PAINTED = """() => new Promise(done => new PerformanceObserver(
  list => done(list.getEntriesByName("first-contentful-paint")[0].startTime)
).observe({ type: "paint", buffered: true }))"""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, files: Mapping[str, Mapping[str, bytes]], *rest: object) -> None:
        self._files = files
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with the file as the browser prefers it, compressed beforehand."""
        asked = self.headers.get("X-Encoding", "gzip")
        file = addresses.file_of(self.path.lstrip("/"))
        body = self._files[asked].get(file)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", TYPES.get(Path(file).suffix, "text/plain"))
        self.send_header("Content-Encoding", asked)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the terminal for the table."""


def _paint(browser: Browser, address: str, encoding: str) -> tuple[float, list[str]]:
    """Open an address with nothing in the cache: milliseconds to the first paint, and requests."""
    context = browser.new_context(extra_http_headers={"X-Encoding": encoding})
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    bytes_per_second = KBIT_PER_SECOND * 1000 / 8
    network.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": bytes_per_second,
            "uploadThroughput": bytes_per_second,
        },
    )
    page.goto(address)
    painted = float(page.evaluate(PAINTED))
    page.wait_for_load_state("networkidle")
    assert page.title(), "the browser has read what was sent"
    context.close()
    return painted, requests


def measure(folder: Path) -> None:
    """Build the real site, open each of its pages, and print a table."""
    if not chromium.EXECUTABLE:
        print("\nChromium is missing, so nothing was painted: apt install chromium")
        return
    made = settings.for_site(
        settings.from_file(), output=folder / "site", address="https://example.org"
    )
    work = hooks.build(made)
    if not work.is_done:
        sys.exit("\n".join(work.summary()))
    files = {
        name: {
            file.relative_to(made.output).as_posix(): encode(file.read_bytes())
            for file in made.output.rglob("*")
            if file.is_file()
        }
        for name, encode in ENCODED.items()
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, files))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(
        f"\nFirst contentful paint at {ROUND_TRIP_MS} ms round trip and {KBIT_PER_SECOND} kbit/s, "
        f"nothing cached,\nwithout the setting up of the connection; median of {RUNS}. "
        "Requests: the page, its icon.\n"
    )
    print(f"{'page':32}{'gzip':>8}{'':>9}{'brotli':>8}{'':>9}{'requests':>10}")
    pages = sorted(path for path in files["gzip"] if path.endswith("index.html"))
    with chromium.started() as browser:
        for path in pages:
            if path.startswith("compare/"):
                continue
            address = f"http://127.0.0.1:{server.server_port}/{path.removesuffix('index.html')}"
            row, asked = "", set()
            for name in ENCODED:
                runs = [_paint(browser, address, name) for _ in range(RUNS)]
                asked |= {len(requests) for _, requests in runs}
                milliseconds = statistics.median(painted for painted, _ in runs)
                row += f"{len(files[name][path]):6} B{milliseconds:6.0f} ms"
            print(f"{path:32}{row}{'–'.join(map(str, sorted(asked))):>10}")
    server.shutdown()


def main() -> int:
    """Measure, and print a table."""
    folder = Path(tempfile.mkdtemp(prefix="notices-bench-"))
    try:
        measure(folder)
    finally:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
