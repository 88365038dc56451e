# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links and images as Python-Markdown reads them, each with the raw text that it was made from."""

from __future__ import annotations

import re
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import inlinepatterns
from markdown.util import AtomicString

from notices.source.lines import RAW

_BRACKET: Final = re.compile(r"[\[\]]")
_DEEPEST_BRACKETS: Final = 32
_LONGEST_LINK: Final = 3_000
"""In characters, title included: what browsers and servers pass on is no longer."""
_MOST_UNCLOSED: Final = 100
"""Links without an end, or with a quotation mark that has none; what comes after so many is shown
as it is written, which is a finding (see ``unread``)."""


class _RememberingInline:
    """A mixin for links and images: keep the raw text that each was made from.

    A bracket seeks its end only so deep, and an address only so far: to the end of the text, as in
    the library, would take a time with the square of the brackets.
    """

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:
        depth = 1
        for found in _BRACKET.finditer(data, index):
            depth += 1 if found[0] == "[" else -1
            if depth == 0:
                return data[index : found.start()], found.end(), True
            if depth > _DEEPEST_BRACKETS:
                break
        return "", index, False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        md: Any = self.md  # type: ignore[attr-defined]
        if not data.startswith("(", index) or md.unclosed_links > _MOST_UNCLOSED:
            return "", None, index, False
        part = data[index : index + _LONGEST_LINK]
        href, title, end, handled = super().getLink(part, 0)  # type: ignore[misc]
        md.unclosed_links += not handled or (title is None and ('"' in href or "'" in href))
        return href, title, index + end, handled

    def handleMatch(self, m: Any, data: str) -> Any:
        element, start, end = super().handleMatch(m, data)  # type: ignore[misc]
        if isinstance(element, Element) and start is not None:
            element.set(RAW, data[start:end])
        return element, start, end


class Link(_RememberingInline, inlinepatterns.LinkInlineProcessor):  # type: ignore[misc]
    """``[text](address)``."""


class _RememberingReference(_RememberingInline):
    """A mixin for references: keep the label, too, and note that it is used."""

    _label: Any = ""

    def evalId(self, data: str, index: int, text: str) -> Any:
        found = super().evalId(data, index, text)  # type: ignore[misc]
        self._label = found[0]
        return found

    def handleMatch(self, m: Any, data: str) -> Any:
        element, start, end = super().handleMatch(m, data)
        if element is not None:
            self.md.used_references.add(" ".join(self._label.split()))  # type: ignore[attr-defined]
        return element, start, end


class Reference(_RememberingReference, inlinepatterns.ReferenceInlineProcessor):  # type: ignore[misc]
    """``[text][label]``."""


class ShortReference(_RememberingReference, inlinepatterns.ShortReferenceInlineProcessor):  # type: ignore[misc]
    """``[label]``."""


class Image(_RememberingInline, inlinepatterns.ImageInlineProcessor):  # type: ignore[misc]
    """``![text](address)``."""


class Autolink(_RememberingInline, inlinepatterns.AutolinkInlineProcessor):  # type: ignore[misc]
    """``<https://…>``."""


class Automail(inlinepatterns.AutomailInlineProcessor):
    """``<a@b>`` as an ordinary link: the library's random entities differ in every build."""

    def handleMatch(self, m: Any, data: str) -> Any:  # type: ignore[override]
        """Give the link."""
        address = self.unescape(m.group(1)).removeprefix("mailto:")
        element = Element("a", href=f"mailto:{address}")
        element.text = AtomicString(address)
        element.set(RAW, m.group(0))
        return element, m.start(0), m.end(0)
