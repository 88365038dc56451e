# SPDX-License-Identifier: AGPL-3.0-or-later
"""Freshness: a source that changes, a translation that follows or not, and who says so."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from notices.review import marking
from notices.review.history import History, HistoryError
from notices.review.records import read_reviews
from notices.review.standings import standings, totals
from notices.settings import SettingsError
from tests.conftest import Site

SOURCE = """\
# Titel

Inledning.

## Hur länge? {#retention}

Uppgifterna sparas i 4 veckor.

## Vem? {#who}

Vi.
"""
TRANSLATION = """\
# Title

Introduction.

## How long? {#retention}

The data is kept for 4 weeks.

## Who? {#who}

We.
"""
DAY = date(2026, 3, 1)


@pytest.fixture
def pair(site: Site) -> Site:
    """Give a notice and its translation, both reviewed."""
    return site.write({"sv/user.md": SOURCE, "en/user.md": TRANSLATION}).review()


def states(site: Site, lang: str = "en") -> dict[str, str]:
    """Give the state of each section by its key."""
    return {one.key: one.state for one in standings(site.catalog())[lang]}


def change(site: Site, path: str, old: str, new: str) -> None:
    """Change a text on disk."""
    file = site.content / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# States


def test_what_was_reviewed_is_current(pair: Site) -> None:
    """Nothing to say of it."""
    assert states(pair) == dict.fromkeys(["user#", "user#retention", "user#who"], "current")
    assert pair.places() == []


@pytest.mark.parametrize(
    ("path", "old", "new", "key", "state"),
    [
        ("sv/user.md", "4 veckor", "5 veckor", "user#retention", "outdated"),
        ("sv/user.md", "Hur länge?", "Hur lång tid?", "user#retention", "outdated"),
        ("sv/user.md", "Inledning", "Början", "user#", "outdated"),
        ("sv/user.md", "# Titel", "# Rubrik", "user#", "outdated"),
        ("en/user.md", "We.", "We do.", "user#who", "altered"),
        ("en/user.md", "Introduction", "Beginning", "user#", "altered"),
        ("en/user.md", "## Who? {#who}\n\nWe.\n", "", "user#who", "missing"),
        ("sv/user.md", "## Vem? {#who}\n\nVi.\n", "", "user#who", "orphan"),
    ],
)
def test_one_change_touches_one_section(
    pair: Site, path: str, old: str, new: str, key: str, state: str
) -> None:
    """The section that changed, and no other."""
    change(pair, path, old, new)
    everything = states(pair)
    assert everything.pop(key) == state
    assert set(everything.values()) == {"current"}


def test_a_changed_source_is_found_at_the_translation(pair: Site) -> None:
    """The translation's file, the line of its section, and the commands that help."""
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    (found,) = pair.findings()
    assert (found.code, found.path, found.line) == ("section-outdated", "content/en/user.md", 5)
    assert found.severity == "error"
    assert "content/sv/user.md:5" in found.message
    assert "2026-03-01" in found.message
    options = "--content content --source-language sv"
    _, look, mark = found.fix.split("\n")
    assert look.endswith(f"run diff en user#retention {options}")
    assert mark.endswith(f"run reviewed en user#retention {options}")


def test_rewrapping_changes_nothing(pair: Site) -> None:
    """Line ends are no words."""
    change(pair, "sv/user.md", "sparas i 4", "sparas\ni  4")
    assert pair.places() == []


def test_a_source_that_is_put_back_is_current_again(pair: Site) -> None:
    """Only what a text says counts, not when it was saved."""
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    change(pair, "sv/user.md", "5 veckor", "4 veckor")
    assert pair.places() == []


