# SPDX-License-Identifier: AGPL-3.0-or-later
"""The documents for editors and new sites: what they tell can be done as they tell it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notices.settings import ROOT
from tests.guides import Reader, steps, unknown_commands
from tests.projects import committed, copied, git

NEW_SITE = (ROOT / "docs" / "new-site.md").read_text(encoding="utf-8")
EDITING = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
UPSTREAM = "https://example.org/notices.git"
_FROM_HERE = ("GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0", "GIT_CONFIG_VALUE_0")


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """Give the project as a repository that can be cloned."""
    (tmp_path / "home").mkdir()
    return committed(copied(tmp_path / "upstream"))


def at(address: str, repository: Path) -> dict[str, str]:
    """Let git find a repository at an address."""
    return dict(zip(_FROM_HERE, ("1", f"url.{repository}.insteadOf", address), strict=True))


def test_a_new_site_can_be_started_to_the_letter(tmp_path: Path, upstream: Path) -> None:
    """From an empty folder to a published site, and through an update that touches the example."""
    (tmp_path / "empty").mkdir()
    reader = Reader(tmp_path / "empty", tmp_path / "home", at(UPSTREAM, upstream))
    first, mark, update = NEW_SITE.partition("## 10. ")
    assert mark
    reader.follow(first)
    assert (reader.folder.parent / "rehearsal" / "current" / "sv" / "members").is_dir()
    own = sorted((reader.folder / "content").rglob("*"))
    file = upstream / "content" / "sv" / "user.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nMer.\n", encoding="utf-8")
    (upstream / "NEWS.md").write_text("More.\n", encoding="utf-8")
    git(upstream, "add", "--all")
    git(upstream, "commit", "--quiet", "--message=News")
    reader.follow(update)
    assert sorted((reader.folder / "content").rglob("*")) == own
    assert (reader.folder / "NEWS.md").is_file()
    assert sum(line.startswith("./run ") for line in reader.typed) > 10


def test_a_notice_can_be_edited_to_the_letter(tmp_path: Path, upstream: Path) -> None:
    """Every step of docs/editing.md, in its order, in a clone that was made in an empty folder."""
    (tmp_path / "empty").mkdir()
    reader = Reader(tmp_path / "empty", tmp_path / "home")
    reader.type(f"git clone --quiet {upstream} notices")
    reader.type("cd notices")
    reader.follow(EDITING)
    shown = re.findall(r"^\|.*`(\./run [^`A-Z]+)`", EDITING, re.MULTILINE)
    assert len(shown) > 8
    assert set(shown) <= set(reader.typed)
    assert sum(line.startswith("./run ") for line in reader.typed) > 10


@pytest.mark.parametrize("name", sorted(file.name for file in (ROOT / "docs").glob("*.md")))
def test_documents_name_commands_that_exist(name: str) -> None:
    """With options that they have, in whatever document."""
    assert unknown_commands((ROOT / "docs" / name).read_text(encoding="utf-8")) == []


# The tests of these tests


@pytest.mark.parametrize(
    "said",
    ["```sh\n./run chekc\n```\n", "Type `./run chekc`.\n", "Or `./run check --onyl x`.\n"],
)
def test_a_command_that_does_not_exist_is_found(said: str) -> None:
    """In a block and in a line, and so is an option."""
    assert len(unknown_commands(said)) == 1
    assert not unknown_commands(said.replace("chekc", "check").replace("onyl", "only"))


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("```sh\ntrue\n```\n", "```sh\nfalse\n```\n"),
        ("```sh\necho a b\n```\n\n```text\na b\n```\n", "```sh\necho a\n```\n\n```text\nb\n```\n"),
        ("```sh\necho a:3 2026-01-01\n```\n\n```text\na:4 2027-01-01\n```\n", ""),
        ("```sh\necho a b c\n```\n\n```text\na … c\n```\n", ""),
        (
            "```sh\necho 'a.md:3: x-y: z'; false\n```\n\n```text\na.md:3: x-y: z\n```\n",
            "```sh\necho 'a.md:3: x-y: z'\n```\n\n```text\na.md:3: x-y: z\n```\n",
        ),
        (
            "```sh\necho 'a.md:3: x-y (warning): z'\n```\n\n```text\na.md:3: x-y (warning): z\n```",
            "",
        ),
        ("In `a.md`:\n\n```md\nx\n```\n\n```sh\ngrep -qx x a.md\n```\n", "In `b/a`:\n\n```\n```"),
        (
            "In `a.md`:\n\n```md\nx y\nz\n```\n\nIn\n`a.md`, change `x\ny` to `w`. Then, in `a.md`,"
            ' remove the line `z`.\n\n```sh\ntest "$(cat a.md)" = w\n```\n',
            "In `a.md`:\n\n```md\nx\n```\n\nIn `a.md`, change `y` to `w`.\n",
        ),
        ("1. So:\n\n   ```sh\n   true\n   ```\n", "1. So:\n\n   ```sh\n   false\n   ```\n"),
        ("```\nfalse\n```\n\n```toml\nfalse\n```\n", "```sh\ncd nowhere\n```\n"),
    ],
)
def test_a_reader_notices_what_is_told_wrong(tmp_path: Path, told: str, wrong: str) -> None:
    """What a step does, prints, and how it ends."""
    Reader(tmp_path, tmp_path).follow(told)
    for file in tmp_path.iterdir():
        file.unlink()
    if wrong:
        with pytest.raises(AssertionError):
            Reader(tmp_path, tmp_path).follow(wrong)


def test_blocks_that_show_a_form_are_no_steps() -> None:
    """Only what is typed, seen, written or changed."""
    assert list(steps("Such as:\n\n```markdown\n# Title\n```\n\n```\n./run x\n```\n")) == []
