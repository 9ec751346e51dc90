"""cunwu check: findings for people, for programs and for code hosts, and the exit codes they can trust."""

from __future__ import annotations

import json
import shutil

from tests.commands.conftest import cunwu, started

LEDGER = "content/qingxi/qingshi/finance/2026-03.csv"


def plant_error(county):
    path = county / LEDGER
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = lines[2].split(",")
    cells[7] = "三千"
    lines[2] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8", newline="")


def test_warnings_alone_end_with_zero(county):
    done = cunwu("check", "--root", county)

    assert done.returncode == 0
    assert "错误 0 处，提醒 14 处" in done.stdout.splitlines()[-1]


def test_an_error_ends_with_one_and_names_file_row_column_and_remedy(county):
    plant_error(county)

    done = started("check", "--root", county)

    assert done.returncode == 1
    assert LEDGER in done.stdout
    assert "第 3 行「收入」 错误：「三千」不是数字。请只写数字，例如 18000.00" in done.stdout


def test_no_findings_are_said_out_loud(county):
    done = cunwu("check", "content/_county", "--root", county)

    assert done.returncode == 0
    assert "没有发现问题" in done.stdout


def test_json_has_every_key_of_every_finding(county):
    plant_error(county)

    done = cunwu("check", "--root", county, "--format", "json")

    findings = json.loads(done.stdout)
    keys = {"file", "line", "column", "code", "severity", "message", "hint"}
    assert {frozenset(finding) for finding in findings} == {frozenset(keys)}
    assert {finding["severity"] for finding in findings} == {"error", "warning"}
    assert ("cell-type", LEDGER, 3, "收入") in {
        (finding["code"], finding["file"], finding["line"], finding["column"]) for finding in findings
    }


def test_annotations_are_escaped_for_code_hosts(county):
    plant_error(county)

    done = cunwu("check", "--root", county, "--format", "github")

    assert f"::error file={LEDGER},line=3,title=收入 cell-type::" in done.stdout
    assert all(line.startswith("::") for line in done.stdout.splitlines())


def test_paths_narrow_what_is_reported(county):
    plant_error(county)

    elsewhere = cunwu("check", "content/baiyun", "--root", county, "--format", "json")
    there = cunwu("check", LEDGER, "--root", county, "--format", "json")

    assert not [finding for finding in json.loads(elsewhere.stdout) if finding["code"] == "cell-type"]
    assert {finding["file"] for finding in json.loads(there.stdout)} == {LEDGER}


def test_many_findings_of_one_kind_are_counted_and_never_dropped_in_silence(county):
    path = county / LEDGER
    rows = path.read_text(encoding="utf-8").split("\n")
    rows[2:] = [row.replace("银行", "银") for row in rows[2:]]
    path.write_text("\n".join(rows), encoding="utf-8", newline="")

    short = cunwu("check", LEDGER, "--root", county).stdout
    long = cunwu("check", LEDGER, "--root", county, "--all").stdout

    everything = long.count("不在可选的内容里")
    assert everything > 20
    assert short.count("不在可选的内容里") == 20
    assert f"同类的还有 {everything - 20} 处没有列出 [cell-enum]" in short


def test_a_path_that_is_not_there_is_a_usage_error(county):
    done = cunwu("check", "content/nowhere", "--root", county)

    assert done.returncode == 2
    assert "找不到 content/nowhere" in done.stderr


def test_a_broken_setting_is_one_message_that_names_file_line_and_key(county):
    path = county / "site_config/county.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("disclosure_start", "disclosure_strat"), encoding="utf-8"
    )

    done = cunwu("check", "--root", county)

    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1
    assert "site_config/county.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_county_without_private_folder_is_told_so(county):
    shutil.rmtree(county / "content_private")

    done = cunwu("check", "--root", county)

    assert done.returncode == 3
    assert "private_content" in done.stderr
