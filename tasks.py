# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chores of those who work on the code, for invoke: ``./run test`` starts the task ``test``.

``build``, ``serve`` and ``publish`` stand here too, since Pelican users look for them here.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))
PYTHON = f"{shlex.quote(sys.executable)} -P"
NOTICES = f"{PYTHON} -m notices"
TEST_PROGRAMS = {
    "chromium": "chromium",
    "openssl": "openssl",
    "nginx": "nginx-light libnginx-mod-http-brotli-static",
    "caddy": "caddy",
    "sshd": "openssh-server",
    "rsync": "rsync",
    "curl": "curl",
}
"""What the tests start besides Python, with Debian's packages for each."""
TEST_DICTIONARIES = ("sv", "en")
"""The languages whose words they look up."""


def _start(context: Context, command: str) -> None:
    """Run a command in the project's folder; a failure ends the chore with the same exit code."""
    with context.cd(ROOT):
        done = context.run(
            command,
            env={"PYTHONPATH": str(ROOT)},
            pty=sys.stdout.isatty(),
            warn=True,
            in_stream=False,
        )
    if done is None or not done.ok:
        raise Exit(code=done.exited if done else 2)


@task(help={"args": "further words for pytest, such as '-k links'"})
def test(context: Context, args: str = "") -> None:
    """Run all tests; the programs and dictionaries that they need are installed first."""
    from notices import speller

    places = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"
    missing = {
        name: packages
        for name, packages in TEST_PROGRAMS.items()
        if not shutil.which(name, path=places)
    }
    for lang in TEST_DICTIONARIES:
        if not speller.find(lang):
            missing[f"a dictionary for '{lang}'"] = speller.package(lang)
    if missing:
        packages = " ".join(missing.values())
        if os.geteuid() == 0 and shutil.which("apt-get"):
            install = f"apt-get install -y -qq {packages}"
            _start(context, f"(apt-get update -qq && DEBIAN_FRONTEND=noninteractive {install}) >&2")
        else:
            print(f"Tests that need {', '.join(missing)} are skipped: apt install {packages}")
    _start(context, f"{PYTHON} -m pytest -n auto --dist worksteal {args}")


@task
def lint(context: Context) -> None:
    """Check the code with Ruff and mypy."""
    _start(context, f"{PYTHON} -m ruff check . && {PYTHON} -m ruff format --check .")
    _start(context, f"{PYTHON} -m mypy")


@task(help={"content": "the content folder whose languages need catalogs, if not content/"})
def strings(context: Context, content: str = "") -> None:
    """Bring the interface catalogs in step with the templates."""
    from notices import settings
    from notices import strings as catalogs

    try:
        site = settings.for_site(settings.from_file(), content=Path(content) if content else None)
        for file in catalogs.update(site):
            print(f"updated {settings.shown(file)}")
    except (settings.SettingsError, OSError) as error:
        raise Exit(str(error), code=2) from error


@task
def bench(context: Context) -> None:
    """Measure this project beside stock Pelican on the same Markdown."""
    _start(context, f"{PYTHON} -m tests.bench")


@task(help={"args": "how many seconds (300), and which kinds of input (all)"})
def fuzz(context: Context, args: str = "300") -> None:
    """Let atheris look for harmful content, into fuzz-findings/."""
    _start(context, f"{PYTHON} -m tests.fuzz {args}")


@task
def pictures(context: Context) -> None:
    """Take a picture of every page in every mode, into pictures/."""
    _start(context, f"{PYTHON} -m tests.pictures")


@task
def audit(context: Context) -> None:
    """Ask whether a package that we pin has a known vulnerability."""
    _start(context, f"{PYTHON} -m tests.audit")


@task
def build(context: Context) -> None:
    """Build the site (./run build)."""
    _start(context, f"{NOTICES} build")


@task
def serve(context: Context) -> None:
    """Show the site in a browser (./run serve)."""
    _start(context, f"{NOTICES} serve")


@task(help={"dest": "a folder, user@host:/path, or git:REMOTE#BRANCH"})
def publish(context: Context, dest: str) -> None:
    """Bring the site to its readers (./run publish); its address comes from SITE_URL."""
    _start(context, f"{NOTICES} publish {shlex.quote(dest)}")
