# SPDX-License-Identifier: AGPL-3.0-or-later
"""A build never replaces what it did not make; each refusal says what stands in the way."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import socket
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from notices import hooks, settings
from notices.build import Build
from notices.delivery import lock
from notices.delivery.staging import OutputError, Staging
from tests import disks, killing
from tests.conftest import Site

NOTICE = {"sv/user.md": "# T\n"}


@pytest.fixture
def written(site: Site) -> Site:
    """Give a site with one notice, not built."""
    return site.write(NOTICE)


def refused(site: Site, why: str) -> str:
    """Build where it must not; gives the message, which holds these words."""
    with pytest.raises(OutputError) as raised:
        site.build()
    message = str(raised.value)
    assert why in message
    assert message.endswith(".")
    return message


def everything(folder: Path) -> dict[str, bytes | None]:
    """Give all that a folder holds; None stands for what is no file."""
    return {
        str(entry.relative_to(folder)): entry.read_bytes() if entry.is_file() else None
        for entry in sorted(folder.rglob("*"))
        if not entry.is_socket() and not entry.is_fifo()
    }


@pytest.fixture
def mounted() -> Iterator[Callable[..., None]]:
    """Give a way to mount something until the test ends."""
    with contextlib.ExitStack() as places:

        def mount(place: Path, *words: str) -> None:
            places.enter_context(disks.mounted(place, *words))

        yield mount


# Places


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("content", "holds the content"),
        ("content/sv", "lies inside the content"),
        ("content/new/one", "lies inside the content"),
        ("content/../content", "holds the content"),
        (".", "holds the content"),
        ("content/..", "holds the content"),
        ("/", "is the whole file system"),
        ("/proc/../", "is the whole file system"),
        (".git", "lies inside .git"),
        (".git/hooks", "lies inside .git"),
        ("/root", "holds the home folder /root"),
    ],
)
def test_places_that_are_never_an_output(written: Site, where: str, why: str) -> None:
    """The content and what holds it, the whole file system, git's folder, a home folder."""
    before = everything(written.folder)
    written.output = Path(where).absolute()
    refused(written, why)
    assert everything(written.folder) == before


@pytest.mark.parametrize(
    ("below", "why"),
    [
        (".", "holds this project"),
        ("..", "holds this project"),
        ("notices/x", "lies inside this program"),
        ("theme", "theme"),
        ("theme/static/x", "lies inside"),
        ("translations/sv", "lies inside"),
        ("pelicanconf.py", "holds"),
        (".git/x", "lies inside .git"),
    ],
)
def test_the_project_is_never_an_output(written: Site, below: str, why: str) -> None:
    """Neither it, nor what holds it, nor what it is made of."""
    written.output = settings.ROOT / below
    refused(written, why)


def test_the_sites_own_theme_and_settings(written: Site) -> None:
    """Another site's theme, its templates and its settings file are as safe as the project's."""
    theme = written.folder / "look" / "theme"
    shutil.copytree(settings.ROOT / "theme", theme)
    conf = written.folder / "conf" / "site.py"
    conf.parent.mkdir()
    conf.write_text(
        f"import sys\nsys.path.insert(0, {str(settings.ROOT)!r})\n"
        f"from pelicanconf import *\nTHEME = {str(theme)!r}\n",
        encoding="utf-8",
    )
    overrides = written.folder / "own" / "templates"
    overrides.mkdir(parents=True)
    made = replace(written.settings, theme=theme, file=conf, template_overrides=(overrides,))
    for place, why in (
        ("look", "look holds look/theme"),
        ("look/theme/x", "lies inside look/theme"),
        ("conf", "conf holds conf/site.py"),
        ("own/templates", "holds own/templates"),
        ("own/templates/x", "lies inside own/templates"),
    ):
        with pytest.raises(OutputError, match=why):
            hooks.build(replace(made, output=written.folder / place))


