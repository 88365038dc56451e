# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people and programs really put into a content folder: a message at its place, nothing lost.

Every site here has a sound notice (``sv/other.md``) beside what is wrong, and it is always read.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from notices import report, settings
from notices.cli import commands
from notices.filebytes import LARGEST
from notices.folder import NoContentError
from notices.model import Organisation
from notices.source import Reader, limits
from tests.conftest import Site

MD = "# T\n\nText.\n"
OUTLINE = {"notice-missing", "notice-extra"}
"""A notice that cannot be read is missing, too, wherever another language has it."""

SPECIAL = [
    "aliases.toml",
    "organisation.toml",
    "brand.toml",
    "waivers.toml",
    "links.toml",
    "sv/glossary.toml",
    "sv/language.toml",
    "sv/words.txt",
    "en/reviewed.toml",
]
"""Every file with a meaning of its own."""


@pytest.fixture
def sound(site: Site) -> Site:
    """Give a site in two languages without a finding."""
    return site.write({"sv/other.md": MD, "en/other.md": "# T\n\nWords.\n"})


def found(site: Site) -> list[tuple[str, str, str]]:
    """Give place, code and message of each finding, and see that the sound notice is there."""
    assert set(site.catalog().notices["other"]) >= {"sv"}
    return [
        (finding.place.removeprefix("content/"), finding.code, finding.message)
        for finding in site.findings()
        if finding.code not in OUTLINE and finding.fix
    ]


def assert_found(site: Site, place: str, code: str, words: str) -> None:
    """See that there is the one finding, which says these words."""
    ((at, said, message),) = found(site)
    assert (at, said) == (place, code)
    assert words in message


