"""Verifying: one byte that differs is named, and what is lawful is told from what is not."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generator.model.disclosure_log import PURGE, START, Entry, next_entry, read_log
from generator.model.manifest import Manifest, manifest_of
from generator.model.site import File
from generator.publish.verifying import (
    verify_growth,
    verify_head,
    verify_history,
    verify_log,
    verify_site,
)
from generator.wording.proof import PROOF

HOME, PAGE, SHEET = "index.html", "qingshi/finance/index.html", "qingshi/data/finance.csv"
FILES = {HOME: b"<h1>", PAGE: b"<h2>", SHEET: b"a,b\n"}
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
RECORD = "content/qingxi/qingshi/finance/2026-09.csv"


def site() -> dict[str, bytes]:
    part = manifest_of(File(path, FILES[path]) for path in (PAGE, SHEET))
    top = Manifest(
        manifest_of([File(HOME, FILES[HOME])]).files,
        {"qingshi/manifest.json": part.root},
        {"as_of": "2026-10-20", "engine": "0.1.0"},
    )
    return FILES | {"manifest.json": top.content(), "qingshi/manifest.json": part.content()}


def said(files: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(finding.place.file, finding.code) for finding in verify_site(files.get, files)]


def log_of(*states: dict[str, str], site: str = START) -> bytes:
    content = b""
    for state in states:
        entry = next_entry(content, state, moment=MOMENT, as_of=date(2026, 11, 1), engine="1", site=site)
        content += entry.line() + b"\n"
    return content


def test_a_site_that_is_whole_has_nothing_said_of_it():
    assert said(site()) == []


@pytest.mark.parametrize("path", [HOME, PAGE, SHEET])
def test_one_flipped_byte_is_named_by_its_page(path: str):
    files = site()
    files[path] = bytes([files[path][0] ^ 1]) + files[path][1:]

    assert said(files) == [(path, "site-file-changed")]


def test_a_file_that_is_gone_or_was_slipped_in_is_named():
    files = site()
    del files[SHEET]
    files["qingshi/list.csv"] = b""

    assert said(files) == [(SHEET, "site-file-missing"), ("qingshi/list.csv", "site-file-extra")]


def test_a_part_that_was_made_anew_for_a_changed_page_does_not_fit_the_whole():
    files = site() | {PAGE: b"<h2>0"}
    files["qingshi/manifest.json"] = manifest_of(File(p, files[p]) for p in (PAGE, SHEET)).content()

    assert said(files) == [("qingshi/manifest.json", "site-part-changed")]


@pytest.mark.parametrize("content", [None, b"", b"{}"])
def test_without_a_manifest_nothing_can_be_said(content: bytes | None):
    files = site()
    del files["manifest.json"]
    if content is not None:
        files["manifest.json"] = content

    assert said(files) == [("manifest.json", "site-no-manifest")]


@pytest.mark.parametrize(
    "path", ["disclosure-log.jsonl", "disclosure-log.sig.jsonl", "disclosure-log.tsr/000001.tsr"]
)
def test_the_log_and_what_proves_it_beside_the_site_are_no_stray_files(path: str):
    assert said(site() | {path: b""}) == []


def test_anything_else_beside_the_log_is_a_stray_file():
    assert said(site() | {"disclosure-log.tsr/a.html": b""}) == [
        ("disclosure-log.tsr/a.html", "site-file-extra")
    ]


def test_a_log_of_another_site_is_told_of_and_its_own_is_not():
    own, other = "a" * 64, "b" * 64
    log = log_of({RECORD: "1" * 64}, site=own)

    assert [f.code for f in verify_log(log, own)] == []
    assert [f.code for f in verify_log(log, other)] == ["site-not-logged"]
    assert [f.code for f in verify_log(b"", other)] == ["site-not-logged"]
    assert [f.code for f in verify_log(None, other)] == ["log-missing"]


@pytest.mark.parametrize("field", ["as_of", "engine"])
def test_a_log_that_says_otherwise_of_its_site_than_the_manifest_does_is_named_by_its_field(field: str):
    facts = {"as_of": "2026-11-01", "engine": "1"}
    log = log_of({RECORD: "1" * 64}, site="a" * 64)

    assert list(verify_log(log, "a" * 64, facts=facts)) == []
    found = list(verify_log(log, "a" * 64, facts=facts | {field: "2026-11-02"}))
    assert [(f.place.line, f.place.column, f.code) for f in found] == [(1, field, "log-facts")]


def test_faults_of_the_log_are_said_at_their_lines():
    log = log_of({RECORD: "1" * 64}, {RECORD: "2" * 64})
    second = log[log.index(b"\n") + 1 :]

    assert [(f.place.line, f.code) for f in verify_log(second, None)] == [(1, "log-chain"), (1, "log-number")]


def test_a_log_that_was_begun_anew_is_not_the_older_one_grown():
    older, newer = log_of({RECORD: "1" * 64}), log_of({RECORD: "2" * 64}, {RECORD: "3" * 64})

    assert [(f.place.line, f.code) for f in verify_growth(older, newer)] == [(1, "log-not-grown")]
    assert list(verify_growth(older, older)) == []


def test_the_head_on_a_poster_is_found_by_its_first_digits():
    entries, _faults = read_log(log_of({RECORD: "1" * 64}, {RECORD: "2" * 64}))
    head = entries[0].digest

    assert list(verify_head(entries, head)) == []
    assert list(verify_head(entries, head[:12].upper())) == []
    assert list(verify_head(entries, f"{head[:4]}-{head[4:8]}-{head[8:12]}-{head[12:16]}")) == []
    assert [f.code for f in verify_head(entries, head[:7])] == ["log-head-unknown"]
    assert [f.code for f in verify_head(entries, "0" * 12)] == ["log-head-unknown"]


def history(*contents: bytes) -> dict[str, frozenset[str]]:
    return {RECORD: frozenset(hashlib.sha256(content).hexdigest() for content in contents)}


def entries_of(*contents: bytes) -> list[Entry]:
    states = [{RECORD: hashlib.sha256(content).hexdigest()} for content in contents]
    return read_log(log_of(*states))[0]


def test_a_version_that_was_published_and_is_in_no_history_is_a_rewrite():
    entries = entries_of(b"1", b"2")

    assert list(verify_history(entries, history(b"1", b"2", b"3"), {})) == []
    found = list(verify_history(entries, history(b"2"), {}))
    assert [(f.place.file, f.code) for f in found] == [(RECORD, "history-rewritten")]
    assert "第 1 条" in found[0].message


def purge(record: str) -> Entry:
    return Entry(3, START, PURGE, MOMENT, date(2026, 11, 1), "1", START, {}, record)


def test_a_purge_whose_signed_record_names_the_file_explains_what_is_missing():
    entries = [*entries_of(b"1", b"2"), purge("c" * 64)]

    assert list(verify_history(entries, history(b"2"), {"c" * 64: frozenset([RECORD])})) == []


@pytest.mark.parametrize("known", [{}, {"c" * 64: None}])
def test_a_purge_without_a_record_that_holds_explains_nothing(known):
    entries = [*entries_of(b"1", b"2"), purge("c" * 64)]

    codes = [f.code for f in verify_history(entries, history(b"2"), known)]

    assert codes == ["purge-unproved", "history-rewritten"]


def test_a_purge_explains_no_other_file():
    entries = [*entries_of(b"1"), purge("c" * 64)]

    codes = [f.code for f in verify_history(entries, {}, {"c" * 64: frozenset(["other.csv"])})]

    assert codes == ["history-rewritten"]


@pytest.mark.parametrize("code", PROOF)
def test_every_code_is_shown_by_a_test(code: str):
    folder = Path(__file__).parent
    paths = [*folder.glob("*.py"), folder.parent / "model" / "test_disclosure_log.py"]
    tested = "".join(path.read_text(encoding="utf-8") for path in paths)

    assert f'"{code}"' in tested or f"[{code}]" in tested
