# SPDX-License-Identifier: AGPL-3.0-or-later
"""What lies compressed beside a file is that file, and the same on every machine."""

from __future__ import annotations

import gzip

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.delivery.compressing import compressed


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=4000))
def test_what_is_compressed_comes_out_again(content: bytes) -> None:
    """Whatever bytes a text file holds, both forms hold them."""
    files = compressed("sv/notice/index.html", content)
    assert gzip.decompress(files["sv/notice/index.html.gz"]) == content
    assert brotli.decompress(files["sv/notice/index.html.br"]) == content


def test_gzip_says_nothing_of_when_and_what() -> None:
    """No flag (so no name), no time: bytes 3 to 7 of the header (RFC 1952, section 2.3)."""
    assert compressed("a.txt", b"text" * 100)["a.txt.gz"][3:8] == bytes(5)


@pytest.mark.parametrize("path", ["files/film.mp4", "files/form.pdf", "_headers", "build.json.gz"])
def test_what_is_no_text_is_left_alone(path: str) -> None:
    """A film would only grow, and nobody asks for a compressed file compressed."""
    assert compressed(path, b"0" * 1000) == {}
