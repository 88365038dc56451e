# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a document tells its reader to do, step by step, and somebody who does it to the letter.

A document shows

- what is typed, in a block marked ``sh``, line by line;
- what these lines print, in a block marked ``text`` that follows: each of its lines, of which ``…``
  may leave out something; numbers of lines and dates may be others. A line that is an error, or
  git's conflict, says that the last command fails;
- a whole file, in any other block below ``In `path`:`` (or at the end of a sentence);
- an edit, as ``In `path`, change `this` to `that```, ``In `path`, remove the line `this```.

Other code spans that begin with ``./run`` name a command; it has to exist, with its options.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

from bs4 import BeautifulSoup

from notices.cli import commands
from tests.projects import WHO, set_up, shell

_STEP: Final = re.compile(
    r"(?:\bIn\s`(?P<path>[^`\n]+)`:\n\n?)?"
    r"^(?P<indent>[ ]*)(?P<fence>`{3,})(?P<kind>\w*)\n(?P<body>.*?)^(?P=indent)(?P=fence)$"
    r"|\b[Ii]n\s+`(?P<edited>[^`\n]+)`,\s+(?:"
    r"change\s+`(?P<old>[^`]+)`\s+to\s+`(?P<new>[^`]+)`|remove\s+the\s+line\s+`(?P<gone>[^`]+)`)",
    re.MULTILINE | re.DOTALL,
)
_SPAN: Final = re.compile(r"`(\./run\s[^`]+)`")
_FAILS: Final = re.compile(r"^(?:[^\s:]+:\d+: [a-z-]+: |CONFLICT )", re.MULTILINE)
_MASKED: Final = re.compile(r"(?<=:)\d+|\b\d{4}-\d\d-\d\d\b")
CHORES: Final = frozenset({"test", "lint", "strings", "bench", "pictures", "audit", "fuzz"})


class Step(NamedTuple):
    """Something to do: to type a line, to see what it prints, to write a file, to change one."""

    kind: str
    what: str
    text: str = ""
    new: str = ""


def steps(document: str) -> Iterator[Step]:
    """Give the steps of a document in its order; blocks that are only looked at are none."""
    for found in _STEP.finditer(document):
        body = textwrap.dedent(found["body"] or "")
        if found["edited"]:
            old = found["gone"] or " ".join(found["old"].split())
            new = "" if found["gone"] else " ".join(found["new"].split())
            yield Step("remove" if found["gone"] else "change", found["edited"], old, new)
        elif found["kind"] == "sh":
            for line in body.splitlines():
                yield Step("type", line)
        elif found["kind"] == "text":
            yield Step("see", body)
        elif found["path"]:
            yield Step("write", found["path"], body)


def unknown_commands(document: str) -> list[str]:
    """Give what a document calls a command, or an option of one, and is none."""
    text = _STEP.sub(lambda step: step[0] if step["edited"] else "", document)
    typed = [step.what for step in steps(document) if step.kind == "type"]
    spans = [" ".join(span.split()) for span in _SPAN.findall(text)]
    return [one for one in (*typed, *spans) if "./run " in one and not _exists(one)]


def _exists(line: str) -> bool:
    name, *words = line.partition("./run ")[2].split()
    command = commands.commands.get(name)
    if command is None:
        return name in CHORES or name == "COMMAND"
    options = {option for one in command.params for option in one.opts}
    return all(word.partition("=")[0] in options for word in words if word.startswith("--"))


@dataclass
class Reader:
    """Somebody who follows a document, from a folder on.

    ``said`` is what the lines printed that were typed since anything else was done.
    """

    folder: Path
    home: Path
    variables: dict[str, str] = field(default_factory=dict)
    said: str = ""
    typed: list[str] = field(default_factory=list)

    def follow(self, document: str) -> None:
        """Do what a document tells, to the letter; AssertionError where it tells wrong."""
        told = list(steps(document))
        for place, step in enumerate(told):
            if step.kind == "type":
                if place and told[place - 1].kind != "type":
                    self.said = ""
                following = told[place + 1 :][:1]
                seen = "".join(one.what for one in following if one.kind == "see")
                self.type(step.what, fails=bool(_FAILS.search(seen)))
            elif step.kind == "see":
                for line in step.what.splitlines():
                    assert self._is_said(line), f"not printed: {line}\nbut:\n{self.said}"
            else:
                self.edit(step)

    def _is_said(self, line: str) -> bool:
        wanted = ".*".join(re.escape(part) for part in _masked(line).split("…"))
        return re.search(wanted, _masked(self.said), re.DOTALL) is not None

    def type(self, line: str, *, fails: bool = False) -> None:
        """Type a line, which fails only where that is told."""
        self.typed.append(line)
        environment = {"HOME": str(self.home), **WHO, **self.variables}
        if line.startswith("cd "):
            self.folder = self.folder / line.removeprefix("cd ")
            assert self.folder.is_dir(), line
        elif line.startswith("./run serve"):
            self.said += look_around(self.folder, line, environment)
        else:
            done = shell(self.folder, line, environment)
            self.said += done.stdout
            assert done.returncode == int(fails), f"{line}: {done.returncode}\n{done.stdout}"
            if line.startswith("git clone "):
                set_up(self.folder / line.split()[-1])

    def edit(self, step: Step) -> None:
        """Write or change a file, as an editor would."""
        file = self.folder / step.what
        if step.kind == "write":
            assert file.parent.is_dir(), f"there is no folder for {step.what}"
            file.write_text(step.text, encoding="utf-8")
            return
        before = file.read_text(encoding="utf-8")
        if step.kind == "remove":
            after = re.sub(rf"^{re.escape(step.text)}\n", "", before, flags=re.MULTILINE)
        else:
            after = before.replace(step.text, step.new)
        assert after != before, f"{step.what} does not say {step.text!r}"
        file.write_text(after, encoding="utf-8")


def _masked(text: str) -> str:
    """Put one sign for what differs from day to day, and one space for each stretch of them."""
    return " ".join(_MASKED.sub("#", text).split())


def look_around(folder: Path, line: str, environment: dict[str, str]) -> str:
    """Start the preview, follow every link from its first page, and end it by Ctrl-C."""
    started = subprocess.Popen(
        [*line.split(), "--port", "0"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert started.stdout
    try:
        said, address = "", None
        while not address:
            printed = started.stdout.readline()
            assert printed, said
            said += printed
            address = re.search(r"http://127\.0\.0\.1:\d+/", printed)
        assert crawled(address[0]) > 1, "a site has pages"
    finally:
        started.send_signal(signal.SIGINT)
        try:
            said += started.communicate(timeout=20)[0]
        except subprocess.TimeoutExpired:
            started.kill()
            raise
    assert started.returncode == 0, said
    return said


def crawled(address: str) -> int:
    """Get each page of a site that a link leads to, and give their number; each has to be there."""
    seen, left = set(), {address: address}
    while left:
        page, linking = left.popitem()
        if page in seen:
            continue
        seen.add(page)
        try:
            answer = urlopen(page, timeout=20)
        except HTTPError as error:
            raise AssertionError(f"{linking} links to {page}: {error}") from error
        with answer as reply:
            is_page = reply.headers.get_content_type() == "text/html"
            content = reply.read().decode() if is_page else ""
        for link in BeautifulSoup(content, "html.parser").select("a[href]"):
            target = urldefrag(urljoin(page, str(link["href"]))).url
            if urlsplit(target).netloc == urlsplit(address).netloc:
                left[target] = page
    return len(seen)
