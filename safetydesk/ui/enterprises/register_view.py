"""登记企业: the form of the page with nothing in it yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safetydesk.ui.enterprises.form import Draft, EnterpriseForm
from safetydesk.ui.enterprises.form_model import FormAnswers
from safetydesk.ui.enterprises.page_model import EnterprisePageModel
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.labels import note_label

if TYPE_CHECKING:
    from collections.abc import Sequence


class RegisterView(QWidget):
    """Only the name must be there; what is found out later is filled in later. What was typed stays until saved."""

    left = Signal()

    def __init__(self, shell: Shell, model: EnterprisePageModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.model = model
        self._given_up: Draft | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        hint = note_label(tr("只有名称必须填，别的可以以后再补。填错的，离开那一栏就会指出来。"), self)
        hint.setContentsMargins(Space.XL, 0, Space.XL, Space.S)
        column.addWidget(hint)
        self.form = EnterpriseForm(tr("登记"), tr("不登记了"), self)
        self.form.count_text = _filled_text
        column.addWidget(self.form, 1)
        self._answers = FormAnswers(shell, self.form, model, self)
        self.form.save_requested.connect(self._on_form_save_requested)
        self.form.give_up_requested.connect(self._on_form_give_up_requested)
        model.registered.connect(self._on_model_registered)

    def begin(self, name: str = "") -> None:
        """What was typed before goes on, unless another name comes."""
        if name and name != self.form.fields["name"].text():
            self.form.fill({}, self.form.draft() | {"name": name})
        self.focus_first()

    def offer_villages(self, villages: Sequence[str]) -> None:
        self.form.offer_villages(villages)

    def is_touched(self) -> bool:
        return self.form.is_touched()

    def focus_first(self) -> None:
        self.form.focus_first()

    def undo(self) -> bool:
        """Find again what was given up."""
        if self._given_up is None:
            return False
        self.form.fill({}, self._given_up)
        self._given_up = None
        return True

    @Slot()
    def _on_form_save_requested(self) -> None:
        self.form.fields["name"].set_error("")
        if self.form.check():
            values: dict[str, Any] = {key: value for key, value in self.form.values().items() if value is not None}
            self.model.register(values)

    @Slot()
    def _on_form_give_up_requested(self) -> None:
        draft = self.form.draft()
        if draft:
            self._given_up = draft
            self._shell.messages.tell(tr("没有登记，填的内容 Ctrl+Z 可以找回。"))
        self.form.fill({})
        self.left.emit()

    @Slot(object)
    def _on_model_registered(self, _done: object) -> None:
        self._given_up = None
        self.form.fill({})


def _filled_text(count: int) -> str:
    return tr("填了 {count} 栏，还没有登记", count=count)
