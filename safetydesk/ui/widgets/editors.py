"""Editors for forms that scroll: the wheel scrolls the form and never changes a value by accident."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QPlainTextEdit, QWidget

from safetydesk.domain.kinds import Level
from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.labels import level_word

_LEAST_CHARACTERS = 4


class Choice(QComboBox):
    """One of a few, by its key."""

    def __init__(self, choices: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_CHARACTERS)
        for key, text in choices.items():
            self.addItem(text, key)

    @property
    def key(self) -> str:
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def choose(self, key: str) -> None:
        """Show this one; no signal says that a person did."""
        was = self.blockSignals(True)
        self.setCurrentIndex(self.findData(key))
        self.blockSignals(was)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def level_choice(parent: QWidget | None = None) -> Choice:
    choice = Choice({str(level): level_word(level) for level in Level}, parent)
    choice.setAccessibleName(tr("隐患等级"))
    return choice


class Day(QDateEdit):
    """A day, typed or picked from the calendar. `settled` comes when the person is done with it."""

    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.editingFinished.connect(self.settled)
        self.calendarWidget().clicked.connect(self.settled)

    def day(self) -> date:
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def begin_at(self, day: date) -> None:
        """No day before this one can be given."""
        was = self.blockSignals(True)
        self.setMinimumDate(QDate(day.year, day.month, day.day))
        self.blockSignals(was)

    def show_day(self, day: date) -> None:
        """Show this one; no signal says that a person did."""
        was = self.blockSignals(True)
        self.setDate(QDate(day.year, day.month, day.day))
        self.blockSignals(was)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Lines(QPlainTextEdit):
    """A few lines of text. Tab goes on, Esc takes back what was typed, Ctrl+Enter is left to the screen."""

    left = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        height = QFontMetrics(theme.font()).lineSpacing() * lines + 2 * Space.S + Space.XS
        self.setFixedHeight(height)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)
