# SPDX-License-Identifier: AGPL-3.0-or-later
"""aliases.toml: retired addresses lead on, retired anchors still land, and mistakes are said."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices import addresses, links
from notices.aliases import spelling
from notices.published import Published
from tests.conftest import Site, one

SITE = {
    "sv/index.md": "# Vår integritet\n",
    "sv/user.md": "---\nslug: konto\n---\n# Ditt konto\n\nText.\n\n"
    "## Hur länge? {#retention}\n\nText.\n\n## Vad kan du göra? {#rights}\n\nText.\n",
    "en/index.md": "# Our privacy\n",
    "en/user.md": "---\nslug: account\n---\n# Your account\n\nText.\n\n"
    "## How long? {#retention}\n\nText.\n\n## What can you do? {#rights}\n\nText.\n",
    "files/terms.pdf": "%PDF",
}


def with_aliases(site: Site, text: str) -> Site:
    """Write the small site, with an alias table."""
    return site.write({**SITE, "aliases.toml": text}).review()


def said(site: Site) -> list[tuple[str, int, str, str]]:
    """Give what is wrong with the alias table: code, line, fact and repair."""
    return [
        (finding.code, finding.line, finding.message, finding.fix)
        for finding in site.findings()
        if finding.path == "content/aliases.toml"
    ]


def test_a_site_without_the_table_has_retired_nothing(site: Site) -> None:
    """The file is for those who need it."""
    site.write(SITE).review()
    assert site.findings() == []
    assert not site.catalog().aliases.addresses


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/sv/old/", "sv/old/"),
        ("/sv/old", "sv/old/"),
        (" /sv/old/index.html ", "sv/old/"),
        ("/policy.html", "policy.html"),
        ("/files/old terms.pdf", "files/old terms.pdf"),
        ("/sv/r%C3%A4ttigheter/", "sv/rättigheter/"),
        ("/sv/ra\u0308ttigheter/", "sv/rättigheter/"),
        ("/ar/البيانات/", "ar/البيانات/"),
        ("/", ""),
    ],
)
def test_an_address_may_be_written_as_a_browser_shows_it(written: str, address: str) -> None:
    """Letters or percent-encoding, composed or not, with or without the last slash."""
    assert spelling.address(written) == (address, "")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "sv/old/",
        "//example.org/sv/",
        "https://[",
        "/sv//old/",
        "/sv/../en/",
        "/sv/%2e%2e/en/",
        "/sv%2fold/",
        "/sv/%ff/",
        "/sv/old\\",
        "/sv/old?page=2",
        "/sv/\x00/",
        "/sv/old/*",
        "/_headers",
        "/.well-known/x",
        f"/{'a' * 300}/",
        "/a" * 21,
        f"/{'a' * 190}" * 6,
        "/sv/old/#_main",
        "/sv/old/#two words",
    ],
)
def test_what_no_page_can_have_had_is_refused(written: str) -> None:
    """Nothing leads out of the site, into files of the host, or beyond what a disk can name."""
    with pytest.raises(spelling.MalformedError):
        spelling.address(written)


@given(st.text(max_size=40).map(lambda text: f"/{text}"))
def test_an_address_stays_below_the_root(written: str) -> None:
    """Whatever is written is refused, or is a path of folders and names with nothing odd in it."""
    try:
        address, _ = spelling.address(written)
    except spelling.MalformedError:
        return
    segments = address.rstrip("/").split("/") if address else []
    assert all(segment.strip() and not segment.startswith(".") for segment in segments)
    assert not address.startswith("/")
    assert address.isprintable()
    assert spelling.address(f"/{address}".replace("%", "%25"))[0] == address


MALFORMED = {
    "not-toml": ('[addresses]\n/sv/old/ = "/sv/konto/"\n', 2, "not valid TOML", "straight quotes"),
    "no-table": ('"/sv/old/" = "/sv/konto/"\n', 1, "'/sv/old/' has no meaning", "[addresses]"),
    "other-table": ('[adresses]\n"/a/" = "/b/"\n', 1, "'adresses' has no", "line [addresses]?"),
    "no-text": ('[addresses]\n"/sv/old/" = 3\n', 2, "is no text", "quotes around both"),
    "twice": (
        '[addresses]\n"/sv/old" = "/sv/konto/"\n"/sv/Old/" = "/sv/konto/"\n',
        3,
        "stands on line 2, too",
        "keep one",
    ),
    "moved-and-gone": (
        '[addresses]\n"/sv/old/" = "/sv/konto/"\n[gone]\n"/sv/old/" = "a mistake"\n',
        4,
        "stands on line 2, too",
        "keep one",
    ),
    "whole-address": (
        '[addresses]\n"https://example.org/privacy/sv/old/" = "/sv/konto/"\n',
        2,
        "does not begin with the slash",
        'write "/sv/old/"',
    ),
    "no-slash": ('[addresses]\n"/sv/old/" = "sv/konto/"\n', 2, "the slash", 'write "/sv/konto/"'),
    "anchor-as-address": (
        '[addresses]\n"/sv/konto/#old" = "/sv/konto/#rights"\n',
        2,
        "names an anchor",
        "below [anchors]",
    ),
    "anchor-of-address": (
        '[anchors]\n"/sv/konto/#old" = "rights"\n',
        2,
        "names no anchor of a notice",
        '"konto#old"',
    ),
    "anchor-of-file": ('[anchors]\n"user.md#old" = "rights"\n', 2, "names no", '"user#old"'),
    "anchor-of-theme": ('[anchors]\n"user#_main" = "rights"\n', 2, "cannot be", "underscore"),
    "other-notice": (
        '[anchors]\n"user#old" = "index#who"\n',
        2,
        "is in another notice",
        "let a section of 'user' say where",
    ),
    "no-reason": ('[gone]\n"/sv/old/" = " "\n', 2, "without a reason", "why nothing stands in"),
    "gone-anchor": ('[gone]\n"/sv/konto/#old" = "x"\n', 2, "names an anchor", '"user#old"'),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_line_that_cannot_be_read_is_said(site: Site, case: str) -> None:
    """With its place in the file, the fact, and what to write instead."""
    text, line, message, fix = MALFORMED[case]
    ((code, place, fact, repair),) = said(with_aliases(site, text))
    assert (code, place) == ("alias-malformed", line)
    assert message in fact
    assert fix in repair


WRONG = {
    "live-page": ('[addresses]\n"/sv/konto/" = "/sv/"\n', "alias-live", "today: /sv/konto/"),
    "live-by-case": ('[addresses]\n"/sv/Konto/" = "/sv/"\n', "alias-live", "today: /sv/konto/"),
    "live-text": ('[addresses]\n"/sv/konto.txt" = "/sv/"\n', "alias-live", "/sv/konto.txt"),
    "live-file": ('[addresses]\n"/files/terms.pdf" = "/sv/"\n', "alias-live", "terms.pdf"),
    "own-file": ('[addresses]\n"/robots.txt" = "/sv/"\n', "alias-live", "a file of its own"),
    "release-file": ('[addresses]\n"/SHA256SUMS" = "/sv/"\n', "alias-live", "a file of its own"),
    "below-a-file": (
        '[addresses]\n"/files/terms.pdf/x/" = "/sv/"\n',
        "alias-live",
        "below the file /files/terms.pdf",
    ),
    "above-others": (
        '[addresses]\n"/sv/v1.txt" = "/sv/"\n"/sv/v1.txt/a/" = "/sv/"\n',
        "alias-live",
        "other addresses stand below it",
    ),
    "target": ('[addresses]\n"/sv/old/" = "/sv/kontot/"\n', "alias-target-missing", "/sv/konto/?"),
    "target-gone": (
        '[addresses]\n"/sv/old/" = "/sv/x/"\n[gone]\n"/sv/x/" = "a mistake"\n',
        "alias-target-missing",
        "let go itself",
    ),
    "target-below-site": (
        '[addresses]\n"/sv/old/" = "/privacy/sv/konto/"\n',
        "alias-target-missing",
        "did you mean /sv/konto/?",
    ),
    "target-anchor": (
        '[addresses]\n"/sv/old/" = "/sv/konto/#right"\n',
        "alias-target-missing",
        "did you mean #rights?",
    ),
    "chain": (
        '[addresses]\n"/sv/a/" = "/sv/b/"\n"/sv/b/" = "/sv/c/"\n"/sv/c/" = "/sv/konto/#rights"\n',
        "alias-chain",
        'write "/sv/konto/"',
    ),
    "itself": ('[addresses]\n"/sv/a/" = "/sv/a/"\n', "alias-chain", "in a circle"),
    "retired-anchor": (
        '[addresses]\n"/sv/a/" = "/sv/konto/#old"\n[anchors]\n"user#old" = "rights"\n',
        "alias-chain",
        'write "/sv/konto/#rights"',
    ),
    "no-notice": ('[anchors]\n"users#old" = "rights"\n', "alias-target-missing", "mean user?"),
    "live-anchor": ('[anchors]\n"user#rights" = "retention"\n', "alias-live", "sv/user.md today"),
    "no-anchor": ('[anchors]\n"user#old" = "right"\n', "alias-target-missing", "mean rights?"),
    "anchor-chain": (
        '[anchors]\n"user#a" = "b"\n"user#b" = "rights"\n',
        "alias-chain",
        'write "rights"',
    ),
    "anchor-circle": ('[anchors]\n"user#a" = "b"\n"user#b" = "a"\n', "alias-chain", "circle"),
    "gone-live": ('[gone]\n"/sv/konto/" = "a mistake"\n', "alias-live", "today: /sv/konto/"),
    "gone-below": ('[gone]\n"/en/*" = "no readers"\n', "alias-live", "today: /en/"),
    "gone-all": ('[gone]\n"/*" = "no readers"\n', "alias-live", "is let go"),
    "gone-anchor": ('[gone]\n"user#rights" = "a mistake"\n', "alias-live", "sv/user.md today"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_line_that_does_not_fit_the_site_is_said(site: Site, case: str) -> None:
    """At its line, with what is wrong and what to write."""
    text, code, words = WRONG[case]
    found = said(with_aliases(site, text))
    assert found[0][0] == code
    assert found[0][1] > 1
    assert words in " ".join(found[0][2:])


def test_an_address_with_the_sites_own_is_said_when_that_is_known(site: Site) -> None:
    """A site below a path has pages at what stands behind that path."""
    with_aliases(site, '[addresses]\n"/privacy/sv/old/" = "/sv/konto/"\n')
    assert said(site) == []
    site.address = "https://example.org/privacy"
    ((code, _, _, fix),) = said(site)
    assert (code, fix) == ("alias-malformed", 'write "/sv/old/".')


def test_a_draft_is_no_place_to_lead_to(site: Site) -> None:
    """Nobody but its editors meets a draft, though the check reads it."""
    site.write({"fi/language.toml": "draft = true\n", "fi/user.md": "# Tietosi\n"})
    with_aliases(site, '[addresses]\n"/sv/old/" = "/fi/user/"\n')
    ((code, _, message, _),) = said(site)
    assert code == "alias-target-missing"
    assert "'fi' is a draft" in message


def test_a_link_to_a_retired_anchor_names_the_new_one(site: Site) -> None:
    """Old links are for others; the site's own lead to what is there."""
    with_aliases(site, '[anchors]\n"user#old" = "rights"\n')
    site.write({"sv/index.md": "# Vår integritet\n\n[Rätt](user.md#old)\n"})
    found = [finding for finding in site.findings() if finding.code == "link-anchor-missing"]
    assert [finding.fix for finding in found] == ["write #rights, which has taken its place."]


