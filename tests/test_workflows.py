# SPDX-License-Identifier: AGPL-3.0-or-later
"""CI's files are valid and safe, and their commands work as they stand there.

So do those of docs/publishing.md. Installing packages is left out: the programs are stand-ins that
do nothing, and ``pip`` is not run, since the tests' own .venv has what it would install.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from notices import speller
from notices.settings import ROOT
from tests.hosting import Host, Reply, serving
from tests.programs import needed
from tests.projects import committed, copied, git, shell
from tests.test_verify import certificate as certificate

GITHUB = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
GUIDE = ROOT / "docs" / "publishing.md"


INSTALLS = re.compile(r"\.venv/bin/python -m pip install --require-hashes -r (\S+)")


# The files


@pytest.mark.parametrize(
    ("schema", "files", "more"),
    [
        ("vendor.github-workflows", GITHUB, ()),
        ("vendor.gitlab-ci", [GITLAB], ("--data-transform", "gitlab-ci")),
    ],
)
def test_the_files_have_the_form_that_ci_reads(
    schema: str, files: list[Path], more: tuple[str, ...]
) -> None:
    """By the schemas that check-jsonschema keeps, without the network."""
    program = Path(sys.executable).with_name("check-jsonschema")
    command = [str(word) for word in (program, "--builtin-schema", schema, *more, *files)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    """Audit the workflows of a folder, without the network."""
    program = Path(sys.executable).with_name("zizmor")
    words = ["--offline", "--no-progress", "--no-config", "--format", "plain"]
    return subprocess.run([program, *words, folder], capture_output=True, text=True)


def test_the_workflows_are_safe(tmp_path: Path) -> None:
    """The linter finds nothing in them, and something in one that keeps the token on disk."""
    done = zizmor(ROOT / ".github" / "workflows")
    assert done.returncode == 0, done.stdout
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    careless = (ROOT / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8")
    file = tmp_path / ".github" / "workflows" / "site.yml"
    file.write_text(
        re.sub(r"with:\n\s+persist-credentials: false\n", "", careless),
        encoding="utf-8",
    )
    assert zizmor(tmp_path).returncode != 0


def test_actions_are_pinned_by_commit() -> None:
    """A tag can be moved; the version stands beside the commit, for people."""
    pinned = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    uses = [
        line.partition("uses:")[2].strip()
        for file in GITHUB
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(?:- )?uses:", line)
    ]
    assert uses
    for one in uses:
        assert pinned.fullmatch(one), one
    versions = {one.partition("@")[0]: one for one in uses}
    assert set(uses) == set(versions.values()), "one action, one version"


def test_every_job_has_few_rights() -> None:
    """Nothing is allowed but what a job says; one writes, and only on the main branch."""
    for file in GITHUB:
        workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert workflow["permissions"] == {}
        assert workflow["concurrency"]["group"]
        for name, job in workflow["jobs"].items():
            writes = name == "publish"
            assert job["permissions"] == {"contents": "write" if writes else "read"}
            assert not writes or "default_branch && vars.DEST != ''" in job["if"]


def test_without_a_destination_nothing_is_published() -> None:
    """A fresh fork has no variables: its pipelines leave the job out."""
    jobs = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    for name in ("publish", "pages", "verify pages"):
        rules = jobs[name].get("rules") or jobs[jobs[name]["extends"]]["rules"]
        (rule,) = rules
        assert rule["if"].endswith(("&& $DEST", '&& $GITLAB_PAGES == "yes"'))


def test_only_commands_of_the_readme_are_run() -> None:
    """What CI does, a person can do; the rest is set-up."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    editing = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
    for script in scripts():
        for command in re.findall(r"^\./run (\w+)", script, re.MULTILINE):
            assert f"`./run {command}" in readme, command
        for found in INSTALLS.finditer(script):
            assert found[0] in editing
            assert (ROOT / found[1]).is_file()


def test_spelling_is_checked_wherever_the_content_is() -> None:
    """Each job that reads the content installs the dictionaries of the site's languages."""
    packages = {speller.package(lang) for lang in ("sv", "en")}
    for file in (*GITHUB, GITLAB):
        for name, job in jobs_of(file).items():
            said = "\n".join(scripts_of(job))
            if re.search(r"\./run (?:build|check|publish|test)\b", said):
                assert packages <= set(said.split()), (file, name)


def scripts(*jobs: str) -> list[str]:
    """Give what the jobs of these names run, or all of them, in order, the same script once."""
    found = (
        script
        for file in (*GITHUB, GITLAB)
        for name, job in jobs_of(file).items()
        if not jobs or name in jobs
        for script in scripts_of(job)
    )
    return list(dict.fromkeys(found))


