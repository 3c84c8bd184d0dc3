"""The bar at the foot: what happened, with the way back or the way out."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from safetydesk.ui import icons, theme
from safetydesk.ui.shell import Message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import icon_button, quiet_button
from safetydesk.ui.widgets.labels import text_label

_TOLD_FOR = 6_000  # ms
_UNDOABLE_FOR = 20_000
_LOOKS = {"told": ("good", "circle-check", Colour.DONE), "undoable": ("good", "circle-check", Colour.DONE)}
_TROUBLE = ("trouble", "circle-alert", Colour.MAJOR)


class MessageBar(QFrame):
    """Shows the newest message. Troubles stay until they were read; the rest goes by itself, or when it is closed.

    Where good news comes over a trouble that nobody closed, the trouble comes back after it.
    """

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._shown: Message | None = None
        self._unread: Message | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.XS, Space.XS, Space.XS)
        row.setSpacing(Space.M)
        self._mark = QLabel(self)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.text_label = text_label("", self)
        self.hint_label = text_label("", self)
        self.hint_label.setProperty("look", "muted")
        words.addWidget(self.text_label)
        words.addWidget(self.hint_label)
        self.undo_button = quiet_button(tr("撤销"), "undo", self)
        self.undo_button.setToolTip("Ctrl+Z")
        self.undo_button.clicked.connect(self._on_undo_clicked)
        self.close_button = icon_button("x", tr("知道了"), self)
        self.close_button.clicked.connect(self.put_away)
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.close_button)
        self.hide()

    @Slot(object)
    def show_message(self, message: Message) -> None:
        if message.kind == "trouble":
            self._unread = None
        elif self._shown is not None and self._shown.kind == "trouble":
            self._unread = self._shown
        self._show(message)

    @Slot()
    def put_away(self) -> None:
        """The person has read it."""
        self._timer.stop()
        self._shown = None
        if self._unread is None:
            self.hide()
        else:
            unread, self._unread = self._unread, None
            self._show(unread)

    def _show(self, message: Message) -> None:
        self._shown = message
        look, icon_name, colour = _LOOKS.get(message.kind, _TROUBLE)
        theme.look(self, look)
        self._mark.setPixmap(icons.pixmap(icon_name, theme.ICON, colour, self.devicePixelRatioF()))
        self.text_label.setText(message.text)
        self.hint_label.setText(message.hint)
        self.hint_label.setVisible(bool(message.hint))
        self.undo_button.setVisible(message.undo is not None)
        self.setAccessibleName(f"{message.text} {message.hint}".strip())
        self.show()
        self._timer.stop()
        if message.kind != "trouble":
            self._timer.start(_UNDOABLE_FOR if message.undo is not None else _TOLD_FOR)

    @Slot()
    def _on_timer_timeout(self) -> None:
        self.put_away()

    @Slot()
    def _on_undo_clicked(self) -> None:
        self.put_away()
        self.undo_requested.emit()
