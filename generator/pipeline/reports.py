"""Reports: findings as the texts that code hosts and test viewers understand."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any
from xml.etree import ElementTree

from generator.pipeline.report_page import html_report, printable_text, severity_word, where_of
from generator.wording import _

Findings = Collection[Mapping[str, Any]]
# By this line a bot finds its own comment again, to write it anew instead of adding one more.
MARKER = "<!-- cunwu-check -->"
# Code hosts cut comments at 65,536 letters.
_MOST_IN_MARKDOWN = 60_000
_GITLAB_SEVERITIES = {"error": "major", "warning": "minor"}
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>()#+!|~@&]")


def markdown_report(findings: Findings, title: str, summary: str) -> str:
    """Return the comment for a merge request; after the pass the same comment says that all is well."""
    errors = sum(1 for finding in findings if finding["severity"] == "error")
    sign = "❌" if errors else "⚠️" if findings else "✅"
    lines = [MARKER, f"## {sign} {quoted(title)}", "", quoted(summary), ""]
    length = sum(map(len, lines))
    file = None
    for shown, finding in enumerate(findings):
        told = []
        if finding["file"] != file:
            file = finding["file"]
            told += ["", f"### {quoted(file)}", ""]
        where = quoted(where_of(finding))
        word = f"**{severity_word(finding)}**"
        text = quoted(f"{finding['message']}。{finding['hint']}")
        told.append(f"- {word} {where} {text} `{finding['code']}`")
        length += sum(len(line) + 1 for line in told)
        if length > _MOST_IN_MARKDOWN:
            rest = len(findings) - shown
            lines += ["", _("还有 {count} 处没有列出，请运行 cunwu check 查看").format(count=rest)]
            break
        lines += told
    return "\n".join(lines).rstrip() + "\n"


def quoted(text: str) -> str:
    """Return text that Markdown shows as it is: no markup, no mention of anybody, no line of its own."""
    plain = " ".join(printable_text(text).split())
    return _MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", plain)


def gitlab_report(findings: Findings, title: str, summary: str) -> str:
    """Return a code quality report, as GitLab shows it beside the lines of a merge request."""
    seen: Counter[tuple[str, ...]] = Counter()
    issues = []
    for finding in findings:
        # Without the line: a finding stays the same one when a row is put in above it.
        own = tuple(str(finding[key] or "") for key in ("file", "column", "code", "message"))
        key = "\x1f".join((*own, str(seen[own])))
        fingerprint = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
        seen[own] += 1
        issues.append(
            {
                "description": printable_text(f"{finding['message']}。{finding['hint']}"),
                "check_name": finding["code"],
                "fingerprint": fingerprint,
                "severity": _GITLAB_SEVERITIES[finding["severity"]],
                "location": {
                    "path": printable_text(finding["file"]),
                    "lines": {"begin": finding["line"] or 1},
                },
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def junit_report(findings: Findings, title: str, summary: str) -> str:
    """Return JUnit XML: one suite for each file, a case for each finding; a warning is no failure."""
    by_file: dict[str, list[Mapping[str, Any]]] = {}
    for finding in findings:
        by_file.setdefault(finding["file"], []).append(finding)
    errors = sum(1 for finding in findings if finding["severity"] == "error")
    count = len(findings) or 1
    root = ElementTree.Element(
        "testsuites", name=printable_text(title), tests=str(count), failures=str(errors), errors="0"
    )
    for file, found in by_file.items():
        failures = sum(1 for finding in found if finding["severity"] == "error")
        suite = _suite(root, file, len(found), failures)
        for finding in found:
            _case(suite, finding)
    if not findings:
        suite = _suite(root, title, 1, 0)
        ElementTree.SubElement(suite, "testcase", name=printable_text(summary), classname="cunwu", time="0")
    ElementTree.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, name: str, count: int, failures: int) -> ElementTree.Element:
    counts = {"tests": str(count), "failures": str(failures), "errors": "0", "skipped": "0", "time": "0"}
    return ElementTree.SubElement(root, "testsuite", {"name": printable_text(name), **counts})


def _case(suite: ElementTree.Element, finding: Mapping[str, Any]) -> None:
    name = " ".join(part for part in (where_of(finding), finding["code"]) if part)
    case = ElementTree.SubElement(
        suite,
        "testcase",
        name=printable_text(name),
        classname=printable_text(finding["file"]),
        time="0",
    )
    message = printable_text(finding["message"])
    hint = printable_text(finding["hint"])
    if finding["severity"] == "error":
        failure = ElementTree.SubElement(case, "failure", message=message, type=finding["code"])
        failure.text = hint
    else:
        told = ElementTree.SubElement(case, "system-out")
        told.text = _("{severity}：{message}。{hint}").format(
            severity=severity_word(finding), message=message, hint=hint
        )


# How each format is written: findings, title, one line that sums up.
REPORTS: Mapping[str, Callable[[Findings, str, str], str]] = {
    "html": html_report,
    "markdown": markdown_report,
    "gitlab": gitlab_report,
    "junit": junit_report,
}
