"""The end of a check: its figures, its problems as they will be printed, and what follows."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from office_steps import PHOTO, add, answer, failed, finish, hazards_of, passed, put, start

from safetydesk.catalog.checklists import shipped_checklists
from safetydesk.domain.checklist import Concerns
from safetydesk.domain.deadlines import DueBeforeInspection
from safetydesk.domain.kinds import Level, PaperKind, Result
from safetydesk.workflows import finding, finishing, objects
from safetydesk.workflows.answering import AnswerInput, InspectionFinished, ReadingInput
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.finishing import Ending, FoundProblem
from safetydesk.workflows.inspections import NothingAnswered


def ending(desk: Desk, visit_id: UUID) -> Ending:
    with desk.store.reading() as session:
        return finishing.ending(session, visit_id)


def decide(desk: Desk, visit_id: UUID, problem: FoundProblem, **given: object) -> None:
    values = {"level": problem.own_level, "due": problem.own_due} | given
    with desk.store.writing() as session:
        finishing.decide(session, desk, visit_id, problem, **values)  # type: ignore[arg-type]


@pytest.fixture
def going_on(desk: Desk) -> UUID:
    visit_id = start(desk, add(desk))
    answer(desk, visit_id, failed("CS-05"), failed("CS-03", place="调节池"), passed("CS-04"))
    answer(desk, visit_id, AnswerInput("CS-06", Result.NOT_APPLICABLE), AnswerInput("CS-07", Result.UNCHECKED))
    return visit_id


def test_every_item_counts_once_and_the_unchecked_ones_are_named(desk: Desk, going_on: UUID) -> None:
    seen = ending(desk, going_on)
    assert dict(seen.counts) == {
        Result.PASS: 1,
        Result.FAIL: 2,
        Result.NOT_APPLICABLE: 1,
        Result.UNCHECKED: 46,
    }
    named = [one.item for one in seen.unchecked]
    assert len(named) == 46
    assert "CS-07" in named
    assert all(one.text and one.section for one in seen.unchecked)


def test_the_problems_are_those_that_finishing_writes_down(desk: Desk, going_on: UUID) -> None:
    with desk.store.writing() as session:
        enterprise_id = finding.inspection(session, str(going_on)).enterprise_id
        pit = objects.add(session, desk, finding.enterprise(session, str(enterprise_id)), "有限空间", "二号池", [])
    readings = [ReadingInput(18.2, "%VOL", "O2")]
    answer(desk, going_on, failed("CS-20", object=pit, readings=readings, note="探头未标定"))
    seen = ending(desk, going_on)
    finish(desk, going_on)
    stored = hazards_of(desk, going_on)
    assert [one.item for one in seen.problems] == sorted(stored)
    for problem in seen.problems:
        hazard = stored[problem.item]
        told = (hazard.text, hazard.place, hazard.measure, hazard.level, hazard.level_reason, hazard.due)
        assert told == (problem.text, problem.place, problem.measure, problem.level, problem.level_reason, problem.due)


@pytest.mark.parametrize("checklist", shipped_checklists())
def test_every_item_of_every_checklist_is_told_as_it_will_be_written(file_desk: Desk, checklist: str) -> None:
    visit_id = start(file_desk, add(file_desk), checklist)
    answer(file_desk, visit_id, *(failed(item.id, note="现场") for item in shipped_checklists()[checklist].items))
    seen = ending(file_desk, visit_id)
    own = [one.id for one in shipped_checklists()[checklist].items if one.concerns is Concerns.OFFICER]
    assert [one.item for one in seen.reminders] == own
    finish(file_desk, visit_id)
    stored = hazards_of(file_desk, visit_id)
    assert {one.item: (one.text, one.level, one.due) for one in seen.problems} == {
        item: (hazard.text, hazard.level, hazard.due) for item, hazard in stored.items()
    }


def test_level_and_deadline_are_decided_at_the_end_and_given_back_to_the_rules(desk: Desk, going_on: UUID) -> None:
    first = ending(desk, going_on).problems[0]
    other = Level.GENERAL if first.level is Level.MAJOR else Level.MAJOR
    due = desk.today() + timedelta(days=45)
    decide(desk, going_on, first, level=other, due=due)
    after = ending(desk, going_on).problems[0]
    assert (after.level, after.due, after.days, after.is_long) == (other, due, 45, True)
    assert (after.text, after.place) == (first.text, first.place)
    decide(desk, going_on, after, level=None, due=None)
    assert ending(desk, going_on).problems[0] == first


def test_a_deadline_before_the_check_is_refused(desk: Desk, going_on: UUID) -> None:
    first = ending(desk, going_on).problems[0]
    with pytest.raises(DueBeforeInspection):
        decide(desk, going_on, first, due=desk.today() - timedelta(days=1))


def test_which_paper_follows_goes_by_the_power_of_the_unit(desk: Desk, going_on: UUID) -> None:
    assert ending(desk, going_on).papers == (PaperKind.ADVICE,)
    put(desk, "unit.power", "full")
    assert ending(desk, going_on).papers == (PaperKind.RECTIFICATION,)
    clean = start(desk, add(desk, "样溪好厂（示例）", 2))
    answer(desk, clean, passed("CS-04"))
    assert ending(desk, clean).papers == ()


def test_photos_are_counted_where_they_belong(file_desk: Desk) -> None:
    visit_id = start(file_desk, add(file_desk))
    answer(file_desk, visit_id, failed("CS-03", photos=[PHOTO]), failed("CS-05"))
    seen = ending(file_desk, visit_id)
    assert (seen.photos, [one.photos for one in seen.problems]) == (1, [1, 0])


def test_a_check_without_an_answer_is_not_ended(desk: Desk) -> None:
    visit_id = start(desk, add(desk))
    assert ending(desk, visit_id).is_empty
    with pytest.raises(NothingAnswered), desk.store.writing() as session:
        finishing.finish(session, desk, visit_id)


def test_an_ended_check_says_so_and_is_not_ended_twice(desk: Desk, going_on: UUID) -> None:
    with desk.store.writing() as session:
        changes, found = finishing.finish(session, desk, going_on)
    assert (changes.hazards, changes.inspections, found) == (True, True, 2)
    seen = ending(desk, going_on)
    assert seen.is_finished
    with pytest.raises(InspectionFinished), desk.store.writing() as session:
        finishing.finish(session, desk, going_on)
    with pytest.raises(InspectionFinished):
        decide(desk, going_on, seen.problems[0], level=Level.GENERAL)