def test_a_fact_counts_by_its_name(site: Site) -> None:
    """When the organisation moves, no translation is outdated; when another is named, it is."""
    site.write({"organisation.toml": 'email = "a@b.example"\ntelephone = "018"\n'})
    site.write(
        {"sv/user.md": f"{SOURCE}\n[[email]]\n", "en/user.md": f"{TRANSLATION}\n[[email]]\n"}
    )
    site.review()
    change(site, "organisation.toml", "a@b.example", "new@b.example")
    assert site.places() == []
    change(site, "sv/user.md", "[[email]]", "[[telephone]]")
    assert ("section-outdated", "en/user.md", 9) in site.places()


def test_an_altered_translation_and_a_new_section_are_warnings(pair: Site) -> None:
    """Each at its line."""
    change(pair, "en/user.md", "We.", "We do.")
    for path in ("sv/user.md", "en/user.md"):
        file = pair.content / path
        file.write_text(f"{file.read_text(encoding='utf-8')}\n## N {{#new}}\n\n{path}\n")
    assert [(f.code, f.line, f.severity) for f in pair.findings()] == [
        ("section-altered", 9, "warning"),
        ("section-unreviewed", 13, "warning"),
    ]


def test_a_folder_that_keeps_no_reviews_hears_it_once(site: Site) -> None:
    """One finding for a language, none for its sections; a draft has not begun."""
    site.write({"sv/user.md": SOURCE, "en/user.md": TRANSLATION, "fi/user.md": TRANSLATION})
    site.write({"fi/language.toml": "draft = true\n"})
    assert set(states(site).values()) == {"never reviewed"}
    from notices import checks

    found = [f for f in checks.run(site.catalog(), site.settings) if f.code != "interface-missing"]
    assert [(f.code, f.path, f.line) for f in found] == [
        ("reviews-not-kept", "content/en/reviewed.toml", 1)
    ]


def test_the_sources_own_words_are_no_translation(pair: Site) -> None:
    """A section that still reads as the source is missing, and cannot be marked."""
    long = "Uppgifterna sparas i 4 veckor, och sedan raderas de på ett säkert sätt."
    for path, old in (
        ("sv", "Uppgifterna sparas i 4 veckor."),
        ("en", "The data is kept for 4 weeks."),
    ):
        change(pair, f"{path}/user.md", old, long)
    assert states(pair)["user#retention"] == "missing"
    marked = marking.mark(pair.catalog(), pair.settings, "en", ["user"], DAY)
    assert [one.key for one in marked.missing] == ["user#retention"]


COPY = """\
# Titel

Uppgifterna sparas så länge ditt konto är aktivt, och raderas sedan inom 4 veckor.

## Kontakt {#contact}

Skriv till oss om du vill ändra något. Vi svarar så fort vi kan, oftast samma dag.
"""


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (COPY, "missing"),
        (COPY.replace("Skriv till oss om du vill ändra något.", "Write to us."), "missing"),
        (TRANSLATION.replace("who", "contact"), "never reviewed"),
        (
            COPY[: COPY.index("Skriv")] + "Write to Post- och telestyrelsen, Box 1.",
            "never reviewed",
        ),
    ],
)
def test_a_copy_of_the_source_is_no_translation(site: Site, text: str, state: str) -> None:
    """Even when the source has changed since it was copied, or a sentence of it is translated."""
    site.write({"sv/user.md": COPY.replace("ändra något", "veta mer"), "en/user.md": text})
    assert states(site)["user#contact"] == state


@pytest.mark.parametrize(
    "text",
    [
        "{}\n\n```\ncurl -X DELETE https://api.example.org/v1/users/me --header token\n```\n",
        "{}\n\n- Amazon Web Services EMEA SARL\n- Google Ireland Limited\n- Microsoft Nederland\n",
        "{} *lag med kompletterande bestämmelser till EU:s dataskyddsförordning*{{lang=sv}}",
        "{} <https://www.riksdagen.se/sv/dokument-och-lagar/dokument/svensk-forfattningssamling/>",
        "{}\n\nIntegritetsskyddsmyndigheten\\\nBox 8114\\\n104 20 Stockholm",
    ],
)
def test_what_may_stay_as_it_is_is_no_copy(site: Site, text: str) -> None:
    """Code, names, addresses, and words that are marked as the source's own."""
    site.write({"sv/user.md": f"# T\n\n## A {{#a}}\n\n{text.format('Så här raderar du dem:')}\n"})
    site.write({"en/user.md": f"# T\n\n## A {{#a}}\n\n{text.format('This is how to erase:')}\n"})
    assert states(site)["user#a"] == "never reviewed"


