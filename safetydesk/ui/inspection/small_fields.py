"""Small parts of the walk's forms: a row with its label, text that grows, words to be taken by a click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QPushButton, QWidget

from safetydesk.ui import theme
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.flow import FlowLayout
from safetydesk.ui.widgets.labels import muted_label, note_label

LABEL_WIDTH = 64
_LINES, _MOST_LINES = 1, 4
_LONGEST_CHIP = 20  # characters: a longer one would push the form out of view


class Row(QWidget):
    """Label at the left, the editor beside it, trouble or hint below the editor."""

    def __init__(
        self, label: str, editor: QWidget, extra: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.XS)
        self.label = muted_label(label, self)
        self.label.setFixedWidth(theme.scaled(LABEL_WIDTH))
        self.label.setMinimumHeight(theme.current().target)
        self.label.setWordWrap(True)
        self.label.setBuddy(editor)
        self.below = note_label("", self)
        self.below.hide()
        grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(editor, 0, 1)
        if extra is not None:
            grid.addWidget(extra, 1, 1)
        grid.addWidget(self.below, 2, 1)
        grid.setColumnStretch(1, 1)

    def say(self, text: str, *, is_error: bool = False) -> None:
        """What is wrong here, or what it means; empty: nothing."""
        self.below.setText(text)
        self.below.setVisible(bool(text))
        theme.look(self.below, "error" if is_error else "note")
        self.editor.setProperty("trouble", "true" if is_error and text else None)
        self.editor.setAccessibleDescription(text)
        style = self.editor.style()
        style.unpolish(self.editor)
        style.polish(self.editor)


class GrowingText(QPlainTextEdit):
    """A few lines of text. Enter goes on, Shift+Enter breaks the line, Tab leaves."""

    entered = Signal()
    left = Signal()

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(Space.XS)
        self.textChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        if text != self.toPlainText():
            self.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
            elif not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.entered.emit()
            else:
                event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """As high as the text, between one line and four."""
        lines = max(_LINES, min(int(self.document().size().height()), _MOST_LINES))
        height = lines * self.fontMetrics().lineSpacing() + 2 * Space.S + Space.XS
        self.setFixedHeight(max(height, theme.current().target))


class FillChips(QWidget):
    """Words to be taken by a click. The keyboard takes the same ones from the line's own list, so they stay out of Tab."""

    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None, leading: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, Space.XS)
        self._leads = leading is not None
        if leading is not None:
            self._flow.addWidget(leading)
        self._buttons: dict[str, QPushButton] = {}
        self._words: Sequence[tuple[str, str]] = (("", ""),)  # nothing was shown yet

    def show_words(self, words: Sequence[tuple[str, str]]) -> None:
        """(value, label) of each."""
        if list(self._words) == list(words):
            return
        self._words = tuple(words)
        for button in self._buttons.values():
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for value, label in words:
            button = QPushButton(label if len(label) <= _LONGEST_CHIP else f"{label[: _LONGEST_CHIP - 1]}…", self)
            button.setToolTip("" if len(label) <= _LONGEST_CHIP else label)
            button.setAccessibleName(label)
            button.setProperty("look", "chip")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(self._on_button_clicked)
            self._flow.addWidget(button)
            self._buttons[value] = button
            button.show()
        self.setVisible(self._leads or bool(words))
        self.updateGeometry()

    def mark(self, values: Sequence[str]) -> None:
        """Which of them stand in the field."""
        for value, button in self._buttons.items():
            button.setChecked(value in values)

    def button(self, value: str) -> QPushButton | None:
        return self._buttons.get(value)

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        value = next((value for value, button in self._buttons.items() if button is sender), None)
        if value is not None:
            self.clicked.emit(value)
