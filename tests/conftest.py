# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real content folder for each test, and the ways to look at what becomes of it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from notices import catalog, checks, hooks, settings
from notices.build import Build
from notices.codes import DIFFERENCES, WORDS
from notices.model import Catalog, Finding
from notices.review import marking
from notices.settings import Settings

SITES = Path(__file__).parent / "sites"

OTHER_MATTERS = {"interface-missing", "reviews-not-kept", *DIFFERENCES, *WORDS}


def no_misspellings() -> str:
    """Make dictionaries that know every word, which takes no time to load; give their folder.

    They pass over all signs of a word, so that nothing is left which could be wrong.
    """
    folder = tempfile.mkdtemp(prefix="dictionaries-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    signs = "".join(one for one in map(chr, range(0x21, 0x700)) if one.isalnum() or one in "'.:-")
    for tag in "ar de_DE en_GB fa fi he sv_SE uk".split():
        Path(folder, f"{tag}.aff").write_text(f"SET UTF-8\nIGNORE {signs}\n", encoding="utf-8")
        Path(folder, f"{tag}.dic").write_text("1\nx\n", encoding="utf-8")
    return folder


os.environ["DICPATH"] = no_misspellings()
"""Most tests are about other things than words; those that are not name other dictionaries."""


class Site:
    """A content folder of a test, in a folder of its own, with the project's theme."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.output = folder / "output"
        self.translations = settings.ROOT / "translations"
        self.source_language = "sv"
        self.address = ""
        self.severities: dict[str, str] = {}
        self.content.mkdir()

    def write(self, files: Mapping[str, str | bytes]) -> Site:
        """Write files, by their path inside the content folder."""
        for path, text in files.items():
            file = self.content / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode() if isinstance(text, str) else text)
        return self

    @property
    def settings(self) -> Settings:
        """The settings of the site: the defaults of every other site than the project's own."""
        made = settings.for_site(
            settings.from_file(),
            content=self.content,
            source_language=self.source_language,
            output=self.output,
            address=self.address,
        )
        severities = {**made.severities, **self.severities}
        return replace(made, translations=self.translations, severities=severities)  # type: ignore[arg-type]

    def catalog(self, drafts: bool = True) -> Catalog:
        """Read the content."""
        made = self.settings
        return catalog.load(made.content, made.shown_content, made.source_language, drafts=drafts)

    def findings(self, *, differences: bool = False, words: bool = False) -> list[Finding]:
        """Read and check the content; what every small site lacks is another matter.

        So is what two texts say differently: most tests put what they are about into one of them.
        So are their words, which are as few as they can be.
        """
        found = checks.run(self.catalog(), self.settings)
        wanted = {*(DIFFERENCES if differences else ()), *(WORDS if words else ())}
        return [one for one in found if one.code not in OTHER_MATTERS or one.code in wanted]

    def places(self) -> list[tuple[str, str, int]]:
        """Give each finding as (code, path inside the content folder, line)."""
        return [
            (finding.code, finding.path.removeprefix("content/"), finding.line)
            for finding in self.findings()
        ]

    def review(self, *langs: str, on: date = date(2026, 3, 1)) -> Site:
        """Record that every text was checked as it is."""
        read = self.catalog()
        for lang in langs or read.translations:
            marking.mark(read, self.settings, lang, (), on)
        return self

    def build(self, *, lenient: bool = False) -> Build:
        """Build the site through Pelican."""
        return hooks.build(self.settings, lenient=lenient)

    def page(self, path: str) -> BeautifulSoup:
        """Read a page of the last build."""
        return BeautifulSoup((self.output / path).read_text(encoding="utf-8"), "html.parser")

    def files(self) -> dict[str, bytes]:
        """Give every file of the last build."""
        return {
            file.relative_to(self.output).as_posix(): file.read_bytes()
            for file in sorted(self.output.rglob("*"))
            if file.is_file()
        }


def matters(findings: list[Finding]) -> list[Finding]:
    """Leave out what every small site lacks, and what its texts say differently."""
    return [finding for finding in findings if finding.code not in OTHER_MATTERS]


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Let work be shared with forks (``parallel.py``), though other threads are there already.

    A fork copies their locks. Those of pytest-xdist and of the browser nothing of ours ever takes.
    """
    counted = threading.active_count
    others = counted() - 1
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(threading, "active_count", lambda: counted() - others)
        yield


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Give an empty site; the test stands in its folder."""
    monkeypatch.chdir(tmp_path)
    yield Site(tmp_path)


def one(found: BeautifulSoup | Tag, selector: str) -> Tag:
    """Give the one element that a selector finds."""
    (element,) = found.select(selector)
    return element
