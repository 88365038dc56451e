# SPDX-License-Identifier: AGPL-3.0-or-later
"""A release: what it holds, what it refuses, and how one sees that it is whole."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import brotli
import pytest

from notices.delivery import release
from notices.delivery.release import ReleaseError
from tests.places import small_release


def test_what_a_release_holds(tmp_path: Path) -> None:
    """The site, its text files compressed, the record, and the list that sha256sum reads."""
    made = small_release(tmp_path, {"files/a.png": b"\x89PNG"})
    assert sorted(made.sums) == [
        "_headers",
        "build.json",
        "build.json.br",
        "build.json.gz",
        "files/a.png",
        "index.html",
        "index.html.br",
        "index.html.gz",
        "sv/a.html",
        "sv/a.html.br",
        "sv/a.html.gz",
    ]
    page = (made.folder / "sv/a.html").read_bytes()
    assert gzip.decompress((made.folder / "sv/a.html.gz").read_bytes()) == page
    assert brotli.decompress((made.folder / "sv/a.html.br").read_bytes()) == page
    record = json.loads((made.folder / "build.json").read_text())
    assert record["lenient"] is False
    assert record["source"] == {"commit": "0123456789abcdef"}
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=made.folder, check=False
    )
    assert done.returncode == 0


def test_the_same_again(tmp_path: Path) -> None:
    """A release replaces the last one as a whole, has its bytes from the site, and its modes."""
    first = small_release(tmp_path, {"sv/old.html": "<p>Old</p>\n"})
    shutil.rmtree(tmp_path / "release.site")
    umask = os.umask(0o077)
    try:
        second = small_release(tmp_path, {})
    finally:
        os.umask(umask)
    assert second.digest != first.digest
    assert not (second.folder / "sv/old.html").exists()
    assert small_release(tmp_path, {}, "other").digest == second.digest
    for path in (second.folder, *second.folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)
    assert not list(tmp_path.glob(".release*"))


def test_a_lenient_build_is_no_release(tmp_path: Path) -> None:
    """Nor is a folder without a record, or with one of somebody else; the last release stays."""
    made = small_release(tmp_path, {})
    record = tmp_path / "release.site/build.json"
    for text, said in (
        ('{"generator": "notices", "lenient": true}', r"in spite of errors \(--lenient\).*Mend"),
        ('{"generator": "other"}', "is no site of ours; start ./run build"),
        ("{", "is no finished site; start ./run build"),
    ):
        record.write_text(text)
        with pytest.raises(ReleaseError, match=said):
            release.make(tmp_path / "release.site", made.folder, [tmp_path / "content"], {})
    record.unlink()
    with pytest.raises(ReleaseError, match="is no finished site"):
        release.make(tmp_path / "release.site", made.folder, [tmp_path / "content"], {})
    assert release.checked(made.folder).digest == made.digest


def test_what_cannot_be_published(tmp_path: Path) -> None:
    """A link, a name with a line break, and the site itself as its release."""
    site = tmp_path / "release.site"
    made = small_release(tmp_path, {})
    (site / "link.html").symlink_to("/etc/passwd")
    with pytest.raises(ReleaseError, match=r"link.html cannot be published: it is no plain file"):
        release.make(site, made.folder, [tmp_path / "content"], {})
    (site / "link.html").unlink()
    (site / "two\nlines.html").write_text("x")
    with pytest.raises(ReleaseError, match="signs that nobody can see"):
        release.make(site, made.folder, [tmp_path / "content"], {})
    (site / "two\nlines.html").unlink()
    with pytest.raises(ReleaseError, match="would take the place of the site"):
        release.make(site, site, [tmp_path / "content"], {})
    assert release.checked(made.folder).digest == made.digest


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "index.html").unlink(), "index.html is missing"),
        (lambda folder: (folder / "index.html").write_text("x"), "index.html was changed"),
        (lambda folder: (folder / "more.html").write_text("x"), "more.html does not belong"),
        (lambda folder: _linked(folder / "index.html"), "index.html is no file"),
        (lambda folder: _linked(folder / "sv"), "sv does not belong there; sv/a.html is missing"),
        (lambda folder: (folder / "SHA256SUMS").write_text("x"), "'x' is no line of SHA256SUMS"),
        (lambda folder: (folder / "build.json").write_text("[]"), "build.json holds no record"),
        (lambda folder: (folder / "build.json").write_text("[" * 100_000), "nested too deep"),
        (lambda folder: (folder / "build.json").unlink(), "is no release .*publish"),
    ],
)
def test_a_damaged_release(tmp_path: Path, damage: object, said: str) -> None:
    """Names what is wrong, and what to do."""
    made = small_release(tmp_path, {})
    assert release.checked(made.folder).sums == made.sums
    assert callable(damage)
    damage(made.folder)
    with pytest.raises(ReleaseError, match=said) as raised:
        release.checked(made.folder)
    assert "publish" in str(raised.value)


def _linked(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")
