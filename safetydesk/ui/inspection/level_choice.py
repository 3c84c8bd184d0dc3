"""The level of a finding: as the criteria say, or as the inspector decides."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from safetydesk.domain.kinds import Level
from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import RADIUS, Colour, Space
from safetydesk.ui.widgets.labels import muted_label


class LevelChoice(QWidget):
    """一般 or 疑似重大. One place in the Tab order; left and right choose, Backspace leaves it to the criteria."""

    chosen = Signal(object)  # Level, or none: as the criteria say

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("隐患级别"))
        self._decided: Level | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        self.buttons: dict[Level, QPushButton] = {}
        for level, word in ((Level.GENERAL, tr("一般")), (Level.MAJOR, tr("疑似重大"))):
            button = QPushButton(word, self)
            button.setProperty("look", "chip")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(self._on_button_clicked)
            self.buttons[level] = button
            row.addWidget(button)
        self.rule_button = QPushButton(tr("按标准判断"), self)
        self.rule_button.setProperty("look", "quiet")
        self.rule_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rule_button.clicked.connect(self._on_rule_clicked)
        self.said = muted_label("", self)
        row.addSpacing(Space.XS)
        row.addWidget(self.said)
        row.addWidget(self.rule_button)
        row.addStretch()

    def show_level(self, level: Level, decided: Level | None) -> None:
        self._decided = decided
        for one, button in self.buttons.items():
            button.setChecked(one is level)
        self.said.setText(tr("检查人员判定") if decided else tr("按判定标准"))
        self.rule_button.setVisible(decided is not None)
        word = self.buttons[level].text()
        self.setAccessibleDescription(f"{word}，{self.said.text()}")

    @property
    def decided(self) -> Level | None:
        return self._decided

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left:
                self._choose(Level.GENERAL)
            case Qt.Key.Key_Right:
                self._choose(Level.MAJOR)
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self._choose(None)
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour(Colour.ACCENT), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _choose(self, level: Level | None) -> None:
        if level is not self._decided:
            self._decided = level
            self.chosen.emit(level)

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        level = next(level for level, button in self.buttons.items() if button is sender)
        for one, button in self.buttons.items():
            button.setChecked(one is level)
        self._choose(level)

    @Slot()
    def _on_rule_clicked(self) -> None:
        self._choose(None)