def test_a_rewrapped_copy_is_a_copy(site: Site) -> None:
    """One sentence, broken somewhere else."""
    words = "Vi sparar dem i fyra veckor och sedan tar vi bort dem ur alla våra system för gott."
    site.write({"sv/user.md": f"# T\n\n{words}\n", "en/user.md": f"# U\n\n{words}\n"})
    change(site, "en/user.md", "och sedan", "och\nsedan")
    assert states(site)["user#"] == "missing"


def test_a_third_language_keeps_its_own_record(pair: Site) -> None:
    """Each language is compared with the source, and only marked by itself."""
    pair.write({"fi/user.md": TRANSLATION.replace("weeks", "viikkoa")}).review("fi")
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    assert states(pair)["user#retention"] == states(pair, "fi")["user#retention"] == "outdated"
    marking.mark(pair.catalog(), pair.settings, "fi", ["user#retention"], DAY)
    assert states(pair)["user#retention"] == "outdated"
    assert states(pair, "fi")["user#retention"] == "current"


def test_totals_count_every_state(pair: Site) -> None:
    """In their order, the empty ones too."""
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    assert totals(standings(pair.catalog())["en"]) == {
        "current": 2,
        "outdated": 1,
        "altered": 0,
        "never reviewed": 0,
        "missing": 0,
        "orphan": 0,
    }


# Marking


@pytest.mark.parametrize("names", [["user#retention"], ["user"], []])
def test_a_checked_section_is_marked(pair: Site, names: list[str]) -> None:
    """By its name, its notice's, or with all; the others keep the day of their review."""
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    today = date(2026, 4, 1)
    marked = marking.mark(pair.catalog(), pair.settings, "en", names, today)
    assert [one.key for one in marked.new] == ["user#retention"]
    assert pair.places() == []
    days = {one.key: one.on for one in pair.catalog().reviews["en"]["user"]}
    assert days == {"user#": DAY, "user#retention": today, "user#who": DAY}


def test_marking_what_is_current_changes_no_byte(pair: Site) -> None:
    """The record shows what was done, not how often."""
    file = pair.content / "en" / "reviewed.toml"
    before = file.read_bytes()
    marked = marking.mark(pair.catalog(), pair.settings, "en", (), date(2027, 1, 1))
    assert (len(marked.new), len(marked.current)) == (0, 3)
    assert file.read_bytes() == before


def test_what_is_missing_is_refused(pair: Site) -> None:
    """Nothing is recorded of a section that is not there."""
    change(pair, "en/user.md", "## Who? {#who}\n\nWe.\n", "")
    marked = marking.mark(pair.catalog(), pair.settings, "en", ["user#who"], DAY)
    assert [one.key for one in marked.missing] == ["user#who"]
    assert not marked.new


