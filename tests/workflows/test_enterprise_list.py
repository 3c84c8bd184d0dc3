"""The list of enterprises: filters with counts, order, words, rows."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from conftest import START, Office
from office_steps import add, credit_code, edit, failed, hazards_of, import_ledger, passed, start, visit

from safetydesk.domain.kinds import Level
from safetydesk.models.tables import Enterprise, Hazard, Inspection
from safetydesk.workflows import assignment, enterprise_list, finding, hazards
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.enterprise_list import EnterpriseFilter, EnterpriseOrder, EnterpriseRow, Wanted, wanted_of

ON = date(2026, 11, 21)
FINDING = failed("CS-03", note="没有标志", deadline=ON + timedelta(days=5))


def names(
    desk: Desk,
    wanted: Wanted | EnterpriseFilter = EnterpriseFilter.ALL,
    order: EnterpriseOrder = EnterpriseOrder.NAME,
    *,
    descending: bool = False,
    on: date = ON,
) -> list[str]:
    asked = wanted if isinstance(wanted, Wanted) else Wanted(wanted)
    with desk.store.reading() as session:
        keys = enterprise_list.keys(session, on, asked, order, descending=descending)
        return [row.name for row in enterprise_list.rows(session, on, keys)]


def counts(desk: Desk, wanted: Wanted = Wanted(), on: date = ON) -> dict[EnterpriseFilter, int]:  # noqa: B008
    with desk.store.reading() as session:
        return enterprise_list.counts(session, on, wanted)


def row(desk: Desk, enterprise_id: UUID, on: date = ON) -> EnterpriseRow:
    with desk.store.reading() as session:
        (found,) = enterprise_list.rows(session, on, [enterprise_id.bytes])
        return found


@pytest.fixture
def three(desk: Desk) -> Desk:
    """Three works in two villages, one of them with open hazards."""
    dye = add(desk, "样溪印染厂", 1, village="样岭村", risk="红", industry="纺织", flags="有限空间、粉尘涉爆")
    add(desk, "样溪木器厂", 2, village="样新社区", risk="蓝", industry="轻工", flags="粉尘涉爆")
    add(desk, "样溪纺织厂", None, village="样岭村", officer="王示例")
    visit(desk, dye, FINDING)
    return desk


def test_names_go_by_their_sound(desk: Desk) -> None:
    for number, name in enumerate(["周记厂", "安吉厂", "丁家厂", "陈记厂"]):
        add(desk, name, number)
    assert names(desk) == ["安吉厂", "陈记厂", "丁家厂", "周记厂"]
    assert names(desk, descending=True) == ["周记厂", "丁家厂", "陈记厂", "安吉厂"]


def test_every_filter_counts_what_it_shows(three: Desk) -> None:
    counted = counts(three)
    assert {which: len(names(three, which)) for which in EnterpriseFilter} == counted
    assert counted[EnterpriseFilter.ALL] == 3


@pytest.mark.parametrize(
    ("which", "shown"),
    [
        (EnterpriseFilter.RED, ["样溪印染厂"]),
        (EnterpriseFilter.BLUE, ["样溪木器厂"]),
        (EnterpriseFilter.ORANGE, []),
        (EnterpriseFilter.OPEN_HAZARDS, ["样溪印染厂"]),
        (EnterpriseFilter.OVERDUE, []),
        (EnterpriseFilter.NO_OFFICER, ["样溪木器厂", "样溪印染厂"]),
        (EnterpriseFilter.NOT_VISITED, ["样溪纺织厂", "样溪木器厂"]),
    ],
)
def test_each_filter_shows_its_own(three: Desk, which: EnterpriseFilter, shown: list[str]) -> None:
    assert sorted(names(three, which)) == sorted(shown)


def test_village_mark_and_words_narrow_every_filter(three: Desk) -> None:
    assert names(three, Wanted(village="样岭村")) == ["样溪纺织厂", "样溪印染厂"]
    assert names(three, Wanted(flag="粉尘涉爆")) == ["样溪木器厂", "样溪印染厂"]
    assert names(three, Wanted(flag="粉尘涉爆", village="样岭村")) == ["样溪印染厂"]
    assert names(three, Wanted(text="样岭 fz")) == ["样溪纺织厂"]
    assert names(three, Wanted(EnterpriseFilter.OPEN_HAZARDS, text="木器")) == []
    narrowed = counts(three, Wanted(village="样岭村"))
    assert (narrowed[EnterpriseFilter.ALL], narrowed[EnterpriseFilter.RED]) == (2, 1)
    assert counts(three, Wanted(text="木器"))[EnterpriseFilter.BLUE] == 1


def test_many_that_hold_a_word_are_filtered_like_few(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import_ledger(desk)
    few = names(desk, Wanted(text="有限公司 样岭")), counts(desk, Wanted(text="有限公司 样岭"))
    monkeypatch.setattr(enterprise_list, "_FEW", 0)
    assert (names(desk, Wanted(text="有限公司 样岭")), counts(desk, Wanted(text="有限公司 样岭"))) == few
    assert len(few[0]) > 5


def test_what_it_can_be_narrowed_to_is_counted_over_the_whole_ledger(three: Desk) -> None:
    with three.store.reading() as session:
        offered = enterprise_list.offered(session)
    assert offered.villages == [("样岭村", 2), ("样新社区", 1)]
    assert offered.flags == [("粉尘涉爆", 2), ("有限空间", 1)]
    assert offered.everyone == 3


@pytest.mark.parametrize(
    ("order", "shown"),
    [
        (EnterpriseOrder.VILLAGE, ["样溪纺织厂", "样溪印染厂", "样溪木器厂"]),
        (EnterpriseOrder.INDUSTRY, ["样溪印染厂", "样溪木器厂", "样溪纺织厂"]),
        (EnterpriseOrder.RISK, ["样溪印染厂", "样溪木器厂", "样溪纺织厂"]),
        (EnterpriseOrder.OPEN_HAZARDS, ["样溪纺织厂", "样溪木器厂", "样溪印染厂"]),
        (EnterpriseOrder.LAST_VISIT, ["样溪纺织厂", "样溪木器厂", "样溪印染厂"]),
        (EnterpriseOrder.NEXT_DUE, ["样溪印染厂", "样溪纺织厂", "样溪木器厂"]),
    ],
)
def test_each_column_sorts_and_equals_go_by_name(three: Desk, order: EnterpriseOrder, shown: list[str]) -> None:
    assert names(three, order=order) == shown


def test_what_is_not_known_stands_last_in_both_directions(three: Desk) -> None:
    assert names(three, order=EnterpriseOrder.RISK, descending=True) == ["样溪木器厂", "样溪印染厂", "样溪纺织厂"]
    assert names(three, order=EnterpriseOrder.NEXT_DUE, descending=True)[0] == "样溪印染厂"


def test_a_row_says_what_the_table_shows(desk: Desk) -> None:
    works = add(
        desk, "样溪印染厂", 1, village="样岭村", address="南环路 8 号", risk="橙", industry="纺织",
        flags="有限空间、粉尘涉爆", principal="陈示例", principal_phone="13800001234", officer="赵示例",
    )  # fmt: skip
    inspection = visit(desk, works, FINDING, failed("CS-05", note="没有盖板", deadline=ON + timedelta(days=2)))
    found = row(desk, works)
    assert found.short_code == credit_code(1)[-6:]
    assert (found.village, found.address, found.industry, found.risk) == ("样岭村", "南环路 8 号", "纺织", "橙")
    assert found.flags == ("粉尘涉爆", "有限空间")
    assert (found.contact, found.phone, found.officer) == ("陈示例", "13800001234", "赵示例")
    assert (found.open_hazards, found.last_visit_on) == (2, ON)
    assert found.next_due_on == min(one.due for one in hazards_of(desk, inspection).values())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, (None, None)),
        ({"contact": "甲例"}, ("甲例", None)),
        ({"contact": "甲例", "phone": "13800001111", "principal": "乙例", "principal_phone": "13800002222"}, ("甲例", "13800001111")),
        ({"contact": "甲例", "principal": "乙例", "principal_phone": "13800002222"}, ("乙例", "13800002222")),
        ({"phone": "13800001111", "legal_person": "丙例"}, (None, "13800001111")),
    ],
)  # fmt: skip
def test_whom_to_call_is_who_has_a_number(desk: Desk, fields: dict[str, str], expected: tuple[str, str]) -> None:
    found = row(desk, add(desk, **fields))
    assert (found.contact, found.phone) == expected


def test_open_hazards_are_those_that_the_hazard_list_calls_open(desk: Desk) -> None:
    works = [add(desk, f"样溪第{number}厂", number) for number in range(3)]
    for number, one in enumerate(works):
        items = [failed(item, note="不行") for item in ("CS-03", "CS-05", "CS-22", "CS-30")[: number + 1]]
        inspection = visit(desk, one, *items)
        found = hazards_of(desk, inspection)
        with desk.store.writing() as session:
            hazards.withdraw(session, desk, session.get_one(Hazard, found["CS-03"].id), "看错了")
    later = ON + timedelta(days=30)
    with desk.store.reading() as session:
        listed = [one for one in hazards.rows(session, later) if one.days_left is not None]
        shown = enterprise_list.rows(session, later, enterprise_list.keys(session, later))
    for one in shown:
        own = [hazard for hazard in listed if hazard.enterprise_id == one.id]
        assert one.open_hazards == len(own)
        assert one.major_hazards == sum(hazard.level == Level.MAJOR for hazard in own)
        assert one.overdue_hazards == sum(hazard.is_overdue for hazard in own)
        assert one.next_due_on == min((hazard.due for hazard in own), default=None)
    assert {one.open_hazards for one in shown} == {0, 1, 2}
    assert counts(desk, on=later)[EnterpriseFilter.OVERDUE] == 2


def test_a_check_that_was_not_ended_or_was_laid_aside_is_no_visit(desk: Desk) -> None:
    begun, aside = add(desk, "样溪甲厂", 1), add(desk, "样溪乙厂", 2)
    start(desk, begun)
    inspection = visit(desk, aside, passed("CS-03"))
    with desk.store.writing() as session:
        session.get_one(Inspection, inspection).voided_at = desk.now()
    assert [row(desk, one).last_visit_on for one in (begun, aside)] == [None, None]
    assert counts(desk)[EnterpriseFilter.NOT_VISITED] == 2


def test_the_quarter_begins_on_its_first_day(desk: Desk, office: Office) -> None:
    works = add(desk)
    visit(desk, works, passed("CS-03"))
    for on, expected in (("2026-10-01", 0), ("2026-12-31", 0), ("2027-01-01", 1)):
        assert counts(desk, on=date.fromisoformat(on))[EnterpriseFilter.NOT_VISITED] == expected
    office.clock.moment = START + timedelta(days=60)
    visit(desk, works, passed("CS-03"))
    assert counts(desk, on=date(2027, 1, 20))[EnterpriseFilter.NOT_VISITED] == 0


def test_nobody_need_visit_who_has_gone(desk: Desk) -> None:
    add(desk, operating_state="注销")
    assert counts(desk)[EnterpriseFilter.NOT_VISITED] == 0
    assert counts(desk)[EnterpriseFilter.ALL] == 1


def test_a_cover_that_ended_leaves_it_without_an_officer(desk: Desk) -> None:
    works = add(desk)
    with desk.store.writing() as session:
        officer, _ = finding.officer_or_new(session, desk, "赵示例")
        assignment.assign(session, desk, officer, [works], until=ON + timedelta(days=3))
    assert counts(desk)[EnterpriseFilter.NO_OFFICER] == 0
    assert counts(desk, on=ON + timedelta(days=4))[EnterpriseFilter.NO_OFFICER] == 1
    edit(desk, works, "officer=赵示例")
    assert counts(desk, on=ON + timedelta(days=4))[EnterpriseFilter.NO_OFFICER] == 0


def test_a_voided_enterprise_is_in_no_list(three: Desk) -> None:
    with three.store.writing() as session:
        one = finding.enterprise(session, credit_code(1))
        one.voided_at = three.now()
    assert names(three) == ["样溪纺织厂", "样溪木器厂"]
    with three.store.reading() as session:
        assert enterprise_list.offered(session).flags == [("粉尘涉爆", 1)]
        gone = session.query(Enterprise.id).filter(Enterprise.voided_at.is_not(None)).scalar()
        assert enterprise_list.rows(session, ON, [gone.bytes]) == []


def test_an_empty_ledger_has_no_rows_and_counts_nothing(desk: Desk) -> None:
    assert names(desk) == []
    assert set(counts(desk).values()) == {0}
    with desk.store.reading() as session:
        assert enterprise_list.offered(session).everyone == 0


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("overdue", Wanted(EnterpriseFilter.OVERDUE)),
        ("village:样岭村", Wanted(village="样岭村")),
        ("flag:有限空间", Wanted(flag="有限空间")),
        ("nonsense", Wanted()),
        ("village:", Wanted()),
        ("", Wanted()),
    ],
)
def test_what_other_screens_ask_for_by_name(name: str, wanted: Wanted) -> None:
    assert wanted_of(name) == wanted
