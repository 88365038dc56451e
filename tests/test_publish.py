# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./run publish`` and ``./run rollback`` as a person or a CI job meets them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from notices import settings
from notices.delivery import provenance, publishing, release
from notices.delivery.places import PlaceError, PublishedRelease, parsed
from notices.delivery.places.branch import Branch
from notices.delivery.provenance import Source
from notices.delivery.publishing import RefusedError
from notices.model import Finding
from notices.settings import ROOT
from tests import places
from tests.conftest import Site
from tests.test_checks import SOURCE, TRANSLATION
from tests.test_provenance import commit, git

SETTINGS = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from publishconf import *
OUTPUT_PATH = "output"
THEME = {str(ROOT / "theme")!r}
NOTICES_TRANSLATIONS = {str(ROOT / "translations")!r}
NOTICES_COMPARE = False
"""


@pytest.fixture
def kept(site: Site) -> Site:
    """Give a site with settings of its own, in a repository; everything is committed."""
    site.write({"sv/user.md": SOURCE, "en/user.md": TRANSLATION}).review()
    (site.folder / "site.py").write_text(SETTINGS)
    (site.folder / ".gitignore").write_text("/*\n!/content\n!/site.py\n")
    git(site.folder, "init", "--quiet")
    commit(site)
    return site


def run(site: Site, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the site's folder."""
    own = ["--settings", "site.py"] if words[0] == "publish" else []
    done = subprocess.run(
        [sys.executable, "-P", "-m", "notices", *words, *own],
        cwd=site.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


ADDRESS = ("--site-url", "https://example.org")
HERE = provenance.of(settings.from_file(), without_git=True)
TRIED = ("--uncommitted",) if HERE.commit is None or HERE.uncommitted else ()
"""While one works on the program it is not committed, and its own tests shall run."""


def test_to_a_folder(kept: Site) -> None:
    """The whole way: published, not twice, changed, rolled back."""
    done = run(kept, "publish", "www", *ADDRESS, *TRIED)
    assert done.returncode == 0, done
    assert re.fullmatch(r"Others cannot enter .* chmod o\+x .*\n", done.stderr)  # as pytest wants
    head = git(kept.folder, "rev-parse", "HEAD")[:12]
    first = (kept.folder / "www/current").readlink().name
    assert done.stdout.splitlines()[-3:] == [
        f"Published at www: release {first}, of commit {head}.",
        "Compare it with what readers get: ./run verify https://example.org",
        "Take it back: ./run rollback www",
    ]
    made = places.whole(kept.folder / "www")
    assert made.record["source"]["commit"] == git(kept.folder, "rev-parse", "HEAD")
    assert made.record["site_url"] == "https://example.org"
    assert "bom.cdx.json" in made.sums
    assert release.checked(kept.folder / "release").digest == made.digest
    again = run(kept, "publish", "www", *TRIED, SITE_URL="https://example.org/")
    assert f"www has this already: release {first}, of commit {head}.\n" in again.stdout
    kept.write({"sv/user.md": SOURCE.replace("Text.", "Ord.")}).review()
    commit(kept)
    assert run(kept, "publish", "www", *ADDRESS, *TRIED).returncode == 0
    second = (kept.folder / "www/current").readlink().name
    newer = git(kept.folder, "rev-parse", "HEAD")[:12]
    done = run(kept, "rollback", "www")
    assert (done.returncode, done.stdout) == (
        0,
        f"Rolled back at www: release {first}, of commit {head}.\n"
        f"Withdrawn: release {second}, of commit {newer}.\n"
        "When it is mended: ./run publish www\n",
    )
    assert places.whole(kept.folder / "www").digest == made.digest
    done = run(kept, "rollback", "www")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"there is no release older than {first}" in done.stderr


def test_to_a_host_and_to_a_branch(kept: Site) -> None:
    """The same release in both, from the command line."""
    git(kept.folder, "init", "--quiet", "--bare", "site.git")
    (kept.folder / "ssh").mkdir()
    with places.sshd(kept.folder / "ssh") as command:
        dest = f"there:{kept.folder}/www"
        done = run(kept, "publish", dest, *ADDRESS, *TRIED, RSYNC_RSH=command)
        assert done.returncode == 0, done.stderr
        assert f"Published at {dest}: release 000001-" in done.stdout
        assert run(kept, "rollback", dest, RSYNC_RSH=command).returncode == 2
    made = places.whole(kept.folder / "www")
    done = run(kept, "publish", "git:site.git#pages", *ADDRESS, *TRIED)
    assert done.returncode == 0, done.stderr
    assert f"#pages: release 000001-{made.digest[:12]}, of commit" in done.stdout
    assert "Take it back: ./run rollback 'git:" in done.stdout


@pytest.mark.parametrize(
    ("words", "variables", "said"),
    [
        (["publish", "www"], {}, "The site has no public address. Give it with --site-url"),
        (["publish", "www"], {"SITE_URL": "http://a.example"}, "is open to everybody on the way"),
        (["publish", "www", *ADDRESS], {}, "    content/sv/user.md\n"),
        (["publish", "content", *ADDRESS], {}, "content holds content, or lies in it."),
        (["publish", "", *ADDRESS], {}, "DEST is empty: write a folder, user@host:/path, or git:"),
        (["publish", "me@a.example", *ADDRESS], {}, "Write me@a.example:/path, or ./me@a.example"),
        (["publish", "www", "--wait", "-1"], {}, "Invalid value for '--wait'"),
        (["publish", "www", "--wait", "inf"], {}, "Invalid value for '--wait'"),
        (["publish", "www", "--wait", "nan"], {}, "Invalid value for '--wait'"),
        (["publish"], {}, "Missing argument 'DEST'"),
        (["rollback", "www"], {}, "www: nothing was published here yet."),
        (["rollback", "site.py"], {}, "site.py is no folder. Name another place."),
    ],
)
def test_refusals(kept: Site, words: list[str], variables: dict[str, str], said: str) -> None:
    """Exit 2, in words, and nothing is built or published."""
    kept.write({"sv/user.md": SOURCE + "\nMer.\n"})
    before = sorted(kept.folder.iterdir())
    done = run(kept, *words, **variables)
    assert done.returncode == 2
    assert said in done.stderr, done.stderr
    assert done.stdout == ""
    assert sorted(kept.folder.iterdir()) == before


def test_errors_are_not_published(kept: Site) -> None:
    """Exit 1, with the findings; what is published stands. Late is an error here."""
    kept.write({"sv/more.md": SOURCE, "en/more.md": TRANSLATION}).review()
    commit(kept)
    assert run(kept, "publish", "www", *ADDRESS, *TRIED).returncode == 0
    was = places.whole(kept.folder / "www").digest
    (kept.content / "sv/more.md").write_text(SOURCE.replace("Text.", "Ord."))
    commit(kept)
    done = run(kept, "publish", "www", *ADDRESS, *TRIED)
    assert done.returncode == 1
    assert "section-outdated" in done.stdout
    assert done.stderr.strip() == "Nothing was published: mend the errors above, and publish again."
    for lang in ("sv", "en"):  # a release that drops what the one there promises is none, either
        (kept.content / lang / "more.md").unlink()
    commit(kept)
    done = run(kept, "publish", "www", *ADDRESS, *TRIED)
    assert done.returncode == 1
    assert "address-dropped: /sv/more/ was published, and there is nothing now" in done.stdout
    assert "Nothing was published" in done.stderr
    assert places.whole(kept.folder / "www").digest == was


def test_uncommitted_content_can_be_published(kept: Site) -> None:
    """When one says so; the record does, too."""
    kept.write({"sv/user.md": SOURCE + "\nMer.\n"}).review()
    assert run(kept, "publish", "www", *ADDRESS, "--uncommitted").returncode == 0
    assert places.whole(kept.folder / "www").record["source"]["uncommitted"] is True


def test_content_that_changes_during_the_build(kept: Site) -> None:
    """The release would not be of the commit that it names."""
    made = replace(kept.settings, site_url="https://example.org")
    source = publishing.source_of(made, uncommitted=True)
    kept.write({"sv/user.md": SOURCE + "\nMer.\n"})
    with pytest.raises(RefusedError, match=r"changed while the site was built. Publish again"):
        publishing.released(made, source)


def test_a_site_that_another_build_replaced(kept: Site) -> None:
    """The address in its record is not the one that was asked for."""
    kept.build()
    made = replace(kept.settings, site_url="https://example.org")
    source = publishing.source_of(made, uncommitted=True)
    with pytest.raises(RefusedError, match="was built anew meanwhile"):
        publishing.released(made, source)


def test_many_uncommitted_files(kept: Site) -> None:
    """The first ten are named, and the rest counted."""
    kept.write({f"sv/n{number:02}.md": SOURCE for number in range(12)})
    made = replace(kept.settings, site_url="https://example.org", theme=kept.content)
    with pytest.raises(RefusedError, match=r"sv/n\d+.md\n    … and \d+ more\nCommit them"):
        publishing.source_of(made, uncommitted=False)


def test_what_a_new_release_would_break(tmp_path: Path) -> None:
    """An error of the comparison with the release that is there stops it; a warning does not."""
    place = places.here(tmp_path / "www")
    first = places.small_release(tmp_path, {})
    second = places.small_release(tmp_path, {"sv/a.html": "<p>2</p>\n"}, "second")
    error = Finding("content/aliases.toml", 1, "page-missing", "m", "f", severity="error")
    warning = replace(error, severity="warning")
    assert publishing.deliver(first, place, 0, lambda was: [error]).published
    outcome = publishing.deliver(second, place, 0, lambda was: [error])
    assert (outcome.published, outcome.findings) == (None, (error,))
    assert places.whole(tmp_path / "www").digest == first.digest
    outcome = publishing.deliver(second, place, 0, lambda was: [warning])
    assert outcome.published is not None
    assert outcome.findings == (warning,)


@pytest.mark.parametrize(
    ("dest", "said"),
    [
        (" www", "spaces around it"),
        ("ww\nw", "signs that one cannot see"),
        ("git:origin", "name the repository and the branch, such as git:origin#pages"),
        ("git:#pages", "name the repository and the branch"),
        ("git:.#", "name the repository and the branch"),
        ("git:.#a..b", "'a..b' cannot be the name of a branch"),
        ("git:-x/y#pages", "can begin with a hyphen"),
        ("git:.#-pages", "can begin with a hyphen|cannot be the name"),
        ("git:nowhere#pages", "there is no repository 'nowhere' here, and no remote"),
        ("https://example.org/x", "https:// is no place this can publish to. Write a folder"),
        ("rsync://example.org/x", "rsync:// is no place"),
        ("example.org::www", "no rsync daemon"),
        ("user@example.org:www", "write the whole path .* such as user@example.org:/srv/www"),
        ("user@example.org:", "write the whole path"),
        ("example.org:/", "write the whole path"),
        ("example.org:/srv/../x", "write the whole path"),
        ("-oProxyCommand=x:/srv", "is no name of a host"),
        ("a@-b:/srv", "is no name of a host"),
        ("a b:/srv", r"is no name of a host.*\./a b:/srv for a folder"),
        ("~/www", r"has not put your home .* Write \$HOME, or \./~/www for a folder"),
        ("~", "has not put your home"),
        ("/", "holds this project|holds all|holds your home"),
        ("~home", "holds your home"),
        ("~root", "holds this project"),
        ("~parent", "holds this project"),
        ("output/www", "holds output, or lies in it"),
    ],
)
def test_wrong_places(
    dest: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with what to write instead."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    stand_ins = {"~home": str(tmp_path / "home"), "~root": str(ROOT), "~parent": str(ROOT.parent)}
    with pytest.raises(PlaceError, match=said):
        parsed(stand_ins.get(dest, dest), [tmp_path / "output"])


def test_links_in_a_circle(kept: Site) -> None:
    """A place behind a link that leads to itself is none."""
    (kept.folder / "loop").symlink_to("loop")
    for words in (["publish", "loop/x", *ADDRESS], ["rollback", "loop"]):
        done = run(kept, *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{words[1]} leads in a circle" in done.stderr, done.stderr


@pytest.mark.parametrize("branch", ["", "a..b", "-pages"])
def test_a_wrong_branch_tells_no_secret(branch: str) -> None:
    """What is said of it may stand in the log of a workflow."""
    with pytest.raises(PlaceError, match=r"^git:https://example\.org/x#.*: ") as raised:
        parsed(f"git:https://user:secret@example.org/x#{branch}")
    assert "secret" not in str(raised.value)


def test_a_user_without_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container: a folder is a place all the same."""
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000)
    with pytest.raises(RuntimeError):
        Path.home()
    monkeypatch.chdir(tmp_path)
    assert parsed("www").name == "www"


@pytest.mark.parametrize(
    ("dest", "name"),
    [
        ("www", "www"),
        ("./a:b", "a:b"),
        ("user@example.org:/srv/www/", "user@example.org:/srv/www"),
        ("[::1]:/srv/www", "[::1]:/srv/www"),
        ("user@[fe80::1%eth0]:/srv", "user@[fe80::1%eth0]:/srv"),
        ("git:git@example.org:site.git#pages", "git:git@example.org:site.git#pages"),
        ("git:https://user:secret@example.org/a#b/c", "git:https://example.org/a#b/c"),
        ("git:https://user:sec@ret@example.org/a@b#c", "git:https://example.org/a@b#c"),
        ("git:https://example.org/a%23b#pages", "git:https://example.org/a%23b#pages"),
    ],
)
def test_places(dest: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed is understood as rsync, ssh and git understand it."""
    monkeypatch.chdir(tmp_path)
    assert parsed(dest).name == name


def test_a_remote_of_the_repository(kept: Site) -> None:
    """A name that git knows here means the address behind it; a path is one from here."""
    git(kept.folder, "remote", "add", "origin", "https://example.org/site.git")
    assert parsed("git:origin#pages") == Branch("https://example.org/site.git", "pages")
    assert parsed("git:../x.git#pages").name == f"git:{kept.folder}/../x.git#pages"


@pytest.mark.parametrize("commit", ["\x1b]0;owned", "12\n34", ["1"], 5, "", None])
def test_a_commit_that_somebody_made_up(commit: object) -> None:
    """Is not said: a terminal would obey it."""
    assert PublishedRelease("1", {"source": {"commit": commit}}, {}).source == ""
    known = PublishedRelease("1", {"source": {"commit": "ab" * 20}}, {})
    assert known.source == ", of commit abababababab"


def test_the_record_of_no_repository() -> None:
    """Says that there is no commit, rather than naming one that it is not."""
    assert Source(None, None, (), "0").record()["source"]["uncommitted"] is True
