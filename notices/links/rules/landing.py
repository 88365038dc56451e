# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does every address lead to a file that is there, and may it be asked for?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from notices.languages import is_language
from notices.links import schemes
from notices.links.folder import Folder
from notices.links.model import Fault, Reference, Target
from notices.links.resolving import tidy
from notices.links.site import Site
from notices.links.tags import malformed

_REPAIRED: Final = re.compile(r"[\\\t\n\r ]|%(?![0-9A-Fa-f]{2})")
"""What browsers repair in an address, and other programs do not (URL, section 4.3)."""
_AROUND: Final = "\t\n\f\r "


def check(resolved: Iterable[tuple[Reference, Target, int]], site: Site) -> Iterator[Fault]:
    """Check every reference of one file, with the place where it leads."""
    for reference, target, offset in resolved:
        fault = _fault(reference, target, site)
        if fault:
            yield Fault(offset, *fault, url=reference.value)
        elif target.state in ("file", "elsewhere") and _needs_repair(reference.value):
            yield Fault(
                offset,
                "address-untidy",
                f"'{reference.value}' holds signs that no address may hold; browsers repair it, "
                "and other programs do not.",
                "write / for \\ and %20 for a space, and % only before two digits.",
                url=reference.value,
            )


def _needs_repair(value: str) -> bool:
    """Tell whether an address holds what none may; white space around it is allowed."""
    return bool(_REPAIRED.search(value) and _REPAIRED.search(value.strip(_AROUND)))


def _fault(reference: Reference, target: Target, site: Site) -> tuple[str, str, str] | None:
    value = reference.value
    is_fetched = reference.use in ("resource", "connection")
    match target.state:
        case "file":
            if (is_fetched or reference.element == "link") and not tidy(value):
                return (
                    "address-malformed",
                    f"the {reference.attribute} of this {reference.element} is empty.",
                    f"write the address of the file, or remove the {reference.attribute}.",
                )
        case "other-scheme":
            return schemes.fault(value, target)
        case "malformed":
            return (
                "address-malformed",
                f"'{value}' is no address that a browser understands.",
                "look at the host's name and at what stands before it: https://example.org/path.",
            )
        case "above":
            return (
                "target-above",
                f"'{value}' leads out of the site: it goes up further than there are folders.",
                "take away a ../, or write the address from the root, beginning with /.",
            )
        case "elsewhere" if is_fetched and not target.url.startswith(f"{site.resolver.origin}/"):
            return (
                "origin-other",
                f"the page asks another host for '{value}' as soon as it is opened, and so tells "
                "that host who reads it.",
                "put the file into the site, and refer to it there.",
            )
        case "elsewhere" if reference.element in ("a", "area") and not _is_tag(reference.hreflang):
            return malformed(reference.hreflang)
        case "absent" if not site.folder.passes_a_bad_link(target.path):
            return _absent(value, target.path, site.folder)
    return None


def _is_tag(hreflang: str) -> bool:
    return not hreflang or is_language(hreflang)


def _absent(value: str, path: str, folder: Folder) -> tuple[str, str, str]:
    near = folder.near(path)
    if near and near == path:
        return (
            "target-missing",
            f"'{value}' writes a slash as %2F, and for a host that is part of a name.",
            "write / in place of %2F.",
        )
    if near and unicodedata.normalize("NFC", near) == unicodedata.normalize("NFC", path):
        return (
            "target-normal-form",
            f"'{value}' and the file it means write a letter such as å in two ways (Unicode's "
            "composed and decomposed form), and for a host these are two names.",
            f"rename the file '{near}' or copy its name into the link.",
        )
    if near:
        return (
            "target-case",
            f"there is '{near}' and no '{path}': for most hosts, capital and small letters differ.",
            "write the letters in the link as they are in the file's name.",
        )
    if folder.is_folder(path):
        return (
            "target-missing",
            f"'{value}' leads to a folder without a page (index.html).",
            "link to one of the pages in it.",
        )
    page = f"{path.rstrip('/')}.html"
    hint = f"is '{page}' meant? " if folder.file(page) else ""
    return (
        "target-missing",
        f"'{value}' leads to '{path}', and the site has no such page or file.",
        f"{hint}Correct the address, or remove the link."
        if hint
        else "correct the address, or remove the link.",
    )
