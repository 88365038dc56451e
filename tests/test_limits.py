# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every build ends: in a time that grows with the content, not with its square, whatever it is.

A time is compared with that of a text a quarter as long, by the processor's clock, the best of
three: what is linear takes four times as long, what is quadratic sixteen times.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import notices
from notices import logo
from notices.brand import read_brand
from notices.filebytes import LARGEST
from notices.model import Fact, Finding, Organisation
from notices.pofile import InterfaceError
from notices.pofile import read as read_po
from notices.source import Reader, limits, metadata
from notices.source.converter import Converter
from notices.source.facts import mark_facts
from tests.conftest import Site

FACTS = Organisation("organisation.toml", {"a": Fact("a", {"": ("x", "y")}, 1)})


def read(text: str) -> list[Finding]:
    """Read a Markdown text below a title; give the findings."""
    return Reader(FACTS).parse(f"# T\n\n{text}\n", "sv/user.md", "user", "sv")[1]


def seconds(work: Callable[[], object]) -> float:
    """Give the processor's seconds that something takes, the best of three."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
        if taken[-1] > 2:
            break
    return min(taken)


def assert_linear(work: Callable[[int], object], small: int, names: object = "") -> None:
    """See that four times as much takes less than eight times as long, if it takes long at all."""
    large = seconds(lambda: work(4 * small))
    if large > 0.2:
        assert large < 8 * seconds(lambda: work(small)), names


def repeated(unit: str) -> Callable[[int], str]:
    """Make a text of a length from a unit, in blocks and lines as long as they may be."""

    def text(length: int) -> str:
        line = (unit * (min(length, 900) // len(unit) + 1))[:900]
        block = "\n".join([line] * 5) if "\n" not in unit else unit * (900 // unit.count("\n"))
        return "\n\n".join([block] * (length // len(block) + 1))[:length]

    return text


UNITS = (
    """[ ] [] [a]( [a](b) [a][b] ![ ![a]( < <a <!-- <http:// <a@ ` `a * *a_ **a_ *a**b _a_ & &#
    { } *a*{ {#a_ > - 1._ | |- ~~ [^ [[ [[a]] [[x]] [[a_ *[ : !!! ____ \\ \\[ " ' = # a@b.c http://
    [a](b" [a](< a a_ 5_ 5. 5, (0) § a-b- A A. é"""
).split()
"""Here and there an underscore stands for a space."""
LINES = (
    *("a\n", "- a\n", "1. a\n", "> a\n", "---\n", "===\n", "|a|b|\n", "a ____\n", "*[A]: b\n"),
    *("[a]: b.md\n", "[[a]]\n", "    a\n", "!!! note\n", ":   a\n", "a\\\n", "a  \n", "## a\n"),
)


@pytest.mark.parametrize("unit", [*(unit.replace("_", " ") for unit in UNITS), *LINES])
def test_markdown_takes_time_in_proportion(unit: str) -> None:
    """Any sign, over and over, is read in a time that grows with the text."""
    text = repeated(unit)
    assert_linear(lambda length: read(text(length)), 8_000, unit)


@pytest.mark.parametrize(
    "unit", ["[", "[a](", "![a](", "[[", '[a](b "', "[a](<", "`a|", "<a ", "*a "]
)
def test_one_long_line_takes_time_in_proportion(unit: str) -> None:
    """So is a line as long as a line may be: an open bracket seeks its end only so far."""
    assert_linear(lambda length: read((unit * length)[:length]), 4_900, unit)


def test_a_bracket_looks_at_no_more_than_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: 100,000 open brackets take 33 steps each, not 100,000."""
    from notices.source import linking

    steps = 0

    class Counted:
        def finditer(self, data: str, index: int) -> Iterator[re.Match[str]]:
            nonlocal steps
            for found in re.compile(r"[\[\]]").finditer(data, index):
                steps += 1
                yield found

    monkeypatch.setattr(linking, "_BRACKET", Counted())
    link = linking.Link("", Converter()._markdown)
    for index in range(1, 1001):
        link.getText("[" * 100_000, index)
    assert steps <= 33_000


def test_links_end_where_the_library_says() -> None:
    """Within the limits, brackets are matched as Python-Markdown matches them."""
    from markdown.inlinepatterns import LinkInlineProcessor

    from notices.source import linking

    md = Converter()
    md.convert("")
    ours, theirs = linking.Link("", md._markdown), LinkInlineProcessor("", md._markdown)
    for text in ("a](b)", "[a]](b)", "a [b] c](d 'e')", "a", "a]", "[[x]]](y)", 'a](<b c> "d")'):
        label, index, handled = ours.getText(text, 0)
        expected = theirs.getText(text, 0)
        assert handled == expected[2]
        if handled:
            assert (label, index) == expected[:2]
            assert ours.getLink(text, index) == theirs.getLink(text, index)


TANGLED = {
    "a line": ("x" * 20_001, 3, "more than 20,000 characters"),
    "backticks": ("`" * 1_001, 3, "more than 1,000 backticks"),
    "lines": ("a\n" * 1_001, 3, "more than 1,000 lines"),
    "a block": (("x" * 19_000 + "\n") * 6, 3, "more than 100,000 characters"),
    "quotes": ("a\n\n" + ">" * 41 + "a", 5, "more than 40 deep"),
    "lists": ("- " * 41 + "a", 3, "more than 40 deep"),
    "indentation": ("    " * 41 + "- a", 3, "more than 40 deep"),
    "numbers": ("1. " * 41 + "a", 3, "more than 40 deep"),
    "headings": ("## a\n\n" * 1_001, 2_001, "more than 1,000 headings"),
    "underlined": ("a\n---\n\n" * 1_001, 3_001, "more than 1,000 headings"),
    "abbreviations": ("*[A]: b\n\n" * 201, 403, "more than 200 abbreviations"),
    "references": ("[a]: b\n\n" * 1_001, 2_003, "more than 1,000 addresses"),
    "fences": ("```\n\n" * 1_001, 2_003, "more than 1,000 fences"),
}


@pytest.mark.parametrize("kind", TANGLED)
def test_a_text_that_is_too_tangled(kind: str) -> None:
    """What is beyond a limit is a finding at its line."""
    text, line, words = TANGLED[kind]
    found = [finding for finding in read(text) if finding.code == "text-tangled"]
    assert [finding.line for finding in found] == [line]
    assert words in found[0].message


def test_a_text_that_takes_too_many_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a text within the limits still be too deep for the library, it is a finding, too."""

    def deep(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(Converter, "convert", deep)
    (finding,) = read("a")
    assert (finding.code, finding.line) == ("text-tangled", 1)
    assert "too deep to be read" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "x" * 20_000,
        "a\n" * 999,
        "- " * 12 + "a",
        ">" * 12 + "a",
        "## a {#a}\n\n" * 20,
        "    " * 12 + "code",
        "| a | b |\n|---|---|\n" + "| c | d |\n" * 900,
    ],
)
def test_a_long_text_is_not_tangled(text: str) -> None:
    """What people may write is within the limits."""
    assert not any(finding.code == "text-tangled" for finding in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "[a]: https://example.org/" + "x" * 2_900 + "\n\n" + "[a]\n\n" * 2_000,
        "*[GDPR]: " + "x" * 15_000 + "\n\n" + "GDPR\n\n" * 2_000,
        "[[long]]\n\n" * 6_000,
    ],
    ids=["an address", "an abbreviation", "a fact"],
)
def test_what_is_defined_once_and_used_again(text: str) -> None:
    """A short text may become a very long page: before it is written, that is a finding."""
    organisation = Organisation("", {"long": Fact("long", {"": ("x" * 1_000,)}, 1)})
    notice, (finding,) = Reader(organisation).parse(f"# T\n\n{text}", "x.md", "x", "sv")
    assert notice is None
    assert finding.code == "text-tangled"
    assert "more than 5,000,000 signs" in finding.message


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("organisation.toml", 'a = "LONG"', 1, "longer than 1,000 characters"),
        ("organisation.toml", 'a = ["LONG", "b"]', 1, "longer than 1,000 characters"),
        ("sv/glossary.toml", '[a]\nterm = "a"\nexplanation = "LONG"', 3, "longer than 5,000"),
        ("sv/language.toml", 'name = "LONG"', 1, "longer than 100 characters"),
        ("sv/language.toml", 'date_pattern = "y LONG"', 1, "longer than 100 characters"),
        ("sv/language.toml", 'months = ["LONG"]', 1, "longer than 100 characters"),
        ("brand.toml", 'name = "LONG"', 1, "longer than 100 characters"),
    ],
)
def test_what_stands_on_every_page_is_short(
    site: Site, name: str, text: str, line: int, words: str
) -> None:
    """A long text in one small file would be in all pages."""
    site.write({"sv/user.md": "# T\n", name: text.replace("LONG", "x" * 5_001) + "\n"})
    (finding,) = site.findings()
    assert finding.place == f"content/{name}:{line}"
    assert words in finding.message


def test_all_that_a_notice_may_hold_is_built(site: Site) -> None:
    """The largest notice, with every link and fact that there is room for, goes all the way."""
    link = "[a](user.md#b) [[a]] [c](https://example.org/)\n"
    blocks = f"{link * 200}\n" * (limits.LARGEST // 8 // (len(link) * 200))
    site.write({"organisation.toml": 'a = "x"\n', "sv/user.md": f"# T\n\n## B {{#b}}\n\n{blocks}"})
    assert site.findings() == []
    assert site.build().is_done


FRONT = [
    "[",
    "{",
    "{a: ",
    "- ",
    "? ",
    "&a ",
    "*a ",
    "!",
    '"',
    "a: ",
    "| ",
    "[a, ",
    "<<: *a\n",
    "\\",
]


@pytest.mark.parametrize("unit", FRONT)
def test_metadata_nested_without_end(unit: str) -> None:
    """The YAML library would end the process; nothing so long is given to it."""
    for number in (1_300, 300_000):
        _, body, _, found = metadata.read(f"---\n{unit * number}\n---\n# T\n", "x.md")
        assert body == "# T\n"
        assert found


def test_metadata_that_multiplies() -> None:
    """A billion laughs are not laughed: aliases stay what they are."""
    laughs = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
    )
    found = metadata.read(f"---\n{laughs}---\n# T\n", "x.md")[3]
    assert {finding.code for finding in found} == {"metadata-unknown"}


@pytest.mark.parametrize("space", [" ", "\t", "\n", "x "])
def test_a_fact_that_never_ends(space: str) -> None:
    """``[[`` and spaces without end took a time with their cube."""
    assert_linear(lambda length: mark_facts("[[" + space * length), 100_000)


TOML_UNITS = ['k = "x"\n', "[a]\n", "a.b = 1\n", "#\n", "[[waiver]]\n", "=\n", '"""\n', "a = [\n"]


@pytest.mark.parametrize("unit", TOML_UNITS)
def test_toml_takes_time_in_proportion(site: Site, unit: str) -> None:
    """Any line, over and over, ends; names are numbered where the unit has one."""
    file = site.folder / "brand.toml"

    def work(length: int) -> None:
        file.write_text(
            "".join(unit.replace("k", f"k{n}") for n in range(length // len(unit))), "utf-8"
        )
        read_brand(file, "brand.toml")

    assert_linear(work, 30_000, unit)


@pytest.mark.parametrize("unit", ["a", "-", "(", "a(", "url(", "url(#a)", "\\", "M0 0h9"])
def test_a_drawing_takes_time_in_proportion(unit: str) -> None:
    """An attribute as long as a drawing may be is judged at once."""

    def work(length: int) -> None:
        path = f'<path d="{(unit * length)[:length]}"/>'
        with pytest.raises(logo.LogoError):
            logo.read_logo(f'<svg viewBox="0 0 9 9">{path}</svg>')

    assert_linear(work, 8_000, unit)


PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.mark.parametrize("unit", [" ", "\t", '"', '\\"', "#", 'msgid "', "msgstr[0]", "%", "%(a)s"])
def test_catalogs_take_time_in_proportion(site: Site, unit: str) -> None:
    """A line without end is judged at once."""
    file = site.folder / "messages.po"

    def work(length: int) -> None:
        file.write_text(PO + (unit * length)[:length] + "x\n", encoding="utf-8")
        with pytest.raises(InterfaceError):
            read_po(file, "sv")

    if unit != "#":
        assert_linear(work, 100_000, unit)


@pytest.mark.parametrize(
    "name", ["organisation.toml", "brand.toml", "sv/glossary.toml", "sv/words.txt"]
)
def test_files_as_large_as_they_may_be(site: Site, name: str) -> None:
    """One long text in a file of four million bytes is read, or refused, in seconds."""
    text = 'name = "' + "x" * (LARGEST - 10) + '"\n'
    site.write({"sv/user.md": "# T\n", name: text})
    assert seconds(site.catalog) < 10


def patterns() -> dict[str, re.Pattern[str]]:
    """Give every regular expression that a module of ours holds, by its name."""
    found: dict[str, re.Pattern[str]] = {}

    def collect(value: Any, name: str, depth: int = 0) -> None:
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            found[name] = value
        elif isinstance(value, (tuple, list, frozenset)) and depth < 3:
            for number, one in enumerate(value):
                collect(one, f"{name}[{number}]", depth + 1)
        elif isinstance(value, dict) and depth < 3:
            for key, one in value.items():
                collect(one, f"{name}[{key}]", depth + 1)

    for module in pkgutil.walk_packages(notices.__path__, "notices."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if not name.startswith("__"):
                    collect(value, f"{module.name}.{name}")
    return found


PATTERNS = patterns()
RUNS = (
    *("a", "1", " ", "\n", "\t", ".", "-", "_", "/", ":", "=", ",", "(", "[", "<", '"', "'", "\\"),
    *("#", "a ", "a.", "1.", "1 ", "a-", "a@", "1,", " \n", '\\"', "[a", "<a", "&a", "+1", "é"),
)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_regular_expression_goes_back_and_back(name: str) -> None:
    """None takes a time with the cube of a text, or worse, to find that it does not fit.

    What takes one with the square is seen where whole texts are read, above.
    """
    pattern = PATTERNS[name]
    begins = ("", "[[", "<a", '"', "0", "a", "{", "url(", "(", "http://", "a@")
    for run in RUNS:
        for begin in begins:
            text = begin + run * (4_000 // len(run)) + "\x00"
            begun = time.process_time()
            pattern.match(text)
            pattern.fullmatch(text)
            taken = time.process_time() - begun
            assert taken < 0.5, (begin, run)
