"""What can be wrong with a spreadsheet as a whole. What is wrong with a cell is a `RowProblem`, never an exception."""

from __future__ import annotations

from safetydesk.domain.errors import IntegrityError, SafetyDeskError


class FileMissing(SafetyDeskError):
    """There is no such file, or it may not be read. Facts: `file`."""

    code = "file_missing"


class WrongKindOfFile(SafetyDeskError):
    """Not a workbook or a text table that can be read. Facts: `file`, `found` (a short name of what it is, or None)."""

    code = "wrong_kind_of_file"


class FileUnreadable(IntegrityError):
    """A workbook that is torn or contradicts itself. Facts: `file`."""

    code = "file_unreadable"


class FileProtected(SafetyDeskError):
    """A workbook that asks for a password. Facts: `file`."""

    code = "file_protected"


class SheetMissing(SafetyDeskError):
    """Facts: `sheet`, `sheets` (the names there are)."""

    code = "sheet_missing"


class HeaderNotFound(SafetyDeskError):
    """None of the first rows has a column with the enterprise's name. Facts: `file`, `sheet`, `rows` (looked at)."""

    code = "header_not_found"


class TooBig(SafetyDeskError):
    """Facts: `what` (file, unzipped, sheets, rows, columns, cells, cell), `limit`, `file`."""

    code = "too_big"


class ColumnMissing(SafetyDeskError):
    """A mapping names a column that the sheet does not have. Facts: `column`, `columns` (the titles there are)."""

    code = "column_missing"


class FileNotWritten(SafetyDeskError):
    """Facts: `file`, `reason` (no_space, denied, busy, missing_folder, other)."""

    code = "file_not_written"
