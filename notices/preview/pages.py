# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands below ``/_preview/``: pages of the editor's desk, its style and its script."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Final, NamedTuple

import markdown
from markupsafe import Markup

from notices.preview import beside, listing, states, writing
from notices.preview.edition import Edition
from notices.report import explanations

ROOT: Final = "/_preview/"
_FILES: Final = {"desk.css": ".css", "desk.js": ".js"}
_EXTENSIONS: Final = ("fenced_code", "tables")
_OTHER_DOCUMENT: Final = re.compile(r'<a href="(?!#|https?:)[^"]*">(.*?)</a>', re.DOTALL)


class Answer(NamedTuple):
    """What is sent: the ending of a file of its kind, and its bytes."""

    kind: str
    content: bytes


def answer(path: str, edition: Edition | None, trouble: str, version: str) -> Answer | None:
    """Give what stands at a path; None where there is nothing."""
    name = path.removeprefix(ROOT)
    if name in _FILES:
        return Answer(_FILES[name], _read(name))
    if name.strip("/") == "findings":
        return Answer(".html", explained(version))
    if edition is None:
        return Answer(".html", alone(None, trouble, version))
    if not path.startswith(states.BESIDE):
        return None
    lang, _, notice = path.removeprefix(states.BESIDE).strip("/").partition("/")
    if not notice:
        written = language(edition, lang, version)
    else:
        written = beside.page(edition, trouble, version, lang, notice)
    return Answer(".html", written) if written else None


@functools.cache
def _read(name: str) -> bytes:
    return Path(__file__).with_name(name).read_bytes()


def alone(edition: Edition | None, trouble: str, version: str) -> bytes:
    """Write what is shown while there is no page to show, good or last good."""
    entries = listing.listed(edition) if edition else ()
    return writing.rendered(
        "alone.html", trouble=trouble, entries=entries, version=version
    ).encode()


def language(edition: Edition, lang: str, version: str) -> bytes | None:
    """List the notices of a site with their states in a language; None where there is no such."""
    catalog = edition.catalog
    if lang not in catalog.translations:
        return None
    notices = []
    for name, by_lang in catalog.notices.items():
        text = by_lang.get(catalog.source_language) or by_lang.get(lang)
        if text:
            title = listing.title_of(text, listing.TOP) or name
            notices.append((states.row(catalog, lang, name), title, text.lang))
    return writing.rendered(
        "language.html",
        language=catalog.languages[lang],
        source=catalog.languages[catalog.source_language],
        notices=notices,
        version=version,
    ).encode()


def explained(version: str) -> bytes:
    """Write what docs/findings.md says of each code."""
    return writing.rendered("explained.html", parts=_explanations(), version=version).encode()


@functools.cache
def _explanations() -> list[tuple[str, Markup]]:
    try:
        read = explanations.read()
    except OSError:
        return []
    return [(code, _shown(said.markdown)) for code, said in read.items()]


def _shown(written: str) -> Markup:
    """Give a text as HTML; of a link to a document that is not here, the words alone."""
    html = markdown.markdown(written, extensions=list(_EXTENSIONS))
    return Markup(_OTHER_DOCUMENT.sub(r"\1", html))  # noqa: S704  (ours)
