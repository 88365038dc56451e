# SPDX-License-Identifier: AGPL-3.0-or-later
"""Let atheris look for inputs that do harm: ``python -m tests.fuzz [SECONDS] [TARGET …]``.

Each target has its share of the seconds, in a process of its own. An input that does harm is kept
in ``fuzz-findings/`` (and is to become a file of ``tests/fuzz/corpus/``, once it does none); what
led to new code in ``.fuzz/``, from where the next run goes on. ``--runs=N`` runs all targets in one
process, a fixed number of times: what the tests do.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import atheris

HERE: Final = Path(__file__).parent
CORPUS: Final = HERE / "corpus"
_SLOWEST_SECONDS: Final = 20
_MOST_MB: Final = 2048
_LONGEST: Final = 20_000


def main(words: list[str]) -> int:
    """Run each target for its share of the time; 1 if any did harm."""
    from tests.fuzz.targets import TARGETS

    seconds = int(words[0]) if words else 300
    chosen = words[1:] or list(TARGETS)
    harmed = []
    for target in chosen:
        share = max(1, seconds // len(chosen))
        print(f"{target}: {share} s", flush=True)
        command = [
            sys.executable,
            "-P",
            "-m",
            "tests.fuzz",
            f"--target={target}",
            f"--time={share}",
        ]
        if subprocess.run(command, check=False).returncode:
            harmed.append(target)
    print(f"Harm done by: {', '.join(harmed)}; see fuzz-findings/." if harmed else "No harm done.")
    return bool(harmed)


def _look(target: str, limits: list[str]) -> None:
    """Look for inputs to one target, or to the one that an input's first line names."""
    with atheris.instrument_imports(include=["notices", "markdown"]):
        from tests.fuzz.targets import TARGETS, Place

    place = Place(Path(tempfile.mkdtemp(prefix="fuzz-")))

    def attempt(data: bytes) -> None:
        name, _, rest = data.partition(b"\n") if not target else (target.encode(), b"", data)
        if name.decode("latin-1") in TARGETS:
            place.attempt(name.decode("latin-1"), rest)

    kept = Path(".fuzz") / (target or "all")
    found = Path("fuzz-findings")
    for folder in (kept, found):
        folder.mkdir(parents=True, exist_ok=True)
    options = [
        f"-timeout={_SLOWEST_SECONDS}",
        f"-rss_limit_mb={_MOST_MB}",
        f"-max_len={_LONGEST}",
        f"-dict={HERE / 'tokens.dict'}",
        f"-artifact_prefix={found}/{target or 'all'}-",
        *limits,
    ]
    saved = CORPUS / target if target else CORPUS / "all"
    atheris.Setup([sys.argv[0], *options, str(kept), str(saved)], attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    given = dict(word[2:].partition("=")[::2] for word in sys.argv[1:] if word.startswith("--"))
    if "target" in given:
        _look(given["target"], [f"-max_total_time={given['time']}"])
    elif "runs" in given:
        _look("", [f"-runs={given['runs']}", "-seed=1"])
    else:
        sys.exit(main(sys.argv[1:]))
