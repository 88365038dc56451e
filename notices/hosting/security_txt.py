# SPDX-License-Identifier: AGPL-3.0-or-later
"""How is a hole in the organisation's security reported? ``security.txt`` (RFC 9116).

The facts ``security_contact``, ``security_expires``, ``security_policy`` and
``security_encryption`` of ``organisation.toml`` say so; without a contact there is no such file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from notices.hosting import whereabouts
from notices.model import Catalog, Organisation
from notices.settings import Settings

PATH: Final = ".well-known/security.txt"

CONTACT: Final = "security_contact"
EXPIRES: Final = "security_expires"
_FIELDS: Final = {
    CONTACT: "Contact",
    "security_encryption": "Encryption",
    "security_policy": "Policy",
}
FORMS: Final = {
    CONTACT: (
        re.compile(
            r"mailto:[^\s@<>]+@[^\s@<>]+|https://[^\s<>\"/]+(?:/[^\s<>\"]*)?|tel:\+?[0-9.()-]+"
        ),
        "mailto:security@example.org",
    ),
    EXPIRES: (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "2027-06-30"),
    "security_encryption": (
        re.compile(r"(?:https://|dns:|openpgp4fpr:)[^\s<>\"]+"),
        "https://example.org/key.txt",
    ),
    "security_policy": (re.compile(r"https://[^\s<>\"]+"), "https://example.org/security"),
}
"""The facts that are used here, with the form of each (RFC 9116, section 2.5) and an example."""


def is_stated(organisation: Organisation) -> bool:
    """Tell whether the organisation says whom to tell, and so has such a file."""
    return bool(stated(organisation, CONTACT))


def stated(organisation: Organisation, name: str) -> tuple[str, ...]:
    """Give what a fact says in all of its languages, each line once."""
    fact = organisation.facts.get(name)
    return (
        tuple(dict.fromkeys(line for lines in fact.lines.values() for line in lines))
        if fact
        else ()
    )


def expires(organisation: Organisation) -> date | None:
    """Give the day from which the file is not to be used; None where none is stated."""
    try:
        (day,) = stated(organisation, EXPIRES)
        return date.fromisoformat(day) if FORMS[EXPIRES][0].fullmatch(day) else None
    except ValueError:
        return None


def written(catalog: Catalog, settings: Settings) -> bytes:
    """Write the file for a site whose organisation states a contact.

    Its place is the root of the host (section 3), also where the site stands below a path.
    """
    return "".join(f"{line}\n" for line in _lines(catalog, settings)).encode()


def _lines(catalog: Catalog, settings: Settings) -> Iterator[str]:
    for name, field in _FIELDS.items():
        for line in stated(catalog.organisation, name):
            yield f"{field}: {line}"
    if day := expires(catalog.organisation):
        yield f"Expires: {day.isoformat()}T00:00:00Z"
    yield f"Preferred-Languages: {', '.join(catalog.languages)}"
    if settings.site_url:
        yield f"Canonical: {whereabouts.of_site(settings).origin}/{PATH}"
