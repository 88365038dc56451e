# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each rule of the style that keeps a barrier away is needed: without it, a question finds a fault.

Every rule is taken away in turn, in the browser, from pages in which it matters. Where no question
finds a fault then, the rule stands in
`barriers/harmless.py`, with why nobody is kept out without it.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from tests.browser.barriers import paper, quick
from tests.browser.barriers.harmless import HARMLESS
from tests.browser.barriers.modes import PAPER, TALL, opened, set_mode

RULES = """() => {
  const found = [];
  const walk = (rules, path, around) => [...rules].forEach((rule, at) => {
    const here = [...path, at], name = rule.constructor.name;
    if (rule.selectorText !== undefined && rule.style)
      found.push([here, around, rule.selectorText, rule.style.cssText]);
    else if (rule.cssRules && name !== "CSSPageRule") walk(rule.cssRules, here,
      [around, rule.media?.mediaText ?? ""].filter(Boolean).join(" and "));
  });
  [...document.styleSheets].forEach((sheet, at) => walk(sheet.cssRules, [at], ""));
  return found;
}"""

WIDE = """() => document.querySelector("main p, main li").insertAdjacentHTML("beforeend",
  `<br>${"Ordensamt".repeat(20)} <img alt="" width="3000" height="9"
  src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E">`)"""
"""A picture and a word that are wider than any window: an editor may write both."""

TAKE = """([path, text]) => {
  let held = document.styleSheets[path[0]];
  for (const at of path.slice(1, -1)) held = held.cssRules[at];
  if (text === null) {
    const taken = held.cssRules[path.at(-1)].cssText;
    held.deleteRule(path.at(-1));
    return taken;
  }
  held.insertRule(text, path.at(-1));
}"""

COLOURS = r"outline|color|background|forced-color|text-decoration|opacity|--"
ROOM = (
    r"overflow|white-space|hyphens|word-break|(?:min-|max-)?(?:inline|block)-size|flex-wrap|grid-t"
    r"|position|clip|transform|line-height|text-size|text-align|display: (?:none|block)"
    r"|content|font"
)
MATTERS = re.compile(rf"(?:^|; )(?:{COLOURS}|{ROOM})")
"""What a rule may set for the focus, for contrast, or so that a page fits its window."""

STATES = re.compile(
    r"::?(?:before|after|marker|details-content|focus(?:-visible|-within)?|hover|target|active)\b"
)
MATCHED = """(selector) => {
  try { return document.querySelector(selector) !== null; } catch { return true; }
}"""

LOOKS = (
    ("light", 320, 256),
    ("light", 1280, 800),
    ("dark", 1280, 800),
    ("forced", 1280, 800),
    ("print", PAPER, 800),
    ("light", 320, TALL),
    ("light", 1280, TALL),
)


def _matters(media: str, look: tuple[str, int, int]) -> bool:
    """Tell whether a rule of this media query can matter in a look."""
    for word, mode in (("print", "print"), ("dark", "dark"), ("forced", "forced")):
        if word in media:
            return look[0] == mode
    return True


def _faults(page: Page, look: tuple[str, int, int], text: str) -> list[str]:
    """Ask what a rule that sets this can bring about, in this look."""
    if look[2] == TALL:
        return quick.targets(page)
    names = ["contrast", "focus"] if re.search(rf"(?:^|; )(?:{COLOURS})", text) else []
    if re.search(rf"(?:^|; )(?:{ROOM})", text) and look[0] in ("light", "print"):
        names += ["reflow", "order", "presentation", "focus"]
    found = quick.faults(page, *dict.fromkeys(names)) if names else []
    return found + (paper.at_a_glance(page) if look[0] == "print" else [])


def _matched(page: Page, selector: str) -> bool:
    """Tell whether the page has an element that the rule is about, in whichever state."""
    return bool(page.evaluate(MATCHED, STATES.sub("", selector)))


def harmless_rules(browser: Browser, addresses: list[str]) -> dict[str, str]:
    """Take each rule away; give those without which nothing is wrong, with what they set."""
    needed: set[str] = set()
    rules: dict[str, str] = {}
    with opened(browser) as page:
        for look in LOOKS:
            set_mode(page, look[0])
            page.set_viewport_size({"width": look[1], "height": look[2]})
            for address in addresses:
                page.goto(address)
                page.evaluate(WIDE)
                before = set(_faults(page, look, "color: x; content: x"))
                gone = [one for one in before if one.startswith("reflow")]
                assert not gone, f"{address}, {look}: a rule is gone already: {gone}"
                for path, media, selector, text in page.evaluate(RULES):
                    name = f"{media}: {selector}".removeprefix(": ")
                    if not MATTERS.search(text):
                        continue
                    rules[name] = text
                    if name in needed or not _matters(media, look) or not _matched(page, selector):
                        continue
                    taken = page.evaluate(TAKE, [path, None])
                    if set(_faults(page, look, text)) - before:
                        needed.add(name)
                    page.evaluate(TAKE, [path, taken])
    return {name: text for name, text in rules.items() if name not in needed}


def test_every_rule_that_keeps_a_barrier_away_is_needed(
    browser: Browser, kinds: list[str], served: dict[str, str]
) -> None:
    """What can be taken away without a fault is listed as harmless, and nothing else is."""
    found = harmless_rules(browser, [*kinds, f"{served['golden']}/sv/data/"])
    listed = {name for names in HARMLESS.values() for name in names}
    unlisted = [f"{name} {{ {found[name]} }}" for name in sorted(set(found) - listed)]
    assert not unlisted, "no test misses these; ask a new question, or list them:\n" + "\n".join(
        unlisted
    )
    gone = sorted(listed - set(found))
    assert not gone, "these are gone, or needed; take them out of HARMLESS:\n" + "\n".join(gone)


def test_a_rule_that_nothing_needs_is_found(browser: Browser) -> None:
    """The instrument tells a rule for the focus from an ornament."""
    made = harmless_rules(browser, [f"data:text/html,{quote(MADE)}"])
    assert set(made) == {"b"}


MADE = """<!doctype html><html lang=en><title>t</title><style>
@layer base { :focus-visible { outline: 3px solid black } body { overflow-wrap: anywhere }
img { max-inline-size: 100% } @media (prefers-color-scheme: dark) { html { color-scheme: dark } }
p { line-height: 1.6; max-inline-size: 30rem } }
b { color: #222 }
</style><main><h1>Title</h1><p>Some words. <b>More</b> of them, <a href=x>a link</a>.""" + (
    " One. Two and three." * 9
)
