# SPDX-License-Identifier: AGPL-3.0-or-later
"""What does a screen reader meet? The browser's accessibility tree, as an outline to be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

TOLD = {
    "banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search",
    "article", "heading", "link", "button", "note", "img", "image", "table", "textbox", "checkbox",
    "DisclosureTriangle", "term", "alert", "group", "StaticText",
}  # fmt: skip


@dataclass(slots=True)
class Node:
    """One thing of the tree; ``lang`` is the language that it is read in."""

    role: str
    name: str
    level: int | None
    address: str
    lang: str
    inside: list[Node] = field(default_factory=list)

    def all(self) -> Iterator[Node]:
        """Give it and all that is inside it, in the order of reading."""
        yield self
        for node in self.inside:
            yield from node.all()


def _languages(root: dict[str, Any], lang: str = "") -> Iterator[tuple[int, str]]:
    """Give the language of each element of the document, by its number in the browser."""
    words = root.get("attributes", [])
    lang = dict(zip(words[::2], words[1::2], strict=True)).get("lang", lang)
    yield root["backendNodeId"], lang
    for child in root.get("children", []):
        yield from _languages(child, lang)


def read(page: Page) -> Node:
    """Read the tree of a page as it is shown now; JavaScript need not be on."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    document = session.send("DOM.getDocument", {"depth": -1})["root"]
    session.detach()
    languages = dict(_languages(document))
    by_id = {node["nodeId"]: node for node in nodes}

    def made(raw: dict[str, Any]) -> list[Node]:
        told = {one["name"]: one["value"].get("value") for one in raw.get("properties", [])}
        inside = [
            node for one in raw.get("childIds", []) if one in by_id for node in made(by_id[one])
        ]
        role = raw.get("role", {}).get("value", "")
        if raw.get("ignored") or (role not in TOLD and role != "RootWebArea"):
            return inside
        name = " ".join(raw.get("name", {}).get("value", "").split())
        lang = languages.get(raw.get("backendDOMNodeId", 0), "")
        return [Node(role, name, told.get("level"), told.get("url", ""), lang, inside)]

    (root,) = made(nodes[0])
    return root


def outline(root: Node) -> str:
    """Write the tree as text: a line for each thing, indented; words where the language changes."""

    def lines(node: Node, depth: int, lang: str) -> Iterator[str]:
        if node.role == "StaticText" and (node.lang == lang or node.inside):
            return
        role = f"{node.role} {node.level}" if node.role == "heading" else node.role
        mark = f" [{node.lang}]" if node.lang and node.lang != lang else ""
        role = role.replace("StaticText", "words").replace("DisclosureTriangle", "opener")
        yield f"{'  ' * depth}{role}{f': {node.name}' if node.name else ''}{mark}"
        for one in node.inside:
            yield from lines(one, depth + 1, node.lang or lang)

    first = next(node.lang for node in root.all() if node.lang)
    body = [line for one in root.inside for line in lines(one, 1, first)]
    return "\n".join([f"page: {root.name} [{first}]", *body]) + "\n"


EMPTY_WORDS = set(
    "click here|here|more|read more|learn more|this|link|details|page|continue|"
    "klicka här|här|läs mer|mer|länk|denna|sida|vidare|#|→|…".split("|")
)


def unclear_links(root: Node) -> list[str]:
    """2.4.4, 2.4.9: links that say nothing by themselves, or lead to two places by one name."""
    faults, places = [], dict[str, str]()
    for link in (node for node in root.all() if node.role == "link"):
        if link.name.casefold().strip(" .:»>") in EMPTY_WORDS | {""}:
            faults.append(f"a link named “{link.name}” to {link.address}")
        elif places.setdefault(link.name.casefold(), link.address) != link.address:
            faults.append(f"“{link.name}” leads to {places[link.name.casefold()]}, {link.address}")
    return faults
