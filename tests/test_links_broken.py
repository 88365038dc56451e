# SPDX-License-Identifier: AGPL-3.0-or-later
"""The finished pages of the real site, broken by hand: each break is one finding, at its place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from notices import hooks, links, settings

ADDRESS = "https://example.org"
ALONE = re.compile(r"(?:404|index)\.html|compare/")
"""The pages that are no version of another: an id that nothing refers to, nobody can miss."""

TAG = re.compile(r"<[^!][^<>]*>")
ALTERNATE = re.compile(
    r'<(?:xhtml:)?link rel="alternate" hreflang="(?P<tag>[^"]*)" href="(?P<value>[^"]*)"/?>\n'
)
CANONICAL = re.compile(r'<link rel="canonical" href="(?P<value>[^"]*)">')
LOC = re.compile(r"<loc>(?P<value>[^<]*)</loc>")
ENTRY = re.compile(r"<url>.*?</url>\n", re.DOTALL)
SITEMAP_LINE = re.compile(r"Sitemap: (?P<value>.*)")


class Break(NamedTuple):
    """A part of a file, what is written in its place, and lines where that may be reported."""

    path: str
    start: int
    end: int
    new: str
    lines: frozenset[int] = frozenset()


class Site(NamedTuple):
    """A finished site, and its address if it knows one."""

    folder: Path
    address: str

    def texts(self, *suffixes: str) -> Iterator[tuple[str, str]]:
        """Give each file of these kinds, and its text."""
        for file in sorted(self.folder.rglob("*")):
            if file.suffix in (suffixes or (".html", ".xml", ".txt")):
                yield file.relative_to(self.folder).as_posix(), file.read_text(encoding="utf-8")

    def address_of(self, page: str, path: str) -> str:
        """Give the address of a page as a file of the site writes it."""
        shown = page.removesuffix("index.html")
        if self.address:
            return f"{self.address}/{shown}"
        relative = posixpath.relpath(shown or ".", posixpath.dirname(path) or ".")
        return relative if shown.endswith(".html") else f"{relative}/"

    def named(self, address: str, path: str) -> str:
        """Give the page that an address in a file of the site names."""
        if self.address:
            return address.removeprefix(f"{self.address}/")
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
        return "" if joined == "." else f"{joined}/"

    def outcome(self, broken: Break) -> tuple[int, list[str]]:
        """Break a place, check the site, mend it; give the line, and what was found elsewhere."""
        file = self.folder / broken.path
        kept = file.read_bytes()
        text = kept.decode()
        line = text.count("\n", 0, broken.start) + 1
        file.write_bytes((text[: broken.start] + broken.new + text[broken.end :]).encode())
        found = links.check(self.folder)
        file.write_bytes(kept)
        lines = broken.lines or {line}
        if len(found) == 1 and found[0].path == broken.path and found[0].line in lines:
            found = []
        elif not found:
            return line, ["no finding"]
        return line, [f"{one.path}:{one.line} {one.code}: {one.message}" for one in found]


@pytest.fixture(scope="module", params=[ADDRESS, ""], ids=["address", "no-address"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the real site, with its address and without."""
    folder = tmp_path_factory.mktemp("real") / "output"
    made = settings.for_site(settings.from_file(), output=folder, address=request.param)
    assert not hooks.build(made).findings
    return Site(folder, request.param)


def attributes(name: str, text: str) -> Iterator[re.Match[str]]:
    """Find the values of an attribute."""
    pattern = re.compile(rf'\s(?:{name})="(?P<value>[^"]*)"')
    for tag in TAG.finditer(text):
        yield from pattern.finditer(text, tag.start(), tag.end())


def is_internal(address: str) -> bool:
    """Tell whether an address is one of the site's own."""
    return address.startswith(f"{ADDRESS}/") or not re.match("[a-z]+:", address)


def addresses(site: Site) -> Iterator[Break]:
    """Each address and each anchor is one that is not there."""
    for path, text in site.texts():
        for found in attributes("href|src", text):
            address, mark, anchor = found["value"].partition("#")
            if is_internal(found["value"]):
                if address:
                    yield Break(path, *found.span("value"), f"{address}x{mark}{anchor}")
                if anchor:
                    yield Break(path, *found.span("value"), f"{address}#{anchor}x")


def programs(site: Site) -> Iterator[Break]:
    """Each address is a program."""
    for path, text in site.texts(".html"):
        for found in attributes("href|src", text):
            yield Break(path, *found.span("value"), "javascript:void(0)")


def ids(site: Site) -> Iterator[Break]:
    """Each id is another, or none.

    An id that is gone is reported at the anchor before it, and one that no version of its page has
    either at the links to it. Of a page that has no versions, only links tell which ids it had,
    each for itself.
    """
    for path, text in site.texts(".html"):
        everywhere = frozenset(range(1, text.count("\n") + 1))
        has_versions = not ALONE.match(path)
        for found in attributes("id", text):
            if has_versions or text.count(f'href="#{found["value"]}"') == 1:
                lines = frozenset[int]() if has_versions else everywhere
                yield Break(path, *found.span("value"), f"{found['value']}x", lines)
                yield Break(path, *found.span(), "", everywhere)


def id_references(site: Site) -> Iterator[Break]:
    """Each name of an id is that of none."""
    for path, text in site.texts(".html"):
        for found in attributes("aria-labelledby", text):
            yield Break(path, *found.span("value"), f"{found['value']}x")


