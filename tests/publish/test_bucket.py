"""A release in a bucket: a real S3-compatible server on loopback, and one that fails in front of it."""

from __future__ import annotations

import gzip
import json
import shutil
import time
import urllib.request
from itertools import starmap
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.commands.publish import publish
from generator.commands.verify import verify
from generator.model.finding import SetupError
from generator.model.manifest import manifest_of
from generator.model.site import File
from generator.pipeline.build import Places, run_build
from generator.publish.bucket import Bucket
from generator.publish.bucket_index import INDEX
from generator.publish.compressing import compress, without_copies
from generator.publish.mirroring import mirror
from generator.publish.releases import files_below
from tests.publish.buckets import Store
from tests.publish.fronts import HANGS
from tests.sample import AS_OF, copy_sample

pytestmark = pytest.mark.usefixtures("credentials")

PASSING = r"^/[^/]+/(welfare_list)/"
PAGE = "<!doctype html><title>青石村</title>" + "<p>收入 120.00 元</p>" * 200


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    for path, content in {
        "assets/cunwu.0123abcd.css": "body{color:#111}" * 200,
        "index.html": PAGE,
        "qingshi/index.html": PAGE + "qingshi",
        "qingshi/welfare_list/2026/index.html": PAGE + "passing",
        "qingshi/data/finance.csv": "日期,金额\n2026-01-05,120.00\n",
        "manifest.json": "{}",
        "disclosure-log.jsonl": "{}\n",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    compress(folder, files_below(folder), None)
    return folder


def plain(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in without_copies(files_below(folder))}


def put(release: Path, store: Store, **options: Any) -> Any:
    endpoint = options.pop("endpoint", store.service)
    bucket = Bucket(f"s3://{store.name}", endpoint, **options)
    return mirror(release, bucket, PASSING)


def test_a_bucket_holds_the_release_with_its_kinds_and_rules(release: Path, store: Store):
    done = put(release, store)

    objects = store.objects()
    assert (done.put, done.gone, done.same) == (7, 0, 0)
    assert {k: v for k, v in store.contents().items() if k != INDEX} == plain(release)
    page, sheet = objects["qingshi/index.html"], objects["assets/cunwu.0123abcd.css"]
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    assert page["ContentEncoding"] == sheet["ContentEncoding"] == "gzip"
    assert "immutable" in sheet["CacheControl"]
    assert objects["qingshi/welfare_list/2026/index.html"]["CacheControl"] == "no-store"
    table = objects["qingshi/data/finance.csv"]
    assert (table["ContentType"], table.get("ContentEncoding")) == ("text/csv; charset=utf-8", None)


def test_only_what_changed_is_sent_and_what_is_gone_is_taken_away(release: Path, store: Store):
    put(release, store)
    (release / "qingshi/data/finance.csv").write_text("日期,金额\n2026-01-05,125.00\n", encoding="utf-8")
    (release / "qingshi/welfare_list/2026/index.html").unlink()
    (release / "qingshi/welfare_list/2026/index.html.gz").unlink()
    (release / "qingshi/welfare_list/2026/index.html.br").unlink(missing_ok=True)

    done = put(release, store)

    assert (done.put, done.gone, done.same) == (1, 1, 5)
    assert {k: v for k, v in store.contents().items() if k != INDEX} == plain(release)
    again = put(release, store)
    assert (again.put, again.gone, again.same) == (0, 0, 6)


def test_a_folder_of_a_bucket_is_all_that_is_touched(release: Path, store: Store):
    store.client.put_object(Bucket=store.name, Key="other/keep.txt", Body=b"mine")

    bucket = Bucket(f"s3://{store.name}/county/site", store.service)
    mirror(release, bucket, PASSING)

    assert store.contents()["other/keep.txt"] == b"mine"
    assert store.contents()["county/site/manifest.json"] == b"{}"


def test_a_bucket_whose_index_is_lost_is_made_right_again(release: Path, store: Store):
    put(release, store)
    store.client.put_object(Bucket=store.name, Key="left/over.html", Body=b"old")
    store.client.put_object(Bucket=store.name, Key=INDEX, Body=b"{broken")

    done = put(release, store)

    assert (done.put, done.gone) == (7, 1)
    assert {k: v for k, v in store.contents().items() if k != INDEX} == plain(release)


def is_page(path: str) -> bool:
    return path.endswith(".html")


def test_pages_come_after_what_they_need_and_the_manifest_last(release: Path, store: Store, failing: Any):
    front = failing(lambda command, path, number: 0)

    put(release, store, endpoint=front.address)

    order = [path.partition("/")[2].partition("/")[2] for command, path in front.asked if command == "PUT"]
    pages = [number for number, path in enumerate(order) if is_page(path)]
    assert order[0] == order[-1] == INDEX
    assert {"assets/cunwu.0123abcd.css", "qingshi/data/finance.csv"} == set(order[1 : pages[0]])
    assert set(order[pages[-1] + 1 : -1]) == {"manifest.json", "disclosure-log.jsonl"}


def test_a_service_that_fails_now_and_then_is_asked_again(release: Path, store: Store, failing: Any):
    front = failing(lambda command, path, number: 500 if number % 4 == 0 else 0)

    put(release, store, endpoint=front.address)

    assert {k: v for k, v in store.contents().items() if k != INDEX} == plain(release)


@pytest.mark.parametrize(("status", "said"), [(500, "接着传"), (403, "权限")])
def test_a_run_that_is_broken_off_leaves_whole_pages_and_is_gone_on_with(
    release: Path, store: Store, failing: Any, status: int, said: str
):
    put(release, store)
    before = store.contents()
    for path in ("index.html", "qingshi/index.html"):
        (release / path).write_text(PAGE + "新", encoding="utf-8")
        (release / f"{path}.gz").unlink()
    (release / "manifest.json").write_text("{1}", encoding="utf-8")
    (release / "qingshi/new.csv").write_text("新\n", encoding="utf-8")
    front = failing(lambda command, path, number: status if command == "PUT" and is_page(path) else 0)

    with pytest.raises(SetupError, match=said) as caught:
        put(release, store, endpoint=front.address, attempts=2)

    assert caught.value.file == f"s3://{store.name}"
    broken = {key: content for key, content in store.contents().items() if key != INDEX}
    assert broken.pop("qingshi/new.csv") == "新\n".encode()
    assert broken == {key: content for key, content in before.items() if key != INDEX}
    (release / "qingshi/new.csv").unlink()
    put(release, store)
    assert {k: v for k, v in store.contents().items() if k != INDEX} == plain(release)


def test_a_service_that_no_longer_answers_is_given_up_on_with_every_page_whole(
    release: Path, store: Store, failing: Any
):
    put(release, store)
    before = store.contents()
    (release / "qingshi/index.html").write_text(PAGE + "新", encoding="utf-8")
    (release / "qingshi/index.html.gz").unlink()
    front = failing(lambda command, path, number: HANGS if command == "PUT" and is_page(path) else 0)

    with pytest.raises(SetupError, match="不回答，等了 2 次，已经停下") as caught:
        put(release, store, endpoint=front.address, attempts=2, patience=0.5)

    assert caught.value.file == f"s3://{store.name}"
    after = store.contents()
    assert {k: v for k, v in after.items() if k != INDEX} == {k: v for k, v in before.items() if k != INDEX}
    put(release, store)
    assert {k: v for k, v in store.contents().items() if k != INDEX} == plain(release)


def test_a_service_that_answers_slowly_is_waited_for(release: Path, store: Store, failing: Any):
    def slowly(command: str, path: str, number: int) -> int:
        time.sleep(0.1)
        return 0

    front = failing(slowly)

    assert put(release, store, endpoint=front.address, attempts=1, patience=5).put == 7
    assert {k: v for k, v in store.contents().items() if k != INDEX} == plain(release)


def test_what_the_manifest_says_is_the_same_is_not_read_again(release: Path, store: Store):
    write_manifest(release)
    put(release, store)
    path = release / "qingshi/data/finance.csv"
    before = path.read_bytes()
    path.write_text("never read", encoding="utf-8")

    assert (put(release, store).put, store.contents()["qingshi/data/finance.csv"]) == (0, before)


def test_a_file_that_is_not_what_the_manifest_says_never_reaches_the_bucket(release: Path, store: Store):
    write_manifest(release)
    (release / "qingshi/data/finance.csv").write_text("日期,金额\n2026-01-05,999.00\n", encoding="utf-8")

    with pytest.raises(SetupError, match="和清单里写的不一样") as caught:
        put(release, store)

    assert caught.value.file == "qingshi/data/finance.csv"
    assert {"qingshi/data/finance.csv", "index.html", "manifest.json"} & set(store.objects()) == set()


def test_a_packed_copy_of_something_else_never_reaches_the_bucket(release: Path, store: Store):
    write_manifest(release)
    (release / "index.html.gz").write_bytes(gzip.compress(b"<p>something else</p>"))

    with pytest.raises(SetupError, match="和清单里写的不一样"):
        put(release, store)

    assert "index.html" not in store.objects()


def write_manifest(release: Path) -> None:
    """Write what a build says of the release: the hash of every file."""
    named = {path: content for path, content in plain(release).items() if path != "manifest.json"}
    (release / "manifest.json").write_bytes(manifest_of(starmap(File, named.items())).content())


def test_a_bucket_that_is_not_there_is_one_clear_error(release: Path, store: Store):
    with pytest.raises(SetupError, match="没有这个存储桶"):
        mirror(release, Bucket("s3://no-such-county", store.service), PASSING)


def test_a_bucket_that_keeps_old_versions_is_refused(release: Path, store: Store):
    store.client.put_bucket_versioning(Bucket=store.name, VersioningConfiguration={"Status": "Enabled"})

    with pytest.raises(SetupError, match="旧版本"):
        put(release, store)

    assert not store.objects()


@pytest.mark.parametrize("address", ["county", "s3://", "https://county.example", "s3://county?x=1"])
def test_an_address_that_names_no_bucket_is_refused(address: str):
    with pytest.raises(SetupError, match="s3://"):
        Bucket(address)


def test_pages_are_given_packed_to_whoever_asks(release: Path, store: Store):
    put(release, store)
    store.client.put_object_acl(Bucket=store.name, Key="qingshi/index.html", ACL="public-read")

    with urllib.request.urlopen(f"{store.service}/{store.name}/qingshi/index.html", timeout=20) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.read()).decode() == PAGE + "qingshi"


