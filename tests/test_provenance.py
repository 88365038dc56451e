# SPDX-License-Identifier: AGPL-3.0-or-later
"""Of what was a site made? Every state that a repository can be in, with a real git."""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notices.delivery import provenance
from notices.delivery.provenance import NoSourceError, Source
from notices.settings import ROOT
from tests.conftest import Site

WHEN = "2026-03-29T03:30:00+02:00"


def git(folder: Path, *words: str) -> str:
    """Run git as somebody, at a time in summer."""
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
    environment = {"PATH": "/usr/bin:/bin", "GIT_COMMITTER_DATE": WHEN, "HOME": str(folder)}
    done = subprocess.run(
        ["git", "-C", folder, *who, *words],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    return done.stdout.strip()


@pytest.fixture
def kept(site: Site) -> Site:
    """Give a site in a repository of its own, everything committed."""
    site.write({"sv/user.md": "# Notis\n", "sv/glossary.toml": ""})
    git(site.folder, "init", "--quiet")
    commit(site)
    return site


def commit(site: Site) -> str:
    """Commit everything."""
    git(site.folder, "add", "--all")
    git(site.folder, "commit", "--quiet", "--message", "Text")
    return git(site.folder, "rev-parse", "HEAD")


def of(site: Site) -> Source:
    """Ask for the source, without what is uncommitted in the program itself."""
    found = provenance.of(site.settings)
    site_files = tuple(path for path in found.uncommitted if "content/" in path)
    return replace(found, uncommitted=site_files)


def why(site: Site) -> str:
    """Tell why a site has no source."""
    with pytest.raises(NoSourceError) as raised:
        provenance.of(site.settings)
    said = str(raised.value)
    assert said.endswith("or publish what nobody can find again, with --uncommitted.")
    alone = provenance.of(site.settings, without_git=True)
    assert (alone.commit, alone.time, alone.uncommitted) == (None, None, ())
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", "1000000000")
        dated = provenance.of(site.settings, without_git=True)
    assert dated.record()["source"]["time"] == "2001-09-09T01:46:40Z"
    record = alone.record()["source"]
    assert record == {"commit": None, "time": None, "uncommitted": True}
    return said


def test_a_committed_site(kept: Site) -> None:
    """The commit, its committer's time in UTC, the content's digest, and the tools' versions."""
    found = of(kept)
    assert found.commit == git(kept.folder, "rev-parse", "HEAD")
    assert found.time == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert found.uncommitted == ()
    record = found.record()
    assert record["source"] == {
        "commit": found.commit,
        "time": "2026-03-29T01:30:00Z",
        "uncommitted": False,
    }
    assert {"python", "notices", "pelican", "zopfli"} < record["tools"].keys()


def test_the_digest_is_that_of_the_files(kept: Site) -> None:
    """Anybody can compute it; what programs leave behind, and when and where, count for nothing."""
    lines = "".join(
        f"{hashlib.sha256((kept.content / path).read_bytes()).hexdigest()}  {path}\n"
        for path in ("sv/glossary.toml", "sv/user.md")
    )
    digest = hashlib.sha256(lines.encode()).hexdigest()
    kept.write({"sv/.user.md.swp": "x", ".DS_Store": "x", "sv/user.md~": "x"})
    assert provenance.digest(kept.content) == digest
    kept.write({"sv/user.md": "# Notisen\n"})
    assert provenance.digest(kept.content) != digest


def test_uncommitted_files_are_named(kept: Site) -> None:
    """Changed, new, removed, renamed and staged; not what git ignores, nor what shapes nothing."""
    kept.write({"sv/user.md": "# Ny\n", "sv/å ä.md": "# Ny\n"})
    kept.write({"sv/.x.swp": "", ".gitignore": "*.swp"})
    (kept.content / "sv/glossary.toml").unlink()
    kept.write({"en/user.md": "# Notice\n"})
    git(kept.folder, "add", "content/en")
    (kept.folder / "README").write_text("not of the site")
    assert of(kept).uncommitted == (
        "content/.gitignore",
        "content/en/user.md",
        "content/sv/glossary.toml",
        "content/sv/user.md",
        "content/sv/å ä.md",
    )
    commit(kept)
    assert of(kept).uncommitted == ()


def test_what_shapes_a_site(kept: Site) -> None:
    """The settings and what they import, the theme, and the program itself."""
    made = provenance.made_of(kept.settings)
    for path in ("pelicanconf.py", "theme", "translations", "notices"):
        assert ROOT / path in made
    (kept.folder / "base.py").write_text("import json\nimport other\nfrom site_settings import *\n")
    (kept.folder / "other.py").write_text("from base import *\n")
    (kept.folder / "site_settings.py").write_text("")
    found = provenance._settings_files(kept.folder / "base.py", set())
    assert {file.name for file in found} == {"base.py", "other.py", "site_settings.py"}
    found = provenance._settings_files(ROOT / "publishconf.py", set())
    assert {file.name for file in found} == {"publishconf.py", "pelicanconf.py"}


def test_a_folder_without_a_repository(site: Site) -> None:
    """Says what to do."""
    site.write({"sv/user.md": "# Notis\n"})
    assert "content is in no git repository" in why(site)
    assert "git init, git add, git commit" in why(site)


def test_a_repository_without_a_commit(site: Site) -> None:
    """Says what to do."""
    site.write({"sv/user.md": "# Notis\n"})
    git(site.folder, "init", "--quiet")
    assert "The repository of content has no commit yet. Commit the content" in why(site)


def test_content_that_git_ignores(site: Site) -> None:
    """Is in no commit, though nothing is changed."""
    site.write({"sv/user.md": "# Notis\n"})
    (site.folder / ".gitignore").write_text("content\n")
    git(site.folder, "init", "--quiet")
    commit(site)
    assert "Nothing in content is in git" in why(site)


def test_a_machine_without_git(kept: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Says what to do."""
    monkeypatch.setenv("PATH", "")
    assert "git is not installed" in why(kept)


def test_a_repository_of_another_user(kept: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives the command by which one trusts it."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = why(kept)
    assert "belongs to another user" in said
    found = re.search(r"git config --global --add (safe\.directory) (\S+), or", said)
    assert found
    assert Path(found[2]) == kept.folder


def test_a_damaged_repository(kept: Site) -> None:
    """Git's own words, and what to do."""
    (kept.folder / ".git/HEAD").write_text(f"{'1' * 40}\n")
    said = why(kept)
    assert re.search(r"content: git cannot tell what is committed \(fatal: .*\)\. Mend that", said)


def test_worktrees_and_shallow_clones(kept: Site, tmp_path: Path) -> None:
    """Have a commit as any other."""
    commit = git(kept.folder, "rev-parse", "HEAD")
    git(kept.folder, "worktree", "add", "--quiet", "--detach", str(tmp_path / "worktree"))
    git(tmp_path, "clone", "--quiet", "--depth=1", kept.folder.as_uri(), str(tmp_path / "shallow"))
    for name in ("worktree", "shallow"):
        kept.content = tmp_path / name / "content"
        assert of(kept).commit == commit
        kept.write({"sv/user.md": "# Ny\n"})
        assert of(kept).uncommitted == (f"{name}/content/sv/user.md",)


def test_content_in_a_repository_of_its_own(kept: Site) -> None:
    """Inside another repository: its own commit counts."""
    git(kept.content, "init", "--quiet")
    git(kept.content, "add", "--all")
    git(kept.content, "commit", "--quiet", "--message", "Own")
    assert of(kept).commit == git(kept.content, "rev-parse", "HEAD")
    assert of(kept).commit != git(kept.folder, "rev-parse", "HEAD")
    kept.write({"sv/user.md": "# Ny\n"})
    assert of(kept).uncommitted == ("content/sv/user.md",)


def test_asking_writes_nothing(kept: Site) -> None:
    """Git's index is not brought up to date, though a file was touched."""
    (kept.content / "sv/user.md").touch()
    before = (kept.folder / ".git/index").read_bytes()
    of(kept)
    assert (kept.folder / ".git/index").read_bytes() == before
