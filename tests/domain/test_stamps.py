"""Stamps rise whatever the wall clock does, and one state of a row is written down in one way only."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from safetydesk.domain.stamps import (
    COUNTER_BITS,
    Context,
    RowStamps,
    Written,
    edited,
    first_after,
    normalised,
    shown_by,
    stamp_time,
    wall_stamp,
)

NAMES = ("address", "headcount", "phone", "risk")
ANY_CLOCK = st.datetimes(datetime(1999, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))
STAMPS = st.integers(0, 1 << 56)
WRITERS = st.integers(0, 4)
CELLS = st.dictionaries(st.sampled_from(NAMES), st.tuples(STAMPS, WRITERS), min_size=len(NAMES), max_size=len(NAMES))


@dataclass
class PlainRow:
    """The state as the design says it: a stamp for each column, and what was seen of each writer."""

    cells: dict[str, Written]
    seen: Context = field(default_factory=dict)


@st.composite
def states(draw: st.DrawFn) -> PlainRow:
    """Any state that merging could leave: what was seen is at least what the columns show."""
    cells = draw(CELLS)
    more = draw(st.dictionaries(WRITERS, STAMPS, max_size=3))
    shown = shown_by(cells.values())
    return PlainRow(cells, {one: max(shown.get(one, -1), more.get(one, -1)) for one in shown | more})


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[frozenset[str], int, datetime]]:
    """Edits one after another, each by one who has seen all before: which columns, who, and what his wall clock said."""
    edit = st.tuples(st.frozensets(st.sampled_from(NAMES), min_size=1), WRITERS, ANY_CLOCK)
    return draw(st.lists(edit, min_size=1, max_size=8))


def written(row: PlainRow) -> RowStamps:
    return normalised(row.cells, row.seen)


def read_again(stamps: RowStamps) -> RowStamps:
    return RowStamps.decode(stamps.stamp, stamps.writer, stamps.encoded_columns(), stamps.encoded_context())


@given(st.lists(ANY_CLOCK, min_size=2, max_size=30))
def test_a_wall_clock_that_jumps_by_years_never_doubles_or_lowers_a_stamp(clocks: list[datetime]) -> None:
    stamps = [0]
    for now in clocks:
        stamps.append(first_after(stamps[-1], now))
    assert all(earlier < later for earlier, later in pairwise(stamps))


@given(STAMPS, ANY_CLOCK)
def test_a_stamp_is_past_what_was_seen_and_no_earlier_than_the_wall_clock(seen: int, now: datetime) -> None:
    stamp = first_after(seen, now)
    assert stamp > seen
    assert stamp >= wall_stamp(now)
    assert stamp in (seen + 1, wall_stamp(now)), "the clock does not run ahead by itself"


@given(ANY_CLOCK)
def test_a_full_counter_carries_into_the_time(now: datetime) -> None:
    last_of_this_millisecond = wall_stamp(now) | ((1 << COUNTER_BITS) - 1)
    stamp = first_after(last_of_this_millisecond, now)
    assert stamp == wall_stamp(now) + (1 << COUNTER_BITS)
    assert stamp_time(stamp) - stamp_time(wall_stamp(now)) == timedelta(milliseconds=1)


@given(ANY_CLOCK)
def test_a_stamp_tells_its_time_to_the_millisecond(now: datetime) -> None:
    assert abs(stamp_time(wall_stamp(now)) - now) <= timedelta(milliseconds=1)


def test_stamps_of_this_century_fit_a_signed_64_bit_column() -> None:
    assert wall_stamp(datetime(2099, 12, 31, tzinfo=UTC)) < 1 << 63


@given(states())
def test_what_is_written_down_reads_back_as_the_same_state(row: PlainRow) -> None:
    again = read_again(written(row))
    assert {name: again.of(name) for name in NAMES} == row.cells
    assert again.seen(NAMES) == row.seen


@given(states())
def test_the_context_is_kept_exactly_where_the_columns_do_not_show_it(row: PlainRow) -> None:
    shows_all = row.seen == shown_by(row.cells.values())
    assert (written(row).encoded_context() is None) == shows_all


@given(states(), st.randoms())
def test_the_same_state_is_written_in_the_same_letters_whatever_the_order(row: PlainRow, rnd: random.Random) -> None:
    cells, seen = list(row.cells.items()), list(row.seen.items())
    rnd.shuffle(cells)
    rnd.shuffle(seen)
    first, second = written(row), normalised(dict(cells), dict(seen))
    assert (first.stamp, first.writer) == (second.stamp, second.writer)
    assert (first.encoded_columns(), first.encoded_context()) == (second.encoded_columns(), second.encoded_context())


@given(states())
def test_writing_down_what_was_read_changes_nothing(row: PlainRow) -> None:
    once = written(row)
    again = read_again(once)
    twice = normalised({name: again.of(name) for name in NAMES}, again.seen(NAMES))
    assert twice == once


@given(histories())
def test_a_history_of_edits_leaves_what_the_plain_model_says(
    history: list[tuple[frozenset[str], int, datetime]],
) -> None:
    start = first_after(0, datetime(2026, 1, 1, tzinfo=UTC))
    plain = PlainRow(dict.fromkeys(NAMES, (start, 0)), {0: start})
    stamps, clock = RowStamps(start, 0, {}, {}), start
    for columns, writer, now in history:
        clock = first_after(clock, now)
        stamps = read_again(edited(stamps, columns, NAMES, clock, writer))
        plain.cells |= dict.fromkeys(columns, (clock, writer))
        plain.seen[writer] = clock
    assert {name: stamps.of(name) for name in NAMES} == plain.cells
    assert stamps.seen(NAMES) == plain.seen


@given(states(), st.frozensets(st.sampled_from(NAMES), min_size=1), WRITERS, ANY_CLOCK)
def test_an_edit_after_seeing_beats_everything_that_was_seen(
    row: PlainRow, columns: frozenset[str], writer: int, now: datetime
) -> None:
    newest = max(stamp for stamp in row.seen.values())
    after = edited(written(row), columns, NAMES, first_after(newest, now), writer)
    for name in NAMES:
        assert (after.of(name)[0] > newest) == (name in columns)
    seen = after.seen(NAMES)
    assert all(seen[other] >= stamp for other, stamp in row.seen.items()), "an edit forgets nothing"


@given(states(), WRITERS)
def test_an_edit_of_every_column_needs_no_stamps_beside_the_rows_own(row: PlainRow, writer: int) -> None:
    stamp = max(row.seen.values()) + 1
    after = edited(written(row), NAMES, NAMES, stamp, writer)
    assert (after.stamp, after.writer, after.encoded_columns()) == (stamp, writer, None)


def test_an_edit_of_one_column_keeps_a_stamp_for_that_column_alone() -> None:
    after = edited(RowStamps(1000, 1, {}, {}), ["phone"], NAMES, 2000, 1)
    assert (after.stamp, after.encoded_columns(), after.encoded_context()) == (1000, '{"phone":[2000,1]}', None)


def test_a_second_edit_over_the_first_drops_what_the_columns_no_longer_show_but_keeps_having_seen_it() -> None:
    mine = edited(RowStamps(1000, 1, {}, {}), ["phone"], NAMES, 2000, 2)
    after = edited(mine, NAMES, NAMES, 3000, 1)
    assert after.encoded_columns() is None
    assert after.encoded_context() == '{"1":3000,"2":2000}'
