"""The head of the page: name, code, colour, marks, how it stands, whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.enterprises import words
from safetydesk.ui.enterprises.marks import FlagMarks
from safetydesk.ui.enterprises.risk import RiskBadge
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import icon_button, plain_button, primary_button
from safetydesk.ui.widgets.flow import FlowLayout
from safetydesk.ui.widgets.labels import Elided, muted_label

if TYPE_CHECKING:
    from datetime import date

    from safetydesk.workflows.enterprise_page import EnterprisePage


class PageHead(QWidget):
    back_requested = Signal()
    edit_requested = Signal()
    inspection_requested = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._page: EnterprisePage | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.XL, Space.S)
        column.setSpacing(Space.XS)
        column.addLayout(self._make_first_line())
        column.addLayout(self._make_second_line())
        column.addLayout(self._make_third_line())

    def show_page(self, page: EnterprisePage, today: date) -> None:
        self._page = page
        row = page.row
        self.name_label.set_whole(row.name)
        self.risk.set_risk(row.risk)
        self.marks.set_flags(row.flags)
        self.code_label.setText(page.uscc or tr("没有登记信用代码"))
        self.copy_code_button.setVisible(page.uscc is not None)
        self.phone_label.setText(_call(row.contact, row.phone))
        self.copy_phone_button.setVisible(row.phone is not None)
        place = " ".join(one for one in (row.village, row.address) if one)
        self.place_label.set_whole(place or tr("没有登记地址"))
        pressing = bool(row.major_hazards or row.overdue_hazards)
        self._say(self.hazards_label, words.hazards_sentence(row), "major" if pressing else "text")
        left = words.days_left(row, today)
        due = tr("最近到期 {day}", day=words.due_sentence(row, today)) if left is not None else ""
        self._say(self.due_label, due, "major" if left is not None and left < 0 else "muted")
        visited = words.visit_sentence(row, today)
        self._say(self.visit_label, tr("上次检查 {day}", day=visited) if row.last_visit_on else visited, "muted")
        officer = tr("安全员 {name}", name=row.officer) if row.officer else tr("还没有划片")
        self._say(self.officer_label, officer, "muted")

    def set_editing(self, editing: bool) -> None:
        """While something is typed below, saving it is the one thing to do."""
        self.edit_button.setVisible(not editing)
        self.inspect_button.setVisible(not editing)

    def _make_first_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.back_button = icon_button("arrow-left", tr("回到企业列表"), self)
        self.back_button.clicked.connect(self.back_requested)
        self.name_label = Elided("", self)
        theme.look(self.name_label, "heading")
        self.risk = RiskBadge(parent=self)
        self.edit_button = plain_button(tr("修改"), "pencil", self)
        self.edit_button.setToolTip("Ctrl+E")
        self.edit_button.clicked.connect(self.edit_requested)
        self.inspect_button = primary_button(tr("开始检查"), "clipboard-check", self)
        self.inspect_button.clicked.connect(self.inspection_requested)
        row.addWidget(self.back_button)
        row.addWidget(self.name_label, 1)
        row.addWidget(self.risk)
        row.addSpacing(Space.S)
        row.addWidget(self.edit_button)
        row.addWidget(self.inspect_button)
        return row

    def _make_second_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(Space.XXL + Space.M, 0, 0, 0)
        row.setSpacing(Space.XS)
        self.code_label = muted_label("", self)
        self.code_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_code_button = icon_button("copy", tr("复制信用代码"), self)
        self.copy_code_button.clicked.connect(self._on_copy_code_clicked)
        self.phone_label = muted_label("", self)
        self.phone_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_phone_button = icon_button("copy", tr("复制电话"), self)
        self.copy_phone_button.clicked.connect(self._on_copy_phone_clicked)
        self.place_label = Elided("", self)
        theme.look(self.place_label, "muted")
        row.addWidget(self.code_label)
        row.addWidget(self.copy_code_button)
        row.addSpacing(Space.M)
        row.addWidget(self.phone_label)
        row.addWidget(self.copy_phone_button)
        row.addSpacing(Space.M)
        row.addWidget(self.place_label, 1)
        return row

    def _make_third_line(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(Space.XXL + Space.M, 0, 0, 0)
        held = QWidget(self)
        flow = FlowLayout(held, Space.L)
        self.marks = FlagMarks(parent=held)
        self.hazards_label = muted_label("", held)
        self.due_label = muted_label("", held)
        self.visit_label = muted_label("", held)
        self.officer_label = muted_label("", held)
        for widget in (self.marks, self.hazards_label, self.due_label, self.visit_label, self.officer_label):
            flow.addWidget(widget)
        column.addWidget(held)
        return column

    def _say(self, label: QLabel, text: str, look: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))
        theme.look(label, look)

    @Slot()
    def _on_copy_code_clicked(self) -> None:
        if self._page is not None and self._page.uscc:
            QGuiApplication.clipboard().setText(self._page.uscc)
            self._shell.messages.tell(tr("已复制信用代码 {code}", code=self._page.uscc))

    @Slot()
    def _on_copy_phone_clicked(self) -> None:
        if self._page is not None and self._page.row.phone:
            QGuiApplication.clipboard().setText(self._page.row.phone)
            self._shell.messages.tell(tr("已复制电话 {phone}", phone=words.phone_text(self._page.row.phone)))


def _call(contact: str | None, phone: str | None) -> str:
    if phone is None:
        return tr("没有登记电话")
    return " ".join(one for one in (contact, words.phone_text(phone)) if one)
