# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole way, to each kind of place: published, compared with what readers get, taken back.

A real server serves each place with the configuration that ``./run host`` prints.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import places
from tests.conftest import Site
from tests.servers import free_port, get, running
from tests.test_provenance import commit, git
from tests.test_publish import ADDRESS, TRIED, kept, run

__all__ = ["kept"]

Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Destination:
    """Where a test publishes, and where a server finds that; ``update`` is the host's own part."""

    dest: str
    root: Path
    variables: dict[str, str]
    update: Callable[[], None] = lambda: None


@contextmanager
def a_folder(site: Site) -> Iterator[Destination]:
    """Publish in a folder of this machine."""
    yield Destination("www", site.folder / "www/current", {})


@contextmanager
def a_host(site: Site) -> Iterator[Destination]:
    """Publish in a folder behind a real sshd."""
    (site.folder / "ssh").mkdir()
    with places.sshd(site.folder / "ssh") as command:
        root = site.folder / "www"
        yield Destination(f"there:{root}", root / "current", {"RSYNC_RSH": command})


@contextmanager
def a_branch(site: Site) -> Iterator[Destination]:
    """Publish in a branch of a bare repository, which its host checks out after each change."""
    git(site.folder, "init", "--quiet", "--bare", "site.git")
    root = site.folder / "checkout"

    def update() -> None:
        if not root.exists():
            git(site.folder, "clone", "--quiet", "--branch", "pages", "site.git", str(root))
        git(root, "fetch", "--quiet")
        git(root, "reset", "--quiet", "--hard", "origin/pages")

    yield Destination("git:site.git#pages", root, {}, update)


@pytest.mark.parametrize(
    ("place", "server"), [(a_folder, "nginx"), (a_host, "caddy"), (a_branch, "nginx")]
)
def test_readers_get_what_was_published(kept: Site, place: object, server: str) -> None:
    """Each release is there, whole and served right; the release of another moment is not."""
    assert callable(place)
    with place(kept) as destination:

        def publish(*words: str) -> Done:
            dest, more = destination.dest, destination.variables
            return run(kept, "publish", dest, *ADDRESS, *TRIED, *words, **more)

        assert publish().returncode == 0
        destination.update()
        first = kept.folder / "first"
        (kept.folder / "release").rename(first)
        port = free_port()
        printed = run(
            *(kept, "host", server, "--settings", "site.py", *ADDRESS, "--logs", str(kept.folder)),
            *("--root", str(destination.root), "--listen", f"127.0.0.1:{port}"),
        )
        assert printed.returncode == 0, printed.stderr
        with running(server, kept.folder, printed.stdout, port):

            def verify(release: Path | str) -> Done:
                url = f"http://127.0.0.1:{port}"
                words = ("--settings", "site.py", "--release", str(release))
                return run(kept, "verify", url, *words)

            done = verify(first)
            assert (done.returncode, done.stdout) == (0, ""), done
            change(kept, "Text.", "Ord.")
            assert publish().returncode == 0
            destination.update()
            done = verify("release")
            assert (done.returncode, done.stdout) == (0, ""), done
            assert "Ord." in get(port, "/sv/user/").body.decode()
            assert verify(first).returncode == 1
            done = run(kept, "rollback", destination.dest, **destination.variables)
            assert done.returncode == 0, done.stderr
            destination.update()
            assert "Text." in get(port, "/sv/user/").body.decode()
            assert verify(first).returncode == 0
            assert verify("release").returncode == 1


def change(site: Site, old: str, new: str) -> None:
    """Change the source, review its translation, and commit both."""
    file = site.content / "sv/user.md"
    text = file.read_text(encoding="utf-8")
    assert old in text
    site.write({"sv/user.md": text.replace(old, new)}).review()
    commit(site)


def test_what_readers_have_bookmarked_does_not_vanish(kept: Site) -> None:
    """A section with a new anchor is refused, until the table of aliases says where it is."""
    assert run(kept, "publish", "www", *ADDRESS, *TRIED).returncode == 0
    before = (kept.folder / "www/current").readlink()
    for lang in ("sv", "en"):
        file = kept.content / lang / "user.md"
        file.write_text(file.read_text(encoding="utf-8").replace("{#who}", "{#identity}"))
    kept.review()
    commit(kept)
    done = run(kept, "publish", "www", *ADDRESS, *TRIED)
    assert done.returncode == 1
    assert "anchor-dropped" in done.stdout
    assert '"user#who" = "identity"' in done.stdout
    assert (kept.folder / "www/current").readlink() == before
    kept.write({"aliases.toml": '[anchors]\n"user#who" = "identity"\n'})
    commit(kept)
    assert run(kept, "publish", "www", *ADDRESS, *TRIED).returncode == 0
    page = (kept.folder / "www/current/en/user/index.html").read_text(encoding="utf-8")
    assert 'id="who"' in page


def test_whoever_may_read_the_folder_reads_all_of_it(kept: Site) -> None:
    """A web server is another user: the umask of the publisher makes no difference."""
    before = os.umask(0o077)
    try:
        assert run(kept, "publish", "www", *ADDRESS, *TRIED).returncode == 0
    finally:
        os.umask(before)
    www = kept.folder / "www"
    for path in (www, *www.rglob("*")):
        if not path.name.startswith(".") and not path.is_symlink():
            assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path
