"""Filters as chips: a word and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import Button
from safetydesk.ui.widgets.flow import FlowLayout


@dataclass(frozen=True)
class Chip:
    key: str
    label: str
    count: int | None = None


class FilterChips(QWidget):
    """One of several filters is on. Left and right go from chip to chip."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = FlowLayout(self, Space.S)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_group_clicked)
        self._buttons: dict[str, QPushButton] = {}

    @property
    def current(self) -> str | None:
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def show_chips(self, chips: Sequence[Chip], current: str | None = None) -> None:
        """Show these; the one that was on stays on unless `current` says otherwise. Counts change in place."""
        wanted = current or self.current or (chips[0].key if chips else None)
        if [chip.key for chip in chips] != list(self._buttons):
            self._rebuild(chips)
        for chip in chips:
            button = self._buttons[chip.key]
            said = chip.label if chip.count is None else f"{chip.label} {chip.count:,}"
            if button.text() != said:
                button.setText(said)
            button.setChecked(chip.key == wanted)
        self.updateGeometry()

    def choose(self, key: str) -> None:
        """As if it were clicked."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        buttons = list(self._buttons.values())
        at = next((n for n, button in enumerate(buttons) if button.hasFocus()), None)
        if at is not None:
            buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _rebuild(self, chips: Sequence[Chip]) -> None:
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for chip in chips:
            button = Button(self)
            button.setProperty("look", "chip")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button)
            self._layout.addWidget(button)
            self._buttons[chip.key] = button
            button.show()

    @Slot(object)
    def _on_group_clicked(self, button: QPushButton) -> None:
        key = next(name for name, one in self._buttons.items() if one is button)
        self.chosen.emit(key)
