"""The first screen: everything that is to be done, in the order of the law."""

from __future__ import annotations

from datetime import date, timedelta

from conftest import Office
from office_steps import add, answer, failed, finish, hazards_of, issue, passed, start, visit

from safetydesk.domain.hazards import HazardEventKind, HazardState
from safetydesk.domain.kinds import Level
from safetydesk.models.tables import Hazard
from safetydesk.workflows import hazards, rechecking
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.rechecking import Outcome, Recheck
from safetydesk.workflows.today import Band, Day, DayTask, NextVisit
from safetydesk.workflows.today import day as what_is_to_be_done

TODAY = date(2026, 11, 21)


def due(desk: Desk, after: int = 0) -> Day:
    with desk.store.reading() as session:
        return what_is_to_be_done(session, TODAY + timedelta(after))


def told(day: Day) -> list[tuple[Band, DayTask, str, int | None]]:
    return [(line.band, line.task, line.enterprise, line.days_left) for line in day.lines]


def noticed(desk: Desk, name: str, *days: int) -> None:
    """A visit with a paper over findings that are due after so many days."""
    answers = [failed(f"CS-{n:02d}", deadline=TODAY + timedelta(after)) for n, after in enumerate(days, 3)]
    issue(desk, visit(desk, add(desk, name, number=None), *answers))


def test_without_enterprises_nothing_is_asked_and_nobody_proposed(desk: Desk) -> None:
    day = due(desk)
    assert (day.lines, day.enterprises, day.open_hazards, day.major_hazards, day.next_visit) == ([], 0, 0, 0, None)


def test_deadlines_stand_in_their_band_the_most_pressing_first(desk: Desk) -> None:
    noticed(desk, "甲厂（示例）", 0, 1, 3, 9, 12)
    day = due(desk, 2)
    assert told(day) == [
        (Band.OVERDUE, DayTask.RECHECK, "甲厂（示例）", -2),
        (Band.OVERDUE, DayTask.RECHECK, "甲厂（示例）", -1),
        (Band.WEEK, DayTask.RECHECK, "甲厂（示例）", 1),
        (Band.WEEK, DayTask.RECHECK, "甲厂（示例）", 7),
        (Band.LATER, DayTask.RECHECK, "甲厂（示例）", 10),
    ]
    assert day.of(Band.LATER) == [day.lines[-1]]


def test_findings_without_a_paper_are_one_line_a_visit_and_belong_to_this_day(desk: Desk) -> None:
    inspection_id = visit(
        desk, add(desk), failed("CS-03", deadline=TODAY + timedelta(9)), failed("CS-30", deadline=TODAY + timedelta(3))
    )
    (line,) = due(desk).lines
    assert (line.band, line.task, line.id, line.count, line.level) == (
        Band.TODAY,
        DayTask.ISSUE,
        inspection_id,
        2,
        Level.MAJOR,
    )
    assert (line.due, line.days_left, line.since) == (TODAY + timedelta(3), 3, TODAY)
    assert [one.band for one in due(desk, 4).lines] == [Band.OVERDUE]
    issue(desk, inspection_id)
    assert {one.task for one in due(desk).lines} == {DayTask.RECHECK}


def test_a_check_without_an_end_is_to_be_continued_today_before_anything_else_of_today(desk: Desk) -> None:
    noticed(desk, "甲厂（示例）", 0)
    left = start(desk, add(desk, "乙厂（示例）", 5))
    visit(desk, add(desk, "丙厂（示例）", 6), failed("CS-03"))
    day = due(desk)
    assert [(line.task, line.enterprise) for line in day.lines] == [
        (DayTask.CONTINUE, "乙厂（示例）"),
        (DayTask.ISSUE, "丙厂（示例）"),
        (DayTask.RECHECK, "甲厂（示例）"),
    ]
    assert (day.lines[0].id, day.lines[0].since, day.lines[0].days_left) == (left, TODAY, None)
    answer(desk, left, passed("CS-03"))
    finish(desk, left)
    assert DayTask.CONTINUE not in {line.task for line in due(desk).lines}


def test_what_was_transferred_is_looked_at_and_asks_for_no_notice(desk: Desk) -> None:
    inspection_id = visit(desk, add(desk), failed("CS-03"))
    hazard_id = hazards_of(desk, inspection_id)["CS-03"].id
    with desk.store.writing() as session:
        hazards.add_event(session, desk, session.get_one(Hazard, hazard_id), HazardEventKind.TRANSFERRED)
    (line,) = due(desk).lines
    assert (line.task, line.state) == (DayTask.RECHECK, HazardState.TRANSFERRED)


def test_the_figures_count_what_is_open(desk: Desk) -> None:
    inspection_id = visit(desk, add(desk), failed("CS-03"), failed("CS-30"))
    day = due(desk)
    assert (day.enterprises, day.open_hazards, day.major_hazards) == (1, 2, 1)
    assert day.unsent_changes > 0
    with desk.store.writing() as session:
        found = hazards_of(desk, inspection_id)["CS-30"].id
        rechecking.recheck(session, desk, found, Recheck(Outcome.CLOSED, "县局核查同意"))
    assert (due(desk).open_hazards, due(desk).major_hazards) == (1, 0)


def test_a_day_that_presses_for_nothing_proposes_who_was_never_visited_the_riskier_first(desk: Desk) -> None:
    noticed(desk, "甲厂（示例）", 20)
    add(desk, "乙厂（示例）", None, risk="蓝")
    riskier = add(desk, "丙厂（示例）", None, risk="红", village="青石村")
    add(desk, "丁厂（示例）", None, risk="红", operating_state="注销")
    assert due(desk).next_visit == NextVisit(riskier, "丙厂（示例）", "青石村", "红", None)
    assert due(desk, 19).next_visit is None  # something is due within a week


def test_among_the_visited_the_one_longest_ago_is_proposed(office: Office) -> None:
    desk = office.set_up()
    for name in ("甲厂（示例）", "乙厂（示例）"):
        visit(desk, add(desk, name, None), passed("CS-03"))
        office.clock.moment += timedelta(days=1)
    proposed = due(desk, 2).next_visit
    assert proposed is not None
    assert (proposed.enterprise, proposed.last_on) == ("甲厂（示例）", TODAY)
