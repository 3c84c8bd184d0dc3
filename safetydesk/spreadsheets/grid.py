"""One sheet as rows of raw values, whatever the file is: .xlsx, .xls, .ods, or text in UTF-8, UTF-16 or GB 18030."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from safetydesk.spreadsheets.apart import grids_apart
from safetydesk.spreadsheets.errors import (
    FileMissing,
    FileProtected,
    FileUnreadable,
    SheetMissing,
    TooBig,
    WrongKindOfFile,
)
from safetydesk.spreadsheets.guards import LIMITS, FileKind, Limits, check_package, kind_of

_DELIMITERS = ",\t;|"


@dataclass(frozen=True)
class Grid:
    """Raw values by row and column, both counted from the sheet's first. `merged`: areas (top, left, bottom, right)."""

    sheet: str
    sheets: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    merged: tuple[tuple[int, int, int, int], ...] = ()


def read_grids(path: Path, *, sheet: str | None = None, limits: Limits = LIMITS) -> Iterable[Grid]:
    """The named sheet, or the sheets with content in their order (read one at a time).

    Raises FileMissing, WrongKindOfFile, FileUnreadable, FileProtected, SheetMissing, TooBig.
    """
    data = _read(path, limits)
    kind = kind_of(data, path.name)
    if kind is FileKind.TEXT:
        return [_text_grid(data, path, sheet, limits)]
    if kind is FileKind.XLS:
        return grids_apart(data, path.name, sheet, limits)
    check_package(data, kind, path.name, limits)
    return workbook_grids(data, path.name, sheet, limits)


def _read(path: Path, limits: Limits) -> bytes:
    try:
        if path.stat().st_size > limits.file_bytes:
            raise TooBig(file=path.name, what="file", limit=limits.file_bytes)
        data = path.read_bytes()
    except OSError as error:
        raise FileMissing(file=path.name) from error
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise WrongKindOfFile(file=path.name, found="空文件")
    return data


def workbook_grids(data: bytes, file: str, sheet: str | None, limits: Limits) -> Iterable[Grid]:
    """The sheets of a workbook whose package was checked, or that is read apart."""
    import python_calamine as calamine  # 10 ms that only an import of a workbook needs

    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = tuple(
            one.name
            for one in workbook.sheets_metadata
            if one.typ == calamine.SheetTypeEnum.WorkSheet
            and (one.visible == calamine.SheetVisibleEnum.Visible or one.name == sheet)
        )
    except calamine.PasswordError as error:
        raise FileProtected(file=file) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise FileUnreadable(file=file) from error
    if len(visible) > limits.sheets:
        raise TooBig(file=file, what="sheets", limit=limits.sheets)
    if sheet is not None and sheet not in visible:
        raise SheetMissing(sheet=sheet, sheets=visible)
    names = visible if sheet is None else (sheet,)
    return (_sheet_grid(workbook, name, visible, file, limits) for name in names)


def _sheet_grid(workbook: object, name: str, sheets: tuple[str, ...], file: str, limits: Limits) -> Grid:
    import python_calamine as calamine

    assert isinstance(workbook, calamine.CalamineWorkbook)
    try:
        sheet = workbook.get_sheet_by_name(name)
    except (calamine.CalamineError, calamine.WorksheetNotFound, OSError, ValueError) as error:
        raise FileUnreadable(file=file) from error
    end = sheet.end or (0, 0)
    _check_shape(end[0] + 1, end[1] + 1, file, limits)
    rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
    _check_cells(rows, file, limits)
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Grid(name, sheets, rows, merged)


def _text_grid(data: bytes, path: Path, sheet: str | None, limits: Limits) -> Grid:
    if sheet is not None:
        raise SheetMissing(sheet=sheet, sheets=())
    text = _decode(data, path.name)
    delimiter = _delimiter(text)
    csv.field_size_limit(limits.cell_characters * 4)
    rows: list[Sequence[object]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > limits.rows or len(row) > limits.columns:
                _check_shape(len(rows), len(row), path.name, limits)
    except csv.Error as error:
        raise FileUnreadable(file=path.name) from error
    _check_cells(rows, path.name, limits)
    return Grid("", (), rows)


def _decode(data: bytes, file: str) -> str:
    """By its mark, else UTF-8 where that holds throughout, else GB 18030 as older programs write it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WrongKindOfFile(file=file, found=None)


def _delimiter(text: str) -> str:
    """The mark that parts the first lines into the most columns; a comma where none does."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    counts = {mark: max((line.count(mark) for line in lines), default=0) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: (counts[mark], -_DELIMITERS.index(mark)))


def _check_shape(rows: int, columns: int, file: str, limits: Limits) -> None:
    if rows > limits.rows:
        raise TooBig(file=file, what="rows", limit=limits.rows)
    if columns > limits.columns:
        raise TooBig(file=file, what="columns", limit=limits.columns)


def _check_cells(rows: Iterable[Sequence[object]], file: str, limits: Limits) -> None:
    longest = limits.cell_characters
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and len(cell) > longest:
                raise TooBig(file=file, what="cell", limit=longest)