def test_what_is_gone_is_forgotten(pair: Site) -> None:
    """A record of a section that neither language has is dropped with the next marking."""
    change(pair, "en/user.md", "## Who? {#who}\n\nWe.\n", "")
    change(pair, "sv/user.md", "## Vem? {#who}\n\nVi.\n", "")
    assert pair.places() == []
    marking.mark(pair.catalog(), pair.settings, "en", (), DAY)
    assert "#who" not in (pair.content / "en" / "reviewed.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lang", "name", "said"),
    [
        ("sv", "user", "'sv' is the language that the others are translated from"),
        ("xx", "user", "there is no language 'xx'; the translations are: en."),
        ("en", "usr", "there is no notice 'usr' in sv; did you mean user?"),
        ("en", "zzz#a", "there is no notice 'zzz' in sv; there are user."),
        ("en", "user#retentoin", "no section 'retentoin' in sv; did you mean user#retention?"),
        ("en", "user#zzz", "no section 'zzz' in sv; it has retention, who."),
    ],
)
def test_a_name_that_is_none(pair: Site, lang: str, name: str, said: str) -> None:
    """What there is, and what was probably meant."""
    with pytest.raises(SettingsError, match=said.replace("?", r"\?")):
        marking.mark(pair.catalog(), pair.settings, lang, [name], DAY)


# The record


def test_the_record_is_made_for_git(pair: Site) -> None:
    """A line for each section, sorted, and the same bytes whoever writes it."""
    lines = (pair.content / "en" / "reviewed.toml").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "reviewed = ["
    entries = lines[2:-1]
    assert entries == sorted(entries)
    assert [line.split('"')[1] for line in entries] == ["user#", "user#retention", "user#who"]
    assert all(line.endswith("on = 2026-03-01 },") for line in entries)


GOOD = (
    '{ section = "user#who", source = "1:0123456789abcdef", '
    'translation = "1:0123456789abcdef", on = 2026-03-01 },'
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("reviewed = [\n", 2),
        ("[user]\nwho = 1\n", 1),
        ("reviewed = 1\n", 1),
        ("reviewed = [\n  1,\n]\n", 1),
        (f"reviewed = [\n  {GOOD}\n  {{ section = 'user#a' }},\n]\n", 3),
        (f"reviewed = [\n  {GOOD}\n  {GOOD.replace('user#who', 'user')}\n]\n", 3),
        (f"reviewed = [\n  {GOOD.replace('1:0123456789abcdef', '1:0', 1)}\n]\n", 2),
        (f"reviewed = [\n  {GOOD.replace('1:', '2:', 1)}\n]\n", 2),
        (f"reviewed = [\n  {GOOD.replace('2026-03-01', '1')}\n]\n", 2),
        (f"reviewed = [\n  {GOOD.replace('2026-03-01', '2026-03-01T10:00:00')}\n]\n", 2),
    ],
)
def test_a_record_that_somebody_typed(pair: Site, text: str, line: int) -> None:
    """Is a finding at its line, and never written over."""
    pair.write({"en/reviewed.toml": text})
    assert ("reviewed-malformed", "en/reviewed.toml", line) in pair.places()
    with pytest.raises(SettingsError, match=r"reviewed\.toml"):
        marking.mark(pair.catalog(), pair.settings, "en", (), DAY)
    assert (pair.content / "en" / "reviewed.toml").read_text(encoding="utf-8") == text


def test_a_sound_record_has_no_findings(tmp_path: Path) -> None:
    """The look-alike of the above."""
    file = tmp_path / "reviewed.toml"
    file.write_text(f"reviewed = [\n  {GOOD}\n]\n", encoding="utf-8")
    reviews, findings = read_reviews(file, "r")
    assert findings == []
    assert reviews is not None
    assert [(one.key, one.line) for one in reviews["user"]] == [("user#who", 2)]


# With git


def git(site: Site, *words: str) -> str:
    """Run git in the site's folder."""
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *who, *words], cwd=site.folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def commit(site: Site, message: str = "change") -> None:
    """Commit everything."""
    git(site, "add", "-A")
    git(site, "commit", "-qm", message)


@pytest.fixture
def kept(pair: Site) -> Site:
    """Give a reviewed pair in a git repository."""
    git(pair, "init", "-qb", "main")
    (pair.folder / ".gitattributes").write_text("reviewed.toml merge=union\n", encoding="utf-8")
    commit(pair)
    return pair


