# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever ends a build, the old or the new site is whole, and the next build mends the rest.

NOTICES_KILLS=1000 makes each of the tests by chance as long as that.
"""

from __future__ import annotations

import errno
import functools
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pelican
import pytest

from notices import cli, parallel, settings
from notices.delivery import exchange
from notices.delivery.staging import Staging
from notices.parallel import WorkerEndedError
from tests import killing
from tests.conftest import Site
from tests.disks import small_disk
from tests.killing import REFUSED, disturbed, fork, mend, put, tree

OLD = {"index.html": b"old" * 5000, "sv/user/index.html": b"old", "sv/gone/index.html": b"old"}
NEW = {"index.html": b"new" * 9000, "sv/user/index.html": b"new", "en/more/index.html": b"new"}
MANY = 400
"""More file operations than any of the works here has."""


@pytest.fixture(params=["exchange", "renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Switch in one step, and as on a file system that has no exchange."""
    if request.param == "renames":
        monkeypatch.setattr(exchange, "exchanged", lambda one, other: False)
    return str(request.param)


class Place:
    """An output folder, and the two sites that are put there in turn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said = folder.parent / f"{folder.name}.said"
        self.output = folder / "output"
        self.sites = []
        for files in (NEW, OLD):
            put(self.output, files)
            self.sites.append(tree(self.output))
        self.new, self.old = self.sites

    def listing(self) -> list[str]:
        """Give all that stands in the folder."""
        return sorted(entry.name for entry in self.folder.iterdir())

    def is_whole(self) -> bool:
        """Tell whether one of the two sites stands there, byte for byte, and no other file."""
        return tree(self.output) in self.sites

    def is_mended(self) -> bool:
        """Tell whether the next build finds a whole site and leaves nothing else."""
        mend(self.output)
        return self.is_whole() and self.listing() == ["output"]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Give a folder with the old site in it."""
    folder = tmp_path / "place"
    folder.mkdir()
    return Place(folder)


def test_a_switch_killed_before_every_file_operation(place: Place, way: str) -> None:
    """Each operation has its turn; without an exchange, the site may be away until it is mended."""
    absent = 0
    for number in range(1, MANY):
        put(place.output, OLD)
        work = functools.partial(disturbed, number, killing.die, lambda: put(place.output, NEW))
        if killing.ended(fork(work, place.said)) == 0:
            break
        absent += not place.output.exists()
        assert place.is_whole() or not place.output.exists(), number
        assert place.is_mended(), number
    assert 25 < number < MANY - 1
    assert absent == {"exchange": 0, "renames": 1}[way]


def test_a_journal_lets_the_next_build_complete_the_switch(place: Place) -> None:
    """Between the two renames the new site is whole, and it is what comes to stand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exchange, "exchanged", lambda one, other: False)
        for number in range(25, MANY):
            put(place.output, OLD)
            work = functools.partial(disturbed, number, killing.die, lambda: put(place.output, NEW))
            killing.ended(fork(work, place.said))
            if not place.output.exists():
                break
    assert ".output.journal" in place.listing()
    assert place.is_mended()
    assert tree(place.output) == place.new


def test_what_is_half_removed_is_never_a_site(place: Place, way: str) -> None:
    """Somebody removes the output after a kill: a whole site comes back, or none."""
    for number in range(25, MANY, 3):
        put(place.output, OLD)
        work = functools.partial(disturbed, number, killing.die, lambda: put(place.output, NEW))
        if killing.ended(fork(work, place.said)) == 0:
            break
        shutil.rmtree(place.output, ignore_errors=True)
        mend(place.output)
        assert place.is_whole() or not place.output.exists(), number
    assert number < MANY - 1


def test_mending_is_killed_too(place: Place, way: str) -> None:
    """A second and a third kill find what the first left, and lose nothing either."""
    luck = killing.chance()
    for _ in range(killing.rounds(10)):
        put(place.output, OLD)
        for work in (lambda: put(place.output, NEW), *[lambda: mend(place.output)] * 2):
            number = luck.randrange(1, 60)
            disturbing = functools.partial(disturbed, number, killing.die, work)
            killing.ended(fork(disturbing, place.said))
        assert place.is_mended(), number


def test_switches_killed_at_random_moments(place: Place, way: str) -> None:
    """A process that switches all the time is killed after a random time."""
    luck = killing.chance()

    def switch_all_the_time() -> None:
        while True:
            put(place.output, NEW)
            put(place.output, OLD)

    for number in range(killing.rounds(20)):
        pid = fork(switch_all_the_time, place.said)
        time.sleep(luck.uniform(0, 0.03))
        assert killing.kill(pid) == -signal.SIGKILL, place.said.read_text()
        assert place.is_whole() or (way == "renames" and not place.output.exists()), number
        assert place.is_mended(), number


# A real build


@pytest.fixture
def large(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Give a site with so many pages that several processes make them."""
    monkeypatch.setattr(parallel, "_processors", lambda: 2)
    (site.folder / "aside").mkdir()
    for number in range(12):
        for lang in ("sv", "en"):
            site.write({f"{lang}/n{number}.md": f"# T{number}\n\n## A {{#a}}\n\nText.\n"})
    return site


