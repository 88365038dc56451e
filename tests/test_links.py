# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finished sites that hold every fault, and what only looks like one.

The files under ``tests/sites/faults`` say themselves what is wrong in them: ``fault: CODE`` (or
several) in a comment on the line, or alone on the line above. A ``fine:`` says why there is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from notices import links
from notices.codes import SEVERITIES
from notices.links.reading import markup
from notices.links.reading.attributes import BY_ELEMENT, ON_ANY_ELEMENT
from tests.conftest import SITES

FAULTS = SITES / "faults"
BASES = {"resolution": "https://example.org/privacy", "folders": ""}
"""Where a site is published; the pages of the others say it themselves, or nobody does."""
LANGUAGES = {"folders": ("sv", "en")}

MARK = re.compile(r"fault: (?P<codes>[a-z]+-[a-z-]+(?: [a-z]+-[a-z-]+)*)")
COMMENT = re.compile(r"\s*(?:<!--.*?-->|/\*.*?\*/|#.*)\s*")

IN_JSON = {
    ("places", "site.webmanifest"): [
        (3, "target-missing"),
        (6, "target-missing"),
        (8, "origin-other"),
        (10, "target-missing"),
        (13, "target-missing"),
        (13, "target-missing"),
    ],
    ("places", "broken.webmanifest"): [(3, "file-malformed")],
}
"""JSON has no comments."""

Place = tuple[str, int, str]


def marked(folder: Path) -> Iterator[Place]:
    """Read what the files of a site say is wrong in them."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        lines = file.read_text(encoding="utf-8").split("\n") if file.is_file() else []
        for number, line in enumerate(lines, 1):
            for mark in MARK.finditer(line):
                is_alone = COMMENT.fullmatch(line) is not None
                for code in mark["codes"].split():
                    yield path, number + is_alone, code
        for number, code in IN_JSON.get((folder.name, path), []):
            yield path, number, code


def found(folder: Path, name: str = "") -> list[Place]:
    """Check a site."""
    checked = links.check(folder, BASES.get(name, ""), LANGUAGES.get(name, ()))
    return sorted((one.path, one.line, one.code) for one in checked)


@pytest.mark.parametrize("name", sorted(folder.name for folder in FAULTS.iterdir()))
def test_all_faults_and_nothing_else_are_found(name: str) -> None:
    """What a site's files are marked with is found, at its line, and no look-alike is."""
    wanted, got = sorted(marked(FAULTS / name)), found(FAULTS / name, name)
    assert [one for one in wanted if one not in got] == []
    assert [one for one in got if one not in wanted] == []
    assert got == wanted


def test_every_code_of_finished_pages_is_shown() -> None:
    """Each kind of finding about finished pages is a fault of some file, or of a test below."""
    codes = list(SEVERITIES)
    of_finished = codes[codes.index("file-unread") : codes.index("sitemap-page-extra") + 1]
    shown = {code for folder in FAULTS.iterdir() for _, _, code in marked(folder)}
    assert set(of_finished) - shown == {"file-unread", "symbolic-link", "target-normal-form"}


def test_every_attribute_has_a_fault_and_a_look_alike() -> None:
    """Each attribute that refers to something stands in a line with a fault and in one without."""
    seen = set()
    for file in sorted(FAULTS.rglob("*.html")):
        for line in file.read_text(encoding="utf-8").split("\n"):
            for tag in (*markup.tags(line), *markup.tags(f"<svg>{line}")):
                for attribute in tag.attributes:
                    element = tag.name if attribute in BY_ELEMENT.get(tag.name, ()) else ""
                    seen.add((element, attribute, MARK.search(line) is not None))
    wanted = [(element, *one) for element, own in BY_ELEMENT.items() for one in own.items()]
    wanted += [("", *one) for one in ON_ANY_ELEMENT.items()]
    assert [
        (element, attribute, is_fault)
        for element, attribute, role in wanted
        for is_fault in (True, False)
        if role not in ("name", "map") and (element, attribute, is_fault) not in seen
    ] == []


