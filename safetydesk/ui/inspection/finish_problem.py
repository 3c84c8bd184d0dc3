"""One problem at the end of a check: its words as they will be printed; level and deadline can still be decided."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from safetydesk.domain.deadlines import LONG_DAYS
from safetydesk.domain.kinds import Level
from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import quiet_button
from safetydesk.ui.widgets.dates import day_text
from safetydesk.ui.widgets.editors import Day, level_choice
from safetydesk.ui.widgets.labels import Elided, LevelBadge, emphasis, note_label, text_label

if TYPE_CHECKING:
    from safetydesk.workflows.finishing import FoundProblem

_EDITOR_WIDTH = 184


class ProblemRow(QFrame):
    """Left the words, right the decisions."""

    decide_requested = Signal(object, object, object)  # FoundProblem, level, due
    item_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._problem: FoundProblem | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.M, Space.M, Space.M)
        row.setSpacing(Space.L)
        row.addLayout(self._make_words(), 1)
        row.addLayout(self._make_decisions())

    @property
    def is_in_trouble(self) -> bool:
        return bool(self.due_label.property("look") == "error")

    def _make_words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        self.number_label = emphasis("", self)
        self.badge = LevelBadge(Level.GENERAL, self)
        self.facts_label = Elided("", self)
        self.facts_label.setProperty("look", "note")
        self.back_button = quiet_button(tr("回去改"), "arrow-left", self)
        self.back_button.clicked.connect(self._on_back_clicked)
        for one in (self.number_label, self.badge):
            head.addWidget(one)
        head.addWidget(self.facts_label, 1)
        head.addWidget(self.back_button)
        column.addLayout(head)
        self.text_label = text_label("", self)
        self.reason_label = note_label("", self)
        column.addWidget(self.text_label)
        column.addWidget(self.reason_label)
        column.addStretch()
        return column

    def _make_decisions(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        self.level_choice, self.due_edit = level_choice(self), Day(self)
        self.due_edit.setAccessibleName(tr("整改期限"))
        for editor in (self.level_choice, self.due_edit):
            editor.setFixedWidth(theme.scaled(_EDITOR_WIDTH))
        self.due_label = note_label("", self)
        self.due_label.setFixedWidth(theme.scaled(_EDITOR_WIDTH))
        column.addWidget(self.level_choice)
        column.addWidget(self.due_edit)
        column.addWidget(self.due_label)
        column.addStretch()
        self.level_choice.activated.connect(self._on_level_activated)
        self.due_edit.settled.connect(self._on_due_settled)
        return column

    def show_problem(self, ordinal: int, problem: FoundProblem, today: date) -> None:
        self._problem = problem
        self.number_label.setText(str(ordinal))
        self.badge.set_level(problem.level)
        facts = [problem.item, *([problem.place] if problem.place and problem.place not in problem.text else [])]
        if problem.photos:
            facts.append(tr("照片 {count} 张", count=problem.photos))
        self.facts_label.set_whole(" · ".join(facts))
        self.text_label.setText(problem.text)
        self.reason_label.setText(tr("判定：{reason}", reason=problem.level_reason) if problem.level_reason else "")
        self.reason_label.setVisible(problem.level is Level.MAJOR and bool(problem.level_reason))
        self.level_choice.choose(problem.level)
        self.due_edit.begin_at(problem.due - timedelta(days=problem.days))
        self.due_edit.show_day(problem.due)
        self.say(_due_text(problem, today), is_error=False)
        for one, said in (
            (self.level_choice, tr("问题 {number} 的等级", number=ordinal)),
            (self.due_edit, tr("问题 {number} 的整改期限", number=ordinal)),
            (self.back_button, tr("回去改问题 {number}", number=ordinal)),
        ):
            one.setAccessibleName(said)

    def say(self, text: str, *, is_error: bool) -> None:
        self.due_label.setText(text)
        theme.look(self.due_label, "error" if is_error else "note")

    def refuse(self, message: str) -> None:
        """What was typed stays, with the reason below it."""
        self.say(message, is_error=True)
        self.due_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_back_clicked(self) -> None:
        assert self._problem is not None
        self.item_requested.emit(self._problem.item)

    @Slot(int)
    def _on_level_activated(self, _at: int) -> None:
        assert self._problem is not None
        level = Level(self.level_choice.key)
        if level is not self._problem.level:
            self.decide_requested.emit(self._problem, level, self._problem.own_due)

    @Slot()
    def _on_due_settled(self) -> None:
        assert self._problem is not None
        if self.due_edit.day() != self._problem.due:
            self.decide_requested.emit(self._problem, self._problem.own_level, self.due_edit.day())


def _due_text(problem: FoundProblem, today: date) -> str:
    if problem.days == 0:
        return tr("当天：立即整改")
    said = tr("{day}，{days} 天", day=day_text(problem.due, today), days=problem.days)
    return said + tr("；超过 {days} 天，请确认", days=LONG_DAYS) if problem.is_long else said
