# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two machines that have nothing in common but the content give the same site, byte for byte."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from notices import settings
from tests.conftest import SITES, Site
from tests.killing import tree

OTHER_MACHINE = '''
"""What another machine has another way: the order of files on disk, processors, and the clock."""
import contextlib, os, random, time
luck = random.Random(int(os.environ["SHUFFLED"]))
listdir, scandir = os.listdir, os.scandir

def shuffled(names):
    names = sorted(names, key=str)
    luck.shuffle(names)
    return names

class Entries:
    def __init__(self, *where):
        with scandir(*where) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: luck.random()))
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *exception):
        pass
    def close(self):
        pass

os.listdir = lambda *where: shuffled(listdir(*where))
os.scandir = Entries
if os.environ.get("ONE_PROCESSOR"):
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
if os.environ.get("LATER"):
    real, real_ns = time.time, time.time_ns
    later = int(os.environ["LATER"])
    time.time = lambda: real() + later
    time.time_ns = lambda: real_ns() + later * 10**9
'''


@dataclass(frozen=True)
class Machine:
    """Where and how a site is built. ``backwards`` is the order in which its files were made."""

    place: str
    environment: Mapping[str, str]
    umask: int = 0o022
    backwards: bool = False
    mtime: int = 0
    mode: int = 0o644


FIRST = Machine("a", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "SHUFFLED": "1"})
OTHERS = {
    "far away": Machine(
        "b/en mapp/på djupet/c",
        {
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "sv_SE.UTF-8",
            "LANGUAGE": "sv",
            "PYTHONHASHSEED": "2",
            "SHUFFLED": "2",
            "ONE_PROCESSOR": "1",
            "LATER": "100000000",
            "USER": "another",
            "HOME": "/proc/none",
            "TMPDIR": "/proc/none",
            "GIT_CONFIG_GLOBAL": "../gitconfig",
        },
        umask=0o077,
        backwards=True,
        mtime=2**32,
        mode=0o600,
    ),
    "old-fashioned": Machine(
        "d",
        {
            "TZ": "America/St_Johns",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONHASHSEED": "3",
            "SHUFFLED": "3",
            "SOURCE_DATE_EPOCH": "1000000000",
            "COLUMNS": "40",
            "NO_COLOR": "1",
        },
        umask=0o000,
        mtime=1,
        mode=0o444,
    ),
    "turkish": Machine(
        "e/f",
        {
            "TZ": "Europe/Istanbul",
            "LC_ALL": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "4",
            "SHUFFLED": "4",
            "LATER": "-600000000",
        },
        umask=0o027,
        backwards=True,
    ),
}


def copied(source: Path, to: Path, machine: Machine) -> None:
    """Copy a folder's files in one order or the other, each with the machine's mode and time."""
    files = sorted(file for file in source.rglob("*") if file.is_file() and file.suffix != ".pyc")
    for file in files[:: -1 if machine.backwards else 1]:
        copy = to / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        copy.chmod(machine.mode)
        os.utime(copy, (machine.mtime, machine.mtime))


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make the locales that this machine may lack; without localedef(1), Python falls back to C."""
    folder = tmp_path_factory.mktemp("locales")
    for name in ("sv_SE", "tr_TR"):
        if shutil.which("localedef"):
            words = ["localedef", "-i", name, "-f", "UTF-8", str(folder / f"{name}.UTF-8")]
            subprocess.run(words, capture_output=True)
    return str(folder)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the content of a site with pictures, and so many pages that all processors work."""
    folder = tmp_path_factory.mktemp("source") / "content"
    shutil.copytree(SITES / "golden", folder)
    for lang in ("sv", "en"):
        for number in range(15):
            file = folder / lang / f"n{number}.md"
            file.write_text(f"# T {number}\n\n## A {{#a}}\n\nText {number} <a@b.example>.\n")
    return folder


@pytest.fixture(scope="module")
def build(
    tmp_path_factory: pytest.TempPathFactory, content: Path, locales: str
) -> Callable[[Machine], Path]:
    """Give a way to build the site on a machine, with the project itself somewhere else, too."""
    base = tmp_path_factory.mktemp("machines")

    def building(machine: Machine) -> Path:
        place = base / machine.place
        project, custom = place / "project", place / "custom"
        for name in ("notices", "theme", "translations"):
            copied(settings.ROOT / name, project / name, machine)
        for name in ("pelicanconf.py", "publishconf.py"):
            shutil.copy(settings.ROOT / name, project)
        copied(content, place / "content", machine)
        custom.mkdir()
        (custom / "sitecustomize.py").write_text(OTHER_MACHINE, encoding="utf-8")
        (place / "gitconfig").write_text("[core]\n\tquotepath = false\n", encoding="utf-8")
        kept = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
        done = subprocess.run(
            [sys.executable, "-P", "-m", "notices", "build", "--lenient"]
            + ["--content", "../content", "--source-language", "sv"]
            + ["--site-url", "https://example.org/privacy", "--output", "../public/site"],
            cwd=project,
            env={
                **kept,
                "PYTHONPATH": f"{project}:{custom}",
                "PYTHONDONTWRITEBYTECODE": "1",
                "LOCPATH": locales,
                **machine.environment,
            },
            umask=machine.umask,
            capture_output=True,
            text=True,
            errors="replace",
        )
        assert "pages in" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
        return place / "public"

    return building


