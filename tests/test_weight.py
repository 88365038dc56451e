# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page arrives in one round trip, or somebody is told where its bytes are."""

from __future__ import annotations

import base64
import gzip
import random
import re
import shutil
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices import finished, hooks, weight
from notices import settings as site_settings
from notices.weight import BUDGET
from tests.conftest import Site


def noise(letters: int) -> str:
    """Give a text that hardly compresses, the same each time."""
    return base64.b64encode(random.Random(1).randbytes(letters)).decode()[:letters]


def page_of(bytes_with_gzip: int) -> bytes:
    """Give a page that has that many bytes with gzip, to the byte or one or two below."""
    low, high = 0, 3 * bytes_with_gzip
    while high - low > 1:
        middle = (low + high) // 2
        if len(gzip.compress(_page(middle), 9, mtime=0)) > bytes_with_gzip:
            high = middle
        else:
            low = middle
    return _page(low)


def _page(letters: int) -> bytes:
    return f"<!doctype html><title>x</title><p>{noise(letters)}".encode()


@pytest.mark.parametrize(("size", "is_too_large"), [(BUDGET, False), (BUDGET + 12, True)])
def test_the_budget_is_kept_to_the_byte(size: int, is_too_large: bool) -> None:
    """A page just below is well; one just above is not, and both encoders have measured both."""
    page = page_of(size)
    found = weight.weigh("en/user/index.html", page)
    assert found and found.brotli_bytes == len(brotli.compress(page, quality=11))
    assert abs(found.gzip_bytes - size) < 8
    assert (found.gzip_bytes > BUDGET) is is_too_large
    assert found.is_too_large is is_too_large


def test_either_encoding_can_break_the_budget() -> None:
    """The heavier of the two counts."""
    assert weight.Weight("a", 1, BUDGET, BUDGET + 1).is_too_large
    assert weight.Weight("a", 1, BUDGET + 1, BUDGET).is_too_large
    assert not weight.Weight("a", 1, BUDGET, BUDGET).is_too_large


def test_small_pages_are_measured_with_gzip_alone_but_for_the_heaviest() -> None:
    """Brotli takes fifty times as long, and a small page cannot be over the budget."""
    small, smaller = (
        weight.weigh(name, page_of(size)) for name, size in (("a.html", 900), ("b.html", 800))
    )
    assert small and smaller and small.brotli_bytes is smaller.brotli_bytes is None
    found = weight.heaviest([smaller, small], lambda path: page_of(900))
    assert found and found.path == "a.html"
    assert found.brotli_bytes == len(brotli.compress(page_of(900), quality=11))
    assert weight.heaviest([], lambda path: b"") is None


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.binary(max_size=20_000), st.text(max_size=8_000).map(str.encode)),
    st.integers(0, 15_000),
    st.integers(1, 40),
)
def test_brotli_never_takes_a_third_more_than_gzip(part: bytes, letters: int, times: int) -> None:
    """So that no page goes over the budget unmeasured: texts, bytes, noise and repetition."""
    content = (noise(letters).encode() + part * times)[:60_000]
    with_gzip = len(gzip.compress(content, 9, mtime=0))
    assert len(brotli.compress(content, quality=11)) <= with_gzip * 4 / 3


@pytest.mark.parametrize("path", ["compare/sv-en/user/index.html", "files/plan.pdf", "sitemap.xml"])
def test_some_files_may_be_of_any_weight(path: str) -> None:
    """Pages of two languages at once, and what is no page."""
    assert weight.weigh(path, page_of(BUDGET + 100)) is None


LONG = (
    f"# Title\n\nText.\n\n## Little {{#little}}\n\nText.\n\n## Much {{#much}}\n\n{noise(16_000)}\n"
)


def test_a_heavy_notice_is_reported_with_its_parts(site: Site) -> None:
    """As a warning: it is built, and the finding names the section that weighs most."""
    site.source_language = "en"
    work = site.write({"en/user.md": LONG}).build()
    assert work.is_done
    (found,) = [one for one in work.findings if one.code == "page-too-large"]
    assert (found.path, found.line, found.severity) == ("output/en/user/index.html", 1, "warning")
    parts = dict(
        re.findall(r"([\w' ]+?) ([\d,]+ bytes, \d+%)", found.message.partition("part: ")[2])
    )
    assert list(parts) == ["style", " head", " contents", " section 'much'", " section 'little'"]
    size, share = (
        re.findall(r"[\d,]+", parts[" section 'much'"])[0],
        parts[" section 'much'"][-3:-1],
    )
    assert 16_000 < int(size.replace(",", "")) < 17_000
    assert 50 < int(share) < 95
    (again,) = [one for one in finished.of_last_build(site.settings) if one.code == found.code]
    assert (again.path, again.message) == (found.path, found.message)


def test_a_site_may_forbid_heavy_pages(site: Site) -> None:
    """Such as this one: then nothing is built."""
    assert site_settings.from_file().severities["page-too-large"] == "error"
    site.source_language = "en"
    site.severities = {"page-too-large": "error"}
    assert not site.write({"en/user.md": LONG}).build().is_done
    assert not site.output.exists()


def test_many_sections_are_weighed_in_time(site: Site) -> None:
    """Only the heaviest are told."""
    site.source_language = "en"
    text = "# Title\n" + "".join(
        f"\n## S {n} {{#s{n}}}\n\n{noise(n % 90)} {n}\n" for n in range(900)
    )
    work = site.write({"en/user.md": text}).build()
    (found,) = [one for one in work.findings if one.code == "page-too-large"]
    assert found.message.count("section '") == 3


def test_the_real_notices_are_light(tmp_path: Path) -> None:
    """Every page of this site stays under 8,000 bytes with both."""
    shutil.copytree(site_settings.ROOT / "content", tmp_path / "content")
    made = site_settings.for_site(
        site_settings.from_file(),
        content=tmp_path / "content",
        source_language="sv",
        output=tmp_path / "output",
        address="https://example.org",
    )
    assert hooks.build(made).is_done
    pages = [page for page in made.output.rglob("*.html") if "compare" not in page.parts]
    assert len(pages) >= 8
    for page in pages:
        content = page.read_bytes()
        assert len(gzip.compress(content, 9, mtime=0)) < 8_000, page
        assert len(brotli.compress(content, quality=11)) < 8_000, page
