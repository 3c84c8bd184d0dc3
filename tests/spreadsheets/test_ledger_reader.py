from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_files import GOOD, HEAD, OTHER, ods, ods_row, xlsx

from safetydesk.catalog.resources import resource
from safetydesk.domain.enterprise_fields import FLAGS, UnknownField
from safetydesk.spreadsheets.columns import How, index_of, letter_of
from safetydesk.spreadsheets.combine import combine, note_text
from safetydesk.spreadsheets.errors import ColumnMissing, HeaderNotFound, SheetMissing
from safetydesk.spreadsheets.ledger_reader import read_ledger


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "安监办 台账"
    made.mkdir()
    return made


def csv_of(folder, text, encoding="utf-8"):
    path = folder / "台账.csv"
    path.write_bytes(text.encode(encoding))
    return path


def by_header(sheet):
    return {column.header: column for column in sheet.columns}


def test_the_shipped_sample_has_120_good_rows_of_the_eight_industries():
    sheet = read_ledger(resource("samples", "ledger.xlsx"))
    assert (sheet.header_row, len(sheet.rows), sheet.rejected, sheet.skipped) == (1, 120, (), ())
    assert all(column.field for column in sheet.columns)
    assert {row.values["industry"] for row in sheet.rows} == {
        "冶金",
        "有色",
        "建材",
        "机械",
        "轻工",
        "纺织",
        "烟草",
        "商贸",
    }
    assert len({row.uscc for row in sheet.rows}) == len({row.name for row in sheet.rows}) == 120
    assert all(row.uscc.startswith("91000000") and row.name.endswith("（示例）") for row in sheet.rows)
    marks = [flag for row in sheet.rows for flag in row.values["flags"]]
    assert marks.count("有限空间") >= 12
    assert marks.count("粉尘涉爆") >= 8
    assert marks.count("金属冶炼") >= 6
    assert set(marks) <= set(FLAGS)


def test_titles_above_and_signatures_below_are_no_rows(folder):
    path = xlsx(
        folder / "a.xlsx",
        [
            ["样溪镇企业台账"],
            ["填报单位：样溪镇", None, None, "2026年11月"],
            [],
            ["序号", *HEAD],
            [1, "样例甲厂", GOOD, "样桥村", "13800000001", 12],
            [2, "样例乙厂", OTHER, "样桥村", "13800000002", 13],
            ["小计", None, None, None, None, 25],
            [None, *HEAD],
            [3, "样例丙厂", None, "样湾村", None, 5],
            [4],
            [None, "合 计", None, None, None, 30],
            ["填表人：", None, "审核人："],
        ],
    )
    sheet = read_ledger(path)
    assert sheet.header_row == 4
    assert [(row.row, row.name) for row in sheet.rows] == [(5, "样例甲厂"), (6, "样例乙厂"), (9, "样例丙厂")]
    assert [(one.row, one.why) for one in sheet.skipped] == [(7, "sum"), (8, "header"), (11, "sum"), (12, "footer")]
    assert sheet.empty_rows == 1
    assert sheet.rejected == ()


def test_only_name_and_code_refuse_a_row_and_every_other_cell_is_listed(folder):
    path = xlsx(
        folder / "a.xlsx",
        [
            HEAD,
            ["样例甲厂", GOOD, "样桥村", "12", "10-20人"],
            ["样例乙厂", GOOD[:-1] + "8", "样桥村", "13800000002", 3],
            [None, OTHER, "样桥村", "13800000002", 3],
        ],
    )
    sheet = read_ledger(path)
    assert [(one.row, one.column, one.value, one.code, one.is_fatal) for one in sheet.rejected] == [
        (2, "联系电话", "12", "phone_length", False),
        (2, "从业人员数", "10-20人", "number_range", False),
        (3, "统一社会信用代码", GOOD[:-1] + "8", "uscc_check_digit", True),
        (4, "企业名称", "", "empty", True),
    ]
    assert [dict(row.values) for row in sheet.accepted] == [{"name": "样例甲厂", "uscc": GOOD, "village": "样桥村"}]
    assert "7" in sheet.rejected[2].reason


def test_blank_cells_state_nothing(folder):
    path = xlsx(folder / "a.xlsx", [HEAD, ["样例甲厂", "无", "/", "暂无", None]])
    assert dict(read_ledger(path).rows[0].values) == {"name": "样例甲厂"}


def test_typed_cells_of_a_workbook_are_understood(folder):
    head = ["企业名称", "联系电话", "成立日期", "是否规上", "上年营业收入（万元）", "国民经济行业代码"]
    path = xlsx(folder / "a.xlsx", [head, ["样例甲厂", 13800000001, date(2024, 3, 5), True, 1234.5, 3311]])
    assert dict(read_ledger(path).rows[0].values) == {
        "name": "样例甲厂",
        "phone": "13800000001",
        "founded_on": date(2024, 3, 5),
        "above_threshold": True,
        "revenue": 1234.5,
        "industry_code": "3311",
    }


