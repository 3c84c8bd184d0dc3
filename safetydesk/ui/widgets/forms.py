"""Fields of a form: label above, hint or trouble below, right beside what was typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.labels import note_label

Editor = QLineEdit | QPlainTextEdit | QComboBox | QDateEdit | QSpinBox
_DAY = "yyyy-MM-dd"
_STAYING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""Somebody looks into a menu or another window and comes back: the field was not left."""


class Field(QWidget):
    """One field. `left` comes when the person leaves it: the moment to look at what was typed."""

    left = Signal()
    changed = Signal()

    def __init__(self, label: str, editor: Editor, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        self.label = note_label(label, self)
        self.label.setProperty("look", "field")
        self.label.setBuddy(editor)
        self.below = note_label(hint, self)
        self.below.setVisible(bool(hint))
        column.addWidget(self.label)
        column.addWidget(editor)
        column.addWidget(self.below)
        editor.setAccessibleName(label)
        editor.installEventFilter(self)
        if isinstance(editor, QPlainTextEdit):
            editor.setTabChangesFocus(True)
        else:
            editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        _changes_of(editor).connect(self.changed)

    @property
    def has_trouble(self) -> bool:
        return bool(self.editor.property("trouble"))

    def text(self) -> str:
        return text_of(self.editor)

    def set_text(self, text: str) -> None:
        set_text_of(self.editor, text)

    def set_error(self, text: str) -> None:
        """Say what is wrong, or, empty, that nothing is."""
        self.below.setText(text or self._hint)
        self.below.setVisible(bool(text or self._hint))
        self.below.setProperty("look", "error" if text else "note")
        self.editor.setProperty("trouble", "true" if text else None)
        self.editor.setAccessibleDescription(text)
        for widget in (self.below, self.editor):
            style = widget.style()
            style.unpolish(widget)
            style.polish(widget)

    def set_hint(self, text: str) -> None:
        self._hint = text
        if not self.has_trouble:
            self.set_error("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.editor:
            return super().eventFilter(watched, event)
        lost = isinstance(event, QFocusEvent) and event.lostFocus()
        if lost and event.reason() not in _STAYING:  # type: ignore[attr-defined]
            self.left.emit()
        if event.type() == QEvent.Type.Wheel and not isinstance(self.editor, QPlainTextEdit):
            event.ignore()  # the wheel scrolls the form and never changes a value by accident
            return True
        return super().eventFilter(watched, event)


class Form(QWidget):
    """Fields below each other. `check` says which are in trouble, and puts the focus into the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self._checks: dict[str, Callable[[str], str]] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.L)

    def add(self, key: str, field: Field, check: Callable[[str], str] | None = None) -> Field:
        """`check(text)` returns what is wrong, or nothing; asked as the person leaves the field, and before saving."""
        self.fields[key] = field
        self.column.addWidget(field)
        if check is not None:
            self._checks[key] = check
            field.left.connect(self._on_field_left)
        return field

    def values(self) -> dict[str, str]:
        return {key: field.text() for key, field in self.fields.items()}

    def check(self) -> bool:
        """True if all is well; else the first trouble has the focus."""
        for key in self._checks:
            self._look_at(key)
        return self.focus_trouble()

    def focus_trouble(self) -> bool:
        troubled = next((one for one in self.fields.values() if one.has_trouble and one.isVisibleTo(self)), None)
        if troubled is not None:
            troubled.editor.setFocus()
        return troubled is None

    def _on_field_left(self) -> None:
        sender = self.sender()
        key = next((key for key, field in self.fields.items() if field is sender), None)
        if key is not None:
            self._look_at(key)

    def _look_at(self, key: str) -> None:
        self.fields[key].set_error(self._checks[key](self.fields[key].text()))


def text_of(editor: Editor) -> str:
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, QComboBox):
        at = editor.currentIndex()
        typed = editor.isEditable() and editor.currentText() != editor.itemText(at)
        data = None if typed else editor.itemData(at)
        return data if isinstance(data, str) else editor.currentText()
    if isinstance(editor, QDateEdit):
        return editor.date().toString(_DAY)
    return editor.cleanText() if isinstance(editor, QSpinBox) else editor.text()


def set_text_of(editor: Editor, text: str) -> None:
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, QComboBox):
        at = editor.findData(text)
        if at < 0:
            at = editor.findText(text)
        editor.setCurrentIndex(at)
        if at < 0 and editor.isEditable():
            editor.setEditText(text)
    elif isinstance(editor, QSpinBox):
        editor.setValue(int(text or 0))
    elif isinstance(editor, QDateEdit):
        editor.setDate(QDate.fromString(text, _DAY))
    else:
        editor.setText(text)


def _changes_of(editor: Editor) -> SignalInstance:
    if isinstance(editor, QLineEdit | QPlainTextEdit):
        return editor.textChanged
    if isinstance(editor, QComboBox):
        return editor.currentTextChanged if editor.isEditable() else editor.currentIndexChanged
    if isinstance(editor, QDateEdit):
        return editor.dateChanged
    return editor.valueChanged
