# SPDX-License-Identifier: AGPL-3.0-or-later
"""The front matter of a notice."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.source import metadata
from tests.conftest import Site

BODY = "\n# Titel\n"


def test_values_are_read_and_the_text_keeps_its_lines() -> None:
    """A slug, a day and a template come out, and the Markdown begins where it stands."""
    text = "---\nslug: users\neffective: 2026-03-01\ntemplate: notice\n---\n# T\n"
    read, body, first_line, findings = metadata.read(text, "x.md")
    assert read.values["slug"] == "users"
    assert read.effective == date(2026, 3, 1)
    assert read.lines["template"] == 4
    assert (body, first_line, findings) == ("# T\n", 6, [])


def test_a_file_may_have_no_metadata() -> None:
    """Without a fence on the first line everything is Markdown."""
    text = "# T\n\n---\n\nslug: no\n\n---\n"
    read, body, first_line, findings = metadata.read(text, "x.md")
    assert (read.values, body, first_line, findings) == ({}, text, 1, [])


@pytest.mark.parametrize(
    ("front", "code", "line"),
    [
        ("slug: a\nslgu: b", "metadata-unknown", 3),
        ("slug: a\nslug: b", "metadata-doubled", 3),
        ("effective: 2026-02-30", "date-impossible", 2),
        ("effective: 1 mars 2026", "date-impossible", 2),
        ("- a\n- b", "metadata-malformed", 2),
        ("just text", "metadata-malformed", 2),
        ("slug: [a, b]", "metadata-malformed", 2),
        ("slug:", "metadata-malformed", 2),
        ("slug: a\ntitle: 'open", "metadata-malformed", 3),
        ("{a: b, c: d}: e", "metadata-unknown", 2),
    ],
)
def test_each_fault_has_its_line(site: Site, front: str, code: str, line: int) -> None:
    """A fault in the metadata is a finding at the line of the file."""
    site.write({"sv/user.md": f"---\n{front}\n---\n{BODY}"})
    assert site.places() == [(code, "sv/user.md", line)]


def test_metadata_that_is_never_closed(site: Site) -> None:
    """An opening fence without its twin swallows no text in silence."""
    site.write({"sv/user.md": "---\nslug: a\n\n# Titel\n"})
    assert ("metadata-malformed", "sv/user.md", 1) in site.places()


def test_text_between_thematic_breaks_is_not_dropped(site: Site) -> None:
    """A file that opens with a thematic break is told what that means."""
    site.write({"sv/user.md": "---\nViktigt!\n---\n\n# Titel\n"})
    assert site.places() == [("metadata-malformed", "sv/user.md", 2)]


def test_a_byte_order_mark_is_found(site: Site) -> None:
    """The mark is a finding and does not hide the metadata after it."""
    site.write({"sv/user.md": b"\xef\xbb\xbf---\nslug: a\n---\n" + BODY.encode()})
    assert site.places() == [("byte-order-mark", "sv/user.md", 1)]


def test_a_suggestion_comes_with_a_misspelt_key(site: Site) -> None:
    """The editor reads which word was meant."""
    site.write({"sv/user.md": f"---\nefective: 2026-01-01\n---\n{BODY}"})
    (finding,) = site.findings()
    assert finding.fix == "did you mean 'effective'?"


@given(st.text(max_size=200))
def test_no_front_matter_raises(front: str) -> None:
    """Whatever stands between the fences is read or reported."""
    metadata.read(f"---\n{front}\n---\n# T\n", "x.md")
