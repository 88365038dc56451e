# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line as a person or a CI job meets it: words, exit codes, never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from notices import cli, settings
from tests.conftest import Site
from tests.test_checks import SOURCE, TRANSLATION

PAIR = {"sv/user.md": SOURCE, "en/user.md": TRANSLATION}


def notices(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the site's folder."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "notices", *words],
        cwd=site.folder,
        env={**os.environ, "PYTHONPATH": str(settings.ROOT)},
        capture_output=True,
        text=True,
        errors="replace",
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


CONTENT = ("--content", "content", "--source-language", "sv")


def test_help_lists_every_command_with_a_line(site: Site) -> None:
    """Without words the group's help is shown."""
    done = notices(site, "--help")
    assert done.returncode == 0
    for command in ("build", "check", "serve", "language"):
        assert f"\n  {command} " in done.stdout


@pytest.mark.parametrize("command", ["build", "check", "serve", "language"])
def test_help_of_a_command_runs_nothing(site: Site, command: str) -> None:
    """--help explains, and does nothing else."""
    done = notices(site, command, "--help")
    assert done.returncode == 0
    assert "Usage: ./run" in done.stdout
    assert list(site.folder.iterdir()) == [site.content]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("biuld",), "No such command 'biuld'"),
        (("build", "--colour"), "No such option"),
        (("build", "--content", "none"), "there is no folder none"),
        (("build", "--content", "content"), "holds no languages"),
        (("check", "--format", "xml"), "Invalid value for '--format'"),
        (("build", *CONTENT, "--site-url", "example.org"), "is not the address of a site"),
        (("build", *CONTENT, "--output", "content"), "holds the content"),
        (("check", "--settings", "none.py"), "does not exist"),
        (("check", *CONTENT, "--only", "raw-htlm"), "--only: no finding has the code 'raw-htlm'"),
        (("check", *CONTENT, "--path", "content/sv/usr.md"), "did you mean content/sv/user.md?"),
        (("check", *CONTENT, "--path", str(settings.ROOT / "docs")), "lies neither in the content"),
        (("serve", "--port", "99999"), "--port"),
        (("language",), "Missing argument 'TAG'"),
        (("language", "finnish", *CONTENT), "is no language tag"),
    ],
)
def test_wrong_use_exits_with_two(site: Site, words: tuple[str, ...], said: str) -> None:
    """What is wrong is said on standard error."""
    if words[1:5] == CONTENT:
        site.write(PAIR)
    done = notices(site, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_check_prints_findings_as_text(site: Site) -> None:
    """Place, code, fact and repair on standard output; the count on standard error; exit 1."""
    site.write(PAIR).review()
    site.write({"en/user.md": TRANSLATION.replace("\n## Rights {#rights}\n\nText.\n", "")})
    done = notices(site, "check", *CONTENT)
    assert done.returncode == 1
    assert done.stdout == (
        "content/en/user.md:9: section-missing: 'rights' is in sv (content/sv/user.md:13) "
        "and not here.\n"
        "    Fix: translate the section, under a heading ending in {#rights}, "
        "behind the section 'when'.\n"
    )
    assert done.stderr == "content: 1 error.\n"


def test_check_prints_findings_as_json(site: Site) -> None:
    """A list of objects, alone on standard output."""
    site.write({"sv/user.md": "# T\n\n## Å\n\n<b>\n"})
    done = notices(site, "check", "--format", "json", *CONTENT)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert [list(finding) for finding in found] == [
        ["code", "severity", "path", "line", "column", "message", "fix", "url"]
    ] * 2
    assert [(finding["code"], finding["severity"], finding["line"]) for finding in found] == [
        ("heading-without-id", "warning", 3),
        ("raw-html", "error", 5),
    ]


def test_a_clean_folder(site: Site) -> None:
    """Exit 0; an empty list as JSON, nothing as text; warnings do not fail."""
    site.write(PAIR).review()
    done = notices(site, "check", *CONTENT)
    assert (done.returncode, done.stdout) == (0, "")
    done = notices(site, "check", "--format", "json", *CONTENT)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    site.write({"sv/user.md": "# T\n\n## A\n", "en/user.md": "# T\n\n## A\n"}).review()
    assert notices(site, "check", *CONTENT).returncode == 0


def test_paths_are_the_callers(site: Site) -> None:
    """Findings name files as the person at the keyboard would type them."""
    site.write({"sv/user.md": "# T\n\n<b>\n"})
    (site.folder / "deep").mkdir()
    site.folder = site.folder / "deep"
    done = notices(site, "check", "--content", "../content")
    assert done.stdout.startswith("../content/sv/user.md:3: raw-html:")


FAULTS = {
    "sv/user.md": "# T\n\n## A\n\n<b>\n",
    "sv/other.md": "# T\n\n<b>\n",
}
"""Raw HTML in two files, and in one of them a heading without id, which is a warning."""


@pytest.mark.parametrize(
    ("words", "code", "lines", "counted"),
    [
        ((), 1, ["sv/other.md:3", "sv/user.md:3", "sv/user.md:5"], "2 errors, 1 warning."),
        (("--only", "heading-without-id"), 0, ["sv/user.md:3"], "1 warning; 2 more left out."),
        (
            ("--only", "raw-html", "--only", "heading-without-id", "--path", "content/sv/user.md"),
            1,
            ["sv/user.md:3", "sv/user.md:5"],
            "1 error, 1 warning; 1 more left out.",
        ),
        (("--path", "content/sv/other.md"), 1, ["sv/other.md:3"], "1 error; 2 more left out."),
        (("--only", "title-missing"), 0, [], "no findings; 3 more left out."),
    ],
)
def test_check_shows_what_is_asked_for(
    site: Site, words: tuple[str, ...], code: int, lines: list[str], counted: str
) -> None:
    """Codes and paths choose findings; the exit code is theirs, and the rest is not passed over."""
    site.write(FAULTS)
    done = notices(site, "check", *CONTENT, *words)
    shown = [line.split(": ")[0] for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert shown == [f"content/{line}" for line in lines]
    assert (done.returncode, done.stderr) == (code, f"content: {counted}\n")


def test_paths_are_typed_from_where_one_stands(site: Site) -> None:
    """In another folder the same file has another path."""
    site.write(FAULTS)
    site.folder = site.content / "sv"
    done = notices(site, "check", "--content", "..", "--path", "other.md")
    assert done.stdout.startswith("../sv/other.md:3: raw-html")
    assert done.stderr == "..: 1 error; 2 more left out.\n"


def test_build_tells_what_it_built(site: Site) -> None:
    """One line for each language, a closing line, exit 0; with findings exit 1."""
    site.write(PAIR).review()
    words = ("build", *CONTENT, "--output", "out", "--site-url", "https://a.example/p/")
    done = notices(site, *words)
    assert done.returncode == 0
    assert done.stdout.splitlines()[:2] == ["sv: Svenska, 2 pages", "en: English, 2 pages"]
    assert (site.folder / "out" / "sitemap.xml").exists()
    site.write({"en/user.md": "<b>"})
    done = notices(site, *words)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("Nothing was built: ")
    assert notices(site, *words, "--lenient").returncode == 1


def conf(site: Site, text: str) -> str:
    """Write a settings file that changes one thing of the project's own."""
    file = site.folder / "conf.py"
    root = str(settings.ROOT)
    file.write_text(
        f"import sys\nsys.path.insert(0, {root!r})\nfrom pelicanconf import *\n"
        f"PATH, THEME = 'content', {root + '/theme'!r}\n{text}\n",
        encoding="utf-8",
    )
    return str(file)


def test_a_site_chooses_severities(site: Site) -> None:
    """For the site that the settings describe, and for any folder that they are named for."""
    site.write({"sv/user.md": "# T\n\n## A\n"})
    file = conf(site, 'NOTICES_SEVERITIES = {"heading-without-id": "error"}')
    assert notices(site, "check", "--settings", file).returncode == 1
    assert notices(site, "check", "--settings", file, "--content", "content").returncode == 1
    shutil.copytree(site.content, site.folder / "other")
    assert notices(site, "check", "--settings", file, "--content", "other").returncode == 1
    assert notices(site, "check", "--content", "other").returncode == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'NOTICES_SEVERITIES = {"heading-wihout-id": "error"}',
            "did you mean 'heading-without-id'",
        ),
        ('NOTICES_SEVERITIES = {"raw-html": "fatal"}', '"error" or "warning"'),
        ("NOTICES_SOURCE_LANGAGE = 'sv'", "did you mean NOTICES_SOURCE_LANGUAGE?"),
        ("SITEURL = 'example.org'", "conf.py: SITEURL: 'example.org' is not the address"),
        ("THEME = 'none'", "is no theme"),
        ("1 / 0", "conf.py:5: ZeroDivisionError"),
        ("PATH = ", "conf.py:5: SyntaxError"),
    ],
)
def test_settings_that_make_no_sense(site: Site, text: str, said: str) -> None:
    """The file, what is wrong with it, and what was probably meant; exit 2."""
    site.write({"sv/user.md": "# T\n"})
    done = notices(site, "check", "--settings", conf(site, text))
    assert done.returncode == 2
    assert said in done.stderr


