"""What was not saved, why, what is safe, and the ways on: right below the answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from safetydesk.ui import icons, theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import plain_button, quiet_button
from safetydesk.ui.widgets.labels import muted_label, text_label


class TroubleBar(QFrame):
    """Stays until the item is saved or left."""

    retry_requested = Signal()
    drop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "trouble")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        row.setSpacing(Space.M)
        mark = QLabel(self)
        mark.setPixmap(icons.pixmap("circle-alert", theme.ICON, Colour.MAJOR, self.devicePixelRatioF()))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        self.message = text_label("", self)
        self.hint = muted_label("", self)
        self.hint.setWordWrap(True)
        words.addWidget(self.message)
        words.addWidget(self.hint)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        self.retry_button = plain_button(tr("再保存一次"), parent=self)
        self.drop_button = quiet_button(tr("恢复成已保存的样子"), parent=self)
        self.retry_button.clicked.connect(self.retry_requested)
        self.drop_button.clicked.connect(self.drop_requested)
        buttons.addWidget(self.retry_button)
        buttons.addWidget(self.drop_button)
        buttons.addStretch()
        words.addLayout(buttons)
        row.addLayout(words, 1)
        self.hide()

    @property
    def is_shown(self) -> bool:
        return not self.isHidden()

    def say(self, message: str, hint: str, retry: str) -> None:
        """`retry` is the word on the button that goes on."""
        self.retry_button.setText(retry)
        self.message.setText(message)
        self.hint.setText(hint)
        self.setAccessibleName(f"{message} {hint}".strip())
        self.show()

    def clear(self) -> None:
        self.hide()