TEXTS: dict[str, tuple[str | bytes, int, str, str]] = {
    "a byte-order mark": ("\ufeff# T\n", 1, "byte-order-mark", "begins with a byte-order mark"),
    "two files put together": ("# T\n\n\ufeffx\n", 3, "control-character", "U+FEFF"),
    "UTF-16": ("# T\n".encode("utf-16"), 1, "file-unreadable", "UTF-16"),
    "UTF-16, no mark": ("# T\n".encode("utf-16-le"), 1, "control-character", "U+0000"),
    "Latin-1": ("# T\n\nå\n".encode("latin-1"), 3, "file-unreadable", "some other encoding"),
    "Latin-1, CR": ("# T\r\rå\r".encode("latin-1"), 3, "file-unreadable", "other encoding"),
    "Windows-1252": ("# T\n\n“x”\n".encode("cp1252"), 3, "file-unreadable", "other encoding"),
    "Windows-1252 as Latin-1": ("# T\n\n\x93x\x94\n", 3, "control-character", "U+0093"),
    "NUL": ("# T\n\nx\0\n", 3, "control-character", "U+0000"),
    "escape": ("# T\n\n\x1b[31m\n", 3, "control-character", "U+001B"),
    "a merge": ("# T\n\n<<<<<<< HEAD\na\n=======\n", 3, "merge-unfinished", "git's mark"),
    "a merge, its base": ("# T\n\n||||||| x\n", 3, "merge-unfinished", "git's mark"),
    "a merge, its end": ("# T\r\n\r\n>>>>>>> x\r\n", 3, "merge-unfinished", "git's mark"),
    "a merge in metadata": ("---\n<<<<<<< a\n---\n# T\n", 2, "merge-unfinished", "git's mark"),
    "curly quotes": ("---\nslug: “users”\n---\n# T\n", 2, "slug-malformed", "“users”"),
    "curly quotes, a day": ("---\neffective: “2026-03-01”\n---\n# T\n", 2, "date-impossible", "“"),
    "no-break space": ("---\nslug\u00a0: a\n---\n# T\n", 2, "metadata-malformed", "looks like"),
    "no-break space 2": ("---\nslug:\u00a0a\n---\n# T\n", 2, "metadata-malformed", "looks like"),
    "a tab": ("---\n\tslug: a\n---\n# T\n", 2, "metadata-malformed", "a tab"),
    "an empty file": ("", 1, "title-missing", "has no title"),
    "spaces alone": (" \n\t\n  \n", 1, "title-missing", "has no title"),
    "metadata alone": ("---\nslug: a\n---\n", 1, "title-missing", "has no title"),
    "no such day": ("---\neffective: 2026-02-30\n---\n# T\n", 2, "date-impossible", "2026-02-30"),
    "month 13": ("---\neffective: 2026-13-01\n---\n# T\n", 2, "date-impossible", "2026-13-01"),
    "year 0": ("---\neffective: 0000-01-01\n---\n# T\n", 2, "date-impossible", "0000"),
    "a day in words": ("---\neffective: 1 mars 2026\n---\n# T\n", 2, "date-impossible", "1 mars"),
    "far ahead": ("---\nslug: a\neffective: 2206-03-01\n---\n# T\n", 3, "date-implausible", "2206"),
    "the last day": ("---\neffective: 9999-12-31\n---\n# T\n", 2, "date-implausible", "9999"),
    "before the web": ("---\neffective: 1026-03-01\n---\n# T\n", 2, "date-implausible", "1026"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_that_is_not_as_it_should_be(site: Site, kind: str) -> None:
    """Each kind has its finding, at the line of the file."""
    text, line, code, words = TEXTS[kind]
    site.write({"sv/other.md": MD, "sv/user.md": text})
    assert_found(site, f"sv/user.md:{line}", code, words)


@pytest.mark.parametrize(
    "text",
    [
        "# T\r\n\r\nText.\r\n",
        "# T\r\rText.\r",
        "# T\n\n-\ta\n-\tb\n\n    -\tc\n",
        "---\neffective: 2026-03-01\n---\n# T",
        "# T\n\nDet kostar 5\u00a0kr – “bra”.\n\nRubrik\n=======\n".replace(
            "Rubrik\n=======\n", ""
        ),
    ],
)
def test_what_only_looks_wrong(site: Site, text: str) -> None:
    """Line ends of all kinds, tabs in lists and typographic signs are read as meant."""
    site.write({"sv/other.md": MD, "sv/user.md": text})
    assert found(site) == []


def test_a_day_that_is_near_is_meant(site: Site) -> None:
    """A notice may be published before it holds; the day is compared with the site's own."""
    today = site.settings.today
    site.write({"sv/other.md": f"---\neffective: {date(today.year, 12, 31)}\n---\n# T\n"})
    assert found(site) == []


TOML = {
    "curly quotes": ('a = "x"\nb = “y”\n', 2, "curly"),
    "curly apostrophes": ("a = ‘y’\n", 1, "curly"),
    "no-break space": ('a\u00a0= "x"\n', 1, "only looks like one"),
    "no-break space 2": ('a =\u00a0"x"\n', 1, "only looks like one"),
    "no quotes": ("a = x\n", 1, "not valid TOML"),
    "open quote": ('a = "x\nb = "y"\n', 1, "not valid TOML"),
    "given twice": ('a = "x"\na = "y"\n', 2, "given twice"),
    "a name without end": (f"a{'.a' * 200_000} = 1\n", 1, "more than 40 parts"),
    "a header without end": (f"[a{'.a' * 200_000}]\n", 1, "more than 40 parts"),
    "nested without end": ("a = " + "[" * 200_000, 1, "not valid TOML"),
    "tables without end": ("a = " + "{a = " * 50_000, 1, "not valid TOML"),
}


@pytest.mark.parametrize("file", ["organisation.toml", "brand.toml", "sv/glossary.toml"])
@pytest.mark.parametrize("kind", TOML)
def test_toml_that_is_not_as_it_should_be(site: Site, file: str, kind: str) -> None:
    """Each kind has its finding, in each file alike."""
    text, line, words = TOML[kind]
    site.write({"sv/other.md": MD, file: text})
    ((place, code, message),) = found(site)
    assert (place, code.rpartition("-")[2]) == (f"{file}:{line}", "malformed")
    assert words in message


def _sparse(file: Path, size: int) -> None:
    """Make a file of so many zeros, which takes no room."""
    file.touch()
    os.truncate(file, size)


ANY_FILE: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "a folder": (lambda file, _: file.mkdir(), "it is a folder"),
    "a pipe": (lambda file, _: os.mkfifo(file), "no ordinary file"),
    "a link to nowhere": (lambda file, _: file.symlink_to("none"), "No such file"),
    "a link to itself": (lambda file, _: file.symlink_to(file.name), "or to itself"),
    "a link out": (lambda file, away: file.symlink_to(away), "out of the content folder"),
    "a link to a device": (lambda file, _: file.symlink_to("/dev/zero"), "out of the content"),
    "Latin-1": (lambda file, _: file.write_bytes(b'a = "\xe5"\n'), "some other encoding"),
    "a mark": (lambda file, _: file.write_bytes(b"\xef\xbb\xbfa = 1\n"), "byte-order mark"),
    "a merge": (lambda file, _: file.write_bytes(b"<<<<<<< HEAD\n"), "git's mark"),
    "too much": (lambda file, _: _sparse(file, LARGEST + 1), "4,000,000"),
}
"""How each comes about, and what is said of it."""


@pytest.mark.parametrize("name", SPECIAL)
@pytest.mark.parametrize("kind", ANY_FILE)
def test_something_else_in_the_place_of_a_file(sound: Site, name: str, kind: str) -> None:
    """Whatever has the name of a file that we read: a finding there, at once, and no word of it."""
    away = sound.folder / "away.toml"
    away.write_text('canary = "CANARY"\n', encoding="utf-8")
    make, words = ANY_FILE[kind]
    make(sound.content / name, away)
    places = found(sound)
    assert all(place == f"{name}:1" for place, _, _ in places)
    assert any(words in message for _, _, message in places)
    assert "CANARY" not in repr(sound.catalog())


@pytest.mark.parametrize("kind", [kind for kind in ANY_FILE if kind != "a link out"])
def test_something_else_in_the_place_of_a_catalog(sound: Site, kind: str) -> None:
    """The interface's words are read as carefully: nobody gets English pages unasked."""
    sound.translations = sound.folder / "translations"
    file = sound.translations / "sv/LC_MESSAGES/messages.po"
    file.parent.mkdir(parents=True)
    ANY_FILE[kind][0](file, sound.folder)
    places = [one.place for one in sound.findings() if one.code == "interface-malformed"]
    assert places == ["translations/sv/LC_MESSAGES/messages.po:1"]
    assert not sound.build().is_done


NAMES = {
    "User.md": "cannot be the name",
    "user.MD": "has no meaning",
    "user.markdown": "has no meaning",
    "a\u030a.md": "cannot be the name",
    "min policy.md": "cannot be the name",
    "user (1).md": "cannot be the name",
    "user - Copy.md": "cannot be the name",
    "user.md.orig": "has no meaning",
    "user.docx": "has no meaning",
    "user": "has no meaning",
    "-user.md": "cannot be the name",
    "con.md": "cannot be the name",
    "lpt1.md": "cannot be the name",
    "y" * 201 + ".md": "too long",
    "a\nb.md": "cannot be the name",
    "a\\b.md": "cannot be the name",
    "a:b.md": "cannot be the name",
    "a\u202eb.md": "cannot be the name",
    "a\x1b[2Jb.md": "cannot be the name",
}


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_the_name_of_a_file(site: Site, name: str) -> None:
    """Beside the notice itself, another spelling or a copy of it is found by its own name."""
    site.write({"sv/other.md": MD, "sv/user.md": MD, "sv/å.md": MD, f"sv/{name}": MD})
    ((place, _, message),) = found(site)
    assert place == f"sv/{name}:1"
    assert NAMES[name] in message
    printed = report.text(site.findings())
    assert printed.count("\n") == 1, "a finding is two lines, whatever a file is called"
    assert not set(printed) & set("\x1b\u202e")


def test_a_name_that_is_no_text(site: Site) -> None:
    """A name in another encoding can be reported and printed."""
    site.write({"sv/other.md": MD})
    Path(os.fsdecode(os.fsencode(site.content / "sv") + b"/\xff.md")).write_text(MD)
    ((_, code, _),) = found(site)
    assert code == "name-malformed"
    for format_ in report.FOR_MACHINES.values():
        format_(site.findings()).encode("utf-8", "backslashreplace")
    result = CliRunner().invoke(commands, ["check", "--content", str(site.content)])
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "name",
    ["användare.md", "使用者.md", "user-2.md", "user_v2.md", "console.md", "x" * 200 + ".md"],
)
def test_names_that_notices_may_have(site: Site, name: str) -> None:
    """Letters of any language, and as many as an address may have."""
    site.write({"sv/other.md": MD, f"sv/{name}": MD})
    assert found(site) == []
    assert site.build().is_done


