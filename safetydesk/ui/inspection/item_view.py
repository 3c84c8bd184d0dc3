"""The item in view: its question, the four answers, and what is said beside an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from safetydesk.domain.kinds import LABELS, Result
from safetydesk.ui import icons, theme
from safetydesk.ui.inspection.answer_buttons import AnswerButtons
from safetydesk.ui.inspection.explain import Explain
from safetydesk.ui.inspection.finding_form import NOTE, FindingForm
from safetydesk.ui.inspection.photo_tray import PhotoTray
from safetydesk.ui.inspection.readings_form import ReadingsForm
from safetydesk.ui.inspection.small_fields import GrowingText, Row
from safetydesk.ui.inspection.thumbnails import Thumbnails
from safetydesk.ui.inspection.trouble_bar import TroubleBar
from safetydesk.ui.text import tr
from safetydesk.ui.theme import RADIUS, Colour, Space
from safetydesk.ui.widgets.buttons import plain_button, quiet_button
from safetydesk.ui.widgets.dates import day_text
from safetydesk.ui.widgets.labels import heading, muted_label, note_label

if TYPE_CHECKING:
    from safetydesk.workflows.answering import AnswerInput
    from safetydesk.workflows.walking_shapes import AnswerKey, AnswerState, ItemShown, LastAnswer, PhotoShown

_TICK_FOR = 2_000  # ms
_WIDEST = 860  # px


class ItemView(QFrame):
    """Shows one item after the other. What is typed is told by `left`, to be stored; answering by `answer_requested`."""

    answer_requested = Signal(object)  # Result
    left = Signal(str)  # a field was left: its name
    edited = Signal()
    entered = Signal()  # Enter in a field of the finding
    readings_entered = Signal()
    photos_requested = Signal()
    folder_requested = Signal()
    photo_open_requested = Signal(object)
    photo_remove_requested = Signal(object)
    explain_toggled = Signal(str, bool)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: ItemShown | None = None
        self.key: AnswerKey = ("", None)
        self._state: AnswerState | None = None
        self._drop = False
        self._note_wanted = False
        self._readings_wanted = False
        self._photos_wanted = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        self._column.setSpacing(Space.M)
        self._make_head()
        self._make_answers()
        self._make_fields(thumbnails)
        self._column.addStretch(1)
        self._tick_timer = QTimer(self)
        self._tick_timer.setSingleShot(True)
        self._tick_timer.timeout.connect(self._tick.hide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a wide screen the lines stay short enough to be read."""
        super().resizeEvent(event)
        spare = event.size().width() - 2 * Space.XL - theme.scaled(_WIDEST)
        self._column.setContentsMargins(Space.XL, Space.L, Space.XL + max(spare, 0), Space.L)

    # --- what it shows

    def say_trouble(self, message: str, hint: str, retry: str) -> None:
        """What was not saved, and the way on."""
        self.trouble.say(message, hint, retry)
        self._tick.hide()
        self._breach.hide()

    def show_item(
        self,
        shown: ItemShown,
        key: AnswerKey,
        state: AnswerState | None,
        place_words: Sequence[str],
        start: date,
        of: int,
    ) -> None:
        """Another item, or the same one anew."""
        if self.shown is None or shown.id != self.shown.id:
            self._note_wanted = self._readings_wanted = self._photos_wanted = False
            self.trouble.clear()
            self.photo_note.hide()
        self.shown, self.key, self._state = shown, key, state
        self._number.setText(tr("第 {number} 项，共 {of} 项", number=shown.number, of=of))
        self._code.setText(shown.id)
        self.question.setText(shown.item.text)
        self.setAccessibleName(tr("第 {number} 项：{asked}", number=shown.number, asked=shown.item.text))
        self.explain.show_item(shown)
        self._show_last(shown.last, start)
        self.readings.show_item(shown, state.readings if state else ())
        self.finding.show_item(shown, state, start, place_words)
        self.note_edit.set_text(state.note if state else "")
        self.show_result(state.result if state else None)

    def show_result(self, result: Result | None) -> None:
        """Mark the answer, and show the fields that belong to it."""
        self.answers.show_result(result)
        is_fail = result is Result.FAIL
        self.explain.set_brief(is_fail)
        self.finding.setVisible(is_fail)
        self._note_row.setVisible(not is_fail and (self._note_wanted or bool(self.note_edit.text())))
        offered = bool(self.shown and self.shown.item.limits) and not is_fail  # a fail needs the room
        self._readings_block.setVisible(offered or self._readings_wanted or self.readings.has_readings)
        self._photo_block.setVisible(is_fail or self._photos_wanted or bool(self.tray.tiles))
        self.show_breach()

    def update_state(self, state: AnswerState | None) -> None:
        """What is stored now; the fields stay as they are typed."""
        self._state = state

    def show_photos(self, photos: Sequence[PhotoShown], result: Result | None) -> None:
        self.tray.show_photos(photos, {}, self.shown.id if self.shown else None)
        self.tray.setVisible(bool(photos))
        self._photo_block.setVisible(result is Result.FAIL or self._photos_wanted or bool(photos))

    def set_over(self, *, over: bool) -> None:
        """An ended check is only looked at."""
        for part in (self.answers, self.readings, self.finding, self.note_edit, self.add_button, self.folder_button):
            part.setEnabled(not over)

    def show_drop(self, *, on: bool) -> None:
        """Pictures are held over it: they would go here."""
        self._drop = on
        self.update()

    def show_tick(self, text: str) -> None:
        """A small sign that it is on disk."""
        self._tick_word.setText(text)
        self._tick.show()
        self._tick_timer.start(_TICK_FOR)

    def show_breach(self) -> None:
        """A reading out of its limits offers the answer that fits it."""
        breaches = self.readings.breaches if not self._readings_block.isHidden() else []
        failing = self.answers.buttons[Result.FAIL].isChecked()
        self._breach.setVisible(bool(breaches) and not failing and not self.trouble.is_shown)
        self._breach_word.setText("；".join(breaches))

    # --- what it says

    def answer_input(self, result: Result) -> AnswerInput:
        """This answer with everything that is typed beside it."""
        from safetydesk.workflows.answering import AnswerInput

        item, thing = self.key
        made = AnswerInput(item, result, thing)
        made = self._with_finding(made) if result is Result.FAIL else self._with_note(made)
        return self._with_readings(made)

    @property
    def result_now(self) -> Result:
        """The answer as it is marked."""
        return next(
            (one for one, button in self.answers.buttons.items() if button.isChecked()), Result.UNCHECKED
        )  # fmt: skip

    @property
    def problem(self) -> QWidget | None:
        """The field that cannot be stored as it is typed."""
        if not self._readings_block.isHidden() and self.readings.problem is not None:
            return self.readings.problem
        return self.finding.problem if not self.finding.isHidden() else None

    def want_note(self) -> None:
        self._note_wanted = True
        if self.finding.isHidden():
            self._note_row.show()
            self.note_edit.setFocus()
        else:
            self.finding.note_edit.setFocus()

    def want_readings(self) -> None:
        self._readings_wanted = True
        self._readings_block.show()
        self.readings.focus_first()

    def want_photos(self) -> None:
        self._photos_wanted = True
        self._photo_block.show()

    def say_photos(self, text: str, *, is_error: bool) -> None:
        self.photo_note.setText(text)
        theme.look(self.photo_note, "error" if is_error else "note")
        self.photo_note.setVisible(bool(text))

    # --- making

    def _make_head(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        self._number = muted_label("", self)
        self._code = note_label("", self)
        self._code.setWordWrap(False)
        self._tick = QWidget(self)
        tick = QHBoxLayout(self._tick)
        tick.setContentsMargins(0, 0, 0, 0)
        tick.setSpacing(Space.XS)
        mark = QLabel(self._tick)
        mark.setPixmap(icons.pixmap("check", Space.L, Colour.DONE, self.devicePixelRatioF()))
        self._tick_word = muted_label("", self._tick)
        self._tick_word.setProperty("look", "done")
        tick.addWidget(mark)
        tick.addWidget(self._tick_word)
        policy = self._tick.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._tick.setSizePolicy(policy)
        self._tick.hide()
        row.addWidget(self._number)
        row.addWidget(self._code)
        row.addStretch()
        row.addWidget(self._tick)
        self._column.addLayout(row)
        self.question = heading("", self)
        self.question.setWordWrap(True)
        self._column.addWidget(self.question)
        self.explain = Explain(self)
        self.explain.toggled.connect(self.explain_toggled)
        self._column.addWidget(self.explain)

    def _make_answers(self) -> None:
        self.answers = AnswerButtons(self)
        self.answers.chosen.connect(self.answer_requested)
        self._column.addWidget(self.answers)
        self._last = muted_label("", self)
        self._last.setWordWrap(True)
        self._column.addWidget(self._last)
        self.trouble = TroubleBar(self)
        self._column.addWidget(self.trouble)

    def _make_fields(self, thumbnails: Thumbnails) -> None:
        self._readings_block = QWidget(self)
        block = QVBoxLayout(self._readings_block)
        block.setContentsMargins(0, 0, 0, 0)
        block.setSpacing(Space.S)
        self.readings = ReadingsForm(self._readings_block)
        self.readings.edited.connect(self._on_readings_edited)
        self.readings.left.connect(self._on_readings_left)
        self.readings.entered.connect(self.readings_entered)
        block.addWidget(self.readings)
        block.addWidget(self._make_breach())
        self._column.addWidget(self._readings_block)
        self.finding = FindingForm(self)
        self.finding.edited.connect(self.edited)
        self.finding.left.connect(self.left)
        self.finding.entered.connect(self.entered)
        self.finding.level_chosen.connect(self.edited)
        self.finding.level_shown.connect(self.answers.show_level)
        self._column.addWidget(self.finding)
        self.note_edit = GrowingText(tr("备注"), tr("只作记录，例如为什么不涉及"), self)
        self.note_edit.entered.connect(self.entered)
        self.note_edit.left.connect(self._on_note_left)
        self._note_row = Row(tr("备注"), self.note_edit, None, self)
        self._column.addWidget(self._note_row)
        self._column.addWidget(self._make_photos(thumbnails))

    def _make_breach(self) -> QWidget:
        self._breach = QFrame(self)
        self._breach.setProperty("look", "trouble")
        row = QHBoxLayout(self._breach)
        row.setContentsMargins(Space.M, Space.XS, Space.S, Space.XS)
        self._breach_word = QLabel("", self._breach)
        self._breach_word.setTextFormat(Qt.TextFormat.PlainText)
        self._breach_word.setWordWrap(True)
        self.fail_button = plain_button(tr("判为不符合"), parent=self._breach)
        self.fail_button.clicked.connect(self._on_fail_clicked)
        row.addWidget(self._breach_word, 1)
        row.addWidget(self.fail_button)
        self._breach.hide()
        return self._breach

    def _make_photos(self, thumbnails: Thumbnails) -> QWidget:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        line = QHBoxLayout()
        line.setSpacing(Space.XS)
        line.setContentsMargins(-Space.S, 0, 0, 0)
        self.add_button = quiet_button(tr("添加照片"), "camera", inside)
        self.add_button.clicked.connect(self.photos_requested)
        self.folder_button = quiet_button(tr("整个文件夹"), "folder-open", inside)
        self.folder_button.clicked.connect(self.folder_requested)
        line.addWidget(self.add_button)
        line.addWidget(self.folder_button)
        line.addWidget(note_label(tr("或把照片拖到这里"), inside))
        line.addStretch()
        column.addLayout(line)
        self.tray = PhotoTray(tr("这一项的照片"), thumbnails, inside)
        self.tray.open_requested.connect(self.photo_open_requested)
        self.tray.remove_requested.connect(self.photo_remove_requested)
        column.addWidget(self.tray)
        self.photo_note = note_label("", inside)
        self.photo_note.hide()
        column.addWidget(self.photo_note)
        self._photo_block = Row(tr("照片"), inside, None, self)
        return self._photo_block

    # --- composing

    def _with_finding(self, made: AnswerInput) -> AnswerInput:
        from safetydesk.workflows.answering import Part

        values = self.finding.values()
        if self.finding.problem is not None:  # what makes no sense yet changes nothing
            values = replace(values, deadline=self._state.deadline if self._state else None)
        return replace(
            made,
            note=values.note or None,
            place=values.place or None,
            filled=dict(values.filled),
            level=values.level,
            deadline=values.deadline,
            cleared=(Part.NOTE, Part.PLACE, Part.FILLED, Part.LEVEL, Part.DEADLINE),
        )

    def _with_note(self, made: AnswerInput) -> AnswerInput:
        from safetydesk.workflows.answering import Part

        return replace(made, note=self.note_edit.text().strip() or None, cleared=(Part.NOTE,))

    def _with_readings(self, made: AnswerInput) -> AnswerInput:
        """Only where they were changed: what was measured earlier keeps its time."""
        from safetydesk.workflows.answering import Part

        stored = self._state.readings if self._state else ()
        if self._readings_block.isHidden() or self.readings.problem is not None or self.readings.says(stored):
            return made
        return replace(made, readings=self.readings.readings(), cleared=(*made.cleared, Part.READINGS))

    # --- inside

    def _show_last(self, last: LastAnswer | None, start: date) -> None:
        if last is None:
            self._last.hide()
            return
        said = tr("上次 {day}：{result}", day=day_text(last.on, start), result=LABELS[last.result])
        if last.state is not None:
            from safetydesk.workflows.hazards import state_label

            said += tr("，{state}", state=state_label(last.state))
        self._last.setText(said)
        self._last.show()

    @Slot()
    def _on_readings_edited(self) -> None:
        self.show_breach()
        self.edited.emit()

    @Slot()
    def _on_readings_left(self) -> None:
        if self.isVisible():
            self.left.emit("readings")

    @Slot()
    def _on_note_left(self) -> None:
        if self._note_row.isVisible():
            self.left.emit(NOTE)

    @Slot()
    def _on_fail_clicked(self) -> None:
        self.answer_requested.emit(Result.FAIL)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() or self._drop:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour(Colour.ACCENT if self._drop else Colour.ACCENT_SOFT), 2))
            painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), RADIUS, RADIUS)
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def captions_of(photos: Sequence[PhotoShown], numbers: dict[str, int]) -> dict[UUID, str]:
    """Under each photo the item it stands for."""
    return {photo.id: _caption(photo.item, numbers) for photo in photos}


def _caption(item: str | None, numbers: dict[str, Any]) -> str:
    return tr("第 {number} 项", number=numbers[item]) if item in numbers else tr("未归入")
