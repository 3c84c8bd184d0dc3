from __future__ import annotations

import resource
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from ledger_files import HEAD, inline, ods, ods_row, raw_xlsx, xlsx

from safetydesk.spreadsheets.errors import (
    FileMissing,
    FileProtected,
    FileUnreadable,
    HeaderNotFound,
    TooBig,
    WrongKindOfFile,
)
from safetydesk.spreadsheets.guards import Limits
from safetydesk.spreadsheets.ledger_reader import read_ledger

OLD = Path(__file__).with_name("old.xls")
KILLER = Path(__file__).with_name("killer.xls")
GROWTH = 300 << 10  # kibibytes a hostile file may cost


@pytest.fixture(autouse=True)
def bounded_memory():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH


def refusal(path, **options):
    with pytest.raises(TooBig) as refused:
        read_ledger(path, **options)
    return refused.value.facts["what"]


def test_a_cell_at_the_far_corner_costs_no_memory(tmp_path):
    rows = f'<row r="1">{inline("A1", "企业名称")}</row><row r="1048576">{inline("XFD1048576", "x")}</row>'
    assert refusal(raw_xlsx(tmp_path / "a.xlsx", rows)) == "columns"


@pytest.mark.parametrize("attribute", ["r='{}'", 'r = "{}"', '\nr="{}"', "r\t=\n'{}'"])
def test_no_spelling_of_the_far_corner_gets_through(tmp_path, attribute):
    rows = inline("A1", "企业名称") + inline("XFD1048576", "x").replace(
        'r="XFD1048576"', attribute.format("XFD1048576")
    )
    assert refusal(raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{rows}</row>')) == "columns"


def test_text_that_looks_like_a_reference_is_only_text(tmp_path):
    rows = inline("A1", "企业名称"), inline("A2", 'xr="XFD1048576"样例厂')
    path = raw_xlsx(tmp_path / "a.xlsx", "".join(f'<row r="{n}">{row}</row>' for n, row in enumerate(rows, start=1)))
    assert len(read_ledger(path).rows) == 1


def test_a_cell_far_below_costs_no_memory(tmp_path):
    rows = f'<row r="1">{inline("A1", "企业名称")}</row><row r="1048576">{inline("A1048576", "x")}</row>'
    assert refusal(raw_xlsx(tmp_path / "a.xlsx", rows)) == "rows"
    rows = f"<row>{inline('A1', '企业名称')}</row><row>{inline('A1048576', 'x')}</row>"
    assert refusal(raw_xlsx(tmp_path / "b.xlsx", rows)) == "rows"


def test_a_wide_and_long_area_with_two_cells_costs_no_memory(tmp_path):
    rows = f'<row r="1">{inline("A1", "企业名称")}</row><row r="199999">{inline("KN199999", "x")}</row>'
    assert refusal(raw_xlsx(tmp_path / "a.xlsx", rows)) == "cells"


def test_a_wide_sheet_of_few_rows_is_no_offence(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [[*HEAD, *(f"列{n}" for n in range(290))], ["样例甲厂", *["x"] * 294]])
    assert read_ledger(path).rows[0].name == "样例甲厂"
    path = xlsx(tmp_path / "b.xlsx", [[*HEAD, *(f"列{n}" for n in range(296))], ["样例甲厂", *["x"] * 300]])
    assert refusal(path) == "columns"


def test_a_million_rows_said_to_be_empty_are_no_offence_in_an_ods(tmp_path):
    trailing = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    path = ods(tmp_path / "a.ods", ods_row(["企业名称"]) + ods_row(["样例甲厂"]) + trailing)
    assert [row.row for row in read_ledger(path).rows] == [2]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (ods_row(["企业名称"]) + ods_row(["x"], repeated=1_000_000), "rows"),
        (ods_row(["企业名称"]) + ods_row(["x"], cell_repeated=16_000), "columns"),
        (ods_row(["企业名称"]) + ods_row(["x"], repeated=100_000, cell_repeated=200), "cells"),
        (
            ods_row(["企业名称"])
            + '<table:table-row table:number-rows-repeated="900000"><table:table-cell/></table:table-row>'
            + ods_row(["x"]),
            "rows",
        ),
    ],
)
def test_an_ods_that_repeats_itself_costs_no_memory(tmp_path, rows, what):
    assert refusal(ods(tmp_path / "a.ods", rows)) == what


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(80):
                sheet.write(b" " * (1 << 20))
    assert refusal(path) == "unzipped"


def test_entities_of_an_ods_are_refused(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "ccccc">]><a>&b;</a>')
    with pytest.raises(FileUnreadable):
        read_ledger(path)


def test_limits_hold_for_text_too(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("企业名称\n" + "样例甲厂\n" * 50, encoding="utf-8")
    assert refusal(path, limits=Limits(rows=20)) == "rows"
    path.write_text("企业名称,备注\n样例甲厂," + "长" * 40_000, encoding="utf-8")
    assert refusal(path) == "cell"
    assert refusal(path, limits=Limits(file_bytes=1000)) == "file"
    path.write_text("企业名称" + ",x" * 400, encoding="utf-8")
    assert refusal(path) == "columns"


def test_too_many_sheets_are_refused(tmp_path):
    more = {f"表{number}": [["x"]] for number in range(120)}
    assert refusal(xlsx(tmp_path / "a.xlsx", [HEAD], **more)) == "sheets"


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.97])
def test_a_torn_workbook_is_said_to_be_torn(tmp_path, keep):
    path = xlsx(tmp_path / "a.xlsx", [HEAD, *([f"样例{number}厂"] for number in range(200))])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(FileUnreadable):
        read_ledger(path)


def test_a_flipped_byte_never_ends_in_a_crash(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [HEAD, ["样例甲厂"]])
    data = path.read_bytes()
    for place in range(0, len(data), max(1, len(data) // 300)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        with suppress(FileUnreadable, WrongKindOfFile, HeaderNotFound, TooBig, FileProtected):
            read_ledger(path)


def test_an_old_workbook_that_kills_its_reader_kills_only_that(tmp_path):
    """Found by turning bytes: the reader asks for a terabyte and aborts, or panics."""
    data = OLD.read_bytes()
    path = tmp_path / "a.xls"
    for torn in (data[:3000], KILLER.read_bytes(), data[:512] + b"\xff" * (len(data) - 512)):
        path.write_bytes(torn)
        with pytest.raises(FileUnreadable):
            read_ledger(path)


def test_a_workbook_with_a_password_says_so(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(FileProtected):
        read_ledger(path)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        ("<html><table><tr><td>企业名称</td></tr></table></html>".encode(), "网页"),
        (b"", "空文件"),
        (b"\0\1\2\3" * 20, None),
        (b"\xff\xff\xff\xff", None),
    ],
)
def test_other_kinds_of_files_are_named(tmp_path, data, found):
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    with pytest.raises((WrongKindOfFile, FileUnreadable)) as refused:
        read_ledger(path)
    assert isinstance(refused.value, WrongKindOfFile)
    if data:
        assert refused.value.facts["found"] == found


def test_a_text_document_is_no_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    with pytest.raises(WrongKindOfFile):
        read_ledger(path)


def test_a_missing_file_and_a_folder_are_missing(tmp_path):
    with pytest.raises(FileMissing):
        read_ledger(tmp_path / "nichts.xlsx")
    with pytest.raises(FileMissing):
        read_ledger(tmp_path)