@pytest.mark.parametrize(
    "name",
    ["user.md~", ".user.md.swp", "#user.md#", ".#user.md", ".DS_Store", "Thumbs.db", "desktop.ini"],
)
def test_what_programs_leave_behind(site: Site, name: str) -> None:
    """Editors' backups are neither read nor reported."""
    site.write({"sv/other.md": MD, f"sv/{name}": "# CANARY\n", name: "CANARY"})
    assert found(site) == []
    site.build()
    assert not any(b"CANARY" in content for content in site.files().values())


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("en_GB", "'en_GB' is no language tag"),
        ("EN", "is written 'en'"),
        ("english", "'english' is no language tag"),
        ("Svenska", "'Svenska' is no language tag"),
        ("en-UK", "'en-UK' is no language tag"),
        ("xx", "'xx' is no language tag"),
        ("en ", "'en ' is no language tag"),
        ("å", "'å' is no language tag"),
    ],
)
def test_the_name_of_a_folder(site: Site, folder: str, words: str) -> None:
    """A folder whose name is no tag is found, whatever stands in it."""
    site.write({"sv/other.md": MD, f"{folder}/other.md": b"\xff"})
    assert_found(site, f"{folder}:1", "folder-not-language", words)


def _socket(place: Path) -> None:
    with tempfile.TemporaryDirectory() as short:  # a socket's path has 108 bytes at most
        bound = Path(short) / "s"
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(bound))
            bound.rename(place)