def like(path: str, text: str, found: re.Match[str], new: str) -> frozenset[int]:
    """Give the line of a tag, and that of one that then says the same: either may be wrong."""
    changed = text[: found.start("value")] + new + text[found.end("value") :]
    lines = changed.split("\n")
    number = text.count("\n", 0, found.start())
    twins = range(len(lines)) if path.endswith(".html") else [number]
    return frozenset(n + 1 for n in twins if n == number or lines[n] == lines[number] != "")


def tags(site: Site) -> Iterator[Break]:
    """Each language is none, one that the site has not, or that of another version."""
    for path, text in site.texts():
        for found in attributes("hreflang", text):
            for new in {"sv_", "da", "sv", "en", "x-default"} - {found["value"]}:
                yield Break(path, *found.span("value"), new, like(path, text, found, new))


def versions_removed(site: Site) -> Iterator[Break]:
    """Each line that names a version is gone, and the rest of the list, or its page, says so."""
    for path, text in site.texts():
        for found in ALTERNATE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            around = text.rindex("<loc>" if path == "sitemap.xml" else "<title", 0, found.start())
            first = text.count("\n", 0, around) + 1
            yield Break(path, *found.span(), "", frozenset(range(first, line + 2)))


def other_pages(site: Site) -> Iterator[Break]:
    """Each version, canonical address and entry is another page of the site.

    An entry that is then there twice is reported where it stands for the second time.
    """
    pages = [path for path, _ in site.texts(".html")]
    for path, text in site.texts(".html", ".xml"):
        for pattern in (ALTERNATE, CANONICAL, LOC):
            for found in pattern.finditer(text):
                own = site.named(found["value"], path)
                for page in pages:
                    if page.removesuffix("index.html") != own:
                        new = site.address_of(page, path)
                        lines = {
                            text.count("\n", 0, entry.start()) + 1
                            for entry in LOC.finditer(text)
                            if pattern is LOC and (entry["value"] == new or entry == found)
                        }
                        lines |= {text.count("\n", 0, found.start()) + 1}
                        yield Break(path, *found.span("value"), new, frozenset(lines))


def entries(site: Site) -> Iterator[Break]:
    """Each entry of the sitemap, and the line that names it, leads nowhere."""
    for path, text in site.texts(".xml", ".txt"):
        for pattern in (LOC, SITEMAP_LINE):
            for found in pattern.finditer(text):
                for new in (f"{found['value']}x", f"{ADDRESS}/nowhere/", "https://example.com/"):
                    if pattern is LOC or not new.startswith("https://example.com"):
                        yield Break(path, *found.span("value"), new)


def entries_removed(site: Site) -> Iterator[Break]:
    """Each entry of the sitemap is gone (it stands nowhere then), or is there twice."""
    for path, text in site.texts(".xml"):
        for found in ENTRY.finditer(text):
            yield Break(path, *found.span(), "", frozenset({1}))
            loc = text.count("\n", 0, found.end()) + 2
            yield Break(path, found.end(), found.end(), found[0], frozenset({loc}))


def test_the_real_site_has_no_finding(site: Site) -> None:
    """Nothing in its finished pages is reported."""
    assert links.check(site.folder) == []


def wrong(site: Site, breaks: Callable[[Site], Iterator[Break]]) -> dict[str, list[str]]:
    """Break one place after the other, and give those that are not one finding."""
    missed = {}
    for one in list(breaks(site)):
        line, found = site.outcome(one)
        if found:
            missed[f"{one.path}:{line} → {one.new!r}"] = found
    return missed


@pytest.mark.parametrize(
    "breaks",
    [
        addresses,
        programs,
        ids,
        id_references,
        tags,
        versions_removed,
        other_pages,
        entries,
        entries_removed,
    ],
)
def test_each_break_is_one_finding_at_its_place(
    site: Site, breaks: Callable[[Site], Iterator[Break]]
) -> None:
    """Whatever is broken, one finding in that file and on that line says so."""
    assert next(breaks(site), None) or not site.address
    assert wrong(site, breaks) == {}


SHAPES = {
    "two languages": ("en sv", "", "en"),
    "the home is English": ("en sv", "en", "en"),
    "three languages": ("en sv fi", "en", "en"),
    "four languages": ("en sv fi de", "", "sv"),
}
"""Languages, the one whose pages stand at the top, and that of x-default: no page is for all."""


@pytest.fixture(params=SHAPES)
def shaped(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """Write a small site whose x-default is one of the versions."""
    words, home, default = SHAPES[request.param]
    langs = words.split()
    folders = {lang: "" if lang == home else f"{lang}/" for lang in langs}
    for lang in langs:
        (tmp_path / folders[lang]).mkdir(exist_ok=True)
        for name in ("", "a.html"):
            here = {tag: f"{ADDRESS}/{folders[tag]}{name}" for tag in langs}
            tagged = {**here, "x-default": here[default]}
            lines = [f'<!doctype html>\n<html lang="{lang}">\n<title>A page</title>']
            lines += [f'<link rel="canonical" href="{here[lang]}">']
            lines += [
                f'<link rel="alternate" hreflang="{tag}" href="{address}">'
                for tag, address in tagged.items()
            ]
            page = "\n".join([*lines, '<h1 id="words">Words</h1>', ""])
            (tmp_path / folders[lang] / (name or "index.html")).write_text(page)
    return Site(tmp_path, ADDRESS)


@pytest.mark.parametrize("breaks", [tags, versions_removed, other_pages, addresses])
def test_versions_of_any_shape(shaped: Site, breaks: Callable[[Site], Iterator[Break]]) -> None:
    """One wrong line is one finding at its place, too, where no page is for all readers."""
    assert links.check(shaped.folder) == []
    assert wrong(shaped, breaks) == {}
