# SPDX-License-Identifier: AGPL-3.0-or-later
"""A browser, and the finished site on a server of this machine."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from notices import catalog, hooks, settings
from notices.model import Severity
from notices.review import status
from notices.settings import Readability
from tests import chromium, servers
from tests.conftest import SITES


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give Chromium. Without one a person's tests are skipped; CI's fail."""
    if not chromium.EXECUTABLE:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Chromium is not installed")
    with chromium.started() as started:
        yield started


def _late(content: Path) -> Path:
    """Copy the real site, and change its source where the translation does not follow."""
    shutil.copytree(settings.ROOT / "content", content)
    file = content / "sv" / "user.md"
    text = file.read_text(encoding="utf-8")
    for old, new in (("Den här texten är", "Texten är"), ("inom 4 veckor", "inom 5 veckor")):
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return content


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Build the real site and those of the tests; give the address of each by its name."""
    folder = tmp_path_factory.mktemp("served")
    with servers.served(folder) as host:
        addresses = {}
        late = _late(tmp_path_factory.mktemp("late") / "content")
        for name, content, lang in (
            ("real", settings.ROOT / "content", None),
            ("arabic", SITES / "arabic", "ar"),
            ("plain", SITES / "plain", "en"),
            ("golden", SITES / "golden", "sv"),
            ("late", late, "sv"),
        ):
            addresses[name] = f"{host}/{name}"
            made = settings.for_site(
                settings.from_file(),
                content=content,
                source_language=lang,
                output=folder / name,
                address=addresses[name],
            )
            allowed: Mapping[str, Severity] = {**made.severities, "section-outdated": "warning"}
            assert hooks.build(replace(made, severities=allowed)).is_done
        table = folder / "status" / "index.html"
        table.parent.mkdir()
        table.write_text(
            status.as_html(catalog.load(late, "content", "sv"), Readability()), encoding="utf-8"
        )
        yield addresses


@pytest.fixture(scope="session")
def pages(served: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Give the address of every page of all served sites.

    A language's page for unknown addresses is much the same in all: the real ones stand for them.
    """
    folder = next(tmp_path_factory.getbasetemp().glob("served*"))
    host = served["real"].removesuffix("/real")
    found = (file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*.html")))
    alike = re.compile(r"(?!real/)[^/]+/[^/]+/404\.html")
    return [f"{host}/{path}" for path in found if not alike.fullmatch(path)]


@pytest.fixture(scope="session")
def readers(pages: list[str]) -> list[str]:
    """Give the pages for readers: all but the editors' table of `./run status`, which scrolls."""
    return [address for address in pages if not address.endswith("/status/index.html")]


@pytest.fixture(scope="session")
def kinds(browser: Browser, readers: list[str]) -> list[str]:
    """Give one page of each kind: by what stands in it, and the direction in which it is read."""
    page = browser.new_page()
    found: dict[str, str] = {}
    for address in sorted(readers, key=lambda one: "/real/" not in one):
        page.goto(address)
        kind = page.evaluate(
            """() => document.documentElement.dir + [...document.querySelectorAll(
                 "body > *, main > *, main > * > *, main details")]
               .map((one) => one.localName + "." + one.className)
               .filter((name, at, all) => all.indexOf(name) === at).sort()"""
        )
        found.setdefault(kind, address)
    page.close()
    return list(found.values())
