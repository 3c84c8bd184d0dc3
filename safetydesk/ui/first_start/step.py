"""One step of the first start: a panel with a title, its content, and the way back and on at the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from safetydesk.ui import theme
from safetydesk.ui.first_start.cards import Card, Mark
from safetydesk.ui.shell import trouble_message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.labels import heading, muted_label, text_label


class Notice(QFrame):
    """A quiet box with an icon and a paragraph; `look` as ui/sheet.py knows it."""

    def __init__(
        self, look: str, icon_name: str, colour: Colour, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", look)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        row.setSpacing(Space.M)
        row.addWidget(Mark(icon_name, colour, self), 0, Qt.AlignmentFlag.AlignTop)
        self.words = QVBoxLayout()
        self.words.setSpacing(Space.XS)
        self.label = text_label(text, self)
        self.words.addWidget(self.label)
        row.addLayout(self.words, 1)

    def say(self, text: str) -> None:
        self.label.setText(text)
        self.setVisible(bool(text))


class Step(QWidget):
    """Enter goes on, Esc goes back; nothing that was typed is lost on either way."""

    next_requested = Signal()
    back_requested = Signal()
    stop_requested = Signal()

    def __init__(self, title: str, text: str, go_on: str, *, has_back: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.busy_words = tr("正在准备……")
        self._is_busy = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(Space.S)
        self.title_label = heading(title, self)
        self.text_label = muted_label(text, self)
        self.text_label.setWordWrap(True)
        outer.addWidget(self.title_label)
        self.text_label.setVisible(bool(text))
        outer.addWidget(self.text_label)
        outer.addSpacing(Space.S)
        self.content = QWidget(self)
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.M)
        outer.addWidget(self.content)
        self.trouble = Notice("trouble", "circle-alert", Colour.MAJOR, parent=self)
        self.trouble.hide()
        outer.addWidget(self.trouble)
        outer.addSpacing(Space.S)
        outer.addLayout(self._make_foot(go_on, has_back=has_back))

    def editors(self) -> list[QWidget]:
        """The fields in the order in which Enter walks them."""
        return []

    def focus_first(self) -> None:
        editors = self.editors()
        empty = [one for one in editors if isinstance(one, QLineEdit) and not one.text()]
        (empty or editors or [self.next_button])[0].setFocus(Qt.FocusReason.TabFocusReason)

    def show_trouble(self, error: Exception) -> None:
        """What does not belong to one field."""
        said = trouble_message(error)
        self.trouble.say(f"{said.text}\n{said.hint}".strip())

    def show_busy(self, busy: bool, what: str = "") -> None:
        """Fields stay as they are; nothing can be asked twice."""
        self._is_busy = busy
        self.content.setEnabled(not busy)
        self.next_button.setEnabled(not busy)
        self.back_button.setEnabled(not busy)
        self.bar.setVisible(busy)
        self.bar.setRange(0, 0)
        self.what.setText(what if busy else "")
        self.stop_button.setVisible(False)
        self.stop_button.setEnabled(True)
        if busy:
            self.trouble.hide()

    def show_progress(self, done: int, total: int, what: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.what.setText(f"{what}……")
        self.stop_button.setVisible(self._is_busy)

    def show_stopping(self) -> None:
        self.stop_button.setEnabled(False)
        self.what.setText(tr("正在停止……"))

    def show_stopped(self) -> None:
        self.what.setText(tr("已停止，什么也没有留下。"))
        self.next_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter_pressed()
        elif event.key() == Qt.Key.Key_Escape and not self._is_busy:
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)

    def _on_enter_pressed(self) -> None:
        """In a field: to the next one, at the last on; on a button: the button."""
        here = self.focusWidget()
        editors = self.editors()
        if isinstance(here, QAbstractButton) and here is not self.next_button and not _is_choice(here):
            here.click()
        elif here in editors[:-1]:
            editors[editors.index(here) + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.next_button.click()

    def _make_foot(self, go_on: str, *, has_back: bool) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(Space.M)
        self.back_button: QPushButton = plain_button(tr("上一步"), "arrow-left", self)
        self.back_button.setVisible(has_back)
        self.back_button.clicked.connect(self.back_requested)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("进度"))
        self.bar.setFixedWidth(theme.scaled(160))
        self.bar.hide()
        self.what = muted_label("", self)
        self.stop_button = plain_button(tr("停止"), "square", self)
        self.stop_button.hide()
        self.stop_button.clicked.connect(self._on_stop_clicked)
        self.next_button: QPushButton = primary_button(go_on, parent=self)
        self.next_button.clicked.connect(self.next_requested)
        foot.addWidget(self.back_button)
        foot.addStretch()
        foot.addWidget(self.what)
        foot.addWidget(self.bar)
        foot.addWidget(self.stop_button)
        foot.addWidget(self.next_button)
        return foot

    @Slot()
    def _on_stop_clicked(self) -> None:
        self.show_stopping()
        self.stop_requested.emit()


def _is_choice(button: QAbstractButton) -> bool:
    return isinstance(button, Card) and button.isCheckable()
