"""Above the list: filters with their counts, and the line in which the list is searched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.chips import Chip, FilterChips

FILTERS = ("open", "overdue", "today", "week", "major", "not_on_paper", "closed", "all")
_TYPING = 150  # ms: a word is typed, then asked for


class FilterBar(QWidget):
    """Says what is wanted; what is typed counts after a short rest, at once when it is emptied."""

    filter_chosen = Signal(str)
    text_changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, 0, Space.XL, Space.M)
        row.setSpacing(Space.L)
        self.chips = FilterChips(self)
        self.search_edit = QLineEdit(self)
        self.search_edit.setPlaceholderText(tr("找隐患、部位、企业  Ctrl+F"))
        self.search_edit.setAccessibleName(tr("在隐患列表里找"))
        self.search_edit.setFixedWidth(theme.scaled(240))
        row.addWidget(self.chips, 1)
        row.addWidget(self.search_edit, 0, Qt.AlignmentFlag.AlignTop)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(self.text_changed)
        self.chips.chosen.connect(self.filter_chosen)
        self.search_edit.textChanged.connect(self._on_search_edit_changed)
        self.search_edit.returnPressed.connect(self._on_search_edit_entered)

    @property
    def text(self) -> str:
        return self.search_edit.text().strip()

    def clear(self) -> None:
        self.search_edit.clear()

    def begin(self) -> None:
        """Ctrl+F."""
        self.search_edit.setFocus()
        self.search_edit.selectAll()

    def show_counts(self, counts: Mapping[Any, int], current: str) -> None:
        from safetydesk.workflows.hazard_list import FILTER_LABELS, HazardFilter

        shown = [HazardFilter(key) for key in FILTERS]
        self.chips.show_chips([Chip(one.value, tr(FILTER_LABELS[one]), counts.get(one)) for one in shown], current)

    @Slot(str)
    def _on_search_edit_changed(self, text: str) -> None:
        if text:
            self._typing.start()
        else:
            self._typing.stop()
            self.text_changed.emit()

    @Slot()
    def _on_search_edit_entered(self) -> None:
        self._typing.stop()
        self.entered.emit()