TABLE = """\
[addresses]
"/sv/gammal/" = "/sv/konto/"
"/en/old-rights/" = "/en/account/#rights"
"/fi/vanha/" = "/en/account/"
"/policy.html" = "/"
"/files/old.pdf" = "/files/terms.pdf"

[anchors]
"user#storage" = "retention"
"user#top" = "retention"

[gone]
"/sv/misstag/" = "published by mistake"
"""


@pytest.mark.parametrize("address", ["", "https://example.org/privacy"])
def test_pages_at_retired_addresses_send_their_readers_on(site: Site, address: str) -> None:
    """In the language of the address, with a link, and nothing for search engines."""
    site.address = address
    with_aliases(site, TABLE)
    assert site.build().is_done, site.build().findings
    page = site.page("sv/gammal/index.html")
    assert one(page, "html")["lang"] == "sv"
    assert one(page, "meta[http-equiv=refresh]")["content"] == "0; url=../konto/"
    assert one(page, "h1").text == "Sidan har flyttat"
    assert one(page, "main a")["href"] == "../konto/"
    assert one(page, "main a").text == "Ditt konto"
    assert one(page, "meta[name=robots]")["content"] == "noindex"
    canonical = f"{address}/sv/konto/" if address else "../konto/"
    assert one(page, "link[rel=canonical]")["href"] == canonical
    rights = site.page("en/old-rights/index.html")
    assert one(rights, "meta[http-equiv=refresh]")["content"] == "0; url=../account/#rights"
    foreign = site.page("fi/vanha/index.html")  # no language of the site: that of the successor
    assert one(foreign, "html")["lang"] == "en"
    assert one(site.page("policy.html"), "meta[http-equiv=refresh]")["content"] == "0; url=./"
    files = site.files()
    assert "files/old.pdf" not in files
    assert not any("misstag" in path for path in files)
    assert "gammal" not in files.get("sitemap.xml", b"").decode()
    text = files["sv/gammal.txt"].decode()
    assert "Sidan har flyttat" in text
    assert (f"{address}/sv/konto.txt" if address else "<konto.txt>") in text


