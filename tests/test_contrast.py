# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every text can be read on every ground: the brand's, and the theme's own."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices import checks, colours
from notices import settings as site_settings
from notices.checks import contrast
from notices.model import Finding
from notices.tokens import TOKENS_FILE, read_tokens
from tests.conftest import Site, matters

NOTICE = {"sv/user.md": "# Titel\n\nText.\n"}
PARTS = st.integers(0, 255).map(lambda part: part / 255)
COLOURS = st.tuples(PARTS, PARTS, PARTS)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("black", "rgb(255 255 255)", 21.0),
        ("#777", "#fff", 4.48),
        ("#767676", "white", 4.54),
        ("#595959", "#ffffff", 7.0),
        ("hsl(240 100% 50%)", "#fff", 8.59),
        ("#f00", "#fff", 4.0),
        ("#123456", "#123456", 1.0),
    ],
)
def test_ratios_are_those_of_the_standard(one: str, other: str, ratio: float) -> None:
    """As known from other instruments: grey 767676 is the lightest with 4.5:1 on white."""
    first, second = colours.parse(one), colours.parse(other)
    assert first and second
    assert colours.contrast(first, second) == pytest.approx(ratio, abs=0.006)
    assert colours.contrast(second, first) == colours.contrast(first, second)


@pytest.mark.parametrize(
    "text", ["", "x", "#12", "#11223380", "transparent", "currentcolor", "var(--a)", "oklch(1 0 0)"]
)
def test_what_is_no_opaque_colour_has_no_contrast(text: str) -> None:
    """Nobody can say how it looks without knowing what it stands on, or which screen shows it."""
    assert colours.parse(text) is None


@given(st.text(max_size=30) | st.text("rgbhsl(#0,1% )e9-none", max_size=30))
def test_no_text_stops_the_reader_of_colours(text: str) -> None:
    """It is a colour, or it is none."""
    found = colours.parse(text)
    assert found is None or all(0 <= part <= 1 for part in found)


@settings(max_examples=300, deadline=None)
@given(COLOURS, st.lists(COLOURS, min_size=1, max_size=3))
def test_a_suggestion_always_suffices(colour: colours.Colour, others: list[colours.Colour]) -> None:
    """And there is one wherever black or white would do; it has the same hue."""
    found = colours.nearest(colour, others, contrast.RATIO)
    possible = any(
        all(colours.contrast(end, other) >= contrast.RATIO for other in others)
        for end in ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    )
    assert bool(found) is possible
    if found:
        read = colours.parse(found)
        assert read
        assert all(colours.contrast(read, other) >= contrast.RATIO for other in others)


@given(COLOURS)
def test_a_colour_that_suffices_is_its_own_nearest(colour: colours.Colour) -> None:
    """Nothing is changed without need."""
    assert colours.nearest(colour, [colour], 1.0) == colours.written(colour)


def test_the_nearest_colour_has_the_same_hue() -> None:
    """A blue becomes a darker blue."""
    white = (1.0, 1.0, 1.0)
    found = colours.nearest((0.3, 0.5, 0.9), [white], 7.0)
    red, green, blue = colours.parse(found) or white
    assert red < green < blue < 0.9
    assert colours.contrast((red, green, blue), white) < 7.1


def low(site: Site) -> list[Finding]:
    """Give the findings about contrast."""
    return [finding for finding in site.findings() if finding.code == "contrast-low"]


def test_the_theme_itself_can_be_read(site: Site) -> None:
    """Nothing is found in this project's theme, with the real brand and without one."""
    assert low(site.write(NOTICE)) == []
    real = site_settings.for_site(site_settings.from_file())
    assert real.content == site_settings.ROOT / "content"
    from notices import catalog

    read = catalog.load(real.content, real.shown_content, real.source_language)
    assert list(contrast.check(read, real)) == []
    tokens = read_tokens(real.theme)
    assert {*contrast.TEXTS, *contrast.GROUNDS} <= tokens.light.keys() & tokens.dark.keys()


