"""The deadline of a finding: days or a date, with the usual terms beside it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from safetydesk.domain.deadlines import LONG_DAYS, due_date
from safetydesk.ui import theme
from safetydesk.ui.inspection.small_fields import FillChips
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.dates import day_text, days_left_text
from safetydesk.ui.widgets.labels import muted_label

QUICK_DAYS = (0, 3, 7, 15, 30)
_HALF_A_YEAR = 183
_LONGEST_DEADLINE = 3660  # days: anything later is a slip of the hand
_EDIT_WIDTH = 84


class DeadlineEdit(QWidget):
    """Days or a date, with the usual terms as chips. Up and down go through the terms."""

    changed = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start = date.min
        self._usual = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        self.edit = _TermEdit(self)
        self.edit.setAccessibleName(tr("整改期限，天数或日期"))
        self.edit.setFixedWidth(theme.scaled(_EDIT_WIDTH))
        self.edit.setPlaceholderText(tr("天数"))
        self.chips = FillChips(self, leading=self.edit)
        self.said = muted_label("", self)
        column.addWidget(self.chips)
        column.addWidget(self.said)
        self.chips.show_words([(str(days), _days_word(days)) for days in QUICK_DAYS])
        self.edit.textEdited.connect(self._on_edited)
        self.edit.stepped.connect(self._on_stepped)
        self.edit.entered.connect(self.entered)
        self.edit.left.connect(self.left)
        self.chips.clicked.connect(self._on_chip_clicked)
        self.setFocusProxy(self.edit)

    def show_deadline(self, start: date, usual: int, due: date | None) -> None:
        """`usual` days are the checklist's proposal, in force where nobody set a date."""
        self._start, self._usual = start, usual
        self.edit.setText(str((due - start).days if due else usual))
        self._say()

    @property
    def due(self) -> date | None:
        """The day that was set; none where it is the usual one, or where what is typed makes no sense."""
        day = self._day()
        return None if day is None or day == due_date(self._start, self._usual) else day

    @property
    def problem(self) -> str:
        """What is wrong with what is typed."""
        if not self.edit.text().strip():
            return ""
        day = self._day()
        if day is None:
            return tr("请写天数（例如 7），或日期（例如 {example}）。", example=f"{self._start + timedelta(7):%m-%d}")
        return tr("早于检查日。") if day < self._start else ""

    @property
    def warning(self) -> str:
        day = self._day()
        long = day is not None and (day - self._start).days > LONG_DAYS
        return tr("超过 {days} 天，请确认。", days=LONG_DAYS) if long else ""

    def _day(self) -> date | None:
        text = self.edit.text().strip().removesuffix("天").strip()
        if text.isdecimal() and len(text) <= 4:
            days = int(text)
            return due_date(self._start, days) if days <= _LONGEST_DEADLINE else None
        return _date_of(text, self._start)

    def _say(self) -> None:
        day = self._day()
        if day is None:
            self.said.setText("" if self.edit.text().strip() else tr("按检查表：{term}", term=_days_word(self._usual)))
        else:
            days = (day - self._start).days
            left = tr("当场整改或立即停止") if days == 0 else days_left_text(days)
            self.said.setText(f"{day_text(day, self._start)} {left}")
        days_now = (day - self._start).days if day else None
        self.chips.mark([str(days_now)] if days_now is not None else [])

    @Slot()
    def _on_edited(self) -> None:
        self._say()
        self.changed.emit()

    @Slot(int)
    def _on_stepped(self, step: int) -> None:
        day = self._day()
        days = (day - self._start).days if day else self._usual
        later = [one for one in QUICK_DAYS if one > days]
        sooner = [one for one in QUICK_DAYS if one < days]
        wanted = (later[:1] if step > 0 else sooner[-1:]) or [days]
        self._set(wanted[0])

    @Slot(str)
    def _on_chip_clicked(self, value: str) -> None:
        self._set(int(value))
        self.left.emit()

    def _set(self, days: int) -> None:
        self.edit.setText(str(days))
        self._on_edited()


class _TermEdit(QLineEdit):
    stepped = Signal(int)
    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Up:
                self.stepped.emit(1)
            case Qt.Key.Key_Down:
                self.stepped.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.entered.emit()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(_EDIT_WIDTH), super().sizeHint().height())


def _days_word(days: int) -> str:
    return tr("立即") if days == 0 else tr("{days} 天", days=days)


def _date_of(text: str, start: date) -> date | None:
    """11-28, 11.28, 11月28日, 2026-11-28. Without a year the one that lies nearer: a day just past is a slip."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    try:
        if len(parts) == 3 and parts[0] >= 2000:
            return date(*parts)
        if len(parts) == 2:
            day = date(start.year, *parts)
            return date(start.year + 1, *parts) if (start - day).days > _HALF_A_YEAR else day
    except ValueError:
        return None
    return None
