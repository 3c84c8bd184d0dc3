"""The list of hazards and the card of one, as the window shows them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from conftest import Office
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_steps import PHOTO, add, answer, failed, finish, hazards_of, issue, issue_over, start, visit, void
from sqlalchemy import select

from safetydesk.domain.hazards import HazardEventKind, HazardState
from safetydesk.domain.ids import new_id
from safetydesk.domain.kinds import Level, PaperKind
from safetydesk.models.tables import Hazard, HazardEvent, ReplicaNumber
from safetydesk.workflows import hazard_card, hazard_list, hazards, rechecking
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.finding import UnknownHazard
from safetydesk.workflows.hazard_card import HazardCard, Verb
from safetydesk.workflows.hazard_list import FILTER_LABELS, HazardFilter, HazardOrder, ListedHazard
from safetydesk.workflows.rechecking import Outcome, Recheck

TODAY = date(2026, 11, 21)
F = HazardFilter
K = HazardEventKind


def after(days: int) -> date:
    return TODAY + timedelta(days)


def counted(desk: Desk, text: str = "", on: date = TODAY) -> dict[HazardFilter, int]:
    with desk.store.reading() as session:
        return hazard_list.counts(session, on, text)


def listed(desk: Desk, which: HazardFilter = F.OPEN, text: str = "", on: date = TODAY) -> list[ListedHazard]:
    with desk.store.reading() as session:
        return hazard_list.rows(session, on, hazard_list.keys(session, on, which, text))


def items(desk: Desk, which: HazardFilter = F.OPEN, text: str = "", on: date = TODAY) -> list[str]:
    return [row.item for row in listed(desk, which, text, on)]


def ordered(desk: Desk, order: HazardOrder, *, descending: bool = False, which: HazardFilter = F.ALL) -> list[str]:
    with desk.store.reading() as session:
        ids = hazard_list.keys(session, TODAY, which, "", order, descending=descending)
        return [row.item for row in hazard_list.rows(session, TODAY, ids)]


def card(desk: Desk, hazard_id: UUID) -> HazardCard:
    with desk.store.reading() as session:
        return hazard_card.card(session, desk, hazard_id)


def looked(desk: Desk, hazard_id: UUID, outcome: Outcome = Outcome.CLOSED) -> None:
    with desk.store.writing() as session:
        rechecking.recheck(session, desk, hazard_id, Recheck(outcome, "看了现场"))


def happened(desk: Desk, hazard_id: UUID, kind: HazardEventKind, **more: object) -> None:
    with desk.store.writing() as session:
        hazards.add_event(session, desk, session.get_one(Hazard, hazard_id), kind, **more)  # type: ignore[arg-type]


@pytest.fixture
def patch(desk: Desk) -> dict[str, UUID]:
    """Hazards in every state: by item."""
    noticed = visit(
        desk,
        add(desk, "样溪甲厂（示例）", 1),
        failed("CS-03", deadline=after(-0), place="调节池"),
        failed("CS-04", deadline=after(1)),
        failed("CS-05", deadline=after(7)),
        failed("CS-06", deadline=after(8)),
    )
    issue(desk, noticed)
    loose = visit(
        desk, add(desk, "样溪乙厂（示例）", 2), failed("CS-30", deadline=after(2)), failed("CS-07", deadline=after(7))
    )
    ids = {item: row.id for one in (noticed, loose) for item, row in hazards_of(desk, one).items()}
    looked(desk, ids["CS-06"])
    with desk.store.writing() as session:
        hazards.withdraw(session, desk, session.get_one(Hazard, ids["CS-07"]), "看错了")
    return ids


def test_an_empty_list_counts_nothing(desk: Desk) -> None:
    assert counted(desk) == dict.fromkeys(HazardFilter, 0)
    assert items(desk, F.ALL) == []


def test_each_filter_shows_what_it_counts(desk: Desk, patch: dict[str, UUID]) -> None:
    shown = {which: items(desk, which) for which in HazardFilter}
    assert shown == {
        F.OPEN: ["CS-03", "CS-04", "CS-30", "CS-05"],
        F.OVERDUE: [],
        F.TODAY: ["CS-03"],
        F.WEEK: ["CS-04", "CS-30", "CS-05"],
        F.MAJOR: ["CS-30"],
        F.NOT_ON_PAPER: ["CS-30"],
        F.CLOSED: ["CS-06"],
        F.ALL: ["CS-03", "CS-04", "CS-30", "CS-05", "CS-07", "CS-06"],
    }
    assert counted(desk) == {which: len(found) for which, found in shown.items()}
    assert items(desk, F.OVERDUE, on=after(2)) == ["CS-03", "CS-04"]
    assert counted(desk, on=after(2))[F.OVERDUE] == 2


def test_words_narrow_list_and_counts_by_hazard_place_item_and_enterprise(desk: Desk, patch: dict[str, UUID]) -> None:
    assert items(desk, text="甲厂") == ["CS-03", "CS-04", "CS-05"]
    assert items(desk, text="调节池 甲厂") == ["CS-03"]
    assert items(desk, text="cs-30") == ["CS-30"]
    assert items(desk, text="甲厂 cs-30") == []
    assert items(desk, text="%") == []
    assert items(desk, text="甲厂\0\ud800") == ["CS-03", "CS-04", "CS-05"]
    assert counted(desk, "乙厂")[F.ALL] == 2
    assert counted(desk, "乙厂")[F.CLOSED] == 0


def test_the_list_sorts_both_ways_and_what_is_equal_stays_by_urgency(desk: Desk, patch: dict[str, UUID]) -> None:
    assert ordered(desk, HazardOrder.LEVEL)[0] == "CS-30"
    assert ordered(desk, HazardOrder.ENTERPRISE)[:2] == ["CS-30", "CS-07"]
    assert ordered(desk, HazardOrder.ENTERPRISE, descending=True)[-2:] == ["CS-30", "CS-07"]
    assert ordered(desk, HazardOrder.DUE, descending=True, which=F.OPEN) == ["CS-05", "CS-30", "CS-04", "CS-03"]
    assert ordered(desk, HazardOrder.STATE)[-2:] == ["CS-06", "CS-07"]  # closed, withdrawn


@pytest.mark.parametrize("order", HazardOrder)
def test_every_order_lists_every_hazard_once(desk: Desk, patch: dict[str, UUID], order: HazardOrder) -> None:
    assert sorted(ordered(desk, order)) == sorted(patch)


def test_rows_come_in_the_order_asked_and_strangers_are_left_out(desk: Desk, patch: dict[str, UUID]) -> None:
    with desk.store.reading() as session:
        found = hazard_list.rows(session, TODAY, [patch["CS-30"], uuid4(), patch["CS-03"]])
    assert [row.item for row in found] == ["CS-30", "CS-03"]


def test_a_row_says_level_state_deadline_and_whether_a_paper_names_it(desk: Desk, patch: dict[str, UUID]) -> None:
    row = next(one for one in listed(desk) if one.item == "CS-30")
    assert (row.level, row.level_label, row.state_label, row.due, row.days_left, row.is_on_paper) == (
        Level.MAJOR,
        "疑似重大",
        "待下文书",
        after(2),
        2,
        False,
    )
    closed = next(one for one in listed(desk, F.CLOSED))
    assert (closed.state, closed.days_left, closed.is_on_paper) == (HazardState.CLOSED, None, True)


def test_a_voided_paper_leaves_its_hazards_without_one(desk: Desk) -> None:
    inspection_id = visit(desk, add(desk), failed("CS-03"))
    number = issue(desk, inspection_id).number
    assert items(desk, F.NOT_ON_PAPER) == []
    void(desk, number)
    assert items(desk, F.NOT_ON_PAPER) == ["CS-03"]


def test_a_recheck_without_a_paper_does_not_hide_that_the_paper_is_missing(desk: Desk) -> None:
    inspection_id = visit(desk, add(desk), failed("CS-03"))
    looked(desk, hazards_of(desk, inspection_id)["CS-03"].id, Outcome.OPEN)
    assert items(desk, F.NOT_ON_PAPER) == ["CS-03"]


def test_a_close_out_that_had_not_seen_a_failure_elsewhere_closes_nothing(desk: Desk, patch: dict[str, UUID]) -> None:
    """Two replicas: here it was closed, there somebody failed it in the same state."""
    hazard_id = patch["CS-05"]
    with desk.store.writing() as session:
        session.add(ReplicaNumber(number=7, replica=uuid4()))
        seen = [head.hex for head in hazards.lives(session, [session.get_one(Hazard, hazard_id)])[hazard_id].heads]
    looked(desk, hazard_id)
    assert "CS-05" in items(desk, F.CLOSED)
    with desk.store.writing() as session:
        row = session.get_one(Hazard, hazard_id)
        session.add(
            HazardEvent(
                id=new_id(desk.now()), enterprise_id=row.enterprise_id, hazard_id=hazard_id, kind=K.REINSPECTED_OPEN,
                happened_on=TODAY, detail={}, seen=seen, stamp=row.stamp + 1, writer=7,
            )
        )  # fmt: skip
    assert "CS-05" in items(desk, F.OPEN)
    assert "CS-05" not in items(desk, F.CLOSED)
    assert counted(desk)[F.OPEN] == 4


@pytest.mark.parametrize("kind", [K.NOTICE_VOIDED, K.TRANSFERRED, K.NOTICE_ISSUED, K.REOPENED])
def test_whatever_comes_after_a_close_out_is_not_overlooked(
    desk: Desk, patch: dict[str, UUID], kind: HazardEventKind
) -> None:
    happened(desk, patch["CS-06"], kind)
    assert "CS-06" in items(desk, F.OPEN)
    assert "CS-06" not in items(desk, F.CLOSED)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(K)), max_size=6), st.integers(0, 20))
def test_the_quick_lists_agree_with_the_state_function(
    shared_desk: Desk, happenings: list[HazardEventKind], days: int
) -> None:
    desk = shared_desk
    inspection_id = visit(desk, add(desk, number=None), failed("CS-03", deadline=TODAY + timedelta(3)))
    hazard_id = hazards_of(desk, inspection_id)["CS-03"].id
    for kind in happenings:
        moves = kind in (K.EXTENDED, K.REINSPECTED_OPEN)
        happened(desk, hazard_id, kind, detail={"due": (TODAY + timedelta(days)).isoformat()} if moves else None)
    with desk.store.reading() as session:
        life = hazards.lives(session, [session.get_one(Hazard, hazard_id)])[hazard_id]
        for on in (TODAY, TODAY + timedelta(10)):
            belongs = {which for which in F if hazard_id in hazard_list.keys(session, on, which)}
            counts = hazard_list.counts(session, on)
            assert counts == {which: len(hazard_list.keys(session, on, which)) for which in F}
            left = life.days_left(on)
            wanted = {F.ALL} | ({F.CLOSED} if life.state is HazardState.CLOSED else set())
            if left is not None:
                wanted |= {F.OPEN, F.NOT_ON_PAPER}
                wanted |= {F.OVERDUE} if left < 0 else {F.TODAY} if left == 0 else {F.WEEK} if left <= 7 else set()
            assert belongs - {F.NOT_ON_PAPER} == wanted - {F.NOT_ON_PAPER}


def test_filters_have_words(desk: Desk) -> None:
    assert set(FILTER_LABELS) == set(HazardFilter)


def test_the_card_tells_everything_of_a_hazard(desk: Desk) -> None:
    enterprise_id = add(desk, "样溪丙厂（示例）", 3, contact="赵示例", phone="13800000001", village="青石村")
    inspection_id = visit(desk, enterprise_id, failed("CS-30", deadline=after(2), photos=[PHOTO], place="污水站"))
    number = issue(desk, inspection_id).number
    shown = card(desk, hazards_of(desk, inspection_id)["CS-30"].id)
    assert (shown.enterprise.name, shown.enterprise.person, shown.enterprise.phone) == (
        "样溪丙厂（示例）",
        "赵示例",
        "13800000001",
    )
    assert (shown.checklist, shown.inspectors) == ("有限空间作业", "王示例、李示例")
    assert shown.hazard.level is Level.MAJOR
    assert shown.criteria
    assert shown.level_reason
    assert shown.basis
    assert shown.measure
    assert [(one.number, one.kind_label, one.is_voided) for one in shown.papers] == [(number, "限期整改意见书", False)]
    assert [one.name for one in shown.photos] == [PHOTO.name]
    assert [(one.label, one.who, one.paper) for one in shown.history] == [
        ("检查发现", "王示例", None),
        ("下达文书", "王示例", number),
    ]


def test_the_phone_of_the_card_is_of_whoever_has_one(desk: Desk) -> None:
    enterprise_id = add(desk, number=None, contact="赵示例", principal="钱示例", principal_phone="13800000002")
    inspection_id = visit(desk, enterprise_id, failed("CS-03"))
    shown = card(desk, hazards_of(desk, inspection_id)["CS-03"].id)
    assert (shown.enterprise.person, shown.enterprise.phone) == ("钱示例", "13800000002")


def test_basis_that_nobody_saw_in_the_original_is_told_apart(desk: Desk) -> None:
    inspection_id = visit(desk, add(desk), *(failed(f"CS-{n:02d}") for n in range(1, 51)))
    with desk.store.reading() as session:
        stored = {row.id: row.basis for row in session.scalars(select(Hazard))}
        cards = [hazard_card.card(session, desk, one) for one in stored]
    assert inspection_id
    assert {one.is_verified for shown in cards for one in shown.basis} == {True, False}
    for shown in cards:
        assert [one.is_verified for one in shown.basis] == [one["verified"] for one in stored[shown.hazard.id]]


def test_what_can_be_done_follows_from_state_and_papers(desk: Desk, patch: dict[str, UUID]) -> None:
    verbs = {item: card(desk, patch[item]).verbs for item in ("CS-03", "CS-30", "CS-06", "CS-07")}
    assert verbs == {
        "CS-03": {Verb.RECHECK, Verb.EXTEND},
        "CS-30": {Verb.RECHECK, Verb.CORRECT, Verb.WITHDRAW, Verb.ISSUE},
        "CS-06": {Verb.REOPEN},
        "CS-07": {Verb.REOPEN},
    }


def test_every_verb_that_the_card_offers_is_carried_out(office: Office) -> None:
    desk = office.set_up()
    for verb in Verb:
        inspection_id = visit(desk, add(desk, number=None), failed("CS-03", deadline=after(2)))
        hazard_id = hazards_of(desk, inspection_id)["CS-03"].id
        if verb is Verb.EXTEND:
            issue(desk, inspection_id)
        if verb is Verb.REOPEN:
            looked(desk, hazard_id)
        assert verb in card(desk, hazard_id).verbs
        with desk.store.writing() as session:
            hazard = session.get_one(Hazard, hazard_id)
            match verb:
                case Verb.RECHECK:
                    rechecking.recheck(session, desk, hazard_id, Recheck(Outcome.CLOSED))
                case Verb.EXTEND:
                    rechecking.extend(session, desk, hazard_id, after(9), "备件未到")
                case Verb.CORRECT:
                    hazards.correct(session, hazard, text="改过的描述")
                case Verb.WITHDRAW:
                    hazards.withdraw(session, desk, hazard, "看错了")
                case Verb.REOPEN:
                    rechecking.reopen(session, desk, hazard_id, "销错了")
        if verb is Verb.ISSUE:
            assert issue_over(desk, [hazard_id], PaperKind.ADVICE).number


def test_the_last_entry_of_the_card_can_be_taken_back_and_no_other(desk: Desk, patch: dict[str, UUID]) -> None:
    looked(desk, patch["CS-03"], Outcome.PARTIAL)
    assert [one.can_take_back for one in card(desk, patch["CS-03"]).history] == [False, False, True]


def test_a_hazard_that_is_not_there_has_no_card(desk: Desk) -> None:
    with pytest.raises(UnknownHazard):
        card(desk, uuid4())


def test_a_hazard_of_a_check_that_goes_on_is_not_there_yet(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    answer(desk, inspection_id, failed("CS-03"))
    assert counted(desk)[F.ALL] == 0
    finish(desk, inspection_id)
    assert counted(desk)[F.ALL] == 1
