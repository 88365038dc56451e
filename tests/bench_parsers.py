# SPDX-License-Identifier: AGPL-3.0-or-later
"""``python -m tests.bench_parsers``: how long does each HTML parser take to read all attributes?

The pages are those of the links part of ``./run bench``, read from memory by one process. lxml is
not among the requirements; where it is not installed, it is left out.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from tests.bench_links import PAGES, write_tree

_FEW = 200
"""BeautifulSoup reads so many; its time is multiplied."""


def _lexbor(page: bytes) -> int:
    root = LexborHTMLParser(page).root
    return sum(len(node.attributes) for node in root.traverse()) if root else 0


class _Counting(HTMLParser):
    count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += len(attrs)


def _html_parser(page: bytes) -> int:
    parser = _Counting()
    parser.feed(page.decode())
    return parser.count


def _soup(builder: str) -> Callable[[bytes], int]:
    return lambda page: sum(len(tag.attrs) for tag in BeautifulSoup(page, builder).find_all(True))


def _lxml(page: bytes) -> int:
    from lxml import etree

    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8")
    return sum(
        len(element.attrib) for element in etree.fromstring(page, parser).iter(etree.Element)
    )


def _seconds(read: Callable[[bytes], int], pages: list[bytes]) -> tuple[float, int]:
    started = time.perf_counter()
    count = sum(map(read, pages))
    return (time.perf_counter() - started) * PAGES / len(pages), count * PAGES // len(pages)


def main() -> None:
    """Measure, and print a table: seconds, and how many attributes were seen."""
    with tempfile.TemporaryDirectory() as folder:
        write_tree(Path(folder), PAGES)
        pages = [file.read_bytes() for file in sorted(Path(folder).rglob("*.html"))]
    parsers: dict[str, tuple[Callable[[bytes], int], list[bytes]]] = {
        "selectolax (Lexbor)": (_lexbor, pages),
        "lxml": (_lxml, pages),
        "html.parser": (_html_parser, pages),
        "BeautifulSoup with html.parser": (_soup("html.parser"), pages[:_FEW]),
        "BeautifulSoup with lxml": (_soup("lxml"), pages[:_FEW]),
    }
    for name, (read, some) in parsers.items():
        try:
            seconds, attributes = min(_seconds(read, some) for _ in range(3))
        except Exception as error:
            if "lxml" not in name:
                raise
            print(f"{name:34}  left out: {error}")
            continue
        print(f"{name:34}{seconds:8.2f} s{attributes:10} attributes")


if __name__ == "__main__":
    main()
