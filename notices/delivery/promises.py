# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may readers have kept of a site, and which of it would a new release break?

Links to a privacy notice stand in contracts, letters and other sites for years. So an address or
anchor that was once published is a promise: it is kept while something is there, or while
``aliases.toml`` says where that is now. One that is let go (``[gone]``) is a promise no longer.
Files for machines (``robots.txt``, the sitemap, ``build.json`` and their like) promise nothing, and
no more do the theme's own ids.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from notices import addresses, languages
from notices.aliases import CODE as ALIAS_MALFORMED
from notices.delivery import record, successors
from notices.delivery.successors import part_of
from notices.filenames import BUILD_RECORD, CURRENT
from notices.model import Catalog, Finding, key_of
from notices.published import Published
from notices.settings import SettingsError, shown

PROMISES: Final = "addresses"
"""The entry of ``build.json`` that holds what a release promises."""

_MOST_GUESSED: Final = 200
"""Of no more broken promises is it guessed what has taken their place: each is compared with all.
"""


def of(catalog: Catalog, *, compares: bool) -> dict[str, list[str]]:
    """Give each address of the site, retired ones too, with the anchors that work there.

    ``compares`` is that of the settings. What leads to an anchor of another page is there for one
    thing, and promises no anchors.
    """
    site = Published(catalog, compares=compares)
    found = {
        address: list(site.pages[address].anchors) if address in site.pages else []
        for address in site.addresses
    }
    for retired, target in site.redirects.items():
        found[retired] = [] if "#" in target else found[target]
    return dict(sorted(found.items()))


def read(place: Path) -> Any:
    """Read what a release promises: its folder, its ``build.json``, or a folder of releases.

    Raises SettingsError where there is no release. What it holds is for ``dropped`` to judge.
    """
    tried = (place, place / CURRENT / BUILD_RECORD, place / BUILD_RECORD)
    file = next((file for file in tried if file.is_file()), None)
    if file is None:
        raise SettingsError(
            f"{shown(place)} holds no release; name its folder, or its {BUILD_RECORD}."
        )
    try:
        held = record.parsed(file.read_bytes())
    except (OSError, ValueError) as error:
        raise SettingsError(f"{shown(file)} cannot be read: {error}.") from error
    return held.get(PROMISES)


def dropped(before: Any, catalog: Catalog, *, compares: bool) -> list[Finding]:
    """Say which promises of an earlier release the site would break.

    ``before`` is what that release's ``build.json`` holds under ``PROMISES``, whoever wrote it;
    ``compares`` is that of the settings.
    """
    if any(finding.code == ALIAS_MALFORMED for finding in catalog.findings):
        return []  # what the table says is unknown
    if not _is_sound(before):
        return [
            _finding(
                catalog,
                "promises-unknown",
                "the earlier release does not say which addresses it has, so nobody knows whether "
                "one of them is dropped.",
                "look for yourself this time; a release says it from now on.",
            )
        ]
    promised = {unicodedata.normalize("NFC", address): own for address, own in before.items()}
    return sorted(_Comparison(promised, catalog, compares).findings())


def _is_sound(before: Any) -> bool:
    return isinstance(before, dict) and all(
        address.isprintable()
        and not address.startswith("/")
        and isinstance(anchors, list)
        and all(isinstance(anchor, str) and anchor.isprintable() for anchor in anchors)
        for address, anchors in before.items()
    )


def _finding(catalog: Catalog, code: str, message: str, fix: str) -> Finding:
    return Finding(catalog.aliases.path, 1, code, message, fix)


