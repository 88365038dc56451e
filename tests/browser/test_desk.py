# SPDX-License-Identifier: AGPL-3.0-or-later
"""The editor's desk in a browser: what an editor sees while a file is changed on disk."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from notices import catalog, settings
from notices.review import marking
from tests.browser.barriers import ask, axe
from tests.browser.barriers.modes import DEFAULTS, ZOOMED, opened, set_mode
from tests.previewing import Preview, previewed

SV = """\
# Titel

Inledning.

## Hur länge? {#retention}

Vi sparar det i 4 veckor.

## Vem? {#who}

Vi.
"""
EN = """\
# Title

Introduction.

## How long? {#retention}

We keep it for 4 weeks.

## Who? {#who}

We.
"""
LONG = "\n\n".join(["Här står en lång text som ingen behöver läsa."] * 60)
AR = """\
# عنوان

مقدمة.

## كم؟ {#retention}

نحفظها 4 أسابيع. [x](nowhere.md)

## من؟ {#who}

نحن.
"""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Give a running preview of a site in three languages, in git; two of them are reviewed."""
    folder = tmp_path_factory.mktemp("desk")
    content = folder / "content"
    for path, text in {"sv/user.md": SV, "en/user.md": EN, "ar/user.md": AR}.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    made = settings.for_site(settings.from_file(), content=content, source_language="sv")
    marking.mark(catalog.load(content, "content", "sv"), made, "en", (), date(2026, 3, 1))
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        known = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run([*known, *words], cwd=content, check=True)
    with previewed(folder, "--source-language", "sv") as running:
        yield running


@pytest.fixture
def content(preview: Preview) -> Iterator[Path]:
    """Give the content folder; it is put back as it was."""
    folder = preview.folder / "content"
    yield folder
    for path, text in {"sv/user.md": SV, "en/user.md": EN, "ar/user.md": AR}.items():
        if (folder / path).read_bytes() != text.encode():
            (folder / path).write_text(text, encoding="utf-8")
            preview.wait_for(" pages, ")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page of a wide window, as an editor has it; its errors are the test's."""
    faults: list[str] = []
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    opened.close()
    assert [one for one in faults if "404" not in one and "Failed to load" not in one] == []


def write(content: Path, path: str, old: str, new: str) -> None:
    """Save a file with other words."""
    text = (content / path).read_text(encoding="utf-8")
    assert old in text
    (content / path).write_text(text.replace(old, new), encoding="utf-8")


def test_a_finding_appears_is_followed_mended_and_goes(
    page: Page, preview: Preview, content: Path
) -> None:
    """In the open page, which keeps its place, its focus and what it was: it is not loaded anew."""
    write(content, "sv/user.md", "Vi.\n", f"Vi.\n\n{LONG}\n")
    page.goto(f"{preview.address}/sv/user/")
    expect(page.locator("#_desk-fold > summary")).to_contain_text("No findings")
    page.evaluate("document.body.dataset.kept = 1; window.kept = 1; scrollTo(0, 900)")
    page.locator("#retention .permalink").evaluate("one => one.focus({preventScroll: true})")
    place = page.evaluate("scrollY")

    write(content, "sv/user.md", "4 veckor.", "4 veckor. Se [mer](nowhere.md).")
    finding = page.locator("#_desk-own > li")
    expect(finding).to_contain_text("link-file-missing")
    expect(finding).to_contain_text("content/sv/user.md:7")
    expect(page.locator("#_desk-said")).to_have_text("1 finding, 1 new")
    assert page.evaluate("[window.kept, scrollY, document.activeElement.className]") == [
        1,
        place,
        "permalink",
    ]
    expect(page.locator("#retention > h2 + .desk-mark")).to_have_text("1 finding")

    finding.locator(".desk-place a").click()
    expect(page).to_have_url(re.compile("#retention$"))
    heading = page.locator("#retention h2")
    expect(heading).to_be_in_viewport()
    page.locator("#retention .desk-mark a").click()
    expect(page).to_have_url(re.compile("#_desk-"))
    expect(finding).to_be_in_viewport()

    write(content, "sv/user.md", " Se [mer](nowhere.md).", "")
    expect(finding).to_have_count(0)
    expect(page.locator(".desk-mark")).to_have_count(0)
    expect(page.locator("#_desk-said")).to_have_text("No findings")
    assert page.evaluate("window.kept") == 1