PLACES: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "a folder as a notice": ("sv/user.md", lambda p: p.mkdir(), "has no meaning"),
    "a pipe as a notice": ("sv/user.md", os.mkfifo, "no ordinary file"),
    "a socket as a notice": ("sv/user.md", _socket, "no ordinary file"),
    "an endless notice": ("sv/user.md", lambda p: p.symlink_to("/dev/zero"), "out of the content"),
    "a notice from elsewhere": ("sv/user.md", lambda p: p.symlink_to("/etc/hosts"), "out of the"),
    "a circle": ("sv/user.md", lambda p: p.symlink_to("user.md"), "or to itself"),
    "a language as a file": ("fi", lambda p: p.write_text("x"), "has no meaning in a content"),
    "files as a file": ("files", lambda p: p.write_text("x"), "has no meaning in a content"),
    "a language from elsewhere": ("fi", lambda p: p.symlink_to("/etc"), "out of the content"),
    "the folder above": ("fi", lambda p: p.symlink_to(".."), "out of the content folder"),
    "a folder in a circle": ("sv/more", lambda p: p.symlink_to(".."), "has no meaning"),
    "files from elsewhere": ("files", lambda p: p.symlink_to("/etc"), "out of the content"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_what_a_file_system_can_hold(site: Site, kind: str) -> None:
    """Each is a finding at its place, at once."""
    site.write({"sv/other.md": MD})
    name, make, words = PLACES[kind]
    make(site.content / name)
    ((place, _, message),) = found(site)
    assert place == f"{name}:1"
    assert words in message


@pytest.mark.parametrize(
    "make", [os.mkfifo, lambda p: p.symlink_to("/etc/hosts"), lambda p: p.mkdir(), _socket]
)
def test_what_is_no_published_file(site: Site, make: Callable[[Path], object]) -> None:
    """Only ordinary files are published as they are; nothing of the machine's is."""
    site.write({"sv/other.md": MD, "files/a.png": b"\x89PNG"})
    make(site.content / "files" / "b.png")
    assert_found(site, "files/b.png:1", "file-unexpected", "no picture and no document")
    assert site.build(lenient=True).is_done
    assert "files/b.png" not in site.files()


def test_a_hard_link_is_an_ordinary_file(site: Site) -> None:
    """Nothing tells it from one, and only who owns the other file can have made it."""
    site.write({"sv/other.md": MD})
    os.link(site.content / "sv" / "other.md", site.content / "sv" / "user.md")
    assert found(site) == []


NOT_EVERYTHING = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
"""Before a command of root's: it may then read what its own files allow, as anybody else."""


@pytest.mark.parametrize(
    ("name", "exit_code", "words"),
    [
        ("sv/user.md", 1, "sv/user.md:1: file-unreadable: cannot be read (Permission denied)"),
        ("organisation.toml", 1, "organisation.toml:1: file-unreadable: cannot be read (Perm"),
        ("files/a.png", 1, "files/a.png:1: file-unreadable: cannot be read (Permission denied)"),
        ("fi/user.md", 2, "fi: the folder cannot be read (Permission denied)"),
    ],
)
def test_no_permission(site: Site, name: str, exit_code: int, words: str) -> None:
    """A file that may not be read is a finding; a folder that may not, a message."""
    site.write({"sv/other.md": MD, name: MD})
    closed = site.content / (name if exit_code == 1 else "fi")
    closed.chmod(0)
    check = (sys.executable, "-P", "-m", "notices", "check", "--content", "content")
    done = subprocess.run(
        [*(NOT_EVERYTHING if os.geteuid() == 0 else ()), *check, "--source-language", "sv"],
        env={**os.environ, "PYTHONPATH": str(settings.ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    closed.chmod(0o700)
    assert words in done.stdout + done.stderr
    assert done.returncode == exit_code
    assert "Traceback" not in done.stderr


def test_a_file_that_vanishes(site: Site) -> None:
    """What was listed and is gone is a finding."""
    notice, (finding,) = Reader(Organisation("")).read(site.content / "x.md", "x.md", "x", "sv")
    assert notice is None
    assert (finding.code, finding.message) == (
        "file-unreadable",
        "cannot be read (No such file or directory).",
    )


@pytest.mark.parametrize(("times", "is_read"), [(1, True), (99, False)])
def test_a_file_that_changes_while_it_is_read(
    site: Site, monkeypatch: pytest.MonkeyPatch, times: int, is_read: bool
) -> None:
    """It is read again, and is a finding when that does not help; never half of two versions."""
    site.write({"sv/other.md": MD, "sv/user.md": "# Old\n"})
    file = site.content / "sv" / "user.md"
    number, real = file.stat().st_ino, os.fstat
    left = times * 2

    def changing(descriptor: int) -> os.stat_result:
        nonlocal left
        status = real(descriptor)
        if status.st_ino == number and left:
            left -= 1
            if left % 2:  # between the two looks at the file
                file.write_text(f"# New {left}\n", encoding="utf-8")
                os.utime(file, ns=(0, time.time_ns() + left))
        return status

    monkeypatch.setattr(os, "fstat", changing)
    read = site.catalog()
    if is_read:
        assert read.notices["user"]["sv"].title == "New 1"
    else:
        (finding,) = read.findings
        assert "changes while it is being read" in finding.message


def test_files_that_are_too_large(site: Site) -> None:
    """No more of a file is read than it may have; 50 MB take no time and no memory."""
    site.write({"sv/other.md": MD, "sv/user.md": b"# T\n\n" + b"x" * (limits.LARGEST - 5)})
    ((_, code, _),) = found(site)
    assert code == "text-tangled", "as large as it may be, it is read"
    _sparse(site.content / "sv" / "user.md", 50_000_000_000)
    assert_found(site, "sv/user.md:1", "file-too-large", "more than 1,000,000 bytes")


def test_five_thousand_files(site: Site) -> None:
    """Each is reported once, in a time that is in proportion to them."""
    site.write({"sv/other.md": MD, **{f"sv/Copy ({n}).md": "x" for n in range(5_000)}})
    assert len(found(site)) == 5_000


def test_a_folder_that_is_not_there(site: Site) -> None:
    """A folder that cannot be listed is told by its name."""
    site.content.rmdir()
    with pytest.raises(NoContentError, match="content: the folder cannot be read"):
        site.catalog()