class _Comparison:
    """What was promised, beside what is there now."""

    def __init__(
        self, before: Mapping[str, Collection[str]], catalog: Catalog, compares: bool
    ) -> None:
        self._before = before
        self._catalog = catalog
        self._site = Published(catalog, compares=compares)
        self._now = of(catalog, compares=compares)
        gone = catalog.aliases.gone
        self._gone_texts = {addresses.plain_of(one) for one in gone if one.endswith("/")}
        self._live = {one: own for one, own in self._now.items() if one in self._site.addresses}

    def findings(self) -> Iterator[Finding]:
        """Give a finding for each promise that is broken, and one for a language as a whole."""
        lost = [one for one in self._before if one not in self._now and not self._is_gone(one)]
        kept = {part_of(address) for address in self._now}
        parts = {
            part for one in lost if (part := part_of(one)) not in kept and self._is_whole(part)
        }
        for part in parts:
            yield self._part(part)
        plain = {addresses.plain_of(one) for one in lost if one.endswith("/")}
        alone = [one for one in lost if one not in plain and part_of(one) not in parts]
        for position, address in enumerate(alone):
            guess = ""
            if position < _MOST_GUESSED:
                guess = successors.of_address(address, self._before, self._live)
            yield self._address(address, guess)
        yield from self._anchors()

    def _is_whole(self, part: str) -> bool:
        """Tell whether a part of the earlier site was a language, or two side by side."""
        is_language = part in self._before and languages.is_language(part[:-1])
        return is_language or part.startswith(f"{addresses.COMPARISONS}/")

    def _is_gone(self, address: str) -> bool:
        """Tell whether an address was let go, or is the plain text of a page that was."""
        return address in self._gone_texts or self._catalog.aliases.lets_go(address)

    def _part(self, part: str) -> Finding:
        lang = part.split("/")[0]
        is_draft = lang in self._catalog.drafts
        what = f"all pages below /{part} are dropped: {lang} was published"
        what += " and is a draft now" if is_draft else " and is no language of the site now"
        mend = f"bring back {self._catalog.folder}/{lang}"
        if is_draft:
            mend = f"remove 'draft = true' from {self._catalog.folder}/{lang}/language.toml"
        if part.startswith(f"{addresses.COMPARISONS}/"):
            what = f"all pages below /{part} are dropped, which showed two languages side by side"
            mend = "bring them back"
        fix = f'{mend}, or let them go: below [gone], write "/{part}*" = "why".'
        return _finding(self._catalog, "address-dropped", f"{what}.", fix)

    def _address(self, address: str, guess: str) -> Finding:
        line = f'"/{address}" = "/{guess}"' if guess else f'"/{address}" = "/…"'
        drafts = self._catalog.draft_texts
        if draft := next((path for path in drafts if drafts[path] == address), ""):
            return _finding(
                self._catalog,
                "address-dropped",
                f"/{address} was published, and {self._catalog.folder}/{draft} is a draft now.",
                f"publish it again (without 'draft: true'), or write below [addresses]: {line}; "
                "or below [gone], why nothing stands in for it.",
            )
        return _finding(
            self._catalog,
            "address-dropped",
            f"/{address} was published, and there is nothing now.",
            f"below [addresses], write where it is today: {line}; or below [gone], why nothing "
            "stands in for it.",
        )

    def _anchors(self) -> Iterator[Finding]:
        """Find the anchors that are no more, each once for all languages of a notice."""
        lost: dict[str, list[str]] = {}
        for address, anchors in self._before.items():
            target = self._site.redirects.get(address, address)
            page = self._site.pages.get(target)
            own = list(anchors)
            for anchor in anchors if page and page.notice else ():
                key = key_of(page.notice, anchor) if page else ""
                if anchor not in self._now[target] and not self._catalog.aliases.lets_go(key):
                    lost.setdefault(key, own)
        for position, (key, anchors) in enumerate(lost.items()):
            name, _, anchor = key.partition("#")
            guess = ""
            if position < _MOST_GUESSED:
                guess = successors.of_anchor(anchor, anchors, self._sections(name))
            yield self._anchor(key, guess)

    def _anchor(self, key: str, guess: str) -> Finding:
        return _finding(
            self._catalog,
            "anchor-dropped",
            f"'{key}' was published, and the notice has no such anchor now.",
            f'below [anchors], write what has taken its place: "{key}" = "{guess or "…"}"; or '
            "below [gone], why nothing stands in for it.",
        )

    def _sections(self, name: str) -> list[str]:
        """Give the anchors of a notice's sections in all languages, each once."""
        texts = self._catalog.notices.get(name, {}).values()
        own = (section.anchor for text in texts for section in text.sections)
        return [anchor for anchor in dict.fromkeys(own) if anchor]
