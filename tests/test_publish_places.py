# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder, here or behind a real sshd: one release follows another, and readers lose nothing."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from notices.delivery import release
from notices.delivery.places import Place, PlaceError, PublishedRelease, shell
from notices.delivery.places.remote import Remote
from notices.delivery.places.shelf import KEPT
from notices.delivery.release import Release
from notices.settings import shown
from tests import places
from tests.disks import small_disk
from tests.places import small_release, text_of, whole
from tests.programs import needed

TEXTS = tuple(f"<p>Text {number}</p>\n" for number in range(8))
"""All of one length, as two versions of a date are."""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Release]:
    """Give releases that differ in one page."""
    folder = tmp_path_factory.mktemp("releases")
    return [
        small_release(folder, {"sv/a.html": text}, f"release{number}")
        for number, text in enumerate(TEXTS)
    ]


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a server."""
    with places.sshd(tmp_path_factory.mktemp("ssh"), one_connection=True) as command:
        yield command


@pytest.fixture(params=["folder", "ssh"])
def at(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Place]:
    """Give the way to a folder."""
    if request.param == "folder":
        return places.here
    monkeypatch.setenv("RSYNC_RSH", request.getfixturevalue("ssh"))
    return places.there


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the folder to publish in, which is not there yet."""
    return tmp_path / "srv www" / "it's å"


def deliver(place: Place, made: Release, wait_seconds: float = 0) -> PublishedRelease:
    """Publish a release."""
    with place.opened(wait_seconds) as opened:
        return opened.deliver(made)


def earlier(root: Path, *made: Release) -> None:
    """Publish releases on the machine itself, which is quick; the next one may come by ssh."""
    for one in made:
        deliver(places.here(root), one)


def go_back(place: Place) -> PublishedRelease:
    """Roll back."""
    with place.opened(0, may_begin=False) as opened:
        return opened.go_back()


def kept(root: Path) -> list[int]:
    """List the numbers of the releases that are there."""
    names = [entry.name for entry in (root / "releases").iterdir()]
    assert all(name == ".lock" or name[0] != "." for name in names), names
    return sorted(int(name[:6]) for name in names if name != ".lock")


def test_a_release_follows_another(
    at: Callable[[Path], Place], root: Path, releases: list[Release]
) -> None:
    """Each is whole, has its number and its digest in its name, and is published once."""
    place = at(root)
    first = deliver(place, releases[0])
    assert first.id == f"000001-{releases[0].digest[:12]}"
    assert first.is_new
    assert whole(root).sums == releases[0].sums
    second = deliver(place, releases[1])
    assert second.id == f"000002-{releases[1].digest[:12]}"
    assert (root / "current").readlink() == Path(f"releases/{second.id}")
    assert whole(root).sums == releases[1].sums
    again = deliver(place, releases[1])
    assert (again.id, again.is_new) == (second.id, False)
    assert kept(root) == [1, 2]
    assert again.source == ", of commit 0123456789ab"


def test_going_back(at: Callable[[Path], Place], root: Path, releases: list[Release]) -> None:
    """One release back, and one more; what was withdrawn is not what one comes back to later."""
    place = at(root)
    earlier(root, *releases[:3])
    assert go_back(place).id.startswith("000002-")
    assert text_of(root) == TEXTS[1]
    assert go_back(place).id.startswith("000001-")
    with pytest.raises(PlaceError, match=r"no release older than 000001-.*Publish an older"):
        go_back(place)
    assert whole(root).sums == releases[0].sums
    assert deliver(place, releases[3]).id.startswith("000004-")
    assert kept(root) == [1, 4]
    assert go_back(place).id.startswith("000001-")


@contextmanager
def reading(file: Path) -> Iterator[list[str]]:
    """Open a file without a pause while something is done; the list then holds what came of it.

    The reader is a process of its own, since two threads of Python take turns.
    """
    told, tell = os.pipe()
    test, reader = os.getpid(), os.fork()
    if reader == 0:
        last = b""
        while os.getppid() == test:
            try:
                os.close(os.open(file, os.O_RDONLY))
                now = b"there\n"
            except OSError:
                now = b"missing\n"
            if now != last:
                os.write(tell, now)
                last = now
        os._exit(0)
    seen: list[str] = []
    try:
        yield seen
    finally:
        os.kill(reader, signal.SIGKILL)
        os.waitpid(reader, 0)
        os.close(tell)
        with os.fdopen(told) as words:
            seen += words.read().split()


