# SPDX-License-Identifier: AGPL-3.0-or-later
"""``status``, ``diff`` and ``reviewed`` as an editor meets them."""

from __future__ import annotations

import json
import subprocess

import pytest
from bs4 import BeautifulSoup

from notices.review import status
from notices.review.standings import STATES
from notices.settings import Readability
from tests.conftest import Site
from tests.test_cli import CONTENT, notices
from tests.test_review import SOURCE, TRANSLATION, change, commit, git, kept, pair, states

__all__ = ["kept", "pair"]  # fixtures of the other module


def test_the_table(pair: Site) -> None:
    """A row for each section, a column for each language, and what they come to."""
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    pair.write({"fi/user.md": "# T\n\n## W {#who}\n\nMe.\n\n## X {#extra}\n\nX.\n"})
    pair.write({"fi/language.toml": "draft = true\n"})
    assert status.as_text(pair.catalog(), Readability()).split("\n") == [
        "                              en        fi",
        "user",
        "  (title and introduction)    current   never",
        "  retention                   outdated  missing",
        "  who                         current   never",
        "  extra                                 orphan",
        "total                         3         4",
        "  current                     2         0",
        "  outdated                    1         0",
        "  never reviewed              0         2",
        "  missing                     0         1",
        "  orphan                      0         1",
        "fi is a draft.",
        "",
        "LIX                           sv        en        en ease   fi",
        "user                          30.9      14.1      76.9      1.0",
        "  (title and introduction)    101.0     101.0     -132.6",
        "  retention                   25.0      7.0       101.0",
        "  who                         1.0       1.0       121.2     1.0",
        "  extra                                                     1.0",
        "ease is Flesch's reading ease: more is easier.",
    ]


TAGS = "ar bg cs da de el es et fi fr hu it ja lt lv nb nl pl pt-BR zh-Hant-TW".split()


def test_the_table_fits_a_terminal(pair: Site) -> None:
    """Twenty languages and a section with a very long id take no line of more than 80 columns."""
    long = "x" * 90
    text = f"# T\n\n## A {{#{long}}}\n\nA.\n\n## B {{#{'保存期間' * 9}}}\n\nB.\n"
    pair.write({f"{tag}/{'n' * 90}.md": text for tag in ["sv", *TAGS]})
    told = status.as_text(pair.catalog(), Readability())
    from rich.cells import cell_len

    assert max(map(cell_len, told.split("\n"))) <= 80
    assert "…" in told
    heads = [line.split() for line in told.split("\n") if line.startswith(" " * 30)]
    assert [tag for head in heads for tag in head] == sorted(["en", *TAGS])


def test_the_table_as_json(pair: Site) -> None:
    """Every state with its place and the day of its review; alone on standard output."""
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    change(pair, "en/user.md", "## Who? {#who}\n\nWe.\n", "")
    done = notices(pair, "status", "--format", "json", *CONTENT)
    assert done.returncode == 0
    told = json.loads(done.stdout)
    (language,) = told["languages"]
    assert (language["lang"], language["draft"], language["keeps_reviews"]) == ("en", False, True)
    assert list(language["totals"]) == list(STATES)
    assert [(one["section"], one["translations"]["en"]["state"]) for one in told["sections"]] == [
        ("", "current"),
        ("retention", "outdated"),
        ("who", "missing"),
    ]
    retention, who = told["sections"][1:]
    assert retention["source"] == {"path": "content/sv/user.md", "line": 5}
    assert retention["translations"]["en"] == {
        "state": "outdated",
        "draft": False,
        "path": "content/en/user.md",
        "line": 5,
        "reviewed": "2026-03-01",
    }
    assert who["translations"]["en"]["path"] is None


def test_the_table_as_a_page(pair: Site) -> None:
    """One page that needs nothing else, with a table that says what the text says."""
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    done = notices(pair, "status", "--format", "html", *CONTENT)
    page = BeautifulSoup(done.stdout, "html.parser")
    assert not page.select("script, link, img, [src]")
    rows = {
        row.th.get_text(): row.select_one("td span").get_text()  # type: ignore[union-attr]
        for row in page.select("h2[id=notice-user] + .scroll tbody tr")
    }
    assert rows == {
        "(title and introduction)": "current",
        "retention": "outdated",
        "who": "current",
    }
    assert "content/en/user.md:5" in page.get_text()
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))


HARD = " ".join(["Vi hanterar personuppgifter enligt avtal."] * 4)
"""Twenty words in four sentences, with eight long ones: 5 + 40."""