@pytest.fixture(scope="module")
def first(build: Callable[[Machine], Path]) -> dict[str, bytes]:
    """Give the site as the first machine builds it."""
    return tree(build(FIRST))


@pytest.mark.parametrize("name", list(OTHERS))
def test_another_machine_gives_the_same_site(
    first: dict[str, bytes], build: Callable[[Machine], Path], name: str
) -> None:
    """Same names, same bytes, same modes."""
    public = build(OTHERS[name])
    other = tree(public)
    assert len(first) > 60
    assert list(first) == list(other)
    assert [path for path in first if first[path] != other[path]] == []
    files = {file.stat().st_mode & 0o7777 for file in public.rglob("*") if file.is_file()}
    folders = {folder.stat().st_mode & 0o7777 for folder in [public, *public.rglob("*/")]}
    assert (files, folders) == ({0o644}, {0o755})


RELEASING = """
from datetime import UTC, datetime
from pathlib import Path
from notices.delivery import bom, provenance, release
from notices.filenames import BILL
from notices.settings import ROOT
source = provenance.Source("0" * 40, datetime(2026, 3, 1, tzinfo=UTC), (), "1" * 64)
bill = {BILL: bom.written(ROOT, source.time)}
release.make(Path("output"), Path("release"), [Path("content")], source.record(), bill)
"""


def test_another_machine_gives_the_same_release(site: Site) -> None:
    """With its compressed files, its bill of materials, its record and its list of files."""
    site.address = "https://example.org"
    assert site.write({"sv/user.md": "# T\n\nText.\n"}).build().is_done
    made = []
    for machine in (FIRST, OTHERS["far away"], OTHERS["turkish"]):
        place = site.folder / machine.place
        copied(site.output, place / "output", machine)
        (place / "content").mkdir()
        (place / "sitecustomize.py").write_text(OTHER_MACHINE, encoding="utf-8")
        path = {"PYTHONPATH": f"{settings.ROOT}:{place}", "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run(
            [sys.executable, "-P", "-c", RELEASING],
            cwd=place,
            env={**os.environ, **path, **machine.environment},
            umask=machine.umask,
            check=True,
        )
        made.append(tree(place / "release"))
    assert {"SHA256SUMS", "bom.cdx.json", "sv/user/index.html.br"} <= made[0].keys()
    assert made[0] == made[1] == made[2]


def test_the_machines_do_differ(content: Path) -> None:
    """What the test shuffles comes in another order, or it would show nothing."""
    orders = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", f"{OTHER_MACHINE}\nprint(os.listdir({str(content / 'sv')!r}))"],
            env={**os.environ, "SHUFFLED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        orders.append(done.stdout)
    assert orders[0] != orders[1]


def test_a_build_over_another_gives_the_same_site(site: Site) -> None:
    """What stood there before leaves no trace."""
    site.write({"sv/user.md": "# T\n"}).build()
    before = site.files()
    site.write({"sv/more.md": "# M\n"}).build()
    assert site.files() != before
    (site.content / "sv" / "more.md").unlink()
    site.build()
    assert site.files() == before


ASKS_THE_CLOCK = {"now", "today", "utcnow", "localtime", "gmtime", "ctime", "time", "time_ns"}
MAY_ASK = {
    "settings.py": "the day on which a site is checked, or that of SOURCE_DATE_EPOCH",
    "server.py": "the preview tells its builds apart",
    "place.py": "who publishes says since when, to others who want to",
    "shelf.py": "a web server knows the version of a file by its time",
    "fetching.py": "a busy host says until when it is to be left in peace",
}


def test_only_one_place_asks_the_clock() -> None:
    """The rest gets the day from the settings, so that SOURCE_DATE_EPOCH holds everywhere."""
    for file in (settings.ROOT / "notices").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                asked = node.func
                whose = getattr(asked.value, "id", "")
                if asked.attr in ASKS_THE_CLOCK and whose in ("time", "datetime", "date"):
                    assert file.name in MAY_ASK, f"{file}:{node.lineno}"


def test_source_date_epoch_is_the_day(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site is checked, and so built, as on that day (reproducible-builds.org)."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert site.settings.today.isoformat() == "2001-09-09"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "-1")
    assert site.settings.today.isoformat() == "1969-12-31"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert site.settings.today.year > 2001


@pytest.mark.parametrize("odd", ["yesterday", "2026-01-01", "1e400", "nan", "9" * 30, " "])
def test_a_source_date_epoch_that_is_none(
    site: Site, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    """It is said how to set it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", odd)
    with pytest.raises(settings.SettingsError, match=r"SOURCE_DATE_EPOCH: .* git log -1"):
        assert site.settings
