"""What the list is narrowed to: chips with counts, words, a village, a mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.enterprises.list_model import EnterpriseListModel
from safetydesk.ui.icons import icon
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import quiet_button
from safetydesk.ui.widgets.chips import Chip, FilterChips
from safetydesk.ui.widgets.editors import Choice

if TYPE_CHECKING:
    from safetydesk.workflows.enterprise_list import Wanted

_TYPING = 150  # ms: a word is typed, then asked for


class FilterBar(QWidget):
    """Writes into the model what is wanted, and says so; words only after a moment."""

    narrowed = Signal()
    entered = Signal()  # Enter in the words: into the list
    cleared = Signal()

    def __init__(self, model: EnterpriseListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, 0, Space.XL, Space.M)
        column.setSpacing(Space.S)
        self.chips = FilterChips(self)
        column.addWidget(self.chips)
        column.addLayout(self._make_line())
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(self.narrowed)
        self.chips.chosen.connect(self._on_chips_chosen)
        self.search_edit.textChanged.connect(self._on_search_edit_text_changed)
        self.search_edit.returnPressed.connect(self._on_search_edit_return_pressed)
        self.village_choice.activated.connect(self._on_choices_activated)
        self.flag_choice.activated.connect(self._on_choices_activated)
        self.clear_button.clicked.connect(self.cleared)

    @property
    def is_narrowed(self) -> bool:
        from safetydesk.workflows.enterprise_list import EVERYTHING

        return self._model.wanted != EVERYTHING

    def show_wanted(self, wanted: Wanted) -> None:
        self._typing.stop()
        was = self.search_edit.blockSignals(True)
        self.search_edit.setText(wanted.text)
        self.search_edit.blockSignals(was)
        self.show_model()

    def show_model(self) -> None:
        """Chips, village and mark as they are wanted, with the counts that are known."""
        from safetydesk.workflows.enterprise_list import FILTER_LABELS

        model, wanted = self._model, self._model.wanted
        chips = [Chip(str(key), tr(label), model.counts.get(key)) for key, label in FILTER_LABELS.items()]
        self.chips.show_chips(chips, str(wanted.which))
        offered = model.offered
        _offer(self.village_choice, tr("全部村（社区）"), offered.villages if offered else (), wanted.village)
        _offer(self.flag_choice, tr("全部风险标志"), offered.flags if offered else (), wanted.flag)
        self.clear_button.setVisible(self.is_narrowed)

    def begin_typing(self) -> None:
        self.search_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_edit.selectAll()

    def _make_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.search_edit = QLineEdit(self)
        self.search_edit.setPlaceholderText(tr("名称、首字母、代码、人、电话、地址  Ctrl+F"))
        self.search_edit.setAccessibleName(tr("在企业列表里找"))
        self.search_edit.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search_edit.setFixedWidth(theme.scaled(340))
        self.village_choice = Choice({}, self)
        self.village_choice.setAccessibleName(tr("只看一个村（社区）"))
        self.flag_choice = Choice({}, self)
        self.flag_choice.setAccessibleName(tr("只看一种风险标志"))
        for choice in (self.village_choice, self.flag_choice):
            choice.setMinimumWidth(theme.scaled(170))
            choice.setMaximumWidth(theme.scaled(220))
        self.clear_button = quiet_button(tr("看全部"), "x", self)
        self.clear_button.hide()
        for widget in (self.search_edit, self.village_choice, self.flag_choice, self.clear_button):
            row.addWidget(widget)
        row.addStretch()
        return row

    @Slot(str)
    def _on_chips_chosen(self, key: str) -> None:
        from safetydesk.workflows.enterprise_list import EnterpriseFilter

        self._model.narrow(which=EnterpriseFilter(key))
        self._tell()

    @Slot(int)
    def _on_choices_activated(self, _at: int) -> None:
        self._model.narrow(village=self.village_choice.key or None, flag=self.flag_choice.key or None)
        self._tell()

    @Slot(str)
    def _on_search_edit_text_changed(self, text: str) -> None:
        self._model.narrow(text=text)
        self.show_model()
        if text:
            self._typing.start()
        else:
            self._tell()

    @Slot()
    def _on_search_edit_return_pressed(self) -> None:
        if self._typing.isActive():
            self._tell()
        self.entered.emit()

    def _tell(self) -> None:
        self._typing.stop()
        self.show_model()
        self.narrowed.emit()


def _offer(choice: Choice, everything: str, offered: Sequence[tuple[str, int]], wanted: str | None) -> None:
    """Fill a choice anew where what it offers changed; what is wanted stays to be seen even where nothing bears it."""
    listed = {"": everything} | {key: f"{key} {count:,}" for key, count in offered}
    if wanted and wanted not in listed:
        listed[wanted] = f"{wanted} 0"
    if [(choice.itemData(n), choice.itemText(n)) for n in range(choice.count())] != list(listed.items()):
        choice.clear()
        for key, text in listed.items():
            choice.addItem(text, key)
    choice.choose(wanted or "")
