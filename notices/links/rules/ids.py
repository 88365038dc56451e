# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is each id of a page one, given once, and does every reference to an id find it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notices.links.model import ExpectedAnchors, Fault, IdReference, SiteFault, Spot, Survey
from notices.links.reading.page import Page, is_id


def check(page: Page) -> Iterator[Fault]:
    """Check the ids of one page (HTML, section 3.2.6)."""
    seen = set()
    for value, offset in page.ids:
        if not is_id(value):
            yield Fault(
                offset,
                "id-malformed",
                f"the id '{value}' is empty or holds a space, and an id is one word.",
                "write letters, digits and hyphens, such as your-rights.",
            )
        elif value in seen:
            yield Fault(
                offset,
                "id-doubled",
                f"another element of this page has the id '{value}', too; a link to it leads to "
                "the first.",
                "give this one another id.",
            )
        seen.add(value)


def lost(page: Page) -> Iterator[IdReference]:
    """Give the references to an id, or to a map, that the page does not have."""
    if page.id_references:
        ids = {value for value, _ in page.ids}
        maps = {f"#{name}" for name in page.maps}
        for reference, _ in page.id_references:
            if reference.name not in (maps if reference.attribute == "usemap" else ids):
                yield reference


def check_lost(surveys: Mapping[str, Survey], expected: ExpectedAnchors) -> Iterator[SiteFault]:
    """Check that no attribute names an id in vain, but for ids that are a fault already."""
    for path, survey in surveys.items():
        for reference in survey.lost_ids:
            element, attribute, name = reference
            if name not in expected.get(path, ()):
                kind = "map" if attribute == "usemap" else "id"
                fix = "correct the name, or remove the attribute."
                if attribute == "usemap" and not name.startswith("#"):
                    fix = f"write #{name}, with the # that a usemap begins with."
                yield SiteFault(
                    Spot(path, reference),
                    "id-reference-missing",
                    f"the {attribute} of this {element} names '{name}', and the page has no "
                    f"{kind} of this name.",
                    fix,
                )