def old_text(site: Site, lang: str = "sv") -> str:
    """Look up what a section said when it was reviewed."""
    read = site.catalog()
    (review,) = (one for one in read.reviews["en"]["user"] if one.anchor == "retention")
    wanted = review.source if lang == "sv" else review.translation
    notice = read.notices["user"][lang]
    section, _ = History(site.content, read.organisation).text_of(wanted, notice)
    return section.body


def test_the_old_text_comes_from_git(kept: Site) -> None:
    """However many commits ago, and whatever else has happened to the file since."""
    change(kept, "sv/user.md", "4 veckor", "5 veckor")
    commit(kept)
    change(kept, "sv/user.md", "Vi.", "Vi själva.")
    commit(kept)
    change(kept, "sv/user.md", "5 veckor", "6 veckor")
    assert old_text(kept) == "<p>Uppgifterna sparas i 4 veckor.</p>"


def test_the_old_text_is_found_under_an_old_name(kept: Site) -> None:
    """A content folder that has moved keeps its history."""
    git(kept, "mv", "content", "moved")
    commit(kept)
    kept.content = kept.folder / "moved"
    change(kept, "sv/user.md", "4 veckor", "5 veckor")
    commit(kept)
    assert "4 veckor" in old_text(kept)


def test_the_old_text_may_name_a_fact_that_is_gone(site: Site) -> None:
    """Facts count by their names, today's and those of then."""
    site.write({"organisation.toml": 'mail = "a@b.example"\n'})
    text = SOURCE.replace("4 veckor", "4 veckor: [[mail]], [[[mail]]](mailto:[[mail]])")
    site.write({"sv/user.md": text, "en/user.md": TRANSLATION}).review()
    git(site, "init", "-qb", "main")
    commit(site)
    site.write({"organisation.toml": 'email = "c@d.example"\n'})
    change(site, "sv/user.md", text, SOURCE)
    commit(site)
    assert "4 veckor: " in old_text(site)


def test_a_text_that_was_never_committed(kept: Site) -> None:
    """The history cannot have it, and that is what is said."""
    change(kept, "sv/user.md", "4 veckor", "5 veckor")
    kept.review()
    change(kept, "sv/user.md", "5 veckor", "6 veckor")
    with pytest.raises(HistoryError, match="never committed"):
        old_text(kept)


def test_a_folder_without_git(pair: Site) -> None:
    """Says so."""
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    with pytest.raises(HistoryError, match="not in a git repository"):
        old_text(pair)


