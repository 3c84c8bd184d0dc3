"""The keys of the walk: which verb a key means, and the queue in which keys wait while a save is on its way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from safetydesk.ui.inspection.answer_buttons import ANSWER_KEYS
from safetydesk.ui.inspection.walk_head import (
    FINISH,
    JUMP,
    NEXT,
    NOTE,
    PASTE,
    PHOTO,
    PHRASES,
    PREVIOUS,
    READING,
    REDO,
    UNDO,
)
from safetydesk.ui.inspection.walk_model import WalkModel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
EDITORS = (QLineEdit, QPlainTextEdit, QComboBox)
_VERBS = {
    Qt.Key.Key_Down: NEXT,
    Qt.Key.Key_PageDown: NEXT,
    Qt.Key.Key_Up: PREVIOUS,
    Qt.Key.Key_PageUp: PREVIOUS,
    Qt.Key.Key_Backspace: PREVIOUS,
    Qt.Key.Key_J: JUMP,
    Qt.Key.Key_P: PHOTO,
    Qt.Key.Key_N: NOTE,
    Qt.Key.Key_G: READING,
}
WITH_ALT = {"Alt+J": JUMP, "Alt+P": PHOTO, "Alt+N": NOTE, "Alt+G": READING}  # the letters, from within a field


def verb_of(event: QKeyEvent) -> str | None:
    """What a key means while no field is being filled in; an answer's digit is itself."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    if modifiers & Qt.KeyboardModifier.AltModifier:
        return None
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return PASTE if event.matches(QKeySequence.StandardKey.Paste) else None
    if key in ENTER:
        return PREVIOUS if modifiers & Qt.KeyboardModifier.ShiftModifier else NEXT
    if event.text() in ANSWER_KEYS:
        return event.text()
    return PHRASES if event.text() == "/" else _VERBS.get(key)


def verb_anywhere(event: QKeyEvent) -> str | None:
    """What a key means also while a field is being filled in."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    if Qt.Key(event.key()) in ENTER:
        return FINISH
    if event.matches(QKeySequence.StandardKey.Redo) or event.key() == Qt.Key.Key_Y:
        return REDO
    return UNDO if event.matches(QKeySequence.StandardKey.Undo) else None


class KeyQueue(QObject):
    """While a save decides where one goes, keys wait in their order; then each goes where a key pressed now would go."""

    def __init__(self, model: WalkModel, area: QWidget) -> None:
        super().__init__(area)
        self._model = model
        self._area = area
        self._waiting: deque[Callable[[], None]] = deque()
        self._draining = False
        model.busy_changed.connect(self._on_busy_changed)

    def do(self, verb: Callable[[], None]) -> None:
        """Now, or in its turn."""
        if self._model.is_busy or self._waiting:
            self._waiting.append(verb)
        else:
            verb()

    def drop(self) -> int:
        """They were meant for other items than the one that stays: forget them. How many there were."""
        count = len(self._waiting)
        self._waiting.clear()
        return count

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._is_mine(watched):
            self._waiting.append(partial(self._press, event.key(), event.modifiers(), event.text()))
            return True
        return super().eventFilter(watched, event)

    def _is_mine(self, watched: QObject) -> bool:
        return isinstance(watched, QWidget) and (watched is self._area or self._area.isAncestorOf(watched))

    def _press(self, key: int, modifiers: Qt.KeyboardModifier, text: str) -> None:
        focused = QApplication.focusWidget()
        target = focused if focused is not None and self._area.isAncestorOf(focused) else self._area
        QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))

    @Slot(bool)
    def _on_busy_changed(self, busy: bool) -> None:
        application = QCoreApplication.instance()
        assert application is not None
        if busy:
            application.installEventFilter(self)
            return
        application.removeEventFilter(self)
        if self._draining:
            return
        self._draining = True
        while self._waiting and not self._model.is_busy:
            self._waiting.popleft()()
        self._draining = False


def is_editing(area: QWidget) -> bool:
    """Whether keys go into a field: then digits and letters are text."""
    focused = QApplication.focusWidget()
    return isinstance(focused, EDITORS) and area.isAncestorOf(focused)
