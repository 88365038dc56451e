# SPDX-License-Identifier: AGPL-3.0-or-later
"""One build: nothing bad out, nothing good lost, the same bytes each time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from notices import hooks, settings
from notices.build import Build
from notices.delivery import exchange, lock, staging
from notices.delivery.staging import OutputError
from notices.folder import NoContentError
from notices.settings import SettingsError
from tests.conftest import SITES, Site, matters
from tests.test_checks import SOURCE, TRANSLATION

PAIR = {"sv/user.md": SOURCE, "en/user.md": TRANSLATION}


@pytest.fixture
def built(site: Site) -> Site:
    """Give a pair of texts, built."""
    assert site.write(PAIR).build().is_done
    return site


def left_behind(site: Site) -> list[str]:
    """Give what stands beside the content and the output."""
    return sorted({entry.name for entry in site.folder.iterdir()} - {"content", "output"})


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("# Title\n", ""),
        ("## Rights {#rights}", "## Rights {#who}"),
        ("## Rights {#rights}\n", ""),
        ("Introduction.", "<script>alert(1)</script>"),
        ("Introduction.", "[x](javascript:alert(1))"),
        ("Introduction.", "[x](none.md)"),
        ("Introduction.", "[[nothing]]"),
        ("# Title", "---\nslug: a/b\n---\n# Title"),
        ("Introduction.", "\x00"),
    ],
)
def test_a_fault_leaves_the_old_site_as_it_was(built: Site, was: str, becomes: str) -> None:
    """Findings of severity error stop a build before anything is replaced."""
    before = built.files()
    built.write(
        {"en/user.md": TRANSLATION.replace(was, becomes, 1), "sv/user.md": SOURCE + "\nNytt.\n"}
    )
    work = built.build()
    assert not work.is_done
    assert work.findings
    assert built.files() == before
    assert left_behind(built) == []
    assert "stands as it was" in work.summary()[-1]


def test_old_pages_do_not_stay(built: Site) -> None:
    """A page whose source is gone is gone."""
    built.write({"sv/more.md": "# M\n", "en/more.md": "# M\n"}).build()
    assert "sv/more/index.html" in built.files()
    for lang in ("sv", "en"):
        (built.content / lang / "more.md").unlink()
    built.build()
    assert "sv/more/index.html" not in built.files()


def test_a_lenient_build_says_so(site: Site) -> None:
    """It builds in spite of errors, and carries a mark that no publisher accepts."""
    site.write({"sv/user.md": "# T\n\n[x](none.md) and <b>\n\n## A\n\n##### B\n"})
    work = site.build(lenient=True)
    assert work.is_done
    assert "cannot be published" in work.summary()[-1]
    assert json.loads(site.files()["build.json"])["lenient"] is True
    assert "x" in site.page("sv/user/index.html").text
    assert not site.page("sv/user/index.html").select('a[href*="none"]')


def test_the_summary_has_a_line_for_each_language(built: Site) -> None:
    """Languages, the largest page, then pages, findings and seconds."""
    lines = built.build().summary()
    assert lines[:2] == ["sv: Svenska, 2 pages", "en: English, 2 pages"]
    assert re.fullmatch(
        r"largest page: \S+\.html, [\d,]+ bytes with gzip, [\d,]+ with brotli", lines[2]
    )
    assert lines[3].startswith("7 pages in output, 1 warning, 0.")


def test_a_draft_is_not_built(built: Site) -> None:
    """A draft language leaves the published site as it is, byte for byte."""
    before = built.files()
    built.write({"fi/user.md": "# Luonnos\n\n<b>\n", "fi/language.toml": "draft = true\n"})
    assert matters(built.build().findings) == []
    assert built.files() == before


def test_two_hash_seeds_give_the_same_bytes(site: Site) -> None:
    """Nothing depends on the order of sets, the time zone, the locale or the umask."""
    site.write(PAIR)
    outputs = []
    for seed, zone, umask in (("1", "UTC", 0o022), ("2", "Pacific/Auckland", 0o077)):
        output = site.folder / f"output{seed}"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        environment["PYTHONPATH"] = str(settings.ROOT)
        words = [
            "build",
            "--content",
            "content",
            "--source-language",
            "sv",
            "--output",
            str(output),
        ]
        subprocess.run(
            [sys.executable, "-P", "-m", "notices", *words],
            env=environment,
            umask=umask,
            check=True,
            capture_output=True,
        )
        site.output = output
        outputs.append(site.files())
        modes = {file.stat().st_mode & 0o777 for file in output.rglob("*") if file.is_file()}
        folders = {folder.stat().st_mode & 0o777 for folder in [output, *output.rglob("*/")]}
        assert (modes, folders) == ({0o644}, {0o755})
    assert outputs[0] == outputs[1]


def test_what_is_on_disk_is_asserted(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that did not reach the disk stops the build."""
    write = staging.Staging.write

    def lose_one(self: staging.Staging, path: str, content: bytes) -> None:
        if path != "en/user/index.html":
            write(self, path, content)

    monkeypatch.setattr(staging.Staging, "write", lose_one)
    work = site.write(PAIR).build()
    assert [finding.code for finding in matters(work.findings)] == ["page-missing"]
    assert not work.is_done
    assert not site.output.exists()


