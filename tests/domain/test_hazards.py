"""The state of a hazard comes from its events, whatever order they arrive in, and doubt is always on the safe side."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetydesk.domain.hazards import (
    STATE_LABELS,
    HazardEventFact,
    HazardEventKind,
    HazardLife,
    HazardState,
    hazard_life,
)

K = HazardEventKind
DUE = date(2026, 12, 6)
LATER = date(2026, 12, 20)
LATEST = date(2027, 1, 5)


def event(number: int, kind: K, *seen: HazardEventFact, due: date | None = None) -> HazardEventFact:
    """The event of this number; it comes after all smaller ones, but has seen only `seen`."""
    return HazardEventFact(UUID(int=number), kind, (number, "a"), frozenset(one.id for one in seen), due)


FOUND = event(1, K.FOUND)
NOTICE = event(2, K.NOTICE_ISSUED, FOUND)
FAILED = event(3, K.REINSPECTED_OPEN, NOTICE)
CLOSED = event(4, K.CLOSED_OUT, NOTICE)  # by somebody who had not seen that it failed


def life(*events: HazardEventFact) -> HazardLife:
    return hazard_life(events, DUE)


@st.composite
def lives(draw: st.DrawFn) -> list[HazardEventFact]:
    """Any events by any writers: each has seen some of the earlier ones, or names some that never arrived."""
    made: list[HazardEventFact] = []
    for number in range(draw(st.integers(0, 9))):
        known = [one.id for one in made] + [UUID(int=99_000 + number)]
        made.append(
            HazardEventFact(
                id=UUID(int=draw(st.integers(0, 1 << 20)) << 32 | number),
                kind=draw(st.sampled_from(K)),
                order=(draw(st.integers(0, 4)), draw(st.sampled_from("ab"))),
                seen=frozenset(draw(st.lists(st.sampled_from(known), max_size=3))),
                due=draw(st.none() | st.dates(DUE - timedelta(30), LATEST)),
            )
        )
    return made


@given(lives(), st.randoms())
def test_the_order_in_which_events_arrive_decides_nothing(events: list[HazardEventFact], rnd: random.Random) -> None:
    shuffled = rnd.sample(events, len(events))
    assert hazard_life(shuffled, DUE) == hazard_life(events, DUE)


@given(lives())
def test_every_history_has_a_state_with_words_and_a_deadline_somebody_set(events: list[HazardEventFact]) -> None:
    after = hazard_life(events, DUE)
    assert STATE_LABELS[after.state]
    assert after.due in {DUE, *(one.due for one in events)}


@given(lives(), st.sampled_from([K.CLOSED_OUT, K.REINSPECTED_OPEN, K.REINSPECTED_PARTIAL, K.WITHDRAWN]))
def test_an_event_that_has_seen_all_heads_decides_alone(events: list[HazardEventFact], kind: K) -> None:
    last = HazardEventFact(UUID(int=1 << 100), kind, (10, "z"), frozenset(hazard_life(events, DUE).heads))
    after = hazard_life([*events, last], DUE)
    assert after.state is hazard_life([replace(last, seen=frozenset())], DUE).state
    assert after.heads == (last.id,)


@given(lives(), lives())
def test_a_close_out_never_wins_over_a_failed_reinspection_that_it_had_not_seen(
    events: list[HazardEventFact], others: list[HazardEventFact]
) -> None:
    failed = HazardEventFact(UUID(int=1 << 101), K.REINSPECTED_OPEN, (20, "a"), frozenset(one.id for one in events))
    closed = HazardEventFact(UUID(int=1 << 102), K.CLOSED_OUT, (30, "b"), frozenset(one.id for one in events))
    assert hazard_life([*events, failed, closed], DUE).state is HazardState.OPEN


def test_a_hazard_without_any_event_was_just_found() -> None:
    assert life() == HazardLife(HazardState.FOUND, DUE, ())


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ((FOUND,), HazardState.FOUND),
        ((FOUND, NOTICE), HazardState.NOTIFIED),
        ((FOUND, NOTICE, FAILED), HazardState.OPEN),
        ((FOUND, NOTICE, CLOSED), HazardState.CLOSED),
        ((FOUND, NOTICE, event(3, K.REINSPECTED_PARTIAL, NOTICE)), HazardState.PARTIAL),
        ((FOUND, NOTICE, event(3, K.NOTICE_VOIDED, NOTICE)), HazardState.FOUND),
        ((FOUND, NOTICE, CLOSED, event(5, K.REOPENED, CLOSED)), HazardState.OPEN),
        ((FOUND, NOTICE, event(3, K.TRANSFERRED, NOTICE)), HazardState.TRANSFERRED),
        ((FOUND, event(2, K.WITHDRAWN, FOUND)), HazardState.WITHDRAWN),
    ],
)
def test_the_last_thing_that_happened_is_the_state(events: tuple[HazardEventFact, ...], state: HazardState) -> None:
    assert life(*events).state is state


def test_a_failed_reinspection_outweighs_a_close_out_made_elsewhere() -> None:
    assert life(FOUND, NOTICE, FAILED, CLOSED).state is HazardState.OPEN


def test_both_stay_heads_until_somebody_has_seen_both() -> None:
    assert life(FOUND, NOTICE, FAILED, CLOSED).heads == (FAILED.id, CLOSED.id)


def test_a_later_close_out_that_saw_both_closes() -> None:
    settled = event(5, K.CLOSED_OUT, FAILED, CLOSED)
    assert life(FOUND, NOTICE, FAILED, CLOSED, settled).state is HazardState.CLOSED


def test_a_later_close_out_that_saw_only_the_pass_does_not_close() -> None:
    blind = event(5, K.CLOSED_OUT, CLOSED)
    assert life(FOUND, NOTICE, FAILED, CLOSED, blind).state is HazardState.OPEN


def test_an_extension_moves_the_deadline_and_leaves_the_state() -> None:
    after = life(FOUND, NOTICE, event(3, K.EXTENDED, NOTICE, due=LATER))
    assert (after.state, after.due) == (HazardState.NOTIFIED, LATER)


def test_what_happens_after_an_extension_keeps_its_deadline() -> None:
    extended = event(3, K.EXTENDED, NOTICE, due=LATER)
    assert life(FOUND, NOTICE, extended, event(4, K.REINSPECTED_PARTIAL, extended)).due == LATER


def test_of_two_extensions_that_had_not_seen_each_other_the_earlier_date_counts() -> None:
    one, other = event(3, K.EXTENDED, NOTICE, due=LATEST), event(4, K.EXTENDED, NOTICE, due=LATER)
    assert life(FOUND, NOTICE, one, other).due == LATER


def test_an_extension_that_has_seen_the_other_counts_even_if_it_is_longer() -> None:
    one = event(3, K.EXTENDED, NOTICE, due=LATER)
    assert life(FOUND, NOTICE, one, event(4, K.EXTENDED, one, due=LATEST)).due == LATEST


def test_days_left_count_to_the_last_good_day_and_end_with_the_hazard() -> None:
    assert life(FOUND).days_left(DUE) == 0
    assert life(FOUND).days_left(DUE + timedelta(1)) == -1
    assert life(FOUND, NOTICE, CLOSED).days_left(DUE) is None


def test_a_transferred_hazard_stays_open_for_the_officer() -> None:
    assert life(FOUND, event(2, K.TRANSFERRED, FOUND)).is_open


def undo(number: int, of: HazardEventFact, *seen: HazardEventFact) -> HazardEventFact:
    """Somebody takes back what was entered by mistake."""
    return replace(event(number, K.REOPENED, *(seen or (of,))), undoes=of.id)


def test_what_is_taken_back_leaves_state_and_deadline_as_before() -> None:
    extended = event(3, K.EXTENDED, NOTICE, due=LATER)
    closed = event(4, K.CLOSED_OUT, extended)
    assert life(FOUND, NOTICE, extended, closed, undo(5, closed)).state is HazardState.NOTIFIED
    assert life(FOUND, NOTICE, extended, closed, undo(5, closed)).due == LATER
    assert life(FOUND, NOTICE, extended, undo(4, extended)) == HazardLife(HazardState.NOTIFIED, DUE, (UUID(int=4),))


def test_taking_back_can_be_taken_back() -> None:
    back = undo(4, FAILED)
    assert life(FOUND, NOTICE, FAILED, back, undo(5, back)).state is HazardState.OPEN


def test_taking_back_a_failure_does_not_touch_one_that_was_made_elsewhere() -> None:
    elsewhere = event(4, K.REINSPECTED_PARTIAL, NOTICE)
    assert life(FOUND, NOTICE, FAILED, elsewhere, undo(5, FAILED)).state is HazardState.PARTIAL


@pytest.mark.parametrize("known", [(FOUND, NOTICE), (FOUND, NOTICE, CLOSED)])
def test_an_undo_of_what_it_had_not_seen_or_what_never_arrived_counts_as_not_mended(
    known: tuple[HazardEventFact, ...],
) -> None:
    stranger = replace(event(6, K.REOPENED, *known), undoes=UUID(int=77))
    assert life(*known, stranger).state is HazardState.OPEN


@given(lives(), st.sampled_from([K.CLOSED_OUT, K.REINSPECTED_OPEN, K.EXTENDED, K.WITHDRAWN]))
def test_taking_back_the_last_entry_is_as_if_it_had_not_been_made(events: list[HazardEventFact], kind: K) -> None:
    before = hazard_life(events, DUE)
    mistake = HazardEventFact(UUID(int=1 << 100), kind, (10, "z"), frozenset(before.heads), LATEST)
    taken = HazardEventFact(UUID(int=1 << 101), K.REOPENED, (11, "z"), frozenset({mistake.id}), undoes=mistake.id)
    after = hazard_life([*events, mistake, taken], DUE)
    assert (after.state, after.due) == (before.state, before.due)
