# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each kind of file that somebody else writes, and the whole way from its bytes to the pages."""

from __future__ import annotations

import functools
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import jinja2

from notices import catalog, checks, report, settings
from notices.folder import NoContentError
from notices.render import Renderer
from notices.theme import ThemeError
from tests.fuzz import oracle

NOTICE: Final = """\
---
slug: users
effective: 2026-03-01
---

# Title of [[name]]

First words, to [[email]] and [others](other.md#b).

## A {#a}

!!! note "Look"

    A *note* with [a link](https://example.org) and `code`.

| a | b |
|---|---|
| 1 | 2 |

### B {#b}

- one
- two

*[GDPR]: General
"""
LETTER: Final = (
    "---\ntemplate: letter\n---\n\n# Letter\n\nTo [[name]]\n\n## Who {#who}\n\nName: ____\n"
)
FACTS: Final = """\
name = "Example Ltd"
email = "info@example.org"
telephone = "+46 18 12 34 56"
website = "https://example.org"
address = ["One Street 1", "12345 Town"]
motto = { en = "Words", sv = "Ord" }
"""
GLOSSARY: Final = '[controller]\nterm = "controller"\nexplanation = "Who decides."\n'
LOGO: Final = '<svg viewBox="0 0 9 9"><g id="a"><path d="M0 0h9" fill="url(#a)"/></g></svg>'
BRAND: Final = f"name = 'Mark'\nlogo = '''{LOGO}'''\n[light]\naccent = \"#0a4d50\"\n"
SOUND: Final[Mapping[str, str]] = {
    "sv/index.md": "# Start\n\n- [user](user.md)\n- [other](other.md)\n- [letter](letter.md)\n",
    "sv/user.md": NOTICE,
    "sv/other.md": "# Other\n\nThe controller decides.\n\n## B {#b}\n\nText.\n",
    "sv/letter.md": LETTER,
    "en/index.md": "# Start\n\n- [user](user.md)\n- [other](other.md)\n- [letter](letter.md)\n",
    "en/user.md": NOTICE,
    "en/other.md": "# Other\n\nThe controller decides.\n\n## B {#b}\n\nText.\n",
    "en/letter.md": LETTER,
    "organisation.toml": FACTS,
    "sv/glossary.toml": GLOSSARY,
    "en/glossary.toml": GLOSSARY,
    "brand.toml": BRAND,
    "files/plan.png": "\x89PNG",
}
PO: Final = "translations/sv/LC_MESSAGES/messages.po"


def _whole(data: bytes) -> bytes:
    return data


TARGETS: Final[Mapping[str, tuple[str, Callable[[bytes], bytes]]]] = {
    "markdown": ("sv/user.md", lambda data: b"# T\n\nx\n\n## A {#a}\n\n" + data),
    "notice": ("sv/user.md", _whole),
    "translation": ("en/user.md", _whole),
    "metadata": ("sv/user.md", lambda data: b"---\n" + data + b"\n---\n\n# T\n\n## A {#a}\n\nx\n"),
    "organisation": ("organisation.toml", _whole),
    "fact": ("organisation.toml", lambda data: b"email = '''" + data + b"'''\n"),
    "glossary": ("sv/glossary.toml", _whole),
    "language": ("sv/language.toml", _whole),
    "spelling": ("sv/words.txt", _whole),
    "brand": ("brand.toml", _whole),
    "logo": ("brand.toml", lambda data: b"logo = '''" + data + b"'''\n"),
    "colour": ("brand.toml", lambda data: b"[light]\naccent = '''" + data + b"'''\n"),
    "aliases": ("aliases.toml", _whole),
    "address": (
        "aliases.toml",
        lambda data: b"[addresses]\n'''" + data + b"''' = '/sv/user/#a'\n",
    ),
    "waivers": ("waivers.toml", _whole),
    "links": ("links.toml", _whole),
    "reviewed": ("en/reviewed.toml", _whole),
    "words": (PO, _whole),
    "word": (
        PO,
        lambda data: (
            b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
            b'msgid "Contents"\nmsgstr "' + data + b'"\n'
        ),
    ),
    "name": ("sv", _whole),
}
"""Each kind of input: the file that it is, and how it gets there."""


class Place:
    """A content folder with one file of each kind, and something private beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        shutil.copytree(settings.ROOT / "translations", folder / "translations")
        for path, text in SOUND.items():
            file = self.content / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        (folder / "private.md").write_bytes(b"# " + oracle.CANARY)
        (self.content / "sv" / "away.md").symlink_to(folder / "private.md")
        made = settings.for_site(
            settings.from_file(),
            content=self.content,
            source_language="sv",
            output=folder / "output",
            address=oracle.SITE,
        )
        self.settings = replace(made, translations=folder / "translations")
        _compile_templates_once()
        self.known = oracle.Known()
        self.known.learn(self.publish())
        for path in ("brand.toml", "organisation.toml", "sv/user.md"):
            with _Instead(self.content / path, b"# Title\n"):
                self.known.learn(self.publish())

    def publish(self) -> dict[str, bytes]:
        """Take the whole way, errors or not, as ``build --lenient`` does."""
        read = catalog.load(self.content, "content", self.settings.source_language, drafts=False)
        findings = checks.run(read, self.settings)
        for written in (report.text, *report.FOR_MACHINES.values()):
            written(findings).encode("utf-8", "backslashreplace")
        return dict(Renderer(read, self.settings).files())

    def attempt(self, target: str, data: bytes) -> None:
        """Publish a site in which one file holds these bytes; AssertionError for any harm."""
        path, wrapped = TARGETS[target]
        file = (self.folder if path == PO else self.content) / path
        if target == "name":
            name = re.sub(rb"[/\0]", b"", data)[:200] + b".md"
            file = file / os.fsdecode(name)
            if file.exists():
                return
        with _Instead(file, b"# T\n\nx\n" if target == "name" else wrapped(data)):
            try:
                files = self.publish()
            except (NoContentError, ThemeError):
                return
        oracle.check(files, self.known, any_style=path == "brand.toml")


class _Instead:
    """Puts other bytes into a file for a while."""

    def __init__(self, file: Path, content: bytes) -> None:
        self._file = file
        self._content = content
        self._before = file.read_bytes() if file.exists() else None

    def __enter__(self) -> None:
        self._file.write_bytes(self._content)

    def __exit__(self, *_: object) -> None:
        if self._before is None:
            self._file.unlink()
        else:
            self._file.write_bytes(self._before)


@functools.cache
def _compile_templates_once() -> None:
    """Keep what Jinja makes of each template, which takes more time than all the rest.

    Every environment of the theme is set up alike, so what one has compiled fits all.
    """
    compile_ = jinja2.Environment.compile
    compiled: dict[tuple[Any, ...], Any] = {}

    def once(self: jinja2.Environment, source: Any, *rest: Any, **named: Any) -> Any:
        key = (source, *rest, *named.items())
        if key not in compiled:
            compiled[key] = compile_(self, source, *rest, **named)
        return compiled[key]

    jinja2.Environment.compile = once  # type: ignore[method-assign]