def test_a_county_in_a_bucket_is_verified_at_its_address(tmp_path: Path, store: Store):
    county, target = copy_sample(tmp_path / "county"), tmp_path / "www"
    for others in ("content/_county", "content/baiyun", "content/qingxi/zhuyuan", "content_private/baiyun"):
        shutil.rmtree(county / others, ignore_errors=True)
    run_build(county, Places.below(county), as_of=AS_OF)
    readable = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [readable]})
    store.client.put_bucket_policy(Bucket=store.name, Policy=policy)
    address = f"s3://{store.name}/xian"
    run = CliRunner().invoke
    options = ["--root", str(county), "--bucket", address, "--endpoint", store.service]

    first = run(publish, [str(target), *options])
    again = run(publish, [str(target), *options])

    assert first.exit_code == 0, first.output
    assert f"存储桶 {address}：传了" in first.output
    # What the log says of the second publication is all that is new.
    assert "传了 1 个" in again.output, again.output
    checked = run(verify, [f"{store.service}/{store.name}/xian", "--root", str(county)])
    assert checked.exit_code == 0, checked.output
    name = "xian/qingshi/index.html"
    page = gzip.decompress(store.client.get_object(Bucket=store.name, Key=name)["Body"].read())
    page = page.replace("青石".encode(), "青右".encode())
    store.client.put_object(Bucket=store.name, Key=name, Body=gzip.compress(page), ContentEncoding="gzip")
    tampered = run(verify, [f"{store.service}/{store.name}/xian", "--root", str(county)])
    assert tampered.exit_code == 1
    assert "qingshi/index.html" in tampered.output
