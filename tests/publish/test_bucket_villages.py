"""The villages of a release in a bucket: each is known by a part of the index that is its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.model.finding import SetupError
from generator.model.manifest import NAME as MANIFEST
from generator.publish.bucket import Bucket
from generator.publish.bucket_index import INDEX, place_of_part
from generator.publish.compressing import without_copies
from generator.publish.mirroring import Mirrored, mirror
from generator.publish.objects import OWN
from generator.publish.releases import files_below
from tests.publish.buckets import Store
from tests.publish.fronts import Failing
from tests.publish.released import PAGE, VILLAGES, County

pytestmark = pytest.mark.usefixtures("credentials")

PASSING = r"^/[^/]+/(welfare_list)/"


def site_in(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in without_copies(files_below(folder))}


def held(store: Store) -> dict[str, bytes]:
    return {key: content for key, content in store.contents().items() if not key.startswith(OWN)}


def brought(release: Path, store: Store, endpoint: str = "") -> Mirrored:
    return mirror(release, Bucket(f"s3://{store.name}", endpoint or store.service, attempts=1), PASSING)


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County(tmp_path)


def test_of_a_village_that_did_not_change_nothing_is_asked_and_nothing_read(
    county: County, store: Store, failing: Any
):
    assert brought(county.release(), store).put == 12
    county.villages["qingshi"]["qingshi/index.html"] += "新"
    release = county.release()
    expected = site_in(release)
    for slug in ("hekou", "shiqiao"):
        for path in (release / slug).resolve().rglob("*.*"):
            path.unlink()
    front: Failing = failing(lambda command, path, number: 0)

    done = brought(release, store, front.address)

    # The village's page and manifest, and the manifest of the whole.
    assert (done.put, done.gone, done.same) == (3, 0, 9)
    assert held(store) == expected
    assert not [path for _command, path in front.asked if "hekou" in path or "shiqiao" in path]


def test_the_root_of_the_index_names_no_object_of_a_village(county: County, store: Store):
    brought(county.release(), store)

    root = json.loads(store.contents()[INDEX])
    assert sorted(root["objects"]) == ["assets/a.0123abcd.css", "index.html", MANIFEST]
    assert sorted(root["parts"]) == [f"{slug}/{MANIFEST}" for slug in VILLAGES]
    part = json.loads(store.contents()[place_of_part(f"hekou/{MANIFEST}")])
    assert sorted(part["objects"]) == [
        f"hekou/{name}" for name in ("data/finance.csv", "index.html", MANIFEST)
    ]


def in_one_index(store: Store) -> dict[str, str]:
    """Write the index of a bucket as it was when it was one; return the marks in it."""
    contents = store.contents()
    marks: dict[str, str] = dict(json.loads(contents[INDEX])["objects"])
    for slug in VILLAGES:
        place_of = place_of_part(f"{slug}/{MANIFEST}")
        marks |= json.loads(contents[place_of])["objects"]
        store.client.delete_object(Bucket=store.name, Key=place_of)
    content = json.dumps({"form": 2, "objects": marks}).encode()
    store.client.put_object(Bucket=store.name, Key=INDEX, Body=content)
    return marks


def test_an_index_that_was_one_is_told_apart_and_no_object_is_sent_again(county: County, store: Store):
    release = county.release()
    brought(release, store)
    store.client.put_object(Bucket=store.name, Key="gone/index.html", Body=b"old")
    marks = in_one_index(store) | {"gone/index.html": "0" * 64}
    content = json.dumps({"form": 2, "objects": marks}).encode()
    store.client.put_object(Bucket=store.name, Key=INDEX, Body=content)

    done = brought(release, store)

    assert (done.put, done.gone, done.same) == (0, 1, 12)
    assert held(store) == site_in(release)
    again = brought(release, store)
    assert (again.put, again.gone, again.same) == (0, 0, 12)


def test_telling_an_index_apart_can_be_broken_off_anywhere(county: County, store: Store, failing: Any):
    release = county.release()
    brought(release, store)
    in_one_index(store)
    for last in range(1, 6):
        asked: list[str] = []

        def judge(command: str, path: str, number: int, last: int = last, asked: list[str] = asked) -> int:
            asked += [path] if command == "PUT" else []
            return 403 if command == "PUT" and len(asked) == last else 0

        front: Failing = failing(judge)
        with pytest.raises(SetupError):
            brought(release, store, front.address)

    done = brought(release, store)

    assert (done.put, done.gone, done.same) == (0, 0, 12)
    assert held(store) == site_in(release)


def test_a_run_that_is_broken_off_goes_on_with_the_villages_that_are_left(
    county: County, store: Store, failing: Any
):
    brought(county.release(), store)
    county.portal += "新"
    for slug, files in county.villages.items():
        files[f"{slug}/index.html"] += "新"
        files[f"{slug}/data/new.csv"] = files.pop(f"{slug}/data/finance.csv")
    release = county.release()
    front: Failing = failing(
        lambda command, path, number: 403 if command == "PUT" and path.endswith("shiqiao/index.html") else 0
    )

    with pytest.raises(SetupError, match="权限"):
        brought(release, store, front.address)

    between = held(store)
    # What the old portal leads to is there, and it is still the old one.
    assert set(between) > {f"{slug}/data/finance.csv" for slug in VILLAGES}
    assert between["index.html"] == PAGE.encode()
    done = brought(release, store)
    assert (done.put, done.gone) == (2 + 3, 3)
    assert held(store) == site_in(release)


def test_a_village_that_is_gone_is_taken_away_with_its_part_of_the_index(county: County, store: Store):
    brought(county.release(), store)
    del county.villages["hekou"]
    # Whoever kept the address is led on by a page of the county's.
    release = county.release()

    done = brought(release, store)

    assert (done.put, done.gone, done.same) == (1, 3, 8)
    assert held(store) == site_in(release)
    assert [key for key in store.objects() if "hekou" in key] == []


@pytest.mark.parametrize("content", [None, b"{broken"])
def test_a_village_whose_part_of_the_index_is_lost_is_made_right_again(
    county: County, store: Store, content: bytes | None
):
    brought(county.release(), store)
    place_of = place_of_part(f"qingshi/{MANIFEST}")
    if content is None:
        store.client.delete_object(Bucket=store.name, Key=place_of)
    else:
        store.client.put_object(Bucket=store.name, Key=place_of, Body=content)
    county.villages["qingshi"]["qingshi/data/new.csv"] = county.villages["qingshi"].pop(
        "qingshi/data/finance.csv"
    )
    release = county.release()

    brought(release, store)

    assert held(store) == site_in(release)