def test_a_machine_without_git(kept: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Says so, too."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(HistoryError, match="not installed"):
        old_text(kept)


def test_a_shallow_clone(kept: Site, tmp_path: Path) -> None:
    """Tells how to get the rest."""
    change(kept, "sv/user.md", "4 veckor", "5 veckor")
    commit(kept)
    git(kept, "clone", "-q", "--depth", "1", kept.folder.as_uri(), "clone")
    kept.content = kept.folder / "clone" / "content"
    with pytest.raises(HistoryError, match="unshallow"):
        old_text(kept)


def test_reviews_on_two_branches_merge(kept: Site) -> None:
    """Neighbouring sections, and even the same one: git merges, and what fits the text counts."""
    git(kept, "switch", "-qc", "other")
    change(kept, "sv/user.md", "Vi.", "Vi själva.")
    change(kept, "en/user.md", "The data is kept", "Data is kept")
    kept.review(on=date(2026, 4, 1))
    commit(kept)
    git(kept, "switch", "-q", "main")
    change(kept, "sv/user.md", "4 veckor", "5 veckor")
    kept.review(on=date(2026, 5, 1))
    commit(kept)
    git(kept, "merge", "-q", "other", "-m", "merge")
    record = kept.content / "en" / "reviewed.toml"
    assert record.read_text(encoding="utf-8").count("user#retention") == 2
    assert states(kept) == {
        "user#": "current",
        "user#retention": "altered",  # both texts have changed, and nobody has seen them together
        "user#who": "current",
    }
    kept.review()
    assert record.read_text(encoding="utf-8").count("user#retention") == 1
    assert kept.places() == []


# What must not be lost


def test_an_unreadable_source_loses_no_review(pair: Site) -> None:
    """What cannot be read now may have the section still."""
    pair.write({"sv/other.md": SOURCE, "en/other.md": TRANSLATION})
    source = (pair.content / "sv/user.md").read_bytes()
    pair.write({"sv/user.md": b"# T\xe5\n"})
    marking.mark(pair.catalog(), pair.settings, "en", ["other"], DAY)
    pair.write({"sv/user.md": source})
    assert set(states(pair).values()) == {"current"}


def test_a_heading_without_an_id_keeps_its_review(site: Site) -> None:
    """Its id changes with its words, and the translation is outdated all the same."""
    text = "# {}\n\n## {} 4\n\n{} 4.\n"
    site.write(
        {"sv/a.md": text.format("T", "Sparas", "I"), "en/a.md": text.format("U", "K", "For")}
    )
    site.review()
    site.write({"sv/a.md": text.format("T", "Sparas", "I").replace("4", "5")})
    assert states(site) == {"a#": "current", "a#sparas-5": "outdated"}
    marking.mark(site.catalog(), site.settings, "en", (), DAY)
    assert states(site) == {"a#": "current", "a#sparas-5": "current"}
    assert "sparas-4" not in (site.content / "en/reviewed.toml").read_text(encoding="utf-8")


def test_a_renamed_id_keeps_its_review(pair: Site) -> None:
    """The texts are those that were checked."""
    for path in ("sv/user.md", "en/user.md"):
        change(pair, path, "{#who}", "{#us}")
    assert set(states(pair).values()) == {"current"}


def test_marking_one_section_keeps_the_others(pair: Site) -> None:
    """Those whose id has changed among them."""
    for path in ("sv/user.md", "en/user.md"):
        change(pair, path, "{#who}", "{#us}")
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    marking.mark(pair.catalog(), pair.settings, "en", ["user#retention"], DAY)
    assert set(states(pair).values()) == {"current"}
    marking.mark(pair.catalog(), pair.settings, "en", ["user#us"], DAY)
    assert set(states(pair).values()) == {"current"}
    assert "#who" not in (pair.content / "en/reviewed.toml").read_text(encoding="utf-8")


def test_sections_of_equal_words_keep_their_own_reviews(site: Site) -> None:
    """Though both get another id."""
    for lang, words in (("sv", "Fyra veckor."), ("en", "Four weeks.")):
        text = f"# {lang}\n\n## A {{#a}}\n\n{words}\n\n## A {{#b}}\n\n{words}\n"
        site.write({f"{lang}/user.md": text})
    site.review()
    for path in ("sv/user.md", "en/user.md"):
        change(site, path, "{#a}", "{#c}")
        change(site, path, "{#b}", "{#d}")
    marking.mark(site.catalog(), site.settings, "en", ["user#c"], DAY)
    assert set(states(site).values()) == {"current"}


def test_a_fact_in_the_words_of_a_picture_counts_by_its_name(site: Site) -> None:
    """As it does in a text or an address."""
    site.write({"organisation.toml": 'place = "Gatan 1"\n', "files/a.png": b"\x89PNG"})
    for lang in ("sv", "en"):
        text = f'![{lang} [[place]]](../files/a.png "[[place]]")'
        site.write({f"{lang}/user.md": f"# {lang}\n\n## {lang} {{#a}}\n\n{text}\n"})
    site.review()
    change(site, "organisation.toml", "Gatan 1", "Vägen 2")
    assert set(states(site).values()) == {"current"}


def test_a_section_of_facts_alone_is_translated(site: Site) -> None:
    """Its words are the organisation's in every language."""
    lines = '["nWise Aktiebolag i Uppsala", "Persgatan tjugoett, trappan upp", "753 20 Uppsala"]'
    site.write({"organisation.toml": f"address = {lines}\n"})
    for lang in ("sv", "en"):
        site.write({f"{lang}/user.md": f"# T {lang}\n\n## A {lang} {{#a}}\n\n[[address]]\n"})
    assert states(site)["user#a"] == "never reviewed"


@pytest.mark.parametrize("anchor", ["保存期間", "a.b", 'a"b', "a\\\\b"])
def test_any_id_can_be_recorded(site: Site, anchor: str) -> None:
    """An id that is malformed is one finding, and not the end of the record."""
    for lang in ("sv", "en"):
        site.write({f"{lang}/user.md": f"# {lang}\n\n## {lang} {{id='{anchor}'}}\n\n{lang}.\n"})
    site.review()
    assert set(states(site).values()) == {"current"}


def test_a_record_is_written_beside_no_link(pair: Site, tmp_path: Path) -> None:
    """Whoever prepared a link to another file does not get that file written."""
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    (pair.content / "en" / ".reviewed.toml.unfinished").symlink_to(victim)
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    pair.review()
    assert victim.read_text(encoding="utf-8") == "mine"
    assert not (pair.content / "en" / "reviewed.toml").is_symlink()
    assert sorted(p.name for p in (pair.content / "en").iterdir()) == [
        ".reviewed.toml.unfinished",
        "reviewed.toml",
        "user.md",
    ]


def test_two_who_mark_at_once_both_do(site: Site) -> None:
    """Each waits for the other, and keeps what the other has written."""
    number = 12
    for lang in ("sv", "en"):
        parts = "".join(f"## {lang} {n} {{#s{n}}}\n\n{lang}.\n\n" for n in range(number))
        site.write({f"{lang}/user.md": f"# {lang}\n\n{parts}"})
    made, read = site.settings, site.catalog()
    with ThreadPoolExecutor(number) as pool:
        for n in range(number):
            pool.submit(marking.mark, read, made, "en", [f"user#s{n}"], DAY)
    found = states(site)
    del found["user#"]
    assert set(found.values()) == {"current"}


def test_a_full_disk_names_the_file(pair: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """And leaves the old record."""

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    before = (pair.content / "en/reviewed.toml").read_bytes()
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match=r"No space left on device.*reviewed\.toml"):
        pair.review()
    assert (pair.content / "en/reviewed.toml").read_bytes() == before
    assert len(list((pair.content / "en").iterdir())) == 2


def test_a_record_that_cannot_be_read_is_one_finding(pair: Site) -> None:
    """Not one for each section besides."""
    pair.write({"en/reviewed.toml": "<<<<<<< HEAD\nreviewed = [\n]\n"})
    assert pair.places() == [("merge-unfinished", "en/reviewed.toml", 1)]


def test_settings_of_git_do_not_lead_astray(kept: Site) -> None:
    """After a rename, with paths told from where one stands."""
    git(kept, "config", "diff.relative", "true")
    git(kept, "mv", "content", "moved")
    commit(kept)
    kept.content = kept.folder / "moved"
    change(kept, "sv/user.md", "4 veckor", "5 veckor")
    assert "4 veckor" in old_text(kept)


def test_the_old_text_of_a_translation_without_ids(site: Site) -> None:
    """Its ids come from the source, and its history has none."""
    site.write({"sv/user.md": "# T\n\n## Ett\n\nEtt.\n", "en/user.md": "# U\n\n## One\n\nOne.\n"})
    git(site.review(), "init", "-qb", "main")
    commit(site)
    change(site, "en/user.md", "One.", "Two.")
    commit(site)
    read = site.catalog()
    review = read.reviews["en"]["user"][1]
    history = History(site.content, read.organisation)
    section, _ = history.text_of(review.translation, read.notices["user"]["en"])
    assert section.body == "<p>One.</p>"