def test_a_site_in_one_language(site: Site) -> None:
    """Has nothing to compare, and says so in each form; its text has figures, too."""
    site.write({"sv/user.md": f"# T\n\n## A {{#a}}\n\n{HARD}\n"})
    text = notices(site, "status", *CONTENT).stdout
    assert text.startswith("There are no translations")
    assert text.endswith(
        "LIX                           sv\n"
        "user                          45.0 !\n"
        "  a                           45.0\n"
        "! is above the site's limit.\n"
    )
    page = BeautifulSoup(
        notices(site, "status", "--format", "html", *CONTENT).stdout, "html.parser"
    )
    assert "no translations" in page.get_text()
    whole, part = page.select("#readability-user + .scroll tbody tr")
    assert "above the limit of 40" in whole.get_text()
    assert "20 words, 4 sentences, 8 long words" in part.get_text()
    assert "above" not in part.get_text()
    told = json.loads(notices(site, "status", "--format", "json", *CONTENT).stdout)
    assert (told["languages"], told["sections"]) == ([], [])
    figures = {"words": 20, "sentences": 4, "long_words": 8, "lix": 45.0, "reading_ease": None}
    assert told["readability"] == {
        "limits": {"notice": 40, "section": 50, "sentence": 25},
        "notices": [
            {
                "notice": "user",
                "languages": {"sv": figures},
                "sections": [{"section": "a", "languages": {"sv": figures}}],
            }
        ],
    }


def test_what_has_no_figures(site: Site) -> None:
    """A language without spaces, a copy of the source, and a site without running text."""
    copied = f"# T\n\n## A {{#a}}\n\n{HARD}\n"
    site.write({"sv/user.md": copied, "fi/user.md": copied, "ja/user.md": "# 題\n\n個人情報。\n"})
    text = status.as_text(site.catalog(), Readability())
    assert text.split("\n\n")[1].split("\n") == [
        "LIX                           sv",
        "user                          45.0 !",
        "  a                           45.0",
        "fi has no figures.",
        "ja has no figures.",
        "! is above the site's limit.",
    ]
    for tag in ("sv", "fi"):
        site.write({f"{tag}/user.md": "# T\n\n## A {#a}\n"})
    assert "There is no running text" in status.as_text(site.catalog(), Readability())


def test_a_changed_sentence_from_source_to_review(kept: Site) -> None:
    """Check names the place, status shows it, diff shows the words, reviewed clears it."""
    change(kept, "sv/user.md", "i 4 veckor", "i 5 veckor")
    commit(kept)
    checked = notices(kept, "check", *CONTENT)
    assert checked.returncode == 1
    assert checked.stdout.startswith("content/en/user.md:5: section-outdated: ")
    assert "outdated" in notices(kept, "status", *CONTENT).stdout
    shown = notices(kept, "diff", "en", "user#retention", *CONTENT)
    assert shown.returncode == 0
    assert "user#retention: outdated, last checked on 2026-03-01" in shown.stdout
    assert "[-4-] {+5+}" in " ".join(shown.stdout.split())
    assert "kept for 4 weeks" in " ".join(shown.stdout.split())
    assert "content/sv/user.md:5" in shown.stdout
    assert "content/en/user.md:5" in shown.stdout
    change(kept, "en/user.md", "4 weeks", "5 weeks")
    shown = notices(kept, "diff", "en", *CONTENT)
    assert "[-4-] {+5+}" in " ".join(shown.stdout.split())
    done = notices(kept, "reviewed", "en", "user#retention", *CONTENT)
    assert (done.returncode, done.stdout) == (0, "en: 1 section marked as checked.\n")
    assert notices(kept, "check", *CONTENT).returncode == 0
    shown = notices(kept, "diff", "en", "user", *CONTENT)
    assert shown.stdout == "en user: nothing has changed since it was checked.\n"


def test_without_history_both_texts_are_shown(pair: Site) -> None:
    """And why there is no more to see."""
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    shown = notices(pair, "diff", "en", "user#retention", *CONTENT)
    assert shown.returncode == 0
    said = " ".join(shown.stdout.split())
    assert "sv has changed, and the content is not in a git repository" in said
    assert "sparas i 5 veckor" in said
    assert "[-" not in said


