"""Ids: fresh ones never meet, derived ones always do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

from hypothesis import given
from hypothesis import strategies as st

from safetydesk.domain.ids import CATALOG_REPLICA, COMMON, NAMESPACE, derived_id, new_id

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
CODES = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=1, max_size=18)


def test_a_fresh_id_says_that_it_is_version_7_of_rfc_9562() -> None:
    made = new_id(NOW)
    assert made.version == 7
    assert made.variant == RFC_4122
    assert made.int >> 80 == int(NOW.timestamp() * 1000)


def test_ten_thousand_fresh_ids_of_one_millisecond_are_all_different() -> None:
    assert len({new_id(NOW) for _ in range(10_000)}) == 10_000


@given(st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_a_fresh_id_sorts_by_its_time(moment: datetime) -> None:
    assert new_id(moment) < new_id(moment + timedelta(milliseconds=2))


def test_a_computer_whose_battery_is_flat_still_makes_ids() -> None:
    assert new_id(datetime(1969, 12, 31, 23, 59, tzinfo=UTC)).version == 7


@given(CODES, CODES)
def test_two_who_enter_the_same_thing_make_the_same_row_and_no_others_do(one: str, other: str) -> None:
    assert (derived_id("enterprise", one) == derived_id("enterprise", other)) == (one == other)


@given(CODES)
def test_the_same_key_of_two_kinds_is_two_rows(code: str) -> None:
    assert derived_id("enterprise", code) != derived_id("setting", code)


def test_the_parts_of_a_key_do_not_run_into_each_other() -> None:
    assert derived_id("answer", "CS-1", "2") != derived_id("answer", "CS-", "12")
    assert derived_id("answer", "CS-1", "") != derived_id("answer", "CS-1")


def test_derived_ids_are_the_same_in_every_release() -> None:
    assert str(NAMESPACE) == "5afe7de5-0000-5000-8000-000000000001"
    assert str(COMMON) == "748d8a85-e378-5d2a-ac6f-582e4fdb1ac7"
    assert str(CATALOG_REPLICA) == "d1f993d8-16a4-58c3-ba42-96eea849400a"
    assert str(derived_id("answer", "a", "CS-01", "")) == "ae160dc3-1bca-5a21-ae97-9ec0e13454ce"
