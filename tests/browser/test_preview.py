# SPDX-License-Identifier: AGPL-3.0-or-later
"""`./run serve`: the page follows the text, and a broken file does not end it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from notices import settings
from tests.previewing import Preview, previewed


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """Give a running preview of one notice, with a theme of its own."""
    (tmp_path / "content" / "sv").mkdir(parents=True)
    notice = tmp_path / "content" / "sv" / "user.md"
    notice.write_text("# Titel\n\nFörsta texten.\n", encoding="utf-8")
    shutil.copytree(settings.ROOT / "theme", tmp_path / "theme")
    (tmp_path / "conf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(settings.ROOT)!r})\n"
        "from pelicanconf import *\nTHEME = 'theme'\n",
        encoding="utf-8",
    )
    with previewed(tmp_path, "--settings", "conf.py") as running:
        yield running


def test_the_page_follows_the_text(browser: Browser, preview: Preview) -> None:
    """A changed text, a broken one, a mended one, a new notice, a changed theme and settings."""
    notice = preview.folder / "content" / "sv" / "user.md"
    page = browser.new_page()
    page.goto(f"{preview.address}/sv/user/")
    expect(page.locator("main")).to_contain_text("Första texten.")

    notice.write_text("# Titel\n\nAndra texten.\n", encoding="utf-8")
    expect(page.locator("main")).to_contain_text("Andra texten.")

    notice.write_text("---\nslgu: x\n---\n\n# Titel\n\n<b>\n", encoding="utf-8")
    preview.wait_for("content/sv/user.md:2: metadata-unknown")
    preview.wait_for("2 errors")

    notice.write_bytes(b"\xff\xfe")
    preview.wait_for("file-unreadable")
    expect(page.locator("main")).to_contain_text("<b>")  # its last text that could be read

    shutil.move(preview.folder / "content" / "sv", preview.folder / "away")
    preview.wait_for("holds no languages")
    expect(page.locator("main")).to_be_visible()
    shutil.move(preview.folder / "away", preview.folder / "content" / "sv")
    notice.write_text("# Titel\n\nTredje texten.\n", encoding="utf-8")
    expect(page.locator("main")).to_contain_text("Tredje texten.")

    (preview.folder / "content" / "sv" / "more.md").write_text("# Mer\n", encoding="utf-8")
    preview.wait_for("6 pages")

    footer = preview.folder / "theme" / "templates" / "notice.html"
    footer.write_text("{{ broken", encoding="utf-8")
    preview.wait_for("notice.html, line 1, failed on sv/user/index.html")
    preview.wait_for("The last pages are still shown.")
    expect(page.locator("main")).to_contain_text("Tredje texten.")
    page.goto(f"{preview.address}/sv/more/")
    expect(page.locator("body")).to_contain_text("notice.html, line 1, failed on sv/more/")
    page.goto(f"{preview.address}/sv/user/")
    footer.write_text(
        '{% extends "base.html" %}{% block main %}<h1>Ny mall</h1>{% endblock %}', encoding="utf-8"
    )
    expect(page.locator("main")).to_contain_text("Ny mall")

    conf = preview.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + "1 / 0\n", encoding="utf-8")
    preview.wait_for("ZeroDivisionError")
    page.close()


def test_only_the_preview_has_the_reload_script(preview: Preview) -> None:
    """It is put in by the server; drafts are shown, unknown pages answer 404."""
    draft = preview.folder / "content" / "fi"
    draft.mkdir()
    (draft / "language.toml").write_text("draft = true\n", encoding="utf-8")
    (draft / "user.md").write_text("# Luonnos\n", encoding="utf-8")
    preview.wait_for("9 pages")
    with urllib.request.urlopen(f"{preview.address}/fi/user") as answer:
        assert answer.url.endswith("/fi/user/")
        assert "/_preview/desk.js" in answer.read().decode()
    for path in ("/nowhere", "/../conf.py", "/%2e%2e/conf.py", "//etc/passwd"):
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(preview.address + path)
        assert error.value.code == 404
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(f"{preview.address}/fi/nowhere")
    assert '<html lang="fi"' in error.value.read().decode()
    words = ["build", "--content", "content", "--output", "out"]
    subprocess.run(
        [sys.executable, "-P", "-m", "notices", *words, "--source-language", "sv"],
        cwd=preview.folder,
        env={**os.environ, "PYTHONPATH": str(settings.ROOT)},
        check=True,
        capture_output=True,
    )
    built = list((preview.folder / "out").rglob("*.html"))
    assert built
    assert not any("_preview" in file.read_text(encoding="utf-8") for file in built)


def test_a_port_that_is_taken(preview: Preview) -> None:
    """The second preview says so, and what to try."""
    port = preview.address.rsplit(":", 1)[1]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "notices", "serve", "--port", port],
        env={**os.environ, "PYTHONPATH": str(settings.ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert f"--port: {port} cannot be used" in done.stderr