def test_a_reader_never_misses_a_page(
    at: Callable[[Path], Place],
    root: Path,
    releases: list[Release],
    request: pytest.FixtureRequest,
) -> None:
    """However often the release changes: it is switched in one step."""
    place, times = at(root), 4 if "ssh" in request.node.name else 20
    earlier(root, releases[0])
    with reading(root / "current/index.html") as seen:
        for number in range(times):
            if number % 3 == 1:
                go_back(place)
            else:
                deliver(place, releases[1 + number % 2])
    assert seen == ["there"]


def test_nothing_to_go_back_from(at: Callable[[Path], Place], root: Path) -> None:
    """A folder that is not there is not made."""
    with pytest.raises(PlaceError, match="nothing was published here yet"):
        go_back(at(root))
    assert not root.exists()


def test_a_fixed_number_is_kept(
    at: Callable[[Path], Place], root: Path, releases: list[Release]
) -> None:
    """The newest five, the current one among them."""
    earlier(root, *releases[: KEPT + 1])
    deliver(at(root), releases[KEPT + 1])
    assert kept(root) == [3, 4, 5, 6, 7]
    assert text_of(root) == TEXTS[6]


def test_everybody_may_read(
    at: Callable[[Path], Place], root: Path, releases: list[Release]
) -> None:
    """Whatever the umask is, and whatever became of the file that was there before."""
    umask = os.umask(0o077)
    try:
        deliver(at(root), releases[0])
        (root / "current" / "index.html").chmod(0o600)
        deliver(at(root), releases[1])
    finally:
        os.umask(umask)
    current = (root / "current").resolve()
    for path in (root.parent, root, root / "releases", current, *current.rglob("*")):
        wanted = 0o755 if path.is_dir() else 0o644
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_a_folder_that_a_web_server_cannot_enter(releases: list[Release]) -> None:
    """The first such folder on the way is named with the command that opens it, each time."""
    with tempfile.TemporaryDirectory() as base:  # pytest closes all of its own folders
        top, root = Path(base), Path(base) / "it's mine" / "www"
        top.chmod(0o755)
        assert deliver(places.here(root), releases[0]).remark == ""
        root.chmod(0o750)
        remark = deliver(places.here(root), releases[1]).remark
        assert remark.startswith(f"Others cannot enter {shown(root)}, so a web server")
        assert shlex.split(remark.rpartition(": ")[2]) == ["chmod", "o+x", shown(root)]
        root.parent.chmod(0o700)
        remark = deliver(places.here(root), releases[1]).remark
        assert f" enter {shown(root.parent)}, so" in remark
        for folder in (root.parent, root):
            folder.chmod(0o711)
        assert deliver(places.here(root), releases[1]).remark == ""


@pytest.mark.parametrize("clock", [None, 1_000_000_000.0])
def test_another_text_has_another_time(
    at: Callable[[Path], Place],
    root: Path,
    releases: list[Release],
    monkeypatch: pytest.MonkeyPatch,
    clock: float | None,
) -> None:
    """Of one length, in one second, with the clock set back, and after a rollback: always later.

    A file that stays the same keeps its time, so that readers need not fetch it again.
    """

    def seconds(path: str) -> int:
        return int((root / "current" / path).stat().st_mtime)

    place = at(root)
    earlier(root, releases[0])
    times, start = [seconds("sv/a.html")], seconds("index.html")
    if clock:
        monkeypatch.setattr(time, "time", lambda: clock)
    for made in releases[1:3]:
        deliver(place, made)
        times.append(seconds("sv/a.html"))
    go_back(place)
    times.append(seconds("sv/a.html"))
    assert times == sorted(set(times))
    assert seconds("index.html") == seconds("index.html.gz") == start
    assert seconds("SHA256SUMS") == times[-1]


def test_what_was_left_unfinished_is_removed(
    at: Callable[[Path], Place], root: Path, releases: list[Release]
) -> None:
    """A half copy, a link that was not moved, and a release that never became current."""
    place = at(root)
    earlier(root, releases[0])
    (root / "releases/.incoming-1234/sv").mkdir(parents=True)
    (root / "releases/.incoming-1234/sv/a.html").write_text("ha")
    (root / "releases/.incoming-5678").write_text("no folder")
    (root / "releases/.outgoing-1234").mkdir()
    (root / "releases/000002-0123456789ab").mkdir()
    (root / ".current.new").symlink_to("releases/000002-0123456789ab")
    assert deliver(place, releases[1]).id.startswith("000003-")
    assert kept(root) == [1, 3]
    assert {entry.name for entry in root.iterdir()} == {"releases", "current"}


