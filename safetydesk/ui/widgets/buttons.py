"""Buttons by their weight: one primary on a screen, the others plain, small ones quiet."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from safetydesk.ui import theme
from safetydesk.ui.icons import icon
from safetydesk.ui.theme import Colour, Space

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Button(QPushButton):
    """Enter presses it while it has the focus, as the space bar does; it never takes Enter from a field beside it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_plain_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """The same of an icon."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_plain_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


def is_plain_enter(event: QKeyEvent) -> bool:
    """Ctrl+Enter and the like belong to the screen; a key held down presses once."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return Qt.Key(event.key()) in _ENTER and not held and not event.isAutoRepeat()


def primary_button(text: str, icon_name: str | None = None, parent: QWidget | None = None) -> QPushButton:
    """The one thing to do here."""
    return _button(text, "primary", icon_name, Colour.ON_ACCENT, parent)


def plain_button(text: str, icon_name: str | None = None, parent: QWidget | None = None) -> QPushButton:
    return _button(text, "plain", icon_name, Colour.MUTED, parent)


def quiet_button(text: str, icon_name: str | None = None, parent: QWidget | None = None) -> QPushButton:
    """Without an edge, for what is beside the point."""
    return _button(text, "quiet", icon_name, Colour.ACCENT, parent)


def danger_button(text: str, icon_name: str | None = None, parent: QWidget | None = None) -> QPushButton:
    """Leads to something that cannot be undone."""
    return _button(text, "danger", icon_name, Colour.MAJOR, parent)


def icon_button(icon_name: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """An icon alone; `name` is what it is called and what its tip says."""
    button = ToolButton(parent)
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _button(text: str, look: str, icon_name: str | None, colour: Colour, parent: QWidget | None) -> QPushButton:
    button = Button(text, parent)
    button.setProperty("look", look)
    button.setAutoDefault(False)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    if icon_name:
        button.setIcon(icon(icon_name, colour))
        button.setIconSize(QSize(18 + Space.XS, 18))  # the rest is the gap to the word
    return button
