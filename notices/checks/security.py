# SPDX-License-Identifier: AGPL-3.0-or-later
"""Can a hole in the organisation's security be reported, and for how long does that hold?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from notices.hosting import security_txt
from notices.model import Catalog, Finding, Organisation
from notices.settings import Settings

_SOON_DAYS: Final = 30
_LONG_DAYS: Final = 366
"""A year at most is recommended (RFC 9116, section 2.5.5)."""


def check(catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Check the facts that ``security.txt`` is made of (RFC 9116)."""
    organisation = catalog.organisation
    malformed = list(_malformed(organisation))
    yield from malformed
    day = security_txt.expires(organisation)
    if malformed or day is None:
        return
    line = organisation.facts[security_txt.EXPIRES].line
    left = (day - settings.today).days
    fix = f"see that the contact still holds, and write {security_txt.EXPIRES} anew."
    if left <= 0:
        message = (
            f"security.txt is not to be used since {day}: nobody knows whom to tell of a hole."
        )
        yield Finding(organisation.path, line, "security-expired", message, fix)
    elif left < _SOON_DAYS:
        message = f"security.txt is not to be used from {day} on; that is in {left} days."
        yield Finding(organisation.path, line, "security-expiring", message, fix)
    elif left > _LONG_DAYS:
        message = f"security.txt is to hold until {day}, which is more than a year ahead."
        fix = "name a day within a year, on which somebody looks whether the contact still holds."
        yield Finding(organisation.path, line, "security-expiring", message, fix)


def _malformed(organisation: Organisation) -> Iterator[Finding]:
    """Check the form of each fact, and that a contact and its last day are stated together."""
    facts = organisation.facts
    for name, (form, example) in security_txt.FORMS.items():
        said = security_txt.stated(organisation, name)
        wrong = next((line for line in said if not form.fullmatch(line)), "")
        if name == security_txt.EXPIRES and said and not security_txt.expires(organisation):
            wrong = ", ".join(said)
        if wrong:
            message = f"'{name}' is '{wrong}', which security.txt cannot say."
            fix = f'write {name} = "{example}".'
            yield Finding(organisation.path, facts[name].line, "security-malformed", message, fix)
    for one, other in (
        (security_txt.CONTACT, security_txt.EXPIRES),
        (security_txt.EXPIRES, security_txt.CONTACT),
    ):
        if one in facts and other not in facts:
            message = f"'{one}' is stated without '{other}', and security.txt needs both."
            fix = f'add {other} = "{security_txt.FORMS[other][1]}".'
            yield Finding(organisation.path, facts[one].line, "security-malformed", message, fix)