def test_anybodys_home(written: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """HOME counts, and so does the home of everybody whom the system knows."""
    home = written.folder / "homes" / "ann"
    home.mkdir(parents=True)
    for name in ("homes", "homes/ann"):
        monkeypatch.setenv("HOME", str(home))
        written.output = written.folder / name
        refused(written, "holds the home folder")
        monkeypatch.setenv("HOME", "relative")
        person = type("Person", (), {"pw_dir": str(home)})
        monkeypatch.setattr(pwd, "getpwall", lambda person=person: [person])
        refused(written, "holds the home folder")
    written.output = home / "site"
    assert written.build().is_done


@pytest.mark.parametrize("target", ["elsewhere", "content", "nowhere"])
def test_a_symbolic_link_is_refused(written: Site, target: str) -> None:
    """It may lead anywhere, even to nothing."""
    (written.folder / "elsewhere").mkdir()
    written.output.symlink_to(target)
    refused(written, "output is a symbolic link; name the folder itself")
    assert written.output.is_symlink()


def test_a_link_above_that_leads_into_the_content(written: Site) -> None:
    """Where a path really leads is what counts."""
    (written.folder / "way").symlink_to("content")
    written.output = written.folder / "way" / "site"
    refused(written, "way/site lies inside the content")
    (written.folder / "up").symlink_to("..")
    written.output = written.folder / "up" / written.folder.name
    refused(written, "holds the content")


def test_a_link_above_that_leads_elsewhere(written: Site) -> None:
    """As where a server keeps its sites on another disk."""
    (written.folder / "disk").mkdir()
    (written.folder / "way").symlink_to("disk")
    written.output = written.folder / "way" / "site"
    assert written.build().is_done
    assert sorted(os.listdir(written.folder / "disk")) == ["site"]  # noqa: PTH208


def test_a_link_that_leads_in_a_circle(written: Site) -> None:
    """It leads nowhere, which is said."""
    (written.folder / "circle").symlink_to("circle")
    written.output = written.folder / "circle" / "site"
    refused(written, "cannot build here")


def test_the_content_under_another_name(written: Site, mounted: Callable[..., None]) -> None:
    """As on a disk that takes Content and content for one: the system knows that they are."""
    (written.folder / "Content").mkdir()
    mounted(written.folder / "Content", "--bind", str(written.content))
    before = everything(written.content)
    for place, why in (("Content", "holds the content"), ("Content/x", "lies inside the content")):
        written.output = written.folder / place
        refused(written, why)
    assert everything(written.content) == before


# Mount points


def test_a_mount_point(written: Site, mounted: Callable[..., None]) -> None:
    """It cannot be replaced as a whole; a folder inside it can."""
    written.output.mkdir()
    mounted(written.output, "-t", "tmpfs", "tmpfs")
    refused(written, "output is a mount point and cannot be replaced as a whole; name a folder")
    written.output = written.output / "site"
    assert written.build().is_done


def test_a_mount_of_a_folder_of_the_same_disk(written: Site, mounted: Callable[..., None]) -> None:
    """That such a folder is one shows only when it is to be replaced: the old site stands."""
    written.output = written.folder / "real"
    assert written.build().is_done
    before = everything(written.output)
    written.output = written.folder / "seen"
    written.output.mkdir()
    mounted(written.output, "--bind", str(written.folder / "real"))
    refused(written, "seen is a mount point")
    assert everything(written.folder / "real") == before
    assert not list(written.folder.glob(".seen.*"))


def test_a_mount_inside_the_output(written: Site, mounted: Callable[..., None]) -> None:
    """What is mounted there is somebody's, though a page once stood there."""
    assert written.build().is_done
    mounted(written.output / "sv", "-t", "tmpfs", "tmpfs")
    refused(written, "holds what no build put there: sv.")


def test_a_lower_layer(written: Site, mounted: Callable[..., None]) -> None:
    """A container's image may hold a site that cannot be moved: it is said, and it stands."""
    for name in ("lower", "upper", "work", "merged"):
        (written.folder / name).mkdir()
    written.output = written.folder / "lower" / "site"
    assert written.build().is_done
    layers = ",".join(
        f"{key}={written.folder / name}"
        for key, name in (("lowerdir", "lower"), ("upperdir", "upper"), ("workdir", "work"))
    )
    merged = written.folder / "merged"
    mounted(merged, "-t", "overlay", "-o", f"redirect_dir=off,{layers}", "overlay")
    written.output = merged / "site"
    before = everything(written.output)
    refused(
        written, "could not take the old one's place (site: Invalid cross-device link); the old"
    )
    assert everything(written.output) == before
    assert [entry.name for entry in merged.iterdir()] == ["site"]


# What stands there


def test_other_peoples_files(written: Site) -> None:
    """They are named, as many as help."""
    written.output.mkdir()
    for name in ("thesis.odt", "a", "b", "c", "d"):
        (written.output / name).touch()
    message = refused(written, "output holds files that this program did not make")
    assert "(a, b, c and 2 more)" in message
    assert "Empty it, or name another folder with --output." in message
    assert len(everything(written.output)) == 5


@pytest.mark.parametrize(
    "record",
    [
        b"{}",
        b"[]",
        b"null",
        b'{"generator": "webpack", "files": ["build.json", "x.js"]}',
        b'{"generator": "notices"}',
        b'{"generator": "notices", "files": "x.js"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b"",
    ],
)
def test_somebody_elses_build_json(written: Site, record: bytes) -> None:
    """The name alone says nothing."""
    written.output.mkdir()
    (written.output / "build.json").write_bytes(record)
    (written.output / "x.js").touch()
    refused(written, "did not make (build.json, x.js)")
    assert (written.output / "build.json").read_bytes() == record


def test_a_record_that_is_no_file(written: Site) -> None:
    """A pipe of that name is not waited for, and a link not followed."""
    written.output.mkdir()
    os.mkfifo(written.output / "build.json")
    refused(written, "did not make (build.json)")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("CNAME", "CNAME"),
        (".git/HEAD", ".git"),
        ("sv/notes.txt", "sv/notes.txt"),
        ("sv/user/.index.html.swp", "sv/user/.index.html.swp"),
        ("photos/1/2/3.jpg", "photos"),
    ],
)
def test_files_that_came_into_a_site(written: Site, path: str, told: str) -> None:
    """A site of ours that now holds more is not replaced, and neither file nor site is lost."""
    assert written.build().is_done
    (written.output / path).parent.mkdir(parents=True, exist_ok=True)
    (written.output / path).write_text("mine", encoding="utf-8")
    before = everything(written.output)
    assert f"put there: {told}. A build would replace the folder and lose it. Move it" in refused(
        written, "output holds what no build put there"
    )
    assert everything(written.output) == before
    (written.folder / "safe").mkdir()
    (written.output / told).rename(written.folder / "safe" / "it")
    assert written.build().is_done


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_a_page_that_became_something_else(written: Site, kind: str) -> None:
    """A folder where a page was is somebody's; a link is replaced, what it leads to is not."""
    assert written.build().is_done
    page = written.output / "404.html"
    page.unlink()
    if kind == "folder":
        page.mkdir()
        refused(written, "put there: 404.html")
    else:
        mine = written.folder / "mine"
        mine.write_text("mine", encoding="utf-8")
        page.symlink_to(mine)
        assert written.build().is_done
        assert mine.read_text(encoding="utf-8") == "mine"
        assert not page.is_symlink()


