# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why could a file not be read to its end? The answer is data, in words for those who write it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Malformation:
    """The first place at which a file is not what its kind demands; both numbers count from 1."""

    line: int
    column: int
    message: str


EXPAT_MESSAGES = {
    "duplicate attribute": "this tag gives an attribute twice.",
    "junk after document element": "something stands behind the end of the outermost element.",
    "no element found": "the file ends where an element has yet to begin or to end.",
    "not well-formed (invalid token)": "what stands here is no XML: & has to be &amp; and < has to "
    "be &lt; in texts, and values stand in quotation marks.",
    "syntax error": "text stands where only a tag can.",
    "unbound prefix": "a prefix (before a colon) is declared nowhere (with xmlns:…).",
    "unclosed CDATA section": "a CDATA section is never closed (with ]]>).",
    "unclosed token": "a tag, comment or instruction is never closed.",
    "undefined entity": "XML knows no such name between & and ;.",
    "XML or text declaration not at start of entity": "something stands before <?xml …?>.",
}
"""Expat's messages for the commonest faults, in words for those who write files."""
