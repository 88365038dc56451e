# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tree promises: imports go one way, every finding is documented, nothing leaks."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from notices import codes, settings
from notices.checks import CHECKS

ROOT = settings.ROOT
PACKAGE = ROOT / "notices"

RANKS = (
    ("colours", "filenames", "git", "letters", "logo", "model", "parallel", "policy"),
    ("remembering", "snapshots"),
    ("spelling", "tokens"),
    ("codes",),
    ("filebytes", "settings"),
    ("textfiles",),
    ("languages", "anchors", "addresses", "brand", "folder"),
    ("draft_texts", "pofile"),
    ("interface", "source", "particulars", "prose", "terms", "untranslated"),
    ("glossary", "readability", "speller"),
    ("theme", "strings", "review", "waivers", "ignoring", "aliases", "wording"),
    ("catalog", "published"),
    ("hosting",),
    ("checks", "report", "selection"),
    ("render", "links"),
    ("delivery", "weight"),
    ("build", "finished", "verifying"),
    ("drafting", "preview", "hooks"),
    ("cli",),
    ("__main__",),
)
"""From the module that imports nothing of ours to the one that nothing imports."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def rank_of(module: str) -> int:
    """Give the rank of a module or package of ours."""
    return next(rank for rank, names in enumerate(RANKS) if module in names)


def imported(file: Path) -> set[str]:
    """Give the names that a module imports, in full."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_go_one_way(file: Path) -> None:
    """A module imports only modules of a lower rank, or its own package's."""
    own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own == "__init__":
        return
    for name in imported(file):
        parts = name.split(".")
        if parts[0] != "notices" or len(parts) < 2 or parts[1] == own:
            continue
        assert rank_of(parts[1]) < rank_of(own), f"{own} imports {name}"


def test_checks_never_import_each_other() -> None:
    """Each question has a module of its own; only the list knows them all."""
    for file in (PACKAGE / "checks").glob("*.py"):
        if file.name != "__init__.py":
            assert not any(name.startswith("notices.checks") for name in imported(file)), file
    assert len(CHECKS) == len(list((PACKAGE / "checks").glob("*.py"))) - 1


def test_rules_never_import_each_other() -> None:
    """Each question about finished pages has a module of its own, too."""
    for file in (PACKAGE / "links" / "rules").glob("*.py"):
        if file.name != "__init__.py":
            assert not any(name.startswith("notices.links.rules") for name in imported(file)), file


def test_one_module_imports_pelican() -> None:
    """hooks.py, and no other."""
    found = {
        file.name for file in MODULES if any(n.split(".")[0] == "pelican" for n in imported(file))
    }
    assert found == {"hooks.py"}


def emitted() -> set[str]:
    """Give the texts in the code that look like codes of findings and are known as such."""
    found = set()
    for file in MODULES:
        if file.name == "codes.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found & set(codes.SEVERITIES)


def test_every_code_is_used() -> None:
    """codes.py and the code know the same codes; tests/test_findings.py compares the docs."""
    assert emitted() == set(codes.SEVERITIES)


def test_every_setting_is_documented() -> None:
    """docs/architecture.md names each setting of ours, and pelicanconf.py's machinery."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    source = (PACKAGE / "settings" / "values.py").read_text(encoding="utf-8")
    for name in set(re.findall(r'"(NOTICES_[A-Z_]+)"', source)) - {"NOTICES_"}:
        assert f"`{name}`" in text, name


def test_no_notice_is_named_outside_content() -> None:
    """The package and the theme know no notice of the first site, nor its publisher."""
    words = re.compile(r"nwise|mymmx|anvandare|kopare|buyer", re.IGNORECASE)
    for folder in (PACKAGE, ROOT / "theme", ROOT / "translations"):
        for file in folder.rglob("*"):
            if file.is_file() and file.suffix in (".py", ".html", ".css", ".po", ".pot", ".txt"):
                for line in file.read_text(encoding="utf-8").splitlines():
                    assert not words.search(line), f"{file}: {line}"


def test_partials_are_short_and_compute_nothing() -> None:
    """Templates stay under 40 lines; CSS uses logical properties only."""
    for file in (ROOT / "theme" / "templates").rglob("*.html"):
        assert file.read_text(encoding="utf-8").count("\n") < 40, file
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|[\s;{](?:left|right|top|bottom|width|"
        r"height|min-width|max-width|min-height|max-height):|text-align: (?:left|right)"
    )
    for file in (ROOT / "theme" / "static" / "css").glob("*.css"):
        text = re.sub(r"@media[^{]*", "", file.read_text(encoding="utf-8"))
        assert not physical.search(text), (file, physical.search(text))


def test_every_source_file_says_its_licence() -> None:
    """SPDX identifiers, as REUSE asks for."""
    for file in [*MODULES, *ROOT.glob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        assert "SPDX-License-Identifier: AGPL-3.0-or-later" in file.read_text(encoding="utf-8")


def test_no_address_of_a_registry_is_in_the_lock_files() -> None:
    """Lock files hold names, versions and hashes, and nothing of the machine that made them."""
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-external.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index-url" not in text
        packages = re.findall(r"^[a-z0-9-]+==", text, re.M)
        assert len(packages) > 20
        assert text.count("--hash=sha256:") >= len(packages)


def test_the_tree_holds_no_path_of_a_machine() -> None:
    """No tracked text names a home folder or a workplace."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, tracked):
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        assert not re.search(r"/(?:home|root|Users)/\w|/work/" + "main", text), name
