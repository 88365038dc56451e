# SPDX-License-Identifier: AGPL-3.0-or-later
"""A branch of a real bare repository: one commit for each release, and no force."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from notices.delivery.places import PlaceError, PublishedRelease
from notices.delivery.places.branch import Branch
from notices.delivery.release import Release, checked
from notices.filenames import SUMS
from tests.places import small_release


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Release]:
    """Give releases that differ in one page; the last one lacks a page of the others."""
    folder = tmp_path_factory.mktemp("releases")
    return [
        small_release(folder, {"sv/a.html": f"<p>{number}</p>\n", **more}, f"release{number}")
        for number, more in enumerate([{"sv/old.html": "<p>Old</p>\n"}, {}, {}, {}])
    ]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Make an empty repository."""
    git(tmp_path, "init", "--quiet", "--bare", "site.git")
    return tmp_path / "site.git"


def git(folder: Path, *words: str) -> str:
    """Run git as somebody."""
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
    done = subprocess.run(
        ["git", "-C", folder, *who, *words], check=True, capture_output=True, text=True
    )
    return done.stdout


def deliver(bare: Path, made: Release) -> PublishedRelease:
    """Publish a release."""
    with Branch(str(bare), "pages").opened(0) as opened:
        return opened.deliver(made)


def go_back(bare: Path) -> PublishedRelease:
    """Roll back."""
    with Branch(str(bare), "pages").opened(0, may_begin=False) as opened:
        return opened.go_back()


def shown(bare: Path) -> set[str]:
    """List the files that the host would show."""
    return set(git(bare, "ls-tree", "-r", "--name-only", "pages").split())


def text_of(bare: Path) -> str:
    """Give the text that tells the releases apart."""
    return git(bare, "show", "pages:sv/a.html")


def by_hand(bare: Path, tmp_path: Path, files: dict[str, str], name: str = "clone") -> None:
    """Let somebody commit files to the branch."""
    git(tmp_path, "clone", "--quiet", str(bare), name)
    clone = tmp_path / name
    known = git(clone, "branch", "--remotes", "--list", "origin/pages")
    git(clone, "checkout", "--quiet", *(["pages"] if known else ["--orphan", "pages"]))
    for path, text in files.items():
        (clone / path).write_text(text)
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "By hand")
    git(clone, "push", "--quiet", "origin", "pages")


def test_a_release_is_a_commit(bare: Path, releases: list[Release], tmp_path: Path) -> None:
    """The branch is made; it holds the release and what keeps Jekyll away, bytes and all."""
    first = deliver(bare, releases[0])
    assert first.id == f"000001-{releases[0].digest[:12]}"
    assert shown(bare) == {*releases[0].sums, SUMS, ".nojekyll"}
    second = deliver(bare, releases[1])
    assert second.id.startswith("000002-")
    assert "sv/old.html" not in shown(bare)
    assert not deliver(bare, releases[1]).is_new
    titles = git(bare, "log", "--format=%s", "pages").splitlines()
    assert titles == [f"Publish release {second.id}", f"Publish release {first.id}"]
    git(tmp_path, "clone", "--quiet", "--branch", "pages", str(bare), "clone")
    subprocess.run(["rm", "-rf", tmp_path / "clone/.git", tmp_path / "clone/.nojekyll"], check=True)
    assert checked(tmp_path / "clone").sums == releases[1].sums


def test_going_back(bare: Path, releases: list[Release]) -> None:
    """One release back, and one more; what was withdrawn is not what one comes back to later."""
    for made in releases[:3]:
        deliver(bare, made)
    assert go_back(bare).id.startswith("000002-")
    assert text_of(bare) == "<p>1</p>\n"
    assert go_back(bare).id.startswith("000001-")
    assert "sv/old.html" in shown(bare)
    with pytest.raises(PlaceError, match="no release older than 000001-"):
        go_back(bare)
    assert deliver(bare, releases[3]).id.startswith("000004-")
    assert go_back(bare).id.startswith("000001-")
    assert git(bare, "rev-list", "--count", "pages") == "7\n"


def test_nothing_to_go_back_from(bare: Path) -> None:
    """An empty repository."""
    with pytest.raises(PlaceError, match="nothing was published here yet"):
        go_back(bare)


def test_files_of_the_branch_stay(bare: Path, releases: list[Release], tmp_path: Path) -> None:
    """A host's own file is there before the first release, and a person's comes later."""
    by_hand(bare, tmp_path, {"CNAME": "example.org\n"})
    deliver(bare, releases[0])
    by_hand(bare, tmp_path, {"google123.html": "mine"}, "later")
    for made in releases[1:3]:
        deliver(bare, made)
        assert {"CNAME", "google123.html"} < shown(bare)
    go_back(bare)
    assert {"CNAME", "google123.html"} < shown(bare)
    assert text_of(bare) == "<p>1</p>\n"
    assert go_back(bare).id.startswith("000001-")


def test_a_page_that_was_changed_by_hand(
    bare: Path, releases: list[Release], tmp_path: Path
) -> None:
    """Is not what was published: publishing again mends it."""
    deliver(bare, releases[0])
    by_hand(bare, tmp_path, {"index.html": "mine"})
    assert deliver(bare, releases[0]).is_new
    assert git(bare, "show", "pages:index.html") == "<p>Start</p>\n"
    assert not deliver(bare, releases[0]).is_new


