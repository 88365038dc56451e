# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes of a file → text, as a browser decodes them (WHATWG Encoding; HTML, section 13.2.3)."""

from __future__ import annotations

import re
from typing import Final

import webencodings

_PRESCANNED_BYTES: Final = 1024
_DECLARED: Final = re.compile(
    rb"<meta[^>]*?charset\s*+=\s*+[\"']?\s*+([^\s\"'/>;]+)"
    rb"|^\s*+<\?xml[^>]*?encoding\s*+=\s*+[\"']([^\"']+)"
    rb"|^@charset \"([^\"]+)\";",
    re.IGNORECASE,
)
_FALLBACK: Final = "windows-1252"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def text_of(data: bytes) -> str:
    """Decode a page, style sheet or XML file; what cannot be decoded becomes U+FFFD.

    A byte order mark counts first, then what the file declares, then UTF-8 where the bytes are
    that, then windows-1252, which browsers assume of western text.
    """
    if data[:3] == b"\xef\xbb\xbf" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(data, "utf-8")
    declared = _DECLARED.search(data[:_PRESCANNED_BYTES])
    if declared:
        label = next(group for group in declared.groups() if group).decode("ascii", "replace")
        encoding = webencodings.lookup(label)
        if encoding and not encoding.name.startswith("utf-16"):  # it could not have been read so
            return _decoded(data, encoding.name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, _FALLBACK)


def _decoded(data: bytes, encoding: str) -> str:
    return str(webencodings.decode(data, encoding)[0])


def without_surrogates(text: str) -> str:
    """Replace halves of a character, which an escape can name alone, by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)
