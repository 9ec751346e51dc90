"""Signing: a signature counts for one signer, one text and one purpose."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.history.purge_record import PurgeRecord, list_records, read_record, verify_record, write_record
from generator.history.signing import PURGE, Signer, find_signer, verify
from generator.model.finding import SetupError
from tests.history.repositories import Repo, allow, make_key

TEXT = "清除记录\n".encode()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return make_key(tmp_path)


@pytest.fixture
def allowed(tmp_path: Path, key: Path) -> Path:
    return allow(tmp_path / "site_config" / "allowed_signers", "县管理员", key)


def record(**changes: object) -> PurgeRecord:
    facts: dict[str, object] = {
        "day": date(2026, 11, 22),
        "kind": "mobile",
        "role": "县农经科管理员",
        "reason": "误传",
        "paths": ("content/a.csv",),
        "removed": (),
        "unread": (),
        "messages": 0,
        "is_clean": True,
        "head_before": "a" * 40,
        "head_after": "b" * 40,
        "commits": {"a" * 40: "b" * 40},
        "signer": "县管理员",
    }
    return PurgeRecord(**(facts | changes))  # type: ignore[arg-type]


def test_a_signature_holds_for_its_signer_its_text_and_its_purpose(key: Path, allowed: Path):
    signature = Signer(str(key), "县管理员").sign(TEXT)

    assert verify(TEXT, signature, "县管理员", allowed).holds
    assert verify(TEXT + b" ", signature, "县管理员", allowed).problem == "内容与签名不符，签名后被改动过"
    assert not verify(TEXT, signature, "乡管理员", allowed).holds
    assert not verify(TEXT, b"no signature", "县管理员", allowed).holds
    assert verify(TEXT, signature, "县管理员", allowed, "file").problem == "签名是为别的用途做的"


def test_a_signature_made_for_another_purpose_does_not_hold(key: Path, tmp_path: Path):
    allowed = allow(tmp_path / "list", "县管理员", key, options="")
    signature = Signer(str(key), "县管理员").sign(TEXT, "file")

    assert not verify(TEXT, signature, "县管理员", allowed, PURGE).holds


def test_a_stranger_cannot_sign_in_the_name_of_an_allowed_signer(allowed: Path, tmp_path: Path):
    signature = Signer(str(make_key(tmp_path, "stranger")), "县管理员").sign(TEXT)

    assert not verify(TEXT, signature, "县管理员", allowed).holds


def test_without_a_list_of_signers_nothing_holds(key: Path, tmp_path: Path):
    signature = Signer(str(key), "县管理员").sign(TEXT)

    assert "allowed_signers" in verify(TEXT, signature, "县管理员", tmp_path / "none").problem


def test_the_signer_is_who_the_list_says_the_key_belongs_to(key: Path, allowed: Path, tmp_path: Path):
    assert find_signer(tmp_path, key, allowed) == Signer(str(key), "县管理员")


def test_the_key_in_gits_settings_is_used_when_none_is_given(key: Path, allowed: Path, tmp_path: Path):
    repository = Repo(tmp_path / "county")
    repository.git("config", "user.signingkey", key)

    assert find_signer(repository.root, None, allowed).name == "县管理员"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ('namespaces="file"', "没有获准签署"),
        ('valid-before="20200101"', "已过有效期"),
        ('valid-after="20990101"', "还没有生效"),
    ],
)
def test_a_key_that_may_not_sign_is_refused_before_anything_is_done(
    key: Path, tmp_path: Path, options: str, said: str
):
    allowed = allow(tmp_path / "list", "县管理员", key, options)

    with pytest.raises(SetupError, match=said):
        find_signer(tmp_path, key, allowed)


def test_an_unlisted_key_a_missing_list_and_a_missing_key_are_refused(
    key: Path, allowed: Path, tmp_path: Path
):
    repository = Repo(tmp_path / "county")

    with pytest.raises(SetupError, match="不在名单里"):
        find_signer(tmp_path, make_key(tmp_path, "other"), allowed)
    with pytest.raises(SetupError, match="没有这个文件"):
        find_signer(tmp_path, key, tmp_path / "none")
    with pytest.raises(SetupError, match="没有可用的签名钥匙"):
        find_signer(repository.root, None, allowed)
    with pytest.raises(SetupError, match="不能签名"):
        find_signer(tmp_path, allowed, allowed)


def test_a_missing_ssh_keygen_is_said(key: Path, allowed: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(SetupError, match="openssh-client"):
        Signer(str(key), "县管理员").sign(TEXT)


def test_a_record_is_read_as_it_was_written_and_its_signature_holds(key: Path, allowed: Path, tmp_path: Path):
    path, signature = write_record(tmp_path, record(), Signer(str(key), "县管理员"))

    assert read_record(path) == record()
    assert verify_record(path, allowed).holds
    assert [path.name, signature.name] == ["2026-11-22-1.json", "2026-11-22-1.json.sig"]


def test_records_of_one_day_are_numbered_and_listed_in_order(tmp_path: Path):
    for _number in range(11):
        write_record(tmp_path, record(signer=""), None)
    write_record(tmp_path, record(day=date(2026, 1, 5), signer=""), None)

    names = [path.stem for path in list_records(tmp_path)]

    assert names == ["2026-01-05-1", *(f"2026-11-22-{number}" for number in range(1, 12))]


def test_a_record_that_was_changed_or_robbed_of_its_signature_does_not_hold(
    key: Path, allowed: Path, tmp_path: Path
):
    path, signature = write_record(tmp_path, record(), Signer(str(key), "县管理员"))
    path.write_text(path.read_text(encoding="utf-8").replace("误传", "例行"), encoding="utf-8")
    assert "改动过" in verify_record(path, allowed).problem
    signature.unlink()
    assert verify_record(path, allowed).problem == "这份清除记录写明有签名，签名文件却不在"


def test_an_unsigned_record_does_not_hold(allowed: Path, tmp_path: Path):
    (path,) = write_record(tmp_path, record(signer=""), None)

    assert not read_record(path).signer
    assert verify_record(path, allowed).problem == "这份清除记录没有签名"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "cunwu-purge/1"}', '{"format": "2"}', "\xff"])
def test_what_is_no_record_is_said_to_be_none(tmp_path: Path, text: str):
    path = tmp_path / "2026-11-22-1.json"
    path.write_bytes(text.encode("latin-1"))

    with pytest.raises(SetupError, match="不是清除记录"):
        read_record(path)
