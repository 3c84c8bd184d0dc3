"""The foot of the window: takes room only while something is said."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safetydesk.ui.theme import Space


class Foot(QWidget):
    """Lines below each other, each there or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        self._column.setSpacing(Space.S)
        self.hide()

    def add(self, line: QWidget) -> None:
        self._lines.append(line)
        self._column.addWidget(line)
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(any(not line.isHidden() for line in self._lines))
        return super().eventFilter(watched, event)