def jobs_of(file: Path) -> Mapping[str, Any]:
    """Give the jobs of a file, by their names."""
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    if file != GITLAB:
        return dict(read["jobs"])
    begun = read["default"]["before_script"]
    return {
        name: {**job, "script": [*begun, *job["script"]]}
        for name, job in read.items()
        if isinstance(job, dict) and "script" in job
    }


def scripts_of(job: Mapping[str, Any]) -> list[str]:
    """Give what a job runs, step by step."""
    return [step["run"] for step in job.get("steps", ()) if "run" in step] or job["script"]


# Their commands


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a repository with the project's files as they are now, and stand-ins on the PATH.

    Its content is small, and links nowhere else, so that no host is asked.
    """
    folder = copied(tmp_path / "project")
    shutil.rmtree(folder / "content")
    for path, title in {"sv/user.md": "Dina uppgifter", "en/user.md": "Your data"}.items():
        (folder / "content" / path).parent.mkdir(parents=True)
        (folder / "content" / path).write_text(f"# {title}\n", encoding="utf-8")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, script in {
        "apt-get": "true",
        "getent": f"echo root:x:0:0::{tmp_path / 'home'}:/bin/sh",
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    (tmp_path / "home").mkdir()
    return committed(folder)


def run(project: Path, script: str, **variables: str) -> str:
    """Run a script as CI does, and give what it prints; it has to succeed."""
    environment = {
        "PATH": f"{project.parent / 'tools'}:{os.environ['PATH']}",
        "HOME": str(project.parent / "home"),
        **variables,
    }
    done = shell(project, script, environment)
    assert done.returncode == 0, f"{script}\n{done.stdout}"
    return done.stdout


def test_the_commands_of_a_change_work(project: Path) -> None:
    """Those of GitHub and of GitLab, but for the tests themselves."""
    for script in scripts("check", "build"):
        if "./run test" not in script:
            run(project, script)
    assert (project / "output" / "index.html").is_file()
    assert "the content was checked" in (project / "check.xml").read_text(encoding="utf-8")


def test_the_commands_of_each_week_work(project: Path) -> None:
    """They leave a report."""
    for script in scripts("links", "external links"):
        if not INSTALLS.search(script):
            run(project, script)
    assert (project / "links.xml").is_file()


@pytest.fixture
def public(tmp_path: Path, certificate: Path) -> Iterator[Host]:
    """Give a host whose web root is the current release of a folder, over TLS."""
    with serving(Host(tmp_path / "public" / "current"), certificate) as host:
        yield host


def to_public(project: Path, public: Host, certificate: Path) -> dict[str, str]:
    """Give the variables that CI has, or that somebody sets who follows the guide."""
    return {
        "DEST": str(public.folder.parent),
        "SITE_URL": public.address,
        "VERIFY_OPTIONS": "",
        "SSH_KEY": "",
        "SSH_KNOWN_HOSTS": "",
        "SSL_CERT_FILE": str(certificate),
        "CI_BUILDS_DIR": str(project.parent / "builds"),
        "CI_PAGES_URL": public.address,
    }


def test_the_commands_of_the_main_branch_work(
    project: Path, public: Host, certificate: Path
) -> None:
    """They publish into a folder, which a server serves, and find there what they published."""
    needed("curl")
    variables = to_public(project, public, certificate)
    for script in scripts("publish"):
        said = run(project, script, **variables)
        assert "verify" not in script or "no findings" in said
    (project / "release").rename(project.parent / "first")
    public.folder = project.parent / "first"
    for script in scripts("pages"):
        run(project, script, **variables)
    public.folder = project / "release"
    for script in scripts("verify pages"):
        run(project, script, **variables)


def test_gitlab_pages_is_compared_with_what_is_public(
    project: Path, public: Host, certificate: Path
) -> None:
    """A dropped address is refused; the first time, and for who has to sign in, there is none."""
    needed("curl")
    (script,) = (script for script in scripts("pages") if "--published" in script)
    variables = {**to_public(project, public, certificate), "TMPDIR": str(project.parent)}
    public.folder.mkdir(parents=True)
    (public.folder / "404.html").write_text("Nothing here", encoding="utf-8")
    assert "no release is public (status 404)" in run(project, script, **variables)
    public.change = lambda asked, reply: Reply(302, {"Location": "https://example.org/sign_in"})
    assert "no release is public (status 302)" in run(project, script, **variables)
    public.change = lambda asked, reply: Reply(503, {})
    with pytest.raises(AssertionError, match=r"status 503\. Start this job again"):
        run(project, script, **variables)
    public.change = lambda asked, reply: reply
    promised: dict[str, list[str]] = {"sv/user/": [], "sv/old/": []}
    record = json.dumps({"addresses": promised})
    (public.folder / "build.json").write_text(record, encoding="utf-8")
    with pytest.raises(AssertionError, match="address-dropped: /sv/old/ was published"):
        run(project, script, **variables)
    (project / "content" / "aliases.toml").write_text('[addresses]\n"/sv/old/" = "/sv/user/"\n')
    assert "address-dropped" not in run(project, script, **variables)


def test_tests_may_mount_where_they_run() -> None:
    """Or those that do would be skipped without a word."""
    container = jobs_of(GITHUB[-1])["check"]["container"]
    assert "--cap-add SYS_ADMIN" in container["options"]
    assert "--security-opt apparmor=unconfined" in container["options"]


def test_ssh_is_told_the_key_and_the_server(project: Path) -> None:
    """Both scripts leave a key that only its owner reads, and the server's own key."""
    keygen = needed("ssh-keygen")
    key = project.parent / "key"
    subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    told = [script for script in scripts("publish") if "SSH_KEY" in script]
    assert len(told) == 2
    for script in told:
        ssh = project.parent / "home" / ".ssh"
        shutil.rmtree(ssh, ignore_errors=True)
        run(project, script, SSH_KEY="", SSH_KNOWN_HOSTS="")
        assert not ssh.exists()
        run(project, script, SSH_KEY=key.read_text().rstrip(), SSH_KNOWN_HOSTS="example.org x y")
        own = ssh / "id_ed25519"
        assert stat.S_IMODE(own.stat().st_mode) == 0o600
        public_key = subprocess.run([keygen, "-y", "-f", own], capture_output=True, text=True)
        assert public_key.stdout.split()[:2] == key.with_suffix(".pub").read_text().split()[:2]
        assert (ssh / "known_hosts").read_text(encoding="utf-8") == "example.org x y\n"


