# SPDX-License-Identifier: AGPL-3.0-or-later
"""Killed or cut off at any moment, publishing leaves a whole site, and the next run mends the rest.

NOTICES_KILLS says how many kills are tried: ``NOTICES_KILLS=1000 pytest tests/test_publish_kills.py
-k kill``.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from notices.delivery.places import Place, PlaceError, folder, shelf
from notices.delivery.places.shelf import KEPT
from notices.delivery.release import Release
from notices.settings import ROOT
from tests import killing, places
from tests.killing import disturbed, fork
from tests.places import small_release, whole

MANY = 1000
"""More file operations than any of the works here has."""

KILLS = int(os.environ.get("NOTICES_KILLS", "100"))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> list[Release]:
    """Give two releases that differ in some files."""
    base = tmp_path_factory.mktemp("releases")
    common = {f"files/{number}.png": bytes([number]) * 5000 for number in range(4)}
    return [
        small_release(base, {**common, "sv/a.html": f"<p>{name}</p>\n"}, name)
        for name in ("one", "two")
    ]


def deliver(place: Place, made: Release) -> str:
    """Publish, and give the id."""
    with place.opened(0) as opened:
        return opened.deliver(made).id


def killed_after(seconds: float, work: Callable[[], object]) -> bool:
    """Do work in a process of its own and kill it after some time; tell whether it was at work."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def test_kills(tmp_path: Path, pair: list[Release]) -> None:
    """SIGKILL at random moments of publishing and of going back: readers have one of the two."""
    place = places.here(tmp_path / "www")
    runs_seconds = []
    for number in range(6):
        started = time.monotonic()
        deliver(place, pair[number % 2])
        runs_seconds.append(time.monotonic() - started)
    whole_run_seconds = min(runs_seconds)
    chance = random.Random(KILLS)
    hits = 0
    for number in range(KILLS):
        made = None if number % 5 == 4 else pair[number % 2]
        hits += killed_after(chance.uniform(0, whole_run_seconds), partial(_move, place, made))
        assert whole(tmp_path / "www").sums in (pair[0].sums, pair[1].sums)
        if number % 10 == 9:  # leftovers heap up for a while before a run ends well
            deliver(place, pair[number // 10 % 2])
            there = sorted(entry.name for entry in (tmp_path / "www/releases").iterdir())
            assert there[0] == ".lock"
            assert all(name[0] == "0" for name in there[1:])
            current = (tmp_path / "www/current").readlink().name
            assert 1 <= there[1:].index(current) + 1 <= KEPT
    assert hits > KILLS // 4
    print(f"{hits} of {KILLS} were killed at work")


@pytest.mark.parametrize("is_back", [False, True], ids=["deliver", "go_back"])
def test_killed_before_every_file_operation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_back: bool
) -> None:
    """Readers of a folder have the old release or the new one, whole, and never none.

    A withdrawn release and one too many have to be removed on the way.
    """
    one, two = (small_release(tmp_path, {"sv/a.html": name}, name) for name in ("one", "two"))
    start, www = places.here(tmp_path / "start"), tmp_path / "www"
    for made in (one, two, one):
        deliver(start, made)
    _move(start, None)
    monkeypatch.setattr(shelf, "KEPT", 2)
    monkeypatch.setattr(folder, "_sync", lambda path: None)  # no disk loses power here
    new = None if is_back else one
    found = set()
    for number in range(1, MANY):
        shutil.copytree(tmp_path / "start", www, symlinks=True)
        work = partial(disturbed, number, killing.die, partial(_move, places.here(www), new))
        code = killing.ended(fork(work, tmp_path / "said"))
        assert code in (0, -signal.SIGKILL), (tmp_path / "said").read_text()
        readers = whole(www).digest
        assert readers in (one.digest, two.digest), number
        found.add(readers)
        if code == 0:
            break
        if number % 5 == 0:
            deliver(places.here(www), one)  # whatever is left does not disturb the next run
            assert whole(www).digest == one.digest
            assert all(e.name[0] == "0" or e.name == ".lock" for e in (www / "releases").iterdir())
        shutil.rmtree(www)
    assert 10 < number < MANY - 1
    assert len(found) == 2  # some were killed after the switch


def _move(place: Place, made: Release | None) -> None:
    """Publish a release; go back where there is none."""
    if made:
        deliver(place, made)
        return
    try:
        with place.opened(0) as opened:
            opened.go_back()
    except PlaceError as error:
        assert "no release older" in str(error)


def test_a_connection_that_drops(
    tmp_path: Path, pair: list[Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every connection of a publisher is cut, or the publisher killed, at random moments.

    Each time there is a whole site, and the lock is free again.
    """
    (tmp_path / "ssh").mkdir()
    root = tmp_path / "www"
    with places.sshd(tmp_path / "ssh") as command:
        monkeypatch.setenv("RSYNC_RSH", command)
        started = time.monotonic()
        deliver(places.there(root), pair[0])
        seconds = time.monotonic() - started
        chance = random.Random(1)
        for number in range(6):
            publisher = subprocess.Popen(
                [sys.executable, "-P", "-c", _PUBLISH, root, pair[(number + 1) % 2].folder],
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
            assert publisher.stdout is not None
            publisher.stdout.readline()
            time.sleep(chance.uniform(seconds * 0.3, seconds))
            if number % 2:
                os.killpg(publisher.pid, signal.SIGKILL)
            else:
                _end_connections(3, publisher.pid)
            _, said = publisher.communicate()
            assert b"PlaceError" in said or not said, said
            assert whole(root).sums in (pair[0].sums, pair[1].sums)
        assert deliver(places.there(root), small_release(tmp_path, {}))
        assert all(e.name[0] == "0" or e.name == ".lock" for e in (root / "releases").iterdir())


_PUBLISH = """
import sys
from pathlib import Path
from notices.delivery import release
from tests.places import there
made = release.read(Path(sys.argv[2]))
print("ready", flush=True)
with there(Path(sys.argv[1])).opened(5) as opened:
    opened.deliver(made)
"""


def test_a_connection_that_drops_while_it_holds_the_lock(
    tmp_path: Path, pair: list[Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Says so, changes nothing, and lets the next one in at once."""
    (tmp_path / "ssh").mkdir()
    with places.sshd(tmp_path / "ssh") as command:
        monkeypatch.setenv("RSYNC_RSH", command)
        place = places.there(tmp_path / "www")
        deliver(place, pair[0])
        with place.opened(0) as opened:
            _end_connections(1, os.getpid())
            with pytest.raises(PlaceError, match=r"there: the connection ended.*start this again"):
                opened.deliver(pair[1])
            with place.opened(5) as second:
                second.deliver(pair[1])
        assert whole(tmp_path / "www").sums == pair[1].sums


def _end_connections(column: int, process: int) -> None:
    """Kill each ssh whose parent (column 1 of proc(5)'s stat) or session (column 3) this is."""
    for entry in Path("/proc").iterdir():
        try:
            columns = (entry / "stat").read_text().rpartition(")")[2].split()
            name = (entry / "comm").read_text().strip()
        except (OSError, ValueError):
            continue
        if name == "ssh" and int(columns[column]) == process:
            os.kill(int(entry.name), signal.SIGKILL)
