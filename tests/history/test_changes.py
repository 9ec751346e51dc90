"""Changes of a file: what its path is about, and how each kind of file is compared."""

from __future__ import annotations

import pytest

from generator.history.changes import FileChanges, compare_versions, subject_of
from generator.promises.promises import Promises, load_promises
from tests.sample import ROOT

LEDGER = "content/qingxi/qingshi/finance/2026-03.csv"
HEAD = "序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注\n"
ROW = "001,2026-03-01,,上月结转,村集体,银行,上月结转,,,1000.00,\n"


@pytest.fixture(scope="module")
def promises() -> Promises:
    return load_promises(ROOT)


def changed(promises: Promises, path: str, before: bytes | None, after: bytes | None) -> FileChanges:
    return compare_versions(before, after, subject_of(path, promises))


def test_a_path_says_of_which_village_item_and_period_a_file_is(promises: Promises):
    subject = subject_of(LEDGER, promises)

    assert (subject.village, subject.name, subject.stem) == ("qingxi/qingshi", "finance", "2026-03")
    assert subject.title == "2026年3月 财务收支"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_another_encoding_is_no_change(promises: Promises, encoding: str):
    text = HEAD + ROW

    assert not changed(promises, LEDGER, text.encode(), text.encode(encoding))


def test_a_version_that_cannot_be_read_says_which_it_is(promises: Promises):
    found = changed(promises, LEDGER, (HEAD + ROW).encode(), (HEAD + ROW + '"').encode())
    assert found.refusal is not None
    assert (found.unread, found.refusal.line) == ("after", 3)

    found = changed(promises, LEDGER, HEAD.encode() + b"\xff\xfe\xfd", (HEAD + ROW).encode())
    assert found.unread == "before"


def test_keys_that_became_duplicates_are_refused(promises: Promises):
    found = changed(promises, LEDGER, (HEAD + ROW).encode(), (HEAD + ROW + ROW).encode())

    assert found.refusal is not None
    assert "第 2 行和第 3 行" in found.refusal.reason
    assert not found.unread


def test_a_document_is_compared_fact_by_fact_and_list_by_list(promises: Promises):
    path = "content/qingxi/qingshi/village_rules/2026.yaml"
    before = "标题: 村规民约\n条款:\n  - {条: '1', 内容: 爱护公物}\n"
    after = "标题: 青石村村规民约\n条款:\n  - {条: '1', 内容: 爱护公物}\n  - {条: '2', 内容: 节约用水}\n"

    tables = {t.part: t.entered for t in changed(promises, path, before.encode(), after.encode()).tables}
    assert [c.after for row in tables[""].changed for c in row.cells] == ["青石村村规民约"]
    assert len(tables["条款"].added) == 1


def seal(rows: int, total: str, root: str) -> bytes:
    return f'rows: "{rows}"\ntotals:\n  金额: "{total}"\nroot: {root * 64}\n'.encode()


def test_of_a_list_of_persons_only_length_and_sums_are_told(promises: Promises):
    path = "content/qingxi/zhuyuan/subsidy/2026Q1--elderly.sealed.yaml"
    found = changed(promises, path, seal(3, "300.00", "a"), seal(4, "400.00", "a"))

    cells = [
        (row.after.cells[0], c.before, c.after) for row in found.tables[0].entered.changed for c in row.cells
    ]
    assert cells == [("户数（人数）", "3", "4"), ("金额合计", "300.00", "400.00")]


def test_a_list_of_persons_that_lies_in_the_open_is_not_told_row_by_row(promises: Promises):
    schema = promises.catalogue.latest()
    item = next(found for found in schema if found.name == "subsidy")
    header = ",".join(field.name for field in item.schema.fields)
    example = ",".join(field.example for field in item.schema.fields)
    path = "content/qingxi/zhuyuan/subsidy/2026Q1--elderly.csv"
    found = changed(promises, path, f"{header}\n".encode(), f"{header}\n{example}\n".encode())

    person = next(field.example for field in item.schema.fields if field.role == "person")
    assert found
    assert person not in repr(found)


def test_a_table_of_no_known_item_is_compared_by_all_its_rows_hold(promises: Promises):
    found = changed(promises, "content/x/y/z/a.csv", b"a,b\n1,2\n", b"b,a\n2,1\n3,4\n")

    assert [row.cells for row in found.tables[0].entered.added] == [("3", "4")]
