"""延期: the new day and the reason; for a suspected major hazard who agreed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from safetydesk.domain.deadlines import LONG_DAYS, is_long
from safetydesk.domain.kinds import Level
from safetydesk.ui.hazards.day_edit import DayEdit, WordChips
from safetydesk.ui.hazards.forms import LONGEST_REASON, PaneForm, Remark, blame, lines_edit, said_of
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.dates import day_text, days_left_text
from safetydesk.ui.widgets.forms import Field, Form
from safetydesk.ui.widgets.labels import note_label, text_label

if TYPE_CHECKING:
    from datetime import date

    from safetydesk.workflows.hazard_card import HazardCard


class ExtendForm(PaneForm):
    """Days count from the present deadline, or from today where that has passed."""

    def __init__(self, card: HazardCard, today: date, parent: QWidget | None = None) -> None:
        super().__init__(card, today, tr("延期"), tr("延期"), parent)
        self._start = max(card.hazard.due, today)
        now = tr("现在的期限：{day}", day=day_text(card.hazard.due, today))
        if card.hazard.days_left is not None:
            now += f"  {days_left_text(card.hazard.days_left)}"
        self.now_label = text_label(now, self)
        self.column.addWidget(self.now_label)
        self.to_label = note_label(tr("延到哪一天"), self)
        self.to_label.setProperty("look", "field")
        self.to_edit = DayEdit(tr("延到哪一天"), self, terms=(3, 7, 15, 30))
        self.to_edit.set_start(self._start)
        self.to_label.setBuddy(self.to_edit.edit)
        self.to_below = note_label("", self)
        self.to_below.setProperty("look", "error")
        self.to_below.hide()
        to = QVBoxLayout()
        to.setSpacing(Space.XS)
        for part in (self.to_label, self.to_edit, self.to_below):
            to.addWidget(part)
        self.column.addLayout(to)
        self.remark = Remark(self)
        self.column.addWidget(self.remark)
        self._make_reason()
        self.column.addWidget(self.trouble)
        self.column.addStretch()
        self.to_edit.changed.connect(self._on_to_changed)
        self._show_remark()

    @property
    def to(self) -> date | None:
        return self.to_edit.day

    def draft(self) -> dict[str, Any]:
        return {**self.form.values(), "to": self.to_edit.text()}

    def restore(self, draft: Mapping[str, Any]) -> None:
        self.to_edit.set_text(draft["to"])
        self.reason.set_text(draft["reason"])
        self.consent.set_text(draft["consent"])
        self._show_remark()

    def is_touched(self) -> bool:
        return bool(self.to_edit.text() or self.reason.text().strip() or self.consent.text().strip())

    def check(self) -> bool:
        self._say_to("")
        to = self.to
        if to is None:
            return self._blame_to(tr("请写天数（例如 7）或日期。"))
        if to <= self.card.hazard.due or to < self.today:
            return self._blame_to(tr("要晚于现在的期限，也不能早于今天。"))
        return self.form.check()

    def show_error(self, error: Exception) -> bool:
        match getattr(error, "code", ""):
            case "extension_not_later":
                self._blame_to("".join(said_of(error)))
            case "extension_reason_missing" | "note_too_long" | "missing_glyphs":
                blame(self.reason, error)
            case "major_needs_consent":
                blame(self.consent, error)
            case _:
                return False
        return True

    def focus_first(self) -> None:
        self.to_edit.edit.setFocus()

    def _make_reason(self) -> None:
        self.form = Form(self)
        self.reason = Field(tr("延期原因"), lines_edit(), tr("写企业申请延期的理由。"), self)
        self.form.add("reason", self.reason, _reason_problem)
        self.chips = WordChips(tr("常用的原因"), self)
        self._reasons = [tr("备件未到货"), tr("等检测报告"), tr("需要停产检修时施工")]
        self.chips.show_words(self._reasons)
        self.chips.taken.connect(self._on_chip_taken)
        self.form.column.addWidget(self.chips)
        self.consent = Field(tr("同意延期的部门"), QLineEdit(self), tr("疑似重大事故隐患不能由镇街自行延期。"), self)
        self.form.add("consent", self.consent, self._consent_problem)
        self.consent.setVisible(self.card.hazard.level is Level.MAJOR)
        self.column.addWidget(self.form)

    def _consent_problem(self, text: str) -> str:
        missing = self.card.hazard.level is Level.MAJOR and not text.strip()
        return tr("请写明是哪个部门同意的；还没有报告的先报告。") if missing else ""

    def _show_remark(self) -> None:
        remarks = []
        if (self.card.hazard.days_left or 0) < 0:
            remarks.append(
                tr("期限已过：延期申请一般应在到期前提出（天数待核）。记录里会写明是逾期后办理的，也可以先复查再限期。")
            )
        if self.to is not None and is_long(self.to, self.card.hazard.found_on):
            remarks.append(tr("从检查日算起超过 {days} 天，请确认。", days=LONG_DAYS))
        self.remark.say("\n".join(remarks))

    def _say_to(self, text: str) -> None:
        self.to_below.setText(text)
        self.to_below.setVisible(bool(text))
        self.to_edit.set_trouble(bool(text))

    def _blame_to(self, text: str) -> bool:
        self._say_to(text)
        self.to_edit.edit.setFocus()
        return False

    @Slot()
    def _on_to_changed(self) -> None:
        self._say_to("")
        self._show_remark()

    @Slot(int)
    def _on_chip_taken(self, at: int) -> None:
        self.reason.set_text(self._reasons[at])
        self.reason.editor.setFocus()


def _reason_problem(text: str) -> str:
    if not text.strip():
        return tr("请写明企业申请延期的理由。")
    return tr("请写短一些，不超过 {most} 字。", most=LONGEST_REASON) if len(text) > LONGEST_REASON else ""
