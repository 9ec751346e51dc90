"""Witnesses: who signed a line, and when it was there, is proved or said not to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from generator.history.signing import Signer
from generator.model.disclosure_log import START, Entry, next_entry, read_log, stamp_path
from generator.model.finding import Finding
from generator.model.log_signatures import NAME, NAMESPACE, LogSignature, read_signatures
from generator.publish.stamping import StampError, stamp_line
from generator.publish.witnesses import unsigned_newest, verify_signatures, verify_stamps
from tests.history.repositories import allow, make_key
from tests.publish.authority import Authority

NOW = datetime.now(UTC).replace(microsecond=0)
ROLE = "县农经科"
OPTIONS = f'namespaces="{NAMESPACE}"'


def entries_at(*moments: datetime) -> list[Entry]:
    content = b""
    for number, moment in enumerate(moments):
        state = {"content/a.csv": f"{number:064x}"}
        day = date(2026, 11, 1)
        entry = next_entry(content, state, moment=moment, as_of=day, engine="1", site=START)
        content += entry.line() + b"\n"
    return read_log(content)[0]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return make_key(tmp_path)


@pytest.fixture
def allowed(tmp_path: Path, key: Path) -> Path:
    return allow(tmp_path / "allowed_signers", ROLE, key, OPTIONS)


def signed(entry: Entry, key: Path, namespace: str = NAMESPACE, name: str = ROLE) -> LogSignature:
    text = Signer(str(key), name).sign(entry.line(), namespace).decode()
    return LogSignature(entry.number, entry.digest, name, text)


def codes(found: Iterator[Finding]) -> list[str]:
    return [finding.code for finding in found]


def file_of(*signatures: LogSignature) -> bytes:
    return b"".join(signature.line() + b"\n" for signature in signatures)


def test_a_signature_that_holds_is_told_with_the_line_and_the_signer(key: Path, allowed: Path):
    entries = entries_at(NOW, NOW)
    told: list[str] = []

    found = codes(
        verify_signatures(entries, file_of(*(signed(e, key) for e in entries)), allowed, told.append)
    )

    assert found == []
    assert told == [f"第 1 条：签名成立（{ROLE}）", f"第 2 条：签名成立（{ROLE}）"]


def test_a_signature_of_another_line_of_another_purpose_or_cut_short_does_not_hold(key: Path, allowed: Path):
    first, second = entries_at(NOW, NOW)
    moved = replace(signed(first, key), number=2, digest=second.digest)
    other = signed(first, key, namespace="cunwu-purge")
    cut = replace(signed(first, key), signature=signed(first, key).signature[:60])
    stale = replace(signed(first, key), digest="0" * 64)

    for signature in (moved, other, cut, stale):
        assert codes(verify_signatures([first, second], file_of(signature), allowed)) == [
            "log-signature-broken"
        ]


def test_a_key_that_is_not_listed_is_said_to_be_unknown(allowed: Path, tmp_path: Path):
    (entry,) = entries_at(NOW)
    stranger = make_key(tmp_path, "stranger")

    assert codes(verify_signatures([entry], file_of(signed(entry, stranger)), allowed)) == [
        "log-signature-unknown"
    ]


def test_a_listed_key_cannot_sign_in_another_name(key: Path, allowed: Path):
    (entry,) = entries_at(NOW)

    found = codes(verify_signatures([entry], file_of(signed(entry, key, name="县委书记")), allowed))

    assert found == ["log-signature-broken"]


def test_a_key_that_ran_out_after_it_signed_is_a_reminder_and_one_that_ran_out_before_holds_nothing(
    key: Path, tmp_path: Path
):
    early, late = entries_at(NOW - timedelta(days=30), NOW)
    ended = (NOW - timedelta(days=10)).strftime("%Y%m%d")
    allowed = allow(tmp_path / "list", ROLE, key, f'{OPTIONS},valid-before="{ended}"')

    found = list(verify_signatures([early, late], file_of(signed(early, key), signed(late, key)), allowed))

    assert [f.code for f in found] == ["log-signature-expired", "log-signature-broken"]
    assert [f.is_error for f in found] == [False, True]


@pytest.mark.parametrize(
    "line", [b"{}", b"x", b'{"number":"1","digest":"","signer":"","signature":""}', b"[]"]
)
def test_a_line_that_is_no_signature_is_named_by_its_number(allowed: Path, key: Path, line: bytes):
    (entry,) = entries_at(NOW)
    found = list(verify_signatures([entry], file_of(signed(entry, key)) + line + b"\n", allowed))

    assert [(f.place.file, f.place.line, f.code) for f in found] == [(NAME, 2, "log-signature-line")]


def test_a_signature_of_no_line_of_the_log_is_told_of(key: Path, allowed: Path):
    first, second = entries_at(NOW, NOW)

    assert codes(verify_signatures([first], file_of(signed(second, key)), allowed)) == ["log-signature-line"]


def test_the_newest_line_alone_must_be_signed_where_the_county_asks_for_it(key: Path):
    first, second = entries_at(NOW, NOW)

    assert codes(unsigned_newest([first, second], file_of(signed(second, key)), "x")) == []
    assert codes(unsigned_newest([first, second], file_of(signed(first, key)), "x")) == ["log-unsigned"]
    assert codes(unsigned_newest([], b"", "x")) == []


def test_what_is_read_of_a_signature_is_what_was_written(key: Path):
    (entry,) = entries_at(NOW)
    one = signed(entry, key)

    assert read_signatures(file_of(one)) == ([one], [])


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "tsa")


def stamps_of(authority: Authority, *entries: Entry) -> dict[str, bytes]:
    with authority.served() as address:
        return {stamp_path(entry.number): stamp_line(entry.line(), address) for entry in entries}


def test_a_stamp_of_the_line_by_the_authority_holds_and_its_time_is_told(authority: Authority):
    entries = entries_at(NOW, NOW)
    told: list[str] = []

    assert codes(verify_stamps(entries, stamps_of(authority, *entries).get, authority.ca, told.append)) == []
    assert [text[: len("第 1 条：时间戳成立")] for text in told] == [
        "第 1 条：时间戳成立",
        "第 2 条：时间戳成立",
    ]


def test_a_stamp_of_a_changed_line_and_one_that_was_cut_do_not_hold(authority: Authority):
    first, second = entries_at(NOW, NOW)
    token = stamps_of(authority, first)[stamp_path(1)]

    for tokens in ({stamp_path(2): token}, {stamp_path(1): token[:99]}, {stamp_path(1): b""}):
        assert codes(verify_stamps([first, second], tokens.get, authority.ca)) == ["log-stamp-broken"]


def test_a_stamp_whose_signed_part_was_changed_does_not_hold(authority: Authority):
    (entry,) = entries_at(NOW)
    token = bytearray(stamps_of(authority, entry)[stamp_path(1)])
    token[-3] ^= 1

    assert codes(verify_stamps([entry], {stamp_path(1): bytes(token)}.get, authority.ca)) == [
        "log-stamp-broken"
    ]


def test_a_stamp_by_an_authority_that_was_not_given_is_said_to_be_unknown(
    authority: Authority, tmp_path: Path
):
    (entry,) = entries_at(NOW)
    other = Authority(tmp_path / "other")

    assert codes(verify_stamps([entry], stamps_of(authority, entry).get, other.ca)) == ["log-stamp-unknown"]


def test_a_line_that_says_it_is_older_than_its_stamp_is_asked_about(authority: Authority):
    (entry,) = entries_at(NOW - timedelta(days=2))
    found = list(verify_stamps([entry], stamps_of(authority, entry).get, authority.ca))

    assert [(f.code, f.is_error) for f in found] == [("log-stamp-late", False)]


def test_an_authority_that_is_away_or_gives_no_stamp_is_one_clear_error(authority: Authority, monkeypatch):
    with pytest.raises(StampError, match="连不上"):
        stamp_line(b"x", "http://127.0.0.1:9/")
    with pytest.raises(StampError, match="http"):
        stamp_line(b"x", "file:///etc/hostname")
    (entry,) = entries_at(NOW)
    with authority.served() as address:
        monkeypatch.setattr(authority, "stamp", lambda query: b"no")
        with pytest.raises(StampError, match="没有给时间戳"):
            stamp_line(entry.line(), address)


def test_a_stamp_that_was_given_for_something_else_is_not_kept(authority: Authority, monkeypatch):
    (token,) = stamps_of(authority, *entries_at(NOW)).values()
    with authority.served() as address:
        monkeypatch.setattr(authority, "stamp", lambda query: token)
        with pytest.raises(StampError, match="不是这一条的"):
            stamp_line(b"another line", address)
