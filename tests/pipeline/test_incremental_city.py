"""Whatever happens to villages of a city, the portal and the boards are what a clean build would make."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.pages import paging
from generator.pipeline import sheets
from tests.languages import speak
from tests.pipeline import furnished

OWN = Path("content/dong/xi")
VILLAGES = {
    "dong": {"xi": "溪口村", "nan": "南坪村", "tai": "台上村"},
    "bei": {"gao": "高坡村", "he": "河湾村"},
    "an": {"bai": "白沙社区"},
}
STEPS = 12


@pytest.fixture(scope="module", autouse=True)
def paged() -> Iterator[None]:
    """Let a few villages be as many as a city's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "LISTED", 2)
        yield


@pytest.fixture(scope="module")
def city_once(paged: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return three townships of light villages, in two languages, that are not to be changed."""
    root = furnished.furnished(tmp_path_factory.mktemp("city") / "county")
    base = shutil.copytree(root / OWN, tmp_path_factory.mktemp("base") / "village")
    for name in ("subsidy", "finance_summary", "election", "village_rules"):
        shutil.rmtree(base / name, ignore_errors=True)
    register = base / "publications.csv"
    lines = register.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.startswith(("项目", "财务收支,", "通知公告"))]
    register.write_text("".join(kept), "utf-8")
    shutil.rmtree(root / "content_private")
    (root / "content_private").mkdir()
    for number, (township, own) in enumerate(VILLAGES.items(), start=1):
        folder = root / "content" / township
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        code = f"99990{number}"
        (folder / "township.yaml").write_text(
            f'name: {own[next(iter(own))][0]}镇\ncode: "{code}000000"\n', "utf-8"
        )
        for serial, (slug, name) in enumerate(own.items(), start=200 + number):
            village = shutil.copytree(base, folder / slug)
            kind = "community" if name.endswith("社区") else "village"
            told = f'slug: {slug}\nname: {name}\ncode: "{code}101{serial}"\nkind: {kind}\nhouseholds: 312\n'
            (village / "village.yaml").write_text(f'{told}valid_from: "2001-01-01"\n', "utf-8")
    speak(root, "zh-Hans", "en")
    furnished.build(root)
    return root


@pytest.fixture
def city(city_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(city_once, tmp_path / "county")


def clean(city: Path, folder: Path) -> dict[str, bytes]:
    """Return what a build in an empty folder makes of the same records."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(city, folder, ignore=shutil.ignore_patterns(*furnished.WRITTEN))
    furnished.build(folder)
    return furnished.pages(folder)


def _villages(city: Path) -> list[Path]:
    return sorted(path.parent for path in (city / "content").glob("*/*/village.yaml"))


def _edited(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    found = re.sub(old, new, text, count=1)
    assert found != text, (path, old)
    path.write_text(found, "utf-8")


def two_villages_swap_their_books(city: Path, draw: random.Random) -> None:
    one, other = draw.sample(_villages(city), 2)
    for name in ("finance", "notice", "publications.csv"):
        (one / name).rename(city / "kept")
        (other / name).rename(one / name)
        (city / "kept").rename(other / name)


def a_sum_is_another(city: Path, draw: random.Random) -> None:
    ledgers = draw.choice(_villages(city)) / "finance"
    more = draw.randrange(1, 9)
    _edited(ledgers / "2026-02.csv", r",(\d+)\.00,$", rf",\g<1>.{more}0,")


def a_sum_is_another_from_its_opening(city: Path, draw: random.Random) -> None:
    _edited(draw.choice(_villages(city)) / "finance" / "2026-01.csv", r"2000\.00,,1", "200.00,,")


def a_village_is_renamed(city: Path, draw: random.Random) -> None:
    _edited(draw.choice(_villages(city)) / "village.yaml", r"name: \S", f"name: {draw.choice('甲乙丙丁戊')}")


def a_township_is_renamed(city: Path, draw: random.Random) -> None:
    township = draw.choice(_villages(city)).parent / "township.yaml"
    _edited(township, r"name: \S", f"name: {draw.choice('子丑寅卯辰')}")


def the_first_village_of_a_township_is_gone(city: Path, draw: random.Random) -> None:
    first = draw.choice(_villages(city)).parent
    shutil.rmtree(next(path for path in _villages(city) if path.parent == first))


def the_last_village_of_a_township_is_gone(city: Path, draw: random.Random) -> None:
    township = draw.choice(_villages(city)).parent
    shutil.rmtree([path for path in _villages(city) if path.parent == township][-1])


def a_village_is_closed(city: Path, draw: random.Random) -> None:
    _edited(draw.choice(_villages(city)) / "village.yaml", "$", 'valid_to: "2026-02-01"\n')


def households_are_others(city: Path, draw: random.Random) -> None:
    path = draw.choice(_villages(city)) / "village.yaml"
    _edited(path, r"households: \d+\n", draw.choice(("", f"households: {draw.randrange(100, 2000)}\n")))


def a_notice_has_another_title(city: Path, draw: random.Random) -> None:
    title = f"标题: {draw.randrange(9)}"
    _edited(draw.choice(_villages(city)) / "notice" / "2026-02-20.yaml", "标题: ", title)


def a_month_is_not_published(city: Path, draw: random.Random) -> None:
    village = draw.choice(_villages(city))
    (village / "finance" / "2026-02.csv").unlink()
    _edited(village / "publications.csv", r"财务收支,2026-02,.*\n", "")


def a_board_is_tampered_with(city: Path, draw: random.Random) -> None:
    pages = sorted((city / "site-audit").rglob("*.html")) + sorted((city / "site" / "search").rglob("*"))
    draw.choice([page for page in pages if page.is_file()]).write_text("改过的", "utf-8")


def a_board_is_deleted(city: Path, draw: random.Random) -> None:
    draw.choice(sorted((city / "site-audit").rglob("*.html"))).unlink()


# The first of them are tried at each run of the tests, the others when there is time for it.
EVENTS: tuple[Callable[[Path, random.Random], None], ...] = (
    two_villages_swap_their_books,
    a_village_is_renamed,
    the_first_village_of_a_township_is_gone,
    the_last_village_of_a_township_is_gone,
    a_board_is_tampered_with,
    a_sum_is_another,
    a_sum_is_another_from_its_opening,
    a_township_is_renamed,
    a_village_is_closed,
    households_are_others,
    a_notice_has_another_title,
    a_month_is_not_published,
    a_board_is_deleted,
)
TRIED = [*EVENTS[:5], *(pytest.param(event, marks=pytest.mark.soak) for event in EVENTS[5:])]


@pytest.mark.parametrize("event", TRIED, ids=lambda event: event.__name__)
def test_after_it_the_portal_and_the_boards_are_those_of_a_clean_build(event, city, tmp_path):
    event(city, random.Random(1))
    furnished.build(city)

    made, expected = furnished.pages(city), clean(city, tmp_path / "clean")
    assert {name for name in {*made, *expected} if made.get(name) != expected.get(name)} == set()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 6))
