from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_files import GOOD, HEAD, OTHER, xlsx
from openpyxl import load_workbook

from safetydesk.domain import uscc
from safetydesk.domain.enterprise_fields import FIELDS, FLAGS, FieldProblem, Kind, field, parse
from safetydesk.spreadsheets.errors import FileNotWritten
from safetydesk.spreadsheets.ledger_reader import read_ledger
from safetydesk.spreadsheets.ledger_writer import neutralise, write_ledger, write_rejects

ACCEPTED = tuple(one for one in FIELDS if one.accepted)
nasty = st.text(st.sampled_from("=+-@'\t\n 　样例A1#/（）\"&<>，。喆𠮷\u200b"), max_size=12)
CODES = [body + uscc.check_character(body) for body in (f"91000000MA{number:07d}" for number in range(40))]


def cells_for(one):
    match one.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return nasty | st.text(max_size=12)
        case Kind.CODE:
            return st.sampled_from(CODES) if one.key == "uscc" else st.from_regex(r"[1-9][0-9]{3}", fullmatch=True)
        case Kind.PHONE:
            return st.lists(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), min_size=1, max_size=3).map("/".join)
        case Kind.INTEGER:
            return st.integers(0, 5000)
        case Kind.NUMBER:
            return st.floats(-10, 200_000, allow_nan=False)
        case Kind.DATE:
            return st.dates(date(1900, 3, 1), date(2099, 12, 31))
        case Kind.YES_NO:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(one.choices)
        case Kind.CHOICES:
            return st.lists(st.sampled_from(FLAGS), max_size=4)


@st.composite
def enterprises(draw):
    values = {"name": "样例厂"}
    for one in draw(st.lists(st.sampled_from(ACCEPTED), max_size=8, unique=True)):
        try:
            value = parse(one, draw(cells_for(one)))
        except FieldProblem:
            continue
        if value is not None:
            values[one.key] = value
    return values


@settings(max_examples=60, deadline=None)
@given(st.lists(enterprises(), min_size=1, max_size=5))
def test_what_is_exported_imports_as_the_same_values(rows):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        write_ledger(path, ACCEPTED, rows)
        sheet = read_ledger(path)
    assert sheet.rejected == ()
    assert [dict(row.values) for row in sheet.rows] == rows


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_begins_a_formula(text):
    assert neutralise(text).startswith("'")


def test_ordinary_text_is_left_alone():
    assert neutralise("样例=厂") == "样例=厂"


def test_no_cell_of_an_export_is_a_formula_or_an_error(tmp_path):
    path = tmp_path / "a.xlsx"
    write_ledger(path, [field("name"), field("note")], [{"name": "=cmd|' /C calc'!A0", "note": "#N/A"}])
    cells = [cell for row in load_workbook(path).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[2].value == "'=cmd|' /C calc'!A0"
    assert read_ledger(path).rows[0].name == "=cmd|'/C calc'!A0".replace("'/", "' /")


def test_codes_and_phones_are_text_and_dates_are_dates(tmp_path):
    path = tmp_path / "a.xlsx"
    row = {"name": "样例厂", "uscc": GOOD, "phone": "13800000001", "founded_on": date(2024, 3, 5), "revenue": 12.5}
    write_ledger(path, [field(key) for key in row], [row])
    sheet = load_workbook(path).active
    assert sheet.freeze_panes == "A2"
    assert [cell.number_format for cell in sheet[2]] == ["@", "@", "@", "yyyy-mm-dd", "General"]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "s", "d", "n"]
    assert sheet["E1"].value == "上年营业收入（万元）"


def test_an_empty_ledger_has_its_header(tmp_path):
    path = tmp_path / "a.xlsx"
    write_ledger(path, [field("name"), field("uscc")], [])
    assert read_ledger(path).rows == ()


def test_refused_rows_come_back_and_import_once_corrected(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        [
            ["序号", *HEAD, "照片"],
            [1, "样例甲厂", GOOD[:-1] + "8", "样桥村", 13800000001, "10-20人", "x"],
            [2, "样例乙厂", OTHER, "样桥村", "13800000002", 3, "y"],
            [3, "样例丙厂", None, "样桥村", "12", 3, "=z"],
        ],
    )
    sheet = read_ledger(path)
    rejects = tmp_path / "退回.xlsx"
    write_rejects(rejects, sheet, sheet.rejected)
    written = load_workbook(rejects).active
    assert [cell.value for cell in written[1]] == ["序号", *HEAD, "照片", "原因", "原行号"]
    assert [row[1].value for row in written.iter_rows(min_row=2)] == ["样例甲厂", "样例丙厂"]
    assert written["E2"].value == "13800000001"
    assert written["H2"].value.startswith("统一社会信用代码：校验不符")
    assert "从业人员数：" in written["H2"].value
    assert [written["I2"].value, written["I3"].value] == [2, 4]
    assert written["C2"].fill.start_color.rgb != written["D2"].fill.start_color.rgb
    assert [(one.column, one.code) for one in read_ledger(rejects).rejected] == [
        (one.column, one.code) for one in sheet.rejected
    ]
    _correct(rejects, {"C2": GOOD, "F2": 15, "E3": "13800000003"})
    again = read_ledger(rejects)
    assert again.rejected == ()
    assert [(row.uscc, row.values["phone"]) for row in again.rows] == [(GOOD, "13800000001"), (None, "13800000003")]


def _correct(path, cells):
    book = load_workbook(path)
    for place, value in cells.items():
        book.active[place] = value
    book.save(path)


def test_refused_rows_with_odd_characters_can_be_written(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("企业名称,联系电话\n样例甲厂,\x01=1\x0b\n", encoding="utf-8")
    sheet = read_ledger(path)
    write_rejects(tmp_path / "r.xlsx", sheet, sheet.rejected)
    assert load_workbook(tmp_path / "r.xlsx").active["B2"].value == "'=1"


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    target = tmp_path / "台账.xlsx"
    target.mkdir()
    (target / "x").write_text("x")
    with pytest.raises(FileNotWritten):
        write_ledger(target, [field("name")], [{"name": "样例厂"}])
    assert [one.name for one in tmp_path.iterdir()] == ["台账.xlsx"]
    with pytest.raises(FileNotWritten) as refused:
        write_ledger(tmp_path / "nirgends" / "a.xlsx", [field("name")], [])
    assert refused.value.facts["reason"] == "missing_folder"