def test_a_broken_template_is_a_finding(site: Site, tmp_path: Path) -> None:
    """A theme that fails leaves the old site, and names the template."""
    theme = tmp_path / "theme"
    (theme / "templates").mkdir(parents=True)
    for name in ("home", "notice", "index", "404"):
        (theme / "templates" / f"{name}.html").write_text("{{ unknown }}", encoding="utf-8")
    (theme / "static" / "css").mkdir(parents=True)
    for layer in ("tokens", "base", "notice", "print"):
        (theme / "static" / "css" / f"{layer}.css").touch()
    site.write(PAIR)
    made = site.settings
    work = hooks.build(replace(made, theme=theme))
    assert [finding.code for finding in matters(work.findings)] == ["template-failed"]
    assert "'unknown' is undefined" in matters(work.findings)[0].message


def test_pelicans_own_complaints_are_errors(site: Site, tmp_path: Path) -> None:
    """A warning of Pelican's stops the build, for nothing may be skipped in silence."""
    conf = tmp_path / "otherconf.py"
    conf.write_text(
        f"import sys\nsys.path.insert(0, {str(settings.ROOT)!r})\n"
        f"from pelicanconf import *\nTHEME = {str(settings.ROOT / 'theme')!r}\n"
        'PLUGINS = ["notices", "no_such_plugin"]\n',
        encoding="utf-8",
    )
    work = hooks.build(replace(site.write(PAIR).settings, file=conf))
    assert {finding.code for finding in matters(work.findings)} == {"pelican-complaint"}
    assert "no_such_plugin" in matters(work.findings)[0].message
    assert not work.is_done


# The output folder


def test_a_folder_with_other_files_is_refused(site: Site) -> None:
    """Somebody's work is never replaced by a site."""
    site.write(PAIR)
    site.output.mkdir()
    (site.output / "thesis.odt").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="did not make"):
        site.build()
    assert (site.output / "thesis.odt").exists()
    assert left_behind(site) == []


@pytest.mark.parametrize("where", ["content", "content/sv", ".", "..", "/", "~"])
def test_places_that_are_never_an_output(site: Site, where: str) -> None:
    """The content, whatever holds it, the file system's root and a home folder."""
    site.write(PAIR)
    site.output = Path(where).expanduser().absolute()
    with pytest.raises(OutputError):
        site.build()
    assert site.places() == []


def test_a_symbolic_link_is_refused(site: Site) -> None:
    """A link may lead anywhere."""
    site.write(PAIR)
    (site.folder / "elsewhere").mkdir()
    site.output.symlink_to("elsewhere")
    with pytest.raises(OutputError, match="symbolic link"):
        site.build()


def test_an_empty_folder_may_be_used(site: Site) -> None:
    """As `mkdir` leaves it."""
    site.output.mkdir()
    assert site.write(PAIR).build().is_done


