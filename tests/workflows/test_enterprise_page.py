"""The page of one enterprise, and what is changed on it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from office_steps import LEDGER, add, credit_code, edit, failed, import_ledger, issue, start, visit

from safetydesk.models.tables import Enterprise
from safetydesk.workflows import enterprise_editing, enterprise_list, enterprise_page, finding, searching
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.enterprise_editing import EnterpriseInUse, ObjectGone
from safetydesk.workflows.enterprise_page import EnterprisePage
from safetydesk.workflows.enterprises import Change, EnterpriseExists, NameMissing

ON = date(2026, 11, 21)


def page(desk: Desk, enterprise_id: UUID) -> EnterprisePage:
    with desk.store.reading() as session:
        return enterprise_page.page(session, desk, enterprise_id)


def save(desk: Desk, enterprise_id: UUID, **values: Any) -> list[Change]:
    with desk.store.writing() as session:
        return list(enterprise_editing.save(session, desk, enterprise_id, values)[1])


def texts(shown: EnterprisePage) -> dict[str, str]:
    return {line.key: line.text for group in shown.groups for line in group.lines}


def test_what_is_filled_in_stands_in_its_group_with_its_unit(desk: Desk) -> None:
    works = add(
        desk, revenue="3000万", headcount="40", liability_insurance="否", flags="有限空间", call_note="走访一次"
    )
    shown = page(desk, works)
    assert [group.label for group in shown.groups] == ["基本信息", "安全生产管理信息", "监管信息"]
    found = texts(shown)
    assert found["revenue"] == "3000 万元"
    assert (found["headcount"], found["liability_insurance"], found["flags"]) == ("40", "否", "有限空间")
    assert shown.filled == len(found)
    assert [line.is_long for group in shown.groups for line in group.lines if line.key == "call_note"] == [True]


def test_groups_of_which_nothing_is_known_are_left_out(desk: Desk) -> None:
    assert [group.label for group in page(desk, add(desk)).groups] == ["基本信息"]


def test_gaps_are_what_a_complete_ledger_asks_for(desk: Desk) -> None:
    gaps = [field.key for field in page(desk, add(desk, village="样岭村")).gaps]
    assert "principal" in gaps
    assert {"village", "name", "grid", "officer"}.isdisjoint(gaps)


def test_what_was_worked_out_says_why_and_whether_it_differs(desk: Desk) -> None:
    works = add(desk, industry_code="3311", industry="纺织", headcount="40", revenue="3000")
    whys = {why.key: why for why in page(desk, works).whys}
    assert (whys["industry"].value, whys["industry"].stated, whys["industry"].differs) == ("机械", "纺织", True)
    assert "3311" in whys["industry"].why
    assert not whys["size"].differs


def test_checks_hazards_and_papers_of_it_are_there_and_of_no_other(desk: Desk) -> None:
    works, other = add(desk, "样溪甲厂", 1), add(desk, "样溪乙厂", 2)
    finished = visit(desk, works, failed("CS-03", note="没有标志"), failed("CS-05", note="没有盖板"))
    number = issue(desk, finished).number
    begun = start(desk, works)
    visit(desk, other, failed("CS-03", note="没有标志"))
    shown = page(desk, works)
    assert [(one.id, one.is_finished) for one in shown.visits] == [(begun, False), (finished, True)]
    last = shown.visits[1]
    assert (last.hazards, last.open_hazards, last.papers, last.kind) == (2, 2, 1, "日常检查")
    assert last.inspectors == "王示例、李示例"
    assert [one.item for one in shown.hazards] == sorted(
        (one.item for one in shown.hazards), key=lambda item: next(h.due for h in shown.hazards if h.item == item)
    )
    assert [one.number for one in shown.papers] == [number]
    assert shown.row.open_hazards == 2


def test_changes_made_together_stand_together_the_newest_first(desk: Desk) -> None:
    works = add(desk, village="样岭村")
    edit(desk, works, "village=样新社区", "headcount=12")
    edit(desk, works, "village=样港社区")
    newest, before = page(desk, works).changes
    assert [(one.label, one.before, one.after) for one in newest.fields] == [("村（社区）", "样新社区", "样港社区")]
    assert [(one.label, one.before, one.after) for one in before.fields] == [
        ("村（社区）", "样岭村", "样新社区"),
        ("从业人员数", "", "12"),
    ]
    assert (newest.by, newest.source) == ("王示例", "")


def test_what_an_import_changed_names_its_file(desk: Desk) -> None:
    import_ledger(desk)
    with desk.store.reading() as session:
        (found,) = searching.find(session, "知秋", 1)
    edit(desk, found.id, "headcount=1")
    import_ledger(desk)
    newest = page(desk, found.id).changes[0]
    assert newest.source == LEDGER.name
    assert [(one.label, one.before) for one in newest.fields] == [("从业人员数", "1")]


def test_an_unknown_or_voided_enterprise_has_no_page(desk: Desk) -> None:
    with pytest.raises(finding.UnknownEnterprise):
        page(desk, uuid4())


def test_saving_writes_only_what_differs(desk: Desk) -> None:
    works = add(desk, village="样岭村", founded_on="2020-05-01", flags="有限空间")
    same: dict[str, Any] = {"village": "样岭村", "founded_on": date(2020, 5, 1), "flags": ["有限空间"]}
    assert save(desk, works, **same) == []
    assert [change.key for change in save(desk, works, **same | {"headcount": 8})] == ["headcount"]
    assert len(page(desk, works).changes) == 1


def test_a_save_can_be_taken_back_whole(desk: Desk) -> None:
    works = add(desk, "样溪甲厂", 1, village="样岭村", founded_on="2020-05-01", flags="有限空间")
    before = texts(page(desk, works))
    changes = save(
        desk, works, name="样溪乙厂", village=None, founded_on=date(2021, 1, 1), flags=["喷涂"], premises="自有"
    )
    assert len(changes) == 5
    with desk.store.writing() as session:
        enterprise_editing.take_back(session, desk, works, changes)
    assert texts(page(desk, works)) == before
    with desk.store.reading() as session:
        assert [one.name for one in searching.find(session, "甲厂")] == ["样溪甲厂"]


def test_taking_back_leaves_what_was_changed_since(desk: Desk) -> None:
    works = add(desk, village="样岭村")
    changes = save(desk, works, village="样新社区", headcount=8)
    save(desk, works, village="样港社区")
    with desk.store.writing() as session:
        enterprise_editing.take_back(session, desk, works, changes)
    found = texts(page(desk, works))
    assert found["village"] == "样港社区"
    assert "headcount" not in found


def test_a_name_cannot_be_cleared_nor_a_code_taken_twice(desk: Desk) -> None:
    add(desk, "样溪甲厂", 1)
    other = add(desk, "样溪乙厂", 2)
    with pytest.raises(NameMissing):
        save(desk, other, name=None)
    with pytest.raises(EnterpriseExists):
        save(desk, other, uscc=credit_code(1))


def test_one_just_entered_can_be_taken_back_until_it_was_checked(desk: Desk) -> None:
    with desk.store.writing() as session:
        _, works = enterprise_editing.register(session, desk, {"name": "样溪甲厂", "uscc": credit_code(1)})
    with desk.store.writing() as session:
        enterprise_editing.unregister(session, desk, works)
    with desk.store.reading() as session:
        assert searching.find(session, "甲厂") == []
        assert enterprise_list.keys(session, ON) == []
    with desk.store.writing() as session:
        _, again = enterprise_editing.register(session, desk, {"name": "样溪甲厂", "uscc": credit_code(1)})
    assert again != works
    start(desk, again)
    with desk.store.writing() as session, pytest.raises(EnterpriseInUse):
        enterprise_editing.unregister(session, desk, again)
    with desk.store.reading() as session:
        assert session.get_one(Enterprise, again).voided_at is None


def test_who_bears_a_name_or_a_code_already_is_found_but_not_oneself(desk: Desk) -> None:
    works = add(desk, "样溪甲厂", 1)
    with desk.store.reading() as session:
        assert [one.id for one in enterprise_editing.with_name(session, "样溪甲厂")] == [works]
        assert enterprise_editing.with_name(session, "样溪甲") == []
        assert enterprise_editing.with_name(session, "样溪甲厂", works) == []
        known = enterprise_editing.with_code(session, credit_code(1))
        assert known is not None
        assert known.id == works
        assert enterprise_editing.with_code(session, credit_code(1), works) is None
        assert enterprise_editing.with_code(session, credit_code(2)) is None


def test_high_risk_objects_come_go_and_come_back(desk: Desk) -> None:
    works = add(desk)
    with desk.store.writing() as session:
        details = {"位置": "污水站\n东侧", "备注": " "}
        _, thing = enterprise_editing.add_object(session, desk, works, "有限空间", "调节池", details)
    (line,) = page(desk, works).objects
    assert (line.id, line.kind, line.name, line.details) == (thing, "有限空间", "调节池", (("位置", "污水站 东侧"),))
    with desk.store.writing() as session:
        enterprise_editing.remove_object(session, desk, thing)
    assert page(desk, works).objects == ()
    with desk.store.writing() as session:
        enterprise_editing.restore_object(session, thing)
    assert page(desk, works).objects == (line,)
    with desk.store.writing() as session, pytest.raises(ObjectGone):
        enterprise_editing.remove_object(session, desk, uuid4())