def test_foreign_files(bare: Path, releases: list[Release], tmp_path: Path) -> None:
    """A branch with somebody's files and no release is refused."""
    by_hand(bare, tmp_path, {"index.html": "mine"})
    with pytest.raises(PlaceError, match=r"files that this program did not put there.*another"):
        deliver(bare, releases[0])
    assert shown(bare) == {"index.html"}


def test_two_publishers(bare: Path, releases: list[Release]) -> None:
    """Git refuses the second, and we say who was first."""
    for first in range(2):  # on a branch that is new, and on one that is there
        with Branch(str(bare), "pages").opened(0) as slow:
            deliver(bare, releases[first])
            with pytest.raises(PlaceError, match=r"somebody else has published meanwhile \(.+, 20"):
                slow.deliver(releases[first + 1])
        assert text_of(bare) == f"<p>{first}</p>\n"


def test_a_repository_that_refuses(bare: Path, releases: list[Release]) -> None:
    """A hook at the other end; its words are told, and nothing changes."""
    hook = bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'fatal: pages are frozen'\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(PlaceError, match=r"git says: .*(frozen|rejected).*See that 'git ls-remote"):
        deliver(bare, releases[0])
    assert git(bare, "for-each-ref") == ""


def test_a_damaged_release(bare: Path, tmp_path: Path) -> None:
    """Is not pushed."""
    made = small_release(tmp_path, {})
    (made.folder / "index.html").write_text("?")
    with pytest.raises(PlaceError, match=r"\(index.html was changed\). Publish again"):
        deliver(bare, made)
    assert git(bare, "for-each-ref") == ""


def test_no_repository(tmp_path: Path, releases: list[Release]) -> None:
    """A place where there is none; a token in its address is not shown."""
    with pytest.raises(PlaceError, match=r"does not appear to be a git repository.*git ls-remote"):
        deliver(tmp_path / "none", releases[0])
    place = Branch("https://robot:secret@localhost:1/x.git", "pages")
    with pytest.raises(PlaceError) as raised, place.opened(0):
        pass
    assert "git:https://localhost:1/x.git#pages: git says:" in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_machine_that_knows_no_committer(
    bare: Path, releases: list[Release], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """CI has no name; its settings and hooks do not lead astray."""
    (tmp_path / "config").write_text(
        "[core]\nautocrlf = true\nhooksPath = /nowhere\n[commit]\ngpgSign = true\n"
        "[user]\nuseConfigOnly = true\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    deliver(bare, releases[0])
    assert git(bare, "log", "--format=%cn <%ce>", "pages") == "notices <notices@localhost>\n"
    with (tmp_path / "config").open("a") as config:  # an e-mail alone is not enough for git
        config.write("email = somebody@example.org\n")
    deliver(bare, releases[1])
    assert git(bare, "log", "-1", "--format=%cn", "pages") == "notices\n"
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody")
    deliver(bare, releases[2])
    assert git(bare, "log", "-1", "--format=%an, %cn", "pages") == "Somebody, notices\n"
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Somebody")
    deliver(bare, releases[3])
    who = "Somebody <somebody@example.org>\n"
    assert git(bare, "log", "-1", "--format=%an <%ae>", "pages") == who
    assert git(bare, "log", "-1", "--format=%cn <%ce>", "pages") == who
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PlaceError, match="git is not installed"):
        deliver(bare, releases[0])


def test_started_by_a_hook(
    bare: Path, releases: list[Release], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What git has told a hook of another repository leads nothing there."""
    with monkeypatch.context() as hook:
        hook.setenv("GIT_DIR", str(tmp_path / "other"))
        hook.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "objects"))
        deliver(bare, releases[0])
    assert "index.html" in shown(bare)
    assert sorted(tmp_path.iterdir()) == [bare]


def test_commits_that_only_look_like_releases(
    bare: Path, releases: list[Release], tmp_path: Path
) -> None:
    """A number without end is no release; one whose files are not there is none to go back to."""
    listed = f"{'a' * 64}  nowhere.html\n"
    by_hand(bare, tmp_path, {"build.json": "{}", "SHA256SUMS": listed}, "first")
    git(tmp_path / "first", "commit", "--amend", "-m", "x\n\nNotices-Release: 000001-aaaaaaaaaaaa")
    git(tmp_path / "first", "push", "--force", "origin", "HEAD:pages")
    endless = f"x\n\nNotices-Release: {'9' * 5_000}-aaaaaaaaaaaa"
    git(tmp_path / "first", "commit", "--allow-empty", "-m", endless)
    git(tmp_path / "first", "push", "origin", "HEAD:pages")
    assert deliver(bare, releases[0]).id.startswith("000002-")
    with pytest.raises(PlaceError, match=r"000001-a+ is damaged there, since its commit lacks now"):
        go_back(bare)


@pytest.mark.parametrize("record", ["[" * 100_000, "{"])
def test_a_record_that_is_none(
    bare: Path, releases: list[Release], tmp_path: Path, record: str
) -> None:
    """Whatever is on the branch, it is said that it is damaged."""
    by_hand(bare, tmp_path, {"build.json": record, "SHA256SUMS": ""})
    with pytest.raises(PlaceError, match="the release there is damaged"):
        deliver(bare, releases[0])
