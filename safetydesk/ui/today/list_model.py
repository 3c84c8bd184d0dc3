"""The lines of the day with a head over each band, as rows of one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from safetydesk.ui.text import tr
from safetydesk.ui.today import words

if TYPE_CHECKING:
    from safetydesk.workflows.today import Band, Day

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class BandHead:
    """What stands over the lines of one band. 以后 folds."""

    band: Band
    count: int
    is_folded: bool = False
    folds: bool = False


class DayListModel(QAbstractListModel):
    """Heads cannot be picked, but for the one that unfolds what comes later."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day: Day | None = None
        self._rows: list[Any] = []
        self.later_is_open = False
        self.today = date.min

    def show_day(self, day: Day) -> None:
        self._day = day
        self.today = day.on
        self._rebuild()

    def toggle_later(self) -> None:
        self.later_is_open = not self.later_is_open
        self._rebuild()

    def row_at(self, index: Index) -> Any | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def position_of(self, line_id: UUID) -> int | None:
        return next((at for at, row in enumerate(self._rows) if getattr(row, "id", None) == line_id), None)

    def first_line(self) -> int | None:
        return next((at for at, row in enumerate(self._rows) if not isinstance(row, BandHead)), None)

    def lines(self) -> Sequence[Any]:
        return [row for row in self._rows if not isinstance(row, BandHead)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None or (isinstance(row, BandHead) and not row.folds):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return head_text(row) if isinstance(row, BandHead) else words.spoken(row, self.today)
            case Qt.ItemDataRole.ToolTipRole:
                return None if isinstance(row, BandHead) else f"{words.what_text(row)}\n{words.where_text(row)}"
            case _:
                return row if role == ROW else None

    def _rebuild(self) -> None:
        from safetydesk.workflows.today import Band

        self.beginResetModel()
        self._rows = []
        for band in Band:
            lines = self._day.of(band) if self._day is not None else []
            if not lines:
                continue
            folds = band is Band.LATER
            is_folded = folds and not self.later_is_open
            self._rows.append(BandHead(band, len(lines), is_folded, folds))
            self._rows += [] if is_folded else lines
        self.endResetModel()


def head_text(head: BandHead) -> str:
    said = f"{words.band_text(head.band)} {head.count}"
    if not head.folds:
        return said
    return tr("{head}，按 Enter 展开", head=said) if head.is_folded else tr("{head}，按 Enter 收起", head=said)
