"""Ledgers and lists of refused rows out, so that they import back without loss.

No text cell can become a formula: what begins with = + - @ gets an apostrophe in front, which the reader takes off
again. Codes and phones are text cells, so that no spreadsheet program makes numbers of them.
"""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from safetydesk.domain.cleaning import raw_text
from safetydesk.domain.enterprise_fields import BY_KEY, Field, Kind, Value, value_text
from safetydesk.spreadsheets.columns import Column, letter_of
from safetydesk.spreadsheets.errors import FileNotWritten
from safetydesk.spreadsheets.ledger_reader import LedgerSheet, RowProblem

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_TEXT, _DATE = "@", "yyyy-mm-dd"
_REASONS = {
    errno.ENOSPC: "no_space",
    errno.EDQUOT: "no_space",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.EBUSY: "busy",
    errno.ETXTBSY: "busy",
    errno.ENOENT: "missing_folder",
    errno.ENOTDIR: "missing_folder",
}
_LINE = Side(style="thin", color="B7C3CF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", start_color="DCE6F1")
_BAD_FILL = PatternFill("solid", start_color="FCE4D6")
_HEAD_FONT = Font(name="宋体", size=11, bold=True)
_BODY_FONT = Font(name="宋体", size=11)
_HEAD_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)
_BODY_ALIGNMENT = Alignment(vertical="center")
_WRAPPED = Alignment(vertical="center", wrap_text=True)
_NARROW, _WIDE = 8, 44


def neutralise(text: str) -> str:
    """Text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_ledger(
    path: Path, fields: Sequence[Field], rows: Iterable[Mapping[str, Value | None]], *, title: str = "企业台账"
) -> None:
    """One sheet with a header row of labels and units and one row for each enterprise. Raises FileNotWritten."""
    listed = [dict(row) for row in rows]
    sheet = _Sheet(title)
    sheet.start([field.header for field in fields], [_width(field, listed) for field in fields], len(listed))
    for row in listed:
        sheet.append([_field_cell(sheet, field, row.get(field.key)) for field in fields])
    save(sheet.workbook, path)


def write_rejects(path: Path, sheet: LedgerSheet, rejected: Iterable[RowProblem]) -> None:
    """The rows with refused cells as they stood, bad cells marked, and why: to be corrected and imported again.

    Columns are the sheet's own, then 原因 and 原行号, which the reader passes over. Raises FileNotWritten.
    """
    by_row: dict[int, list[RowProblem]] = {}
    for problem in rejected:
        by_row.setdefault(problem.row, []).append(problem)
    raw = {row.row: row.raw for row in sheet.rows if row.row in by_row}
    out = _Sheet("退回行")
    titles = [column.header for column in sheet.columns]
    out.start([*titles, "原因", "原行号"], [_title_width(title) for title in titles] + [_WIDE, _NARROW], len(by_row))
    for number in sorted(by_row):
        problems = by_row[number]
        bad = {problem.index for problem in problems}
        cells = [_raw_cell(out, column, raw.get(number, ()), column.index in bad) for column in sheet.columns]
        why = "；".join(f"{problem.column}：{problem.reason}" for problem in problems)
        out.append([*cells, out.cell(neutralise(_printable(why)), number_format=_TEXT, wrapped=True), out.cell(number)])
    save(out.workbook, path)


def save(workbook: Workbook, path: Path) -> None:
    """Written beside its place, flushed and renamed: a half-written workbook never takes the place of a whole one."""
    packed = BytesIO()
    workbook.save(packed)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            file.write(packed.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        reason = _REASONS.get(error.errno or 0, "other")
        busy = reason == "denied" and path.exists() and os.access(path.parent, os.W_OK)
        raise FileNotWritten(file=path.name, reason="busy" if busy else reason) from error


class _Sheet:
    """A write-only sheet in the program's one style."""

    def __init__(self, title: str) -> None:
        self.workbook = Workbook(write_only=True)
        self.sheet: Any = self.workbook.create_sheet(title)
        self._styles: dict[tuple[str, bool, bool], Any] = {}

    def start(self, titles: Sequence[str], widths: Sequence[int], rows: int) -> None:
        for index, width in enumerate(widths):
            self.sheet.column_dimensions[letter_of(index)].width = width
        self.sheet.freeze_panes = "A2"
        if titles:
            self.sheet.auto_filter.ref = f"A1:{letter_of(len(titles) - 1)}{rows + 1}"
        self.sheet.print_title_rows = "1:1"
        self.sheet.page_setup.orientation = "landscape"
        self.sheet.append([self._head(title) for title in titles])

    def cell(self, value: Any, *, number_format: str = "General", bad: bool = False, wrapped: bool = False) -> Any:
        cell: Any = WriteOnlyCell(self.sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"  # openpyxl would make a formula of =..., an error of #N/A
        cell._style = self._style(number_format, bad, wrapped)
        return cell

    def _style(self, number_format: str, bad: bool, wrapped: bool) -> Any:
        """Each style is looked up once for the sheet: setting fonts cell by cell takes most of the time of a file."""
        key = (number_format, bad, wrapped)
        if key not in self._styles:
            model: Any = WriteOnlyCell(self.sheet)
            model.font, model.border = _BODY_FONT, _BORDER
            model.alignment = _WRAPPED if wrapped else _BODY_ALIGNMENT
            model.number_format = number_format
            if bad:
                model.fill = _BAD_FILL
            self._styles[key] = model._style
        return self._styles[key]

    def append(self, cells: Sequence[Any]) -> None:
        self.sheet.append(cells)

    def _head(self, title: str) -> Any:
        cell: Any = WriteOnlyCell(self.sheet, value=neutralise(title))
        cell.data_type, cell.number_format, cell.border = "s", _TEXT, _BORDER
        cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _HEAD_ALIGNMENT
        return cell


def _field_cell(sheet: _Sheet, field: Field, value: Value | None) -> Any:
    if value is None:
        return sheet.cell(None)
    if isinstance(value, date):
        return sheet.cell(value, number_format=_DATE)
    if field.kind in (Kind.INTEGER, Kind.NUMBER):
        return sheet.cell(value)
    text = value_text(value) or "无"  # an empty list states that there is none
    return sheet.cell(neutralise(text), number_format=_TEXT, wrapped=field.kind is Kind.LONG_TEXT)


def _raw_cell(sheet: _Sheet, column: Column, raw: Sequence[object], bad: bool) -> Any:
    value = raw[column.index] if column.index < len(raw) else ""
    if value is None or value == "":
        return sheet.cell(None, bad=bad)
    if isinstance(value, date):
        return sheet.cell(value, number_format=_DATE, bad=bad)
    as_text = isinstance(value, (str, bool)) or (
        column.field is not None and BY_KEY[column.field].kind in (Kind.CODE, Kind.PHONE, Kind.TEXT, Kind.LONG_TEXT)
    )
    if as_text or not isinstance(value, (int, float)):
        return sheet.cell(neutralise(_printable(raw_text(value))), number_format=_TEXT, bad=bad)
    return sheet.cell(value, bad=bad)


def _printable(text: str) -> str:
    """Without the control characters that no workbook can hold."""
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))


def _width(field: Field, rows: Sequence[Mapping[str, Value | None]]) -> int:
    longest = max((_columns(value_text(row.get(field.key))) for row in rows[:500]), default=0)
    return max(_title_width(field.header), min(longest + 2, _WIDE))


def _title_width(title: str) -> int:
    return min(max(_columns(title) + 4, _NARROW), _WIDE)


def _columns(text: str) -> int:
    """How wide a text is in the columns of a fixed-width face: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
