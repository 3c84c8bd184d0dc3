"""A person at the walk: opens a check, presses keys, touches buttons, and waits until everything is on disk."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from safetydesk.ui.inspection.walk import WalkView
from safetydesk.ui.shell import Shell
from safetydesk.workflows import objects, walking
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.walking_shapes import AnswerState, Walk

sys.path.append(str(Path(__file__).parents[2] / "workflows"))  # office_steps: the same hands, without a window

from office_steps import PHOTO, add, start

__all__ = ["PHOTO", "Hands", "add", "new_visit", "start", "stored"]
NO = Qt.KeyboardModifier.NoModifier


class Hands(QObject):
    """Counts the keys it presses."""

    def __init__(self, qtbot: QtBot, shell: Shell, size: tuple[int, int] = (1230, 640)) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.shell = shell
        self.keys = 0
        self.said: list[str] = []
        self.finished: list[UUID] = []
        self.left = 0
        self.window = QWidget()
        QVBoxLayout(self.window).setContentsMargins(0, 0, 0, 0)
        self.view = WalkView(shell, self.window)
        self.window.layout().addWidget(self.view)  # type: ignore[union-attr]
        self.view.finish_requested.connect(self.on_finish_requested)
        self.view.left.connect(self.on_left)
        shell.messages.said.connect(self.on_said)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window).__enter__()

    def open(self, inspection_id: UUID) -> Hands:
        self.view.open(inspection_id)
        self.settle()
        self.view.focus_first()
        return self

    def press(self, *keys: str | Qt.Key, modifiers: Qt.KeyboardModifier = NO) -> None:
        """Each where the focus is; letters and digits one by one."""
        for one in keys:
            for key in one if isinstance(one, str) else [one]:
                self.keys += 1
                QTest.keyClick(QApplication.focusWidget() or self.view, key, modifiers)

    def type(self, text: str) -> None:
        """Free text: not counted. Chinese comes from the input method, once the field is there."""
        if text.isascii():
            QTest.keyClicks(QApplication.focusWidget() or self.view, text)
            return
        self.settle()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget() or self.view, event)

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def settle(self) -> None:
        """Until nothing is on its way any more."""
        self.qtbot.waitUntil(lambda: not self.shell.runner._held and not self.view.model.is_busy, timeout=10_000)

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=10_000)

    def go(self, item: str) -> None:
        """Jump to an item by the strip, as a click does."""
        at = next(at for at, one in enumerate(self.model.items) if one.id == item)
        self.view.strip.jump_requested.emit(at)
        self.settle()

    @property
    def model(self) -> Any:
        return self.view.model

    @property
    def item(self) -> Any:
        return self.view.item_view

    @property
    def current(self) -> str | None:
        return self.model.current.id if self.model.current else None

    @property
    def focused(self) -> str:
        widget = QApplication.focusWidget()
        return widget.accessibleName() if widget is not None else ""

    @Slot(object)
    def on_finish_requested(self, inspection_id: UUID) -> None:
        self.finished.append(inspection_id)

    @Slot()
    def on_left(self) -> None:
        self.left += 1

    @Slot(object)
    def on_said(self, message: Any) -> None:
        self.said.append(message.text)


class Held:
    """Holds the lane of the database, as a slow disk does, until it is let go."""

    def __init__(self, shell: Shell) -> None:
        self._free = Event()
        self._begun = Event()
        shell.runner.read(self._wait).start()
        self._begun.wait(5)

    def let_go(self) -> None:
        self._free.set()

    def _wait(self, _session: object, _progress: object) -> None:
        self._begun.set()
        self._free.wait(10)


def new_visit(desk: Desk, template: str = "confined-space", places: tuple[str, ...] = ()) -> UUID:
    """A check that was just begun; `places` are objects of the enterprise."""
    from safetydesk.models.tables import Enterprise

    enterprise_id = add(desk, number=None)
    with desk.store.writing() as session:
        enterprise = session.get_one(Enterprise, enterprise_id)
        for name in places:
            objects.add(session, desk, enterprise, "有限空间", name, [])
    return start(desk, enterprise_id, template)


def walked(desk: Desk, inspection_id: UUID) -> Walk:
    with desk.store.reading() as session:
        return walking.walk(session, desk, inspection_id)


def stored(desk: Desk, inspection_id: UUID) -> dict[str, AnswerState]:
    """What is on disk, by item."""
    return {key[0]: state for key, state in walked(desk, inspection_id).answers.items()}
