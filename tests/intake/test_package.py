"""Packages: whatever lies in a village's folder is read or refused, and the other files are read."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.intake.package import Intake
from generator.intake.walk import County, walk_county
from generator.promises.promises import Promises, load_promises
from tests.counties import changed, county_at, verdict_on, written

VILLAGE = "content/dong/xi"
TABLE, SHEET = f"{VILLAGE}/finance/2026-02.csv", f"{VILLAGE}/finance_summary/2025Q4.csv"
LIST = "content_private/dong/xi/subsidy/2025Q4--elderly.csv"
DOCUMENTS = [f"{VILLAGE}/election/2026-02-08.yaml", f"{VILLAGE}/village_rules/2026.yaml"]
DOCUMENTS += [f"{VILLAGE}/notice/2026-02-20.yaml"]
REGISTER = f"{VILLAGE}/publications.csv"
FILES = [TABLE, SHEET, LIST, REGISTER, *DOCUMENTS]
SECRETS = ("田某甲", "冉某乙", "向某丙")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return county_at(tmp_path_factory.mktemp("sweep"))


@pytest.fixture(scope="module")
def judged(county: Path) -> Callable[[str, bytes], str]:
    """Return a function that puts bytes into one file, judges the county, and returns all that is said."""

    def judge_with(file: str, content: bytes) -> str:
        before = (county / file).read_bytes()
        (county / file).write_bytes(content)
        try:
            verdict = verdict_on(county)
        finally:
            (county / file).write_bytes(before)
        spoilt = [path for path in verdict.held_back if path != file]
        if file != REGISTER:
            assert not spoilt, "an error in one file holds back no other"
        return "\n".join(f"{finding.message} {finding.hint} {finding.place}" for finding in verdict.findings)

    return judge_with


fast = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(file=st.sampled_from(FILES), content=st.binary(max_size=60))
@fast
def test_random_bytes_are_found_wanting_and_never_a_traceback(file: str, content: bytes, judged):
    assert judged(file, content)


@given(file=st.sampled_from(FILES), seed=st.integers(0, 2**32))
@fast
def test_a_damaged_file_is_never_a_traceback_and_tells_no_name(file: str, seed: int, county: Path, judged):
    chance = random.Random(seed)
    content = bytearray((county / file).read_bytes())
    for _time in range(chance.randint(1, 6)):
        start = chance.randrange(len(content))
        end = start + chance.randint(0, 12)
        content[start:end] = chance.choice(
            [b"", b",", b'"', b"\n", b"\0", b"\xff", b"- ", b": ", b"[", b"9" * 30]
        )

    words = judged(file, bytes(content))

    assert not [name for name in SECRETS if name in words]


odd = st.sampled_from(
    ["", "=1", "1e5", "NaN", "sNaN", "9" * 40, "9999-12-31", "0001-01-01", "2026-02-30", "-5", "甲"]
)
odd |= st.text(max_size=6)


@given(
    file=st.sampled_from([TABLE, SHEET, LIST, REGISTER]),
    rows=st.lists(st.lists(odd, max_size=12), max_size=5),
)
@fast
def test_a_csv_of_any_shape_below_the_right_header_is_never_a_traceback(
    file: str, rows: list[list[str]], county: Path, judged
):
    head, *body = (county / file).read_text(encoding="utf-8").split("\n")
    spoilt = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]

    judged(file, "\n".join([head, *body[:2], *spoilt]).encode("utf-8", "replace"))


@given(
    file=st.sampled_from([TABLE, SHEET, LIST, REGISTER]),
    row=st.integers(1, 9),
    column=st.integers(0, 10),
    cell=odd,
)
@fast
def test_one_odd_cell_is_never_a_traceback(file: str, row: int, column: int, cell: str, county: Path, judged):
    lines = (county / file).read_text(encoding="utf-8").rstrip("\n").split("\n")
    cells = lines[row % len(lines)].split(",")
    cells[column % len(cells)] = '"' + cell.replace('"', '""') + '"'
    lines[row % len(lines)] = ",".join(cells)

    judged(file, "\n".join(lines).encode("utf-8", "replace"))


shapes = st.recursive(
    st.sampled_from(["", "~", "甲", "'12'", "2026-02-20", "!x 1", "&a 1", "*a", "'NaN'"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda found: "[" + ", ".join(found) + "]")
        | st.dictionaries(st.sampled_from(["轮次", "职务", "应选", "甲", "得票"]), inner, max_size=3).map(
            lambda found: "{" + ", ".join(f"{key}: {value}" for key, value in found.items()) + "}"
        )
    ),
    max_leaves=8,
)


@given(
    file=st.sampled_from([*DOCUMENTS, f"{VILLAGE}/village.yaml", "content/dong/township.yaml"]),
    line=st.integers(0, 30),
    shape=shapes,
)
@fast
def test_yaml_of_any_shape_is_never_a_traceback(file: str, line: int, shape: str, county: Path, judged):
    lines = (county / file).read_text(encoding="utf-8").split("\n")
    number = line % len(lines)
    lines[number] = lines[number].split(":")[0] + ": " + shape

    before = (county / file).read_bytes()
    (county / file).write_bytes("\n".join(lines).encode())
    try:
        verdict_on(county)
    finally:
        (county / file).write_bytes(before)


def test_a_file_that_cannot_be_read_is_held_back_and_not_called_missing(tmp_path: Path):
    root = county_at(tmp_path)
    with (root / TABLE).open("r+b") as file:
        file.truncate(40 << 20)

    verdict = verdict_on(root)

    assert verdict.held_back == [TABLE]
    assert verdict.lines == [f"{TABLE}:::file-too-large"]


def test_of_two_files_for_one_period_the_right_one_is_read(tmp_path: Path):
    root = written(county_at(tmp_path), f"{VILLAGE}/notice/2026-02-20.csv", "标题,日期\n")

    verdict = verdict_on(root)

    assert verdict.lines == [f"{VILLAGE}/notice/2026-02-20.csv:::period-duplicate"]
    assert verdict.held_back == []


def test_an_empty_list_in_a_document_is_an_empty_part(tmp_path: Path):
    root = changed(county_at(tmp_path), DOCUMENTS[0], ("类型: 换届", "类型: 换届\n公告: []"))

    assert verdict_on(root).lines == []


def packages(root: Path) -> tuple[Promises, County, Intake]:
    promises = load_promises(root)
    return promises, walk_county(promises), Intake(promises)


def test_both_content_roots_are_read_and_private_bytes_stay_there(tmp_path: Path):
    _promises, county, intake = packages(county_at(tmp_path))

    package = intake.read_package(county.villages[-1])

    assert {r.item.name: r.committed is None for r in package.resources if r.item.is_private} == {
        "subsidy": True
    }
    assert {r.path.split("/")[0] for r in package.resources} == {"content", "content_private"}
    assert all(r.committed for r in package.resources if not r.item.is_private)


def test_a_private_root_elsewhere_is_named_by_its_own_folder_alone(tmp_path: Path):
    root = county_at(tmp_path / "county")
    (root / "content_private").rename(tmp_path / "secret")
    changed(
        root,
        "site_config/county.yaml",
        ("private_content: content_private", f"private_content: {tmp_path / 'secret'}"),
    )
    path = tmp_path / "secret/dong/xi/subsidy/2025Q4--elderly.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("150.00", "151.00"), encoding="utf-8")

    assert verdict_on(root).lines == ["secret/dong/xi/subsidy/2025Q4--elderly.csv:2:金额:product"]


def test_a_file_name_that_is_no_utf8_can_still_be_printed(tmp_path: Path):
    root = county_at(tmp_path)
    Path(os.fsdecode(bytes(root / VILLAGE / "finance") + b"/2026-03\xff.csv")).write_bytes(b"x")

    lines = verdict_on(root).lines

    assert [line.encode("utf-8") for line in lines] == [
        f"{VILLAGE}/finance/2026-03\ufffd.csv:::period-unknown".encode()
    ]
