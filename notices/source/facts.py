# SPDX-License-Identifier: AGPL-3.0-or-later
"""What does ``[[name]]`` say in a notice: which fact of the organisation, in which language?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from notices import languages
from notices.model import Finding, Language, Organisation
from notices.source.lines import Lines
from notices.source.safety import LINK_PLACEHOLDER

_WRITTEN: Final = re.compile(r"\[\[([^\[\]]+)\]\]")
_HIDDEN: Final = re.compile(r"\\[xuU]|&#|&lbrack|&lsqb|<!")
"""How front matter and HTML may write a bracket, and part two that come together."""
_OPENS, _CLOSES = "\x10", "\x11"
"""What stands around a fact's name until its value does; no notice holds such characters."""
_NAMED: Final = re.compile(f"{_OPENS}([^{_CLOSES}]*){_CLOSES}")
_NAME_OF, _TOLD, _ENDS = "\x12", "\x13", "\x14"
"""What stands before a fact's name, between name and value, and after it, until it is published."""
_FACT: Final = re.compile(f"{_NAME_OF}([^{_TOLD}]*){_TOLD}([^{_ENDS}]*){_ENDS}")
_LINE_OF_FACTS: Final = re.compile(
    rf"^[ \t]*(?:{_OPENS}[^{_CLOSES}]*{_CLOSES}[ \t]*)+$", re.MULTILINE
)
_LINE_BREAK: Final = "\N{LINE SEPARATOR}"
_NAMED_ADDRESS: Final = f"{LINK_PLACEHOLDER}:fact-"
"""Stands for an address that names a fact, until the sanitiser has seen it."""
_NAMED_PLACE: Final = re.compile(f'"{_NAMED_ADDRESS}([0-9]+)"')
_UNTOUCHED: Final = frozenset({"code", "pre"})
_ATTRIBUTES: Final = ("href", "src", "title", "alt")


def mark_facts(text: str) -> str:
    """Mark each ``[[name]]`` in a text that is not resolved any further."""
    return _WRITTEN.sub(lambda found: f"{_OPENS}{found[1].strip()}{_CLOSES}", text)


def named_in(text: str, organisation: Organisation) -> Organisation:
    """Give an organisation with those of its facts that a notice's text can name.

    All of them, where the text names one that there is not, or where its brackets may stand in
    another form.
    """
    facts = organisation.facts
    names = {name.strip() for name in _WRITTEN.findall(text)}
    if not names <= facts.keys() or _HIDDEN.search(text):
        return organisation
    return Organisation(organisation.path, {name: facts[name] for name in sorted(names)})


def told(html: str) -> str:
    """Give a written text as it is published where no element can stand: facts as such."""
    return _FACT.sub(r"\2", html) if _TOLD in html else html


class FactMarker(Treeprocessor):
    """Marks the facts in a tree while escapes can still be told from what is meant."""

    def run(self, root: Element) -> None:
        """Mark text and attributes, but for code."""
        md: Any = self.md
        if "[[" not in md.text:
            return
        for element in root.iter():
            if element.text and "[[" in element.text and element.tag not in _UNTOUCHED:
                element.text = mark_facts(element.text)
            if element.tail and "[[" in element.tail:
                element.tail = mark_facts(element.tail)
            for name in _ATTRIBUTES:
                if "[[" in (value := element.get(name) or ""):
                    element.set(name, mark_facts(value))