def test_strange_things_among_the_releases(
    at: Callable[[Path], Place], root: Path, tmp_path: Path, releases: list[Release]
) -> None:
    """Files, links and folders under our own names are in nobody's way; what is behind them stays.

    A number that no release will ever have is none.
    """
    place = at(root)
    earlier(root, releases[0])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/precious").write_text("mine")
    (root / "releases/.incoming-1234").symlink_to(tmp_path / "mine")
    (root / "releases/.outgoing-1234").write_text("a file")
    (root / "releases/000007-0123456789ab").write_text("a file")
    (root / "releases/000000-0123456789ab").symlink_to(tmp_path / "mine")
    (root / f"releases/{'9' * 200}-0123456789ab").mkdir()
    (root / "releases/a\nb").mkdir()
    (root / ".current.new").mkdir()
    assert deliver(place, releases[1]).id.startswith("000008-")
    assert whole(root).sums == releases[1].sums
    assert (root / "releases/a\nb").is_dir()
    assert (tmp_path / "mine/precious").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("build.json", None, "build.json is no file"),
        ("build.json", b"[" * 100_000, "nested too deep"),
        ("build.json", b"{", "damaged here"),
        ("SHA256SUMS", None, "SHA256SUMS is no file"),
        ("SHA256SUMS", b"a" * 64 + b"  ../../../mine\n", "is no line of SHA256SUMS"),
        ("SHA256SUMS", b"a" * 64 + b"  /dev/zero\n", "is no line of SHA256SUMS"),
        ("SHA256SUMS", b"\xff", "damaged here"),
    ],
)
def test_a_release_that_lost_its_own_words(
    at: Callable[[Path], Place],
    root: Path,
    releases: list[Release],
    name: str,
    content: bytes | None,
    said: str,
) -> None:
    """What to remove is said, nothing else changes, and then the next one is published."""
    place = at(root)
    earlier(root, releases[0])
    file = root / "current" / name
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(PlaceError, match=rf"(?s){said}.*Remove current and releases/000001-"):
        deliver(place, releases[1])
    assert kept(root) == [1]
    shutil.rmtree((root / "current").resolve())
    (root / "current").unlink()
    assert deliver(place, releases[1]).is_new


def test_a_lock_that_is_a_link(
    at: Callable[[Path], Place], root: Path, tmp_path: Path, releases: list[Release]
) -> None:
    """What it leads to is not written over."""
    earlier(root, releases[0])
    (tmp_path / "mine").write_text("mine")
    (root / "releases/.lock").unlink()
    (root / "releases/.lock").symlink_to(tmp_path / "mine")
    with pytest.raises(PlaceError, match=r"\.lock is a link, and would be written to. Remove it"):
        deliver(at(root), releases[1])
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_damaged_release_is_made_whole(
    at: Callable[[Path], Place], root: Path, releases: list[Release]
) -> None:
    """Publishing the same again finds that it is not the same; going back to such is refused."""
    place = at(root)
    earlier(root, *releases[:2])
    (root / "current/index.html").write_text("<p>Changed by hand</p>\n")
    assert deliver(place, releases[1]).is_new
    assert whole(root).sums == releases[1].sums
    with pytest.raises(PlaceError, match=r"000002-\w+ was damaged here \(index.*goes one f"):
        go_back(place)
    assert whole(root).sums == releases[1].sums


@pytest.mark.parametrize("change", ["less", "other"])
def test_what_arrives_damaged_is_not_shown(
    at: Callable[[Path], Place], root: Path, releases: list[Release], tmp_path: Path, change: str
) -> None:
    """A release that changes under our hands never becomes the current one."""
    earlier(root, releases[0])
    made = small_release(tmp_path, {"sv/a.html": "<p>Två</p>\n"})
    if change == "less":
        (made.folder / "index.html").unlink()
    else:
        (made.folder / "index.html").write_text("?")
    with pytest.raises(PlaceError):
        deliver(at(root), made)
    assert whole(root).sums == releases[0].sums
    assert kept(root) == [1]


