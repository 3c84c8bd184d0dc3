"""Deadlines of rectification are calendar days, the first day not counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetydesk.domain.deadlines import DueBeforeInspection, check_due, due_date, is_long

DAY = date(2026, 11, 21)
DAYS = st.dates(date(2020, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("days", "due"),
    [(0, DAY), (1, date(2026, 11, 22)), (15, date(2026, 12, 6)), (30, date(2026, 12, 21)), (60, date(2027, 1, 20))],
)
def test_the_day_of_the_check_is_not_counted(days: int, due: date) -> None:
    assert due_date(DAY, days) == due


def test_the_leap_day_is_a_day() -> None:
    assert due_date(date(2028, 2, 28), 1) == date(2028, 2, 29)


@given(DAYS, st.integers(0, 400))
def test_a_deadline_of_so_many_days_is_always_accepted_for_that_check(day: date, days: int) -> None:
    due = due_date(day, days)
    assert (due - day).days == days
    assert check_due(due, day, "CS-01") == due


@given(DAYS, st.integers(1, 400))
def test_a_deadline_before_the_check_is_refused_with_all_facts(day: date, days: int) -> None:
    due = day - timedelta(days)
    with pytest.raises(DueBeforeInspection) as refused:
        check_due(due, day, "CS-01")
    assert refused.value.facts == {"due": due, "inspected_on": day, "item": "CS-01"}


def test_a_deadline_beyond_thirty_days_is_pointed_out():
    day = date(2026, 11, 21)
    assert not is_long(date(2026, 12, 21), day)
    assert is_long(date(2026, 12, 22), day)