PAGE = '<!doctype html>\n<html lang="sv">\n<title>å</title>\n{}\n'


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_letter_may_be_written_in_two_ways(tmp_path: Path, form: Literal["NFC", "NFD"]) -> None:
    """A name in the other normal form is another name for a host, in paths and in anchors."""
    other: Literal["NFC", "NFD"] = "NFD" if form == "NFC" else "NFC"
    own_name, other_name = (unicodedata.normalize(one, "rätt") for one in (form, other))
    (tmp_path / f"{own_name}.html").write_text(PAGE.format(f'<p id="{own_name}">'), "utf-8")
    lines = [f"{name}.html#{own_name}" for name in (own_name, other_name)]
    lines += [f"{own_name}.html#{other_name}"]
    page = PAGE.format("\n".join(f'<a href="{one}">a</a>' for one in lines))
    (tmp_path / "index.html").write_text(page, "utf-8")
    assert found(tmp_path) == [
        ("index.html", 5, "target-normal-form"),
        ("index.html", 6, "fragment-missing"),
    ]


def test_symbolic_links(tmp_path: Path) -> None:
    """A link within the folder is followed; one that leads out, nowhere or in a circle is not."""
    folder, outside = tmp_path / "site", tmp_path / "outside"
    (folder / "sub").mkdir(parents=True)
    outside.mkdir()
    (outside / "page.html").write_text(PAGE.format('<a href="nothing.html">a</a>'))
    (folder / "sub/page.html").write_text(PAGE.format('<p id="here">'))
    for link, target in {
        "inside.html": "sub/page.html",
        "inside": "sub",
        "out.html": outside / "page.html",
        "out": outside,
        "nowhere.html": "nothing.html",
        "round": "round",
        "sub/up": "..",
    }.items():
        (folder / link).symlink_to(str(target))
    links_on = (
        "inside.html#here inside/page.html#here out.html out/page.html nowhere.html round "
        "sub/up/sub/page.html inside/nothing.html inside.html#nothing"
    ).split()
    page = PAGE.format("\n".join(f'<a href="{one}">a</a>' for one in links_on))
    (folder / "index.html").write_text(page)
    assert found(folder) == [
        ("index.html", 11, "target-missing"),
        ("index.html", 12, "fragment-missing"),
        ("nowhere.html", 1, "symbolic-link"),
        ("out", 1, "symbolic-link"),
        ("out.html", 1, "symbolic-link"),
        ("round", 1, "symbolic-link"),
        ("sub/up", 1, "symbolic-link"),
    ]


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    """A file too large to be read is said to be, and links to it are fine."""
    (tmp_path / "index.html").write_text(PAGE.format('<a href="large.html#a">a</a>'))
    with (tmp_path / "large.html").open("wb") as file:
        file.truncate(65_000_000)
    assert found(tmp_path) == [("large.html", 1, "file-unread")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_all_kinds_of_line_ends_and_encodings(tmp_path: Path, ending: str) -> None:
    """A finding's line is that of an editor, however lines end and characters are encoded."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "windows-1252"):
        meta = '<meta charset="windows-1252">' if encoding == "windows-1252" else ""
        links_on = '<a href="#rätt">å</a> <a href="nothing.html">a</a>'
        text = PAGE.format(f'{meta}<p id="rätt">{links_on}')
        (tmp_path / "index.html").write_bytes(text.replace("\n", ending).encode(encoding))
        assert found(tmp_path) == [("index.html", 4, "target-missing")], encoding


def test_one_wrong_canonical_address_does_not_move_a_small_site(tmp_path: Path) -> None:
    """Of two pages that disagree about the site's address, the one below a folder is believed."""
    for folder, canonical in (("", "sv/"), ("sv/", "sv/")):
        (tmp_path / folder).mkdir(exist_ok=True)
        link = f'<link rel="canonical" href="https://example.org/{canonical}">'
        link += '<link rel="alternate" hreflang="sv" href="https://example.org/sv/">'
        page = PAGE.format(f'{link}<link rel="alternate" hreflang="x-default" href="/">')
        (tmp_path / folder / "index.html").write_text(page, "utf-8")
    assert found(tmp_path) == [("index.html", 4, "canonical-differs")]
