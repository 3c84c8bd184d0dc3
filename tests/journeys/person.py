"""A person at the real window: presses keys, types, clicks what can be seen, reads what stands on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from safetydesk.ui.app import App
from safetydesk.ui.widgets.labels import Elided

PATIENCE = 20_000  # ms
NAMES = {"Enter": Qt.Key.Key_Return}


@dataclass
class Effort:
    """What it cost the person."""

    keys: int = 0
    letters: int = 0  # of free text, each a key
    characters: int = 0  # Chinese, by the input method
    clicks: int = 0
    by_key: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return f"{self.keys} 次按键（另打字母 {self.letters} 个、汉字 {self.characters} 个），鼠标 {self.clicks} 次"


class Person:
    """Everything goes to the window as the system would send it: the window knows who has the focus."""

    def __init__(self, qtbot: QtBot, program: App) -> None:
        self.qtbot = qtbot
        self.program = program
        self.effort = Effort()

    # --- hands

    def press(self, *keys: str) -> None:
        """`Ctrl+K`, `Enter`, `2`: one after the other."""
        for key in keys:
            self.effort.keys += 1
            self.effort.by_key[key] += 1
            code, modifiers = _key(key)
            QTest.keyClick(self._front(), code, modifiers)

    def type(self, text: str) -> None:
        """Letters by the keyboard, Chinese by the input method."""
        for part in _parts(text):
            if part.isascii():
                self.effort.letters += len(part)
                for letter in part:
                    QTest.keyClick(self._front(), letter)
            else:
                self.effort.characters += len(part)
                event = QInputMethodEvent()
                event.setCommitString(part)
                receiver = QApplication.focusObject()
                assert receiver is not None, "nothing takes what is typed"
                QApplication.sendEvent(receiver, event)

    def tabs_to(self, name: str, most: int = 40) -> None:
        """From field to field until the keyboard is on this one."""
        walked: list[str] = []
        while self.focused != name:
            assert len(walked) < most, f"no way by Tab to {name}: {walked}"
            self.press("Tab")
            walked.append(self.focused)

    def click(self, name: str) -> None:
        """What is called so, or says so, and can be clicked now: a widget, or the row of a list."""
        self.waits_until(lambda: self.find(name) or self._row(name), f"nothing to click is called {name}")
        widget, row = self.find(name), self._row(name)
        if widget is not None:
            self.click_on(widget)
        else:
            assert row is not None
            view, index = row
            view.scrollTo(index)
            self.click_on(view.viewport(), view.visualRect(index).center())

    def click_on(self, widget: QWidget, at: QPoint | None = None) -> None:
        self.effort.clicks += 1
        for area in _around(widget):
            if isinstance(area, QScrollArea):
                area.ensureWidgetVisible(widget)  # as one does with the wheel
        spot = at or widget.rect().center()
        window = widget.window()
        assert window.childAt(widget.mapTo(window, spot)) is not None, "it is covered, or out of sight"
        handle = window.windowHandle()
        assert handle is not None
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=widget.mapTo(window, spot))

    # --- eyes

    def sees(self, text: str) -> bool:
        return any(text in one for one in self.screen())

    def screen(self) -> list[str]:
        """All that can be read now."""
        return [one for widget in self._visible(QWidget) for one in _said_by(widget) if one]

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget | None:
        """A widget in view and in use, by its accessible name, its text or what it asks for; exactly, else its beginning."""
        named = [(widget, _names_of(widget)) for widget in self._visible(kind) if widget.isEnabled()]
        for widget, names in named:
            if name in names:
                return widget
        for widget, names in named:
            if isinstance(widget, QAbstractButton) and any(one.startswith(name) for one in names):
                return widget
        return None

    def edit(self, name: str) -> QLineEdit:
        found = self.find(name, QLineEdit)
        assert isinstance(found, QLineEdit), f"no edit is called {name}: {self.screen()}"
        return found

    @property
    def focused(self) -> str:
        """What the keyboard is on."""
        widget = QApplication.focusWidget()
        return _names_of(widget)[0] if widget is not None else ""

    # --- patience

    def waits_until(self, until: Callable[[], object], what: str = "") -> None:
        try:
            self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE)
        except Exception as error:
            said = f"{what or 'waited in vain'}; the keyboard is on {self.focused}; on the screen: {self.screen()}"
            raise AssertionError(said) from error

    def waits_for(self, text: str) -> None:
        self.waits_until(lambda: self.sees(text), f"never saw {text}")

    def waits_for_focus(self, name: str) -> None:
        self.waits_until(lambda: self.focused.startswith(name), f"the keyboard never came to {name}")

    def settles(self) -> None:
        """Until nothing is on its way any more."""
        runner = self.program.runner
        assert runner is not None
        self.waits_until(lambda: not runner._held, "the work never ended")

    def unlocks(self, passphrase: str) -> None:
        """From the door to what is due today."""
        self.waits_for_focus("口令")
        self.type(passphrase)
        self.press("Enter")
        self.waits_until(lambda: self.program.lock_screen is None, "the door stayed shut")
        self.settles()

    # --- inside

    def _row(self, text: str) -> tuple[QAbstractItemView, QModelIndex] | None:
        for view in self._visible(QAbstractItemView):
            assert isinstance(view, QAbstractItemView)
            for index in _cells(view):
                if any(text in one for one in _said_in(index)):
                    return view, index
        return None

    def _front(self) -> QWindow:
        """The window that keys go to."""
        widget = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.program.window
        handle = widget.windowHandle()
        assert handle is not None
        return handle

    def _visible(self, kind: type[QWidget]) -> Iterator[QWidget]:
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.program.window
        for widget in [front, *front.findChildren(kind)]:
            if widget.isVisible() and isinstance(widget, kind):
                yield widget


def _key(name: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    *held, last = name.split("+") if name != "+" else ["+"]
    combination = QKeySequence(last)[0] if last not in NAMES else None
    modifiers = Qt.KeyboardModifier.NoModifier
    for one in held:
        modifiers |= {
            "Ctrl": Qt.KeyboardModifier.ControlModifier,
            "Alt": Qt.KeyboardModifier.AltModifier,
            "Shift": Qt.KeyboardModifier.ShiftModifier,
        }[one]
    return NAMES.get(last) or combination.key(), modifiers  # type: ignore[union-attr]


def _parts(text: str) -> Iterator[str]:
    """Runs of letters and runs of everything else, in turn."""
    at = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or text[end].isascii() != text[at].isascii():
            yield text[at:end]
            at = end


def _around(widget: QWidget) -> Iterator[QWidget]:
    above = widget.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()


def _names_of(widget: QWidget) -> list[str]:
    names = [widget.accessibleName()]
    if isinstance(widget, QAbstractButton):
        names.append(widget.text().replace("&", ""))
    if isinstance(widget, QLineEdit):
        names.append(widget.placeholderText())
    return [name for name in names if name] or [type(widget).__name__]


def _said_by(widget: QWidget) -> list[str]:
    if isinstance(widget, Elided):
        return [widget.whole]
    if isinstance(widget, QLabel | QAbstractButton):
        return [widget.text().replace("&", "")]
    if isinstance(widget, QLineEdit):
        return [widget.text() or widget.placeholderText()]
    if isinstance(widget, QPlainTextEdit):
        return [widget.toPlainText()]
    if isinstance(widget, QComboBox):
        return [widget.currentText()]
    if isinstance(widget, QAbstractItemView):
        return _rows_in_view(widget)
    return [widget.accessibleName(), widget.accessibleDescription()]


def _rows_in_view(view: QAbstractItemView) -> list[str]:
    height = view.viewport().height()
    cells = [index for index in _cells(view) if 0 <= view.visualRect(index).bottom() <= height + 40]
    return [text for index in cells for text in _said_in(index)]


def _cells(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model = view.model()
    if model is None:
        return
    columns = range(1) if isinstance(view, QListView) else range(model.columnCount())
    for row in range(model.rowCount()):
        for column in columns:
            yield model.index(row, column)


def _said_in(index: QModelIndex) -> list[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    return [str(index.data(role)) for role in roles if index.data(role)]