def test_what_is_missing_is_shown_and_not_offered(pair: Site) -> None:
    """There is nothing to mark yet."""
    change(pair, "en/user.md", "## Who? {#who}\n\nWe.\n", "")
    shown = notices(pair, "diff", "en", *CONTENT)
    assert "user#who: missing" in shown.stdout
    assert "run reviewed" not in shown.stdout
    done = notices(pair, "reviewed", "en", "--all", *CONTENT)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "en: 2 sections current already.",
        "en: user#who was not marked, since it is not translated.",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("reviewed", "en"), "Name what was checked"),
        (("reviewed", "en", "user", "--all"), "Name what was checked"),
        (("reviewed", "en", "usr"), "did you mean user?"),
        (("reviewed", "xx", "user"), "there is no language 'xx'"),
        (("diff", "sv", "user"), "is the language that the others are translated from"),
        (("diff",), "Missing argument 'LANGUAGE'"),
        (("status", "--format", "xml"), "Invalid value for '--format'"),
    ],
)
def test_wrong_use_changes_nothing(pair: Site, words: tuple[str, ...], said: str) -> None:
    """Exit 2, with what is wrong on standard error."""
    done = notices(pair, *words, *CONTENT)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_the_texts_of_a_hook(kept: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git hook's own variables do not lead the history astray."""
    monkeypatch.setenv("GIT_DIR", "elsewhere")
    change(kept, "sv/user.md", "4 veckor", "5 veckor")
    shown = notices(kept, "diff", "en", *CONTENT)
    assert "[-4-] {+5+}" in " ".join(shown.stdout.split())


def test_text_beside_text(kept: Site) -> None:
    """Where both have the same blocks, each stands beside its twin."""
    for path, item in (("sv", "- ett\n- två\n"), ("en", "- one\n- two\n")):
        file = kept.content / path / "user.md"
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{item}", encoding="utf-8")
    lines = notices(kept, "diff", "en", "user#who", *CONTENT).stdout.splitlines()
    assert any(line.split() == ["{+-", "ett+}", "{+-", "one+}"] for line in lines)
    assert git(kept, "status", "--short").split() == [
        "M",
        "content/en/user.md",
        "M",
        "content/sv/user.md",
    ]


def test_help_lists_the_commands(site: Site) -> None:
    """With a line each."""
    told = notices(site, "--help").stdout
    for command in ("status", "diff", "reviewed"):
        assert f"\n  {command} " in told


def test_the_translation_is_untouched_by_marking(pair: Site) -> None:
    """Only the record is written."""
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    notices(pair, "reviewed", "en", "user#", "user#retention", *CONTENT)
    assert (pair.content / "en/user.md").read_text(encoding="utf-8") == TRANSLATION


def test_an_untranslated_section_is_shown(pair: Site) -> None:
    """As what it is, the source's words; and it is not offered to be marked."""
    long = "Uppgifterna sparas i 4 veckor, och sedan raderas de på ett säkert sätt."
    change(pair, "sv/user.md", "Uppgifterna sparas i 4 veckor.", long)
    change(pair, "en/user.md", "The data is kept for 4 weeks.", long)
    shown = notices(pair, "diff", "en", "user#retention", *CONTENT).stdout
    assert "user#retention: missing" in shown
    assert "content/en/user.md:5" in shown
    assert "run reviewed" not in shown


def test_a_section_without_a_source_is_shown_and_not_marked(pair: Site) -> None:
    """Nothing says what it should say."""
    change(pair, "sv/user.md", "## Vem? {#who}\n\nVi.\n", "")
    assert "user#who: orphan" in notices(pair, "diff", "en", "user", *CONTENT).stdout
    done = notices(pair, "reviewed", "en", "user#who", *CONTENT)
    assert (done.returncode, done.stdout) == (
        1,
        "en: user#who was not marked, since it has no source.\n",
    )


def test_marking_tells_what_does_not_agree(pair: Site) -> None:
    """Who marks a contradiction as checked hears of it once more."""
    change(pair, "sv/user.md", "4 veckor", "5 veckor")
    done = notices(pair, "reviewed", "en", "user", *CONTENT)
    assert done.returncode == 0
    assert "still does not agree:\ncontent/en/user.md:7: period-differs" in done.stdout


def test_the_commands_in_a_finding_can_be_typed_as_they_stand(pair: Site) -> None:
    """From where the editor stands, about the site that was meant."""
    change(pair, "sv/user.md", "Vi.", "Vi själva.")
    found = notices(pair, "check", *CONTENT).stdout.splitlines()
    for command in (line.strip() for line in found[-2:]):
        assert "run diff" in command or "run reviewed" in command
        done = subprocess.run(
            ["bash", "-c", command], cwd=pair.folder, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    assert states(pair)["user#who"] == "current"


def test_a_new_item_is_shown_whole(kept: Site) -> None:
    """And not as the end of its neighbour."""
    for items in ("- ditt namn\n- din adress\n", "- ditt namn\n- din skostorlek\n- din adress\n"):
        kept.write({"sv/user.md": f"{SOURCE}\n{items}"})
        kept.review() if "skostorlek" not in items else None
        commit(kept)
    shown = " ".join(notices(kept, "diff", "en", "user#who", *CONTENT).stdout.split())
    assert "{+- din skostorlek+}" in shown


def test_what_cannot_be_read_is_said(pair: Site) -> None:
    """A table with gaps says why, on standard error."""
    pair.write({"sv/user.md": b"# T\xe5\n", "sv/other.md": SOURCE, "en/other.md": TRANSLATION})
    done = notices(pair, "status", *CONTENT)
    assert done.returncode == 0
    assert done.stderr.startswith("content/sv/user.md:1: file-unreadable: ")
    assert "other" in done.stdout
