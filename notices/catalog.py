# SPDX-License-Identifier: AGPL-3.0-or-later
"""A content folder → Catalog: which languages, notices, facts and files an organisation has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from notices import anchors, draft_texts, languages, parallel
from notices.aliases import ALIASES_FILE, read_aliases
from notices.brand import BRAND_FILE, read_brand
from notices.folder import (
    FILES_FOLDER,
    NoContentError,
    entries,
    leads_out,
    name_faults,
    outside,
    own_file,
    published_files,
    unexpected,
)
from notices.glossary import GLOSSARY_FILE, read_glossary
from notices.ignoring import LINKS_FILE, read_ignored
from notices.languages import SETTINGS_FILE
from notices.model import FRONT_PAGE, Catalog, Finding, Language, Notice, Organisation
from notices.remembering import same
from notices.review.records import REVIEWS_FILE, read_reviews
from notices.source import Reader, read_organisation
from notices.speller import WORDS_FILE, read_words
from notices.waivers import WAIVERS_FILE, read_waivers

ORGANISATION_FILE: Final = "organisation.toml"

_ROOT_FILES: Final = frozenset(
    {ALIASES_FILE, BRAND_FILE, LINKS_FILE, ORGANISATION_FILE, WAIVERS_FILE, "README.md"}
)
_LANGUAGE_FILES: Final = frozenset({SETTINGS_FILE, GLOSSARY_FILE, REVIEWS_FILE, WORDS_FILE})
_Read = tuple[Any, list[Finding]]


def load(folder: Path, shown: str, source_language: str | None, *, drafts: bool = True) -> Catalog:
    """Read a content folder whole.

    ``shown`` is the folder as findings should name it. ``source_language`` may be None where the
    folder has only one language. With ``drafts=False`` draft languages and texts are left out.
    Raises NoContentError where there is nothing to read or no telling which language is the source.
    """
    by_tag, findings = _languages(folder, shown)
    source = source_language_of(by_tag, source_language, shown)
    if by_tag[source].draft:
        by_tag[source] = replace(by_tag[source], draft=False)
        findings.append(
            Finding(
                f"{shown}/{source}/{SETTINGS_FILE}",
                1,
                "language-malformed",
                f"'{source}' is the source language, and that cannot be a draft.",
                "remove the line that says draft.",
            )
        )
    ordered = [source, *sorted(tag for tag in by_tag if tag != source)]
    kept = {tag: by_tag[tag] for tag in ordered if drafts or not by_tag[tag].draft}
    kept = same(f"languages of {source}", kept)
    organisation, faults = read_organisation(
        own_file(folder, ORGANISATION_FILE), f"{shown}/{ORGANISATION_FILE}"
    )
    organisation = same("organisation", organisation)
    findings += faults
    brand, faults = read_brand(own_file(folder, BRAND_FILE), f"{shown}/{BRAND_FILE}")
    brand = same("brand", brand)
    findings += faults
    notices, faults = _read_notices(folder, shown, kept, organisation)
    notices = draft_texts.marked(notices, source)
    of_drafts = draft_texts.addresses_of(notices, source, ordered)
    if not drafts:
        notices = draft_texts.kept(notices)
        left_out = {f"{shown}/{path}" for path in of_drafts}
        faults = [fault for fault in faults if fault.path not in left_out]
    findings += faults
    if not notices and not findings:
        raise NoContentError(
            f"{shown} holds nothing but drafts, which ./run serve shows; remove the line "
            "'draft: true' from one that is finished."
            if of_drafts
            else f"{shown}/{source} holds no notices: no file there ends in .md."
        )
    others = [tag for tag in kept if tag != source]
    reviews, of_reviews = _read_each(folder, shown, others, REVIEWS_FILE, read_reviews)
    glossaries, of_terms = _read_each(folder, shown, kept, GLOSSARY_FILE, read_glossary)
    own_words, of_words = _read_each(folder, shown, kept, WORDS_FILE, read_words)
    waivers, of_waivers = read_waivers(own_file(folder, WAIVERS_FILE), f"{shown}/{WAIVERS_FILE}")
    _, of_links = read_ignored(own_file(folder, LINKS_FILE), f"{shown}/{LINKS_FILE}")
    files, of_files = published_files(folder, f"{shown}/{FILES_FOLDER}")
    aliases, of_aliases = read_aliases(
        own_file(folder, ALIASES_FILE), f"{shown}/{ALIASES_FILE}", ordered
    )
    findings += [*of_reviews, *of_terms, *of_words]
    findings += [*of_waivers, *of_links, *of_files, *of_aliases]
    named = {}
    for name in _reading_order(notices, source):
        named[name], faults = anchors.settle(notices[name], source)
        findings += faults
    return Catalog(
        folder=shown,
        source_language=source,
        languages=kept,
        notices=named,
        organisation=organisation,
        brand=brand,
        aliases=aliases,
        files=files,
        drafts=tuple(tag for tag in ordered if by_tag[tag].draft),
        draft_texts=of_drafts,
        reviews=reviews,
        glossaries=glossaries,
        words=own_words,
        waivers=waivers,
        findings=tuple(findings),
    )


def _languages(folder: Path, shown: str) -> tuple[dict[str, Language], list[Finding]]:
    """Give the languages of a content folder by tag, and what else stands in it."""
    findings: list[Finding] = []
    by_tag: dict[str, Language] = {}
    for entry in entries(folder, shown):
        if leads_out(entry, folder):
            findings.append(outside(f"{shown}/{entry.name}"))
        elif entry.name in _ROOT_FILES:
            continue
        elif entry.is_dir() and entry.name != FILES_FOLDER:
            language, faults = _language(folder, entry.name, f"{shown}/{entry.name}")
            findings += faults
            if language:
                by_tag[entry.name] = language
        elif not entry.is_dir():
            findings.append(unexpected(f"{shown}/{entry.name}", "a content folder"))
    return by_tag, findings


def _language(folder: Path, tag: str, shown: str) -> tuple[Language | None, list[Finding]]:
    if not languages.is_language(tag):
        message = (
            f"'{tag}' is no language tag (BCP 47), so what is in this folder is in no language."
        )
        fix = "name the folder with a tag such as sv, en or pt-BR, or move it out of the content."
        return None, [Finding(shown, 1, "folder-not-language", message, fix)]
    if tag != languages.canonical(tag):
        message = f"the language tag '{tag}' is written '{languages.canonical(tag)}'."
        fix = f"rename the folder to {languages.canonical(tag)}."
        return None, [Finding(shown, 1, "folder-not-language", message, fix)]
    return languages.read_language(tag, own_file(folder, f"{tag}/{SETTINGS_FILE}"), shown)


def source_language_of(found: Collection[str], wanted: str | None, shown: str) -> str:
    """Say which of the languages of a folder the others are translated from.

    ``wanted`` is the one that somebody named, if any. Raises NoContentError where there is no
    telling.
    """
    if not found:
        raise NoContentError(
            f"{shown} holds no languages. A notice is {shown}/<language>/<name>.md, such as "
            f"{shown}/en/privacy.md."
        )
    if wanted is None and len(found) == 1:
        return next(iter(found))
    if wanted is not None and wanted in found:
        return wanted
    languages_found = ", ".join(sorted(found))
    if wanted is None:
        raise NoContentError(
            f"{shown} holds several languages ({languages_found}); say which one the others are "
            "translated from: --source-language TAG."
        )
    raise NoContentError(
        f"{shown} has no folder '{wanted}', which is to be the source language; the languages "
        f"found are {languages_found}. Name one of them: NOTICES_SOURCE_LANGUAGE in "
        "pelicanconf.py, or --source-language TAG."
    )


def _read_notices(
    folder: Path, shown: str, known: Mapping[str, Language], organisation: Organisation
) -> tuple[dict[str, dict[str, Notice]], list[Finding]]:
    notices: dict[str, dict[str, Notice]] = {}
    findings: list[Finding] = []
    jobs = []
    for tag in known:
        for entry in entries(folder / tag, f"{shown}/{tag}"):
            path = f"{shown}/{tag}/{entry.name}"
            if leads_out(entry, folder):
                findings.append(outside(path))
            elif entry.suffix == ".md" and not entry.is_dir():
                faults = name_faults(entry, path)
                findings += faults
                if not faults:
                    jobs.append((entry, path, entry.stem, tag))
            elif entry.name not in _LANGUAGE_FILES:
                findings.append(unexpected(path, "a language's folder"))
    reader = Reader(organisation, known)
    for notice, faults in parallel.in_order(lambda job: reader.read(*job), jobs):
        findings += faults
        if notice:
            notices.setdefault(notice.name, {})[notice.lang] = notice
    return notices, findings


def _read_each(
    folder: Path, shown: str, tags: Iterable[str], name: str, read: Callable[[Path, str], _Read]
) -> tuple[dict[str, Any], list[Finding]]:
    """Read a file that a language may keep: what each keeps that does, and the findings."""
    kept, findings = {}, []
    for tag in tags:
        file = own_file(folder, f"{tag}/{name}")
        own, faults = read(file, f"{shown}/{tag}/{name}")
        findings += faults
        if own is not None:
            kept[tag] = own
    return kept, findings


def _reading_order(notices: dict[str, dict[str, Notice]], source: str) -> list[str]:
    """Order the notices as the front page of the source language links to them, then by name."""
    front = notices.get(FRONT_PAGE, {}).get(source)
    linked = [link.path for link in front.links] if front else []
    rank = {path: position for position, path in reversed(list(enumerate(linked)))}
    last = len(linked)
    return sorted(
        notices,
        key=lambda name: (name != FRONT_PAGE, rank.get(f"{source}/{name}.md", last), name),
    )
