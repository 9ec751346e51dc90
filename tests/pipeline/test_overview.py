"""The overview gives back what was known, or nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.pipeline.overview import Known, Overview, load_overview, save_overview
from generator.pipeline.state import SiteState

ODD = b"caf\xe9.html".decode("utf-8", "surrogateescape")


def known_of(*names: str) -> Known:
    state = SiteState(
        fingerprint="made",
        as_of=date(2026, 1, 1),
        valid_until=date(2026, 2, 1),
        stamps=dict.fromkeys(names, (4, 5)),
        summary={"name": "青石村", "late": [{"item": "财务\n收支"}]},
        errors=[{"file": ODD, "message": "金额有误"}],
        warnings=2,
        receipts={"ab": "cd"},
        root="root",
    )
    return Known.of(state, "identity", "sources", "past", {ODD, "a.csv"})


@pytest.mark.parametrize("names", [("a/index.html", "a/结余.csv", ODD), (), ("broken\nname", "\n")])
def test_what_is_kept_of_villages_is_read_back_as_it_was(tmp_path: Path, names: tuple[str, ...]) -> None:
    kept = Overview("setup", "history", "index", {"b": known_of(*names), "a": known_of("other")})
    save_overview(tmp_path / "overview", kept)
    found = load_overview(tmp_path / "overview", "setup")
    assert found == kept
    assert list(found.villages) == ["b", "a"]
    assert load_overview(tmp_path / "overview", "another") == Overview()


def test_a_page_of_any_name_is_known_again_until_it_is_another(tmp_path: Path) -> None:
    names = (ODD, "结余.csv", "broken\nname")
    for name in names:
        (tmp_path / name).write_bytes(b"page")
    stamps = {name: (4, (tmp_path / name).stat().st_mtime_ns) for name in names}
    known = Known.of(SiteState("", date.min, None, stamps), "", "", "", ())
    assert known.is_intact(str(tmp_path))
    (tmp_path / ODD).write_bytes(b"another page")
    assert not known.is_intact(str(tmp_path))
    (tmp_path / ODD).unlink()
    assert not known.is_intact(str(tmp_path))