def test_git_is_told_the_token(project: Path) -> None:
    """By the environment alone: nothing of it is on disk."""
    (step,) = (
        step
        for step in jobs_of(GITHUB[-1])["publish"]["steps"]
        if "GIT_TOKEN" in step.get("env", {})
    )
    first = yaml.safe_load(GITHUB[-1].read_text(encoding="utf-8"))["env"]
    said = run(
        project,
        "printf 'protocol=https\\nhost=example.org\\n\\n' | git credential fill",
        **{**first, **step["env"], "GIT_TOKEN": "secret"},
    )
    assert "username=x-access-token\npassword=secret\n" in said


# The guide


def commands_of_the_guide() -> list[str]:
    """Give the commands of docs/publishing.md that need nothing but this machine, in order."""
    text = GUIDE.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if "./run" in line]


def test_the_guide_has_commands_of_the_readme() -> None:
    """And names the variables as CI does."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = commands_of_the_guide()
    assert len(found) > 5
    for line in found:
        for command in re.findall(r"\./run (\w+)", line):
            assert f"`./run {command}" in readme, line
    for name in ("DEST", "SITE_URL", "VERIFY_OPTIONS", "SSH_KEY", "SSH_KNOWN_HOSTS", "GIT_TOKEN"):
        assert f"`{name}`" in GUIDE.read_text(encoding="utf-8")


def test_the_guide_can_be_followed(project: Path, public: Host, certificate: Path) -> None:
    """Its commands work in its order, with a folder as destination and a server at its address."""
    variables = to_public(project, public, certificate)
    for command in commands_of_the_guide():
        if "rollback" in command:  # it takes two releases
            page = project / "content" / "sv" / "user.md"
            page.write_text("# Dina uppgifter\n\nDe är dina.\n", encoding="utf-8")
            git(project, "commit", "--quiet", "--all", "--message=More")
            run(project, './run publish "$DEST"', **variables)
        run(project, command, **variables)


def test_the_guide_can_be_followed_to_a_branch(project: Path, certificate: Path) -> None:
    """A pages branch of a repository, whose files a server serves."""
    remote, pages = project.parent / "remote.git", project.parent / "pages"
    git(project.parent, "init", "--quiet", "--bare", str(remote))
    git(project, "remote", "add", "origin", str(remote))
    with serving(Host(pages), certificate) as host:
        variables = to_public(project, host, certificate) | {"DEST": "git:origin#gh-pages"}
        run(project, './run publish "$DEST"', **variables)
        git(project.parent, "clone", "--quiet", "--branch=gh-pages", str(remote), str(pages))
        run(project, './run verify "$SITE_URL" --allow-missing-headers', **variables)