class FactWriter:
    """Writes facts into the elements of one notice, as text: nothing in a fact is ever parsed."""

    def __init__(
        self,
        organisation: Organisation,
        lang: str,
        shown: str,
        lines: Lines,
        known: Mapping[str, Language],
    ) -> None:
        self.findings: list[Finding] = []
        self._attributes: dict[Element, dict[str, str]] = {}
        self._named: list[str] = []
        self._organisation = organisation
        self._lang = lang
        self._shown = shown
        self._lines = lines
        self._marks = {
            name: languages.attributes(fact.lang, lang, known)
            for name, fact in organisation.facts.items()
            if fact.lang
        }

    def write(self, element: Element) -> None:
        """Replace each ``[[name]]`` in an element's text, its children's tails and its attributes.

        A paragraph with a line of nothing but facts is a postal address: it keeps its lines.
        """
        children = list(element)
        for attribute in _ATTRIBUTES:
            value = element.get(attribute)
            if value and _OPENS in value:
                self._attributes.setdefault(element, {})[attribute] = _NAMED.sub(r"[[\1]]", value)
                element.set(attribute, told(self._written(value)).replace(_LINE_BREAK, ", "))
        if element.text and _OPENS in element.text:
            is_address = element.tag == "p" and not len(element)
            if is_address and _LINE_OF_FACTS.search(element.text):
                element.text = re.sub(r"\s*\n", _LINE_BREAK, element.text)
            element.text = self._written(element.text)
            if _LINE_BREAK in element.text:
                if is_address:
                    element.set("class", "address")
                first, *rest = element.text.split(_LINE_BREAK)
                element.text = first
                for position, line in enumerate(rest):
                    element.insert(position, _broken(line))
        for child in children:
            if child.tail and _OPENS in child.tail:
                first, *rest = self._written(child.tail).split(_LINE_BREAK)
                child.tail = first
                at = list(element).index(child) + 1
                for position, line in enumerate(rest):
                    element.insert(at + position, _broken(line))

    @contextmanager
    def named_in(self, elements: Iterable[Element]) -> Iterator[bool]:
        """Let the attributes of some elements name their facts for a while; tell whether any do."""
        told_before: list[tuple[Element, dict[str, str]]] = []
        for element in chain.from_iterable(one.iter() for one in elements):
            if named := self._attributes.get(element):
                told_before.append((element, dict(element.attrib)))
                for attribute, value in named.items():
                    self._named.append(value)
                    is_address = attribute in ("href", "src")
                    number = len(self._named) - 1
                    element.set(attribute, f"{_NAMED_ADDRESS}{number}" if is_address else value)
        yield bool(told_before)
        for element, attributes in told_before:
            element.attrib.clear()
            element.attrib.update(attributes)

    def told(self, html: str) -> str:
        """Give a written text as it is published: facts as such, with the language that is theirs.

        Their elements are added to what the sanitiser has let through.
        """
        return _FACT.sub(self._told, html) if _TOLD in html else html

    def _told(self, fact: re.Match[str]) -> str:
        marks = self._marks.get(fact[1])
        return f"<span{marks}>{fact[2]}</span>" if marks else fact[2]

    def named(self, html: str) -> str:
        """Give a written text with each fact by its name."""
        by_name = _FACT.sub(r"[[\1]]", html) if _TOLD in html else html
        return _NAMED_PLACE.sub(lambda found: f'"{self._named[int(found[1])]}"', by_name)

    def _written(self, text: str) -> str:
        return _NAMED.sub(self._value, text)

    def _value(self, named: re.Match[str]) -> str:
        name = named[1]
        fact = self._organisation.facts.get(name)
        lines = fact.in_language(self._lang) if fact else None
        if lines is not None:
            # The library's serialiser takes '&amp;' in text for an entity: escape it beforehand.
            value = _LINE_BREAK.join(lines).replace("&", "&amp;")
            return f"{_NAME_OF}{name}{_TOLD}{value}{_ENDS}"
        path = self._organisation.path
        if fact:
            message = f"the fact '{name}' has no text for the language '{self._lang}'."
            fix = f'add {self._lang} = "…" to it in {path}:{fact.line}.'
        else:
            near = difflib.get_close_matches(name, self._organisation.facts, 1)
            message = f"there is no fact named '{name}'."
            fix = f'add {name} = "…" to {path}, or put `backticks` around the brackets.'
            if near:
                fix = f"did you mean [[{near[0]}]]? Otherwise {fix}"
        raw = f"[[{name}]]"
        line = self._lines.of(raw, "fact")
        self.findings.append(Finding(self._shown, line, "fact-unknown", message, fix))
        return raw


def _broken(line: str) -> Element:
    element = Element("br")
    element.tail = line
    return element
