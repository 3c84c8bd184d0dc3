"""Fields that save themselves as one leaves them, with a small tick; a refused value stays as typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from safetydesk.ui.first_start.cards import Mark
from safetydesk.ui.shell import trouble_message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space, Type
from safetydesk.ui.widgets.forms import Editor, Field
from safetydesk.ui.widgets.labels import note_label

_TICK_FOR = 4_000  # ms


class CalmCombo(QComboBox):
    """The wheel scrolls the page, and changes no value on the way."""

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for value, said in choices:
            self.addItem(said, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Tick(QWidget):
    """已保存, for some seconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(Mark("check", Colour.DONE, self, beside=Type.NOTE))
        self._word = note_label(tr("已保存"), self)
        self._word.setProperty("look", "done")
        row.addWidget(self._word)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def flash(self) -> None:
        self.show()
        self._timer.start(_TICK_FOR)


class SettingField(Field):
    """One setting. `save_requested` comes when its value is another than the stored one."""

    save_requested = Signal(str)

    def __init__(self, key: str, label: str, editor: Editor, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, editor, hint, parent)
        self.key = key
        self.stored = ""
        self.tick = Tick(self)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.removeWidget(self.label)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self.label)
        head.addWidget(self.tick)
        head.addStretch()
        column.insertLayout(0, head)
        if isinstance(editor, QLineEdit):
            editor.returnPressed.connect(self.save)
            self.left.connect(self.save)
        elif isinstance(editor, QComboBox):
            editor.activated.connect(self.save)

    def put_beside_editor(self, widget: QWidget) -> None:
        """A button in the line of what is typed."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.removeWidget(self.editor)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.editor, 1)
        row.addWidget(widget)
        column.insertLayout(1, row)

    def show_stored(self, text: str) -> None:
        """What is in force now. What the person is typing, or what was refused, stays."""
        is_untouched = self.text() == self.stored
        self.stored = text
        if is_untouched or not (self.has_trouble or self.editor.hasFocus()):
            self.set_text(text)
            self.set_error("")

    def show_saved(self) -> None:
        self.stored = self.text().strip()
        self.set_error("")
        self.tick.flash()

    def show_refused(self, error: Exception) -> None:
        self.set_error(refusal(error))

    @Slot()
    def save(self) -> None:
        if self.text().strip() != self.stored.strip():
            self.save_requested.emit(self.text().strip())
        elif self.has_trouble:
            self.set_error("")


def line(placeholder: str = "") -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(placeholder)
    return made


def refusal(error: Exception) -> str:
    """Why a value was not taken, in a line below its field."""
    facts = getattr(error, "facts", {})
    match getattr(error, "code", ""):
        case "bad_setting":
            return tr("没有保存，请填：{choices}。", choices=facts["choices"])
        case "bad_name":
            return tr("没有保存：不能空着，不能超过 {most} 个字，也不能有特殊符号。", most=facts["most"])
        case _:
            said = trouble_message(error)
            return f"{said.text}{said.hint}"
