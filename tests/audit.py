# SPDX-License-Identifier: AGPL-3.0-or-later
"""Has a package that we pin a known vulnerability? ``./run audit``, by pip-audit (PyPA).

pip-audit ends with 0 where it could look nothing up, too: a mirror of the registry need not know of
vulnerabilities. So its answers are counted here. Exit 0: all were looked up, and nothing is known;
1: something is; 2: not all could be looked up, which no green run may hide.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any, Final

from notices.settings import ROOT

LOCK_FILES: Final = ("requirements.txt", "requirements-dev.txt", "requirements-external.txt")


def asked(lock_file: str) -> tuple[list[dict[str, Any]], str]:
    """Give what pip-audit says of each package of a lock file; nothing, and why, if it fails."""
    command = [sys.executable, "-P", "-m", "pip_audit", "--progress-spinner", "off"]
    command += ["--disable-pip", "--require-hashes", "--format", "json", "-r", lock_file]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)["dependencies"], ""
    except (ValueError, KeyError):
        return [], (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]


def judged(packages: Sequence[dict[str, Any]], complaint: str) -> tuple[list[str], int]:
    """Turn what pip-audit said into lines to print, and the exit code."""
    found = {
        f"{package['name']} {package['version']}: {one['id']}, mended in "
        f"{', '.join(one['fix_versions']) or 'no version yet'}: "
        f"{' '.join(one.get('description', '').split())[:200]}"
        for package in packages
        for one in package.get("vulns", ())
    }
    unknown = {package["name"] for package in packages if "skip_reason" in package}
    audited = {package["name"] for package in packages} - unknown
    lines = [*sorted(found), f"{len(audited)} packages looked up, {len(found)} vulnerabilities."]
    if complaint:
        lines.append(f"The audit could not be made, so nobody knows: {complaint}")
    if unknown:
        lines.append(
            f"{len(unknown)} packages could not be looked up, so nobody knows of them: the "
            "registry that is set up here has no such data. Start ./run audit where the network "
            "reaches the public one."
        )
    return lines, 1 if found else 2 if complaint or unknown else 0


def main() -> int:
    """Audit every lock file."""
    answers = [asked(lock_file) for lock_file in LOCK_FILES]
    packages = [package for of_file, _ in answers for package in of_file]
    lines, code = judged(packages, next((why for _, why in answers if why), ""))
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
