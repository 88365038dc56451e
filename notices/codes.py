# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every kind of finding, and how severe it is unless a site says otherwise.

``docs/findings.md`` explains each under a heading of the same name.
"""

from __future__ import annotations

import difflib
from typing import Final

from notices.model import Severity

DIFFERENCES: Final[dict[str, Severity]] = {
    "abbreviation-differs": "warning",
    "date-differs": "warning",
    "effective-differs": "warning",
    "email-differs": "warning",
    "file-differs": "warning",
    "host-differs": "warning",
    "link-differs": "warning",
    "list-differs": "warning",
    "number-differs": "warning",
    "period-differs": "warning",
    "postal-code-differs": "warning",
    "table-differs": "warning",
    "telephone-differs": "warning",
}
"""Two texts that say different things: what ``waivers.toml`` may waive."""

WORDS: Final[dict[str, Severity]] = {
    # what is no finished text
    "placeholder-left": "warning",
    "word-doubled": "warning",
    "quotes-straight": "warning",
    "space-missing": "warning",
    "space-extra": "warning",
    "term-avoided": "warning",
    "abbreviation-unexplained": "warning",
    # spelling
    "word-unknown": "warning",
    "spelling-not-checked": "warning",
    "words-malformed": "error",
    # readability
    "notice-hard-to-read": "warning",
    "section-hard-to-read": "warning",
    "sentence-long": "warning",
}
"""What a text says by itself, word by word."""

SEVERITIES: Final[dict[str, Severity]] = {
    # a file or folder as such
    "file-unreadable": "error",
    "file-too-large": "error",
    "file-unexpected": "error",
    "byte-order-mark": "error",
    "control-character": "error",
    "merge-unfinished": "error",
    "name-malformed": "error",
    "folder-not-language": "error",
    "language-malformed": "error",
    "language-unknown": "warning",
    # metadata and facts
    "metadata-malformed": "error",
    "metadata-unknown": "error",
    "metadata-doubled": "error",
    "date-impossible": "error",
    "date-implausible": "warning",
    "template-differs": "error",
    "template-unknown": "error",
    "organisation-malformed": "error",
    "brand-malformed": "error",
    "contrast-low": "error",
    "fact-unknown": "error",
    # whom to tell of a hole in security
    "security-malformed": "error",
    "security-expired": "error",
    "security-expiring": "warning",
    # words that are explained
    "glossary-malformed": "error",
    "glossary-entry-missing": "error",
    "glossary-unused": "warning",
    # one notice by itself
    "title-missing": "error",
    "title-doubled": "error",
    "heading-empty": "error",
    "heading-nested": "error",
    "heading-skipped": "error",
    "heading-without-id": "warning",
    "anchor-doubled": "error",
    "anchor-malformed": "error",
    "attribute-unknown": "error",
    "language-tag-malformed": "error",
    "markdown-unread": "error",
    "raw-html": "error",
    "text-tangled": "error",
    "active-content": "error",
    "note-unknown": "error",
    "image-without-text": "error",
    # a translation beside its source
    "outline-differs": "error",
    "notice-missing": "error",
    "notice-extra": "error",
    "section-missing": "error",
    "section-extra": "error",
    "section-order": "error",
    "section-level": "error",
    "section-untranslated": "warning",
    "anchor-missing": "error",
    "anchor-extra": "error",
    # a translation since it was last checked
    "section-outdated": "error",
    "section-altered": "warning",
    "section-unreviewed": "warning",
    "reviews-not-kept": "warning",
    "reviewed-malformed": "error",
    # what a translation and its source say
    **DIFFERENCES,
    "waiver-expired": "warning",
    "waiver-unmatched": "warning",
    "waiver-malformed": "error",
    # the summary of a notice
    "summary-exceeds": "error",
    "summary-link-missing": "error",
    "summary-late": "warning",
    # the words of a text
    **WORDS,
    # links and addresses
    "link-file-missing": "error",
    "link-anchor-missing": "error",
    "link-language": "error",
    "link-draft": "error",
    "link-malformed": "error",
    "slug-malformed": "error",
    "slug-reserved": "error",
    "address-shared": "error",
    # what was published once
    "alias-malformed": "error",
    "alias-live": "error",
    "alias-target-missing": "error",
    "alias-chain": "error",
    "address-dropped": "error",
    "anchor-dropped": "error",
    "promises-unknown": "warning",
    # links to other hosts
    "external-broken": "error",
    "external-moved": "warning",
    "external-unknown": "warning",
    "link-ignore-expired": "warning",
    "link-ignore-unmatched": "warning",
    "link-ignore-malformed": "error",
    # the interface's own words
    "interface-missing": "warning",
    "interface-incomplete": "error",
    "interface-malformed": "error",
    # the build itself
    "pelican-complaint": "error",
    "template-failed": "error",
    "page-missing": "error",
    "page-extra": "error",
    "page-too-large": "warning",
    # finished pages: a file by itself
    "file-unread": "error",
    "file-malformed": "error",
    "symbolic-link": "error",
    "id-doubled": "error",
    "id-malformed": "error",
    "id-reference-missing": "error",
    # where their addresses lead
    "target-missing": "error",
    "target-case": "error",
    "target-normal-form": "error",
    "target-above": "error",
    "address-malformed": "error",
    "address-untidy": "warning",
    "scheme-unknown": "warning",
    "javascript-address": "error",
    "mailto-malformed": "error",
    "tel-malformed": "error",
    "origin-other": "warning",
    "fragment-missing": "error",
    "text-fragment-missing": "warning",
    "redirect-loop": "error",
    # pages in several languages
    "page-language": "error",
    "hreflang-malformed": "error",
    "hreflang-differs": "error",
    "hreflang-doubled": "error",
    "hreflang-incomplete": "error",
    "hreflang-unreturned": "error",
    "canonical-differs": "error",
    "link-leaves-language": "error",
    "anchors-differ": "error",
    "sitemap-page-missing": "error",
    "sitemap-page-extra": "error",
    # the published site
    "published-unanswered": "error",
    "published-outdated": "error",
    "published-missing": "error",
    "published-changed": "error",
    "published-extra": "error",
    "published-private": "error",
    "published-redirect": "error",
    "published-type": "error",
    "published-compression": "error",
    "published-validator": "warning",
    "published-cookie": "error",
    "not-found-status": "error",
    "not-found-page": "error",
    "header-missing": "error",
    "header-weaker": "error",
    "style-refused": "error",
}


def nearest(unknown: str) -> str:
    """Say which code was probably meant by a word that is none."""
    near = difflib.get_close_matches(unknown, SEVERITIES, 1)
    return f"did you mean '{near[0]}'?" if near else "docs/findings.md lists them."


UNREAD: Final = frozenset(
    {"control-character", "file-too-large", "file-unreadable", "merge-unfinished", "text-tangled"}
)
"""A file with one of these says nothing that could be compared."""
