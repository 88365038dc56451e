# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./run links``, the build's check of its own pages, and ``./run check --built``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from notices import hooks, links
from tests.conftest import Site
from tests.test_cli import PAIR, conf, notices

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<title>Rights</title>
<h1 id="rights">Rights</h1>
<p>See <a href="{}">what we keep</a>.
"""


def pages(folder: Path, **addresses: str) -> Path:
    """Write a page with one link for each name, and one page that has the anchor 'rights'."""
    for name, address in addresses.items():
        file = folder / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(address), encoding="utf-8")
    return folder


def test_a_folder_of_pages_that_all_land(site: Site) -> None:
    """Exit 0, and a line that says what was looked at."""
    pages(site.folder / "public", index="other.html#rights", other="./")
    done = notices(site, "links", "public")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "public: 2 pages at an unknown address, no findings.\n"


def test_a_finding_has_path_line_and_column(site: Site) -> None:
    """As compilers print them, the path being that inside the folder."""
    pages(site.folder / "public", index="other.html#right", other="./")
    done = notices(site, "links", "public")
    assert done.returncode == 1
    assert done.stdout.startswith(
        "index.html:5:11: fragment-missing: other.html has no anchor 'right'.\n    Fix: "
    )


def test_findings_for_programs(site: Site) -> None:
    """JSON has the address as it is written."""
    pages(site.folder / "public", index="gone.html")
    done = notices(site, "links", "public", "--format", "json")
    (found,) = json.loads(done.stdout)
    assert (found["path"], found["line"], found["column"]) == ("index.html", 5, 11)
    assert (found["code"], found["url"]) == ("target-missing", "gone.html")


@pytest.mark.parametrize("form", ["sarif", "github", "junit"])
def test_every_format_of_the_check(site: Site, form: str) -> None:
    """The formats are those of ``./run check``."""
    pages(site.folder / "public", index="gone.html")
    done = notices(site, "links", "public", "--format", form)
    assert done.returncode == 1
    assert "target-missing" in done.stdout


def test_the_address_of_the_folder(site: Site) -> None:
    """With --base-url, links to the site's own host are looked up, too."""
    public = pages(site.folder / "public", index="https://example.org/privacy/gone.html")
    assert not links.check(public)
    done = notices(site, "links", "public", "--base-url", "https://example.org/privacy")
    assert done.stdout.startswith("index.html:5:11: target-missing: ")
    assert "at https://example.org/privacy/" in done.stderr


def test_the_languages_of_the_folder(site: Site) -> None:
    """With --languages, a page in another one is a finding."""
    pages(site.folder / "public", index="#rights")
    assert notices(site, "links", "public", "--languages", "sv,en").returncode == 0
    done = notices(site, "links", "public", "--languages", "sv, fi")
    assert done.stdout.startswith("index.html:2:7: page-language: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("links",), "Missing argument 'DIR'"),
        (("links", "nowhere"), "There is no folder nowhere."),
        (("links", ".", "--languages", "svenska"), "'svenska' is no language"),
        (("links", ".", "--base-url", "example.org"), "is not the address of a site"),
        (("links", ".", "--base-url", "https://exa%mple.org"), "is not the address of a site"),
        (("check", "--built"), "holds no site; build one first"),
    ],
)
def test_wrong_use(site: Site, words: tuple[str, ...], said: str) -> None:
    """Exit 2, and what to write instead."""
    site.write({"sv/user.md": "# Titel\n"})
    if words[0] == "check":
        words = (*words, "--settings", conf(site, "OUTPUT_PATH = 'nothing'"))
    done = notices(site, *words)
    assert done.returncode == 2
    assert said in done.stdout + done.stderr


@pytest.mark.parametrize("address", ["5", '"example.org"'])
def test_a_record_of_the_build_that_somebody_changed(site: Site, address: str) -> None:
    """Exit 2, and the name of the file."""
    site.write(PAIR)
    file = conf(site, "OUTPUT_PATH = 'output'")
    site.output.mkdir()
    (site.output / "build.json").write_text(f'{{"site_url": {address}}}')
    done = notices(site, "check", "--built", "--settings", file)
    assert done.returncode == 2
    assert "output/build.json: site_url" in done.stderr


def theme_with(site: Site, skip: str) -> Path:
    """Make a folder of templates in which the link to the text leads elsewhere."""
    folder = site.folder / "overrides"
    (folder / "partials").mkdir(parents=True, exist_ok=True)
    (folder / "partials" / "skip.html").write_text(skip, encoding="utf-8")
    return folder


def test_a_page_whose_links_do_not_land_is_not_built(site: Site) -> None:
    """The site that stands stays as it was."""
    site.write(PAIR)
    assert site.build().is_done
    before = site.files()
    broken = replace(
        site.settings, template_overrides=(theme_with(site, '<a href="#_text">Skip</a>\n'),)
    )
    work = hooks.build(broken)
    assert not work.is_done
    places = {(found.code, found.path) for found in work.findings if found.severity == "error"}
    assert ("fragment-missing", "output/sv/user/index.html") in places
    assert {code for code, _ in places} == {"fragment-missing"}
    assert site.files() == before


def test_a_lenient_build_says_what_does_not_land(site: Site) -> None:
    """It is built for trying out, with its findings."""
    site.write(PAIR)
    broken = replace(
        site.settings, template_overrides=(theme_with(site, '<a href="#_text">Skip</a>\n'),)
    )
    work = hooks.build(broken, lenient=True)
    assert work.is_done
    assert any(found.code == "fragment-missing" for found in work.findings)


@pytest.mark.parametrize("address", ["", "https://example.org/privacy"])
def test_what_is_built_lands(site: Site, address: str) -> None:
    """With and without a public address, the finished pages have no finding."""
    site.address = address
    site.write(PAIR)
    assert site.build().is_done
    assert not links.check(site.output, address)


def test_the_last_build_is_checked_with_the_content(site: Site) -> None:
    """What somebody changed in the output is found, at its place."""
    site.write(PAIR)
    file = conf(site, "OUTPUT_PATH = 'output'\nNOTICES_SEVERITIES = {}")
    assert notices(site, "build", "--settings", file).returncode == 0
    done = notices(site, "check", "--built", "--settings", file)
    assert done.returncode == 0, done.stdout
    page = site.output / "sv" / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace('href="#_main"', 'href="#_mian"'), encoding="utf-8")
    assert notices(site, "check", "--settings", file).returncode == 0
    done = notices(site, "check", "--built", "--settings", file, "--only", "fragment-missing")
    assert done.returncode == 1
    assert done.stdout.startswith("output/sv/index.html:")
    done = notices(site, "check", "--built", "--settings", file, "--path", "output/en")
    assert done.returncode == 0, done.stdout
