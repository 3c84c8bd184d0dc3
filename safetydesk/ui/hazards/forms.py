"""What the forms of the pane share: a head that says of which hazard, a place for trouble, save and cancel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.forms import Field
from safetydesk.ui.widgets.labels import LevelBadge, note_label, text_label

if TYPE_CHECKING:
    from datetime import date

    from safetydesk.workflows.hazard_card import HazardCard

NOTE_LINES = 3
LONGEST_REASON = 500


class PaneForm(QWidget):
    """One thing to be done with one hazard. `foot` goes below the scrolling part; Ctrl+Enter saves."""

    save_requested = Signal()
    cancel_requested = Signal()
    troubled = Signal()  # something is wrong: to be brought into view

    def __init__(
        self, card: HazardCard, today: date, title: str, save_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.card = card
        self.today = today
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(Space.L, 0, Space.L, Space.L)
        self.column.setSpacing(Space.L)
        self.column.addWidget(self._make_head())
        self.trouble = TroubleLine(self)
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, Space.M, 0, Space.M)
        row.setSpacing(Space.S)
        self.save_button = primary_button(save_text, parent=self.foot)
        self.save_button.setToolTip("Ctrl+Enter")
        self.cancel_button = plain_button(tr("取消"), parent=self.foot)
        self.cancel_button.setToolTip("Esc")
        row.addWidget(self.save_button, 1)
        row.addWidget(self.cancel_button)
        self.save_button.clicked.connect(self.try_to_save)
        self.cancel_button.clicked.connect(self.cancel_requested)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.try_to_save)

    # --- what each form says

    def draft(self) -> dict[str, Any]:
        """What was typed, so that leaving the form loses nothing."""
        return {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put back what was typed."""

    def is_touched(self) -> bool:
        return False

    def check(self) -> bool:
        """Whether it can be saved; what is wrong stands beside its field, which has the focus."""
        return True

    def show_error(self, _error: Exception) -> bool:
        """A refusal, beside the field it is about. False where it is about none."""
        return False

    def focus_first(self) -> None:
        self.setFocus()

    # ---

    @Slot()
    def try_to_save(self) -> None:
        self.trouble.say("")
        if not self.save_button.isEnabled():
            return
        if self.check():
            self.save_button.setEnabled(False)
            self.save_requested.emit()
        else:
            self.troubled.emit()

    def refuse(self, error: Exception) -> None:
        """What was typed stays; it can be tried again."""
        self.save_button.setEnabled(True)
        if not self.show_error(error):
            message, hint = said_of(error)
            self.trouble.say(f"{message}\n{hint}")
        self.troubled.emit()

    def _make_head(self) -> QWidget:
        head = QWidget(self)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(LevelBadge(self.card.hazard.level, head))
        words = text_label(self.card.hazard.text, head)
        column.addWidget(words)
        column.addWidget(note_label(self.card.enterprise.name, head))
        return head


class TroubleLine(QFrame):
    """A refusal that no field is to blame for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "trouble")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self.label = text_label("", self)
        row.addWidget(self.label)
        self.hide()

    def say(self, text: str) -> None:
        self.label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class Remark(QFrame):
    """Something to know before saving; it forbids nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "warning")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self.label = text_label("", self)
        row.addWidget(self.label)
        self.hide()

    def say(self, text: str) -> None:
        self.label.setText(text)
        self.setVisible(bool(text))


def lines_edit(placeholder: str = "", lines: int = NOTE_LINES) -> QPlainTextEdit:
    """Some lines of text. Tab leaves."""
    edit = QPlainTextEdit()
    edit.setPlaceholderText(placeholder)
    edit.setTabChangesFocus(True)
    edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    height = round(theme.pixels(theme.Type.TEXT) * 1.5 * lines) + 2 * Space.S + Space.XS
    edit.setFixedHeight(max(height, theme.current().target))
    return edit


def said_of(error: Exception) -> tuple[str, str]:
    from safetydesk.ui.shell import trouble_message

    message = trouble_message(error)
    return message.text, message.hint


def blame(field: Field, error: Exception) -> None:
    """The refusal stands below this field, which gets the focus."""
    message, hint = said_of(error)
    field.set_error(f"{message}{hint}")
    field.editor.setFocus()
