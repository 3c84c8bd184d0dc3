"""What the day asks for, and lists of hazards."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from office_steps import add, answer, failed, finish, issue, passed, start, visit
from sqlalchemy import select

from safetydesk.domain.hazards import HazardEventKind, HazardState
from safetydesk.models.tables import Hazard
from safetydesk.workflows import hazards
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.today import Today
from safetydesk.workflows.today import today as what_is_due

FOUND = date(2026, 11, 21)


def due(desk: Desk, after: int = 0) -> Today:
    with desk.store.reading() as session:
        return what_is_due(session, FOUND + timedelta(days=after))


def with_deadlines(desk: Desk, **days: int) -> UUID:
    """A visit whose findings have to be mended after so many days; items as CS_03."""
    answers = [failed(item.replace("_", "-"), deadline=FOUND + timedelta(days=after)) for item, after in days.items()]
    return visit(desk, add(desk, number=None), *answers)


def happened(desk: Desk, item: str, kind: HazardEventKind) -> None:
    with desk.store.writing() as session:
        hazards.add_event(session, desk, session.scalars(select(Hazard).where(Hazard.item == item)).one(), kind)


def test_an_empty_day_asks_for_nothing(desk: Desk) -> None:
    day = due(desk)
    assert (day.overdue, day.due_today, day.due_this_week, day.not_on_paper, day.open_visits) == ([], [], [], [], [])
    assert (day.enterprises, day.open_hazards, day.major_hazards, day.later, day.unsent_changes) == (0, 0, 0, 0, 0)


def test_the_most_pressing_comes_first_and_each_list_has_its_bounds(desk: Desk) -> None:
    with_deadlines(desk, CS_03=0, CS_04=1, CS_05=7, CS_06=8)
    listed = {
        after: [[row.item for row in rows] for rows in (day.overdue, day.due_today, day.due_this_week)] + [day.later]
        for after in (0, 1, 2, 9)
        for day in [due(desk, after)]
    }
    assert listed == {
        0: [[], ["CS-03"], ["CS-04", "CS-05"], 1],
        1: [["CS-03"], ["CS-04"], ["CS-05", "CS-06"], 0],
        2: [["CS-03", "CS-04"], [], ["CS-05", "CS-06"], 0],
        9: [["CS-03", "CS-04", "CS-05", "CS-06"], [], [], 0],
    }


def test_days_left_are_counted_to_the_last_good_day(desk: Desk) -> None:
    with_deadlines(desk, CS_03=3)
    assert [due(desk, after).overdue == [] for after in (3, 4)] == [True, False]
    with desk.store.reading() as session:
        assert [hazards.rows(session, FOUND + timedelta(days=after))[0].days_left for after in (0, 3, 5)] == [3, 0, -2]


def test_what_was_closed_is_due_no_more_and_what_was_reopened_is_again(desk: Desk) -> None:
    with_deadlines(desk, CS_03=1, CS_04=1)
    happened(desk, "CS-03", HazardEventKind.CLOSED_OUT)
    assert [row.item for row in due(desk, 2).overdue] == ["CS-04"]
    happened(desk, "CS-03", HazardEventKind.REOPENED)
    assert [row.item for row in due(desk, 2).overdue] == ["CS-03", "CS-04"]


def test_an_extension_moves_the_deadline(desk: Desk) -> None:
    with_deadlines(desk, CS_03=1)
    with desk.store.writing() as session:
        hazard = session.scalars(select(Hazard)).one()
        detail = {"due": (FOUND + timedelta(days=5)).isoformat()}
        hazards.add_event(session, desk, hazard, HazardEventKind.EXTENDED, detail=detail)
    assert due(desk, 5).overdue == []
    assert [row.item for row in due(desk, 6).overdue] == ["CS-03"]


def test_findings_without_a_paper_and_checks_without_an_end_are_named(desk: Desk) -> None:
    first = with_deadlines(desk, CS_03=3)
    left = start(desk, add(desk, "样溪没查完厂（示例）", 5))
    day = due(desk)
    assert [row.item for row in day.not_on_paper] == ["CS-03"]
    assert [(one.inspection, one.enterprise) for one in day.open_visits] == [(left, "样溪没查完厂（示例）")]
    issue(desk, first)
    answer(desk, left, passed("CS-03"))
    finish(desk, left)
    day = due(desk)
    assert (day.not_on_paper, day.open_visits, day.open_hazards) == ([], [], 1)


def test_changes_since_setup_count_as_unsent(desk: Desk) -> None:
    before = due(desk).unsent_changes
    add(desk)
    assert before == 0
    assert due(desk).unsent_changes > 0


def test_a_list_is_narrowed_by_state_lateness_and_level(desk: Desk) -> None:
    issue(desk, with_deadlines(desk, CS_03=1))
    visit(
        desk, add(desk, number=2), failed("CS-30", deadline=FOUND), failed("CS-04", deadline=FOUND + timedelta(days=9))
    )
    with desk.store.reading() as session:
        listed = hazards.rows(session, FOUND + timedelta(days=2))

    def items(**wanted: object) -> list[str]:
        given = {"state": None, "overdue": False, "major": False} | wanted
        return [row.item for row in hazards.selected(listed, **given)]

    assert items() == ["CS-30", "CS-03", "CS-04"]
    assert items(state=HazardState.NOTIFIED) == ["CS-03"]
    assert items(overdue=True) == ["CS-30", "CS-03"]
    assert items(major=True) == ["CS-30"]
    assert items(major=True, state=HazardState.CLOSED) == []


@pytest.mark.parametrize("kind", HazardEventKind)
def test_every_event_of_a_hazard_has_a_label(kind: HazardEventKind) -> None:
    assert hazards.EVENT_LABELS[kind]
