# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/findings.md: every code has its part, and every example gives the finding that it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from notices import checks, codes, links, report
from notices.model import Finding
from notices.report import explanations
from notices.report.explanations import Example
from tests.conftest import Site
from tests.programs import needed_dictionaries

EXPLAINED = explanations.read()
SHOWN = {code: said for code, said in EXPLAINED.items() if any(e.path for e in said.examples)}

FINISHED = "site/"
"""Where examples stand that are files of a finished site, and not of the content."""

OF_FINISHED_SITES = [
    code for code, said in SHOWN.items() if any(e.path.startswith(FINISHED) for e in said.examples)
]

PICTURE = "files/plan.png"
"""Examples may show this picture."""

NOT_TO_BE_SHOWN = {
    "byte-order-mark": b"\xef\xbb\xbf# Your data\n",
    "control-character": b"# Your data\n\nWe save\x0blittle.\n",
    "file-too-large": b"# Your data\n\n" + b"x" * 1_000_000,
    "file-unreadable": "# Your data\n\nWe sell cafés.\n".encode("latin-1"),
}
"""Notices that cannot stand in a text: what is printed of each is compared with its example."""

PRINTED = re.compile(
    r"(?:https?://\S+|[^\s:]+:\d+(?::\d+)?): (?P<code>[a-z-]+)(?: \(warning\))?: .+\n"
    r"    Fix: .+\n(?:        .+\n)*"
)


def test_every_code_has_a_part() -> None:
    """codes.py and docs/findings.md know the same codes, each once."""
    text = explanations.FILE.read_text(encoding="utf-8")
    assert sorted(re.findall(r"^### `([a-z-]+)`$", text, re.MULTILINE)) == sorted(codes.SEVERITIES)
    assert set(EXPLAINED) == set(codes.SEVERITIES)


@pytest.mark.parametrize("code", codes.SEVERITIES)
def test_every_part_is_whole(code: str) -> None:
    """What is wrong and why it matters, an example, and how to mend it."""
    said = EXPLAINED[code]
    assert said.about.endswith("."), "the part begins with what is wrong and why it matters"
    assert 10 < len(said.summary) < len(said.about), "the first sentence says what is wrong"
    assert said.examples, "below that stands an example: 'In `…`:' and a fenced block"
    assert said.repair, f"the part ends with '**How to mend it:** …', not with {said.about!r}"


def source_language(examples: tuple[Example, ...]) -> str:
    """Give the language of the first file that has one."""
    for example in examples:
        _, folder, *rest = PurePosixPath(example.path).parts
        if rest and folder != "files":
            return folder
    return "en"


def write(examples: tuple[Example, ...], folder: Path) -> None:
    """Write the files of the examples, whose paths begin in a folder."""
    for example in examples:
        file = folder / example.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(example.text, encoding="utf-8")


def assert_gives(found: list[Finding], code: str) -> None:
    """See that a code was found, and no error but it."""
    assert code in {finding.code for finding in found}, report.text(found)
    others = [finding for finding in found if finding.code != code]
    assert not report.has_errors(others), report.text(others)


@pytest.mark.parametrize("code", [code for code in SHOWN if code not in OF_FINISHED_SITES])
def test_every_example_gives_its_finding(
    site: Site, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files of the example, and a notice where they hold none, have the fault and no other."""
    if code == "word-unknown":
        monkeypatch.setenv("DICPATH", needed_dictionaries("en"))
    examples = SHOWN[code].examples
    site.source_language = source_language(examples)
    site.translations = site.folder / "translations"
    site.write({PICTURE: b"\x89PNG"})
    write(examples, site.folder)
    if not any(example.path.endswith(".md") for example in examples):
        site.write({f"{site.source_language}/notice.md": "# Title\n"})
    assert_gives(checks.run(site.catalog(), site.settings), code)


@pytest.mark.parametrize("code", OF_FINISHED_SITES)
def test_every_example_of_a_finished_site_gives_its_finding(tmp_path: Path, code: str) -> None:
    """The files of the example, which are the whole site, have the fault and no other."""
    examples = SHOWN[code].examples
    assert all(example.path.startswith(FINISHED) for example in examples), "a part shows one kind"
    write(examples, tmp_path)
    assert_gives(links.check(tmp_path / FINISHED), code)


@pytest.mark.parametrize("code", sorted(EXPLAINED.keys() - SHOWN.keys()))
def test_every_printed_example_has_the_form_of_a_finding(code: str) -> None:
    """Place, code, fact and repair, as the terminal shows them."""
    (example,) = EXPLAINED[code].examples
    found = PRINTED.fullmatch(example.text)
    assert found and found["code"] == code


@pytest.mark.parametrize("code", NOT_TO_BE_SHOWN)
def test_printed_examples_are_what_is_printed(site: Site, code: str) -> None:
    """Of a file that cannot stand in a text, the finding can."""
    site.source_language = "en"
    site.write({"en/user.md": NOT_TO_BE_SHOWN[code], "en/other.md": "# Title\n"})
    (example,) = EXPLAINED[code].examples
    assert f"{report.text(site.findings())}\n" == example.text


PART = """\
# Findings

### `raw-html`

There is HTML
in the text. It would be shown.

In `content/en/user.md`:

```markdown
# Title

### `not-a-heading`

**How to mend it:** not yet
```

In `content/en/more.md`:

````markdown
```
a
```
````

**How to mend it:** say it
in Markdown.

## Another part

### `no-more`
"""


def test_a_part_is_taken_apart() -> None:
    """Headings, files and repairs inside of fences are text; wrapped lines are joined."""
    said = explanations.parse(PART)
    assert list(said) == ["raw-html", "no-more"]
    part = said["raw-html"]
    assert part.about == "There is HTML in the text. It would be shown."
    assert part.summary == "There is HTML in the text."
    assert [example.path for example in part.examples] == [
        "content/en/user.md",
        "content/en/more.md",
    ]
    assert part.examples[0].text.startswith("# Title\n\n### `not-a-heading`\n")
    assert part.examples[1].text == "```\na\n```\n"
    assert part.repair == "say it in Markdown."
    assert part.markdown.startswith("There is HTML\nin the text.")
    assert said["no-more"] == ("", (), "", "")


def test_the_printed_form_is_that_of_the_terminal() -> None:
    """The form that printed examples are held to is the one that is printed."""
    for severity in ("error", "warning"):
        finding = Finding("a/b.md", 3, "raw-html", "a fact.", "a repair.", severity)
        for one in (finding, replace(finding, column=7)):
            assert PRINTED.fullmatch(f"{report.text([one])}\n")
