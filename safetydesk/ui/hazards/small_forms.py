"""The short forms: correct what is not on paper yet, and the two that ask for nothing but a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from safetydesk.domain.kinds import LABELS, Level
from safetydesk.ui.hazards.day_edit import DayEdit
from safetydesk.ui.hazards.forms import LONGEST_REASON, PaneForm, blame, lines_edit, said_of
from safetydesk.ui.hazards.model import Correction
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.forms import Field, Form
from safetydesk.ui.widgets.labels import note_label

if TYPE_CHECKING:
    from datetime import date

    from safetydesk.workflows.hazard_card import HazardCard


class ReasonForm(PaneForm):
    """Why it is withdrawn, or opened again."""

    def __init__(
        self, card: HazardCard, today: date, title: str, label: str, hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(card, today, title, title, parent)
        self.form = Form(self)
        self.reason = Field(label, lines_edit(), hint, self)
        self.form.add("reason", self.reason, _reason_problem)
        self.column.addWidget(self.form)
        self.column.addWidget(self.trouble)
        self.column.addStretch()

    def draft(self) -> dict[str, Any]:
        return self.form.values()

    def restore(self, draft: Mapping[str, Any]) -> None:
        self.reason.set_text(draft["reason"])

    def is_touched(self) -> bool:
        return bool(self.reason.text().strip())

    def check(self) -> bool:
        return self.form.check()

    def show_error(self, error: Exception) -> bool:
        if getattr(error, "code", "") in ("reopening_reason_missing", "note_too_long", "missing_glyphs"):
            blame(self.reason, error)
            return True
        return False

    def focus_first(self) -> None:
        self.reason.editor.setFocus()


class CorrectForm(PaneForm):
    """The facts of a hazard that no paper names yet."""

    def __init__(self, card: HazardCard, today: date, parent: QWidget | None = None) -> None:
        super().__init__(card, today, tr("改正"), tr("保存改正"), parent)
        self.form = Form(self)
        self.text_field = Field(tr("隐患描述"), lines_edit(lines=4), tr("印在文书上，写看到的事实。"), self)
        self.measure_field = Field(tr("整改要求"), lines_edit(lines=3), "", self)
        level = QComboBox(self)
        for one in Level:
            level.addItem(LABELS[one], one.value)
        self.level_field = Field(tr("级别"), level, tr("“疑似重大”由主管部门或专家认定，这里只是提示。"), self)
        self.due_edit = DayEdit(tr("整改期限"), self, terms=(0, 3, 7, 15, 30))
        self.due_edit.set_start(card.hazard.found_on)
        self.form.add("text", self.text_field, _filled_in)
        self.form.add("measure", self.measure_field, _filled_in)
        self.form.add("level", self.level_field)
        self.column.addWidget(self.form)
        self.due_label = note_label(
            tr("整改期限（天数从检查日 {day} 起算）", day=f"{card.hazard.found_on:%m-%d}"), self
        )
        self.due_label.setBuddy(self.due_edit.edit)
        self.due_below = note_label("", self)
        self.due_below.setProperty("look", "error")
        self.due_below.hide()
        due = QVBoxLayout()
        due.setSpacing(Space.XS)
        for part in (self.due_label, self.due_edit, self.due_below):
            due.addWidget(part)
            part.setVisible(not card.is_extended and part is not self.due_below)  # an extension counts before it
        self.form.column.addLayout(due)
        self.column.addWidget(self.trouble)
        self.column.addStretch()
        self._fill()

    def correction(self) -> Correction:
        """Only what differs."""
        hazard = self.card.hazard
        text, measure, level = self.text_field.text(), self.measure_field.text(), Level(self.level_field.text())
        return Correction(
            text if text != hazard.text else None,
            measure if measure != self.card.measure else None,
            level if level is not hazard.level else None,
            self.due_edit.day if self.due_edit.day != self.card.first_due else None,
        )

    def draft(self) -> dict[str, Any]:
        return {**self.form.values(), "due": self.due_edit.text()}

    def restore(self, draft: Mapping[str, Any]) -> None:
        for key in ("text", "measure", "level"):
            self.form.fields[key].set_text(draft[key])
        self.due_edit.set_text(draft["due"])

    def is_touched(self) -> bool:
        return self.correction() != Correction()

    def check(self) -> bool:
        day = self.due_edit.day
        early = day is not None and day < self.card.hazard.found_on
        self._say_due(
            tr("请写天数（例如 7）或日期（例如 12-05）。")
            if day is None
            else tr("期限不能早于检查日。")
            if early
            else ""
        )
        if not self.form.check():
            return False
        if day is None or early:
            self.due_edit.setFocus()
            return False
        if not self.is_touched():
            self.cancel_requested.emit()
            return False
        return True

    def show_error(self, error: Exception) -> bool:
        match getattr(error, "code", ""):
            case "due_before_inspection":
                self._say_due("".join(said_of(error)))
                self.due_edit.setFocus()
            case "missing_glyphs" | "note_too_long":
                blame(self.text_field, error)
            case _:
                return False
        return True

    def focus_first(self) -> None:
        self.text_field.editor.setFocus()

    def _fill(self) -> None:
        self.text_field.set_text(self.card.hazard.text)
        self.measure_field.set_text(self.card.measure)
        self.level_field.set_text(self.card.hazard.level.value)
        self.due_edit.set_day(self.card.first_due)

    def _say_due(self, text: str) -> None:
        self.due_below.setText(text)
        self.due_below.setVisible(bool(text))
        self.due_edit.set_trouble(bool(text))


def _reason_problem(text: str) -> str:
    if not text.strip():
        return tr("请写明原因，记在这条隐患的经过里。")
    return tr("请写短一些，不超过 {most} 字。", most=LONGEST_REASON) if len(text) > LONGEST_REASON else ""


def _filled_in(text: str) -> str:
    return "" if text.strip() else tr("不能空着。")
