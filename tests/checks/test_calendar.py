"""The calendar: how each duty stands on a day, and until when it stands so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.checks.calendar import Duty
from generator.checks.judgement import judge
from generator.model.resource import Package, Resource
from generator.model.table import Table
from tests.counties import changed, county_at, sample_packages, verdict_on, written

REGISTER = "content/dong/xi/publications.csv"
LEDGER = "财务收支,2026-01,1,公开,报账员,村务监督委员会,2026-02-09,2026-02-10,2026-02-25,村委会公开栏,"
ONE_DAY = timedelta(days=1)


def duty_of(root: Path, item: str, period: str, *, on: str, slug: str = "xi") -> Duty | None:
    """Return the duty for an item and period as it stands on a day."""
    for duty in verdict_on(root, date.fromisoformat(on)).judgements[slug].duties:
        if (duty.item.name, duty.period.text) == (item, period):
            return duty
    return None


@pytest.mark.parametrize(
    ("register", "on", "state", "late"),
    [
        ("2026-02-10,2026-02-25", "2026-03-10", "on-time", 0),
        ("2026-02-15,2026-03-05", "2026-03-10", "on-time", 0),
        ("2026-02-16,2026-03-05", "2026-03-10", "late", 1),
        ("2026-02-10,", "2026-03-10", "on-time", 0),
        ("2026-03-11,2026-03-30", "2026-03-10", "unposted", 0),
        ("2026-03-11,2026-03-30", "2026-03-11", "late", 24),
        (",", "2026-03-10", "unposted", 0),
    ],
)
def test_a_published_period_stands_by_its_posting(
    tmp_path: Path, register: str, on: str, state: str, late: int
):
    root = changed(county_at(tmp_path), REGISTER, ("2026-02-10,2026-02-25", register))

    duty = duty_of(root, "finance", "2026-01", on=on)

    assert duty is not None
    assert (duty.state, duty.days_late) == (state, late)


@pytest.mark.parametrize(
    ("on", "state", "late"),
    [
        ("2026-03-31", None, 0),
        ("2026-04-01", "due", 0),
        ("2026-04-15", "due", 0),
        ("2026-04-16", "overdue", 1),
    ],
)
def test_a_missing_period_is_due_and_then_overdue(tmp_path: Path, on: str, state: str | None, late: int):
    duty = duty_of(county_at(tmp_path), "finance", "2026-03", on=on)

    assert (duty.state, duty.days_late) == (state, late) if duty else state is None


def test_a_period_declared_without_anything_is_answered(tmp_path: Path):
    root = county_at(tmp_path)
    nil = "财务收支,2026-03,1,本期无,报账员,村务监督委员会,2026-04-02,2026-04-03,2026-04-18,村委会公开栏,\n"
    written(root, REGISTER, (root / REGISTER).read_text(encoding="utf-8") + nil)

    duty = duty_of(root, "finance", "2026-03", on="2026-05-01")

    assert duty is not None
    assert (duty.state, duty.is_open, duty.publication and duty.publication.kind) == ("nil", False, "本期无")


def community(root: Path) -> Path:
    return changed(root, "content/dong/xi/village.yaml", ("kind: village", "kind: community"))


def test_a_community_is_never_late_nor_overdue_where_the_province_rules_for_villages(tmp_path: Path):
    root = community(county_at(tmp_path))
    changed(root, REGISTER, ("2026-02-10,2026-02-25", "2026-03-01,2026-03-25"))

    for day in ("2026-03-10", "2026-06-01", "2027-01-01"):
        verdict = verdict_on(root, date.fromisoformat(day))
        assert not {duty.state for duty in verdict.judgements["xi"].duties} & {"late", "overdue"}
        assert not [f for f in verdict.findings if f.code in ("period-overdue", "publication-late")]
    duty = duty_of(root, "finance", "2026-04", on="2026-06-01")
    assert duty is not None
    assert (duty.state, duty.basis, duty.is_open) == ("suggested", "", True)


def test_a_rule_that_was_not_yet_in_force_makes_nobody_late(tmp_path: Path):
    root = changed(
        county_at(tmp_path), "schemas/law/CQ13.yaml", ('valid_from: "2013-01-01"', 'valid_from: "2026-02-01"')
    )
    changed(root, REGISTER, ("2026-02-10,2026-02-25", "2026-03-01,2026-03-25"))

    first, second = (duty_of(root, "finance", period, on="2026-03-10") for period in ("2026-01", "2026-02"))

    assert first is not None and second is not None
    assert (first.state, second.state) == ("posted", "on-time")


@pytest.mark.parametrize(
    ("valid_to", "last"),
    [
        ("2026-03-30", "2026-02"),
        ("2026-03-31", "2026-03"),
        ("2026-04-15", "2026-03"),
        ("2026-04-30", "2026-04"),
    ],
)
def test_a_closed_village_owes_what_ended_in_its_lifetime_and_no_more(
    tmp_path: Path, valid_to: str, last: str
):
    root = changed(
        county_at(tmp_path), "content/dong/xi/village.yaml", ("kind:", f'valid_to: "{valid_to}"\nkind:')
    )

    duties = verdict_on(root, date(2027, 1, 1)).judgements["xi"].duties

    assert max(duty.period.text for duty in duties if duty.item.name == "finance") == last


def test_a_new_village_owes_from_its_first_full_period(tmp_path: Path):
    village = 'slug: he\nname: 河村\ncode: "999901202000"\nkind: village\nvalid_from: "2026-01-02"\n'
    root = written(county_at(tmp_path), "content/dong/he/village.yaml", village)

    duties = verdict_on(root, date(2026, 4, 10)).judgements["he"].duties

    assert sorted((duty.item.name, duty.period.text) for duty in duties) == [
        ("finance", "2026-02"),
        ("finance", "2026-03"),
    ]


@pytest.mark.parametrize(
    ("posted", "on", "days", "is_short", "is_running"),
    [
        ("2026-02-10,2026-02-24", "2026-02-24", 15, False, True),
        ("2026-02-10,2026-02-24", "2026-02-25", 15, False, False),
        ("2026-02-10,2026-02-23", "2026-03-10", 14, True, False),
        ("2026-02-10,2026-02-10", "2026-02-10", 1, True, True),
    ],
)
def test_a_display_runs_both_ends_included(
    tmp_path: Path, posted: str, on: str, days: int, is_short: bool, is_running: bool
):
    root = changed(county_at(tmp_path), REGISTER, ("2026-02-10,2026-02-25", posted))

    duty = duty_of(root, "finance", "2026-01", on=on)

    assert duty is not None and duty.display is not None
    display = duty.display
    assert (display.days, display.least, display.is_short, display.is_running) == (
        days,
        15,
        is_short,
        is_running,
    )
    assert display.basis == "《村民委员会组织法》第三十五条"


@pytest.mark.parametrize(
    ("posted", "least", "is_short"),
    [
        # 28 September and 11 October 2025 were worked at weekends; 1 to 8 October were off.
        ("2025-09-28,2025-10-13", 16, False),
        ("2025-09-28,2025-10-12", 16, True),
        ("2025-11-03,2025-11-11", 9, False),
        # Since 2026 the fifteen days of the statute are the longer ones, save over a long holiday.
        ("2026-03-02,2026-03-15", 15, True),
        ("2026-02-12,2026-02-27", 16, False),
        # No table of holidays: only the statute is asked.
        ("2031-03-03,2031-03-17", 15, False),
    ],
)
def test_a_list_of_relief_hangs_for_seven_working_days(
    tmp_path: Path, posted: str, least: int, is_short: bool
):
    root = county_at(tmp_path)
    header = "编号,组,户主,类别,保障人数,数量,单位,标准,金额,起始年月"
    rows = f"{header}\n001,一组,田某甲,低保,1,3,月,400.00,1200.00,\n"
    day = posted[:10]
    written(root, f"content_private/dong/xi/welfare_list/{day}.csv", rows)
    line = f"低保特困救助公示,{day},1,公开,民政专干,监委会,{day},{posted},公开栏,\n"
    path = root / REGISTER
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")

    duty = duty_of(root, "welfare_list", day, on="2031-05-01")

    assert duty is not None and duty.display is not None
    assert (duty.display.least, duty.display.is_short) == (least, is_short)


def test_before_2026_no_law_set_a_shortest_display(tmp_path: Path):
    root = changed(county_at(tmp_path), REGISTER, ("2026-01-10,2026-01-25", "2025-12-28,2025-12-29"))

    duty = duty_of(root, "finance_summary", "2025Q4", on="2026-03-10")

    assert duty is not None and duty.display is not None
    assert (duty.display.least, duty.display.is_short) == (0, False)


def test_the_latest_posting_counts_and_its_line_is_named(tmp_path: Path):
    root = county_at(tmp_path)
    later = LEDGER.replace(",1,公开", ",2,更正").replace("2026-02-10,2026-02-25", "2026-02-28,2026-03-02")
    written(root, REGISTER, (root / REGISTER).read_text(encoding="utf-8") + later + "\n")

    assert verdict_on(root).lines == [f"{REGISTER}:9:张贴止:display-short"]
    duty = duty_of(root, "finance", "2026-01", on="2026-02-27")
    assert duty is not None and duty.display is not None
    assert (duty.display.end, len(duty.corrections)) == (date(2026, 2, 25), 1)


def test_duties_come_newest_first():
    promises, packages = sample_packages()

    for package in packages:
        ends = [duty.period.end for duty in judge(package, promises, date(2026, 10, 20)).duties]
        assert ends == sorted(ends, reverse=True)


def test_the_sample_shows_only_the_warnings_that_were_planned():
    promises, packages = sample_packages()
    found = [
        (package.village.slug, finding.code)
        for package in packages
        for finding in judge(package, promises, date(2026, 10, 20)).findings
    ]

    assert sorted(found) == [
        ("hexin", "publication-missing"),
        ("hexin", "row-overdue"),
        ("qingshi", "publication-late"),
        ("qingshi", "publication-missing"),
        ("qingshi", "row-overdue"),
        ("qingshi", "row-overdue"),
        ("shiqiao", "period-overdue"),
        ("shiqiao", "publication-late"),
        ("shiqiao", "publication-late"),
        ("shiqiao", "required-when"),
        ("zhuyuan", "display-short"),
        ("zhuyuan", "period-overdue"),
        ("zhuyuan", "period-overdue"),
        ("zhuyuan", "publication-late"),
    ]


def without_rows(package: Package) -> Package:
    """Return the package as the calendar sees it: no rows, so no laws to be put to."""

    def bare(resource: Resource) -> Resource:
        item = replace(resource.item, laws={})
        return replace(resource, item=item, table=Table.empty(item.schema), parts={})

    return replace(package, resources=tuple(map(bare, package.resources)))


@pytest.mark.parametrize("valid_to", [None, date(2026, 6, 30), date(2026, 7, 10)])
def test_until_the_next_change_every_day_is_judged_alike(valid_to: date | None):
    promises, packages = sample_packages()
    days = [date(2025, 12, 20) + ONE_DAY * number for number in range(330)]
    for package in packages if valid_to is None else packages[-1:]:
        village = replace(package.village, valid_to=valid_to)
        bare = replace(without_rows(package), village=village)
        judgements = [judge(bare, promises, day) for day in days]
        signs = [
            (
                [
                    (d.item.name, d.period, d.state, d.display and d.display.is_running)
                    for d in judgement.duties
                ],
                [(f.code, f.place) for f in judgement.findings],
            )
            for judgement in judgements
        ]
        change: date | None = None
        for number in range(len(days) - 2, -1, -1):
            if signs[number] != signs[number + 1]:
                change = days[number + 1]
            announced = judgements[number].next_change
            if change is not None:
                assert announced is not None, (package.village.slug, days[number], change)
                assert days[number] < announced <= change, (package.village.slug, days[number])