def test_a_weak_accent_is_found_where_the_brand_sets_it(site: Site) -> None:
    """For each ground; what the finding names mends it in one go."""
    text = '[dark]\naccent = "#93d7d2"\n[light]\naccent = "#2a8f94"\n'
    found = low(site.write({**NOTICE, "brand.toml": text}))
    assert [(one.path, one.line, one.severity) for one in found] == [
        ("content/brand.toml", 4, "error")
    ] * 3
    assert "'accent' (#2a8f94) on 'paper' (#fbfaf6) has a contrast of 3.6" in "".join(
        one.message for one in found
    )
    better = {re.findall(r'accent = "(#\w{6})"', one.fix)[0] for one in found}
    assert len(better) == 1
    assert low(site.write({"brand.toml": text.replace("#2a8f94", better.pop())})) == []


def test_a_light_accent_may_be_too_weak_in_the_dark_alone(site: Site) -> None:
    """The two modes are judged apart; what is set for light alone does not change the dark."""
    found = low(site.write({**NOTICE, "brand.toml": '[dark]\naccent = "#0a4d50"\n'}))
    assert {one.line for one in found} == {2}
    assert all("in dark" in one.message for one in found)
    assert low(site.write({"brand.toml": '[light]\naccent = "#0a4d50"\n'})) == []


def test_a_ground_of_the_brand_is_what_has_to_change(site: Site) -> None:
    """Where the text is the theme's and the ground the brand's."""
    found = low(site.write({**NOTICE, "brand.toml": '[light]\npaper = "#a0a8a0"\n'}))
    assert {one.line for one in found} == {2}
    (better,) = {re.findall(r'paper = "(#\w{6})"', one.fix)[0] for one in found}
    assert low(site.write({"brand.toml": f'[light]\npaper = "{better}"\n'})) == []


def test_grounds_that_no_text_can_stand_on(site: Site) -> None:
    """One light, one dark: the finding says so, and names no colour."""
    found = low(site.write({**NOTICE, "brand.toml": '[light]\nwash = "#000"\nink = "#333"\n'}))
    assert any("no lightness of 'ink' suffices" in one.fix for one in found)


def test_a_fault_of_the_theme_is_found_there(site: Site) -> None:
    """At the line of its tokens; a colour that cannot be judged is a fault, too."""
    site.write(NOTICE)
    theme = site.folder / "theme"
    shutil.copytree(site.settings.theme, theme)
    file = theme / TOKENS_FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("--quiet: #43504c", "--quiet: #6b7a75").replace("#e8ebe7", "oklch(0.9 0 0)"),
        encoding="utf-8",
    )
    found = matters(checks.run(site.catalog(), replace(site.settings, theme=theme)))
    quiet = text[: text.index("--quiet")].count("\n") + 1
    dark_ink = text[: text.index("#e8ebe7")].count("\n") + 1
    assert [(one.code, one.path, one.line) for one in found] == [
        *[("contrast-low", "theme/static/css/tokens.css", quiet)] * 3,
        ("contrast-low", "theme/static/css/tokens.css", dark_ink),
    ]
    assert "--quiet: #" in found[0].fix
    (theme / TOKENS_FILE).write_bytes(b"\xff")
    assert matters(checks.run(site.catalog(), replace(site.settings, theme=theme))) == []


def test_the_style_sheets_use_the_tokens_as_the_check_says() -> None:
    """Text in a token of text (or paper, on accent), on a ground; focus in accent or paper."""
    texts, grounds = {*contrast.TEXTS, "paper"}, {*contrast.GROUNDS, "accent"}
    seen = set()
    for file in (site_settings.ROOT / "theme" / "static" / "css").glob("*.css"):
        css = file.read_text(encoding="utf-8")
        for name, value in re.findall(r"(?<![\w-])([a-z-]+):([^;{}]*)", css):
            for token in re.findall(r"var\(--(\w+)\)", value):
                allowed = {
                    "color": texts,
                    "background": grounds,
                    "background-color": grounds,
                    "outline": {"accent", "paper"},
                    "outline-color": {"accent", "paper"},
                }.get(name)
                assert allowed is None or token in allowed, (file.name, name, value)
                seen.add(name)
    assert seen >= {"color", "background", "outline"}