def test_an_address_may_lead_into_another_language_or_to_any_page(site: Site) -> None:
    """The page speaks the language of its address, and its link says which one follows."""
    site.address = "https://example.org"
    table = (
        '"/en/old/" = "/sv/konto/#rights"\n"/en/front/" = "/"\n"/fi/" = "/en/"\n'
        '"/compare/sv-en/old/" = "/compare/sv-en/user/#rights"\n'
    )
    with_aliases(site, f"[addresses]\n{table}")
    site.write({"organisation.toml": 'name = "Firman"\n'})
    assert site.build().is_done, site.build().findings
    page = site.page("en/old/index.html")
    assert one(page, "html")["lang"] == "en"
    link = one(page, "main a")
    assert (link["href"], link["hreflang"], link["lang"]) == ("../../sv/konto/#rights", "sv", "sv")
    assert one(site.page("en/front/index.html"), "main a").text == "Firman"
    assert one(site.page("fi/index.html"), "html")["lang"] == "en"
    beside = site.page("compare/sv-en/old/index.html")
    assert one(beside, "main a")["href"] == "../user/#rights"
    assert not beside.select("link[rel=canonical]")


def test_what_follows_from_a_retired_page_is_known_to_hosts(site: Site) -> None:
    """Its plain text leads to that of the page that took its place."""
    catalog = with_aliases(site, TABLE).catalog(drafts=False)
    assert Published(catalog, compares=True).redirects == {
        "sv/gammal/": "sv/konto/",
        "en/old-rights/": "en/account/#rights",
        "fi/vanha/": "en/account/",
        "policy.html": "",
        "files/old.pdf": "files/terms.pdf",
        "sv/gammal.txt": "sv/konto.txt",
        "en/old-rights.txt": "en/account.txt",
        "fi/vanha.txt": "en/account.txt",
    }


