"""A ledger sheet in: a verdict for every row and every cell, and nothing silently lost.

What a clerk can rely on:

* A row is refused only for its name or its code: without them nobody knows which enterprise it is. Any other cell that
  cannot be taken is left out of its row and listed with its value and the reason; the rest of the row is taken.
* A blank cell states nothing: importing a sheet with gaps never clears what is known.
* Empty rows, sums (合计, 小计), repeated headers and the lines for signatures below are skipped, each with a note.
* Row numbers are those the spreadsheet program shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from safetydesk.domain.cleaning import clean_text, is_blank, raw_text
from safetydesk.domain.enterprise import values as cell_values
from safetydesk.domain.enterprise.headers import plain_header
from safetydesk.domain.enterprise_fields import (
    BY_KEY,
    FieldProblem,
    ProblemReason,
    Value,
    parse,
    reason_text,
)
from safetydesk.spreadsheets.columns import HEADER_ROWS, Column, find_header, understand
from safetydesk.spreadsheets.errors import HeaderNotFound
from safetydesk.spreadsheets.grid import Grid, read_grids
from safetydesk.spreadsheets.guards import LIMITS, Limits

FATAL_KEYS = frozenset({"name", "uscc"})
_FILLED_DOWN = frozenset({"village", "zone", "township", "grid", "officer", "division"})
_SUMS = re.compile(r"(本页|全镇|全村)?(合 ?计|小 ?计|总 ?计|共 ?计|累 ?计)[:：]?[\d\s.家户个人]*")
_FOOT = re.compile("(填表|填报|制表|审核|复核|审批|负责人签|单位负责人|联系人|注|备注|说明|填表说明)[^:：]{0,8}[:：]")


@dataclass(frozen=True)
class RowProblem:
    """A cell that was not taken. `row` is the sheet's number; `is_fatal`: the whole row was refused for it."""

    row: int
    column: str
    value: str
    reason: str  # a Chinese phrase
    code: str  # ProblemReason, or a code of the workflow that refused it
    is_fatal: bool = False
    index: int | None = None  # of the column, from 0


@dataclass(frozen=True)
class SkippedRow:
    """A row that is no enterprise. `why`: sum, header, footer."""

    row: int
    why: str


@dataclass(frozen=True)
class LedgerRow:
    """One enterprise as its row states it: only filled cells are in `values`.

    `flags` in `values` is a complete list; `stated_flags` are the yes/no columns of single marks.
    """

    row: int
    values: Mapping[str, Value]
    stated_flags: Mapping[str, bool]
    problems: tuple[RowProblem, ...] = ()
    raw: tuple[object, ...] = ()  # kept only where there is a problem

    @property
    def is_rejected(self) -> bool:
        return any(problem.is_fatal for problem in self.problems)

    @property
    def name(self) -> str:
        return str(self.values.get("name", ""))

    @property
    def uscc(self) -> str | None:
        code = self.values.get("uscc")
        return str(code) if code is not None else None


@dataclass(frozen=True)
class LedgerSheet:
    """A sheet that was read: how its columns were understood, and a verdict for each of its rows."""

    file: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[LedgerRow, ...]
    skipped: tuple[SkippedRow, ...]
    empty_rows: int

    @cached_property
    def accepted(self) -> tuple[LedgerRow, ...]:
        return tuple(row for row in self.rows if not row.is_rejected)

    @cached_property
    def rejected(self) -> tuple[RowProblem, ...]:
        """Every cell that was not taken, in the order of the sheet."""
        return tuple(problem for row in self.rows for problem in row.problems)


def read_ledger(
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
) -> LedgerSheet:
    """Read the named sheet, or the first that has a header with the enterprise's name.

    `mapping`: {column title or letter: field key, label or high-risk mark}, "-" to pass a column over. Raises
    FileMissing, WrongKindOfFile, FileUnreadable, FileProtected, SheetMissing, TooBig, HeaderNotFound, ColumnMissing,
    UnknownField.
    """
    last = ""
    for grid in read_grids(path, sheet=sheet, limits=limits):
        header = find_header(grid.rows, mapping)
        if header is not None:
            return _read_grid(grid, path.name, header, mapping)
        last = grid.sheet
    raise HeaderNotFound(file=path.name, sheet=sheet or last, rows=HEADER_ROWS)


def problem_of(row: int, column: Column, problem: FieldProblem) -> RowProblem:
    fatal = column.field in FATAL_KEYS
    return RowProblem(
        row, column.header, problem.value, reason_text(problem), problem.reason.value, fatal, column.index
    )