def test_what_is_folded_stays_so(page: Page, preview: Preview, content: Path) -> None:
    """After an edition, after a reload, on another page; and what was folded takes no room."""
    page.goto(f"{preview.address}/sv/user/")
    open_width = page.locator("main").evaluate("one => one.clientWidth")
    page.locator("#_desk-fold > summary").click()
    write(content, "sv/user.md", "Inledning.", "En inledning.")
    expect(page.locator("main")).to_contain_text("En inledning.")
    for address in ("sv", "sv", "en"):
        page.goto(f"{preview.address}/{address}/user/")
        expect(page.locator("#_desk-fold")).not_to_have_attribute("open", "")
    assert page.locator("main").evaluate("one => one.clientWidth") > open_width + 200
    page.go_back()
    expect(page.locator("#_desk-fold")).not_to_have_attribute("open", "")
    write(content, "sv/user.md", "En inledning.", "En annan inledning.")
    expect(page.locator("main")).to_contain_text("En annan inledning.")


def test_a_broken_file_is_told_of_until_it_is_mended(
    page: Page, preview: Preview, content: Path
) -> None:
    """In an alert that names the file; the page follows by itself when it can be read again."""
    page.goto(f"{preview.address}/sv/user/")
    (content / "sv" / "user.md").write_bytes(b"\xff\xfe")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("content/sv/user.md:1")
    expect(alert).to_contain_text("UTF-8")
    expect(alert).to_contain_text("The page below is the last good one.")
    expect(alert).to_be_in_viewport()
    expect(page.locator("main")).to_contain_text("Inledning.")
    mended = SV.replace("Inledning.", "Lagad inledning.")
    (content / "sv" / "user.md").write_text(mended, encoding="utf-8")
    expect(page.locator("main")).to_contain_text("Lagad inledning.")
    expect(alert).to_have_count(0)


def test_the_page_finds_a_preview_that_was_started_again(
    page: Page, browser: Browser, tmp_path: Path
) -> None:
    """What has changed in the meantime is shown."""
    notice = tmp_path / "content" / "sv" / "user.md"
    notice.parent.mkdir(parents=True)
    notice.write_text("# Titel\n\nFörst.\n", encoding="utf-8")
    with previewed(tmp_path) as first:
        page.goto(f"{first.address}/sv/user/")
        expect(page.locator("main")).to_contain_text("Först.")
    notice.write_text("# Titel\n\nSedan.\n", encoding="utf-8")
    with previewed(tmp_path, port=first.address.rpartition(":")[2]):
        expect(page.locator("main")).to_contain_text("Sedan.")


def test_side_by_side(page: Page, preview: Preview, content: Path) -> None:
    """What the source changed is marked, follows the file, and ends with a command to copy."""
    page.goto(f"{preview.address}/sv/user/")
    page.get_by_role("complementary").get_by_role("link", name="English side by side").click()
    expect(page).to_have_url(f"{preview.address}/_preview/beside/en/user/")
    part = page.locator("#_part-retention")
    expect(part).not_to_have_attribute("open", "")
    page.locator("#_part-who > summary").click()
    write(content, "sv/user.md", "4 veckor", "fem veckor")
    expect(part.locator("ins")).to_contain_text("fem")
    expect(part.locator("del")).to_contain_text("4")
    expect(part).to_have_attribute("open", "")
    expect(page.locator("#_part-who")).to_have_attribute("open", "")
    assert part.locator("ins").evaluate("one => getComputedStyle(one).textDecorationLine") == (
        "underline"
    )
    command = part.locator(".desk-command code").last
    expect(command).to_contain_text("reviewed en user#retention --content content")
    command.click()
    copied = page.evaluate("getSelection().toString()")
    assert copied == command.inner_text()
    source, translation = (part.locator(".desk-side").nth(at).bounding_box() for at in (0, 1))
    assert source and translation and source["x"] + source["width"] <= translation["x"]
    page.set_viewport_size({"width": 320, "height": 800})
    source, translation = (part.locator(".desk-side").nth(at).bounding_box() for at in (0, 1))
    assert source and translation and source["y"] + source["height"] <= translation["y"]


def test_right_to_left(page: Page, preview: Preview) -> None:
    """The desk is English, on the other side; the mark stands in the margin on the right."""
    page.goto(f"{preview.address}/ar/user/")
    desk = page.locator("#_desk")
    expect(desk).to_have_attribute("dir", "ltr")
    box, mark = desk.bounding_box(), page.locator(".notice .desk-mark").bounding_box()
    text = page.locator("#retention .body").bounding_box()
    assert box and mark and text
    assert box["x"] == 0 and box["x"] + box["width"] <= text["x"]
    assert mark["x"] >= text["x"] + text["width"]
    page.goto(f"{preview.address}/_preview/beside/ar/user/")
    sides = page.locator("#_part-retention .desk-side [dir]")
    assert sides.evaluate_all("all => all.map((one) => one.dir)") == ["ltr", "rtl"]


