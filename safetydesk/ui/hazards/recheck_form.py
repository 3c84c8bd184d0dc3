"""复查: three outcomes, what was seen, photos, and for what is not mended a further deadline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QVBoxLayout, QWidget

from safetydesk.domain.hazards import HazardEventKind
from safetydesk.domain.kinds import Level
from safetydesk.ui.hazards.day_edit import DayEdit, WordChips
from safetydesk.ui.hazards.forms import PaneForm, Remark, blame, lines_edit, said_of
from safetydesk.ui.hazards.picked_photos import PickedPhotos
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.forms import Field
from safetydesk.ui.widgets.labels import note_label

if TYPE_CHECKING:
    from datetime import date

    from safetydesk.workflows.hazard_card import HazardCard
    from safetydesk.workflows.rechecking import Outcome, Recheck

_LOOKED = (HazardEventKind.CLOSED_OUT, HazardEventKind.REINSPECTED_PARTIAL, HazardEventKind.REINSPECTED_OPEN)
_NOTE_ERRORS = ("recheck_note_missing", "note_too_long", "missing_glyphs")
_MOST_CHIPS = 6
_LONGEST_NOTE = 2_000


class RecheckForm(PaneForm):
    """1, 2 and 3 choose the outcome while no text is being typed."""

    photos_wanted = Signal()

    def __init__(self, card: HazardCard, today: date, parent: QWidget | None = None) -> None:
        super().__init__(card, today, tr("复查"), tr("保存复查结果"), parent)
        from safetydesk.workflows.rechecking import Outcome

        self._phrases: Mapping[Outcome, Sequence[str]] = {}
        self._stock = {
            Outcome.CLOSED: [tr("已按要求整改到位"), tr("现场查看，符合要求"), tr("当场整改完毕")],
            Outcome.PARTIAL: [tr("部分已整改，其余正在整改"), tr("备件未到货"), tr("资料还没有补齐")],
            Outcome.OPEN: [tr("没有整改"), tr("备件未到货"), tr("企业停产，无法查看")],
        }
        self._outcomes = list(Outcome)
        self.column.addLayout(self._make_outcomes())
        self.remark = Remark(self)
        self.column.addWidget(self.remark)
        self.note = Field(tr("复查情况"), lines_edit(), "", self)
        self.phrase_chips = WordChips(tr("常用语"), self)
        self.phrase_chips.taken.connect(self._on_phrase_taken)
        self.column.addLayout(_closely(self.note, self.phrase_chips))
        self.photos = PickedPhotos(self)
        self.photos.wanted.connect(self.photos_wanted)
        self.column.addWidget(self.photos)
        self._make_days()
        self.column.addWidget(self.trouble)
        self.column.addStretch()
        self.note.changed.connect(self._on_note_changed)
        self._show_outcome()

    # --- what it says

    @property
    def outcome(self) -> Outcome | None:
        at = self._group.checkedId()
        return self._outcomes[at] if at >= 0 else None

    def recheck(self) -> Recheck:
        from safetydesk.workflows.rechecking import Outcome, Recheck

        assert self.outcome is not None
        due = None if self.outcome is Outcome.CLOSED else self.due_edit.day
        return Recheck(self.outcome, self.note.text(), tuple(self.photos.photos), self.on_edit.day or self.today, due)

    def choose(self, outcome: Outcome) -> None:
        self._group.button(self._outcomes.index(outcome)).setChecked(True)
        self._show_outcome()

    def offer(self, phrases: Mapping[Outcome, Sequence[str]]) -> None:
        """Words of earlier re-inspections come before the stock."""
        self._phrases = phrases
        self._show_outcome()

    def draft(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "note": self.note.text(),
            "on": self.on_edit.text(),
            "due": self.due_edit.text(),
            "photos": self.photos.state(),
        }

    def restore(self, draft: Mapping[str, Any]) -> None:
        if draft["outcome"] is not None:
            self.choose(draft["outcome"])
        self.note.set_text(draft["note"])
        self.on_edit.set_text(draft["on"])
        self.due_edit.set_text(draft["due"])
        self.photos.restore(draft["photos"])

    def is_touched(self) -> bool:
        return bool(self.outcome is not None or self.note.text().strip() or self.photos.photos)

    def check(self) -> bool:
        if self.outcome is None:
            self.trouble.say(tr("请先选复查结果。"))
            self._group.button(0).setFocus()
            return False
        problem = self._note_problem()
        self.note.set_error(problem)
        if problem:
            self.note.editor.setFocus()
            return False
        return self._check_days()

    def show_error(self, error: Exception) -> bool:
        code = getattr(error, "code", "")
        if code in _NOTE_ERRORS:
            blame(self.note, error)
        elif code == "recheck_day":
            self._blame_day(self.on_below, self.on_edit, "".join(said_of(error)))
        elif code == "new_deadline":
            self._blame_day(self.due_below, self.due_edit, "".join(said_of(error)))
        else:
            return False
        return True

    def focus_first(self) -> None:
        at = self._group.checkedId()
        self._group.button(max(at, 0)).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Reaches here only where no editor took it."""
        if event.text() in ("1", "2", "3"):
            self.choose(self._outcomes[int(event.text()) - 1])
            self.note.editor.setFocus()
        else:
            super().keyPressEvent(event)

    # --- inside

    def _make_outcomes(self) -> QVBoxLayout:
        self._group = QButtonGroup(self)
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        label = note_label(tr("复查结果（按 1、2、3 选）"), self)
        label.setProperty("look", "field")
        column.addWidget(label)
        words = (tr("1  已整改，销号"), tr("2  部分整改"), tr("3  未整改"))
        for at, word in enumerate(words):
            button = QPushButton(word, self)
            button.setProperty("look", "choice")
            button.setCheckable(True)
            button.setAutoDefault(False)
            self._group.addButton(button, at)
            column.addWidget(button)
        self._group.idClicked.connect(self._on_group_id_clicked)
        return column

    def _make_days(self) -> None:
        self.due_label = note_label(tr("没改完的，再限期到（不改就空着）"), self)
        self.due_edit = DayEdit(tr("再限期到"), self, terms=(3, 7, 15, 30))
        self.due_edit.set_start(self.today)
        self.due_below = _error_line(self)
        self._due_parts = (self.due_label, self.due_edit)
        self.on_label = note_label(tr("复查日期"), self)
        self.on_edit = DayEdit(tr("复查日期"), self)
        self.on_edit.set_start(self.today)
        self.on_edit.set_day(self.today)
        self.on_below = _error_line(self)
        for label, edit, below in (
            (self.due_label, self.due_edit, self.due_below),
            (self.on_label, self.on_edit, self.on_below),
        ):
            label.setProperty("look", "field")
            label.setBuddy(edit.edit)
            self.column.addLayout(_closely(label, edit, below))

    def _show_outcome(self) -> None:
        from safetydesk.workflows.rechecking import Outcome

        outcome = self.outcome
        left = outcome in (Outcome.PARTIAL, Outcome.OPEN)
        for part in self._due_parts:
            part.setVisible(left)
        self.due_below.setVisible(left and bool(self.due_below.text()))
        self.save_button.setText(
            {
                Outcome.CLOSED: tr("销号"),
                Outcome.PARTIAL: tr("记为部分整改"),
                Outcome.OPEN: tr("记为未整改"),
                None: tr("保存复查结果"),
            }[outcome]
        )
        self.note.set_hint(self._note_hint(outcome))
        self._show_phrases(outcome)
        major = self.card.hazard.level is Level.MAJOR and outcome is Outcome.CLOSED
        self.remark.say(tr("疑似重大事故隐患：由主管部门核查同意后再销号，请在复查情况里写明。") if major else "")
        self.trouble.say("")

    def _note_hint(self, outcome: Outcome | None) -> str:
        from safetydesk.workflows.rechecking import Outcome

        if outcome in (Outcome.PARTIAL, Outcome.OPEN):
            return tr("写明还差什么。")
        if outcome is Outcome.CLOSED and self.card.hazard.level is Level.MAJOR:
            return tr("写明由谁验收、怎么核实的。")
        return tr("一般隐患已整改的可以不写。") if outcome is Outcome.CLOSED else ""

    def _note_problem(self) -> str:
        from safetydesk.workflows.rechecking import Outcome

        needed = self.outcome is not Outcome.CLOSED or self.card.hazard.level is Level.MAJOR
        text = self.note.text()
        if needed and not text.strip():
            return self._note_hint(self.outcome)
        return tr("请写短一些，不超过 {most} 字。", most=_LONGEST_NOTE) if len(text) > _LONGEST_NOTE else ""

    def _show_phrases(self, outcome: Outcome | None) -> None:
        known = [] if outcome is None else [*self._phrases.get(outcome, ()), *self._stock[outcome]]
        self._offered = list(dict.fromkeys(known))[:_MOST_CHIPS]
        self.phrase_chips.show_words(self._offered)

    def _check_days(self) -> bool:
        earliest = self._earliest()
        on = self.on_edit.day
        for edit, below in ((self.on_edit, self.on_below), (self.due_edit, self.due_below)):
            self._say_day(below, edit, "")
        if on is None or not earliest <= on <= self.today:
            self._blame_day(
                self.on_below,
                self.on_edit,
                tr("请填 {earliest} 到今天之间的日期。", earliest=f"{earliest:%m-%d}"),
            )
            return False
        if not self.due_edit.isVisibleTo(self):
            return True
        due = self.due_edit.day
        if self.due_edit.makes_no_sense or (due is not None and due < on):
            self._blame_day(self.due_below, self.due_edit, tr("请写天数（例如 7）或复查日以后的日期。"))
            return False
        return True

    def _earliest(self) -> date:
        looked = [one.on for one in self.card.history if one.kind in _LOOKED and not one.is_taken_back]
        return max([self.card.hazard.found_on, *looked])

    def _say_day(self, below: QLabel, edit: DayEdit, text: str) -> None:
        below.setText(text)
        below.setVisible(bool(text))
        edit.set_trouble(bool(text))

    def _blame_day(self, below: QLabel, edit: DayEdit, text: str) -> None:
        self._say_day(below, edit, text)
        edit.edit.setFocus()

    @Slot(object)
    def on_photos_read(self, read: Any) -> None:
        found, thumbnails = read
        self.photos.set_busy(False)
        self.photos.add(found, thumbnails)

    @Slot(object)
    def on_photos_failed(self, error: Exception) -> None:
        self.photos.set_busy(False)
        self.photos.say("".join(said_of(error)))

    @Slot(int)
    def _on_group_id_clicked(self, _at: int) -> None:
        self._show_outcome()

    @Slot(int)
    def _on_phrase_taken(self, at: int) -> None:
        """A phrase replaces what stands there if that is a phrase too, else it is added."""
        said, phrase = self.note.text().strip(), self._offered[at]
        known = {word for words in (*self._stock.values(), *self._phrases.values()) for word in words}
        self.note.set_text(phrase if not said or said in known else f"{said}；{phrase}")
        self.note.editor.setFocus()

    @Slot()
    def _on_note_changed(self) -> None:
        if self.note.has_trouble:
            self.note.set_error("")


def _closely(*parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(Space.XS)
    for part in parts:
        column.addWidget(part)
    return column


def _error_line(parent: QWidget) -> QLabel:
    line = note_label("", parent)
    line.setProperty("look", "error")
    line.hide()
    return line
