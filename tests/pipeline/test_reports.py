"""Reports: every format holds all findings, says nothing it does not mean, and keeps its viewer's form."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from generator.pipeline.reports import MARKER, REPORTS, gitlab_report, junit_report, markdown_report
from tests.commands.conftest import cunwu
from tests.counties import county_at

NASTY = 'A & B <script>alert("1")</script> @somebody | `x` **b** \x07 \ud800 [a](http://x)\n# 大'
# The report's own keys, as GitLab documents them, and what it takes for each.
GITLAB_SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def finding(**facts: Any) -> dict[str, Any]:
    plain = {
        "file": "content/dong/xi/finance/2026-03.csv",
        "line": 3,
        "column": "结余",
        "code": "balance-broken",
        "severity": "error",
        "message": "结余不对",
        "hint": "请核对",
    }
    return plain | facts


FOUND = [
    finding(),
    finding(line=4),
    finding(line=None, column=None, severity="warning", code="period-missing", message="缺一期"),
    finding(file="content/dong/bei/<b>.csv", message=NASTY),
]


@pytest.mark.parametrize("form", REPORTS)
@pytest.mark.parametrize("findings", [[], FOUND], ids=["none", "some"])
def test_every_report_can_be_written_as_utf_8(form: str, findings: list[dict[str, Any]]):
    text = REPORTS[form](findings, "村务公开检查", "查了 1 个村")

    assert text.endswith("\n")
    assert text.encode("utf-8")


def test_gitlab_is_given_a_place_a_severity_and_a_fingerprint_of_its_own_for_each():
    issues = json.loads(gitlab_report(FOUND, "", ""))

    assert [set(issue) for issue in issues] == [
        {"description", "check_name", "fingerprint", "severity", "location"}
    ] * 4
    assert all(issue["severity"] in GITLAB_SEVERITIES for issue in issues)
    assert len({issue["fingerprint"] for issue in issues}) == 4
    assert issues[0]["location"] == {"path": FOUND[0]["file"], "lines": {"begin": 3}}
    assert issues[2]["location"]["lines"] == {"begin": 1}
    assert json.loads(gitlab_report([], "", "")) == []


def test_a_finding_that_a_row_above_moves_down_is_still_the_same_to_gitlab():
    before, after = (json.loads(gitlab_report([finding(line=line)], "", "")) for line in (3, 9))

    assert before[0]["fingerprint"] == after[0]["fingerprint"]


def test_junit_counts_errors_as_failures_and_warnings_as_cases_that_passed():
    root = ElementTree.fromstring(junit_report(FOUND, "检查", "").encode())

    assert root.tag == "testsuites"
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("4", "3", "0")
    suites = list(root)
    assert {suite.tag for suite in suites} == {"testsuite"}
    assert [(suite.get("tests"), suite.get("failures")) for suite in suites] == [("3", "2"), ("1", "1")]
    for suite in suites:
        for case in suite:
            assert (case.tag, bool(case.get("name")), bool(case.get("classname"))) == ("testcase", True, True)
            assert {child.tag for child in case} <= {"failure", "system-out"}
    failure = suites[0][0][0]
    assert (failure.get("type"), failure.get("message")) == ("balance-broken", "结余不对")


def test_junit_of_a_sound_county_has_one_case_that_passed():
    root = ElementTree.fromstring(junit_report([], "检查", "没有发现问题").encode())

    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    assert [case.get("name") for case in root.iter("testcase")] == ["没有发现问题"]


def test_markdown_begins_with_the_line_by_which_it_is_found_again_also_after_the_pass():
    some, none = (markdown_report(findings, "检查", "一句话") for findings in (FOUND, []))

    assert some.splitlines()[0] == none.splitlines()[0] == MARKER
    assert "❌" in some
    assert none == f"{MARKER}\n## ✅ 检查\n\n一句话\n"


def test_markdown_shows_what_a_cell_held_and_lets_it_do_nothing():
    text = markdown_report(FOUND, "检查", "")
    body = text.removeprefix(MARKER)

    assert not re.search(r"[<>@|\[\]]", body)
    assert "**b**" not in body
    assert sum(line.startswith("- ") for line in body.splitlines()) == 4
    assert not any(line.startswith("# ") for line in body.splitlines())


def test_a_comment_is_never_longer_than_code_hosts_take_and_says_what_it_leaves_out():
    text = markdown_report([finding(line=line) for line in range(5000)], "检查", "")

    assert len(text) < 65_000
    shown = sum(line.startswith("- ") for line in text.splitlines())
    assert f"还有 {5000 - shown} 处没有列出" in text


class Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.pieces: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _value in attrs]

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def test_the_page_needs_nothing_but_itself_and_a_cell_cannot_write_into_it():
    page = Page(REPORTS["html"](FOUND, "检查", "一句话"))

    assert not {"script", "link", "img", "iframe", "a"} & set(page.tags)
    assert not {"src", "href", "onclick"} & set(page.attributes)
    assert page.tags.count("li") == 4
    assert "错误 第 3 行「结余」 结余不对" in "".join(page.pieces)
    assert "viewport" in REPORTS["html"]([], "检查", "")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    root = county_at(tmp_path / "county")
    path = root / "content/dong/xi/finance/2026-02.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("150.00", "一百五"), encoding="utf-8")
    return root


@pytest.mark.parametrize(("form", "sign"), [("html", "<!doctype html>"), ("markdown", MARKER)])
def test_check_writes_a_report_to_a_file_and_still_ends_with_its_code(county, tmp_path, form, sign):
    path = tmp_path / "out" / "report"

    done = cunwu("check", "--root", county, "--format", form, "--output", path)

    assert done.returncode == 1
    assert done.stdout == ""
    assert path.read_text(encoding="utf-8").startswith(sign)
    assert "一百五" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["gitlab", "junit"])
def test_check_prints_what_a_pipeline_takes(county, form):
    done = cunwu("check", "--root", county, "--format", form)

    assert done.returncode == 1
    if form == "gitlab":
        assert any(issue["severity"] == "major" for issue in json.loads(done.stdout))
    else:
        assert int(ElementTree.fromstring(done.stdout.encode()).get("failures", "0")) > 0


def test_an_import_is_reported_with_the_cells_of_the_clerk(county, tmp_path):
    sheet = tmp_path / "账.csv"
    sheet.write_text("甲,乙\n1,2\n", encoding="utf-8")
    path = tmp_path / "报告.html"

    done = cunwu("import", sheet, "--root", county, "--format", "html", "--output", path)

    assert done.returncode == 1
    assert "账.csv" in path.read_text(encoding="utf-8")
    assert "看不出这是哪一项公开内容" in path.read_text(encoding="utf-8")