def test_a_retired_anchor_stands_at_its_successor_in_every_language(site: Site) -> None:
    """In the section before its heading, once on each page, where translations are compared too."""
    with_aliases(site, TABLE)
    assert site.build().is_done
    for path in ("sv/konto", "en/account", "compare/sv-en/user"):
        page = site.page(f"{path}/index.html")
        for retired in ("storage", "top"):
            assert len(page.select(f"#{retired}")) == 1
            assert one(page, f"section#retention #{retired}").text == ""
            assert one(page, f"#{retired} ~ h2").text in ("Hur länge?", "How long?")
    assert "storage" not in site.files()["en/account.txt"].decode()
    assert links.check(site.output) == []


def test_a_successor_inside_a_section_or_the_opening_is_found_by_what_holds_it(site: Site) -> None:
    """An old link lands at the heading above the successor, or at the title."""
    site.write(
        {
            "sv/user.md": "# Konto\n\nEtt stycke.\n{: #first }\n\n## Tid {#time}\n\nText.\n"
            "{: #weeks }\n",
            "aliases.toml": '[anchors]\n"user#a" = "first"\n"user#b" = "weeks"\n',
        }
    )
    assert site.build().is_done, site.findings()
    page = site.page("sv/user/index.html")
    assert one(page, "#a + h1").text == "Konto"
    assert one(page, "section#time > #b + h2").text == "Tid"


