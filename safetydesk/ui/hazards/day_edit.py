"""A day to be typed as it comes: 7 (days from a given day), 11-28, 11月28日 or 2026-11-28; the usual terms as chips."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.dates import day_text
from safetydesk.ui.widgets.flow import FlowLayout
from safetydesk.ui.widgets.labels import muted_label

_LONGEST_CHIP = 16
_HALF_A_YEAR = 183
_MOST_DAYS = 3660  # anything later is a slip of the hand


class DayEdit(QWidget):
    """One line for a day. `start` is the day that plain numbers count from, and the year that is meant.

    Empty is no day. Up and down go one day on or back.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, terms: Sequence[int] = ()) -> None:
        super().__init__(parent)
        self._start = date.min
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        self.edit = _DayLine(self)
        self.edit.setAccessibleName(name)
        self.edit.setFixedWidth(theme.scaled(120))
        self.said = muted_label("", self)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line.addWidget(self.edit)
        line.addWidget(self.said, 1)
        column.addLayout(line)
        self.chips = WordChips(tr("{name}：常用的天数", name=name), self)
        self.chips.show_words([tr("{days} 天", days=days) for days in terms])
        self._terms = list(terms)
        if terms:
            column.addWidget(self.chips)
        else:
            self.chips.hide()
        self.edit.textEdited.connect(self._on_edited)
        self.edit.stepped.connect(self._on_stepped)
        self.edit.editingFinished.connect(self.left)
        self.chips.taken.connect(self._on_chip_taken)
        self.setFocusProxy(self.edit)

    def set_start(self, start: date) -> None:
        self._start = start
        example = f"{start + timedelta(7):%m-%d}"
        self.edit.setPlaceholderText(tr("天数或 {example}", example=example) if self._terms else example)
        self._say()

    def set_day(self, day: date | None) -> None:
        self.edit.setText("" if day is None else self._short(day))
        self._say()
        self.changed.emit()

    def text(self) -> str:
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """What was typed before."""
        self.edit.setText(text)
        self._say()

    @property
    def day(self) -> date | None:
        """What is typed; none where nothing is, or where it makes no sense."""
        text = self.text().removesuffix("天").strip()
        if text.isdecimal() and len(text) <= 4 and self._terms:
            return self._start + timedelta(int(text)) if int(text) <= _MOST_DAYS else None
        return date_of(text, self._start)

    @property
    def makes_no_sense(self) -> bool:
        return bool(self.text()) and self.day is None

    def set_trouble(self, on: bool) -> None:
        self.edit.setProperty("trouble", "true" if on else None)
        style = self.edit.style()
        style.unpolish(self.edit)
        style.polish(self.edit)

    def _short(self, day: date) -> str:
        return f"{day:%m-%d}" if day.year == self._start.year else day.isoformat()

    def _say(self) -> None:
        day = self.day
        self.said.setText("" if day is None else day_text(day, self._start))
        self.edit.setAccessibleDescription(self.said.text())

    @Slot()
    def _on_edited(self) -> None:
        self._say()
        self.changed.emit()

    @Slot(int)
    def _on_stepped(self, step: int) -> None:
        self.set_day((self.day or self._start) + timedelta(step))

    @Slot(int)
    def _on_chip_taken(self, at: int) -> None:
        self.set_day(self._start + timedelta(self._terms[at]))


class WordChips(QWidget):
    """Words to be taken with one press. One place in the Tab order; left and right go from word to word."""

    taken = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, Space.XS)
        self.buttons: list[QPushButton] = []

    def show_words(self, words: Sequence[str]) -> None:
        if [button.accessibleName() for button in self.buttons] == list(words):
            return
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for at, word in enumerate(words):
            button = QPushButton(word if len(word) <= _LONGEST_CHIP else f"{word[: _LONGEST_CHIP - 1]}…", self)
            button.setAccessibleName(word)
            button.setToolTip(word if button.text() != word else "")
            button.setProperty("look", "chip")
            button.setAutoDefault(False)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == 0 else Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(self._on_button_clicked)
            self._flow.addWidget(button)
            self.buttons.append(button)
            button.show()
        self.setVisible(bool(words))
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        at = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
        else:
            self.buttons[(at + step) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        if sender in self.buttons:
            self.taken.emit(self.buttons.index(sender))


class _DayLine(QLineEdit):
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


def date_of(text: str, start: date) -> date | None:
    """Without a year the one that lies nearer to `start`."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    try:
        if len(parts) == 3 and parts[0] >= 2000:
            return date(*parts)
        if len(parts) == 2:
            day = date(start.year, *parts)
            if abs((day - start).days) <= _HALF_A_YEAR:
                return day
            return date(start.year + (1 if day < start else -1), *parts)
    except ValueError:
        return None
    return None