def test_settings_that_are_no_file(site: Site) -> None:
    """A pipe is not waited for, and a folder is no package of Python; exit 2."""
    site.write({"sv/user.md": "# T\n"})
    os.mkfifo(site.folder / "pipe.py")
    (site.folder / "folder.py").mkdir()
    for name in ("pipe.py", "folder.py"):
        done = notices(site, "check", "--settings", name)
        assert done.returncode == 2
        assert done.stderr.endswith("\n") and "Traceback" not in done.stderr
        with pytest.raises(settings.SettingsError, match="no ordinary file"):
            settings.from_file(site.folder / name)


# ./run


def test_run_is_valid_shell() -> None:
    """The door itself."""
    subprocess.run(["bash", "-n", str(settings.ROOT / "run")], check=True)


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Go through the door."""
    done = subprocess.run(
        [str(settings.ROOT / "run"), *words], cwd=cwd, capture_output=True, text=True
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def test_run_alone_lists_everything(site: Site) -> None:
    """Commands and chores, a line each."""
    done = run(cwd=site.folder)
    assert done.returncode == 0
    for word in ("build", "check", "serve", "language", "test", "lint", "strings", "bench"):
        assert f"\n  {word} " in done.stdout


@pytest.mark.parametrize("words", [("test", "--help"), ("lint", "-h"), ("bench", "--help")])
def test_help_of_a_chore_runs_nothing(site: Site, words: tuple[str, ...]) -> None:
    """Invoke is told to help, whatever stands before."""
    done = run(*words, cwd=site.folder)
    assert done.returncode == 0
    assert "Usage" in done.stdout
    assert "passed" not in done.stdout


def test_run_takes_the_callers_paths(site: Site) -> None:
    """A content folder is named from where the caller stands; a link to the door works too."""
    site.write({"sv/user.md": "# T\n\n<b>\n", "markdown.py": "raise SystemExit(9)\n"})
    (site.folder / "door").symlink_to(settings.ROOT / "run")
    done = subprocess.run(
        ["./door", "check", "--content", "content"],
        cwd=site.folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "content/sv/user.md:3: raw-html" in done.stdout


def test_settings_are_read_anew(site: Site) -> None:
    """A file that the settings import is not remembered from the last time."""
    base, conf_file = site.folder / "baseconf.py", site.folder / "conf.py"
    base.write_text("SITEURL = 'https://a.example'\n", encoding="utf-8")
    conf_file.write_text(
        f"import sys\nsys.path.insert(0, {str(site.folder)!r})\nfrom baseconf import *\n"
        f"THEME = {str(settings.ROOT / 'theme')!r}\n",
        encoding="utf-8",
    )
    path = list(sys.path)
    assert settings.from_file(conf_file).site_url == "https://a.example"
    base.write_text("SITEURL = 'https://other.example'\n", encoding="utf-8")
    assert settings.from_file(conf_file).site_url == "https://other.example"
    assert sys.path == path


@pytest.mark.parametrize("words", [["build"], ["strings"]])
def test_invoke_works_without_the_door(site: Site, words: list[str]) -> None:
    """Pelican users start tasks.py themselves."""
    invoke = Path(sys.executable).with_name("invoke")
    done = subprocess.run(
        [str(invoke), "--search-root", str(settings.ROOT), "--help", *words],
        cwd=site.folder,
        capture_output=True,
        text=True,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
    )
    assert done.returncode == 0
    assert "Usage" in done.stdout


# Odd files and terminals


def test_a_link_to_itself_is_a_finding(site: Site) -> None:
    """And no reason to end."""
    site.write(PAIR)
    (site.content / "en" / "loop.md").symlink_to("loop.md")
    done = notices(site, "check", *CONTENT)
    assert "content/en/loop.md:1: file-unexpected: " in done.stdout
    done = notices(site, "check", "--path", "content/en/loop.md", *CONTENT)
    assert done.returncode == 1


def test_a_monstrous_number_is_a_finding(site: Site) -> None:
    """In any file of entries."""
    site.write(PAIR).write({"waivers.toml": f"x = {'9' * 5000}\n"})
    done = notices(site, "check", *CONTENT)
    assert "content/waivers.toml:2: waiver-malformed: is not valid TOML" in done.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_whatever_a_file_is_called_can_be_printed(
    site: Site, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On any terminal."""
    site.write(PAIR).write({"sv/jp.md": "# 日本\n\n## 日本 {#日本}\n", "en/jp.md": "# J\n"})
    (site.content / "en" / os.fsdecode(b"\xe5.md")).write_text("# T\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    for command in (("check",), ("status",), ("diff", "en"), ("build",)):
        done = notices(site, *command, *CONTENT)
        assert "should not happen" not in done.stderr
        assert done.returncode in (0, 1)
    done = notices(site, "status", "--format", "json", *CONTENT)
    assert any(one["section"] == "日本" for one in json.loads(done.stdout)["sections"])


@pytest.mark.parametrize("epoch", ["253402300800", "²", "yesterday"])
def test_a_day_that_is_none(site: Site, epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named, with what it should be."""
    site.write(PAIR)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    done = notices(site, "check", *CONTENT)
    assert done.returncode == 2
    assert done.stderr.startswith(f"SOURCE_DATE_EPOCH: '{epoch}' is no number of seconds")


def test_no_terminal_obeys_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a host or a file said may be in it; lines stay lines."""

    def fail(**_: object) -> None:
        raise settings.SettingsError("it says:\n\x1b]0;owned\x07")

    monkeypatch.setattr(cli, "commands", fail)
    monkeypatch.setattr(cli, "_stop_in_order", lambda: None)
    with pytest.raises(SystemExit, match="2"):
        cli.main()
    assert capsys.readouterr().err == "it says:\n\\x1b]0;owned\\x07\n"
