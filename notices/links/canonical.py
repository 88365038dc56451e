# SPDX-License-Identifier: AGPL-3.0-or-later
"""By which address is a page to be known: its own, or that of the page whose text it shows?"""

from __future__ import annotations

from notices.links.model import Pointer, Survey
from notices.links.versions import Versions


def stands_for_itself(survey: Survey, versions: Versions) -> bool:
    """Tell whether a page is its own canonical address, or ought to be."""
    if not survey.canonicals:
        return True
    target = survey.canonicals[0].target
    return (
        target.state != "file"
        or target.path == survey.path
        or bool(reason_against(survey, survey.canonicals[0], versions))
    )


def reason_against(survey: Survey, pointer: Pointer, versions: Versions) -> str:
    """Say why an address cannot be canonical for a page; nothing where it can.

    Another page can, if it stands for itself and this page does not say that it is a version.
    """
    target = pointer.target
    if target.state == "elsewhere" and versions.site.is_address_known:
        return f"the canonical address '{pointer.reference.value}' is none of this site."
    if target.state != "file" or target.path == survey.path:
        return ""
    other = versions.pages.get(target.path)
    if other is None:
        return f"the canonical address leads to {target.path}, which is no page."
    if other.redirect or not other.is_indexable:
        return f"the canonical address leads to {target.path}, which search engines leave out."
    if survey.path in (versions.default_of(survey.path), *versions.versions_of(survey.path)):
        return (
            f"the canonical address is that of {target.path}, and the page names itself as a "
            "version of its own: search engines get two answers."
        )
    if other.canonicals and other.canonicals[0].target.path != other.path:
        if versions.names(other.path, other.path) or other.canonicals[0].target.state != "file":
            return ""  # that is a fault of the other page
        return f"the canonical address leads to {target.path}, which names yet another one."
    return ""
