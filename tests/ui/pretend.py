"""Screens that only note what the frame asks of them: in the place of the real ones, where the frame is under test."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import ClassVar

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from safetydesk.ui.frame import frame
from safetydesk.ui.places import Place, Target
from safetydesk.ui.screen import Screen
from safetydesk.ui.shell import Shell
from safetydesk.workflows.changes import Changes


class Pretend(Screen):
    """An edit, and a list of what happened."""

    help_page: ClassVar[str] = "today"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, str(self.place), parent)
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(f"edit of {self.place}")
        self.body.addWidget(self.edit)
        self.body.addStretch()
        self.arrived: list[Target] = []
        self.refreshed: list[Changes] = []
        self.lets_go = True
        self.steps_back = 0
        self.undone = 0
        self.can_undo = False

    def arrive(self, target: Target) -> None:
        self.arrived.append(target)
        self.usable.emit()

    def refresh(self, changes: Changes) -> None:
        self.refreshed.append(changes)

    def go_back(self) -> bool:
        if self.steps_back:
            self.steps_back -= 1
            return True
        return False

    def undo(self) -> bool:
        self.undone += self.can_undo
        return self.can_undo

    def may_leave(self) -> bool:
        return self.lets_go

    def focus_first(self) -> None:
        self.edit.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        return [("X", "试一试")]

    def open_dialog(self) -> QDialog:
        dialog = QDialog(self)
        dialog.open()
        return dialog


def put_in_place(patch: pytest.MonkeyPatch) -> None:
    """Every place of the frame shows one of these from now on."""
    module = ModuleType("safetydesk.ui.pretend")
    screens = {}
    for place in Place:
        name = f"{place.name.title()}Screen"
        setattr(module, name, type(name, (Pretend,), {"place": place}))
        screens[place] = f"pretend:{name}"
    patch.setitem(sys.modules, "safetydesk.ui.pretend", module)
    patch.setattr(frame, "_SCREENS", screens)
