"""The disclosure log: it only grows, and no line can be changed, dropped, moved or added unseen."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.disclosure_log import (
    START,
    changes_between,
    next_entry,
    only_grew,
    read_log,
    state_after,
)

MOMENT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
PATHS = st.sampled_from([f"content/a/b/finance/2026-{month:02}.csv" for month in range(1, 7)])
STATES = st.lists(st.dictionaries(PATHS, st.integers(0, 3).map(lambda n: f"{n}" * 64)), max_size=6)


def log_of(states: list[dict[str, str]]) -> bytes:
    content = b""
    for number, state in enumerate(states):
        entry = next_entry(
            content,
            state,
            moment=MOMENT + timedelta(days=number),
            as_of=date(2026, 11, 22),
            engine="0.1.0",
            site=hashlib.sha256(bytes([number])).hexdigest(),
        )
        content += entry.line() + b"\n"
    return content


THREE = log_of([{"a.csv": "1" * 64}, {"a.csv": "2" * 64, "乙.csv": "3" * 64}, {"乙.csv": "3" * 64}])


def faults(content: bytes) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in read_log(content)[1]]


@given(STATES)
def test_a_log_is_read_as_it_was_written(states: list[dict[str, str]]):
    entries, wrong = read_log(log_of(states))

    assert wrong == []
    assert b"".join(entry.line() + b"\n" for entry in entries) == log_of(states)
    assert state_after(entries) == (states[-1] if states else {})


@given(STATES, st.data())
def test_after_any_line_the_log_tells_what_was_public_then(states: list[dict[str, str]], data: st.DataObject):
    entries, _wrong = read_log(log_of(states))
    number = data.draw(st.integers(0, len(entries)))

    assert state_after(entries[:number]) == (states[number - 1] if number else {})


@given(st.dictionaries(PATHS, st.just("1" * 64)), st.dictionaries(PATHS, st.just("2" * 64)))
def test_only_what_changed_is_written(before: dict[str, str], after: dict[str, str]):
    changes = changes_between(before, after)

    assert set(changes) == set(before) | set(after)
    assert changes_between(after, after) == {}


def test_each_line_holds_the_hash_of_the_one_before():
    lines = THREE.split(b"\n")[:3]
    stated = [json.loads(line)["before"] for line in lines]

    assert stated == [START, *(hashlib.sha256(line).hexdigest() for line in lines[:2])]


@pytest.mark.parametrize("line", [0, 1, 2])
@pytest.mark.parametrize(
    "field", ["number", "before", "kind", "moment", "as_of", "engine", "site", "changes"]
)
def test_a_field_that_is_changed_is_seen(line: int, field: str):
    lines = THREE.split(b"\n")
    kept = json.loads(lines[line])
    others = {
        "number": 9,
        "before": "f" * 64,
        "kind": "purge",
        "moment": "2027-01-01T00:00:00Z",
        "as_of": "2026-11-23",
        "engine": "0.1.1",
        "site": "e" * 64,
        "changes": {"a.csv": "9" * 64},
    }
    kept[field] = others[field]
    lines[line] = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
    changed = b"\n".join(lines)

    # The last line has nothing after it that could tell: the head that others keep does.
    known = read_log(THREE)[0][-1].digest
    heads = [entry.digest for entry in read_log(changed)[0]]
    assert faults(changed) or known not in heads
    assert line == 2 or faults(changed)


@given(st.integers(0, len(THREE) - 1), st.integers(1, 255))
def test_one_byte_that_is_flipped_is_seen(position: int, flip: int):
    changed = bytearray(THREE)
    changed[position] ^= flip
    entries, wrong = read_log(bytes(changed))

    assert wrong or entries[-1].digest != read_log(THREE)[0][-1].digest
    assert not only_grew(THREE, bytes(changed))


def test_a_line_that_is_dropped_moved_doubled_or_cut_is_seen():
    one, two, three = (line + b"\n" for line in THREE.split(b"\n")[:3])

    assert faults(two + three) == [(1, "log-chain"), (1, "log-number"), (2, "log-number")]
    assert faults(one + three) == [(2, "log-chain"), (2, "log-number")]
    assert (2, "log-chain") in faults(one + three + two)
    assert (3, "log-chain") in faults(one + two + two + three)
    assert faults(one + two + three[:-5]) == [(3, "log-cut")]
    assert faults(one + b"\n" + two) == [(2, "log-line"), (3, "log-chain"), (3, "log-number")]


def test_nothing_rides_along_in_a_line():
    lines = THREE.split(b"\n")
    lines[2] = lines[2][:-1] + b',"note":"x"}'

    assert faults(b"\n".join(lines)) == [(3, "log-line")]


def test_a_clock_that_ran_backwards_is_told_of():
    one = next_entry(b"", {}, moment=MOMENT, as_of=date(2026, 1, 1), engine="1", site=START)
    content = one.line() + b"\n"
    two = next_entry(
        content, {}, moment=MOMENT - timedelta(1), as_of=date(2026, 1, 1), engine="1", site=START
    )

    assert faults(content + two.line() + b"\n") == [(2, "log-time")]


def test_nothing_is_written_after_a_log_that_does_not_hold():
    with pytest.raises(ValueError, match="log-chain"):
        next_entry(
            THREE[THREE.index(b"\n") + 1 :], {}, moment=MOMENT, as_of=date(2026, 1, 1), engine="1", site=START
        )


@given(STATES, st.data())
def test_an_older_copy_is_the_beginning_of_a_newer_one_and_of_no_other(states, data: st.DataObject):
    newer = log_of(states)
    older = log_of(states[: data.draw(st.integers(0, len(states)))])

    assert only_grew(older, newer)
    assert only_grew(newer, older) == (newer == older)
