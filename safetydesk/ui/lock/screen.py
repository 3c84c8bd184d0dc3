"""Asks for the passphrase. Knows nothing of the store."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space

_WIDTH = 400
_HINT_AFTER = 3  # wrong passphrases


class LockScreen(QWidget):
    """`unlock_requested` carries the passphrase; what was typed stays until it was right."""

    unlock_requested = Signal(str)
    other_place_requested = Signal()
    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrong = 0
        self._was_painted = False
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()  # stretches, not alignment: the Qt namespace takes 11 ms to load
        middle.addStretch()
        middle.addWidget(self._make_card())
        middle.addStretch()
        outer.addLayout(middle)
        outer.addStretch(3)
        self.setFocusProxy(self.passphrase_edit)

    def _make_card(self) -> QFrame:
        card = QFrame(self)
        card.setProperty("look", "panel")
        card.setFixedWidth(theme.scaled(_WIDTH))
        column = QVBoxLayout(card)
        column.setContentsMargins(Space.XXL, Space.XXL, Space.XXL, Space.XL)
        column.setSpacing(Space.S)
        self.title = _label(tr("网格安全员工作台"), "heading", card)
        self.subtitle = _label(tr("数据已加密锁定，输入口令打开"), "muted", card)
        self.band = _label("", "general", card)
        self.band.setWordWrap(True)
        self.band.hide()
        self.passphrase_edit = QLineEdit(card)
        self.passphrase_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase_edit.setAccessibleName(tr("口令"))
        self.passphrase_edit.setPlaceholderText(tr("口令"))
        self.passphrase_edit.returnPressed.connect(self._on_unlock_clicked)
        self.passphrase_edit.textChanged.connect(self._on_passphrase_changed)
        self.said = _label("", "error", card)
        self.said.setWordWrap(True)
        self.unlock_button = QPushButton(tr("打开"), card)
        self.unlock_button.setProperty("look", "primary")
        self.unlock_button.clicked.connect(self._on_unlock_clicked)
        self.show_button = QPushButton(tr("显示口令"), card)
        self.show_button.setProperty("look", "quiet")
        self.show_button.setCheckable(True)
        self.show_button.toggled.connect(self._on_show_toggled)
        self.other_button = QPushButton("", card)
        self.other_button.setProperty("look", "quiet")
        self.other_button.clicked.connect(self.other_place_requested)
        self.other_button.hide()
        column.addWidget(self.title)
        column.addWidget(self.subtitle)
        column.addWidget(self.band)
        column.addSpacing(Space.M)
        column.addWidget(self.passphrase_edit)
        column.addWidget(self.said)
        column.addWidget(self.unlock_button)
        row = QHBoxLayout()
        row.setContentsMargins(-Space.S, 0, -Space.S, 0)  # its words stand under the field
        row.addWidget(self.show_button)
        row.addStretch()
        row.addWidget(self.other_button)
        column.addLayout(row)
        return card

    def say_where(self, text: str) -> None:
        """A band above the field: these are sample data."""
        self.band.setText(text)
        self.band.setVisible(bool(text))

    def offer_other(self, text: str) -> None:
        """A way to the person's own data, or to the sample data."""
        self.other_button.setText(text)
        self.other_button.setVisible(bool(text))

    def set_busy(self, text: str) -> None:
        """While the key is being made and the store opened: the field stays as it is, and nothing is asked twice."""
        self._set_busy(True)
        self._say(text, "note")

    def say_trouble(self, message: str, hint: str) -> None:
        self._free()
        self._say(f"{message}\n{hint}" if hint else message, "error")

    def say_wrong(self) -> None:
        """The passphrase was not right: it is marked, so that typing replaces it."""
        self._wrong += 1
        self._free()
        said = tr("口令不对，没有打开。请看看大小写和输入法。")
        if self._wrong >= _HINT_AFTER:
            said += tr("口令只有您知道，谁也查不出来；忘了的话，可以从知道口令的备份恢复。")
        self._say(said, "error")
        self.passphrase_edit.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        self._wrong = 0
        self._set_busy(False)
        self.passphrase_edit.clear()
        self.show_button.setChecked(False)
        self._say("", "error")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def _free(self) -> None:
        self._set_busy(False)
        self.passphrase_edit.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self.passphrase_edit.setReadOnly(busy)
        self.unlock_button.setEnabled(not busy)
        self.other_button.setEnabled(not busy)

    def _say(self, text: str, look: str) -> None:
        self.said.setText(text)
        theme.look(self.said, look)

    @Slot()
    def _on_unlock_clicked(self) -> None:
        if self.passphrase_edit.isReadOnly():
            return
        if self.passphrase_edit.text():
            self.unlock_requested.emit(self.passphrase_edit.text())
        else:
            self._say(tr("请先输入口令。"), "error")
            self.passphrase_edit.setFocus()

    @Slot(str)
    def _on_passphrase_changed(self, _text: str) -> None:
        if self.said.text():
            self._say("", "error")

    @Slot(bool)
    def _on_show_toggled(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase_edit.setEchoMode(mode)
        self.show_button.setText(tr("隐藏口令") if shown else tr("显示口令"))


def _label(text: str, look: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("look", look)
    return label