def test_the_switch_works_without_an_atomic_exchange(
    built: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file system cannot exchange folders, two renames do it."""
    monkeypatch.setattr(exchange, "exchanged", lambda one, other: False)
    built.write({"sv/user.md": SOURCE.replace("Titel", "Ny titel")})
    assert built.build().is_done
    assert "Ny titel" in built.page("sv/user/index.html").text
    assert left_behind(built) == []


def test_a_run_killed_in_the_switch_is_mended_by_the_next(built: Site) -> None:
    """Between the two renames there is no output: the next run brings the old one back."""
    before = built.files()
    built.output.rename(built.folder / ".output.old")
    (built.folder / ".output.staging").mkdir()
    built.write({"en/user.md": "broken <b>"})
    assert not built.build().is_done
    assert built.files() == before
    assert left_behind(built) == []


def test_two_builds_at_once(built: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one says that another is writing, and harms nothing."""
    monkeypatch.setattr(lock, "_PATIENCE_SECONDS", 0.1)
    first = Build(built.settings)
    first.open()
    with pytest.raises(OutputError, match="another build"):
        built.build()
    first.close()
    assert built.build().is_done


def test_nothing_to_build(site: Site) -> None:
    """Without content there is no build, and nothing is left behind."""
    with pytest.raises(NoContentError):
        site.build()
    assert left_behind(site) == []


# Plain Pelican


def pelican(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `pelican` with the project's settings, as its users do."""
    return subprocess.run(
        [sys.executable, "-m", "pelican", str(site.content), "-o", str(site.output)]
        + ["-s", str(settings.DEFAULT_FILE), *words],
        cwd=site.folder,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("words", [(), ("-d",)])
def test_plain_pelican_builds_the_same_site(site: Site, words: tuple[str, ...]) -> None:
    """`pelican content` gives the bytes that `./run build` gives."""
    site.write(PAIR).build()
    ours = site.files()
    done = pelican(site, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert site.files() == ours
    assert "Traceback" not in done.stdout + done.stderr


def test_plain_pelican_has_the_same_safety(built: Site) -> None:
    """A fault gives its finding, exit code 1, and leaves the old site, even with -d."""
    before = built.files()
    built.write({"en/user.md": TRANSLATION + "\n<b>\n"})
    done = pelican(built, "-d")
    assert done.returncode == 1
    assert "content/en/user.md:17: raw-html:" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert built.files() == before
    assert left_behind(built) == []


def test_plain_pelican_refuses_the_same_folders(site: Site) -> None:
    """An output that holds other files is refused with exit code 2."""
    site.write(PAIR)
    site.output.mkdir()
    (site.output / "x").touch()
    done = pelican(site, "-d")
    assert done.returncode == 2
    assert "did not make" in done.stderr
    assert (site.output / "x").exists()


def test_a_plugin_that_cannot_start_stops_pelican(site: Site) -> None:
    """Pelican would log a failing plugin and build a site without it, with exit code 0."""
    site.write(PAIR)
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.modules['notices.hooks'] = None\n"
         "from pelican import main; main(sys.argv[1:])"]
        + [str(site.content), "-o", str(site.output), "-s", str(settings.DEFAULT_FILE)],
        cwd=site.folder, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(settings.ROOT)},
    )  # fmt: skip
    assert done.returncode != 0
    assert "The notices plugin could not start" in done.stderr
    assert not site.output.exists()


def test_the_sites_of_the_tests_have_no_findings_of_their_own(site: Site) -> None:
    """The sites under tests/sites build as they are."""
    for folder, lang in (("plain", "en"), ("arabic", "ar")):
        site.content, site.source_language = SITES / folder, lang
        assert site.build().is_done


def test_a_bad_slug_never_leads_out_of_the_site(site: Site) -> None:
    """Even a lenient build stays inside its folder."""
    site.write({"sv/user.md": "---\nslug: ../../../evil\n---\n\n# T\n"})
    assert site.build(lenient=True).is_done
    assert "sv/user/index.html" in site.files()
    assert not list(site.folder.parent.rglob("evil"))


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", ""])
def test_no_path_leads_out_of_the_staging_folder(site: Site, path: str) -> None:
    """The last wall, whatever stands before it."""
    site.write(PAIR)
    work = Build(site.settings)
    work.open()
    with pytest.raises(ValueError, match="leads out"):
        work.staging.write(path, b"")
    work.close()


def test_a_file_that_is_no_page_of_ours_is_not_published(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another plugin leaves in the folder has passed no check."""
    finish = Build.finish

    def leave_one(self: Build) -> None:
        (self.staging.folder / "stray.html").write_text("<script>", encoding="utf-8")
        finish(self)

    monkeypatch.setattr(Build, "finish", leave_one)
    work = site.write(PAIR).build()
    assert [(f.code, f.path) for f in matters(work.findings)] == [
        ("page-extra", "output/stray.html")
    ]
    assert not site.output.exists()


def test_settings_without_the_plugin_are_refused(site: Site) -> None:
    """Stock Pelican would write into the output."""
    conf = site.folder / "other.py"
    conf.write_text("PLUGINS = []\nTIMEZONE = 'UTC'\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="must name"):
        hooks.build(replace(site.write(PAIR).settings, file=conf))
    assert not site.output.exists()
