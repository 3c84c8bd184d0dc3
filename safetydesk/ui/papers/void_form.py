"""Voiding a paper: the reason first, then the question with its consequence."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import danger_button, plain_button, quiet_button
from safetydesk.ui.widgets.flow import FlowLayout
from safetydesk.ui.widgets.forms import Field
from safetydesk.ui.widgets.labels import emphasis, note_label


class VoidForm(QWidget):
    """The usual reasons are one click; any other is typed."""

    void_requested = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(emphasis(tr("作废这份文书"), self))
        self.note = note_label("", self)
        column.addWidget(self.note)
        self.reason_edit = QLineEdit(self)
        self.reason_field = Field(tr("作废原因"), self.reason_edit, parent=self)
        column.addWidget(self.reason_field)
        usual = QWidget(self)
        flow = FlowLayout(usual, Space.S)
        for reason in (tr("内容写错"), tr("被检查单位写错"), tr("期限写错"), tr("重复出具")):
            button = quiet_button(reason, None, usual)
            button.clicked.connect(self._on_usual_clicked)
            flow.addWidget(button)
        column.addWidget(usual)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.cancel_button = plain_button(tr("取消"), None, self)
        self.void_button = danger_button(tr("作废"), "ban", self)
        row.addWidget(self.cancel_button)
        row.addWidget(self.void_button, 1)
        column.addLayout(row)
        self.cancel_button.clicked.connect(self.closed)
        self.void_button.clicked.connect(self._on_void_clicked)
        self.reason_edit.returnPressed.connect(self._on_void_clicked)

    def begin(self, number: str) -> None:
        self.note.setText(tr("{number} 作废后不能恢复，文号不再使用；纸质的请收回。", number=number))
        self.reason_edit.clear()
        self.reason_field.set_error("")
        self.show()
        self.reason_edit.setFocus()

    @Slot()
    def _on_usual_clicked(self) -> None:
        self.reason_edit.setText(self.sender().text())  # type: ignore[attr-defined]
        self.reason_field.set_error("")
        self.void_button.setFocus()

    @Slot()
    def _on_void_clicked(self) -> None:
        reason = " ".join(self.reason_edit.text().split())
        if not reason:
            self.reason_field.set_error(tr("请写明原因：登记簿里要留着。"))
            self.reason_edit.setFocus()
            return
        self.reason_field.set_error("")
        self.void_requested.emit(reason)
