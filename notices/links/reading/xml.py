# SPDX-License-Identifier: AGPL-3.0-or-later
"""One XML file → its elements, with their places in the text; a fault is data and never raised.

Expat reads (XML 1.0, and Namespaces in XML 1.0). The text is characters already, so the encoding
that it declares is ignored. Nothing outside the file is fetched. No entity is expanded but XML's
own five: declaring another, or a default attribute, ends the reading with a fault, since with
either a short file stands for an endless one.
"""

from __future__ import annotations

from xml.parsers import expat

from notices.links.reading.elements import WHITE, Element, Instruction, Xml
from notices.links.reading.malformed import EXPAT_MESSAGES, Malformation

ELEMENTS = 1_000_000
DEPTH = 1_000
DECLARATIONS = 1_000
"""Expat goes through all attributes that are declared for an element at each of its tags."""
NAMESPACE_CHARACTERS = 500
"""Expat writes out the name of the namespace at each tag."""


def read(text: str) -> Xml:
    """Read the text of an XML file: what it holds, at least as far as it is well-formed."""
    return _Reader(text).xml()


class _RefusedError(Exception):
    """The file declares or holds what is not read; the argument is the fault."""


class _Body:
    """The text of an element that is still open."""

    def __init__(self, element: int) -> None:
        self.element = element
        self.chunks: list[str] = []
        self.pieces: list[tuple[int, int]] = []
        self.length = 0
        self.next = -1  # the offset at which the text goes on evenly

    def add(self, chunk: str, offset: int) -> None:
        if offset != self.next:
            self.pieces.append((self.length, offset))
        self.chunks.append(chunk)
        self.length += len(chunk)
        self.next = offset + len(chunk)


class _Reader:
    """Expat's handlers, and what they have gathered."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.encoded = text.encode(errors="replace")
        self.even = text.isascii()  # bytes are characters
        self.seen = (0, 0)  # the same place in bytes and in characters
        self.elements: list[Element] = []
        self.open: list[_Body] = []
        self.instructions: list[Instruction] = []
        self.namespaces: dict[str, str] = {}  # one text for all elements that share it
        self.declarations = 0
        self.parser = parser = expat.ParserCreate("utf-8", "}")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.data
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartNamespaceDeclHandler = self.namespace
        parser.EntityDeclHandler = self.entity
        parser.AttlistDeclHandler = self.declaration

    def xml(self) -> Xml:
        fault = None
        try:
            self.parser.Parse(self.encoded, True)
        except expat.ExpatError as error:
            message = expat.ErrorString(error.code)
            plain = EXPAT_MESSAGES.get(message, f"is not well-formed XML: {message}.")
            if self.open and message == expat.errors.XML_ERROR_TAG_MISMATCH:
                name = self.elements[self.open[-1].element].name
                plain = f"this closing tag is another than the open element's, {name}."
            fault = Malformation(error.lineno, error.offset + 1, plain)
        except _RefusedError as error:
            fault = error.args[0]
        while self.open:
            self.end()
        return Xml(self.text, tuple(self.elements), tuple(self.instructions), fault)

    def offset(self) -> int:
        """Give the offset of what is being read; it never lies before the last one."""
        now = self.parser.CurrentByteIndex
        if self.even:
            return now
        byte, offset = self.seen
        offset += len(self.encoded[byte:now].decode(errors="replace"))
        self.seen = now, offset
        return offset

    def refused(self, message: str) -> _RefusedError:
        """Say where the reading ends, before Expat moves on."""
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber
        return _RefusedError(Malformation(line, column + 1, message))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.elements) == ELEMENTS:
            raise self.refused(f"holds more than {ELEMENTS:,} elements.")
        if len(self.open) == DEPTH:
            raise self.refused(f"nests more than {DEPTH:,} elements in each other.")
        namespace, _, local = name.rpartition("}")
        namespace = self.namespaces.setdefault(namespace, namespace)
        parent = self.open[-1].element if self.open else -1
        self.open.append(_Body(len(self.elements)))
        self.elements.append(Element(local, namespace, attributes, self.offset(), parent))

    def end(self, _: str = "") -> None:
        body = self.open.pop()
        if (text := "".join(body.chunks)).strip(WHITE):
            element = self.elements[body.element]
            self.elements[body.element] = element._replace(text=text, pieces=tuple(body.pieces))

    def data(self, chunk: str) -> None:
        self.open[-1].add(chunk, self.offset())

    def instruction(self, target: str, data: str) -> None:
        if not self.elements:
            self.instructions.append(Instruction(target, data, self.offset()))

    def namespace(self, _: str | None, uri: str | None) -> None:
        if uri and len(uri) > NAMESPACE_CHARACTERS:
            raise self.refused("the name of a namespace is too long to be one.")

    def entity(self, *_: object) -> None:
        raise self.refused("declares an entity (<!ENTITY …>): write what it stands for instead.")

    def declaration(self, _: str, name: str, __: str, default: str | None, ___: int) -> None:
        self.declarations += 1
        if default is not None:
            raise self.refused(f"declares a default for {name}: write it in each tag instead.")
        if self.declarations > DECLARATIONS:
            raise self.refused(f"declares more than {DECLARATIONS:,} attributes.")
