# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is an ``hreflang`` a language, and is the page that it stands for in that language?"""

from __future__ import annotations

from notices.languages import is_language
from notices.links.model import Pointer
from notices.links.versions import X_DEFAULT, Versions


def malformed(tag: str, or_else: str = "") -> tuple[str, str, str]:
    """Say that a tag is none; ``or_else`` is what may stand there besides a tag."""
    return (
        "hreflang-malformed",
        f"'{tag}' is no language (BCP 47).",
        f"write the tag of the language, such as sv, en or pt-BR{or_else}.",
    )


def fault_of_tag(pointer: Pointer, path: str, versions: Versions) -> tuple[str, str, str] | None:
    """Say what is wrong with a version's tag: it is none, or its page is in another language.

    ``path`` is the page that names the version; what it says of itself is another question.
    """
    tag = pointer.reference.hreflang
    if not is_default(pointer) and not is_language(tag):
        return malformed(tag, or_else=", or x-default")
    found = versions.destination(pointer.target.path)
    if pointer.target.state != "file" or is_default(pointer) or found not in versions.pages:
        return None
    if versions.is_for_all(found):
        return (
            "hreflang-differs",
            f"'{tag}' is said of {found}, and that page is for readers of every language.",
            "name the page in that language, or write x-default.",
        )
    if found != path and not versions.is_in(found, tag):
        return in_another(tag, found, ", ".join(versions.languages_of(found)))
    return None


def in_another(tag: str, path: str, own: str) -> tuple[str, str, str]:
    """Say that a page is said to be in one language, and is in another."""
    return (
        "hreflang-differs",
        f"'{tag}' is said of {path}, and that page is in '{own}'.",
        "name the page in that language, or correct the tag.",
    )


def is_default(pointer: Pointer) -> bool:
    """Tell whether a line names the version for readers of every other language."""
    return pointer.reference.hreflang.lower() == X_DEFAULT
