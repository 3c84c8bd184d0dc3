"""The list of hazards, or why there is nothing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from safetydesk.ui.hazards import words
from safetydesk.ui.hazards.model import HazardsModel
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.cells import due_delegate, level_delegate
from safetydesk.ui.widgets.dates import short_day
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.paged import Column, Order, PagedModel, PagedTable

if TYPE_CHECKING:
    from safetydesk.workflows.hazard_card import HazardCard
    from safetydesk.workflows.hazard_list import ListedHazard

_TABLE = "hazards"  # under this name its columns are remembered


class HazardListView(QStackedWidget):
    """A table with its keys and its menu; the screen decides what they mean."""

    verb_requested = Signal(str)
    into_requested = Signal(object)  # the row: the keyboard goes into its card
    clicked = Signal(object)  # the row
    papers_requested = Signal(object)
    enterprise_requested = Signal(object)

    def __init__(self, shell: Shell, model: HazardsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.paged = PagedModel(shell, self._columns(), model.rows_work(), Order("due"), self)
        self.table = PagedTable(shell, self.paged, _TABLE, self)
        self.table.setAccessibleName(tr("隐患列表"))
        held = QWidget(self)
        column = QVBoxLayout(held)
        column.setContentsMargins(Space.L, 0, Space.L, 0)
        column.addWidget(self.table)
        self.addWidget(held)
        self.empty = EmptyState("triangle-alert", tr("还没有隐患"), parent=self)
        self.addWidget(self.empty)
        self._add_actions()
        self.table.opened.connect(self.into_requested)
        self.table.clicked.connect(self._on_table_clicked)

    def show_rows(self) -> None:
        self.setCurrentIndex(0)

    def show_empty(self, text: str, which: str, *, is_bare: bool) -> None:
        """Why there is nothing: nothing was found, there is none at all, or none in this filter."""
        from safetydesk.workflows.hazard_list import FILTER_LABELS, HazardFilter

        if text:
            self.empty.say(tr("没有找到“{words}”", words=text), tr("换几个字，或清除后看整个列表。"))
            button = tr("清除")
        elif is_bare:
            self.empty.say(tr("还没有隐患"), tr("检查时判为不符合的项目，结束检查后列在这里，到期会提醒复查。"))
            button = tr("开始检查")
        else:
            self.empty.say(tr("没有{filter}的隐患", filter=tr(FILTER_LABELS[HazardFilter(which)])))
            button = tr("看全部隐患") if which == "open" else tr("看未闭环的隐患")
        self.empty.button.setText(button)
        self.empty.button.show()
        self.setCurrentWidget(self.empty)

    def enable_actions(self, card: HazardCard) -> None:
        """The menu offers what is allowed now."""
        allowed = {str(verb) for verb in card.verbs}
        for verb, action in self._verb_actions.items():
            action.setEnabled(verb in allowed)

    def _columns(self) -> list[Column]:
        desk = self._shell.desk

        def due(row: ListedHazard) -> str:
            return words.due_text(row, desk.today())

        def found(row: ListedHazard) -> str:
            return short_day(row.found_on, desk.today())

        return [
            Column("text", tr("隐患"), _text, 180, sort="text", stretch=True, tip=_text),
            Column("level", tr("级别"), _level, 90, sort="level", delegate=level_delegate, gives_way=1),
            Column("enterprise", tr("企业"), _enterprise, 170, sort="enterprise", tip=_enterprise, gives_way=3),
            Column("village", tr("村（社区）"), _village, 100, hidden=True),
            Column("due", tr("期限"), due, 160, sort="due", delegate=due_delegate),
            Column("state", tr("状态"), words.state_text, 100, sort="state", ink=words.state_ink, gives_way=2),
            Column("found", tr("检查日"), found, 90, sort="found", hidden=True),
        ]

    def _add_actions(self) -> None:
        self.table.add_action(tr("到右边办理"), self._on_into_triggered)
        self._verb_actions: dict[str, QAction] = {
            "recheck": self.table.add_action(tr("复查"), self._on_recheck_triggered, "R"),
            "extend": self.table.add_action(tr("延期"), self._on_extend_triggered, "E"),
            "correct": self.table.add_action(tr("改正"), self._on_correct_triggered),
            "withdraw": self.table.add_action(tr("撤回"), self._on_withdraw_triggered),
        }
        self.table.add_action(tr("看这次检查的文书"), self._on_papers_triggered)
        self.table.add_action(tr("看企业"), self._on_enterprise_triggered)

    @Slot(QModelIndex)
    def _on_table_clicked(self, index: QModelIndex) -> None:
        row = self.paged.row_at(index)
        if row is not None:
            self.clicked.emit(row)

    @Slot()
    def _on_into_triggered(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.into_requested.emit(row)

    @Slot()
    def _on_recheck_triggered(self) -> None:
        self.verb_requested.emit("recheck")

    @Slot()
    def _on_extend_triggered(self) -> None:
        self.verb_requested.emit("extend")

    @Slot()
    def _on_correct_triggered(self) -> None:
        self.verb_requested.emit("correct")

    @Slot()
    def _on_withdraw_triggered(self) -> None:
        self.verb_requested.emit("withdraw")

    @Slot()
    def _on_papers_triggered(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.papers_requested.emit(row)

    @Slot()
    def _on_enterprise_triggered(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.enterprise_requested.emit(row)


def _text(row: ListedHazard) -> str:
    return row.text


def _level(row: ListedHazard) -> str:
    return row.level_label


def _enterprise(row: ListedHazard) -> str:
    return row.enterprise


def _village(row: ListedHazard) -> str:
    return row.village or ""
