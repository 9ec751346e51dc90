"""Charts: every bar with its figure, none longer than the longest."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from generator.pages.charts import bar_chart

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def bars(*entries: tuple[str, str]) -> list[tuple[str, str, int]]:
    chart = bar_chart("题", [(label, Decimal(value)) for label, value in entries])
    assert chart is not None
    return [(bar.label, bar.figure, bar.percent) for bar in chart.bars]


def test_bars_are_measured_against_the_longest_in_the_order_given():
    assert bars(("办公费", "308"), ("工程建设", "12000"), ("利息", "0.52")) == [
        ("办公费", "308.00", 2),
        ("工程建设", "12,000.00", 100),
        ("利息", "0.52", 1),
    ]


def test_nothing_has_no_bar_and_a_little_has_a_sliver():
    assert [percent for _label, _figure, percent in bars(("无", "0"), ("少", "0.01"), ("多", "99999"))] == [
        0,
        1,
        100,
    ]


def test_where_there_is_nothing_to_compare_there_is_no_chart():
    assert bar_chart("题", []) is None
    assert bar_chart("题", [("甲", Decimal(0)), ("乙", Decimal("0.00"))]) is None


@given(st.lists(st.tuples(st.text(), AMOUNTS), min_size=1))
def test_every_entry_gets_its_bar_between_nothing_and_all(entries):
    chart = bar_chart("题", entries)
    if chart is None:
        assert not any(value for _label, value in entries)
        return

    assert [bar.label for bar in chart.bars] == [label for label, _value in entries]
    assert max(bar.percent for bar in chart.bars) == 100
    assert all(
        (bar.percent > 0) == bool(value) for bar, (_label, value) in zip(chart.bars, entries, strict=True)
    )
