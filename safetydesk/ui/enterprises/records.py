"""Tables of what was read already, as sortable and copyable as those that page from the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from safetydesk.ui.shell import Shell
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.paged import Column, Order, PagedModel, PagedTable


class Records(QWidget):
    """One table, or what is said where there is nothing. Sorted by attributes of the rows; as read until then."""

    opened = Signal(object)  # the row

    def __init__(
        self, shell: Shell, name: str, title: str, columns: Sequence[Column], empty: EmptyState, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._rows: Sequence[Any] = ()
        self.paged = PagedModel(shell, columns, _as_they_are, Order(), self)
        self.table = PagedTable(shell, self.paged, name, self)
        self.table.setAccessibleName(title)
        self.empty = empty
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, 0)
        column.addWidget(self.stack)
        self.table.opened.connect(self.opened)
        self.paged.counted.connect(self._on_paged_counted)

    def show_rows(self, rows: Sequence[Any]) -> None:
        listed = tuple(rows)
        self._rows = listed
        self.stack.setCurrentWidget(self.table if listed else self.empty)
        self.paged.show_query(lambda _session, order: _sorted(listed, order))

    def focus_first(self) -> None:
        if self._rows:
            self.table.setFocus()
        elif not self.empty.button.isHidden():
            self.empty.button.setFocus()

    @Slot(int)
    def _on_paged_counted(self, count: int) -> None:
        if count and not self.table.selectionModel().hasSelection():
            self.table.pick(self.paged.key_at(0))


def _as_they_are(_session: Any, keys: Sequence[Any]) -> Sequence[Any]:
    return keys


def _sorted(rows: Sequence[Any], order: Order) -> Sequence[Any]:
    """By an attribute; rows without it stand last."""
    if not order.by:
        return rows
    known = [row for row in rows if getattr(row, order.by) is not None]
    unknown = [row for row in rows if getattr(row, order.by) is None]
    return [*sorted(known, key=lambda row: getattr(row, order.by), reverse=order.descending), *unknown]
