"""One problem of a draft: folded it says what it is, open it can be put right until the paper is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from safetydesk.domain.deadlines import LONG_DAYS, is_long
from safetydesk.domain.kinds import Level, PaperKind
from safetydesk.ui.papers.words import kind_name
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import quiet_button
from safetydesk.ui.widgets.dates import day_text
from safetydesk.ui.widgets.editors import Choice, Day, Lines, level_choice
from safetydesk.ui.widgets.forms import Field
from safetydesk.ui.widgets.labels import Elided, LevelBadge, note_label

if TYPE_CHECKING:
    from safetydesk.workflows.paper_desk import Problem


class ProblemBlock(QFrame):
    """Each field is saved as the person leaves it; what was refused stays as typed, with the reason below."""

    change_requested = Signal(object, object)  # the hazard, and what `correct` takes
    kind_requested = Signal(object, object)  # the hazard, and the paper it shall stand on
    opened = Signal(object)

    def __init__(self, problem: Problem, kinds: tuple[PaperKind, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = kinds
        self.setProperty("look", "panel")
        self.problem = problem
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        column.setSpacing(Space.XS)
        self._asked: dict[str, Any] = {}  # what was last asked for,
        self._refused: dict[str, Any] = {}  # and refused
        self._put_in: dict[Lines, str] = {}  # what was not typed here
        column.addLayout(self._make_head())
        self.text_label = Elided("", self)
        column.addWidget(self.text_label)
        self._form = QWidget(self)
        self._fields = QVBoxLayout(self._form)
        self._fields.setContentsMargins(0, Space.XS, Space.XS, Space.S)
        self._fields.setSpacing(Space.M)
        self._make_fields(kinds)
        self._form.hide()
        column.addWidget(self._form)

    @property
    def id(self) -> UUID:
        return self.problem.id

    @property
    def is_open(self) -> bool:
        return not self._form.isHidden()

    @property
    def has_trouble(self) -> bool:
        return any(field.has_trouble for field in (self.text_field, self.measure_field, self.due_field))

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        self.badge = LevelBadge(self.problem.level, self)
        self.due_label = Elided("", self)
        self.due_label.setProperty("look", "note")
        self.open_button: QPushButton = quiet_button(tr("修改"), None, self)
        self.open_button.clicked.connect(self._on_open_clicked)
        self.number_label = note_label("", self)
        self.number_label.setWordWrap(False)
        head.addWidget(self.number_label)
        head.addWidget(self.badge)
        head.addWidget(self.due_label, 1)
        head.addWidget(self.open_button)
        return head

    def _make_fields(self, kinds: Sequence[PaperKind]) -> None:
        self.text_edit, self.measure_edit = Lines(4, self._form), Lines(3, self._form)
        self.level_choice, self.due_edit = level_choice(self._form), Day(self._form)
        self.text_field = Field(tr("问题描述"), self.text_edit, parent=self._form)
        self.measure_field = Field(tr("整改要求"), self.measure_edit, parent=self._form)
        self.level_field = Field(tr("隐患等级"), self.level_choice, parent=self._form)
        self.due_field = Field(tr("整改期限"), self.due_edit, parent=self._form)
        self.kind_choice = Choice({str(kind): kind_name(kind) for kind in kinds}, self._form)
        self.kind_field = Field(tr("写进哪份文书"), self.kind_choice, parent=self._form)
        self.kind_field.setVisible(len(kinds) > 1)
        self._fields.addWidget(self.text_field)
        self._fields.addWidget(self.measure_field)
        beside = QHBoxLayout()
        beside.setSpacing(Space.M)
        beside.addWidget(self.level_field, 1, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.due_field, 1, Qt.AlignmentFlag.AlignTop)
        self._fields.addLayout(beside)
        self._fields.addWidget(self.kind_field)
        self.text_edit.left.connect(self.commit)
        self.measure_edit.left.connect(self.commit)
        self.due_edit.settled.connect(self.commit)
        self.level_choice.activated.connect(self._on_level_activated)
        self.kind_choice.activated.connect(self._on_kind_activated)

    def show_problem(self, ordinal: int, problem: Problem, kind: PaperKind, today: date) -> None:
        """What is stored now. A field in which the person has typed something else keeps it."""
        before, self.problem = self.problem, problem
        self.number_label.setText(tr("问题 {number}", number=ordinal))
        is_order = kind is PaperKind.RECTIFICATION  # who has no power to order only advises
        self.measure_field.label.setText(tr("整改要求") if is_order else tr("整改建议"))
        self.measure_edit.setAccessibleName(self.measure_field.label.text())
        self.badge.set_level(problem.level)
        self.due_label.set_whole(_due_text(problem, today))
        self.text_label.set_whole(problem.text)
        self.open_button.setAccessibleName(tr("修改问题 {number}", number=ordinal))
        for edit, now in ((self.text_edit, problem.text), (self.measure_edit, problem.measure)):
            if edit.toPlainText() == self._put_in.get(edit, "") and edit.toPlainText() != now:
                edit.setPlainText(now)
            self._put_in[edit] = now
        self.level_choice.choose(problem.level)
        if not self.due_edit.hasFocus() or self.due_edit.day() == before.due:
            self.due_edit.begin_at(problem.found_on)
            self.due_edit.show_day(problem.due)
        self.due_field.set_hint(_due_hint(problem, today))
        self.kind_choice.choose(kind)

    def set_open(self, is_open: bool) -> None:
        self._form.setVisible(is_open)
        self.text_label.setVisible(not is_open)
        self.open_button.setText(tr("收起") if is_open else tr("修改"))

    def refuse(self, code: str, message: str) -> None:
        """Say it below the field that it is about, and put the keyboard there."""
        self._refused = self._asked
        field = self.due_field if code == "due_before_inspection" else self._dirty_field()
        field.set_error(message)
        self.set_open(True)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def commit(self) -> None:
        """Save what differs from what is stored."""
        given: dict[str, Any] = {}
        if _one_line(self.text_edit.toPlainText()) != _one_line(self.problem.text):
            given["text"] = self.text_edit.toPlainText()
        if _one_line(self.measure_edit.toPlainText()) != _one_line(self.problem.measure):
            given["measure"] = self.measure_edit.toPlainText()
        if self.due_edit.day() != self.problem.due:
            given["due"] = self.due_edit.day()
        if given and given == self._refused:
            return  # it was said already why not
        for field in (self.text_field, self.measure_field, self.due_field):
            field.set_error("")
        self._asked, self._refused = given, {}
        if given:
            self.change_requested.emit(self.id, given)

    def _dirty_field(self) -> Field:
        is_measure = _one_line(self.text_edit.toPlainText()) == _one_line(self.problem.text)
        return self.measure_field if is_measure else self.text_field

    @Slot()
    def _on_open_clicked(self) -> None:
        if self.is_open:
            self.commit()
        self.set_open(not self.is_open)
        if self.is_open:
            self.opened.emit(self.id)
            self.text_edit.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int)
    def _on_level_activated(self, _at: int) -> None:
        if self.level_choice.key != self.problem.level:
            self.change_requested.emit(self.id, {"level": Level(self.level_choice.key)})

    @Slot(int)
    def _on_kind_activated(self, _at: int) -> None:
        self.kind_requested.emit(self.id, PaperKind(self.kind_choice.key))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _due_text(problem: Problem, today: date) -> str:
    if problem.due == problem.found_on:
        return tr("立即整改")
    return tr("{day}前", day=day_text(problem.due, today))


def _due_hint(problem: Problem, today: date) -> str:
    days = (problem.due - problem.found_on).days
    if days == 0:
        return tr("检查当天：立即整改")
    said = tr("{day}，检查后 {days} 天", day=day_text(problem.due, today), days=days)
    if is_long(problem.due, problem.found_on):
        said += tr("，超过 {days} 天，请确认", days=LONG_DAYS)
    return said if problem.due >= today else said + tr("，已经过了")
