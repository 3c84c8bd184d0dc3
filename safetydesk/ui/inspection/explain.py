"""What to look at, and on what it rests: opened on demand, out of the way otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from safetydesk.domain.checklist import Concerns
from safetydesk.ui.icons import icon
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import quiet_button
from safetydesk.ui.widgets.labels import note_label, text_label

if TYPE_CHECKING:
    from safetydesk.workflows.walking_shapes import BasisShown, ItemShown

LOOK, BASIS = "look", "basis"


class Explain(QWidget):
    """[怎么看] [依据]: each opens and closes its text; what is open stays open from item to item."""

    toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        row.setContentsMargins(-Space.M, 0, 0, 0)  # the words of the buttons stand under the question
        self.look_button = _toggle(tr("看什么、怎么查"), self)
        self.basis_button = _toggle(tr("依据"), self)
        self.look_button.toggled.connect(self._on_look_toggled)
        self.basis_button.toggled.connect(self._on_basis_toggled)
        self._unverified = note_label("", self)
        self._unverified.setWordWrap(False)
        row.addWidget(self.look_button)
        row.addWidget(self.basis_button)
        row.addWidget(self._unverified)
        row.addStretch()
        column.addLayout(row)
        self._look = text_label("", self)
        self._basis = QFrame(self)
        self._basis.setProperty("look", "panel")
        self._lines = QVBoxLayout(self._basis)
        self._lines.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self._lines.setSpacing(Space.S)
        column.addWidget(self._look)
        column.addWidget(self._basis)
        self._basis.hide()
        self._item: ItemShown | None = None
        self._basis_of = ""
        self._brief = False
        self._is_look_wanted = False

    def show_item(self, shown: ItemShown) -> None:
        self._item = shown
        self._look.setText(shown.item.method)
        self._show_look()
        self._unverified.setText("" if shown.is_verified else tr("有〔待核〕的依据"))
        if self.basis_button.isChecked():
            self._show_basis()

    def set_brief(self, brief: bool) -> None:
        """The answer is given: its fields need the room more. The button opens it all the same."""
        self._brief = brief
        self._show_look()

    @Slot(bool)
    def _on_look_toggled(self, on: bool) -> None:
        self._brief, self._is_look_wanted = False, on
        self._show_look()
        self.toggled.emit(LOOK, on)

    def _show_look(self) -> None:
        """The button says what is to be seen, so that one press changes it."""
        shown = self._is_look_wanted and not self._brief
        with QSignalBlocker(self.look_button):
            self.look_button.setChecked(shown)
        self.look_button.setIcon(_chevron(on=shown))
        self._look.setVisible(shown)

    @Slot(bool)
    def _on_basis_toggled(self, on: bool) -> None:
        if on:
            self._show_basis()
        self._basis.setVisible(on)
        self.basis_button.setIcon(_chevron(on=on))
        self.toggled.emit(BASIS, on)

    def _show_basis(self) -> None:
        if self._item is None or self._basis_of == self._item.id:
            return
        self._basis_of = self._item.id
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for basis in self._item.basis:
            for label in _lines_of(basis, self._basis):
                self._lines.addWidget(label)
                label.show()
        if self._item.item.caveat:
            self._add_note(tr("〔待核〕{what}", what=self._item.item.caveat))
        if self._item.item.concerns is Concerns.OFFICER:
            self._add_note(tr("这一项是提醒检查人员自己的，不写进企业的文书。"))

    def _add_note(self, text: str) -> None:
        label = note_label(text, self._basis)
        self._lines.addWidget(label)
        label.show()


def _lines_of(basis: BasisShown, parent: QWidget) -> list[QWidget]:
    """The citation, and below it what it demands in our words."""
    head = tr("参考") if basis.is_reference else ""
    mark = "" if basis.verified else tr("〔待核〕")
    cited = text_label(f"{head}{basis.law}{basis.article}{mark}", parent)
    if not basis.gist:
        return [cited]
    gist_mark = "" if basis.gist_verified else tr("〔待核〕")
    return [cited, note_label(tr("要点：{gist}{mark}", gist=basis.gist, mark=gist_mark), parent)]


def _chevron(*, on: bool) -> QIcon:
    return icon("chevron-up" if on else "chevron-down", Colour.ACCENT)


def _toggle(text: str, parent: QWidget) -> QPushButton:
    button = quiet_button(text, "chevron-down", parent)
    button.setCheckable(True)
    return button
