# SPDX-License-Identifier: AGPL-3.0-or-later
"""``organisation.toml``: what does the organisation state of itself, and in which language?"""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import Any, Final

from notices import languages
from notices.filebytes import exists
from notices.model import Fact, Finding, Organisation
from notices.textfiles import lines_of_keys, read_toml

_INVISIBLE: Final = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST: Final = 1_000
"""In characters; a notice may use a fact on every line."""
_WEBSITE: Final = r"https?://[^\s<>\"\[\]/?#:%]+(?::[0-9]{1,5})?(?:[/?#][^\s<>\"]*)?"
_LINKED: Final = {
    "website": (re.compile(_WEBSITE), "https://example.org"),
    "email": (re.compile(r"[^\s@<>\":?&]+@[^\s@<>\":?&]+"), "info@example.org"),
    "telephone": (re.compile(r"(?=(?:[^0-9]*[0-9]){3})\+?[0-9\s()/.\-]+"), "+46 18 12 34 56"),
}
"""The facts that the theme makes links of, with the form that each must have and an example."""


def read_organisation(file: Path, shown: str) -> tuple[Organisation, list[Finding]]:
    """Read ``organisation.toml``; an organisation without the file states no facts.

    A fact is a text, a list of lines, or a table: with one of these for each language, or with one
    as ``text`` that is the same for all, and the language that it is in as ``lang``.
    """
    if not exists(file):
        return Organisation(shown), []
    table, findings, text = read_toml(file, shown, "organisation-malformed")
    facts = {}
    places = lines_of_keys(text)
    for name, value in table.items():
        line = places.get(name, 1)
        by_language = value if isinstance(value, dict) else {"": value}
        spoken = ""
        if by_language.keys() == {"lang", "text"}:
            spoken, by_language = by_language["lang"], {"": by_language["text"]}
            if not isinstance(spoken, str) or not languages.is_language(spoken):
                findings.append(_no_language(shown, line, name, spoken))
                continue
        lines = {lang: _lines(entry) for lang, entry in by_language.items()}
        valid = all(lang == "" or languages.is_language(lang) for lang in lines)
        if valid and (empty := [lang for lang, entry in by_language.items() if _is_empty(entry)]):
            where = f" in '{empty[0]}'" if empty[0] else ""
            message = f"the fact '{name}' is empty{where}."
            fix = "write what it says, or remove it."
            findings.append(Finding(shown, line, "organisation-malformed", message, fix))
            continue
        if not valid or not lines or not all(lines.values()):
            findings.append(
                Finding(
                    shown,
                    line,
                    "organisation-malformed",
                    f"the fact '{name}' is neither a text nor a list of lines, or is longer than "
                    f"{_LONGEST:,} characters.",
                    f'write {name} = "…", or {name} = ["first line", "second line"], '
                    f'or {name} = {{ sv = "…", en = "…" }}, '
                    f'or {name} = {{ lang = "en", text = "…" }}.',
                )
            )
            continue
        form, example = _LINKED.get(name, (None, ""))
        if form and not all(form.fullmatch(entry) for entry in chain(*lines.values())):
            message = f"'{name}' is shown as a link, and this is not the address of one."
            fix = f'write {name} = "{example}".'
            findings.append(Finding(shown, line, "organisation-malformed", message, fix))
            continue
        facts[name] = Fact(name, lines, line, spoken)
    return Organisation(shown, facts), findings


def _no_language(shown: str, line: int, name: str, tag: object) -> Finding:
    message = f"the fact '{name}' is in '{tag}', which is no language tag (BCP 47)."
    fix = f'write {name} = {{ lang = "en", text = "…" }}, with a tag such as sv, en or pt-BR.'
    return Finding(shown, line, "organisation-malformed", message, fix)


def _is_empty(value: Any) -> bool:
    """Tell whether a fact, or one of its lines, waits to be written."""
    lines = value if isinstance(value, list) else [value]
    return not lines or any(isinstance(line, str) and not line.strip() for line in lines)


def _lines(value: Any) -> tuple[str, ...]:
    """Give a fact's value as lines; none where it is not made of visible text."""
    lines = value if isinstance(value, list) else [value]
    if not all(isinstance(line, str) and line.strip() for line in lines):
        return ()
    told = tuple(" ".join(line.split()) for line in lines)
    return () if any(map(_INVISIBLE.search, told)) or sum(map(len, told)) > _LONGEST else told