def test_after_one_thing_and_another_they_are_those_of_a_clean_build(seed, city, tmp_path):
    draw, done = random.Random(seed), list[str]()
    while len(done) < STEPS:
        event = draw.choice(EVENTS)
        try:
            event(city, draw)
        except (AssertionError, FileNotFoundError, IndexError, ValueError, StopIteration):
            continue  # what it would change is gone already
        done.append(event.__name__)
        furnished.build(city)
        made, expected = furnished.pages(city), clean(city, tmp_path / "clean")
        assert {name for name in {*made, *expected} if made.get(name) != expected.get(name)} == set(), done


def test_a_changed_sum_draws_the_boards_of_its_township_and_none_of_another(city, monkeypatch):
    drawn = []

    def watched(drawings, digests, last):
        drawn.extend(path for path, _make in drawings)
        return made(drawings, digests, last)

    made = sheets._made
    monkeypatch.setattr(sheets, "_made", watched)
    a_month_is_not_published(city, random.Random(1))
    furnished.build(city)

    [changed] = {path.split("/")[1] for path in drawn if path.startswith("townships/")}
    others = VILLAGES.keys() - {changed}
    assert not any(f"/{other}/" in path or f"in-{other}." in path for path in drawn for other in others)
    assert f"search/in-{changed}.json" in drawn
    assert not any(path.startswith(("assets/", "dictionary/")) for path in drawn)
