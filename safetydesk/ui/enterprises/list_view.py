"""The list of enterprises: filters on top, the table, and beside it the pane of the enterprise that is picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from safetydesk.ui.enterprises.filter_bar import FilterBar
from safetydesk.ui.enterprises.list_columns import columns
from safetydesk.ui.enterprises.list_model import EnterpriseListModel
from safetydesk.ui.enterprises.preview import EnterprisePane
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.paged import Order, PagedModel, PagedTable

if TYPE_CHECKING:
    from uuid import UUID

    from safetydesk.workflows.enterprise_list import EnterpriseRow, Wanted


class EnterpriseListView(QWidget):
    """Moving shows the pane; Enter opens the page. Says what is wanted, the screen does it."""

    opened = Signal(object)  # EnterpriseRow
    hazards_requested = Signal(object)
    inspection_requested = Signal(object)
    registration_requested = Signal()
    import_requested = Signal()
    counted = Signal(int)  # rows in the list
    usable = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.model = EnterpriseListModel(shell, self)
        self._pane_closed = False
        self._is_usable = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.filters = FilterBar(self.model, self)
        column.addWidget(self.filters)
        column.addLayout(self._make_middle(), 1)
        self._add_keys()
        self._connect()

    # --- what the screen asks

    def show_wanted(self, wanted: Wanted) -> None:
        """This list, whatever was filtered before."""
        self.model.show(wanted)
        self.filters.show_wanted(wanted)
        self.ask()

    def ask(self, *, ledger: bool = True) -> None:
        """The list and its counts, as they are now; after the ledger was changed also what it can be narrowed to."""
        self.paged.show_query(self.model.keys_work())
        self.model.count()
        if ledger:
            self.model.ask_offered()

    def pick(self, enterprise_id: UUID) -> None:
        self.table.pick(enterprise_id.bytes)

    def focus_first(self) -> None:
        if self.stack.currentWidget() is self.empty and not self.empty.button.isHidden():
            self.empty.button.setFocus()
        else:
            self.table.setFocus()

    def go_back(self) -> bool:
        """One step: the pane, then what the list was narrowed to."""
        if self.filters.search_edit.hasFocus():
            self.table.setFocus()
            return True
        if self.pane.isVisible() and self.pane.isAncestorOf(self.focusWidget() or self):
            self.table.setFocus()
            return True
        if self.filters.is_narrowed:
            self.clear()
            return True
        if self.pane.isVisible():
            self.pane.close_pane()
            return True
        return False

    @Slot()
    def clear(self) -> None:
        """Back to the whole list."""
        from safetydesk.workflows.enterprise_list import EVERYTHING

        self.show_wanted(EVERYTHING)
        self.table.setFocus()

    # --- laid out

    def _make_middle(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.paged = PagedModel(
            self._shell, columns(self._shell.desk.today), self.model.rows_work(), Order("name"), self
        )
        self.table = PagedTable(self._shell, self.paged, "enterprises", self)
        self.table.setAccessibleName(tr("企业列表"))
        self.empty = EmptyState(
            "factory", tr("正在读台账……"), action=tr("导入台账"), second_action=tr("登记企业"), parent=self
        )
        self.empty.button.hide()
        self.empty.second_button.hide()
        self.stack = QStackedWidget(self)
        held = QWidget(self)
        column = QVBoxLayout(held)
        column.setContentsMargins(Space.L, 0, Space.L, 0)
        column.addWidget(self.table)
        self.stack.addWidget(held)
        self.stack.addWidget(self.empty)
        row.addWidget(self.stack, 1)
        self.pane = EnterprisePane(self._shell, self)
        self.pane.hide()
        row.addWidget(self.pane)
        return row

    def _add_keys(self) -> None:
        self.open_action = self.table.add_action(tr("打开一企一档"), self._on_open_triggered)
        self.inspect_action = self.table.add_action(tr("开始检查"), self._on_inspect_triggered, "S")
        self.hazards_action = self.table.add_action(tr("看隐患"), self._on_hazards_triggered, "H")
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._on_find_activated)

    def _connect(self) -> None:
        self.filters.narrowed.connect(self._on_filters_narrowed)
        self.filters.entered.connect(self._on_filters_entered)
        self.filters.cleared.connect(self.clear)
        self.table.picked.connect(self._on_table_picked)
        self.table.opened.connect(self.opened)
        self.table.clicked.connect(self._on_table_clicked)
        self.paged.counted.connect(self._on_paged_counted)
        self.empty.action_requested.connect(self._on_empty_action_requested)
        self.empty.second_action_requested.connect(self.registration_requested)
        self.pane.closed.connect(self._on_pane_closed)
        self.pane.inspection_requested.connect(self._on_inspect_triggered)
        self.pane.hazards_requested.connect(self._on_hazards_triggered)
        self.pane.page_requested.connect(self._on_open_triggered)
        self.model.counted.connect(self._on_model_counted)
        self.model.offered_read.connect(self._on_model_offered_read)

    # --- showing

    def _show_empty(self) -> None:
        """Why there is nothing, and the way on."""
        offered = self.model.offered
        if offered is None:
            return
        if not offered.everyone:
            self.empty.say(
                tr("台账还是空的"),
                tr("先把手上的企业台账导入进来：Excel 或 CSV 都行，列名不用改。只有几家的，一家一家登记也可以。"),
            )
            self.empty.button.setText(tr("导入台账"))
            self.empty.second_button.show()
        else:
            text = self.model.wanted.text.strip()
            title = tr("没有找到“{text}”", text=text) if text else tr("没有符合条件的企业")
            self.empty.say(title, tr("少打几个字，或换拼音首字母、代码后几位、电话试试；也可以放宽上面的筛选。"))
            self.empty.button.setText(tr("看全部企业"))
            self.empty.second_button.hide()
        self.empty.button.show()
        self.stack.setCurrentWidget(self.empty)

    def _show_pane(self, row: EnterpriseRow) -> None:
        self.pane.show_row(row, self._shell.desk.today())
        if self.pane.isHidden():
            self.pane.show()

    # --- slots

    @Slot()
    def _on_filters_narrowed(self) -> None:
        self.ask(ledger=False)

    @Slot()
    def _on_filters_entered(self) -> None:
        self.table.setFocus()

    @Slot()
    def _on_find_activated(self) -> None:
        self.filters.begin_typing()

    @Slot()
    def _on_model_counted(self) -> None:
        self.filters.show_model()
        if not self._is_usable:
            self._is_usable = True
            self.usable.emit()

    @Slot()
    def _on_model_offered_read(self) -> None:
        self.filters.show_model()
        self.filters.setVisible(self.model.offered is None or self.model.offered.everyone > 0)
        if not self.paged.rowCount():
            self._show_empty()

    @Slot(int)
    def _on_paged_counted(self, count: int) -> None:
        self.counted.emit(count)
        if not count:
            self.pane.hide()
            self._show_empty()
            return
        had_focus = self.empty.isAncestorOf(self.focusWidget() or self)
        self.stack.setCurrentIndex(0)
        if had_focus:
            self.table.setFocus()
        if not self.table.selectionModel().hasSelection():
            self.table.pick(self.paged.key_at(0))

    @Slot(object)
    def _on_table_picked(self, row: EnterpriseRow | None) -> None:
        if row is not None and not self._pane_closed:
            self._show_pane(row)

    @Slot(QModelIndex)
    def _on_table_clicked(self, index: QModelIndex) -> None:
        self._pane_closed = False
        row = self.paged.row_at(index)
        if row is not None:
            self._show_pane(row)

    @Slot()
    def _on_pane_closed(self) -> None:
        self._pane_closed = True
        self.table.setFocus()

    @Slot()
    def _on_empty_action_requested(self) -> None:
        if self.model.offered is not None and self.model.offered.everyone:
            self.clear()
        else:
            self.import_requested.emit()

    @Slot()
    def _on_open_triggered(self) -> None:
        self._emit(self.opened)

    @Slot()
    def _on_inspect_triggered(self) -> None:
        self._emit(self.inspection_requested)

    @Slot()
    def _on_hazards_triggered(self) -> None:
        self._emit(self.hazards_requested)

    def _emit(self, signal: object) -> None:
        row = self.table.current_row() or self.pane.row
        if row is not None:
            signal.emit(row)  # type: ignore[attr-defined]
