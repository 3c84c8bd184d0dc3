"""Who keeps which enterprise (划片包干)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from office_steps import add, edit
from sqlalchemy import func, select

from safetydesk.models.tables import Assignment, Officer
from safetydesk.workflows import assignment, finding, officers
from safetydesk.workflows.assignment import Coverage, CoverIsOver, NobodyAssigned
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.finding import AmbiguousOfficer, UnknownOfficer
from safetydesk.workflows.naming import BadName
from safetydesk.workflows.officers import MarkTaken, OfficerExists

TODAY = date(2026, 11, 21)


def assign(desk: Desk, name: str, ids: Sequence[UUID], until: date | None = None) -> int:
    with desk.store.writing() as session:
        officer, _ = finding.officer_or_new(session, desk, name)
        return assignment.assign(session, desk, officer, ids, until)


def coverage(desk: Desk, on: date = TODAY) -> Coverage:
    with desk.store.reading() as session:
        return assignment.coverage(session, on)


def keeper(desk: Desk, enterprise_id: UUID, on: date = TODAY) -> str | None:
    with desk.store.reading() as session:
        return assignment.officer_names(session, [enterprise_id], on).get(enterprise_id)


@pytest.fixture
def shops(desk: Desk) -> list[UUID]:
    return [
        add(desk, f"样溪{number}厂（示例）", number, village="样岭村" if number < 3 else "样新社区")
        for number in (1, 2, 3)
    ]


def test_nobody_is_missed_or_the_missed_ones_are_named(desk: Desk, shops: list[UUID]) -> None:
    assign(desk, "赵示例", shops[:1])
    assign(desk, "钱示例", shops[1:2])
    found = coverage(desk)
    assert (found.enterprises, found.assigned, found.by_officer) == (3, 2, {"赵示例": 1, "钱示例": 1})
    assert [one.id for one in found.unassigned] == [shops[2]]


def test_a_village_goes_to_its_officer_whole(desk: Desk, shops: list[UUID]) -> None:
    with desk.store.reading() as session:
        assert set(assignment.of_village(session, " 样岭村 ")) == set(shops[:2])
        with pytest.raises(NobodyAssigned):
            assignment.of_village(session, "无此村")


def test_reassignment_is_a_further_event_and_the_newest_counts(desk: Desk, shops: list[UUID]) -> None:
    assert assign(desk, "赵示例", shops) == 3
    assert assign(desk, "钱示例", shops[:1]) == 1
    assert coverage(desk).by_officer == {"赵示例": 2, "钱示例": 1}
    with desk.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Assignment)) == 4


def test_what_an_officer_keeps_already_is_left_as_it_is(desk: Desk, shops: list[UUID]) -> None:
    assign(desk, "赵示例", shops[:2])
    assert assign(desk, "赵示例", [*shops, *shops]) == 1


def test_a_temporary_cover_ends_by_itself(desk: Desk, shops: list[UUID]) -> None:
    last = TODAY + timedelta(days=10)
    assign(desk, "赵示例", shops[:1])
    assign(desk, "钱示例", shops[:1], last)
    days = (TODAY, last, last + timedelta(days=1))
    assert [keeper(desk, shops[0], day) for day in days] == ["钱示例", "钱示例", "赵示例"]


def test_a_cover_of_what_nobody_keeps_leaves_it_to_nobody(desk: Desk, shops: list[UUID]) -> None:
    assign(desk, "钱示例", shops[:1], TODAY)
    assert coverage(desk).assigned == 1
    assert coverage(desk, TODAY + timedelta(days=1)).assigned == 0


def test_who_covers_for_a_while_can_be_given_it_for_good(desk: Desk, shops: list[UUID]) -> None:
    assign(desk, "赵示例", shops[:1])
    assign(desk, "钱示例", shops[:1], TODAY + timedelta(days=3))
    assert assign(desk, "钱示例", shops[:1]) == 1
    assert keeper(desk, shops[0], TODAY + timedelta(days=9)) == "钱示例"


def test_a_new_keeper_ends_a_cover_that_still_runs(desk: Desk, shops: list[UUID]) -> None:
    assign(desk, "赵示例", shops[:1])
    assign(desk, "钱示例", shops[:1], TODAY + timedelta(days=3))
    assign(desk, "孙示例", shops[:1])
    assert keeper(desk, shops[0]) == "孙示例"


def test_a_cover_that_would_be_over_before_it_begins_is_refused(desk: Desk, shops: list[UUID]) -> None:
    with pytest.raises(CoverIsOver):
        assign(desk, "钱示例", shops, TODAY - timedelta(days=1))


def test_the_wish_of_a_ledger_field_is_an_assignment(desk: Desk, shops: list[UUID]) -> None:
    edit(desk, shops[0], "officer=赵示例")
    edit(desk, shops[0], "officer=")
    assert keeper(desk, shops[0]) == "赵示例"


def test_an_officer_needs_a_name_that_can_be_printed(desk: Desk) -> None:
    for name in ("", "  ", "长" * 101, "王\x07"):
        with pytest.raises(BadName):
            assign(desk, name, [])
        with pytest.raises(BadName), desk.store.writing() as session:
            officers.add(session, desk, name, None, None)


def test_a_name_with_a_stray_blank_is_the_officer_that_is_there(desk: Desk, shops: list[UUID]) -> None:
    assign(desk, "赵示例", shops[:1])
    assign(desk, " 赵示例 ", shops[1:])
    assert coverage(desk).by_officer == {"赵示例": 3}


def test_two_officers_of_one_name_are_never_taken_for_each_other(desk: Desk, shops: list[UUID]) -> None:
    with desk.store.writing() as session:
        session.add_all(
            Officer(id=UUID(int=number), enterprise_id=UUID(int=9), unit_id=desk.unit_id, name="双示例", role="officer")
            for number in (1, 2)
        )
    with pytest.raises(AmbiguousOfficer):
        assign(desk, "双示例", shops)


def test_an_unknown_officer_is_named_with_those_who_are_known(desk: Desk) -> None:
    with desk.store.reading() as session, pytest.raises(UnknownOfficer) as refused:
        finding.officer(session, "无此人")
    assert refused.value.facts["known"] == "王示例"


def test_two_officers_never_share_a_name_or_a_mark(desk: Desk) -> None:
    def add_officer(name: str, mark: str | None) -> Any:
        with desk.store.writing() as session:
            return officers.add(session, desk, name, "B-1", mark)

    add_officer("赵示例", "赵")
    with pytest.raises(OfficerExists):
        add_officer("赵示例", None)
    with pytest.raises(MarkTaken) as refused:
        add_officer("赵二示例", " 赵 ")
    assert refused.value.facts["name"] == "赵示例"
    with desk.store.reading() as session:
        assert [one.name for one in officers.all_officers(session)] == ["王示例", "赵示例"]
