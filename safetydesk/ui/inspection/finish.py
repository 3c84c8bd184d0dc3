"""The end of a check: figures, problems with level and deadline, what was left out; then to the papers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.kinds import Level
from safetydesk.ui import theme
from safetydesk.ui.inspection.finish_model import FinishModel
from safetydesk.ui.inspection.finish_problem import ProblemRow
from safetydesk.ui.inspection.finish_side import Figures, FinishSide
from safetydesk.ui.shell import Shell, trouble_message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.labels import emphasis, muted_label

if TYPE_CHECKING:
    from safetydesk.workflows.finishing import Ending


class FinishView(QWidget):
    """Going back is always possible; ending is one button."""

    back_requested = Signal(str)  # to this item; empty for where one was
    finished = Signal(object, int)
    give_up_requested = Signal(object)
    ready_changed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.model = FinishModel(shell, self)
        self.rows: list[ProblemRow] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget(self)
        outer.addWidget(self.stack)
        self.stack.addWidget(self._make_page())
        self.nothing = EmptyState(
            "clipboard-list",
            tr("一项都还没有查"),
            tr("至少查一项，检查才能结束。开错了的可以取消，取消后还能撤销。"),
            tr("回去查"),
            tr("取消这次检查"),
            parent=self.stack,
        )
        self.nothing.action_requested.connect(self._on_nothing_action)
        self.nothing.second_action_requested.connect(self._on_nothing_second_action)
        self.stack.addWidget(self.nothing)
        self.trouble = EmptyState("triangle-alert", "", "", tr("回去"), parent=self.stack)
        self.trouble.action_requested.connect(self._on_nothing_action)
        self.stack.addWidget(self.trouble)
        self.model.read.connect(self._on_model_read)
        self.model.read_failed.connect(self._on_model_read_failed)
        self.model.refused.connect(self._on_model_refused)
        self.model.finished.connect(self.finished)
        self.model.finish_failed.connect(self._on_model_finish_failed)
        theme.changes().changed.connect(self.side.fit_width)

    @property
    def today(self) -> date:
        return self._shell.desk.today()

    @property
    def ending(self) -> Ending | None:
        return self.model.ending

    @property
    def may_finish(self) -> bool:
        ending = self.model.ending
        return ending is not None and not ending.is_empty and not ending.is_finished and not self.model.is_finishing

    def open(self, inspection_id: UUID) -> None:
        self.model.open(inspection_id)

    @Slot()
    def finish(self) -> None:
        """A day that is still being typed counts."""
        if not self.may_finish:
            return
        for row in self.rows:
            row.due_edit.interpretText()
            row.due_edit.settled.emit()
        if any(row.is_in_trouble for row in self.rows):
            return
        self.model.finish()
        self.ready_changed.emit()

    def _make_page(self) -> QWidget:
        page = QWidget(self.stack)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QWidget(page)
        column = QVBoxLayout(left)
        column.setContentsMargins(Space.XL, 0, Space.L, 0)
        column.setSpacing(Space.M)
        self.figures = Figures(left)
        column.addWidget(self.figures)
        self.problems_label = emphasis("", left)
        column.addWidget(self.problems_label)
        self._scroll = QScrollArea(left)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("look", "clear")
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(0, 0, Space.S, Space.L)
        self._box.setSpacing(Space.S)
        self.clean_label = muted_label(tr("没有不符合的项目。"), inside)
        self._box.addWidget(self.clean_label)
        self._box.addStretch()
        self._scroll.setWidget(inside)
        column.addWidget(self._scroll, 1)
        row.addWidget(left, 1)
        self.side = FinishSide(page)
        self.side.item_requested.connect(self.back_requested)
        row.addWidget(self.side)
        return page

    def _show_problems(self, ending: Ending) -> None:
        while len(self.rows) > len(ending.problems):
            row = self.rows.pop()
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(ending.problems):
            row = ProblemRow(self._scroll.widget())
            row.decide_requested.connect(self.model.decide)
            row.item_requested.connect(self.back_requested)
            self._box.insertWidget(len(self.rows) + 1, row)
            self.rows.append(row)
        for ordinal, (row, problem) in enumerate(zip(self.rows, ending.problems, strict=True), start=1):
            row.show_problem(ordinal, problem, self.today)

    @Slot(object)
    def _on_model_read(self, ending: Ending) -> None:
        self.stack.setCurrentIndex(1 if ending.is_empty else 0)
        self.figures.show_counts(ending)
        majors = sum(problem.level is Level.MAJOR for problem in ending.problems)
        said = tr("问题 {count} 条", count=len(ending.problems))
        self.problems_label.setText(said + tr("，其中疑似重大 {majors} 条", majors=majors) if majors else said)
        self.clean_label.setVisible(not ending.problems)
        self._show_problems(ending)
        self.side.show_ending(ending)
        self.ready_changed.emit()

    @Slot(object)
    def _on_model_read_failed(self, error: Exception) -> None:
        said = trouble_message(error)
        self.trouble.say(said.text, said.hint)
        self.stack.setCurrentIndex(2)
        self.ready_changed.emit()

    @Slot(object, object)
    def _on_model_refused(self, answer_id: UUID, error: Exception) -> None:
        problems = self.model.ending.problems if self.model.ending is not None else ()
        at = next((n for n, problem in enumerate(problems) if problem.answer_id == answer_id), None)
        if at is None or not isinstance(error, SafetyDeskError):
            self._shell.messages.trouble(error)
            return
        said = trouble_message(error)
        self.rows[at].refuse(f"{said.text}{said.hint}")

    @Slot(object)
    def _on_model_finish_failed(self, error: Exception) -> None:
        self._shell.messages.trouble(error)
        self.model.reload()
        self.ready_changed.emit()

    @Slot()
    def _on_nothing_action(self) -> None:
        self.back_requested.emit("")

    @Slot()
    def _on_nothing_second_action(self) -> None:
        if self.model.ending is not None:
            self.give_up_requested.emit(self.model.ending.inspection_id)
