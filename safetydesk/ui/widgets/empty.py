"""What a place says when there is nothing in it: what it is for, and what to do first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from safetydesk.ui import icons, theme
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.labels import emphasis, muted_label

_ICON = 40


class EmptyState(QWidget):
    """An icon, a sentence, and at most two ways on."""

    action_requested = Signal()
    second_action_requested = Signal()

    def __init__(
        self,
        icon_name: str,
        title: str,
        text: str = "",
        action: str = "",
        second_action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(Space.M)
        column.addStretch(2)
        mark = QLabel(self)
        mark.setPixmap(icons.pixmap(icon_name, _ICON, Colour.OUTLINE, self.devicePixelRatioF()))
        self._title = emphasis(title, self)
        self._text = muted_label(text, self)
        self._text.setWordWrap(True)
        self._text.setFixedWidth(theme.scaled(440))
        for label in (mark, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        self._give_room()
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch()
        self.button = primary_button(action, parent=self)
        self.second_button = plain_button(second_action, parent=self)
        self.button.setVisible(bool(action))
        self.second_button.setVisible(bool(second_action))
        self.button.clicked.connect(self.action_requested)
        self.second_button.clicked.connect(self.second_action_requested)
        row.addWidget(self.button)
        row.addWidget(self.second_button)
        row.addStretch()
        column.addLayout(row)
        column.addStretch(3)

    def say(self, title: str, text: str = "") -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._give_room()

    def _give_room(self) -> None:
        """All lines of the text: an aligned label gets no more than its first guess."""
        self._text.setVisible(bool(self._text.text()))
        self._text.setMinimumHeight(max(self._text.heightForWidth(self._text.width()), 0))
