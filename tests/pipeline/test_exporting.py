"""Exporting: the sample county in each format, opened by what its readers will open it with."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from generator.engine.exports.sqlite_file import NAME
from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import next_entry
from generator.model.finding import SetupError
from generator.pipeline.exporting import FORMATS, Exported, export_county
from tests.history.repositories import Repo
from tests.sample import AS_OF, ROOT, copy_sample

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)


def exported(target: Path, form: str, root: Path = ROOT) -> Exported:
    return export_county(root, target, form, as_of=AS_OF)


@pytest.fixture(scope="module")
def formats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample county in the formats that need nothing more."""
    folder = tmp_path_factory.mktemp("exports")
    for form in FORMATS[:3]:
        exported(folder / form, form)
    return folder


def ask(folder: Path, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{folder / NAME}?mode=ro", uri=True) as database:
        return database.execute(question).fetchall()


def test_the_database_is_whole_and_every_reference_leads_somewhere(formats: Path):
    assert ask(formats / "sqlite", "PRAGMA integrity_check") == [("ok",)]
    assert ask(formats / "sqlite", "PRAGMA foreign_key_check") == []
    assert ("村标识", "villages") in {
        (row[3], row[2]) for row in ask(formats / "sqlite", 'PRAGMA foreign_key_list("finance")')
    }


def test_money_is_exact_as_text_and_adds_up_in_fen(formats: Path):
    where = "村标识 = 'qingshi' AND 期间 = '2026-09'"
    path = ROOT / "content/qingxi/qingshi/finance/2026-09.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        committed = [row["支出"] for row in csv.DictReader(file)]

    spent = [row[0] or "" for row in ask(formats / "sqlite", f"SELECT 支出 FROM finance WHERE {where}")]
    ((total,),) = ask(formats / "sqlite", f"SELECT sum(支出_分) FROM finance WHERE {where}")

    assert spent == committed
    assert total == sum(Decimal(text or 0) for text in committed) * 100


def test_the_data_package_is_valid_for_the_stock_validator(formats: Path):
    import frictionless

    report = frictionless.validate(str(formats / "datapackage" / "datapackage.json"))

    assert report.valid, report.flatten(["name", "rowNumber", "message"])[:5]
    assert {"villages", "periods", "publications", "corrections", "log", "finance"} <= {
        task.name for task in report.tasks
    }


def test_a_village_that_is_not_there_makes_the_data_package_invalid(formats: Path, tmp_path: Path):
    import frictionless

    copy = tmp_path / "copy"
    copy.mkdir()
    for path in (formats / "datapackage").iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [
        {key: value for key, value in resource.items() if key not in ("bytes", "hash")}
        for resource in package["resources"]
        if resource["name"] in ("villages", "finance")
    ]
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    villages = copy / "villages.csv"
    villages.write_text(villages.read_text(encoding="utf-8").replace("qingshi,", "gone,"), encoding="utf-8")

    found = frictionless.validate(str(copy / "datapackage.json")).flatten(["type"])

    assert {row[0] for row in found} == {"foreign-key"}


def test_every_table_that_is_there_is_explained(formats: Path):
    tables = {
        row[0] for row in ask(formats / "sqlite", "SELECT name FROM sqlite_master WHERE type = 'table'")
    }

    assert {row[0] for row in ask(formats / "sqlite", "SELECT 表 FROM tables")} == tables
    assert {path.stem for path in (formats / "csv").glob("*.csv")} == tables


def test_the_same_records_give_the_same_bytes(formats: Path, tmp_path: Path):
    for form in FORMATS[:3]:
        exported(tmp_path / form, form)
        first = {path.name: path.read_bytes() for path in (formats / form).iterdir()}
        assert {path.name: path.read_bytes() for path in (tmp_path / form).iterdir()} == first


def test_no_name_of_a_list_of_persons_is_in_any_export(formats: Path):
    names = set()
    for path in sorted((ROOT / "content_private").rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            names |= {row["户主"] for row in csv.DictReader(file) if row.get("户主")}
    assert len(names) > 50

    written = [path for path in formats.rglob("*") if path.is_file()]
    for content in (path.read_bytes() for path in written):
        assert [name for name in names if name.encode() in content] == []
    assert not {"subsidy", "welfare_list"} & {path.stem for path in written}


def test_a_correction_is_told_cell_by_cell_with_day_role_and_reason(tmp_path: Path):
    root = copy_sample(tmp_path / "county")
    (root / "site_config/county.yaml").write_text(
        "\n".join(
            line
            for line in (root / "site_config/county.yaml").read_text(encoding="utf-8").splitlines()
            if not line.startswith("as_of")
        ),
        encoding="utf-8",
    )
    repo = Repo(root)
    repo.commit("开始")
    path = root / "content/qingxi/qingshi/assets/2025.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("光伏电站", "屋顶光伏电站", 1), encoding="utf-8")
    repo.commit("更名\n\n更正原因: 名称写错\n编制: 报账员")
    entry = next_entry(b"", {"content/a.csv": "1" * 64}, moment=NOON, as_of=AS_OF, engine="1", site="0" * 64)
    (root / LOG).write_bytes(entry.line() + b"\n")

    exported(tmp_path / "out", "sqlite", root)

    asked = "SELECT 村标识, 角色, 原因, 变化, 列, 原来, 现在 FROM corrections"
    assert ask(tmp_path / "out", asked) == [
        ("qingshi", "报账员", "名称写错", "改动", "名称", "光伏电站", "屋顶光伏电站")
    ]
    assert ask(tmp_path / "out", "SELECT 序号, 校验值 FROM log") == [(1, entry.digest)]
    assert ask(tmp_path / "out", "SELECT 序号, 文件, 校验值 FROM log_changes") == [
        (1, "content/a.csv", "1" * 64)
    ]


def test_a_village_whose_records_show_a_number_of_a_person_is_left_out_and_named(tmp_path: Path):
    root = copy_sample(tmp_path / "county")
    mobile = "139" + "0" * 4 + "1234"
    path = root / "content/qingxi/zhuyuan/finance/2026-08.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("收", f"收{mobile}", 1), encoding="utf-8")

    done = exported(tmp_path / "out", "csv", root)

    assert done.withheld == ["竹园村"]
    assert not [p for p in (tmp_path / "out").iterdir() if mobile.encode() in p.read_bytes()]


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path: Path):
    (tmp_path / "note.txt").write_text("x")

    with pytest.raises(SetupError):
        exported(tmp_path, "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_without_pyarrow_parquet_is_one_clear_error_and_nothing_is_left(tmp_path: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(SetupError, match="pyarrow"):
        exported(tmp_path / "out", "parquet")
    assert list(tmp_path.iterdir()) == []


def test_parquet_keeps_decimals_exact(tmp_path: Path, formats: Path):
    from pyarrow import parquet

    exported(tmp_path / "out", "parquet")

    rows = parquet.read_table(tmp_path / "out" / "finance.parquet").to_pylist()

    assert (
        sum(row["支出"] or 0 for row in rows) * 100
        == ask(formats / "sqlite", "SELECT sum(支出_分) FROM finance")[0][0]
    )