def test_a_file_that_came_along(
    root: Path, releases: list[Release], ssh: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whole folders are copied by rsync: one file too many is seen at the other end."""
    monkeypatch.setenv("RSYNC_RSH", ssh)
    made = small_release(tmp_path, {})
    (made.folder / "more.html").write_text("?")
    with pytest.raises(
        PlaceError, match=r"did not arrive as it was sent \(it has 12 files and not 11"
    ):
        deliver(places.there(root), made)
    assert not (root / "current").exists()
    assert kept(root) == []


def test_foreign_files(at: Callable[[Path], Place], root: Path, releases: list[Release]) -> None:
    """A folder that somebody else fills is refused, and nothing in it changes."""
    (root / "releases/20261123").mkdir(parents=True)
    with pytest.raises(PlaceError, match="files that this program did not put there"):
        deliver(at(root), releases[0])
    (root / "releases/20261123").rename(root / "index.html")
    with pytest.raises(PlaceError, match="files that this program did not put there"):
        deliver(at(root), releases[0])
    (root / "index.html").rename(root / "current")
    with pytest.raises(PlaceError, match="current is no link that this program made"):
        deliver(at(root), releases[0])
    (root / "current").rmdir()
    earlier(root, releases[0])
    (root / "robots.txt").write_text("mine")  # beside the releases there is room for others' files
    assert deliver(at(root), releases[1]).is_new


def test_a_link_elsewhere(at: Callable[[Path], Place], root: Path, releases: list[Release]) -> None:
    """Says which, and what to do; when that is done, all is well."""
    place = at(root)
    earlier(root, releases[0])
    (root / "current").unlink()
    (root / "current").symlink_to("../elsewhere")
    with pytest.raises(PlaceError, match=r"'\.\./elsewhere', which is no rel.*Remove that link"):
        deliver(place, releases[0])
    (root / "current").unlink()
    assert deliver(place, releases[0]).id.startswith("000002-")


def test_a_file_is_no_place(
    at: Callable[[Path], Place], root: Path, releases: list[Release]
) -> None:
    """A plain file where the folder should be, or where one above it should be."""
    root.parent.mkdir()
    root.write_text("mine")
    with pytest.raises(PlaceError, match="is no folder"):
        deliver(at(root), releases[0])
    with pytest.raises(PlaceError, match=r"(?i)not a directory|file exists"):
        deliver(at(root / "below"), releases[0])
    assert root.read_text() == "mine"


def test_two_publishers(at: Callable[[Path], Place], root: Path, releases: list[Release]) -> None:
    """The second says who is publishing, or waits."""
    place = at(root)
    with place.opened(0) as first:
        with pytest.raises(PlaceError, match=r"\w+@.*, process \d+, since .* UTC.*--wait SECONDS"):
            deliver(at(root), releases[1])
        waiting = threading.Thread(target=deliver, args=(at(root), releases[1], 30))
        waiting.start()
        assert first.deliver(releases[0]).id.startswith("000001-")
    waiting.join()
    assert text_of(root) == TEXTS[1]
    assert kept(root) == [1, 2]


def test_one_lock_for_both_ways(
    root: Path, releases: list[Release], ssh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who publishes on the machine itself and who comes by ssh see each other."""
    monkeypatch.setenv("RSYNC_RSH", ssh)
    with places.there(root).opened(0), pytest.raises(PlaceError, match="there process"):
        deliver(places.here(root), releases[0])
    with places.here(root).opened(0), pytest.raises(PlaceError, match="is publishing here"):
        deliver(places.there(root), releases[0])


def test_a_full_disk(at: Callable[[Path], Place], tmp_path: Path, releases: list[Release]) -> None:
    """Says so; the old release stands, and nothing is left of the new one."""
    large = small_release(tmp_path, {"files/a.png": os.urandom(900_000)})
    with small_disk(tmp_path / "disk", "size=600k") as disk:
        root = disk / "www"
        earlier(root, releases[0])
        with pytest.raises(PlaceError, match=r"No space left on device|the disk is full there"):
            deliver(at(root), large)
        assert whole(root).sums == releases[0].sums
        assert kept(root) == [1]
        assert deliver(at(root), releases[1]).is_new


def test_a_place_for_reading_only(
    at: Callable[[Path], Place], tmp_path: Path, releases: list[Release]
) -> None:
    """Says so, in the system's words."""
    with (
        small_disk(tmp_path / "disk", "ro") as disk,
        pytest.raises(PlaceError, match="Read-only file system"),
    ):
        deliver(at(disk / "www"), releases[0])


def test_ssh_is_patient_whatever_key_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that somebody chose gets our options behind theirs, unless it is no ssh."""
    monkeypatch.delenv("RSYNC_RSH", raising=False)
    usual = shell.ssh()
    assert usual[0] == "ssh"
    assert "ServerAliveInterval=15" in usual
    monkeypatch.setenv("RSYNC_RSH", "/usr/bin/ssh -i 'a key'")
    assert shell.ssh() == ["/usr/bin/ssh", "-i", "a key", *usual[1:]]
    monkeypatch.setenv("RSYNC_RSH", "dbclient -y")
    assert shell.ssh() == ["dbclient", "-y"]


def test_hosts_that_are_not_there(
    root: Path, releases: list[Release], ssh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that nobody knows, a key that it does not, a command that is none."""
    monkeypatch.setenv("RSYNC_RSH", ssh)
    advice = re.escape(f"See that '{ssh} nowhere.invalid' works")
    with pytest.raises(PlaceError, match=rf"connection ended .*resolve hostname.*{advice}"):
        deliver(Remote("nowhere.invalid", str(root)), releases[0])
    monkeypatch.setenv("RSYNC_RSH", f"{ssh} -o ControlPath=none -l nobody-of-that-name")
    with pytest.raises(PlaceError, match="Permission denied"):
        deliver(places.there(root), releases[0])
    monkeypatch.setenv("RSYNC_RSH", "no-such-program")
    with pytest.raises(PlaceError, match=r"no-such-program cannot be started .*mend RSYNC_RSH"):
        deliver(places.there(root), releases[0])
    monkeypatch.setenv("RSYNC_RSH", "ssh 'x")
    with pytest.raises(PlaceError, match="RSYNC_RSH: No closing quotation"):
        deliver(places.there(root), releases[0])
    assert not root.exists()


def test_the_home_of_the_host(
    releases: list[Release], ssh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is no place for a site."""
    monkeypatch.setenv("RSYNC_RSH", ssh)
    with pytest.raises(PlaceError, match=r"is your home. Name a folder in it"):
        deliver(places.there(Path("~").expanduser()), releases[0])


def test_a_machine_without_rsync(
    root: Path, releases: list[Release], ssh: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Says what to install, here and there."""
    monkeypatch.setenv("RSYNC_RSH", ssh)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/ssh").symlink_to(needed("ssh"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(PlaceError, match=r"rsync cannot be started .*apt install rsync"):
        deliver(places.there(root), releases[0])
    monkeypatch.undo()
    # A host whose shell finds no programs: the command that it is sent is run by this one instead.
    (tmp_path / "bin/sh").symlink_to("/bin/sh")
    (tmp_path / "poor").write_text(f"#!/bin/sh\nPATH={tmp_path}/bin exec /bin/sh\n")
    (tmp_path / "poor").chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(tmp_path / "poor"))
    with pytest.raises(PlaceError, match=r"there: rsync is missing there. Install it"):
        deliver(places.there(root), releases[0])


def test_talkative_hosts(
    root: Path, releases: list[Release], ssh: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What a host prints when one logs in is not taken for an answer."""
    talkative = tmp_path / "talkative"
    talkative.write_text(
        f"#!/bin/sh\ncase $* in *'exec sh') echo Welcome!; esac\nexec {ssh} \"$@\"\n"
    )
    talkative.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(talkative))
    assert deliver(places.there(root), releases[0]).is_new
    assert release.checked(root / "current").sums == releases[0].sums


def test_a_command_that_echoes_is_no_shell(
    root: Path, releases: list[Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key may be bound to one command; what that repeats is not taken for an answer."""
    monkeypatch.setenv("RSYNC_RSH", "sh -c cat")
    with pytest.raises(PlaceError, match=r"there: what answers there is no shell\. See that"):
        deliver(places.there(root), releases[0])


def test_a_host_that_never_stops_talking(
    root: Path, releases: list[Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not listened to for ever."""
    monkeypatch.setattr(shell, "_MOST_BYTES", 1_000_000)
    monkeypatch.setenv("RSYNC_RSH", "sh -c yes")
    with pytest.raises(PlaceError, match=r"there: what is printed there has no end\. See what"):
        deliver(places.there(root), releases[0])
