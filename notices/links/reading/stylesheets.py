# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which style sheets does an XML file name before its first element?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from notices.links.model import Placed, Reference
from notices.links.reading.elements import Xml

_PSEUDO_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")


def references(xml: Xml) -> Iterator[Placed]:
    """Give the ``href`` of each ``<?xml-stylesheet …?>``, at the offset of the instruction.

    Source: Associating Style Sheets with XML documents 1.0, second edition, section 3.
    """
    for target, data, offset in xml.instructions:
        if target == "xml-stylesheet":
            found = {name: value[1:-1] for name, value in _PSEUDO_ATTRIBUTE.findall(data)}
            if address := html.unescape(found.get("href", "")):
                yield Placed(Reference(target, "href", address, "resource"), offset)
