"""Posters of a county with a publication log: they carry its head, unless the log does not hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import next_entry
from generator.pipeline.posters import open_posters
from tests.pages.drawing import SmallCounty

DAY, NOON = date(2026, 10, 20), datetime(2026, 10, 20, 12, tzinfo=UTC)


def test_the_head_of_the_log_is_that_of_its_newest_line_and_none_of_a_log_that_does_not_hold(tmp_path: Path):
    county = SmallCounty(tmp_path / "county")
    first = next_entry(b"", {"a": "1" * 64}, moment=NOON, as_of=DAY, engine="1", site="0" * 64)
    log = first.line() + b"\n"
    second = next_entry(log, {"a": "2" * 64}, moment=NOON, as_of=DAY, engine="1", site="0" * 64)

    assert open_posters(county.root, "liuhe", DAY).log_head == ""
    county.write(LOG, log + second.line() + b"\n")
    assert open_posters(county.root, "liuhe", DAY).log_head == second.digest
    county.write(LOG, log.replace(b"1", b"2") + second.line() + b"\n")
    assert open_posters(county.root, "liuhe", DAY).log_head == ""
