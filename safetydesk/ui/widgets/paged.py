"""Tables over rows that page from the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from safetydesk.ui import theme
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour
from safetydesk.ui.widgets.columns import ColumnLayout
from safetydesk.ui.widgets.paged_model import PAGE, ROW, SORT, Column, Index, KeysWork, Order, PagedModel, RowsWork

__all__ = ["PAGE", "ROW", "SORT", "Column", "KeysWork", "Order", "PagedModel", "PagedTable", "RowsWork"]

_MOST_KEPT = 2000  # rows that stay picked when the list changes
_MOST_COPIED = 5000
_SETTLED = 400  # ms after the last pull at a column
_BAR = 3  # logical pixels
_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # Excel takes the wide ones too


class PagedTable(QTableView):
    """A table over a PagedModel. Enter or a double click opens, moving picks, Ctrl+C copies for Excel.

    What is picked stays picked, and where it stands in view, when the list is asked again.
    """

    opened = Signal(object)  # the row
    picked = Signal(object)  # the row, or none

    def __init__(self, shell: Shell, model: PagedModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._wanted_key: Any = None
        self._kept: tuple[list[Any], Any, int | None] | None = None  # keys, current key, where it stood in view
        self._is_at_work = False  # what is selected now is not what a person selects
        self.paged = model
        self.setModel(model)
        self.setAccessibleName(name)
        self._dress()
        self._columns = ColumnLayout(self, model.columns, shell.config, name)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED)
        self._connect()
        self._show_order()

    def pick(self, key: Any) -> None:
        """Select the row of this key, now or when it is there."""
        self._wanted_key = key
        self._pick_wanted()

    def current_row(self) -> Any | None:
        index = self.currentIndex()
        return self.paged.row_at(index) if index.isValid() and self.selectionModel().hasSelection() else None

    def add_action(self, text: str, slot: Callable[[], object], shortcut: str | None = None) -> QAction:
        """An entry of the context menu; with a shortcut that works while the table has the focus."""
        action = QAction(text, self)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    def copy_for_excel(self) -> None:
        """The selected rows with their titles, as text that Excel takes into cells. Formulas stay text."""
        picked = sorted({index.row() for index in self.selectionModel().selectedRows()})[:_MOST_COPIED]
        rows = [self.paged.row_at(at) for at in picked]
        if None in rows:
            self.paged.read_rows([self.paged.key_at(at) for at in picked], self._on_rows_read)
        else:
            self._copy(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_for_excel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by the keyboard sees where he is."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEYS and self.paged.rowCount() and not self.selectionModel().hasSelection():
            self.selectRow(max(self.currentIndex().row(), 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar at the left of the row that the keyboard is on."""
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            row = self.visualRect(self.currentIndex())
            painter = QPainter(self.viewport())
            painter.fillRect(0, row.top(), _BAR, row.height(), theme.colour(Colour.ACCENT))
            painter.end()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._is_at_work:
            self._wanted_key = None  # the person picked something else meanwhile
            self._tell_picked()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.stretch()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._settling.isActive():
            self._on_settling_timeout()

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._size()

    def _size(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(theme.scaled(40), theme.current().target))
        self.horizontalHeader().setMinimumSectionSize(theme.scaled(48))

    def _connect(self) -> None:
        header = self.horizontalHeader()
        header.customContextMenuRequested.connect(self._on_header_menu_requested)
        header.sectionClicked.connect(self._on_header_clicked)
        header.sectionResized.connect(self._on_section_changed)
        header.sectionMoved.connect(self._on_section_changed)
        self._settling.timeout.connect(self._on_settling_timeout)
        self.customContextMenuRequested.connect(self._on_context_menu_requested)
        self.doubleClicked.connect(self._on_double_clicked)
        self.paged.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)
        self.paged.modelReset.connect(self._on_model_reset)
        self.paged.dataChanged.connect(self._on_data_changed)
        theme.changes().changed.connect(self._on_theme_changed)

    # --- what is picked

    def _pick_wanted(self) -> bool:
        at = self.paged.position_of(self._wanted_key) if self._wanted_key is not None else None
        if at is None:
            return False
        self._wanted_key = None
        self._select(at)
        self.scrollTo(self.paged.index(at, 0))
        return True

    def _select(self, at: int) -> None:
        """This row alone, whatever key is held: after Ctrl+Enter, `selectRow` would toggle."""
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.paged.index(at, 0), only)

    def _tell_picked(self) -> None:
        """A row that is picked but has not come yet is told when it is there."""
        row = self.current_row()
        if row is not None or not self.selectionModel().hasSelection():
            self.picked.emit(row)

    def _pick_kept(self) -> None:
        """Select again what was selected before the list changed, at the place in view where it stood."""
        kept, self._kept = self._kept, None
        if kept is None:
            return
        keys, current, top = kept
        places = self.paged.positions_of(keys)
        if not places:
            self.picked.emit(None)
            return
        at = self.paged.position_of(current)
        self._is_at_work = True
        chosen = QItemSelection()
        for place in places:
            chosen.select(self.paged.index(place, 0), self.paged.index(place, len(self.paged.columns) - 1))
        here = self.paged.index(places[0] if at is None else at, 0)
        self.selectionModel().setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._is_at_work = False
        if top is not None:
            bar = self.verticalScrollBar()
            self.scrollTo(here)
            bar.setValue(bar.value() + self.visualRect(here).top() - top)
        self._tell_picked()

    @Slot()
    def _on_model_about_to_be_reset(self) -> None:
        rows = self.selectionModel().selectedRows()[:_MOST_KEPT]
        if not rows:
            self._kept = None
            return
        here = self.currentIndex()
        where = self.visualRect(here)
        top = where.top() if self.viewport().rect().intersects(where) else None
        self._kept = ([self.paged.key_at(index.row()) for index in rows], self.paged.key_at(here.row()), top)

    @Slot()
    def _on_model_reset(self) -> None:
        self._columns.stretch()
        if self._pick_wanted():
            self._kept = None
        self._pick_kept()

    @Slot(QModelIndex, QModelIndex)
    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._pick_wanted()
        if first.row() <= self.currentIndex().row() <= last.row() and self.current_row() is not None:
            self.picked.emit(self.current_row())

    def _open(self, index: Index) -> None:
        row = self.paged.row_at(index) if index.isValid() else None
        if row is not None:
            self.opened.emit(row)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    # --- copying

    @Slot(object)
    def _on_rows_read(self, rows: Sequence[Any]) -> None:
        self._copy(rows)

    def _copy(self, rows: Sequence[Any]) -> None:
        if not rows:
            return
        shown = self._columns.shown()
        lines = ["\t".join(column.title for column in shown)]
        lines += ["\t".join(_cell(column.text(row)) for column in shown) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
        said = tr("已复制 {count} 行，可以粘贴到 Excel。", count=f"{len(rows):,}")
        if len(rows) == _MOST_COPIED and len(self.selectionModel().selectedRows()) > _MOST_COPIED:
            said += tr("一次最多复制这么多，其余的没有复制。")
        self._shell.messages.tell(said)

    # --- order and columns

    def _show_order(self) -> None:
        """The arrow in the head."""
        order, header = self.paged.order, self.horizontalHeader()
        at = next((n for n, column in enumerate(self.paged.columns) if column.sort and column.sort == order.by), None)
        header.setSortIndicatorShown(at is not None)
        if at is not None:
            down = order.descending
            header.setSortIndicator(at, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    def _sort_by(self, section: int) -> None:
        """By this column; a second time the other way round."""
        by = self.paged.columns[section].sort
        if by is None:
            return
        down = by == self.paged.order.by and not self.paged.order.descending
        self.paged.sort(section, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        self._show_order()

    @Slot(int)
    def _on_header_clicked(self, section: int) -> None:
        self._sort_by(section)

    @Slot(int, int, int)
    def _on_section_changed(self, _section: int, _before: int, _after: int) -> None:
        if not self._columns.is_stretching:
            self._settling.start()

    @Slot()
    def _on_settling_timeout(self) -> None:
        self._settling.stop()
        self._columns.stretch()
        self._columns.remember()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._size()
        self._columns.lay()

    @Slot(QPoint)
    def _on_header_menu_requested(self, at: QPoint) -> None:
        """Choose the columns."""
        menu = QMenu(self)
        self._add_columns_to(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _add_columns_to(self, menu: QMenu) -> None:
        for n, column in enumerate(self.paged.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(self._columns.is_wanted(n))
            action.setData(n)
            action.setEnabled(n > 0)  # the first column says what a row is
        menu.triggered.connect(self._on_column_toggled)

    def _add_orders_to(self, menu: QMenu) -> None:
        for n, column in enumerate(self.paged.columns):
            if column.sort is None:
                continue
            said = column.title
            if column.sort == self.paged.order.by:
                down = self.paged.order.descending
                said = tr("{column}（现在降序）", column=said) if down else tr("{column}（现在升序）", column=said)
            menu.addAction(said).setData(n)
        menu.triggered.connect(self._on_order_chosen)

    @Slot(QAction)
    def _on_column_toggled(self, action: QAction) -> None:
        self._columns.show_column(action.data(), action.isChecked())
        self._columns.remember()

    @Slot(QAction)
    def _on_order_chosen(self, action: QAction) -> None:
        self._sort_by(action.data())

    @Slot(QPoint)
    def _on_context_menu_requested(self, at: QPoint) -> None:
        """What the keys and the head of the table do, for the menu key and the right button."""
        menu = QMenu(self)
        menu.addActions(self.actions())
        if self.actions():
            menu.addSeparator()
        copy = menu.addAction(tr("复制到 Excel"))
        copy.triggered.connect(self.copy_for_excel)
        menu.addSeparator()
        self._add_orders_to(menu.addMenu(tr("排序")))
        self._add_columns_to(menu.addMenu(tr("显示哪些列")))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))


def _cell(text: str) -> str:
    """One cell: no breaks, and nothing that Excel would take for a formula."""
    plain = " ".join(text.split())
    return f"'{plain}" if plain.startswith(_FORMULA_STARTS) else plain
