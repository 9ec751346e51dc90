"""Publishing and verifying a real county: its folder, its git history, its web server's address."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import verbs
from generator.history.purge_record import PurgeRecord, write_record
from generator.history.signing import Signer
from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import STAMPS
from generator.model.finding import Finding, SetupError
from generator.model.log_signatures import NAME as SIGNATURES
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, read_manifest
from generator.model.receipts import Receipt
from generator.pipeline import hands
from generator.pipeline.build import Places, run_build
from generator.privacy.clean_image import clean_image
from generator.privacy.clean_pdf import clean_pdf
from generator.publish.releases import files_below, kept_releases, number_of
from generator.publish.verifying import Read, verify_site
from tests.counties import AS_OF, ROOT, changed
from tests.history.repositories import allow, make_key
from tests.publish.authority import Authority
from tests.receipts import county_with_store, kept, named_in_ledger, paper, photograph
from tests.web import served


def git(root: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(verbs, [str(argument) for argument in arguments])


def record(root: Path) -> Path:
    """Return a record of the county that a test may change."""
    return sorted((root / "content").rglob("*.csv"))[0]


def built(root: Path) -> None:
    report = run_build(root, Places.below(root), as_of=AS_OF, workers=1)
    assert report.failures == []


def committed(root: Path, message: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


def with_receipts(root: Path) -> Path:
    """Return the county with a photograph and a paper beside two rows of its ledger."""
    photo, sheet = clean_image(photograph()), clean_pdf(paper())
    digests = [hashlib.sha256(content).hexdigest() for content in (photo, sheet)]
    kept(root, digests[0], photo)
    kept(root, digests[1], sheet, "pdf")
    named_in_ledger(root, 3, *(Receipt("发票", digest) for digest in digests))
    return root


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a county that was committed, built, and published twice."""
    work = tmp_path_factory.mktemp("published")
    root = with_receipts(county_with_store(work / "county"))
    (root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    (root / ".gitignore").write_text(
        "/site/\n/site-audit/\n/build/\n/content_private/\n/receipts/\n", encoding="utf-8"
    )
    git(root, "init", "--quiet")
    committed(root, "开始")
    built(root)
    done = run("publish", work / "www", "--root", root)
    assert done.exit_code == 0, done.output
    (work / "older.jsonl").write_bytes((root / LOG).read_bytes())
    path = record(root)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    committed(root, "换行")
    built(root)
    done = run("publish", work / "www", "--root", root)
    assert done.exit_code == 0, done.output
    return work


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    """Return a copy of it that a test may spoil."""
    subprocess.run(["cp", "-a", f"{published}/.", str(tmp_path)], check=True)
    return tmp_path


def verified(work: Path, *options: str | Path) -> tuple[int, list[tuple[str, str]]]:
    done = run("verify", work / "www" / "current", "--root", work / "county", "--format", "json", *options)
    findings = json.loads(done.stdout)["findings"]
    return done.exit_code, [(finding["file"], finding["code"]) for finding in findings]


def test_what_was_published_matches_its_manifest_its_log_and_the_history(published: Path):
    assert verified(published, "--log", published / "older.jsonl") == (0, [])


def test_the_log_tells_only_what_changed(published: Path):
    first, second = (json.loads(line) for line in (published / "county" / LOG).read_text().splitlines())
    path = record(published / "county").relative_to(published / "county").as_posix()

    assert len(first["changes"]) > 1
    assert list(second["changes"]) == [path]


def test_releases_are_kept_to_go_back_to_and_unchanged_files_are_not_stored_twice(published: Path):
    new, old = kept_releases(published / "www")

    assert (number_of(new), number_of(old)) == (2, 1)
    assert (new / "sw.js").samefile(old / "sw.js")
    assert (new / "dong/index.html").samefile(old / "dong/index.html")
    assert not (new / "xi/manifest.json").samefile(old / "xi/manifest.json")
    assert (new / "xi/notice/index.html").samefile(old / "xi/notice/index.html")


def test_of_more_releases_than_are_to_be_kept_the_oldest_go(copy: Path):
    for _time in range(3):
        done = run("publish", copy / "www", "--root", copy / "county", "--keep", "2")
        assert done.exit_code == 0, done.output

    assert [number_of(folder) for folder in kept_releases(copy / "www")] == [5, 4]
    shown = {path.resolve().parents[1].name for path in (copy / "www/releases").glob("*/xi")}
    assert {path.name.rpartition("-")[0] for path in (copy / "www/villages").iterdir()} == {"dong", "xi"}
    assert shown == {path.name for path in (copy / "www/villages").glob("xi-*")}


KINDS = {
    "page": "*.html",
    "table": "*.csv",
    "package": "datapackage.json",
    "search index": "search/*.json",
    "feed": "feed.xml",
    "calendar": "*.ics",
    "style": "*.css",
    "script": "*.js",
    "picture": "*.svg",
    "seal": "*.sealed.yaml",
    "receipt as a picture": "receipts/*/*.jpg",
    "receipt as a document": "receipts/*/*.pdf",
    "packed by gzip": "*.gz",
    "packed by brotli": "*.br",
}


@pytest.mark.parametrize("pattern", KINDS.values(), ids=list(KINDS))
def test_one_flipped_byte_in_any_kind_of_file_is_named(copy: Path, pattern: str):
    current = copy / "www" / "current"
    path = next(
        path
        for path in files_below(current)
        if Path(path).match(pattern) and Path(path).name != "manifest.json"
    )
    flip(current / path)

    assert (1, (path, "site-file-changed")) == first_of(copy)


@pytest.mark.parametrize(
    ("path", "code"), [("manifest.json", "site-no-manifest"), ("xi/manifest.json", "site-part-changed")]
)
def test_one_flipped_byte_in_a_manifest_is_named(copy: Path, path: str, code: str):
    flip(copy / "www" / "current" / path)

    assert (path, code) in verified(copy)[1]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    # The release before may hold the same file under another name.
    path.unlink()
    path.write_bytes(content)


def first_of(work: Path) -> tuple[int, tuple[str, str]]:
    code, found = verified(work)
    return code, found[0]


OF_A_LINE = ("number", "before", "kind", "moment", "as_of", "engine", "site", "changes")


@pytest.mark.parametrize("field", OF_A_LINE)
@pytest.mark.parametrize("line", [1, 2])
def test_one_changed_character_in_any_field_of_the_log_is_named_by_its_line(
    copy: Path, line: int, field: str
):
    log = copy / "www" / "current" / LOG
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[line - 1] = spoilt(lines[line - 1], field)
    log.write_text("".join(lines), encoding="utf-8")

    code, found = verified_lines(copy)

    assert code == 1
    assert (LOG, line, "log-not-grown") in found


@pytest.mark.parametrize("field", [field for field in OF_A_LINE if field != "moment"])
def test_who_also_holds_the_repository_cannot_change_a_field_of_the_newest_line(copy: Path, field: str):
    for log in (copy / "www" / "current" / LOG, copy / "county" / LOG):
        first, second = log.read_text(encoding="utf-8").splitlines(keepends=True)
        log.write_text(first + spoilt(second, field), encoding="utf-8")

    assert verified(copy)[0] == 1


def test_the_time_of_the_newest_line_is_held_by_a_copy_of_the_log_that_somebody_kept(copy: Path):
    (copy / "kept.jsonl").write_bytes((copy / "county" / LOG).read_bytes())
    for log in (copy / "www" / "current" / LOG, copy / "county" / LOG):
        first, second = log.read_text(encoding="utf-8").splitlines(keepends=True)
        log.write_text(first + spoilt(second, "moment"), encoding="utf-8")

    assert (LOG, "log-not-grown") in verified(copy, "--log", copy / "kept.jsonl")[1]


def spoilt(line: str, field: str) -> str:
    """Return a line of the log with the last digit or letter of one field changed."""
    start = line.index(f'"{field}":') + len(field) + 3
    end = start + len(json.dumps(json.loads(line)[field], ensure_ascii=False, separators=(",", ":")))
    at = max(place for place in range(start, end) if line[place].isalnum() and line[place] != "Z")
    changed_to = "1" if line[at] != "1" else "2"
    return line[:at] + changed_to + line[at + 1 :]


def verified_lines(work: Path) -> tuple[int, list[tuple[str, int | None, str]]]:
    done = run("verify", work / "www" / "current", "--root", work / "county", "--format", "json")
    found = json.loads(done.stdout)["findings"]
    return done.exit_code, [(one["file"], one["line"], one["code"]) for one in found]


def test_a_rewritten_history_is_seen(copy: Path):
    root = copy / "county"
    first = git(root, "rev-list", "--max-parents=0", "HEAD").strip()
    git(root, "update-ref", "HEAD", git(root, "commit-tree", "HEAD^{tree}", "-m", "一直如此").strip())

    code, found = verified(copy)

    path = record(root).relative_to(root).as_posix()
    assert first not in git(root, "rev-list", "HEAD")
    assert (code, found) == (1, [(path, "history-rewritten")])


def test_an_authorised_purge_explains_what_the_history_no_longer_holds(copy: Path):
    root = copy / "county"
    key = make_key(copy, "county-key")
    allow(root / "site_config" / "allowed_signers", "county", key)
    path = record(root).relative_to(root).as_posix()
    purge = PurgeRecord(
        day=AS_OF,
        kind="身份证号",
        role="县管理员",
        reason="误录",
        paths=(path,),
        removed=(),
        unread=(),
        messages=0,
        is_clean=True,
        head_before="a" * 40,
        head_after="b" * 40,
        commits={},
        signer="county",
    )
    write_record(root, purge, Signer(str(key), "county"))
    git(root, "add", "--all")
    tree = git(root, "write-tree").strip()
    git(root, "update-ref", "HEAD", git(root, "commit-tree", tree, "-m", "清除以后").strip())
    built(root)

    assert run("publish", copy / "www", "--root", root).exit_code == 0
    kinds = [json.loads(line)["kind"] for line in (root / LOG).read_text().splitlines()]
    assert kinds == ["publication", "publication", "purge", "publication"]
    assert verified(copy, "--log", copy / "older.jsonl") == (0, [])

    signature = next((root / "purges").glob("*.sig"))
    signature.unlink()
    assert [code for _path, code in verified(copy)[1]] == ["purge-unproved", "history-rewritten"]


def test_a_log_that_was_made_anew_is_told_from_the_one_that_was_kept(copy: Path):
    root = copy / "county"
    (root / LOG).unlink()
    shutil.rmtree(copy / "www")
    assert run("publish", copy / "www", "--root", root).exit_code == 0

    assert verified(copy) == (0, [])
    assert verified(copy, "--log", copy / "older.jsonl") == (1, [(LOG, "log-not-grown")])


def test_the_head_that_a_poster_printed_is_known_to_the_log(published: Path):
    lines = (published / "county" / LOG).read_bytes().splitlines()
    head = json.loads(lines[1])["before"]

    assert verified(published, "--head", head[:8]) == (0, [])
    assert verified(published, "--head", "0" * 8)[0] == 1


def test_what_is_not_committed_is_not_published(copy: Path):
    root = copy / "county"
    path = record(root)
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    built(root)
    before = (copy / "www" / "current").resolve()

    done = run("publish", copy / "www", "--root", root)

    assert done.exit_code == 1
    assert "[record-loose]" in done.output
    assert (copy / "www" / "current").resolve() == before


def test_a_site_that_was_touched_after_the_build_is_not_published(copy: Path):
    root = copy / "county"
    page = root / "site" / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    lines = (root / LOG).read_bytes()

    done = run("publish", copy / "www", "--root", root)

    assert done.exit_code == 1
    assert "index.html" in done.output
    assert (root / LOG).read_bytes() == lines


@pytest.mark.parametrize("told", ["清单", "手机号"])
def test_what_is_wrong_in_one_of_many_villages_is_found_whichever_process_looks(
    copy: Path, monkeypatch: pytest.MonkeyPatch, told: str
):
    monkeypatch.setattr(hands, "_FEW", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    root = copy / "county"
    site, served = root / "site", (copy / "www/current").resolve()
    number = "138" + "00138000"
    (site / "xi/index.html").write_bytes((site / "xi/index.html").read_bytes() + number.encode())
    if told == "手机号":
        # Whoever made the page made its manifests as well.
        part = read_manifest((site / "xi/manifest.json").read_bytes())
        digest = hashlib.sha256((site / "xi/index.html").read_bytes()).hexdigest()
        part = Manifest({**part.files, "xi/index.html": digest})
        (site / "xi/manifest.json").write_bytes(part.content())
        whole = read_manifest((site / MANIFEST).read_bytes())
        whole = Manifest(whole.files, {**whole.parts, "xi/manifest.json": part.root}, whole.facts)
        (site / MANIFEST).write_bytes(whole.content())

    done = run("publish", copy / "www", "--root", root, "--whole")

    assert done.exit_code == 1, done.output
    line = next(line for line in done.output.splitlines() if "xi/index.html" in line)
    assert told in line
    assert number not in done.output
    assert (copy / "www/current").resolve() == served
    assert not [path for path in (copy / "www/villages").iterdir() if path.name.startswith(".")]
    # And what is as it was built is put out the same way.
    built(root)
    again = run("publish", copy / "www", "--root", root, "--whole")
    assert again.exit_code == 0, again.output
    assert verified(copy) == (0, [])


def test_a_stray_file_is_left_where_it_lies(copy: Path):
    (copy / "county" / "site" / "notes.txt").write_text("x")

    assert run("publish", copy / "www", "--root", copy / "county").exit_code == 0
    assert not (copy / "www" / "current" / "notes.txt").exists()


def test_a_log_that_is_served_and_was_lost_in_the_repository_is_gone_on_with(copy: Path):
    root = copy / "county"
    (root / LOG).write_bytes((copy / "older.jsonl").read_bytes())

    assert run("publish", copy / "www", "--root", root).exit_code == 0

    assert len((root / LOG).read_bytes().splitlines()) == 3
    assert verified(copy, "--log", copy / "older.jsonl") == (0, [])


def test_a_log_that_is_another_than_the_one_that_is_served_is_not_written_on(copy: Path):
    root, before = copy / "county", (copy / "www/current").resolve()
    first, second = (root / LOG).read_text(encoding="utf-8").splitlines(keepends=True)
    (root / LOG).write_text(first + spoilt(second, "moment"), encoding="utf-8")

    done = run("publish", copy / "www", "--root", root)

    assert isinstance(done.exception, SetupError)
    assert "各有各的行" in str(done.exception)
    assert (copy / "www/current").resolve() == before


def test_a_broken_log_is_not_written_on(copy: Path):
    log = copy / "county" / LOG
    log.write_bytes(log.read_bytes().replace(b'"number":1', b'"number":7'))

    done = run("publish", copy / "www", "--root", copy / "county")

    assert done.exit_code != 0
    assert "log-chain" in run("verify", "--root", copy / "county").output


def test_a_folder_that_holds_something_else_is_not_touched(copy: Path):
    (copy / "home").mkdir()
    (copy / "home" / "letter.txt").write_text("x")

    done = run("publish", copy / "home", "--root", copy / "county")

    assert done.exit_code != 0
    assert [path.name for path in (copy / "home").iterdir()] == ["letter.txt"]


def test_a_switch_during_a_verification_does_not_mix_two_sites(copy: Path, monkeypatch: pytest.MonkeyPatch):
    newer, older = kept_releases(copy / "www")
    link = copy / "www" / "current"
    assert link.resolve() == newer

    def verify_while_switched(read: Read, names: list[str]) -> Iterator[Finding]:
        link.unlink()
        link.symlink_to(Path("releases") / older.name)
        yield from verify_site(read, names)

    monkeypatch.setattr("generator.commands.verify.verify_site", verify_while_switched)

    assert verified(copy) == (0, [])
    assert link.resolve() == older


def test_a_site_is_verified_over_the_web(published: Path):
    with served(published / "www" / "current") as address:
        done = run("verify", address, "--root", published / "county")

        assert done.exit_code == 0, done.output
        assert "全部相符" in done.output


def test_anybody_with_the_commit_makes_the_same_bytes_anew(published: Path):
    done = run("reproduce", "HEAD", published / "www" / "current", "--root", published / "county")

    assert done.exit_code == 0, done.output
    assert "一个字节都不差" in done.output


def test_what_comes_of_another_commit_is_listed_file_by_file(published: Path):
    done = run("reproduce", "HEAD^", published / "www" / "current", "--root", published / "county")

    assert done.exit_code == 1
    assert "：内容不同" in done.output
    assert git(published / "county", "worktree", "list").count("\n") == 1


def test_a_commit_that_nobody_knows_is_a_clear_error(published: Path):
    done = run("reproduce", "0" * 40, published / "www" / "current", "--root", published / "county")

    assert isinstance(done.exception, SetupError)
    assert "没有版本" in done.exception.problem


def allowed_key(work: Path, options: str = 'namespaces="cunwu-log"') -> Path:
    key = make_key(work)
    allow(work / "county" / "site_config" / "allowed_signers", "县农经科", key, options)
    return key


def test_a_signed_and_stamped_line_is_published_beside_the_log_and_verified(copy: Path):
    root, key, authority = copy / "county", allowed_key(copy), Authority(copy / "tsa")
    with authority.served() as address:
        done = run("publish", copy / "www", "--root", root, "--key", key, "--timestamp", address)

    assert done.exit_code == 0, done.output
    assert "已签名：县农经科" in done.output
    assert "已盖时间戳" in done.output
    assert verified(copy, "--tsa-ca", authority.ca) == (0, [])
    told = run("verify", copy / "www" / "current", "--root", root, "--tsa-ca", authority.ca).output
    assert "第 3 条：签名成立（县农经科）" in told
    assert "第 3 条：时间戳成立" in told
    with served(copy / "www" / "current") as address:
        told = run("verify", address, "--root", root, "--tsa-ca", authority.ca).output
        assert "第 3 条：签名成立（县农经科）" in told
        assert "第 3 条：时间戳成立" in told


def test_proofs_of_older_lines_stay_beside_the_newer_ones(copy: Path):
    root, key, authority = copy / "county", allowed_key(copy), Authority(copy / "tsa")
    with authority.served() as address:
        options = ("--root", root, "--key", key, "--timestamp", address)
        assert run("publish", copy / "www", *options).exit_code == 0
        done = run("publish", copy / "www", *options)

    assert "删去 0 个" in done.output
    current = copy / "www" / "current"
    assert len((current / SIGNATURES).read_bytes().splitlines()) == 2
    assert sorted(path.name for path in (current / STAMPS).iterdir()) == ["000003.tsr", "000004.tsr"]


def test_a_failing_authority_never_stops_a_publication(copy: Path):
    done = run("publish", copy / "www", "--root", copy / "county", "--timestamp", "http://127.0.0.1:9/")

    assert done.exit_code == 0
    assert "没有盖上时间戳：连不上" in done.output
    assert verified(copy) == (0, [])


def test_a_key_that_may_not_sign_the_log_publishes_nothing(copy: Path):
    root, key = copy / "county", allowed_key(copy, 'namespaces="cunwu-purge"')
    before = (root / LOG).read_bytes()

    done = run("publish", copy / "www", "--root", root, "--key", key)

    assert isinstance(done.exception, SetupError)
    assert (root / LOG).read_bytes() == before


def test_a_county_that_asks_for_signatures_publishes_and_verifies_nothing_without(copy: Path):
    root, key = copy / "county", allowed_key(copy)
    changed(root, "site_config/county.yaml", ("profile:", "log_signatures: required\nprofile:"))

    done = run("publish", copy / "www", "--root", root)

    assert done.exit_code == 1
    assert "[log-unsigned]" in done.output
    assert verified(copy) == (1, [(LOG, "log-unsigned")])
    assert run("publish", copy / "www", "--root", root, "--key", key).exit_code == 0
    assert verified(copy) == (0, [])


def test_a_stranger_without_the_list_of_signers_is_told_that_signatures_were_not_checked(copy: Path):
    root, key = copy / "county", allowed_key(copy)
    assert run("publish", copy / "www", "--root", root, "--key", key).exit_code == 0
    (root / "site_config" / "allowed_signers").unlink()

    done = run("verify", copy / "www" / "current", "--root", root)

    assert done.exit_code == 0
    assert "日志有签名，这里没有 site_config/allowed_signers，没有核对" in done.output


def test_a_setting_that_says_neither_is_named_by_its_key(copy: Path):
    root = copy / "county"
    changed(root, "site_config/county.yaml", ("profile:", "log_signatures: always\nprofile:"))

    done = run("publish", copy / "www", "--root", root)

    assert isinstance(done.exception, SetupError)
    assert done.exception.key == "log_signatures"


def test_the_key_in_gits_settings_signs_when_it_is_asked_for(copy: Path):
    root, key = copy / "county", allowed_key(copy)
    git(root, "config", "user.signingkey", str(key))

    done = run("publish", copy / "www", "--root", root, "--sign")

    assert done.exit_code == 0, done.output
    assert "已签名：县农经科" in done.output
