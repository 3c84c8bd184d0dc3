"""The beginning of a check: what is offered, which checklists are proposed and why, who comes along."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from conftest import Office
from office_steps import add, answer, failed, finish, passed, start, visit

from safetydesk.domain.kinds import InspectionKind, Result
from safetydesk.workflows import beginning, inspection_view, objects, officers
from safetydesk.workflows.answering import AnswerInput, InspectionFinished
from safetydesk.workflows.beginning import Because, Beginning, Colleague, OfferedEnterprise, UnfinishedVisit
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.finding import UnknownEnterprise, enterprise, inspection
from safetydesk.workflows.inspections import SameInspector
from safetydesk.workflows.naming import BadName


def begin(desk: Desk, enterprise_id: UUID) -> Beginning:
    with desk.store.reading() as session:
        return beginning.beginning(session, desk, enterprise_id)


def begun(desk: Desk, enterprise_id: UUID, second: Colleague | None = None) -> UUID:
    with desk.store.writing() as session:
        return beginning.start(session, desk, enterprise_id, "hot-work", InspectionKind.SPECIAL, second)[1]


def unfinished(desk: Desk) -> tuple[UnfinishedVisit, ...]:
    with desk.store.reading() as session:
        return beginning.unfinished(session)


def offered(desk: Desk) -> tuple[OfferedEnterprise, ...]:
    with desk.store.reading() as session:
        return beginning.offered(session, desk)


def test_checklists_made_for_the_flags_of_an_enterprise_stand_first_with_the_reason(desk: Desk) -> None:
    offers = begin(desk, add(desk, flags="粉尘涉爆")).checklists
    assert [(one.id, one.flags) for one in offers if one.is_proposed] == [
        ("dust-explosion", ("粉尘涉爆",)),
        ("hot-work", ("粉尘涉爆",)),
    ]
    assert [one.id for one in offers if not one.is_proposed] == ["confined-space"]


def test_a_high_risk_object_speaks_for_its_checklist_too(desk: Desk) -> None:
    enterprise_id = add(desk)
    assert not any(one.is_proposed for one in begin(desk, enterprise_id).checklists)
    with desk.store.writing() as session:
        objects.add(session, desk, enterprise(session, str(enterprise_id)), "有限空间", "调节池", [])
    assert begin(desk, enterprise_id).checklists[0].flags == ("有限空间",)


def test_what_was_walked_here_last_is_proposed_first(office: Office) -> None:
    desk = office.set_up()
    enterprise_id = add(desk, flags="有限空间")
    visit(desk, enterprise_id, passed("DE-01"), template="dust-explosion")
    first = begin(desk, enterprise_id).checklists[0]
    assert (first.id, first.last_used_on) == ("dust-explosion", desk.today())


def test_an_enterprise_brings_what_the_officer_wants_to_see_before_the_door(desk: Desk) -> None:
    enterprise_id = add(desk, address="样岭村1号", principal="陈示例", phone="19400000011")
    visit(desk, enterprise_id, failed("CS-03"))
    seen = begin(desk, enterprise_id)
    assert (seen.address, seen.principal, seen.phone) == ("样岭村1号", "陈示例", "19400000011")
    assert (seen.open_hazards, seen.last_visit_on, seen.unfinished) == (1, desk.today(), ())
    with desk.store.reading() as session, pytest.raises(UnknownEnterprise):
        beginning.beginning(session, desk, uuid4())


def test_the_colleague_of_last_time_is_remembered_and_others_are_offered(desk: Desk) -> None:
    with desk.store.writing() as session:
        officers.add(session, desk, "赵示例", "A-003", "赵")
    enterprise_id = add(desk)
    with desk.store.reading() as session:
        assert beginning.crew(session, desk).second is None
    begun(desk, enterprise_id, Colleague("李示例", "A-002"))
    with desk.store.reading() as session:
        crew = beginning.crew(session, desk)
    assert (crew.name, crew.badge, crew.second) == ("王示例", "A-001", Colleague("李示例", "A-002"))
    assert crew.colleagues == (Colleague("赵示例", "A-003"),)


def test_a_check_is_begun_with_its_kind_and_the_second_inspector(desk: Desk) -> None:
    visit_id = begun(desk, add(desk), Colleague(" 李示例 ", ""))
    with desk.store.reading() as session:
        seen = inspection_view.view(session, inspection(session, str(visit_id)))
    assert (seen["kind"], seen["template"]) == ("special", "hot-work")
    assert seen["inspectors"][1] == {"name": "李示例", "badge": None}
    with pytest.raises(SameInspector):
        begun(desk, add(desk, "样溪别家（示例）", 2), Colleague("王示例", "A-001"))
    with pytest.raises(BadName):
        begun(desk, add(desk, "样溪三家（示例）", 3), Colleague("李\t" + "长" * 200, None))


def test_an_unfinished_check_waits_with_how_far_it_is(desk: Desk) -> None:
    enterprise_id = add(desk)
    visit_id = start(desk, enterprise_id)
    answer(desk, visit_id, passed("CS-04"), failed("CS-03"), AnswerInput("CS-05", Result.UNCHECKED))
    (waiting,) = unfinished(desk)
    assert (waiting.inspection_id, waiting.answered, waiting.items) == (visit_id, 2, 50)
    assert begin(desk, enterprise_id).unfinished == (waiting,)
    finish(desk, visit_id)
    assert unfinished(desk) == ()


def test_a_check_begun_by_mistake_is_laid_aside_and_can_be_taken_up_again(desk: Desk) -> None:
    visit_id = start(desk, add(desk))
    answer(desk, visit_id, passed("CS-04"))
    with desk.store.writing() as session:
        beginning.give_up(session, desk, visit_id)
    assert unfinished(desk) == ()
    with desk.store.writing() as session:
        beginning.take_up(session, visit_id)
    assert [one.answered for one in unfinished(desk)] == [1]
    finish(desk, visit_id)
    with pytest.raises(InspectionFinished), desk.store.writing() as session:
        beginning.give_up(session, desk, visit_id)


def test_what_is_due_is_offered_before_where_one_was_last(office: Office) -> None:
    desk = office.set_up()
    later = add(desk, "样溪以后（示例）", 1)
    due = add(desk, "样溪到期（示例）", 2)
    seen = add(desk, "样溪去过（示例）", 3)
    add(desk, "样溪没去（示例）", 4)
    visit(desk, due, failed("CS-03", deadline=desk.today() + timedelta(days=3)))
    visit(desk, later, failed("CS-03", deadline=desk.today() + timedelta(days=29)))
    visit(desk, seen, passed("CS-04"))
    offers = offered(desk)
    assert [(one.id, one.because) for one in offers] == [
        (due, Because.DUE),
        (seen, Because.RECENT),
        (later, Because.RECENT),
    ]
    assert (offers[0].days_left, offers[0].hazards) == (3, 1)
    office.clock.moment += timedelta(days=4)
    assert (offered(desk)[0].because, offered(desk)[0].days_left) == (Because.OVERDUE, -1)


def test_a_search_offers_enterprises_by_a_piece_of_their_name(desk: Desk) -> None:
    wanted = add(desk, "样溪木器厂（示例）", 1)
    add(desk, "样岭纸业（示例）", 2)
    with desk.store.reading() as session:
        assert [(one.id, one.because) for one in beginning.found(session, "木器")] == [(wanted, Because.FOUND)]


def test_high_risk_enterprises_where_nobody_was_are_offered_while_there_is_room(desk: Desk) -> None:
    add(desk, "样溪无险（示例）", 1)
    risky = add(desk, "样溪有险（示例）", 2, flags="有限空间")
    assert [(one.id, one.because) for one in offered(desk)] == [(risky, Because.NEW)]
    visit(desk, risky, passed("CS-04"))
    assert [one.because for one in offered(desk)] == [Because.RECENT]
