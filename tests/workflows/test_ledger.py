"""The ledger (一企一档): entering, changing, taking in a workbook and giving it out again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office_steps import LEDGER, add, credit_code, edit, import_ledger, wrong_digit
from sqlalchemy import func, select

from safetydesk.domain.enterprise_fields import FIELDS, Field, FieldProblem, Kind, Stored, UnknownField
from safetydesk.models.tables import Assignment, Enterprise, EnterpriseField, EnterpriseFlag, FieldChange, LedgerImport
from safetydesk.spreadsheets.ledger_writer import write_ledger
from safetydesk.workflows import assignment, enterprises, finding, ledger_import, ledger_view
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.enterprises import EnterpriseExists, FieldIsComputed, NameMissing, NothingToChange
from safetydesk.workflows.error_texts import words_for
from safetydesk.workflows.finding import BadCode, UnknownEnterprise
from safetydesk.workflows.ledger_export import ledger_rows
from safetydesk.workflows.ledger_view import EnterpriseView

TYPED: dict[Kind, tuple[str, Any]] = {
    Kind.TEXT: ("甲 乙", "甲乙"),
    Kind.LONG_TEXT: ("第一行\n第二行", "第一行\n第二行"),
    Kind.PHONE: ("０５１２-65432100", "0512-65432100"),
    Kind.INTEGER: ("12人", 12),
    Kind.NUMBER: ("30", 30.0),
    Kind.DATE: ("2024年3月5日", "2024-03-05"),
    Kind.YES_NO: ("是", True),
}
CODES = {"industry_code": "C2110", "division_code": "320581101", "principal_email": "a@example.com"}


def view(desk: Desk, enterprise_id: object) -> EnterpriseView:
    with desk.store.reading() as session:
        return ledger_view.view(session, finding.enterprise(session, str(enterprise_id)), desk.today())


def counts(desk: Desk) -> dict[str, int]:
    models = (Enterprise, EnterpriseField, EnterpriseFlag, FieldChange, Assignment, LedgerImport)
    with desk.store.reading() as session:
        return {model.__name__: session.scalar(select(func.count()).select_from(model)) or 0 for model in models}


def digest(desk: Desk) -> str:
    with desk.store.reading() as session:
        return ledger_view.values_digest(session)[0]


def typed(field: Field) -> tuple[str, Any]:
    if field.kind is Kind.CODE:
        given = CODES.get(field.key) or credit_code(7)
        return given, {"industry_code": "2110", "division_code": "320581101000"}.get(field.key, given)
    if field.kind in (Kind.INTEGER, Kind.NUMBER) and field.low and field.key not in ("longitude", "latitude"):
        return f"{field.low:g}", field.low
    if field.kind is Kind.CHOICE:
        return field.choices[0], field.choices[0]
    if field.kind is Kind.CHOICES:
        return "、".join(field.choices[:2]), list(field.choices[:2])
    if field.key in ("longitude", "latitude"):
        return ("120.75", 120.75) if field.key == "longitude" else ("31.65", 31.65)
    return TYPED[field.kind]


def test_every_field_is_entered_and_comes_back_in_its_json_type(desk: Desk) -> None:
    stored = [field for field in FIELDS if field.stored is not Stored.DERIVED]
    with desk.store.writing() as session:
        values = enterprises.parsed([f"{field.key}={typed(field)[0]}" for field in stored])
        enterprise_id = enterprises.add(session, desk, values)
    shown = view(desk, enterprise_id).values
    assert {field.key: shown[field.key] for field in stored} == {field.key: typed(field)[1] for field in stored}


def test_only_the_name_is_needed_and_the_rest_is_shown_as_gaps(desk: Desk) -> None:
    shown = view(desk, add(desk, "样溪无名作坊（示例）", number=None))
    assert shown.values["uscc"] is None
    assert {"统一社会信用代码", "主要负责人", "实际经营地址"} <= set(shown.missing)
    assert "企业名称" not in shown.missing


def test_a_chinese_column_title_is_accepted_in_place_of_a_key(desk: Desk) -> None:
    shown = view(desk, add(desk, 主要负责人="陈示例", **{"营业收入（万元）": "1.2亿"})).values
    assert (shown["principal"], shown["revenue"]) == ("陈示例", 12000.0)


def test_every_change_of_a_field_is_remembered_with_before_after_and_who(desk: Desk) -> None:
    enterprise_id = add(desk, headcount="12", founded_on="2020-01-02")
    edit(desk, enterprise_id, "headcount=15", "founded_on=2021-01-02")
    edit(desk, enterprise_id, "headcount=15")
    edit(desk, enterprise_id, "headcount=")
    history = view(desk, enterprise_id).history
    assert [(one["field"], one["before"], one["after"]) for one in history] == [
        ("headcount", 15, None),
        ("founded_on", "2020-01-02", "2021-01-02"),
        ("headcount", 12, 15),
    ]
    assert {one["by"] for one in history} == {"王示例"}


def test_an_edit_that_says_the_same_changes_nothing(desk: Desk) -> None:
    enterprise_id = add(desk, village="样岭村")
    assert edit(desk, enterprise_id, "village=样岭村") == []
    assert counts(desk)["FieldChange"] == 0


def test_flags_are_replaced_as_a_list_and_a_withdrawn_one_is_kept_as_a_row(desk: Desk) -> None:
    enterprise_id = add(desk, flags="有限空间、粉尘涉爆")
    edit(desk, enterprise_id, "flags=粉尘涉爆")
    assert view(desk, enterprise_id).values["flags"] == ["粉尘涉爆"]
    edit(desk, enterprise_id, "flags=有限空间")
    assert view(desk, enterprise_id).values["flags"] == ["有限空间"]
    assert counts(desk)["EnterpriseFlag"] == 2


def test_a_rare_field_that_is_cleared_is_absent_again(desk: Desk) -> None:
    enterprise_id = add(desk, former_names="样溪旧厂")
    edit(desk, enterprise_id, "former_names=")
    assert view(desk, enterprise_id).values["former_names"] is None


def test_a_code_that_is_in_the_ledger_already_is_refused_with_its_name(desk: Desk) -> None:
    add(desk, "样溪甲厂（示例）", 3)
    with pytest.raises(EnterpriseExists) as refused:
        add(desk, "样溪乙厂（示例）", 3)
    assert "样溪甲厂（示例）" in words_for(refused.value).message
    other = add(desk, "样溪丙厂（示例）", 4)
    with pytest.raises(EnterpriseExists):
        edit(desk, other, f"uscc={credit_code(3)}")
    assert counts(desk)["Enterprise"] == 2


def test_an_id_never_changes_when_a_code_is_corrected_and_the_old_code_may_be_used_again(desk: Desk) -> None:
    first = add(desk, "样溪甲厂（示例）", 3)
    edit(desk, first, f"uscc={credit_code(5)}")
    second = add(desk, "样溪乙厂（示例）", 3)
    assert second != first
    assert (view(desk, credit_code(5)).id, view(desk, credit_code(3)).id) == (first, second)


def test_a_wrong_check_digit_is_refused_and_the_right_one_is_named(desk: Desk) -> None:
    code = credit_code(3)
    with pytest.raises(FieldProblem) as refused:
        add(desk, "样溪甲厂（示例）", None, uscc=wrong_digit(code))
    assert f"末位应为 {code[17]}" in words_for(refused.value).message
    with pytest.raises(BadCode) as asked:
        view(desk, wrong_digit(code))
    assert f"应为 {code[17]}" in words_for(asked.value).message


REFUSED: list[tuple[list[str], type[Exception]]] = [
    (["name=甲", "无此栏目=1"], UnknownField),
    (["name"], enterprises.FieldWithoutValue),
    (["name=甲", "size_source=1"], UnknownField),
    (["name=甲", "grid=1"], FieldIsComputed),
    (["name=甲", "headcount=很多"], FieldProblem),
    (["name=甲", "founded_on=2024年3月"], FieldProblem),
    (["name=甲", "flags=没有这种"], FieldProblem),
    (["name=甲", "longitude=31.6"], FieldProblem),
    (["name=" + "长" * 101], FieldProblem),
]


def test_what_cannot_stand_in_a_field_is_refused_and_nothing_is_entered(desk: Desk) -> None:
    for given, error in REFUSED:
        with pytest.raises(error), desk.store.writing() as session:
            enterprises.add(session, desk, enterprises.parsed(given))
    assert counts(desk)["Enterprise"] == 0


def test_an_enterprise_without_a_name_is_refused(desk: Desk) -> None:
    enterprise_id = add(desk)
    for name in ("", "   ", "无", "/"):
        with pytest.raises(NameMissing):
            add(desk, name, 2)
        with pytest.raises(NameMissing):
            edit(desk, enterprise_id, f"name={name}")
    with pytest.raises(NothingToChange):
        edit(desk, enterprise_id)


def test_long_rare_and_odd_names_are_kept_as_they_are(desk: Desk) -> None:
    names = ["长" * 100, "样溪𬭎喆㎡厂", "样溪😀厂", "样溪<b>&amp;</b>厂", "样溪'; DROP TABLE enterprise;--"]
    ids = [add(desk, name, number) for number, name in enumerate(names, start=10)]
    assert [view(desk, one).values["name"] for one in ids] == names


def test_an_enterprise_is_found_by_id_by_code_and_by_a_code_as_people_type_it(desk: Desk) -> None:
    enterprise_id = add(desk, number=3)
    code = credit_code(3)
    spaced = f" {code[:6]} {code[6:12]}-{code[12:]} ".lower()
    assert {view(desk, key).id for key in (enterprise_id, enterprise_id.hex, code, spaced)} == {enterprise_id}
    for unknown in (credit_code(4), "样溪木器厂", "", "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(UnknownEnterprise):
            view(desk, unknown)


def test_what_the_tables_compute_stands_beside_what_was_typed(desk: Desk) -> None:
    shown = view(desk, add(desk, industry_code="2110", headcount="15", revenue="900"))
    assert shown.derived["industry"].value == "轻工"
    assert shown.values["industry"] is None
    assert shown.derived["size"].value == "微型" or shown.derived["size"].value == "小型"
    assert all(one.why for one in shown.derived.values())


def test_the_shipped_ledger_comes_in_whole_and_a_second_time_nothing_changes(desk: Desk) -> None:
    first = import_ledger(desk)
    before, state = digest(desk), counts(desk)
    second = import_ledger(desk)
    assert (first.created, first.updated, first.unchanged, list(first.sheet.rejected)) == (120, 0, 0, [])
    assert (second.created, second.updated, second.unchanged) == (0, 0, 120)
    assert digest(desk) == before
    assert counts(desk) == state | {"LedgerImport": 2}


def test_what_is_exported_makes_the_same_ledger_in_a_new_office(office: Any, tmp_path: Path) -> None:
    old = office.set_up("旧")
    import_ledger(old)
    add(
        old, "样溪😀加料厂（示例）", None, former_names="=1+1", founded_on="2020-02-29", flags="有限空间", note="一\n二"
    )
    with old.store.reading() as session:
        fields, rows = ledger_rows(session, old.today())
    file = tmp_path / "导出.xlsx"
    write_ledger(file, fields, rows)
    new = office.set_up("新")
    report = import_ledger(new, file)
    assert (report.created, list(report.sheet.rejected)) == (121, [])
    assert digest(new) == digest(old)


def test_the_digest_ignores_who_entered_when_and_in_which_order_but_sees_every_value(office: Any) -> None:
    one, two = office.set_up("一"), office.set_up("二")
    add(one, "样溪甲厂（示例）", 1)
    other = add(one, "样溪乙厂（示例）", 2, village="样岭村")
    add(two, "样溪乙厂（示例）", 2, village="样岭村", flags="有限空间")
    twin = add(two, "样溪甲厂（示例）", 1)
    assert digest(one) != digest(two)
    edit(one, other, "flags=有限空间")
    assert digest(one) == digest(two)
    edit(two, twin, "note=有")
    assert digest(one) != digest(two)


def test_a_rehearsal_says_what_an_import_would_do_and_writes_nothing(desk: Desk) -> None:
    add(desk, "别的名字", None, uscc="91000000MA00006133")
    before, state = digest(desk), counts(desk)
    sheet = ledger_import.read(LEDGER, None, {})
    with desk.store.reading() as session:
        rehearsed = ledger_import.rehearse(session, sheet)
    assert (digest(desk), counts(desk)) == (before, state)
    assert rehearsed.id is None
    done = import_ledger(desk)
    assert (done.created, done.updated, done.unchanged) == (119, 1, 0)
    assert (rehearsed.created, rehearsed.updated, rehearsed.unchanged) == (119, 1, 0)


def workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_an_import_changes_only_what_filled_cells_say_otherwise(desk: Desk, tmp_path: Path) -> None:
    enterprise_id = add(desk, "样溪甲厂（示例）", 1, village="样岭村", phone="0512-65432100", flags="有限空间")
    file = workbook(
        tmp_path / "台账.xlsx",
        ["企业名称", "统一社会信用代码", "村（社区）", "联系电话", "员工人数", "是否粉尘涉爆"],
        ["样溪甲厂（示例）", credit_code(1), "样新社区", None, 40, "是"],
    )
    report = import_ledger(desk, file)
    shown = view(desk, enterprise_id)
    assert (report.created, report.updated) == (0, 1)
    assert [shown.values[key] for key in ("village", "phone", "headcount")] == ["样新社区", "0512-65432100", 40]
    assert set(shown.values["flags"]) == {"有限空间", "粉尘涉爆"}
    assert {one["field"] for one in shown.history} == {"village", "headcount", "flags"}


def test_a_row_without_a_code_is_the_enterprise_of_that_name_in_that_village(desk: Desk, tmp_path: Path) -> None:
    here = add(desk, "样溪修配厂（示例）", None, village="样岭村")
    file = workbook(
        tmp_path / "台账.xlsx",
        ["企业名称", "村（社区）", "员工人数"],
        ["样溪修配厂（示例）", "样岭村", 5],
        ["样溪修配厂（示例）", "样新社区", 6],
    )
    report = import_ledger(desk, file)
    assert (report.created, report.updated) == (1, 1)
    assert view(desk, here).values["headcount"] == 5


def test_the_officer_column_becomes_an_assignment_and_new_officers_are_told(desk: Desk, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "台账.xlsx",
        ["企业名称", "统一社会信用代码", "网格专职安全员"],
        ["样溪甲厂（示例）", credit_code(1), "赵示例"],
        ["样溪乙厂（示例）", credit_code(2), "王示例"],
        ["样溪丙厂（示例）", credit_code(3), None],
    )
    report = import_ledger(desk, file)
    with desk.store.reading() as session:
        found = assignment.coverage(session, desk.today())
    assert found.by_officer == {"王示例": 1, "赵示例": 1}
    assert [one.name for one in found.unassigned] == ["样溪丙厂（示例）"]
    assert [note for note in report.notes if "新的安全员" in note] == ["已登记新的安全员：赵示例（台账里写了这个名字）"]
    assert import_ledger(desk, file).notes == []
    assert counts(desk)["Assignment"] == 2


def test_refused_rows_stay_out_and_the_good_cells_of_others_come_in(desk: Desk, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "台账.xlsx",
        ["企业名称", "统一社会信用代码", "员工人数"],
        ["样溪甲厂（示例）", wrong_digit(credit_code(1)), 3],
        ["样溪乙厂（示例）", credit_code(2), "若干"],
    )
    report = import_ledger(desk, file)
    assert report.created == 1
    assert [(one.row, one.is_fatal) for one in report.sheet.rejected] == [(2, True), (3, False)]
    assert view(desk, credit_code(2)).values["headcount"] is None


def test_an_import_remembers_what_it_changed_so_that_it_can_be_undone(desk: Desk, tmp_path: Path) -> None:
    old = add(desk, "样溪甲厂（示例）", 1, headcount="3")
    file = workbook(
        tmp_path / "台账.xlsx",
        ["企业名称", "统一社会信用代码", "员工人数"],
        ["样溪甲厂（示例）", credit_code(1), 4],
        ["样溪乙厂（示例）", credit_code(2), 5],
    )
    report = import_ledger(desk, file)
    new = view(desk, credit_code(2)).id
    with desk.store.reading() as session:
        changes = session.get_one(LedgerImport, report.id).changes
    assert changes == [["created", new.hex], ["changed", old.hex, "headcount", 3]]


def test_a_ledger_of_one_name_and_a_date_keeps_the_date_a_date(desk: Desk) -> None:
    add(desk, founded_on="2020-02-29", verified_on="2026-11-01")
    with desk.store.reading() as session:
        fields, rows = ledger_rows(session, desk.today())
    assert rows[0]["founded_on"] == date(2020, 2, 29)
    assert {field.key for field in fields} >= {"founded_on", "verified_on", "name", "phone"}