def test_what_file_managers_leave_is_no_ones_work(written: Site) -> None:
    """Who only looked at the site may build it again."""
    assert written.build().is_done
    (written.output / ".DS_Store").touch()
    (written.output / "sv" / "Thumbs.db").touch()
    assert written.build().is_done
    assert ".DS_Store" not in written.files()


def test_a_file_that_comes_while_the_site_is_built(
    written: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is looked at again before it is replaced."""
    assert written.build().is_done
    read = Build.read

    def somebody_writes(self: Build) -> None:
        read(self)
        (written.output / "CNAME").touch()

    monkeypatch.setattr(Build, "read", somebody_writes)
    refused(written, "put there: CNAME")
    assert "CNAME" in written.files()
    assert not list(written.folder.glob(".output.*"))


def test_the_list_is_what_was_built(written: Site) -> None:
    """The record names every file of the site but itself."""
    assert written.build().is_done
    files = json.loads(written.files()["build.json"])["files"]
    assert sorted({*files, "build.json"}) == sorted(written.files())


def test_old_pages_do_not_stay(written: Site) -> None:
    """A page whose source is gone is gone, with its folder, and so is a file."""
    more: dict[str, str | bytes] = {
        "sv/more.md": "# M\n\n![x](../files/x.png)\n",
        "files/x.png": b"\x89PNG",
    }
    assert written.write(more).build().is_done
    assert "sv/more/index.html" in written.files()
    (written.content / "sv" / "more.md").unlink()
    shutil.rmtree(written.content / "files")
    assert written.build().is_done
    left = "\n".join(everything(written.output))
    assert "more" not in left
    assert "png" not in left


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("file", "output is a file, not a folder"),
        ("fifo", "output is a named pipe, not a folder"),
        ("socket", "output is a socket, not a folder"),
        ("device", "output is a device, not a folder"),
    ],
)
def test_what_is_no_folder(written: Site, kind: str, why: str) -> None:
    """Files of any kind are left alone, and not waited for."""
    if kind == "file":
        written.output.write_text("mine", encoding="utf-8")
    elif kind == "fifo":
        os.mkfifo(written.output)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind("output")
    elif os.geteuid() == 0:
        os.mknod(written.output, 0o20644, os.makedev(1, 3))
    else:
        pytest.skip("only root may make a device")
    before = written.output.lstat()
    refused(written, why)
    assert os.path.samestat(before, written.output.lstat())
    assert not list(written.folder.glob(".output.*"))


@pytest.mark.parametrize("where", ["file/site", "file/sub/site"])
def test_a_file_above_the_output(written: Site, where: str) -> None:
    """A folder cannot be made inside a file."""
    (written.folder / "file").write_text("mine", encoding="utf-8")
    written.output = written.folder / where
    refused(written, f"{where}: cannot build here")


def test_a_folder_where_nobody_may_write(written: Site) -> None:
    """Whose folder it is, is for its owner to say."""
    place = written.folder / "theirs"
    place.mkdir(mode=0o555)
    written.output = place / "site"

    def build() -> None:
        killing.without_capabilities()
        written.build()

    said = written.folder / "said"
    assert killing.ended(killing.fork(build, said)) == killing.REFUSED, said.read_text()
    assert "theirs/site: cannot build here (.site.lock: Permission denied)." in said.read_text()


@pytest.mark.parametrize(
    "name",
    ["with spaces", "sajt på svenska", "two\nlines", "-rf", "--output", "'\"$(x)`", "~", "a" * 240,
     "\udcff", "*", ".hidden", "output."],
)  # fmt: skip
def test_odd_names(written: Site, name: str) -> None:
    """A folder may have any name."""
    written.output = written.folder / name
    assert written.build().is_done
    killing.put(written.output, {"index.html": b"new"})
    assert {entry.name for entry in written.folder.iterdir()} == {"content", name}


def test_a_name_that_is_too_long(written: Site) -> None:
    """The folders beside the output have longer names than it."""
    written.output = written.folder / ("a" * 250)
    refused(written, "File name too long")


# What earlier builds left


@pytest.mark.parametrize("kind", ["file", "link", "locked", "full"])
@pytest.mark.parametrize("what", ["staging", "old", "discarded", "journal"])
def test_odd_leftovers_are_removed(written: Site, what: str, kind: str) -> None:
    """Whatever stands where builds work goes away, and what a link leads to stays."""
    killing.put(written.output, {"index.html": b"old"})
    mine = written.folder / "mine"
    mine.mkdir()
    (mine / "x").touch()
    leftover = written.folder / f".output.{what}"
    if kind == "file":
        leftover.write_text("x", encoding="utf-8")
    elif kind == "link":
        leftover.symlink_to(mine)
    else:
        (leftover / "a" / "b").mkdir(parents=True)
        (leftover / "a" / "b" / "c").touch()
        (leftover / "link").symlink_to(mine)
        if kind == "locked":
            for folder in ("a/b", "a", "."):
                (leftover / folder).chmod(0)

    def build() -> None:
        killing.without_capabilities()
        killing.put(written.output, {"index.html": b"new"})

    said = written.folder / "said"
    assert killing.ended(killing.fork(build, said)) == 0, said.read_text()
    assert written.files()["index.html"] == b"new"
    assert not list(written.folder.glob(".output.*"))
    assert (mine / "x").exists()


def test_a_leftover_that_cannot_be_removed(written: Site, mounted: Callable[..., None]) -> None:
    """It is named, and the old site stands."""
    assert written.build().is_done
    before = everything(written.output)
    leftover = written.folder / ".output.staging"
    leftover.mkdir()
    mounted(leftover, "-t", "tmpfs", "tmpfs")
    assert ".output.staging: is left by an earlier build and cannot be removed (" in refused(
        written, "; remove it, then build again"
    )
    assert everything(written.output) == before


@pytest.mark.parametrize("kind", ["fifo", "folder", "link"])
def test_an_odd_lock(written: Site, kind: str) -> None:
    """A pipe of that name is taken as it is; anything else is named."""
    odd = written.folder / ".output.lock"
    if kind == "fifo":
        os.mkfifo(odd)
        assert written.build().is_done
        return
    if kind == "folder":
        odd.mkdir()
    else:
        odd.symlink_to("elsewhere")
    refused(written, "cannot build here (.output.lock: ")


# What others may read


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_a_web_server_can_read_it(written: Site, umask: int) -> None:
    """Whatever the umask, and the folders above that a build makes, too."""
    written.output = written.folder / "public" / "site"

    def build() -> None:
        killing.without_capabilities()
        os.umask(umask)
        assert written.build().is_done

    said = written.folder / "said"
    assert killing.ended(killing.fork(build, said)) == 0, said.read_text()
    assert modes(written.folder / "public") == ({0o644}, {0o755})


def modes(folder: Path) -> tuple[set[int], set[int]]:
    """Give the modes of all files, and of all folders, here and below."""
    files: set[int] = set()
    folders = {folder.stat().st_mode & 0o7777}
    for entry in folder.rglob("*"):
        (folders if entry.is_dir() else files).add(entry.stat().st_mode & 0o7777)
    return files, folders


def test_a_default_acl_makes_no_difference(written: Site) -> None:
    """A folder whose new files are to be its owner's alone (acl(5)) still holds a public site."""
    public = written.folder / "public"
    public.mkdir(mode=0o755)
    user, group, other, nobody = 0x01, 0x04, 0x20, 0xFFFFFFFF
    entries = [(user, 7, nobody), (group, 0, nobody), (other, 0, nobody)]
    acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
    try:
        os.setxattr(public, "system.posix_acl_default", acl)
    except OSError:
        pytest.skip("this disk knows no access control lists")
    (public / "file").touch()
    assert (public / "file").stat().st_mode & 0o077 == 0
    (public / "file").unlink()
    written.output = public / "site"
    assert written.build().is_done
    assert modes(public / "site") == ({0o644}, {0o755})


def test_an_inherited_group_makes_no_difference(written: Site) -> None:
    """Nor does a folder that hands its group on (setgid)."""
    public = written.folder / "public"
    public.mkdir()
    public.chmod(0o2755)
    written.output = public / "site"
    assert written.build().is_done
    assert modes(public / "site") == ({0o644}, {0o755})


def test_a_second_build_says_so(written: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits a moment for what may be ending, and changes nothing."""
    monkeypatch.setattr(lock, "_PATIENCE_SECONDS", 0.1)
    first = Staging(written.output, written.content)
    first.open()
    first.write("x", b"x")
    refused(written, "output: another build is writing here; start this one again when")
    assert (first.folder / "x").exists()
    first.close()
    assert written.build().is_done
