# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever ends a build, the old or the new site is whole, and the next build mends the rest.

NOTICES_KILLS=1000 makes each of the tests by chance as long as that.
"""

from __future__ import annotations

import errno
import functools
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from notices import cli, hooks, parallel
from notices.delivery import exchange
from notices.delivery.staging import Staging
from notices.parallel import WorkerEndedError
from tests import killing
from tests.conftest import Site
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
        for number in range(1, MANY):
            put(place.output, OLD)
            work = functools.partial(disturbed, number, killing.die, lambda: put(place.output, NEW))
            killing.ended(fork(work, place.said))
            if not place.output.exists():
                break
    assert ".output.journal" in place.listing()
    assert place.is_mended()
    assert tree(place.output) == place.new


def test_mending_is_killed_too(place: Place, way: str) -> None:
    """A second and a third kill find what the first left, and lose nothing either."""
    luck = killing.chance()
    for _ in range(killing.rounds(40)):
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

    for number in range(killing.rounds(40)):
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
    site.severities = {"reviews-not-kept": "warning"}
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
    """Give what stands beside the content and the output."""
    return sorted({entry.name for entry in site.folder.iterdir()} - {"content", "output"})


def test_a_build_killed_at_random_moments(large: Site, tmp_path_factory: object, way: str) -> None:
    """The build alone, or with its workers; what they leave keeps no later build from its work."""
    said = large.folder.parent / "said"
    sites = variants(large, said)
    luck, finished = killing.chance(), 0
    started = time.monotonic()
    assert killing.ended(fork(large.build, said)) == 0
    usual_seconds = time.monotonic() - started
    for number in range(killing.rounds(8)):
        vary(large, number % 2)
        pid = fork(large.build, said)
        time.sleep(luck.uniform(0, usual_seconds * 1.1))
        finished += killing.kill(pid, group=luck.random() < 0.5) == 0
        is_between = way == "renames" and not large.output.exists()
        assert large.files() in sites or is_between, number
        mend(large.output)
        assert large.files() in sites, number
        assert left_behind(large) == [], number
    print(f"{finished} builds ended before they were killed")
    assert killing.ended(fork(large.build, said)) == 0
    assert large.files() == sites[number % 2]
    assert left_behind(large) == []