def variants(site: Site, said: Path) -> list[dict[str, bytes]]:
    """Give the two sites between which ``vary`` changes the content."""
    made = []
    for number in (1, 0):
        vary(site, number)
        assert killing.ended(fork(site.build, said)) == 0, said.read_text()
        made.append(site.files())
    return made[::-1]


def vary(site: Site, number: int) -> None:
    """Change a text, and let a notice come or go."""
    for lang in ("sv", "en"):
        text = f"# T\n\n## A {{#a}}\n\nText {'longer ' * 99 * number}.\n"
        site.write({f"{lang}/n0.md": text})
        more = site.content / lang / "more.md"
        more.write_text("# More\n", encoding="utf-8") if number else more.unlink(missing_ok=True)


def left_behind(site: Site) -> list[str]:
    """Give what stands beside the content, the output and what tests keep."""
    return sorted({entry.name for entry in site.folder.iterdir()} - {"aside", "content", "output"})


def test_a_build_killed_at_random_moments(large: Site, way: str) -> None:
    """The build alone, or with its workers; what they leave keeps no later build from its work."""
    said = large.folder / "aside" / "said"
    sites = variants(large, said)
    luck, killed, ended, longest = killing.chance(), 0, 0, 0.5
    while killed < killing.rounds(4):
        number = (killed + ended) % 2
        vary(large, number)
        pid = fork(large.build, said)
        time.sleep(luck.uniform(0, longest))
        if killing.kill(pid, group=luck.random() < 0.5) == 0:
            ended, longest = ended + 1, longest * 0.8  # a build takes less time than that
        else:
            killed, longest = killed + 1, longest * 1.02
        is_between = way == "renames" and not large.output.exists()
        assert large.files() in sites or is_between, killed
        mend(large.output)
        assert large.files() in sites, killed
        assert left_behind(large) == [], killed
    print(f"{killed} builds were killed, {ended} ended before")
    assert killing.ended(fork(large.build, said)) == 0
    assert large.files() == sites[number]
    assert left_behind(large) == []


