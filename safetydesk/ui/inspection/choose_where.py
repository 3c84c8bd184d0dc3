"""Where to go: what lies unfinished, the search, and what is offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.inspection.choose_list import LinesList
from safetydesk.ui.inspection.choose_parts import NobodyFound, UnfinishedBand
from safetydesk.ui.inspection.choose_words import enterprise_lines
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space

if TYPE_CHECKING:
    from safetydesk.workflows.beginning import OfferedEnterprise, UnfinishedVisit

WIDTH = 380
_TYPING = 120  # ms


class WherePane(QWidget):
    """The left of the choose view. `picked` looks at an enterprise, `decided` wants to go on with it."""

    picked = Signal(object)
    decided = Signal(object)
    find_requested = Signal(str)  # empty for what is offered without a search
    continue_requested = Signal(object)
    give_up_requested = Signal(object)
    ledger_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_searching = False  # what is listed is older than what is typed
        self._enter_waits = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self.band = UnfinishedBand(self)
        column.addWidget(self.band)
        column.addWidget(self._make_panel(), 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self._on_typing_timeout)
        self._connect()
        self.fit_width()

    @property
    def text(self) -> str:
        return self.search_edit.text().strip()

    @Slot()
    def fit_width(self) -> None:
        self.setFixedWidth(theme.scaled(WIDTH))

    def show_unfinished(self, visits: Sequence[UnfinishedVisit], today: date) -> bool:
        """True where there is something to go on with that was not shown before."""
        was_hidden = self.band.isHidden()
        self.band.show_visits(visits, today)
        return bool(visits) and was_hidden

    def show_offers(self, offers: tuple[OfferedEnterprise, ...], chosen: UUID | None, today: date) -> None:
        self.enterprises.show_lines(enterprise_lines(offers, today), None if self.text else chosen)
        self._is_searching = self._typing.isActive()
        self.offers.setCurrentIndex(0 if offers else 1)
        if not offers and self.text:
            self.nobody.say(tr("没有找到“{wanted}”", wanted=self.text), tr("换一个字试试，或先在台账里登记这家企业。"))
        elif not offers:
            self.nobody.say(tr("输入几个字找企业"), tr("到期要复查的、查过的会列在这里。"))
        if self._enter_waits and not self._is_searching:
            self._on_search_enter()

    def _make_panel(self) -> QWidget:
        panel = QFrame(self)
        panel.setProperty("look", "panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, Space.M, 1, 1)
        inside.setSpacing(Space.S)
        self.search_edit = _SearchEdit(panel)
        beside = QHBoxLayout()
        beside.setContentsMargins(Space.M, 0, Space.M, 0)
        beside.addWidget(self.search_edit)
        inside.addLayout(beside)
        self.enterprises = LinesList(tr("企业"), panel)
        self.offers = QStackedWidget(panel)
        self.offers.addWidget(self.enterprises)
        self.nobody = NobodyFound(self.offers)
        self.offers.addWidget(self.nobody)
        inside.addWidget(self.offers, 1)
        return panel

    def _connect(self) -> None:
        theme.changes().changed.connect(self.fit_width)
        self.search_edit.textChanged.connect(self._on_search_changed)
        self.search_edit.down_pressed.connect(self._on_search_down)
        self.search_edit.enter_pressed.connect(self._on_search_enter)
        self.enterprises.picked.connect(self.picked)
        self.enterprises.decided.connect(self.decided)
        self.band.continue_requested.connect(self.continue_requested)
        self.band.give_up_requested.connect(self.give_up_requested)
        self.nobody.action_requested.connect(self.ledger_requested)

    @Slot(str)
    def _on_search_changed(self, _text: str) -> None:
        self._is_searching, self._enter_waits = True, False
        self._typing.start(_TYPING)

    @Slot()
    def _on_typing_timeout(self) -> None:
        self.find_requested.emit(self.text)

    @Slot()
    def _on_search_down(self) -> None:
        self.enterprises.setFocus()
        if self.enterprises.current_key is None:
            self.enterprises.pick_first()

    @Slot()
    def _on_search_enter(self) -> None:
        """The first that was found, and on to the button. Waits for what was typed last, never takes an older list."""
        self._enter_waits = self._is_searching
        if self._enter_waits:
            self._typing.start(0)
            return
        if self.enterprises.current_key is None:
            self.enterprises.pick_first()
        if self.enterprises.current_key is not None:
            self.decided.emit(self.enterprises.current_key)


class _SearchEdit(QLineEdit):
    """Down goes into the list, Enter takes the first, Esc empties."""

    down_pressed = Signal()
    enter_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr("找企业：名称、拼音首字母、负责人、电话"))
        self.setAccessibleName(tr("找企业"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
