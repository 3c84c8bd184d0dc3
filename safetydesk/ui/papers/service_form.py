"""Entering how a paper reached the enterprise (送达)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.editors import Choice, Day
from safetydesk.ui.widgets.forms import Field
from safetydesk.ui.widgets.labels import emphasis
from safetydesk.workflows.serving import METHOD_LABELS, Service, ServiceMethod

if TYPE_CHECKING:
    from safetydesk.domain.errors import SafetyDeskError

_LEFT = (ServiceMethod.LEFT,)


class ServiceForm(QWidget):
    """Method, day, who signed; who refused needs a witness or a record."""

    serve_requested = Signal(object)  # Service
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(emphasis(tr("登记送达"), self))
        self.method_choice = Choice({str(one): tr(label) for one, label in METHOD_LABELS.items()}, self)
        self.day_edit = Day(self)
        self.receiver_edit, self.witness_edit, self.note_edit = (QLineEdit(self) for _ in range(3))
        self.method_field = Field(tr("送达方式"), self.method_choice, parent=self)
        self.day_field = Field(tr("送达日期"), self.day_edit, parent=self)
        self.receiver_field = Field(tr("签收人"), self.receiver_edit, parent=self)
        self.refused_box = QCheckBox(tr("拒绝签收"), self)
        self.witness_field = Field(tr("见证人"), self.witness_edit, parent=self)
        self.recorded_box = QCheckBox(tr("已拍照或录像"), self)
        self.note_field = Field(tr("说明"), self.note_edit, parent=self)
        for one in (
            self.method_field,
            self.day_field,
            self.receiver_field,
            self.refused_box,
            self.witness_field,
            self.recorded_box,
            self.note_field,
        ):
            column.addWidget(one)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.cancel_button = plain_button(tr("取消"), None, self)
        self.serve_button = primary_button(tr("登记送达"), "send", self)
        row.addWidget(self.cancel_button)
        row.addWidget(self.serve_button, 1)
        column.addLayout(row)
        self._connect()

    def begin(self, issued_on: date, today: date, before: Service | None) -> None:
        """Show the form: of today, or as it was entered before."""
        from PySide6.QtCore import QDate

        self.day_edit.setMinimumDate(QDate(issued_on.year, issued_on.month, issued_on.day))
        last = max(today, issued_on)
        self.day_edit.setMaximumDate(QDate(last.year, last.month, last.day))
        shown = before or Service(ServiceMethod.DIRECT, last)
        self.method_choice.choose(shown.method)
        self.day_edit.show_day(shown.on)
        self.receiver_edit.setText(shown.receiver)
        self.refused_box.setChecked(shown.refused)
        self.witness_edit.setText(shown.witness)
        self.recorded_box.setChecked(shown.recorded)
        self.note_edit.setText(shown.note)
        self._say_no_error()
        self._fit()
        self.show()
        self.receiver_edit.setFocus()

    def service(self) -> Service:
        return Service(
            ServiceMethod(self.method_choice.key),
            self.day_edit.day(),
            "" if self.refused_box.isChecked() else self.receiver_edit.text().strip(),
            self.witness_edit.text().strip(),
            self.recorded_box.isChecked(),
            self.refused_box.isChecked(),
            self.note_edit.text().strip(),
        )

    def refuse(self, error: SafetyDeskError, message: str) -> None:
        """Say it at the field that it is about; everything stays as typed."""
        field = self.day_field
        if error.code == "service_unclear":
            field = self.witness_field if self._is_left() else self.receiver_field
        field.set_error(message)
        field.editor.setFocus()

    def _connect(self) -> None:
        self.cancel_button.clicked.connect(self.closed)
        self.serve_button.clicked.connect(self._on_serve_clicked)
        self.method_choice.currentIndexChanged.connect(self._fit)
        self.refused_box.toggled.connect(self._fit)
        for edit in (self.receiver_edit, self.witness_edit, self.note_edit):
            edit.returnPressed.connect(self._on_serve_clicked)

    def _is_left(self) -> bool:
        return self.refused_box.isChecked() or self.method_choice.key in _LEFT

    @Slot()
    def _fit(self) -> None:
        """Only what the method needs."""
        is_direct = self.method_choice.key in (ServiceMethod.DIRECT, ServiceMethod.LEFT, ServiceMethod.ENTRUSTED)
        self.receiver_field.setVisible(not self.refused_box.isChecked())
        self.refused_box.setVisible(is_direct)
        self.witness_field.setVisible(self._is_left())
        self.recorded_box.setVisible(self._is_left())
        self.witness_field.set_hint(tr("无人签收时，写见证人，或拍照、录像留存。"))

    def _say_no_error(self) -> None:
        for field in (self.day_field, self.receiver_field, self.witness_field):
            field.set_error("")

    @Slot()
    def _on_serve_clicked(self) -> None:
        self._say_no_error()
        service = self.service()
        if service.method is ServiceMethod.DIRECT and not service.refused and not service.receiver:
            self.receiver_field.set_error(tr("请写签收人的姓名。"))
            self.receiver_edit.setFocus()
            return
        if self._is_left() and not (service.witness or service.recorded):
            self.witness_field.set_error(tr("请写见证人，或勾选已拍照或录像。"))
            self.witness_edit.setFocus()
            return
        self.serve_requested.emit(service)