def test_workers_end_with_their_build(large: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed build's workers neither write on nor keep its lock."""
    said, workers = large.folder / "aside" / "said", large.folder / "aside" / "workers"
    write = Staging.write

    def stall(self: Staging, path: str, content: bytes) -> None:
        with workers.open("a") as file:
            file.write(f"{os.getpid()}\n")
        time.sleep(60)

    monkeypatch.setattr(Staging, "write", stall)
    pid = fork(large.build, said)
    until = time.monotonic() + 20
    while not (workers.exists() and len(set(workers.read_text().split())) == 2):
        assert time.monotonic() < until, said.read_text()
        time.sleep(0.01)
    assert str(pid) not in workers.read_text().split()
    killing.kill(pid)
    monkeypatch.setattr(Staging, "write", write)
    assert large.build().is_done
    assert left_behind(large) == []
    for worker in set(workers.read_text().split()):
        assert not Path("/proc", worker, "cmdline").exists() or "Z" in state(worker)


def state(pid: str) -> str:
    """Give a process's state as proc(5) has it."""
    try:
        return Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"


def test_a_killed_worker_ends_the_build_with_a_sentence(
    large: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when memory runs out: no hanging, no half site, and a word on what to do."""
    assert large.build().is_done
    before, main, write = large.files(), os.getpid(), Staging.write

    def fall(self: Staging, path: str, content: bytes) -> None:
        write(self, path, content)
        if os.getpid() != main and path.startswith("en/"):
            killing.die()

    monkeypatch.setattr(Staging, "write", fall)
    vary(large, 1)
    with pytest.raises(WorkerEndedError, match=r"was ended from outside.* Nothing was replaced"):
        large.build()
    assert large.files() == before
    assert left_behind(large) == []


def test_plain_pelican_says_it_too(large: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk ends it with exit code 2, and nothing is left."""
    words = [str(large.content), "-o", str(large.output), "-s", str(settings.DEFAULT_FILE)]
    monkeypatch.setattr(Path, "write_bytes", fail(errno.ENOSPC))
    pid = fork(lambda: pelican.main(words), said := large.folder / "aside" / "said")
    assert killing.ended(pid) == 2, said.read_text()
    assert "output: index.html could not be written (No space left on device)" in said.read_text()
    assert not large.output.exists()
    assert left_behind(large) == []


def test_a_system_without_shared_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in some containers: everything happens in one process."""
    monkeypatch.setattr(parallel, "_processors", lambda: 2)
    monkeypatch.setattr("multiprocessing.synchronize.Lock", fail(errno.EROFS))
    jobs = range(100)
    assert set(parallel.in_order(lambda job: os.getpid(), jobs)) == {os.getpid()}
    monkeypatch.undo()
    monkeypatch.setattr(parallel, "_processors", lambda: 2)
    assert os.getpid() not in set(parallel.in_order(lambda job: os.getpid(), jobs))


# Somebody, or the system, says stop


WORDS = "notices build --content content --output output".split()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_build_says_so_and_cleans_up(
    large: Site, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Ctrl-C, an operator's or a CI system's SIGTERM, a closed terminal: to the whole group."""
    assert large.build().is_done
    before, said, begun = (
        large.files(),
        large.folder / "aside" / "said",
        large.folder / "aside" / "begun",
    )
    write = Staging.write

    def slowly(self: Staging, path: str, content: bytes) -> None:
        write(self, path, content)
        begun.touch()
        time.sleep(0.02)

    monkeypatch.setattr(Staging, "write", slowly)
    monkeypatch.setattr("sys.argv", WORDS)
    pid = fork(cli.main, said)
    until = time.monotonic() + 20
    while not begun.exists() and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(pid, number)
    assert killing.ended(pid) == 2, said.read_text()
    assert said.read_text().strip() == "Stopped."
    assert large.files() == before
    assert left_behind(large) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [("| true", ""), (">&- 2>&-", ""), (">/dev/full", "No space left on device")],
)
def test_nobody_takes_what_is_said(site: Site, words: str, said: str) -> None:
    """A closed pipe, no standard output at all, or one that is full: the site is whole."""
    site.write({"sv/user.md": "# T\n"})
    program = f"{shlex.quote(sys.executable)} -P -m notices"
    done = subprocess.run(
        ["bash", "-c", f"{program} build --content content --output output {words}"],
        cwd=site.folder,
        env={**os.environ, "PYTHONPATH": str(settings.ROOT)},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert said in done.stderr
    listed = json.loads(site.files()["build.json"])["files"]
    assert sorted({*listed, "build.json"}) == sorted(site.files())


def interrupt() -> None:
    """Do what Ctrl-C does."""
    raise KeyboardInterrupt


def fail(code: int) -> Callable[..., None]:
    """Do what a disk does that takes no more."""

    def failing(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return failing


def test_ctrl_c_before_every_file_operation(place: Place, way: str) -> None:
    """Wherever it comes, in the two renames, too, a site stands."""
    for number in range(1, MANY, 2 if way == "exchange" else 1):
        put(place.output, OLD)
        work = functools.partial(disturbed, number, interrupt, lambda: put(place.output, NEW))
        if killing.ended(fork(work, place.said)) == 0:
            break
        assert place.is_whole(), number
        assert place.is_mended(), number
    assert 25 < number < MANY - 1


FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


@pytest.mark.parametrize("code", FAULTS, ids=["full", "quota", "broken"])
def test_a_disk_that_refuses_any_file_operation(place: Place, way: str, code: int) -> None:
    """Each refusal is told in a sentence, or needs no telling; nothing is lost."""
    refused = 0
    first = 2 * FAULTS.index(code) + (way == "renames")
    for number in range(1 + first, MANY, 6):  # they share the operations
        put(place.output, OLD)
        work = functools.partial(disturbed, number, fail(code), lambda: put(place.output, NEW))
        ended = killing.ended(fork(work, place.said))
        said = place.said.read_text()
        if ended == REFUSED:
            refused += 1
            assert os.strerror(code) in said
            assert said.count("\n") == 1
            assert "place/.output." in said or "place/output: " in said, said
        else:
            assert ended == 0, said
        assert place.is_whole(), number
        assert place.is_mended(), number
        if number > 80:
            break
    assert refused > 4


# Disks


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a small disk."""
    with small_disk(tmp_path / "disk", "size=400k,mode=755") as folder:
        yield folder


@pytest.mark.parametrize("left_kb", [0, 4, 12, 40, 90])
def test_a_full_disk(large: Site, disk: Path, left_kb: int) -> None:
    """A build that finds no room says so; the old site stands."""
    large.output = disk / "output"
    put(large.output, OLD)
    before = large.files()
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "ballast").write_bytes(b"x" * (free - left_kb * 1024))
    ended = killing.ended(fork(large.build, said := large.folder / "aside" / "said"))
    assert ended == REFUSED, said.read_text()
    assert "No space left on device" in said.read_text()
    assert large.files() == before
    assert sorted(entry.name for entry in disk.iterdir()) == ["ballast", "output"]
    (disk / "ballast").unlink()
    killing.ended(fork(large.build, said))
    assert "sv/n0/index.html" in large.files() or "No space" in said.read_text()


def test_a_disk_that_is_only_read(site: Site, disk: Path) -> None:
    """It is said before any page is made."""
    site.write({"sv/user.md": "# T\n"}).output = disk / "output"
    assert site.build().is_done
    before = site.files()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with pytest.raises(Exception, match=r"disk/output: cannot build here .*Read-only file system"):
        site.build()
    assert site.files() == before


# Time, and the system around


def test_a_clock_that_is_set_back(site: Site) -> None:
    """Files from the future are replaced as any others."""
    site.write({"sv/user.md": "# T\n"})
    assert site.build().is_done
    before = site.files()
    for file in [*site.output.rglob("*"), *site.content.rglob("*")]:
        os.utime(file, (2**32, 2**32))
    assert site.build().is_done
    assert site.files() == before


@pytest.mark.parametrize("left", ["HOME", "TMPDIR", "both"])
def test_no_home_and_no_place_for_temporary_files(
    site: Site, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    """A build needs neither, as in a container that lets it write into one folder."""
    monkeypatch.delenv("HOME") if left == "HOME" else monkeypatch.setenv("HOME", "/proc/none")
    if left != "HOME":
        monkeypatch.setenv("TMPDIR", "/proc/none")
    site.write({"sv/user.md": "# T\n"})
    (site.folder / "aside").mkdir()
    assert killing.ended(fork(site.build, said := site.folder / "aside" / "said")) == 0, said
    assert left_behind(site) == []
