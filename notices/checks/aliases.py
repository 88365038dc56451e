# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does what was retired lead to something that is there, and is nothing retired that still is?"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from notices import published
from notices.aliases import CODE
from notices.model import Aliases, Catalog, Finding, Notice, key_of
from notices.published import Published
from notices.settings import Settings


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Check each line of ``aliases.toml`` that could be read."""
    aliases = catalog.aliases
    if aliases.lines:
        live = Published(catalog, compares=settings.compares)
        site = unquote(urlsplit(settings.site_url).path).strip("/")
        for retired, target in aliases.addresses.items():
            yield from _retired_address(catalog, live, retired, site)
            yield from _target(catalog, live, retired, target)
        for name, anchors in aliases.anchors.items():
            for retired in anchors:
                yield from _anchor(catalog, name, retired)
        for name in aliases.gone:
            yield from _gone(catalog, live, name)


def _finding(aliases: Aliases, name: str, code: str, message: str, fix: str) -> Finding:
    return Finding(aliases.path, aliases.lines.get(name, 1), code, message, fix)


def _retired_address(
    catalog: Catalog, live: Published, retired: str, site: str
) -> Iterator[Finding]:
    if reason := live.conflict(retired):
        yield _finding(
            catalog.aliases,
            retired,
            "alias-live",
            f"/{retired} cannot be a retired address: {reason}.",
            "remove the line; a page that is to move needs another slug first.",
        )
    elif site and retired.startswith(f"{site}/"):
        below = retired.removeprefix(f"{site}/")
        message = f"/{retired} holds the site's own address, /{site}."
        yield _finding(catalog.aliases, retired, CODE, message, f'write "/{below}".')


def _target(catalog: Catalog, live: Published, retired: str, target: str) -> Iterator[Finding]:
    aliases = catalog.aliases
    address, _, fragment = target.partition("#")
    if address in aliases.addresses:
        ways = {one: to.partition("#")[0] for one, to in aliases.addresses.items()}
        yield _chain(aliases, retired, f"/{retired}", f"/{address}", _end(ways, address), "/")
    elif reason := _absence(catalog, live, address):
        yield _finding(
            aliases,
            retired,
            "alias-target-missing",
            f"/{retired} leads to /{address}, {reason}.",
            _meant(address, live.addresses, "/", "write an address that is there."),
        )
    elif fragment and address in live.pages and fragment not in live.pages[address].anchors:
        yield _finding(
            aliases,
            retired,
            "alias-target-missing",
            f"/{retired} leads to '{fragment}' on /{address}, and that page has no such anchor.",
            _meant(fragment, live.pages[address].anchors, "#", "leave out # and what follows it."),
        )
    elif fragment and address in live.pages:
        anchors = aliases.anchors.get(live.pages[address].notice, {})
        if fragment in anchors:
            end = _end(anchors, fragment)
            yield _chain(aliases, retired, f"/{retired}", f"#{fragment}", end, f"/{address}#")


def _absence(catalog: Catalog, live: Published, address: str) -> str:
    """Say why an address leads nowhere; nothing where something is there."""
    if address in live.addresses:
        return ""
    lang = address.partition("/")[0]
    if lang in catalog.drafts:
        return f"and '{lang}' is a draft, which is not published"
    if address in catalog.draft_texts.values():
        return "the address of a draft, which is not published"
    return "which is let go itself" if catalog.aliases.lets_go(address) else "which does not exist"


def _meant(word: str, known: Collection[str], sign: str, otherwise: str) -> str:
    """Say which of the names that are known was probably meant."""
    with_site = [one for one in known if one and word.endswith(f"/{one}")]
    near = sorted(with_site, key=len)[-1:] or difflib.get_close_matches(word, sorted(known), 1)
    return f"did you mean {sign}{near[0]}?" if near else otherwise


def _end(ways: Mapping[str, str], start: str) -> str:
    """Follow what is retired to what is not; empty where that leads in a circle."""
    seen = set()
    while start in ways and start not in seen:
        seen.add(start)
        start = ways[start]
    return "" if start in seen else start


def _chain(aliases: Aliases, name: str, old: str, new: str, end: str, sign: str) -> Finding:
    if end:
        message, fix = f"{old} leads to {new}, which is retired itself.", f'write "{sign}{end}".'
    else:
        message = f"{old} leads to {new}, and from there in a circle."
        fix = "let one of them lead to what is there today."
    return _finding(aliases, name, "alias-chain", message, fix)


def _anchor(catalog: Catalog, name: str, retired: str) -> Iterator[Finding]:
    aliases = catalog.aliases
    key = key_of(name, retired)
    texts = catalog.notices.get(name)
    if not texts:
        fix = _meant(name, catalog.notices, "", "write the name of a notice's file, without .md.")
        message = f"'{key}': there is no notice '{name}'."
        yield _finding(aliases, key, "alias-target-missing", message, fix)
        return
    if own := next((text for text in texts.values() if retired in text.ids), None):
        yield _live_anchor(aliases, key, own)
        return
    target = aliases.anchors[name][retired]
    text = catalog.source(name) or next(iter(texts.values()))
    if target in aliases.anchors[name]:
        yield _chain(aliases, key, key, f"#{target}", _end(aliases.anchors[name], target), "")
    elif published.section_of(text, target) is None:
        yield _finding(
            aliases,
            key,
            "alias-target-missing",
            f"'{key}' leads to '{target}', an anchor that {text.path} does not have.",
            _meant(target, text.ids, "", "write the id of the section that says it today."),
        )


def _live_anchor(aliases: Aliases, key: str, text: Notice) -> Finding:
    message = f"'{key}' is said to be retired, and is an anchor of {text.path} today."
    return _finding(
        aliases, key, "alias-live", message, "remove the line, or give the section another id."
    )


def _gone(catalog: Catalog, live: Published, name: str) -> Iterator[Finding]:
    """Check that nothing is there that is let go."""
    aliases = catalog.aliases
    notice, mark, anchor = name.partition("#")
    if mark:
        for text in catalog.notices.get(notice, {}).values():
            if anchor in text.ids:
                yield _live_anchor(aliases, name, text)
                return
        return
    alone = Aliases(gone={name: ""})
    for address in sorted(live.addresses):
        if alone.lets_go(address):
            yield _finding(
                aliases,
                name,
                "alias-live",
                f"/{name} is let go, and there is something today: /{address}.",
                "remove the line, or what is there.",
            )
            return
