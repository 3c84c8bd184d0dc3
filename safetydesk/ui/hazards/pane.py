"""The side pane: the card with what can be done, or one form in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QVBoxLayout, QWidget

from safetydesk.ui.hazards.card_view import CardView
from safetydesk.ui.hazards.forms import PaneForm
from safetydesk.ui.hazards.photos import Thumbnails
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.flow import FlowLayout
from safetydesk.ui.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from datetime import date

    from safetydesk.workflows.hazard_card import HazardCard, Verb


_LAID_OUT = 20  # ms: what appeared has its place


class HazardPane(SidePane):
    """Says what is wanted; the screen does it. What was typed in a form is kept for when it is opened again."""

    verb_requested = Signal(object)  # Verb
    form_closed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(tr("隐患"), parent)
        self.foot.setSpacing(0)
        self._bringing = QTimer(self)  # when what is wrong has been laid out
        self._bringing.setSingleShot(True)
        self._bringing.timeout.connect(self._on_bringing_timeout)
        self._thumbnails = Thumbnails(shell, self)
        self._drafts: dict[tuple[UUID, Verb], dict[str, Any]] = {}
        self._foot_now: QWidget | None = None
        self._foot_line = QFrame(self)
        self._foot_line.setProperty("look", "line")
        self.foot.addWidget(self._foot_line)
        self._verb: Verb | None = None
        self.form: PaneForm | None = None
        self.view: CardView | None = None
        self.buttons: dict[Verb, QPushButton] = {}

    def show_card(self, card: HazardCard, today: date) -> CardView:
        """The card, with the buttons for what is allowed now."""
        self._leave_form()
        if self.view is not None:
            self.view.give_up()
        self.view = CardView(card, today, self._thumbnails, self)
        self.set_title(card.enterprise.name or tr("隐患"))
        self.set_content(self.view)
        self._set_foot(self._make_actions(card))
        return self.view

    def show_form(self, form: PaneForm, verb: Verb) -> None:
        """One form instead of the card; an earlier draft of it is put back."""
        self._leave_form()
        if self.view is not None:
            self.view.give_up()
            self.view = None
        draft = self._drafts.pop((form.card.hazard.id, verb), None)
        if draft is not None:
            form.restore(draft)
        self.form, self._verb = form, verb
        form.cancel_requested.connect(self.close_form)
        form.troubled.connect(self._on_form_troubled)
        self.set_title(form.title)
        self.set_content(form)
        self._set_foot(form.foot)
        form.focus_first()

    @Slot()
    def close_form(self) -> None:
        """Back to the card. What was typed is kept."""
        if self.form is not None:
            self.form_closed.emit()

    def drop_form(self) -> None:
        """It was saved: nothing of it is kept."""
        if self.form is not None and self._verb is not None:
            self._drafts.pop((self.form.card.hazard.id, self._verb), None)
        self.form = self._verb = None

    def has_draft(self, hazard_id: UUID, verb: Verb) -> bool:
        return (hazard_id, verb) in self._drafts

    def focus_first(self) -> None:
        if self.form is not None:
            self.form.focus_first()
        elif self.buttons:
            next(iter(self.buttons.values())).setFocus()

    def _leave_form(self) -> None:
        if self.form is not None and self._verb is not None and self.form.is_touched():
            self._drafts[self.form.card.hazard.id, self._verb] = self.form.draft()
        self.form = self._verb = None

    def _set_foot(self, widget: QWidget) -> None:
        if self._foot_now is not None:
            self.foot.removeWidget(self._foot_now)
            self._foot_now.hide()
            self._foot_now.deleteLater()
        self._foot_now = widget
        self.foot.addWidget(widget)

    def _make_actions(self, card: HazardCard) -> QWidget:
        """The likeliest first: a paper where there is none yet, then the re-inspection."""
        from safetydesk.domain.hazards import HazardState
        from safetydesk.workflows.hazard_card import Verb

        words = {
            Verb.ISSUE: (tr("出文书"), ""),
            Verb.RECHECK: (tr("复查"), "R"),
            Verb.EXTEND: (tr("延期"), "E"),
            Verb.CORRECT: (tr("改正"), ""),
            Verb.WITHDRAW: (tr("撤回"), ""),
            Verb.REOPEN: (tr("重新打开"), ""),
        }
        order = [verb for verb in words if verb in card.verbs]
        if card.hazard.state is not HazardState.FOUND and Verb.RECHECK in order:
            order.sort(key=lambda verb: verb is not Verb.RECHECK)
        foot = QWidget(self)
        outer = QVBoxLayout(foot)
        outer.setContentsMargins(0, Space.M, 0, Space.M)
        held = QWidget(foot)
        outer.addWidget(held)
        row = FlowLayout(held, Space.S)
        self.buttons = {}
        for verb in order:
            text, key = words[verb]
            if self.has_draft(card.hazard.id, verb):
                text = tr("{verb}（接着填）", verb=text)
            is_first = not self.buttons and verb is not Verb.REOPEN
            button = primary_button(text, parent=held) if is_first else plain_button(text, parent=held)
            if key:
                button.setToolTip(key)
            button.clicked.connect(self._on_button_clicked)
            row.addWidget(button)
            self.buttons[verb] = button
        return foot

    @Slot()
    def _on_form_troubled(self) -> None:
        self._bringing.start(_LAID_OUT)

    @Slot()
    def _on_bringing_timeout(self) -> None:
        """What is wrong comes into view, wherever the form is scrolled to."""
        focus = QApplication.focusWidget()
        if self.form is None:
            return
        if self.form.trouble.isVisible():
            self._scroll.ensureWidgetVisible(self.form.trouble)
        elif focus is not None and self.form.isAncestorOf(focus):
            self._scroll.ensureWidgetVisible(focus, 0, Space.XXL + Space.XL)

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        verb = next((verb for verb, button in self.buttons.items() if button is sender), None)
        if verb is not None:
            self.verb_requested.emit(verb)
