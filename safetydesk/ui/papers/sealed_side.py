"""A sealed paper: its seal mark, where it stands, and the few things that can still be done with it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from safetydesk.ui.icons import pixmap
from safetydesk.ui.papers.service_form import ServiceForm
from safetydesk.ui.papers.void_form import VoidForm
from safetydesk.ui.papers.words import kind_name, service_text, state_mark
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import danger_button, plain_button
from safetydesk.ui.widgets.dates import day_text
from safetydesk.ui.widgets.labels import emphasis, note_label, text_label
from safetydesk.workflows.papers import PaperState

if TYPE_CHECKING:
    from safetydesk.workflows.paper_desk import PaperCard

_SEAL = 32
_LOOKS = {PaperState.ISSUED: "notice", PaperState.SERVED: "good", PaperState.VOIDED: "panel"}


class SealMark(QFrame):
    """已封存, or what became of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        row.setSpacing(Space.M)
        self._icon = QLabel(self)
        self._icon.setFixedSize(QSize(_SEAL, _SEAL))
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        self.title_label = emphasis("", self)
        self.title_label.setWordWrap(True)
        self.text_label = text_label("", self)
        words.addWidget(self.title_label)
        words.addWidget(self.text_label)
        row.addLayout(words, 1)

    def show_card(self, card: PaperCard, today: date) -> None:
        from safetydesk.ui import theme

        mark = state_mark(card.state, is_printed=card.copies > 0)
        is_void = card.state is PaperState.VOIDED
        theme.look(self, _LOOKS[card.state])
        self._icon.setPixmap(pixmap("ban" if is_void else "stamp", _SEAL, mark.ink, self.devicePixelRatioF()))
        self.title_label.setText(tr("已作废") if is_void else tr("已签发封存 · {state}", state=mark.word))
        self.text_label.setText(_state_text(card, today))


class SealedSide(QWidget):
    """Facts and actions. The forms for service and voiding open in place of the actions."""

    print_requested = Signal()
    save_requested = Signal()
    serve_requested = Signal(object)  # Service
    void_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: PaperCard | None = None
        self._today = date.min
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.L)
        column.setSpacing(Space.L)
        self.seal = SealMark(self)
        column.addWidget(self.seal)
        self._facts_box = self._make_facts()
        column.addWidget(self._facts_box)
        self._actions = self._make_actions()
        column.addWidget(self._actions)
        self.service_form = ServiceForm(self)
        self.service_form.serve_requested.connect(self.serve_requested)
        self.service_form.closed.connect(self.show_actions)
        column.addWidget(self.service_form)
        self.void_form = VoidForm(self)
        self.void_form.void_requested.connect(self.void_requested)
        self.void_form.closed.connect(self.show_actions)
        column.addWidget(self.void_form)
        column.addStretch()
        self.show_actions()

    @property
    def is_asking(self) -> bool:
        """A form is open."""
        return not (self.service_form.isHidden() and self.void_form.isHidden())

    def show_card(self, card: PaperCard, today: date) -> None:
        is_other = self._card is None or self._card.number != card.number or self._card.state is not card.state
        self._card, self._today = card, today
        self.seal.show_card(card, today)
        self._facts["number"].setText(card.number)
        self._facts["kind"].setText(kind_name(card.kind))
        self._facts["issued_on"].setText(day_text(card.issued_on, today))
        self._facts["pages"].setText(tr("{pages} 页，问题 {count} 条", pages=card.pages, count=card.problems))
        self._facts["copies"].setText(tr("{count} 份", count=card.copies) if card.copies else tr("还没有"))
        is_void, is_served = card.state is PaperState.VOIDED, card.state is PaperState.SERVED
        for button in (self.serve_button, self.print_button, self.void_button):
            button.setVisible(not is_void)
        self.serve_button.setText(tr("更正送达") if is_served else tr("登记送达"))
        self.print_button.setText(tr("重印") if card.copies else tr("打印"))
        self.void_note.setVisible(not is_void)
        if is_other:
            self.show_actions()

    @Slot()
    def show_actions(self) -> None:
        had_keyboard = self.is_asking and self.isAncestorOf(QApplication.focusWidget() or self.window())
        self._facts_box.show()
        self._actions.show()
        if had_keyboard:  # a form that goes would hand it to whatever comes first in the window
            (self.save_button if self.serve_button.isHidden() else self.serve_button).setFocus()
        self.service_form.hide()
        self.void_form.hide()

    @Slot()
    def begin_service(self) -> None:
        """Open the form; of a service that was entered before it shows what was."""
        assert self._card is not None
        self._actions.hide()
        self._facts_box.hide()
        self.void_form.hide()
        self.service_form.begin(self._card.issued_on, self._today, self._card.service)

    @Slot()
    def begin_voiding(self) -> None:
        assert self._card is not None
        self._actions.hide()
        self._facts_box.hide()
        self.service_form.hide()
        self.void_form.begin(self._card.number)

    def _make_facts(self) -> QWidget:
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(1, 1)
        self._facts = {}
        for row, (key, said) in enumerate(
            (
                ("number", tr("文号")),
                ("kind", tr("文书")),
                ("issued_on", tr("签发")),
                ("pages", tr("内容")),
                ("copies", tr("已打印")),
            )
        ):
            label = note_label(said, box)
            label.setWordWrap(False)
            value = text_label("", box)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self._facts[key] = value
        return box

    def _make_actions(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self.serve_button = plain_button(tr("登记送达"), "send", box)
        self.print_button = plain_button(tr("打印"), "printer", box)
        self.save_button = plain_button(tr("另存 PDF"), "save", box)
        self.void_button = danger_button(tr("作废"), "ban", box)
        self.void_note = note_label(tr("写错了只能作废重出：文号不再使用，登记簿留有原因。"), box)
        for button in (self.serve_button, self.print_button, self.save_button):
            column.addWidget(button)
        column.addSpacing(Space.M)
        column.addWidget(self.void_button)
        column.addWidget(self.void_note)
        self.serve_button.clicked.connect(self.begin_service)
        self.print_button.clicked.connect(self.print_requested)
        self.save_button.clicked.connect(self.save_requested)
        self.void_button.clicked.connect(self.begin_voiding)
        return box


def _state_text(card: PaperCard, today: date) -> str:
    match card.state:
        case PaperState.VOIDED:
            return tr("原因：{reason}", reason=card.void_reason or "")
        case PaperState.SERVED if card.service is not None:
            return service_text(card.service, today)
        case PaperState.SERVED:
            return tr("已登记送达。")
        case PaperState.ISSUED:
            return tr("内容不能再改。") if card.copies else tr("内容不能再改；还没有打印。")
