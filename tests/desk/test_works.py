"""Works: what was begun is kept whole, for thirty days, and never overwritten by who came late."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from generator.desk.works import KEPT_DAYS, NoWorkError, Says, StaleError, Work, Works
from generator.model.receipts import Receipt
from generator.pipeline.new_receipts import ReceiptChange
from tests.desk.clerks import NOW


@pytest.fixture
def works(tmp_path: Path) -> Works:
    return Works(tmp_path / "works")


def begun(works: Works) -> Work:
    return works.begin([("账.csv", b"1"), ("账.csv", b"2")], Says(village="qingshi"), NOW)


def test_a_work_comes_back_as_it_was_kept(works: Works):
    work = replace(
        begun(works),
        sheets={("账.csv", "账"): Says("qingshi", "finance", "2026-10", "")},
        mends={("账.csv", "账", "H4"): "3000"},
        columns={"票子": "凭证号"},
        values={("类别", "修补"): "维修养护"},
        constants={"主体": "村集体"},
        given_up=("content/x.csv",),
        form={"role": "报账员"},
    )

    assert works.load(works.save(work).key) == replace(work, version=2)
    assert works.contents(work) == [("账.csv", b"1"), ("账(2).csv", b"2")]


def test_who_comes_late_overwrites_nothing(works: Works):
    work = begun(works)
    works.save(replace(work, form={"role": "甲"}))

    with pytest.raises(StaleError) as caught:
        works.save(replace(work, form={"role": "乙"}))

    assert caught.value.current.form == {"role": "甲"}
    assert works.load(work.key).form == {"role": "甲"}


def test_what_stood_in_a_target_is_remembered_from_the_first_time(works: Works):
    work = works.note_seen(begun(works), {"content/x.csv": "first"})
    work = works.note_seen(work, {"content/x.csv": "later", "content/y.csv": ""})

    assert work.seen == {"content/x.csv": "first", "content/y.csv": ""}
    assert works.load(work.key).version == 1


def test_after_thirty_days_a_work_and_its_files_are_gone(works: Works, tmp_path: Path):
    work = begun(works)

    assert list(works.listed(NOW + timedelta(days=KEPT_DAYS))) == [work]
    assert list(works.listed(NOW + timedelta(days=KEPT_DAYS, seconds=1))) == []
    assert list((tmp_path / "works").iterdir()) == []


@pytest.mark.parametrize("key", ["", "..", "../../etc", "0123456789ABCDEF", "0123456789abcdef", "x" * 16])
def test_there_is_no_work_but_those_that_were_begun(works: Works, key: str):
    with pytest.raises(NoWorkError):
        works.load(key)
    works.drop(key)


def test_a_state_that_was_damaged_is_no_work_and_no_crash(works: Works, tmp_path: Path):
    work = begun(works)
    (tmp_path / "works" / work.key / "work.json").write_text('{"version": 1', encoding="utf-8")

    with pytest.raises(NoWorkError):
        works.load(work.key)
    assert list(works.listed(NOW)) == []


def receipt_of(row: str, caption: str = "发票", *, is_taken: bool = False) -> ReceiptChange:
    return ReceiptChange("content/x.csv", (row,), ("修水渠",), Receipt(caption, "4d" * 32), is_taken)


def test_receipts_add_up_with_whatever_else_is_done_and_the_last_word_on_each_counts(works: Works):
    work = begun(works)
    works.put_receipts(work.key, [receipt_of("001"), receipt_of("002")])
    saved = works.save(replace(work, form={"role": "甲"}))
    works.put_receipts(work.key, [receipt_of("001", is_taken=True)])

    kept = works.load(work.key)

    assert saved.receipts == (receipt_of("001"), receipt_of("002"))
    assert kept == replace(saved, receipts=(receipt_of("002"), receipt_of("001", is_taken=True)))


def test_a_work_that_an_older_desk_kept_is_still_read(works: Works, tmp_path: Path):
    work = begun(works)
    path = tmp_path / "works" / work.key / "work.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    del facts["receipts"]
    path.write_text(json.dumps(facts), encoding="utf-8")

    assert works.load(work.key) == work
