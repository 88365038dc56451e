# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does every link in the notices lead to a notice and section that exist, in its own language?"""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterator, Mapping

from notices.model import Catalog, Finding, Link, Notice
from notices.remembering import remembered
from notices.settings import Settings


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Check each internal link of each notice."""
    targets = {
        f"{lang}/{name}.md": notice
        for name, by_lang in catalog.notices.items()
        for lang, notice in by_lang.items()
    }
    ids = {notice.path: _ids(notice) for notice in targets.values()}
    for notice in targets.values():
        for link in notice.links:
            yield from _link(catalog, targets, ids, notice, link)


def _link(
    catalog: Catalog,
    targets: dict[str, Notice],
    ids: Mapping[str, frozenset[str]],
    notice: Notice,
    link: Link,
) -> Iterator[Finding]:
    if link.path in catalog.files:
        return
    lang = link.path.partition("/")[0]
    if not catalog.is_draft(notice.name, notice.lang) and (
        draft := _draft(catalog, lang, link.path)
    ):
        yield Finding(
            notice.path,
            link.line,
            "link-draft",
            f"'{link.written}' leads to {draft}, which is a draft and not published.",
            "remove the link until the draft is finished.",
        )
        return
    target = targets.get(link.path) if link.path else notice
    if target is None and _shown_in_source_language(catalog, link):
        return
    if target is None:
        yield _file_missing(catalog, targets, notice, link)
        return
    if (
        link.anchor
        and link.anchor not in ids[target.path]
        and not _is_translation_missing(catalog, target, link.anchor)
    ):
        near = difflib.get_close_matches(link.anchor, ids[target.path], 1)
        sections = [section.anchor for section in target.sections if section.anchor]
        known = f"its sections are {', '.join(sections)}." if sections else "it has no sections."
        successor = catalog.aliases.anchors.get(target.name, {}).get(link.anchor)
        fix = f"did you mean #{near[0]}?" if near else known
        yield Finding(
            notice.path,
            link.line,
            "link-anchor-missing",
            f"'{link.written}' leads to a section '{link.anchor}' that {target.path} does not "
            "have.",
            f"write #{successor}, which has taken its place." if successor else fix,
        )
    yield from _language(notice, target, link)


@remembered
def _ids(notice: Notice) -> frozenset[str]:
    return notice.ids


def _draft(catalog: Catalog, lang: str, path: str) -> str:
    """Say what a link leads to that is not published; nothing where readers get something there.

    In the place of a translation that is a draft they get the source.
    """
    if lang in catalog.drafts:
        return f"a text in '{lang}'"
    name = path.partition("/")[2].removesuffix(".md")
    is_draft = path in catalog.draft_texts and catalog.is_draft(name, catalog.source_language)
    return f"the notice '{name}'" if is_draft else ""


def _shown_in_source_language(catalog: Catalog, link: Link) -> bool:
    """Tell whether a link leads to a translation that is missing, which is another finding."""
    lang, _, file = link.path.partition("/")
    name = file.removesuffix(".md")
    return (
        file.endswith(".md")
        and lang in catalog.languages
        and name in catalog.notices
        and catalog.source_language in catalog.notices[name]
    )


def _is_translation_missing(catalog: Catalog, target: Notice, anchor: str) -> bool:
    """Tell whether the source has the section, so that its absence here is another finding."""
    source = catalog.source(target.name)
    return source is not None and source is not target and anchor in source.ids


def _file_missing(
    catalog: Catalog, targets: dict[str, Notice], notice: Notice, link: Link
) -> Finding:
    known = [*targets, *catalog.files]
    near = difflib.get_close_matches(link.path, known, 1) or [
        path for path in known if path.lower() == f"{link.path}.md".lower()
    ]
    if link.written.startswith("www.") or "@" in link.written:
        kind = "mailto:" if "@" in link.written else "https://"
        fix = f"write {kind}{link.written}."
    elif successor := catalog.aliases.addresses.get(link.path):
        fix = f"link to what has taken its place: /{successor}."
    elif near:
        fix = f"did you mean {posixpath.relpath(near[0], notice.lang)}?"
    else:
        names = ", ".join(f"{name}.md" for name in catalog.notices)
        fix = f"link to one of {names}, or to a file in the folder 'files'."
    return Finding(
        notice.path,
        link.line,
        "link-file-missing",
        f"'{link.written}' leads to {catalog.folder}/{link.path}, which does not exist.",
        fix,
    )


def _language(notice: Notice, target: Notice, link: Link) -> Iterator[Finding]:
    if link.hreflang and link.hreflang != target.lang:
        yield Finding(
            notice.path,
            link.line,
            "link-language",
            f"the link says hreflang={link.hreflang} and leads to a text in {target.lang}.",
            f"write {{hreflang={target.lang}}}, or link to the text in {link.hreflang}.",
        )
    elif target.lang != notice.lang and not link.hreflang:
        path = posixpath.basename(target.path)
        yield Finding(
            notice.path,
            link.line,
            "link-language",
            f"'{link.written}' leads out of {notice.lang} into {target.lang}.",
            f"link to {path} beside this file; if you mean the other language, write "
            f"{{hreflang={target.lang}}} after the link.",
        )