def test_without_javascript(browser: Browser, preview: Preview, content: Path) -> None:
    """All is there in the page; only that it follows needs the script."""
    write(content, "sv/user.md", "4 veckor.", "4 veckor. Se [mer](nowhere.md).")
    preview.wait_for("link-file-missing")
    preview.wait_for(" pages, ")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{preview.address}/sv/user/")
    expect(page.locator("#_desk-own > li")).to_contain_text("link-file-missing")
    expect(page.locator(".desk-mark")).to_have_text("1 finding")
    page.locator("#_desk-fold > summary").click()
    expect(page.locator("#_desk-own")).not_to_be_visible()
    context.close()


def test_with_the_keyboard_alone(page: Page, preview: Preview, content: Path) -> None:
    """A link at the start leads to the desk, which opens; Enter follows a finding."""
    write(content, "sv/user.md", "4 veckor.", "4 veckor. Se [mer](nowhere.md).")
    preview.wait_for("link-file-missing")
    preview.wait_for(" pages, ")
    page.goto(f"{preview.address}/sv/user/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    skip = page.locator(".desk-to")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#_desk-fold > summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#_desk-own")).not_to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#_desk-own .desk-place a")).to_be_focused()
    focused = page.locator("#_desk-own .desk-place a").element_handle()
    write(content, "sv/user.md", "Vi.", "Vi två.")
    expect(page.locator("main")).to_contain_text("Vi två.")
    assert focused and focused.evaluate("one => one === document.activeElement")
    write(content, "sv/user.md", " Se [mer](nowhere.md).", "")
    expect(page.locator("#_desk-own")).to_have_count(0)
    expect(page.locator("#_desk-fold > summary")).to_be_focused()


def test_a_space_too_many_is_seen(page: Page, preview: Preview, content: Path) -> None:
    """A page shows two spaces as one, and the finding would quote nothing that is wrong."""
    write(content, "sv/user.md", "Vi.", "Vi  två.")
    page.goto(f"{preview.address}/sv/user/")
    quote = page.locator("#_desk-own p").filter(has_text="too many")
    expect(quote).to_have_count(1)
    assert "Vi  två." in quote.inner_text()


def test_no_barrier_on_the_desk(browser: Browser, preview: Preview, content: Path) -> None:
    """axe-core with every rule, the focus, targets, reflow; no text is covered, no paper used."""
    write(content, "sv/user.md", "4 veckor.", "fem veckor. Se [mer](nowhere.md).")
    preview.wait_for("link-file-missing")
    preview.wait_for(" pages, ")
    desk = ("/_preview/beside/en/user/", "/_preview/beside/en/")
    shown = ("/sv/user/", "/ar/user/", "/", "/compare/sv-ar/user/", *desk)
    found = []
    with opened(browser) as page:
        for path in shown:
            page.goto(preview.address + path)
            axe.load(page)
            for mode, width in (("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320)):
                page.set_viewport_size({"width": width, "height": 800})
                set_mode(page, mode)
                where = f"{path} {mode} {width}"
                for met in axe.run(page):
                    if met.rule != "hidden-content" and not explained(met):
                        found.append(f"{where}: {met}")
                found += [f"{where}: {fault}" for fault in ask(page, "focus")]
                found += [f"{where}: {fault}" for fault in ask(page, "contrast")]
                found += [f"{where}: {fault}" for fault in page.evaluate(SMALL_OR_WIDE)]
            page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
            found += [f"{path} zoomed: {fault}" for fault in page.evaluate(SMALL_OR_WIDE)]
        page.emulate_media(**{**DEFAULTS, "media": "print"})  # type: ignore[arg-type]
        page.goto(f"{preview.address}/sv/user/")
        assert not page.locator(".desk, .desk-to").filter(visible=True).count()
    assert not found, "\n".join(found)


SMALL_OR_WIDE = """() => {
  const faults = [], width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) faults.push("one has to scroll sideways");
  const desk = document.querySelector("#_desk"), main = document.querySelector("main");
  if (desk) {
    const [ours, theirs] = [desk, main].map((one) => one.getBoundingClientRect());
    const across = Math.min(ours.right, theirs.right) - Math.max(ours.left, theirs.left);
    const down = Math.min(ours.bottom, theirs.bottom) - Math.max(ours.top, theirs.top);
    if (across > 1 && down > 1) faults.push("the panel covers the text");
  }
  for (const one of document.querySelectorAll(".desk a, .desk summary, .desk-to")) {
    const box = one.getBoundingClientRect();
    if (one.checkVisibility() && box.width > 1 && (box.height < 23.9 || box.width < 23.9))
      faults.push(`a small target: ${one.outerHTML} ${box.width} x ${box.height}`);
  }
  return faults;
}"""


def explained(met: axe.Met) -> bool:
    """Tell whether a person has looked at what axe-core cannot tell."""
    return any(one.fits(met, "light") for one in axe.EXPLAINED)
