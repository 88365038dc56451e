# SPDX-License-Identifier: AGPL-3.0-or-later
"""Do an answer's headers say at least what the site's have to say?

A host may say more, or the same in another form. A policy is compared by its directives (Content
Security Policy Level 3, W3C), features by their allow-lists (Permissions Policy, W3C), HSTS by its
time (RFC 6797). Every other header has one value that will do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from notices.verifying.fetching import Answer

Directives = Mapping[str, frozenset[str]]

_POLICY: Final = "Content-Security-Policy"
_FETCHES: Final = re.compile(
    r"(?:child|connect|default|fenced-frame|font|frame|img|manifest|media|object|prefetch|worker)-src"
    r"|(?:script|style)-src(?:-elem|-attr)?"
)
"""The directives that say from where something may come (section 6.1); browsers know no others."""

_UNSAFE: Final = "'unsafe-inline'"
_OVERRULING: Final = re.compile(r"'(?:sha(?:256|384|512)|nonce)-.+'")
"""With one of these among the sources, browsers pass over 'unsafe-inline' (section 6.7.3.2)."""
_MAX_AGE: Final = re.compile(r'max-age="?([0-9]{1,18})')


_REVALIDATING: Final = frozenset({"no-cache", "no-store", "max-age=0"})
"""What makes a cache ask before it gives what it has (RFC 9111, section 5.2.2)."""


class Flaw(NamedTuple):
    """A header that is missing or weak: the code, the header, and a fact about it."""

    code: str
    header: str
    fact: str


def flaws(answer: Answer, expected: Mapping[str, str], styles: Collection[str]) -> Iterator[Flaw]:
    """Compare an answer's headers with those expected; ``styles`` are the release's.

    Over plain http, HSTS says nothing (RFC 6797, section 7.2), and is not asked for.
    """
    for header, wanted in expected.items():
        if header == "Strict-Transport-Security" and answer.url.startswith("http:"):
            continue
        said = answer.header(header)
        if not said:
            yield Flaw("header-missing", header, f"the header '{header}: {wanted}' is missing.")
        elif not _is_enough(header, said, wanted, styles):
            fact = f"the header '{header}: {said}' promises less than '{wanted}'."
            yield Flaw("header-weaker", header, fact)


def allows_style(answer: Answer, sources: Collection[str]) -> bool:
    """Tell whether a page may use its own style elements, by every policy of its host."""
    return all(
        (_UNSAFE in allowed and not any(map(_OVERRULING.fullmatch, allowed)))
        or allowed.issuperset(sources)
        for policy in _policies(answer.header(_POLICY))
        if (allowed := _sources(policy, "style-src-elem", "style-src", "default-src")) is not None
    )


def _is_enough(header: str, said: str, wanted: str, styles: Collection[str]) -> bool:
    if header == _POLICY:
        return _is_strict_enough(_policies(said), _policies(wanted)[0], styles)
    if header == "Permissions-Policy":
        given = [_words(feature) for feature in said.split(",")]
        return all(_words(feature) in given for feature in wanted.split(","))
    if header == "Strict-Transport-Security":
        return _seconds(said) >= _seconds(wanted)
    if header == "Cache-Control":
        return not _REVALIDATING.isdisjoint(_words(said).split(","))
    if header == "Referrer-Policy":  # the last one that a browser knows holds
        return _words(said.split(",")[-1]) == _words(wanted)
    return _words(said.partition(";")[0]) == _words(wanted)


def _is_strict_enough(
    policies: list[Directives], wanted: Directives, styles: Collection[str]
) -> bool:
    """Tell whether what is forbidden is forbidden by one of the policies: each of them holds."""
    limits = {**wanted, "style-src": frozenset({_UNSAFE, *wanted["style-src"], *styles})}
    named = {name for policy in policies for name in policy if _FETCHES.fullmatch(name)}
    limits |= {
        name: limits["style-src" if name.startswith("style-src") else "default-src"]
        for name in named - limits.keys()
    }
    return all(
        any(
            (sources := _sources(policy, name, *_fallback(name))) is not None and sources <= limit
            for policy in policies
        )
        for name, limit in limits.items()
    )


def _fallback(name: str) -> tuple[str, ...]:
    """Say which directives stand in for one that is absent (section 6.8.3)."""
    if not _FETCHES.fullmatch(name):
        return ()
    return (re.sub("-(?:elem|attr)$", "", name), "default-src")


def _sources(policy: Directives, *names: str) -> frozenset[str] | None:
    return next((policy[name] for name in names if name in policy), None)


def _policies(said: str) -> list[Directives]:
    """Take the policies of a header apart; the first of two directives of a name holds."""
    policies: list[Directives] = []
    for text in said.split(","):
        policy: dict[str, frozenset[str]] = {}
        for directive in text.split(";"):
            name, *sources = directive.split() or [""]
            if name:
                policy.setdefault(name.lower(), frozenset(sources) - {"'none'"})
        policies.append(policy)
    return policies


def _seconds(said: str) -> int:
    found = _MAX_AGE.search(said.lower())
    return int(found[1]) if found else 0


def _words(said: str) -> str:
    return "".join(said.lower().split())