def test_what_does_not_fit_is_not_rendered(site: Site) -> None:
    """A preview goes on in spite of findings: no page is overwritten, and no id stands twice."""
    text = (
        '[addresses]\n"/sv/konto/" = "/sv/"\n"/sv/a/" = "/sv/nothing/"\n"/robots.txt/x/" = "/sv/"\n'
        '[anchors]\n"user#rights" = "retention"\n"user#x" = "nothing"\n"none#x" = "y"\n'
    )
    with_aliases(site, text)
    assert len(said(site)) == 6
    assert site.build(lenient=True).is_done
    page = site.page("sv/konto/index.html")
    assert one(page, "h1").text == "Ditt konto"
    assert len(page.select("#rights")) == 1
    assert "sv/a/index.html" not in site.files()


SIGNS = "/#*.%ab_Å é\x00"
NAMES = (
    st.sampled_from(["/sv/old", "/sv/konto/", "/sv/konto.txt/x", "/a.html", "/a.html/b", "user#x"])
    | st.text(SIGNS, max_size=8)
    | st.text(SIGNS, max_size=8).map(lambda text: f"/sv/{text}")
)
VALUES = st.sampled_from(["/sv/konto/#rights", "/sv/", "/sv/old/", "rights", "x"]) | NAMES
TABLES = st.dictionaries(NAMES, VALUES, max_size=6)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from(["addresses", "anchors", "gone", "x"]), TABLES))
def test_whatever_stands_in_the_table_the_site_stays_whole(
    site: Site, tables: dict[str, dict[str, str]]
) -> None:
    """Redirects lead from where nothing is to where something is, and no file is in another's way.

    What was left out of the table, or does not fit, is a finding.
    """
    lines = [
        line
        for table, entries in tables.items()
        for line in (
            f"[{table}]",
            *(f"{json.dumps(a)} = {json.dumps(b)}" for a, b in entries.items()),
        )
    ]
    with_table = site.write({**SITE, "aliases.toml": "\n".join(lines)})
    catalog = with_table.catalog(drafts=False)
    published = Published(catalog, compares=True)
    live, retired = published.addresses, published.redirects
    assert not {one.casefold() for one in live} & {one.casefold() for one in retired}
    assert {target.partition("#")[0] for target in retired.values()} <= live
    files = [addresses.file_of(one).casefold() for one in (*live, *retired)]
    assert len(set(files)) == len(files)
    assert not any(other.startswith(f"{file}/") for file in files for other in files)
    aliases = catalog.aliases
    kept = len(aliases.addresses) + len(aliases.gone) + sum(map(len, aliases.anchors.values()))
    if kept < sum(map(len, tables.values())) or set(aliases.addresses) - set(retired):
        assert said(site)


def test_a_third_language_from_right_to_left(site: Site) -> None:
    """What moved says so in the language of its address, with letters of any script."""
    site.write({"ar/user.md": "---\nslug: البيانات\n---\n# بياناتك\n"})
    site.source_language = "ar"
    site.write({"aliases.toml": '[addresses]\n"/ar/قديم/" = "/ar/البيانات/"\n'})
    assert site.build().is_done, site.findings()
    page = site.page("ar/قديم/index.html")
    assert one(page, "html")["dir"] == "rtl"
    assert one(page, "main a").text == "بياناتك"