def _read_grid(grid: Grid, file: str, header: int, mapping: Mapping[str, str] | None) -> LedgerSheet:
    columns = understand(grid.rows[header], mapping)
    reader = _RowReader(columns)
    rows: list[LedgerRow] = []
    skipped: list[SkippedRow] = []
    empty = 0
    for number, cells in _data_rows(grid, header, columns):
        why = reader.why_skipped(cells)
        if why is None:
            rows.append(reader.read(number, cells))
        elif why == "empty":
            empty += 1
        else:
            skipped.append(SkippedRow(number, why))
    return LedgerSheet(
        file, grid.sheet, grid.sheets, header + 1, columns, tuple(rows), tuple(skipped), _inner_empty(empty, grid)
    )


def _inner_empty(empty: int, grid: Grid) -> int:
    trailing = 0
    for row in reversed(grid.rows):
        if any(cell not in ("", None) for cell in row):
            break
        trailing += 1
    return max(empty - trailing, 0)


def _data_rows(grid: Grid, header: int, columns: Sequence[Column]) -> Iterable[tuple[int, Sequence[object]]]:
    """The rows below the header; a cell merged over several rows (a village's name) holds for all of them."""
    down = {column.index for column in columns if column.field in _FILLED_DOWN}
    fill: dict[int, dict[int, object]] = {}
    for top, left, bottom, _right in grid.merged:
        if left in down and top > header and top < len(grid.rows) and left < len(grid.rows[top]):
            for place in range(top + 1, min(bottom, len(grid.rows) - 1) + 1):
                fill.setdefault(place, {})[left] = grid.rows[top][left]
    for place in range(header + 1, len(grid.rows)):
        cells = grid.rows[place]
        if place in fill:
            cells = [fill[place].get(index, cell) if cell == "" else cell for index, cell in enumerate(cells)]
        yield place + 1, cells


class _RowReader:
    def __init__(self, columns: Sequence[Column]) -> None:
        self._known = [column for column in columns if column.field is not None]
        # A row counts as filled by what is its own, not by what a merged cell or a list of villages left in it.
        self._own = [column for column in self._known if column.field not in _FILLED_DOWN]
        self._name = next(column for column in self._known if column.field == "name")

    def why_skipped(self, cells: Sequence[object]) -> str | None:
        """empty, sum, header or footer; None for a row that is to be read.

        Nothing but a serial number, or what a merged cell left, is a prepared line that nobody filled in: empty.
        """
        filled = [text for text in (clean_text(raw_text(cell)) for cell in cells if cell not in ("", None)) if text]
        name = _text_at(cells, self._name)
        if _SUMS.fullmatch(name) or (is_blank(name) and any(_SUMS.fullmatch(text) for text in filled[:3])):
            return "sum"
        foot = bool(filled) and _FOOT.match(filled[0]) is not None
        if not any(_text_at(cells, column) for column in self._own):
            return "footer" if foot else "empty"
        if name and plain_header(name) == plain_header(self._name.header):
            return "header"
        short = len(filled) <= 4 and (is_blank(name) or name == filled[0] or _FOOT.match(name) is not None)
        return "footer" if foot and short else None

    def read(self, number: int, cells: Sequence[object]) -> LedgerRow:
        values: dict[str, Value] = {}
        stated: dict[str, bool] = {}
        problems: list[RowProblem] = []
        for column in self._known:
            try:
                self._take(column, cells[column.index] if column.index < len(cells) else "", values, stated)
            except FieldProblem as problem:
                problems.append(problem_of(number, column, problem))
        if "name" not in values and not any(problem.index == self._name.index for problem in problems):
            empty = FieldProblem(ProblemReason.EMPTY, _text_at(cells, self._name))
            problems.insert(0, problem_of(number, self._name, empty))
        return LedgerRow(number, values, stated, tuple(problems), tuple(cells) if problems else ())

    def _take(self, column: Column, cell: object, values: dict[str, Value], stated: dict[str, bool]) -> None:
        if cell == "" or cell is None:
            return
        if column.flag is not None:
            answer = clean_text(raw_text(cell))
            if answer and (not is_blank(answer) or answer.upper() in cell_values.NO_WORDS):
                stated[column.flag] = cell_values.yes_or_no(cell)
            return
        assert column.field is not None
        value = parse(BY_KEY[column.field], cell, unit=column.unit)
        if value is not None:
            values[column.field] = value


def _text_at(cells: Sequence[object], column: Column) -> str:
    return clean_text(raw_text(cells[column.index])) if column.index < len(cells) else ""
