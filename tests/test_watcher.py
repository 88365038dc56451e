# SPDX-License-Identifier: AGPL-3.0-or-later
"""The preview is told of a saved file soon, and of half of one never."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from notices.preview import watcher
from notices.preview.watcher import Watcher
from tests.conftest import Site

SECONDS = 15.0


class Watched:
    """A watched notice, and what it held each time that a change was told."""

    def __init__(self, site: Site) -> None:
        self.file = site.write({"sv/user.md": "# Titel\n"}).content / "sv" / "user.md"
        self._watcher = Watcher(site.settings)
        self._held: queue.Queue[str | None] = queue.Queue()
        self._is_over = False
        self._waiting = threading.Thread(target=self._wait, daemon=True)
        self._waiting.start()
        time.sleep(0.1)

    def _wait(self) -> None:
        while not self._is_over:
            self._watcher.wait()
            self._held.put(self.file.read_text("utf-8") if self.file.exists() else None)

    def expect(self, text: str | None, before: str | None = "# Titel\n") -> None:
        """Wait until a text is told; the one before may be told again, and no other."""
        while (held := self._held.get(timeout=SECONDS)) != text:
            assert held == before

    def stop(self) -> None:
        """End the watch; a last change ends the waiting."""
        self._is_over = True
        self.file.write_text("# Slut\n", encoding="utf-8")
        self._waiting.join(SECONDS)
        assert not self._waiting.is_alive()
        self._watcher.stop()


@pytest.fixture
def watched(site: Site) -> Iterator[Watched]:
    """Give a watched site."""
    made = Watched(site)
    yield made
    made.stop()


def _at_once(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def _renamed(file: Path, text: str) -> None:
    beside = file.with_name(".user.md.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
    file.chmod(0o600)


def _emptied_first(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8") as opened:
        time.sleep(0.05)
        opened.write(text)


def _removed_first(file: Path, text: str) -> None:
    old = file.rename(file.with_name(".user.md.old"))
    time.sleep(0.05)
    file.write_text(text, encoding="utf-8")
    old.unlink()


@pytest.mark.parametrize("save", [_at_once, _renamed, _emptied_first, _removed_first])
def test_however_a_program_saves(watched: Watched, save: Callable[[Path, str], None]) -> None:
    """The first that is told is the whole new text, three times in a row."""
    for number in range(3):
        text = f"# Titel {number}\n"
        save(watched.file, text)
        watched.expect(text, before=f"# Titel {number - 1}\n")


def test_who_means_it_waits_a_moment(watched: Watched) -> None:
    """A file that stays empty, or is gone, is told of, too."""
    watched.file.write_text("", encoding="utf-8")
    watched.expect("")
    watched.file.write_text("# Titel\n", encoding="utf-8")
    watched.expect("# Titel\n", before="")
    watched.file.unlink()
    watched.expect(None)


def test_what_programs_leave_behind_is_no_change(watched: Watched) -> None:
    """An editing program notes each few letters in a file of its own."""
    for name in (".user.md.swp", "user.md~", "#user.md#", "~$user.md"):
        watched.file.with_name(name).write_text("x", encoding="utf-8")
    time.sleep(0.2)
    assert watched._held.empty()
    watched.file.with_name("other.md").write_text("x", encoding="utf-8")
    watched.expect("# Titel\n")


def test_a_name_that_the_system_cannot_tell(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes after it is told as well, and no thread ends."""
    ended: list[object] = []
    monkeypatch.setattr(threading, "excepthook", ended.append)
    Path(os.fsdecode(os.fsencode(watched.file.parent) + b"/\xff.md")).write_text("x")
    watched.expect("# Titel\n")
    watched.file.write_text("# Ny\n", encoding="utf-8")
    watched.expect("# Ny\n")
    assert not ended


def test_without_patience_half_a_file_would_be_told(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the patience is for: the file is seen empty without it."""
    monkeypatch.setattr(watcher, "_PATIENCE_SECONDS", 0.0)
    made = Watched(site)
    with made.file.open("w", encoding="utf-8") as opened:
        made.expect("")
        opened.write("# Titel\n")
    made.stop()
