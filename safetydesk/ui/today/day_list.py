"""The list of the day: arrows go from line to line, Enter does what the line's button says."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.today.line_delegate import LineDelegate
from safetydesk.ui.today.list_model import BandHead, DayListModel


class DayList(QListView):
    """Keeps the line that is picked when the day is asked again."""

    requested = Signal(object)  # the line whose button was pressed
    shown = Signal(object)  # the line that was opened to be read

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = DayListModel(self)
        self.setModel(self.days)
        delegate = LineDelegate(self)
        self.setItemDelegate(delegate)
        self.setAccessibleName(tr("今日要办的事"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        delegate.pressed.connect(self._on_delegate_pressed)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.changes().changed.connect(self._on_theme_changed)

    def show_day(self, day: Any) -> None:
        picked = self.picked_line()
        at = self.currentIndex().row()
        self.days.show_day(day)
        self._pick_again(picked.id if picked is not None else None, at)

    def picked_line(self) -> Any | None:
        row = self.days.row_at(self.currentIndex())
        return None if row is None or isinstance(row, BandHead) else row

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self._pick_again(None, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.days.row_at(self.currentIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and row is not None:
            self._press(row)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and isinstance(row, BandHead):
            if row.is_folded == (event.key() == Qt.Key.Key_Right):
                self._press(row)
        else:
            super().keyPressEvent(event)

    def _press(self, row: Any) -> None:
        if isinstance(row, BandHead):
            if row.folds:
                self._fold(row)
        else:
            self.requested.emit(row)

    def _fold(self, _head: BandHead) -> None:
        at = self.currentIndex().row()
        self.days.toggle_later()
        self._set_current(at)
        where = QAbstractItemView.ScrollHint.EnsureVisible
        if self.days.later_is_open:
            where = QAbstractItemView.ScrollHint.PositionAtTop  # so that what was unfolded is in view
        self.scrollTo(self.currentIndex(), where)

    def _pick_again(self, line_id: UUID | None, at: int) -> None:
        """The same line; where it is done, the one that came into its place."""
        found = self.days.position_of(line_id) if line_id is not None else None
        if found is None and line_id is not None:
            found = next((n for n in (at, at - 1, at + 1) if self._is_line(n)), None)
        if found is None:
            found = self.days.first_line()
        if found is not None:
            self._set_current(found)

    def _is_line(self, at: int) -> bool:
        row = self.days.row_at(self.days.index(at, 0)) if 0 <= at < self.days.rowCount() else None
        return row is not None and not isinstance(row, BandHead)

    def _set_current(self, at: int) -> None:
        index = self.days.index(at, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot(object)
    def _on_delegate_pressed(self, row: Any) -> None:
        self._press(row)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = self.days.row_at(index)
        if row is not None and not isinstance(row, BandHead):
            self.shown.emit(row)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
