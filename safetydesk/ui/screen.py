"""A screen: one place of the rail. Title and actions on top, then the content."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from safetydesk.ui.places import Place, Target
from safetydesk.ui.shell import Shell
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.labels import heading, muted_label
from safetydesk.workflows.changes import Changes

_BUTTON = 36  # logical px: titles stand at one height, with a button beside them or without


class Screen(QWidget):
    """What the frame asks of every screen."""

    place: ClassVar[Place]
    help_page: ClassVar[str] = ""  # a page of docs/guide

    usable = Signal()  # the first content is there and can be worked with

    def __init__(self, shell: Shell, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self.setAccessibleName(title)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self.header = QWidget(self)
        self.header.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout(self.header)
        head.setContentsMargins(Space.XL, Space.L, Space.XL, Space.M)
        head.setSpacing(Space.M)
        self.title_label = heading(title, self.header)
        self.subtitle_label = muted_label("", self.header)
        head.addWidget(self.title_label)
        head.addWidget(self.subtitle_label)
        head.addStretch()
        head.addStrut(_BUTTON)
        self.header_actions = QHBoxLayout()
        self.header_actions.setSpacing(Space.S)
        head.addLayout(self.header_actions)
        self._outer.addWidget(self.header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._outer.addLayout(self.body, 1)

    def arrive(self, target: Target) -> None:
        """The person came here; `target` says what to show. Called on every way here, also from here to here."""

    def refresh(self, changes: Changes) -> None:
        """Something was changed, here or elsewhere: ask again for what is concerned."""

    def go_back(self) -> bool:
        """Esc: one step back within the screen, without losing input. False where there is nothing to go back to."""
        return False

    def undo(self) -> bool:
        """Ctrl+Z: take back the last thing of this screen. False where the message bar shall do it."""
        return False

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this screen and what they do, for `?`."""
        return []

    def focus_first(self) -> None:
        """Where the keyboard begins."""
        self.setFocus()

    def may_leave(self) -> bool:
        """False while something typed here would be lost by going elsewhere; the screen then says what."""
        return True
