"""The register: what still waits for its paper, and every number that was ever taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.papers.state_delegate import StateDelegate
from safetydesk.ui.papers.words import kind_name, state_mark
from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, quiet_button
from safetydesk.ui.widgets.chips import Chip, FilterChips
from safetydesk.ui.widgets.dates import day_text, short_day
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.labels import Elided, emphasis, muted_label
from safetydesk.ui.widgets.paged import Column, Order, PagedModel, PagedTable
from safetydesk.workflows.paper_register import FILTER_LABELS, RegisterFilter, RegisterRow, WaitingVisit

SHOWN_AT_ONCE = 3
_TYPING = 150  # ms


class WaitingBand(QFrame):
    """Checks whose problems stand on no paper yet: the first thing to do here."""

    visit_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.M, Space.M, Space.M)
        self._column.setSpacing(Space.XS)
        head = QHBoxLayout()
        self.title_label = emphasis("", self)
        self.all_button = quiet_button("", None, self)
        self.all_button.clicked.connect(self._on_all_clicked)
        head.addWidget(self.title_label, 1)
        head.addWidget(self.all_button)
        self._column.addLayout(head)
        self._rows: list[QWidget] = []
        self._visits: list[WaitingVisit] = []
        self._is_all = False
        self._today = date.min
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_visits(self, visits: Sequence[WaitingVisit], today: date) -> None:
        self._visits, self._today = list(visits), today
        self.setVisible(bool(visits))
        self.title_label.setText(tr("{count} 次检查查出的问题还没有下文书", count=len(visits)))
        self._fill()

    def _fill(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = self._visits if self._is_all else self._visits[:SHOWN_AT_ONCE]
        self.buttons = []
        self._rows = [self._make_row(visit) for visit in shown]
        for row in self._rows:
            self._column.addWidget(row)
        self.all_button.setVisible(len(self._visits) > SHOWN_AT_ONCE)
        self.all_button.setText(tr("收起") if self._is_all else tr("全部显示"))

    def _make_row(self, visit: WaitingVisit) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.M)
        name = Elided(visit.enterprise, row)
        said = tr("{day} · {checklist}", day=day_text(visit.finished_on, self._today), checklist=visit.checklist)
        facts = muted_label(said, row)
        count = muted_label(_count_text(visit), row)
        theme.look(count, "major" if visit.majors else "muted")
        button = plain_button(tr("出文书"), "file-plus", row)
        button.setAccessibleName(tr("给{name}出文书", name=visit.enterprise))
        button.clicked.connect(self._on_button_clicked)
        line.addWidget(name, 1)
        line.addWidget(facts)
        line.addWidget(count)
        line.addWidget(button)
        self.buttons.append(button)
        return row

    @Slot()
    def _on_button_clicked(self) -> None:
        at = next(n for n, button in enumerate(self.buttons) if button is self.sender())
        self.visit_requested.emit(self._visits[at].inspection_id)

    @Slot()
    def _on_all_clicked(self) -> None:
        self._is_all = not self._is_all
        self._fill()


class RegisterView(QWidget):
    """Band, filters, search, table."""

    visit_requested = Signal(object)  # the inspection
    paper_requested = Signal(str)
    inspection_requested = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._counting = Latest(shell, self)
        self._has_any: bool | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, 0, Space.XL, Space.L)
        column.setSpacing(Space.M)
        self.band = WaitingBand(self)
        self.band.visit_requested.connect(self.visit_requested)
        column.addWidget(self.band)
        column.addLayout(self._make_filters())
        self.stack = QStackedWidget(self)
        self._make_table()
        column.addWidget(self.stack, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self._show)

    def begin(self) -> None:
        self.reload()

    def reload(self) -> None:
        self._counting.read(_count, self._on_counted)
        self._show()

    def focus_first(self) -> None:
        (self.band.buttons[0] if self.band.isVisible() and self.band.buttons else self.table).setFocus()

    def pick(self, key: object) -> None:
        self.table.pick(key)

    def _make_filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        self.chips = FilterChips(self)
        self.chips.show_chips([Chip(str(one), tr(FILTER_LABELS[one])) for one in RegisterFilter], RegisterFilter.ALL)
        self.chips.chosen.connect(self._on_chips_chosen)
        self.search_edit = _SearchEdit(self)
        self.search_edit.setFixedWidth(theme.scaled(260))
        self.search_edit.textChanged.connect(self._on_search_changed)
        self.search_edit.down_pressed.connect(self._on_search_down)
        row.addWidget(self.chips, 1)
        row.addWidget(self.search_edit)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search_edit.setFocus)
        return row

    def _make_table(self) -> None:
        today = self._shell.desk.today()
        columns = [
            Column("number", tr("文号"), lambda row: row.number, width=320, sort="number", bold=True),
            Column("kind", tr("文书"), lambda row: kind_name(row.kind), width=160, sort="kind", gives_way=1),
            Column("enterprise", tr("企业"), lambda row: row.enterprise, width=200, sort="enterprise", stretch=True),
            Column(
                "issued_on", tr("签发日期"), lambda row: short_day(row.issued_on, today), width=110, sort="issued_on"
            ),
            Column("state", tr("状态"), _state_text, width=110, sort="state", delegate=StateDelegate),
            Column("pages", tr("页数"), lambda row: str(row.pages), width=70, sort="pages", right=True, gives_way=2),
        ]
        self.paged = PagedModel(self._shell, columns, _rows, Order("issued_on", True), self)
        self.paged.counted.connect(self._on_rows_counted)
        self.table = PagedTable(self._shell, self.paged, tr("文书登记簿"), self)
        self.table.opened.connect(self._on_table_opened)
        open_action = self.table.add_action(tr("打开"), self._on_open_triggered)
        open_action.setShortcutVisibleInContextMenu(True)
        box = QFrame(self)
        box.setProperty("look", "panel")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self.stack.addWidget(box)
        self.none_yet = EmptyState(
            "file-text",
            tr("还没有签发过文书"),
            tr("检查结束后，查出的问题在这里出文书、取号、打印。"),
            tr("开始检查"),
            parent=self,
        )
        self.none_yet.action_requested.connect(self.inspection_requested)
        self.stack.addWidget(self.none_yet)
        self.none_here = EmptyState("search", "", "", tr("显示全部"), parent=self)
        self.none_here.action_requested.connect(self._on_none_here_action)
        self.stack.addWidget(self.none_here)

    @Slot()
    def _show(self) -> None:
        only = RegisterFilter(self.chips.current or RegisterFilter.ALL)
        self.paged.show_query(partial(_keys, only, self.search_edit.text().strip()))

    @Slot(object)
    def _on_counted(self, found: tuple[dict[RegisterFilter, int], list[WaitingVisit]]) -> None:
        counts, waiting = found
        self._has_any = counts[RegisterFilter.ALL] > 0
        self.chips.show_chips([Chip(str(one), tr(FILTER_LABELS[one]), counts[one]) for one in RegisterFilter])
        self.band.show_visits(waiting, self._shell.desk.today())
        self._fit()

    @Slot(int)
    def _on_rows_counted(self, _count: int) -> None:
        self._fit()

    def _fit(self) -> None:
        """Table, or why there is nothing in it."""
        if self.paged.rowCount():
            self.stack.setCurrentIndex(0)
        elif self._has_any is False:
            self.stack.setCurrentIndex(1)
        elif self._has_any:
            only = RegisterFilter(self.chips.current or RegisterFilter.ALL)
            text = self.search_edit.text().strip()
            said = tr("没有找到“{wanted}”", wanted=text) if text else tr("没有{state}的文书", state=FILTER_LABELS[only])
            self.none_here.say(said)
            self.stack.setCurrentIndex(2)

    @Slot(str)
    def _on_chips_chosen(self, _key: str) -> None:
        self._show()

    @Slot(str)
    def _on_search_changed(self, _text: str) -> None:
        self._typing.start(_TYPING)

    @Slot()
    def _on_search_down(self) -> None:
        self.table.setFocus()
        if not self.table.selectionModel().hasSelection():
            self.table.selectRow(0)

    @Slot()
    def _on_none_here_action(self) -> None:
        self.search_edit.clear()
        self.chips.choose(RegisterFilter.ALL)

    @Slot(object)
    def _on_table_opened(self, row: RegisterRow) -> None:
        self.paper_requested.emit(row.number)

    @Slot()
    def _on_open_triggered(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.paper_requested.emit(row.number)


class _SearchEdit(QLineEdit):
    """Down goes into the list, Esc empties."""

    down_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr("文号或企业名称  Ctrl+F"))
        self.setAccessibleName(tr("在登记簿里找"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _state_text(row: RegisterRow) -> str:
    return state_mark(row.state).word


def _count_text(visit: WaitingVisit) -> str:
    if visit.majors:
        return tr("问题 {count} 条，疑似重大 {majors} 条", count=visit.hazards, majors=visit.majors)
    return tr("问题 {count} 条", count=visit.hazards)


def _count(session: Any, _progress: object) -> tuple[dict[RegisterFilter, int], list[WaitingVisit]]:
    from safetydesk.workflows import paper_register

    return paper_register.counts(session), paper_register.visits_waiting(session)


def _keys(only: RegisterFilter, text: str, session: Any, order: Order) -> Sequence[Any]:
    from safetydesk.workflows import paper_register

    return paper_register.keys(session, only, text, order.by, descending=order.descending)


def _rows(session: Any, keys: Sequence[Any]) -> Sequence[RegisterRow]:
    from safetydesk.workflows import paper_register

    return paper_register.rows(session, keys)