def test_a_code_stored_as_a_number_is_refused_as_lost(folder):
    path = xlsx(folder / "a.xlsx", [HEAD, ["样例甲厂", 913501000001000430]])
    assert [one.code for one in read_ledger(path).rejected] == ["precision_lost"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_tables_are_read_in_every_usual_encoding(folder, encoding, mark):
    lines = [HEAD, ["样例甲（喆）厂", GOOD, "样桥村", "13800000001", "12"]]
    path = csv_of(folder, "\r\n".join(mark.join(line) for line in lines), encoding)
    (row,) = read_ledger(path).rows
    assert (row.row, row.name, row.uscc, row.values["headcount"]) == (2, "样例甲（喆）厂", GOOD, 12)


def test_a_quoted_line_break_does_not_shift_the_row_numbers(folder):
    path = csv_of(folder, '企业名称,备注\n样例甲厂,"一\n二"\n样例乙厂,三\n')
    assert [(row.row, row.values["note"]) for row in read_ledger(path).rows] == [(2, "一\n二"), (3, "三")]


def test_an_ods_is_read_with_the_same_row_numbers(folder):
    path = ods(folder / "a.ods", ods_row(["企业名称", "村"]) + ods_row(["样例甲厂", "样桥村"]))
    assert [(row.row, row.name) for row in read_ledger(path).rows] == [(2, "样例甲厂")]


def test_the_extension_does_not_decide_what_a_file_is(folder):
    path = csv_of(folder, "企业名称\t村\n样例甲厂\t样桥村\n").rename(folder / "台账.xls")
    assert read_ledger(path).rows[0].values["village"] == "样桥村"


def test_the_first_sheet_with_a_header_is_taken_unless_one_is_named(folder):
    path = xlsx(folder / "a.xlsx", [["说明"], ["请填写"]], 二月=[HEAD, ["样例甲厂"]], 三月=[HEAD, ["样例乙厂"]])
    assert read_ledger(path).sheet == "二月"
    assert read_ledger(path, sheet="三月").rows[0].name == "样例乙厂"
    with pytest.raises(SheetMissing) as missing:
        read_ledger(path, sheet="四月")
    assert missing.value.facts == {"sheet": "四月", "sheets": ("台账", "二月", "三月")}


def test_a_sheet_without_a_name_column_has_no_header(folder):
    path = xlsx(folder / "a.xlsx", [["甲", "乙"], ["1", "2"]])
    with pytest.raises(HeaderNotFound) as refused:
        read_ledger(path)
    assert refused.value.facts["file"] == "a.xlsx"


def test_how_each_column_was_understood_is_said(folder):
    head = ["序号", "企业名称", "单位名称", "法人", "电话", "是否涉及有限空间", "上次检查日期", "照片", "营业收入(元)"]
    sheet = read_ledger(
        xlsx(folder / "a.xlsx", [head, [1, "样例甲厂", "样例乙厂", "张三", "1", "√", "x", "y", "20000"]])
    )
    assert [(one.letter, one.field, one.flag, one.how) for one in sheet.columns] == [
        ("A", None, None, How.IGNORED),
        ("B", "name", None, How.TITLE),
        ("C", None, None, How.DOUBLED),
        ("D", "legal_person", None, How.TITLE),
        ("E", "phone", None, How.TITLE),
        ("F", "flags", "有限空间", How.FLAG),
        ("G", None, None, How.COMPUTED),
        ("H", None, None, How.UNKNOWN),
        ("I", "revenue", None, How.SIMILAR),
    ]
    assert sheet.rows[0].stated_flags == {"有限空间": True}
    assert sheet.rows[0].values["revenue"] == 2.0


def test_of_several_phones_each_belongs_to_the_person_before_it(folder):
    head = ["企业名称", "法定代表人", "联系电话", "安全负责人", "联系电话", "联系人", "手机"]
    columns = read_ledger(xlsx(folder / "a.xlsx", [head, ["样例甲厂"]])).columns
    phones = ["legal_person_phone", "safety_manager_phone", "phone"]
    assert [columns[place].field for place in (2, 4, 6)] == phones


def test_the_only_phone_is_that_of_the_contact(folder):
    columns = read_ledger(xlsx(folder / "a.xlsx", [["企业名称", "法定代表人", "联系电话"], ["样例甲厂"]])).columns
    assert columns[2].field == "phone"


def test_a_person_in_charge_beside_the_legal_person_is_the_principal(folder):
    columns = read_ledger(xlsx(folder / "a.xlsx", [["企业名称", "法定代表人", "负责人"], ["样例甲厂"]])).columns
    assert [one.field for one in columns] == ["name", "legal_person", "principal"]


def test_a_mapping_outweighs_what_was_recognised(folder):
    path = xlsx(folder / "a.xlsx", [["甲", "企业名称", "丙", "备注"], ["样例甲厂", "别名厂", "是", "x"]])
    mapping = {"甲": "name", "B": "简称", "c": "有限空间", "备注": "-"}
    sheet = read_ledger(path, mapping=mapping)
    assert dict(sheet.rows[0].values) == {"name": "样例甲厂", "short_name": "别名厂"}
    assert sheet.rows[0].stated_flags == {"有限空间": True}
    assert by_header(sheet)["备注"].how is How.IGNORED


def test_a_mapping_to_nowhere_is_refused(folder):
    path = xlsx(folder / "a.xlsx", [HEAD, ["样例甲厂"]])
    with pytest.raises(UnknownField) as unknown:
        read_ledger(path, mapping={"村": "血型"})
    assert unknown.value.facts == {"column": "村", "field": "血型"}
    with pytest.raises(ColumnMissing):
        read_ledger(path, mapping={"镇": "village"})
    with pytest.raises(ColumnMissing):
        read_ledger(path, mapping={"ZZ": "village"})


def test_a_village_merged_over_several_rows_holds_for_all_of_them(folder):
    from openpyxl import load_workbook

    path = xlsx(folder / "a.xlsx", [["村", "企业名称"], ["样桥村", "样例甲厂"], [None, "样例乙厂"], [None, "样例丙厂"]])
    book = load_workbook(path)
    book.active.merge_cells("A2:A3")
    book.save(path)
    assert [row.values.get("village") for row in read_ledger(path).rows] == ["样桥村", "样桥村", None]


def test_rows_with_one_code_become_one_and_the_differences_are_told(folder):
    path = xlsx(
        folder / "a.xlsx",
        [
            [*HEAD, "有限空间"],
            ["样例甲厂", GOOD, "样桥村", "13800000001", 12, "是"],
            ["样例乙厂", OTHER, "样桥村", "13800000002", 3, "否"],
            ["样例甲有限公司", GOOD, None, None, 15, "否"],
            ["样例丙厂", None, "样湾村", None, 1, None],
            ["样例丙厂", None, "样湾村", "13800000003", 1, None],
            ["样例丙厂", None, "样桥村", None, 9, None],
        ],
    )
    rows, notes = combine(read_ledger(path).rows)
    assert [(row.row, row.name) for row in rows] == [
        (4, "样例甲有限公司"),
        (3, "样例乙厂"),
        (6, "样例丙厂"),
        (7, "样例丙厂"),
    ]
    assert dict(rows[0].values) == {
        "name": "样例甲有限公司",
        "uscc": GOOD,
        "village": "样桥村",
        "phone": "13800000001",
        "headcount": 15,
    }
    assert rows[0].stated_flags == {"有限空间": False}
    assert [(note.rows, note.field, note.replaced, note.kept) for note in notes] == [
        ((2, 4), "企业名称", "样例甲厂", "样例甲有限公司"),
        ((2, 4), "从业人员数", "12", "15"),
        ((2, 4), "有限空间", "是", "否"),
    ]
    assert note_text(notes[1]) == "第2行和第4行是同一家企业（样例甲有限公司），从业人员数不同：“12”改取“15”"


def test_refused_rows_are_not_combined(folder):
    path = xlsx(folder / "a.xlsx", [HEAD, ["样例甲厂", GOOD], [None, GOOD, "样桥村"]])
    rows, notes = combine(read_ledger(path).rows)
    assert [dict(row.values) for row in rows] == [{"name": "样例甲厂", "uscc": GOOD}]
    assert notes == ()


@pytest.mark.parametrize("name", ["合计机械厂", "总计量器具厂", "注塑样例厂"])
def test_an_enterprise_whose_name_looks_like_a_sum_is_kept(folder, name):
    assert read_ledger(xlsx(folder / "a.xlsx", [HEAD, [name]])).rows[0].name == name


def test_a_workbook_of_the_old_kind_is_read():
    sheet = read_ledger(Path(__file__).with_name("old.xls"))
    assert (sheet.header_row, [row.row for row in sheet.rows]) == (2, [3, 4])
    assert dict(sheet.rows[0].values) == {
        "name": "样溪青禾汽车部件有限公司（示例）",
        "uscc": GOOD,
        "phone": "19400000014",
        "founded_on": date(2010, 5, 19),
        "headcount": 164,
        "above_threshold": True,
    }
    assert [(one.row, one.code) for one in sheet.rejected] == [(4, "precision_lost")]


@given(st.integers(0, 20_000))
def test_column_letters_go_both_ways(index):
    assert index_of(letter_of(index)) == index


def test_column_letters_are_those_of_the_spreadsheet():
    assert [letter_of(index) for index in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD")
    ]
