# SPDX-License-Identifier: AGPL-3.0-or-later
"""security.txt: only of a contact that the organisation states, and only as long as it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from notices.checks import security
from tests.conftest import Site

TODAY = date(2026, 11, 23)
NOTICES = {"sv/user.md": "# T\n", "en/user.md": "# T\n"}
PATH = ".well-known/security.txt"


def found(site: Site, facts: str) -> list[tuple[str, int, str]]:
    """Check some facts; give the code, the line and the repair of each finding."""
    site.write({**NOTICES, "organisation.toml": facts})
    settings = replace(site.settings, today=TODAY)
    return [(one.code, one.line, one.fix) for one in security.check(site.catalog(), settings)]


def test_there_is_none_without_a_contact(site: Site) -> None:
    """Neither a file nor a finding."""
    assert found(site, 'name = "A"\n') == []
    site.write({**NOTICES, "organisation.toml": 'name = "A"\n'}).build(lenient=True)
    assert PATH not in site.files()


def test_it_says_what_is_stated(site: Site) -> None:
    """Contacts in their order of preference, the languages, and its place on the host."""
    day = site.settings.today + timedelta(100)
    site.address = "https://example.org/privacy"
    facts = (
        'security_contact = ["mailto:a@example.org", "https://example.org/report", "tel:+46-1-2"]\n'
        f'security_expires = "{day}"\n'
        'security_policy = { sv = "https://example.org/sv", en = "https://example.org/en" }\n'
        'security_encryption = "openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f"\n'
    )
    site.write({**NOTICES, "organisation.toml": facts})
    assert site.build(lenient=True).is_done
    assert site.files()[PATH].decode() == (
        "Contact: mailto:a@example.org\n"
        "Contact: https://example.org/report\n"
        "Contact: tel:+46-1-2\n"
        "Encryption: openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f\n"
        "Policy: https://example.org/sv\n"
        "Policy: https://example.org/en\n"
        f"Expires: {day}T00:00:00Z\n"
        "Preferred-Languages: sv, en\n"
        "Canonical: https://example.org/.well-known/security.txt\n"
    )
    assert not any(
        b"a@example.org" in page for path, page in site.files().items() if path.endswith(".html")
    )


def test_without_an_address_it_names_no_place(site: Site) -> None:
    """All else is there."""
    day = site.settings.today + timedelta(9)
    facts = f'security_contact = "tel:+461"\nsecurity_expires = "{day}"\n'
    site.write({**NOTICES, "organisation.toml": facts}).build(lenient=True)
    text = site.files()[PATH].decode()
    assert "Canonical" not in text
    assert "Contact: tel:+461\n" in text


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (-400, "security-expired"),
        (0, "security-expired"),
        (1, "security-expiring"),
        (29, "security-expiring"),
        (30, ""),
        (366, ""),
        (367, "security-expiring"),
        (5000, "security-expiring"),
    ],
)
def test_its_last_day_is_checked(site: Site, days: int, code: str) -> None:
    """Past, soon, or more than a year ahead (RFC 9116, section 2.5.5)."""
    facts = f'\nsecurity_contact = "tel:112"\nsecurity_expires = "{TODAY + timedelta(days)}"\n'
    assert [(one, line) for one, line, _ in found(site, facts)] == ([(code, 3)] if code else [])


EXPIRES = 'security_expires = "2027-06-30"\n'
CONTACT = 'security_contact = "mailto:security@example.org"\n'


@pytest.mark.parametrize(
    ("facts", "lines", "fix"),
    [
        (f'security_contact = "security@example.org"\n{EXPIRES}', [1], "mailto:security@"),
        (f'security_contact = "http://example.org"\n{EXPIRES}', [1], "mailto:security@"),
        (f'security_contact = ["tel:112", "javascript:x"]\n{EXPIRES}', [1], "mailto:security@"),
        (f'{CONTACT}security_expires = "next year"\n', [2], '"2027-06-30"'),
        (f'{CONTACT}security_expires = "2027-02-30"\n', [2], '"2027-06-30"'),
        (f'{CONTACT}security_expires = "20270630"\n', [2], '"2027-06-30"'),
        (f'{CONTACT}security_expires = ["2027-06-30", "2027-06-29"]\n', [2], '"2027-06-30"'),
        (CONTACT, [1], "add security_expires"),
        (EXPIRES, [1], "add security_contact"),
        (f'{CONTACT}{EXPIRES}security_policy = "our policy"\n', [3], "https://example.org/sec"),
        (f'{CONTACT}{EXPIRES}security_encryption = "0xABC"\n', [3], "https://example.org/key"),
    ],
)
def test_what_it_cannot_say_is_an_error(site: Site, facts: str, lines: list[int], fix: str) -> None:
    """At its line, with an example of the form."""
    said = found(site, facts)
    assert [(code, line) for code, line, _ in said] == [("security-malformed", n) for n in lines]
    assert fix in said[0][2]


def test_the_whole_is_clean(site: Site) -> None:
    """A contact that holds for half a year is no finding."""
    assert found(site, CONTACT + 'security_expires = "2027-05-31"\n') == []
