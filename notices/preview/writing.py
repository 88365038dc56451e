# SPDX-License-Identifier: AGPL-3.0-or-later
"""The templates of the editor's desk, which are no theme: English, and the same for every site."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup, escape

from notices import addresses, policy
from notices.filenames import ICON
from notices.preview.listing import Entry, counted
from notices.report import seen

_QUOTED: Final = re.compile(r"(?<!\w)'(?=\S)(.+?)(?<=\S)'(?!\w)")


@functools.cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "counted": counted,
        "fact": fact,
        "fragment": addresses.fragment,
        "seen": seen,
        "seen_lines": lambda text: [seen(line) for line in text.split("\n")],
    }
    made.globals["icon"] = ICON
    made.globals["policy"] = Markup(policy.for_preview(()))  # noqa: S704  (ours)
    return made


def rendered(name: str, **values: Any) -> str:
    """Render a page of the desk's own."""
    return _environment().get_template(name).render(**values)


def part(name: str, macro: str, *values: Any) -> str:
    """Render a macro of a template."""
    return str(getattr(_environment().get_template(name).module, macro)(*values))


def escaped(text: str) -> str:
    """Write a text as it stands in a page."""
    return str(escape(text))


def fact(entry: Entry) -> Markup:
    """Write what a finding says, with the language of what it quotes where that is known.

    A finding is English and read from the left. What it quotes may be neither.
    """
    written = Markup()
    for number, text in enumerate(_QUOTED.split(seen(entry.finding.message))):
        lang = entry.spoken.get(text, entry.spoken.get("", ""))
        attribute = Markup(' lang="{}"').format(lang) if lang else ""
        is_quoted = number % 2
        written += Markup("'<bdi{}>{}</bdi>'").format(attribute, text) if is_quoted else text
    return written
